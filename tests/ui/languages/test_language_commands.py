"""The languages of batches and pages."""

import pytest
from fakes import batch_of, keep, reading
from PySide6.QtWidgets import QPushButton

from ocrdesk.engine.document import PageStatus
from ocrdesk.ui.kit.actions import menu_of
from ocrdesk.ui.kit.selections import RowSelection
from ocrdesk.ui.languages.language_commands import LanguageCommands
from ocrdesk.ui.pages.page_model import PageModel

pytest.importorskip("tesserocr", reason="needs the extra ocrdesk[languages]")


class Desk:
    def __init__(self, library, laid, thumbnails) -> None:
        self.library, self.laid = library, laid
        self.batch_id, self.pages = batch_of(library, 2)
        for page_id in self.pages:
            keep(library, page_id, reading("lorem"))
        laid.batches.follow(None)
        self.commands = LanguageCommands(laid)
        model = PageModel(library, thumbnails, laid.tasks, self.commands)
        self.selection = RowSelection(model)
        laid.chosen.follow_pages(model, self.selection)
        laid.chosen.choose_batch(self.batch_id)
        model.set_batch(self.batch_id)
        self.selection.choose_rows(model.rows_of(self.pages[:1]))

    def entries(self, name):
        menu = menu_of(self.laid.actions[name])
        menu.aboutToShow.emit()
        return {entry.text(): entry for entry in menu.actions() if entry.text()}

    def tick(self, name, *words) -> None:
        entries = self.entries(name)
        for each in words:
            entries[each].trigger()
        menu_of(self.laid.actions[name]).aboutToHide.emit()


@pytest.fixture
def until(qtbot):
    return qtbot.waitUntil


@pytest.fixture
def desk(library, laid, thumbnails):
    return Desk(library, laid, thumbnails)


def test_the_batch_says_in_which_languages_it_is_read(desk, library, until):
    action = desk.laid.actions["batch_languages"]
    assert action.text() == "Languages: automatic"
    desk.tick("batch_languages", "Russian", "English")
    until(lambda: library.reading_languages.of_batch(desk.batch_id) == ("eng", "rus"))
    until(lambda: action.text() == "Languages: English, Russian")
    assert [words for words, entry in desk.entries("batch_languages").items() if entry.isChecked()] == [
        "English",
        "Russian",
    ]


def test_what_was_read_can_be_read_again_in_them_at_once(desk, until, monkeypatch):
    called: list[str] = []
    monkeypatch.setattr(desk.laid.actions, "call", lambda name, *_: called.append(name))
    desk.tick("batch_languages", "Greek")
    until(lambda: "are read in these languages" in desk.laid.notices.text)
    (button,) = (it for it in desk.laid.notices.findChildren(QPushButton) if it.text() == "Read all again")
    button.click()
    assert called == ["read_batch_again"]


def test_chosen_pages_are_read_again_in_languages_of_their_own(qtbot, desk, library, monkeypatch):
    started: list[int] = []
    monkeypatch.setattr(desk.laid.runner, "start_queued", started.append)
    with qtbot.waitSignal(desk.laid.chosen.changed):
        desk.tick("read_again_in_languages", "Hebrew")
    assert started == [desk.batch_id]
    first, second = (library.page(page_id) for page_id in desk.pages)
    assert (first.status, first.languages_wanted) == (PageStatus.PENDING, ("heb",))
    assert (second.status, second.languages_wanted) == (PageStatus.DONE, None)


def test_whoever_ticks_what_is_set_already_has_nothing_read(desk, until, monkeypatch):
    monkeypatch.setattr(desk.laid.runner, "start_queued", lambda _: pytest.fail("it was read again"))
    desk.tick("read_again_in_languages", "Hebrew", "The batch’s languages")
    assert desk.library.page(desk.pages[0]).status is PageStatus.DONE
