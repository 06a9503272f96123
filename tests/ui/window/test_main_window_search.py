"""Searching every batch in the window."""

import pytest
from fakes import batch_of, draw_pages, keep, line
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from ocrdesk.engine.document import Reading
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.files import export_commands
from ocrdesk.ui.search.found_model import Place

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LETTERS = {"letters": ("Dear Mary", "the old ferry house"), "bills": ("ferry ticket 4,80", "nothing here")}


class Searched:
    """The window, and what a person sees of a search."""

    def __init__(self, desk) -> None:
        self.desk = desk
        self.pane = desk.window.search

    def search(self, words: str) -> None:
        self.desk.press(Qt.Key.Key_F, CTRL)
        self.desk.press(Qt.Key.Key_A, CTRL)
        self.desk.type(words)
        self.desk.until(lambda: self.pane.is_open and self.pane.model.is_known and self.title == f"“{words}”")

    @property
    def title(self) -> str:
        return self.desk.child("searchTitle", QLabel).text()

    @property
    def found(self) -> list[str]:
        """The lines that are listed."""
        rows = (self.pane.model.row_at(row) for row in range(self.pane.model.rowCount()))
        return [row.hit.text if row.hit else row.page.name for row in rows if isinstance(row, Place)]

    @property
    def page(self) -> str:
        """The name of the page that is shown."""
        page = self.desk.window.page_view.page
        return f"{self.desk.library.batch(page.batch_id).name}/{page.name}" if page is not None else ""


def keep_texts(desk, scans) -> None:
    for name, texts in LETTERS.items():
        folder = scans / name
        folder.mkdir()
        draw_pages(folder, len(texts))
        _batch_id, page_ids = batch_of(desk.library, len(texts), folder)
        for page_id, text in zip(page_ids, texts, strict=True):
            keep(desk.library, page_id, Reading((line(text, width=400),), width=500, height=700))
    desk.window.desk.chosen.tell(Change(None))


@pytest.fixture
def searched(open_desk, scans):
    desk = open_desk()
    keep_texts(desk, scans)
    letters = next(batch for batch in desk.library.batches() if batch.name == "letters")
    desk.window.desk.chosen.choose_batch(letters.id)
    desk.until(lambda: desk.shown == ["1.png", "2.png"])
    return Searched(desk)


def test_every_batch_is_searched_and_the_first_place_is_shown(searched):
    searched.search("FERRY")
    assert searched.found == ["ferry ticket 4,80", "the old ferry house"]
    searched.desk.until(lambda: searched.page == "bills/1.png")  # the newest batch is the first
    assert len(searched.desk.window.page_view._found) == 1
    assert searched.desk.child("searchSummary", QLabel).text() == "2 places · 2 pages · 2 batches"


def test_f4_goes_from_place_to_place_and_esc_back_to_where_one_was(searched):
    desk = searched.desk
    desk.choose("2.png")
    searched.search("ferry")
    desk.until(lambda: searched.page == "bills/1.png")
    desk.press(Qt.Key.Key_F4)
    desk.until(lambda: searched.page == "letters/2.png")
    desk.press(Qt.Key.Key_F4, SHIFT)
    desk.until(lambda: searched.page == "bills/1.png")
    desk.press(Qt.Key.Key_Escape)
    assert not searched.pane.is_open
    desk.until(lambda: searched.page == "letters/2.png")
    assert desk.child("searchField", QLineEdit).text() == "ferry"
    assert desk.window.page_view._found == []


def test_where_nothing_is_found_no_page_has_marks_of_words_that_were_found_before(searched):
    searched.search("ferry")
    searched.desk.until(lambda: len(searched.desk.window.page_view._found) == 1)
    searched.search("zeppelin")
    searched.desk.until(lambda: searched.desk.child("searchNothing", QLabel).isVisible())
    searched.desk.until(lambda: searched.desk.window.page_view._found == [])


def test_return_opens_the_page_and_esc_goes_back_to_what_was_found(searched):
    desk = searched.desk
    searched.search("ticket")
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Return)
    assert desk.window.full_page.isVisible()
    desk.until(lambda: searched.page == "bills/1.png")
    desk.press(Qt.Key.Key_Escape)
    assert searched.pane.isVisible()
    assert searched.pane.list.hasFocus()


def test_a_batch_that_is_chosen_is_shown_and_the_words_stay(searched):
    desk = searched.desk
    searched.search("ferry")
    desk.until(lambda: searched.page)
    other = next(batch for batch in desk.library.batches() if batch.id != desk.window.desk.chosen.batch_id)
    desk.window.desk.chosen.choose_batch(other.id)
    assert not searched.pane.is_open
    assert desk.window.pages_pane.isVisible()
    desk.press(Qt.Key.Key_F, CTRL)
    desk.until(lambda: searched.pane.is_open and len(searched.found) == 2)


def test_an_emptied_field_shows_the_pages(searched):
    searched.search("ferry")
    searched.desk.child("searchField", QLineEdit).clear()
    assert not searched.pane.is_open
    assert searched.desk.window.pages_pane.isVisible()


def test_this_batch_narrows_the_search(searched):
    searched.search("ferry")
    chip = searched.desk.child("searchThisBatch", QPushButton)
    chip.click()
    searched.desk.until(lambda: searched.found == ["the old ferry house"])
    searched.desk.child("searchEverything", QPushButton).click()
    searched.desk.until(lambda: len(searched.found) == 2)


