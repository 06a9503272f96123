from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel, QLineEdit, QPushButton

from ocrdesk.ui.files.save_dialog import SaveDialog


@pytest.fixture
def dialog(qtbot, tmp_path):
    dialog = SaveDialog("scans", tmp_path / "scans.ocrdesk", with_pictures=False)
    qtbot.addWidget(dialog)
    return dialog


def box(dialog) -> QCheckBox:
    return dialog.findChild(QCheckBox, "savePictures")


def test_it_offers_a_file_and_says_how_large_the_pictures_are(dialog, tmp_path):
    assert dialog.file() == tmp_path / "scans.ocrdesk"
    assert not dialog.with_pictures
    assert box(dialog).text() == "With the pictures"
    dialog.show_size(1_234_000_000)
    assert box(dialog).text() == "With the pictures (1.2 GB)"
    box(dialog).click()
    assert dialog.with_pictures


def test_pictures_that_cannot_be_reached_cannot_be_chosen(dialog):
    box(dialog).click()
    dialog.show_size(0)
    assert not dialog.with_pictures
    assert not box(dialog).isEnabled()
    assert "cannot be reached" in box(dialog).text()


def test_it_says_what_a_file_without_pictures_means(dialog):
    note = dialog.findChild(QLabel, "saveNote")
    assert "Locate…" in note.text()
    box(dialog).click()
    assert "nothing else needs to be copied" in note.text()


def test_a_file_that_exists_is_replaced_only_by_a_button_that_says_so(dialog, tmp_path):
    button = dialog.findChild(QPushButton, "saveStart")
    assert button.text() == "Save"
    (tmp_path / "there.ocrdesk").touch()
    dialog.findChild(QLineEdit, "saveFile").setText(str(tmp_path / "there"))
    assert dialog.file() == tmp_path / "there.ocrdesk", "the ending need not be written"
    assert button.text() == "Replace"
    assert "will be replaced" in dialog.findChild(QLabel, "saveExists").text()
    dialog.findChild(QLineEdit, "saveFile").setText(" ")
    assert not button.isEnabled()


def test_a_file_can_be_chosen(qtbot, dialog, tmp_path, monkeypatch):
    answers = iter(["", str(tmp_path / "other")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *values: (next(answers), ""))
    for file in ("scans.ocrdesk", "other.ocrdesk"):
        dialog.findChild(QPushButton, "saveBrowse").click()
        assert dialog.file() == Path(tmp_path / file)


def test_the_return_key_saves(qtbot, dialog, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: pytest.fail("a file was asked for"))
    with qtbot.waitExposed(dialog):
        dialog.open()
    for its in (dialog.findChild(QLineEdit, "saveFile"), box(dialog)):
        its.setFocus()
        with qtbot.waitSignal(dialog.accepted):
            qtbot.keyClick(its, Qt.Key.Key_Return)
        dialog.open()
