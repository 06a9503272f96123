"""The list of files that gave no page."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QTreeWidget

from ocrdesk.engine.document import Batch, Counts, LeftOutFile
from ocrdesk.engine.facts import Fact
from ocrdesk.ui.folders.left_out_dialog import LeftOutDialog

ORIGIN = Path("/scans/letters")
WHY = "Neither a picture nor a PDF"


@pytest.fixture
def show(qtbot):
    """Shows the list of files left out of a batch."""

    def show_files(*files: LeftOutFile) -> LeftOutDialog:
        dialog = LeftOutDialog(Batch(1, "Letters of May", ORIGIN, Counts()), files)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return show_files


def rows(dialog: LeftOutDialog) -> list[tuple[str, str]]:
    tree = dialog.findChild(QTreeWidget, "leftOutList")
    items = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return [(item.text(0).replace(os.sep, "/"), item.text(1)) for item in items]


def words(dialog: LeftOutDialog) -> str:
    return dialog.findChild(QLabel, "dialogSentence").text()


def test_it_names_files_as_they_are_within_the_folder_and_says_why(show):
    dialog = show(
        LeftOutFile(ORIGIN / "notes.txt", WHY),
        LeftOutFile(ORIGIN / "june" / "list.docx", WHY),
        LeftOutFile(ORIGIN / "long.pdf", "It has more than 20,000 pages; the others are skipped"),
    )
    assert rows(dialog) == [
        ("notes.txt", WHY),
        ("june/list.docx", WHY),
        ("long.pdf", "It has more than 20,000 pages; the others are skipped"),
    ]
    assert dialog.findChild(QLabel, "dialogTitle").text() == "Files of “Letters of May” that were skipped"
    assert words(dialog) == "3 files were skipped. They stay where they are."


def test_what_is_elsewhere_and_the_folder_itself_are_named_in_full(show):
    elsewhere = Path("/elsewhere/notes.txt")
    dialog = show(LeftOutFile(elsewhere, WHY), LeftOutFile(ORIGIN, "A folder that cannot be opened"))
    assert rows(dialog) == [("/elsewhere/notes.txt", WHY), ("/scans/letters", "A folder that cannot be opened")]


def test_one_file_is_one_and_many_are_counted(show):
    assert words(show(LeftOutFile(ORIGIN / "notes.txt", WHY))) == "1 file was skipped. It stays where it is."
    many = [LeftOutFile(ORIGIN / f"{number}.txt", WHY) for number in range(1234)]
    assert words(show(*many)).startswith("1,234 files were skipped.")


def test_the_list_can_be_copied(qtbot, show):
    dialog = show(LeftOutFile(ORIGIN / "notes.txt", WHY), LeftOutFile(ORIGIN / "ä.txt", WHY))
    qtbot.mouseClick(dialog.findChild(QPushButton, "copyLeftOut"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == f"notes.txt\t{WHY}\nä.txt\t{WHY}"
    assert dialog.isVisible()


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_name_that_is_no_unicode_can_be_shown_and_copied(qtbot, show):
    dialog = show(LeftOutFile(Path(os.fsdecode(b"/scans/letters/f\xfcr.txt")), WHY))
    assert rows(dialog) == [("f?r.txt", WHY)]
    qtbot.mouseClick(dialog.findChild(QPushButton, "copyLeftOut"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == f"f?r.txt\t{WHY}"


def test_it_is_closed_with_its_button_and_with_escape(qtbot, show):
    dialog = show(LeftOutFile(ORIGIN / "notes.txt", WHY))
    close = dialog.findChild(QPushButton, "closeLeftOut")
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    dialog.show()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_its_rows_have_room_between_them(show):
    dialog = show(LeftOutFile(ORIGIN / "a.txt", WHY), LeftOutFile(ORIGIN / "b.txt", WHY))
    tree = dialog.findChild(QTreeWidget)
    rows = [tree.visualItemRect(tree.topLevelItem(row)) for row in (0, 1)]
    assert rows[1].top() - rows[0].top() >= tree.fontMetrics().height() + 8


# Putting back


def put_back(dialog: LeftOutDialog) -> QPushButton:
    return dialog.findChild(QPushButton, "putBack")


def select(dialog: LeftOutDialog, *rows: int) -> None:
    tree = dialog.findChild(QTreeWidget)
    tree.clearSelection()
    for row in rows:
        tree.topLevelItem(row).setSelected(True)


def test_what_a_person_removed_is_put_back_and_what_was_skipped_is_added_anyway(show):
    removed, text = LeftOutFile(ORIGIN / "1.png", Fact.TAKEN_OUT()), LeftOutFile(ORIGIN / "a.txt", Fact.NO_PAGE())
    dialog = show(removed, text)
    assert not put_back(dialog).isEnabled(), "nothing is selected"
    select(dialog, 0)
    assert (put_back(dialog).isEnabled(), put_back(dialog).text()) == (True, "Put back")
    select(dialog, 0, 1)
    assert put_back(dialog).text() == "Add anyway"


@pytest.mark.parametrize("why", [Fact.MORE_PAGES(pages=9), Fact.NO_FOLDER(), Fact.PIPE(), Fact.SOCKET(), Fact.DEVICE()])
def test_what_can_be_no_page_or_is_one_cannot_be_added(qtbot, show, why):
    dialog = show(LeftOutFile(ORIGIN / "x", why), LeftOutFile(ORIGIN / "1.png", Fact.TAKEN_OUT()))
    select(dialog, 0)
    assert not put_back(dialog).isEnabled()
    select(dialog, 0, 1)
    with qtbot.waitSignal(dialog.wanted) as wanted:
        qtbot.mouseClick(put_back(dialog), Qt.MouseButton.LeftButton)
    assert wanted.args == [[ORIGIN / "1.png"]]
    assert [row[0] for row in rows(dialog)] == ["x"]
    assert words(dialog) == "1 file was skipped. It stays where it is."
    assert dialog.isVisible()


def test_it_goes_with_its_last_file(qtbot, show):
    dialog = show(LeftOutFile(ORIGIN / "1.png", Fact.TAKEN_OUT()), LeftOutFile(ORIGIN / "a.txt", Fact.NO_PAGE()))
    dialog.findChild(QTreeWidget).selectAll()
    with qtbot.waitSignal(dialog.wanted) as wanted:
        qtbot.mouseClick(put_back(dialog), Qt.MouseButton.LeftButton)
    assert wanted.args == [[ORIGIN / "1.png", ORIGIN / "a.txt"]]
    assert not dialog.isVisible()