def test_nothing_found_is_said_and_found_once_it_is_read(searched, scans):
    desk = searched.desk
    searched.search("zebra")
    nothing = desk.child("searchNothing", QLabel)
    desk.until(nothing.isVisible)
    (page_id,) = batch_of(desk.library, 1, scans)[1]
    keep(desk.library, page_id, Reading((line("a zebra"),), width=500, height=700))
    searched.pane._stale.setInterval(0)
    desk.window.desk.chosen.tell(Change(None))
    desk.until(lambda: searched.found == ["a zebra"])


def test_similar_words_are_named_and_can_be_left_out(searched):
    desk = searched.desk
    switch, summary = desk.child("searchSimilar", QPushButton), desk.child("searchSummary", QLabel)
    searched.search("tickot")
    assert searched.found == ["ferry ticket 4,80"]
    assert summary.text() == "1 place · 1 page · similar words: ticket"
    switch.click()
    desk.until(lambda: not searched.found)
    assert switch.isVisible()
    searched.search("zebra")
    assert not switch.isVisible(), "they were looked for already"
    searched.search("ferry")
    assert switch.isVisible()
    assert "similar" not in summary.text()


def test_more_that_is_found_meanwhile_is_offered_and_moves_nothing(searched, scans):
    desk = searched.desk
    searched.search("ferry")
    again = desk.child("searchAgain", QPushButton)
    assert again.isHidden()
    (page_id,) = batch_of(desk.library, 1, scans)[1]
    keep(desk.library, page_id, Reading((line("another ferry"),), width=500, height=700))
    searched.pane._stale.setInterval(0)
    desk.window.desk.chosen.tell(Change(None))
    desk.until(again.isVisible)
    assert len(searched.found) == 2
    again.click()
    desk.until(lambda: len(searched.found) == 3)
    assert again.isHidden()


def test_what_was_found_is_exported(searched, monkeypatch):
    asked = []

    class Asked(export_commands.ExportDialog):
        def __init__(self, desk, choices, sets, lane) -> None:
            super().__init__(desk, choices, sets, lane)
            asked.append([(one.words, len(one.page_ids)) for one in sets])

        def exec(self):
            return self.DialogCode.Rejected

    monkeypatch.setattr(export_commands, "ExportDialog", Asked)
    searched.search("ferry")
    searched.desk.child("exportFound", QToolButton).click()
    assert asked == [[("The 2 pages that were found", 2)]]


def test_a_search_is_saved_and_found_at_the_next_start(searched, open_desk):
    searched.search("ferry")
    searched.desk.action("actionSaveSearch").trigger()
    searched.desk.quit()
    again = open_desk()
    commands = again.window.search_commands
    commands._fill_menu()
    entry = commands._menu.actions()[0]
    assert entry.text() == "ferry"
    entry.trigger()
    again.until(lambda: again.window.search.is_open)
    assert again.child("searchField", QLineEdit).text() == "ferry"
    again.action("actionSaveSearch").trigger()
    commands._fill_menu()
    assert commands._menu.actions() == []


def test_pages_that_have_it_in_their_names_are_offered(searched):
    desk = searched.desk
    names = desk.child("searchNames", QPushButton)
    searched.search("2.png")
    desk.until(names.isVisible)
    assert names.text() == "2 pages have it in their names"
    names.click()
    desk.until(lambda: searched.found == ["2.png", "2.png"])
    assert desk.child("searchField", QLineEdit).text() == "name:2.png"
    desk.until(lambda: not names.isVisible())
    searched.search("mary")
    assert searched.found == ["Dear Mary"]
    assert not names.isVisible()


def show_letters_that_were_found(searched) -> None:
    """One of the two pages of the letters, in the grid."""
    desk = searched.desk
    searched.search("ferry")
    desk.until(lambda: searched.page == "bills/1.png")
    desk.press(Qt.Key.Key_F4)
    desk.until(lambda: searched.page == "letters/2.png")
    desk.action("actionShowFound").trigger()
    desk.until(lambda: desk.shown == ["2.png"])


def some_pages(searched) -> QWidget:
    return searched.desk.child("somePages", QWidget)


def test_the_pages_that_were_found_are_shown_in_the_grid_with_what_was_found_marked(searched):
    desk = searched.desk
    show_letters_that_were_found(searched)
    assert not searched.pane.is_open
    assert some_pages(searched).isVisible()
    assert desk.child("somePagesWhat", QLabel).text() == "Found: ferry"
    assert len(desk.window.page_view._found) == 1
    desk.child("allPages", QPushButton).click()
    desk.until(lambda: desk.shown == ["1.png", "2.png"])
    assert not some_pages(searched).isVisible()
    assert desk.window.page_view._found == []


def test_from_the_grid_one_gets_back_to_the_search(searched):
    desk = searched.desk
    show_letters_that_were_found(searched)
    desk.child("backFromPages", QPushButton).click()
    desk.until(lambda: searched.pane.is_open and len(searched.found) == 2)
    desk.press(Qt.Key.Key_Escape)
    desk.until(lambda: desk.shown == ["1.png", "2.png"])
    assert not some_pages(searched).isVisible()


@pytest.mark.parametrize("words", ["mary", ""])
def test_other_words_are_not_those_of_the_pages_in_the_grid(searched, words):
    desk = searched.desk
    show_letters_that_were_found(searched)
    desk.child("searchField", QLineEdit).setText(words)
    desk.until(lambda: desk.shown == ["1.png", "2.png"])
    assert not some_pages(searched).isVisible()


def test_another_batch_is_shown_whole_and_without_marks(searched):
    desk = searched.desk
    show_letters_that_were_found(searched)
    bills = next(batch for batch in desk.library.batches() if batch.name == "bills")
    desk.window.desk.chosen.choose_batch(bills.id)
    desk.until(lambda: searched.page.startswith("bills") and len(desk.shown) == 2)
    assert not some_pages(searched).isVisible()
    assert desk.window.page_view._found == []
