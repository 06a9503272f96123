"""Replacing as a person does it, in the window."""

import threading

import pytest
from fakes import PATIENCE, batch_of, keep, line
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton

from ocrdesk.engine.document import Reading, Source
from ocrdesk.engine.library.replacing import Replacing
from ocrdesk.ui.window import replace_dialog
from ocrdesk.ui.window.replace_dialog import Places, ReplaceDialog


@pytest.fixture
def pages(desk, scans):
    """Two pages of a batch with one word misread, and one of another."""
    found = []
    for name, count in (("letters", 2), ("bills", 1)):
        folder = scans / name
        folder.mkdir()
        _, pages = batch_of(desk.library, [Source(folder / f"{n}.png", f"{n}.png") for n in range(count)], folder)
        for page_id in pages:
            keep(desk.library, page_id, Reading((line("Mill Lame", top=10), line("lame duck", top=50)), 400, 200))
        found += pages
    desk.window.desk.batches.follow(None)
    desk.window.desk.chosen.choose_batch(desk.library.page(found[0]).batch_id)
    desk.until(lambda: desk.model.rowCount() == 2)
    desk.window.desk.chosen.choose_first_page()
    return found


@pytest.fixture
def dialog(desk, pages):
    """The dialog, in which something is typed."""
    desk.action("actionReplaceText").trigger()
    dialog = QApplication.activeWindow().findChild(ReplaceDialog) or desk.window.findChild(ReplaceDialog)
    dialog.findChild(QLineEdit, "replaceSought").setText("Lame")
    dialog.findChild(QLineEdit, "replaceInstead").setText("Lane")
    return dialog


def verb(dialog) -> QPushButton:
    return dialog.findChild(QPushButton, "replaceVerb")


def texts(desk, pages):
    return [[it.text for it in desk.library.texts.of(page_id).lines] for page_id in pages]


def choose(dialog, scope: str) -> None:
    dialog.findChild(QComboBox, "replaceScope").setCurrentText(scope)


BEFORE, AFTER = ["Mill Lame", "lame duck"], ["Mill Lane", "lame duck"]


def test_every_place_is_seen_before_and_replaced_in_one_act(desk, pages, dialog):
    choose(dialog, "Everything")
    dialog.findChild(QCheckBox, "replaceCase").setChecked(True)
    desk.until(lambda: verb(dialog).text() == "Replace 3 places" and verb(dialog).isEnabled())
    rows = [[dialog.model.index(row, column).data() for column in range(3)] for row in range(3)]
    assert rows[0][:2] == ["Mill Lame", "Mill Lane"]
    assert sorted(row[2] for row in rows) == ["0.png", "0.png", "1.png"]
    assert texts(desk, pages) == [BEFORE] * 3, "nothing is changed before"
    verb(dialog).click()
    desk.until(lambda: texts(desk, pages) == [AFTER] * 3)
    history = desk.window.desk.history
    assert history.undo_words == "replacement of “Lame” by “Lane”"
    desk.until(lambda: "Mill Lane" in desk.window.page_view.text.toPlainText())
    history.undo()
    desk.until(lambda: texts(desk, pages) == [BEFORE] * 3)
    history.redo()
    desk.until(lambda: texts(desk, pages) == [AFTER] * 3)


def test_this_page_or_this_batch_alone(desk, pages, dialog):
    desk.until(lambda: verb(dialog).text() == "Replace 2 places")  # of this page, in any case
    choose(dialog, "This batch")
    desk.until(lambda: verb(dialog).text() == "Replace 4 places")


def test_undoing_shows_a_page_that_it_changes(desk, pages, dialog):
    keep(desk.library, pages[1], Reading((line("nothing of it"),), 400, 200))
    choose(dialog, "This batch")
    desk.until(lambda: verb(dialog).isEnabled() and verb(dialog).text() == "Replace 2 places")
    verb(dialog).click()
    desk.until(lambda: texts(desk, pages[:1]) == [["Mill Lane", "Lane duck"]])
    desk.choose("1.png")
    desk.until(lambda: desk.window.page_view.page_id == pages[1])
    desk.window.desk.history.undo()
    desk.until(lambda: texts(desk, pages[:1]) == [BEFORE])
    desk.until(lambda: desk.window.page_view.page_id == pages[0])


