"""The folder of language packs in the settings."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from ocrdesk.resources import tessdata_folder
from ocrdesk.ui.languages import packs_row
from ocrdesk.ui.languages.packs_row import PacksRow

pytest.importorskip("tesserocr", reason="needs the extra ocrdesk[languages]")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "languages"


@pytest.fixture
def row(qtbot, folder, monkeypatch):
    monkeypatch.setattr(packs_row, "OFTEN", 10)
    row = PacksRow(folder)
    qtbot.addWidget(row)
    row.show()
    return row


def said(row, name) -> str:
    label = row.findChild(QLabel, name)
    return label.text() if label.isVisible() else ""


def count(row) -> int:
    return int(said(row, "languagesCount").split()[0])


def test_a_pack_that_is_put_into_the_folder_is_counted_while_it_is_seen(qtbot, row, folder):
    before = count(row)
    folder.mkdir()
    (folder / "fry.traineddata").write_bytes((tessdata_folder() / "heb.traineddata").read_bytes())
    qtbot.waitUntil(lambda: count(row) == before + 1)
    assert "fry" in row.findChild(QLabel, "languagesCount").toolTip()
    assert said(row, "languagesTrouble") == ""


def test_a_damaged_pack_is_named(qtbot, row, folder):
    before = count(row)
    folder.mkdir()
    (folder / "fry.traineddata").write_bytes(b"half of it")
    qtbot.waitUntil(lambda: "fry.traineddata” is damaged" in said(row, "languagesTrouble"))
    assert count(row) == before


def test_the_folder_is_made_and_opened(row, folder, monkeypatch):
    opened = []
    monkeypatch.setattr(packs_row, "open_outside", lambda path: opened.append(path) or True)
    row.findChild(QPushButton, "openLanguages").click()
    assert opened == [folder]
    assert folder.is_dir()


def test_where_nothing_can_open_it_its_place_is_said(row, folder, monkeypatch):
    monkeypatch.setattr(packs_row, "open_outside", lambda _: False)
    row.findChild(QPushButton, "openLanguages").click()
    assert str(folder) in said(row, "languagesTrouble")


def test_without_tesseract_it_is_said_how_to_get_it(qtbot, folder, monkeypatch):
    monkeypatch.setattr(packs_row, "has_tesseract", lambda: False)
    row = PacksRow(folder)
    qtbot.addWidget(row)
    row.show()
    assert "ocrdesk[languages]" in said(row, "languagesTrouble")