def test_undoing_leaves_the_batch_in_sight_chosen(desk, pages, dialog):
    choose(dialog, "This batch")
    desk.until(lambda: verb(dialog).isEnabled() and verb(dialog).text() == "Replace 4 places")
    verb(dialog).click()
    desk.until(lambda: texts(desk, pages[:1]) == [["Mill Lane", "Lane duck"]])
    other = desk.library.page(pages[2]).batch_id
    desk.window.desk.chosen.choose_batch(other)
    desk.until(lambda: desk.window.page_view.page_id == pages[2])
    desk.window.desk.history.undo()
    desk.until(lambda: texts(desk, pages[:2]) == [BEFORE] * 2)
    desk.until(lambda: desk.notice == "Put 4 places back.")
    assert (desk.window.desk.chosen.batch_id, desk.window.page_view.page_id) == (other, pages[2])


def test_places_are_shown_as_they_are_found_and_replaced_when_all_are(desk, pages, dialog, monkeypatch):
    go_on, find = threading.Event(), Replacing.find

    def slowly(self, *values):
        for place in find(self, *values):
            yield place
            go_on.wait(PATIENCE)

    monkeypatch.setattr(Replacing, "find", slowly)
    choose(dialog, "Everything")
    desk.until(lambda: dialog.model.rowCount() == 1)
    assert dialog.findChild(QLabel, "replaceSaid").text() == "1 line on 1 page; searching…"
    assert not verb(dialog).isEnabled()
    go_on.set()
    desk.until(lambda: verb(dialog).isEnabled())
    assert verb(dialog).text() == "Replace 6 places"
    assert dialog.findChild(QLabel, "replaceSaid").text() == "6 lines on 3 pages"


def test_a_search_ends_with_its_dialog(desk, pages, dialog, monkeypatch):
    ended = threading.Event()

    def endless(self, sought, batch_id, page_id, is_over):
        while not is_over():
            ended.wait(0.001)
        ended.set()
        yield from ()

    monkeypatch.setattr(Replacing, "find", endless)
    choose(dialog, "Everything")
    desk.until(lambda: dialog.findChild(QLabel, "replaceSaid").text() == "Searching…")
    dialog.reject()
    assert ended.wait(PATIENCE)


def test_only_so_many_are_shown_at_a_time(desk, pages, dialog, monkeypatch):
    monkeypatch.setattr(replace_dialog, "MOST", 2)
    choose(dialog, "Everything")
    desk.until(lambda: verb(dialog).isEnabled() and verb(dialog).text() == "Replace 2 places")
    said = "2 lines on 1 page. There are more: replace these first, then those."
    assert dialog.findChild(QLabel, "replaceSaid").text() == said


def test_places_without_a_tick_stay_as_they_are(desk, pages, dialog):
    desk.until(lambda: verb(dialog).text() == "Replace 2 places" and verb(dialog).isEnabled())
    dialog.model.setData(dialog.model.index(1, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert verb(dialog).text() == "Replace 1 place"
    verb(dialog).click()
    desk.until(lambda: texts(desk, pages[:1]) == [AFTER])


def test_where_nothing_is_found_nothing_can_be_replaced(desk, pages, dialog):
    dialog.findChild(QLineEdit, "replaceSought").setText("Avenue")
    desk.until(lambda: dialog.findChild(QLabel, "replaceSaid").text() == "Nothing is found.")
    assert not verb(dialog).isEnabled()
    dialog.findChild(QLineEdit, "replaceSought").setText("")
    desk.until(lambda: dialog.findChild(QLabel, "replaceSaid").text() == "")


def test_the_list_keeps_the_rules_of_models(dialog, desk, qtmodeltester):
    desk.until(lambda: dialog.model.rowCount() == 2)
    assert isinstance(dialog.model, Places)
    qtmodeltester.check(dialog.model)
