"""Which pages to show is asked off the GUI thread; a newer question takes the place of an older one."""

import threading

import pytest
from fakes import PATIENCE, batch_of, keep, reading

from ocrdesk.engine.document import FolderOfPages
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.library import Library, PageFilter
from ocrdesk.ui.kit import tasks
from ocrdesk.ui.pages import page_search
from ocrdesk.ui.pages.page_search import PageSearch, Question


class SlowLibrary:
    """Answers when it is let go; then tells how it was asked."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.asked: list[str] = []
        self.given_up: list[str] = []
        self.threads: set[int] = set()

    def page_ids(self, batch_id, show, order, *, descending, among, with_page, is_over):
        self.asked.append(among)
        self.threads.add(threading.get_ident())
        while not self.go.wait(0.001):
            if is_over():
                self.given_up.append(among)
                return []
        if among == "fails":
            raise LibraryError("The disk does not answer.")
        return [len(self.asked)]

    def folders(self, batch_id, page_ids, *, is_over):
        return [FolderOfPages("", len(page_ids))]


@pytest.fixture
def library(monkeypatch) -> SlowLibrary:
    monkeypatch.setattr(tasks, "MOMENT", 0.001)
    return SlowLibrary()


@pytest.fixture
def search(qapp, library, lanes):
    search = PageSearch(library, lanes)
    search.told = []
    search.found.connect(lambda pages, folders: search.told.append(("found", pages)))
    search.searching.connect(lambda on: search.told.append(("searching", on)))
    search.failed.connect(lambda words: search.told.append(("failed", words)))
    yield search
    library.go.set()


def question(words: str) -> Question:
    return Question(1, among=words)


def test_it_asks_off_the_gui_thread_and_says_so_while_it_takes_longer(qtbot, search, library):
    search.ask(question("a"))
    assert search.is_asking
    assert search.told == [("searching", True)]
    library.go.set()
    qtbot.waitUntil(lambda: not search.is_asking)
    assert search.told == [("searching", True), ("found", [1]), ("searching", False)]
    assert threading.get_ident() not in library.threads


def test_what_is_answered_within_a_moment_is_there_at_once(monkeypatch, search, library):
    monkeypatch.setattr(tasks, "MOMENT", PATIENCE)
    library.go.set()
    search.ask(question("a"))
    assert search.told == [("found", [1]), ("searching", False)]


def test_a_newer_question_ends_an_older_one_whose_answer_is_never_told(qtbot, search, library):
    for words in ("a", "ab", "abc"):
        search.ask(question(words))
    qtbot.waitUntil(lambda: library.asked[-1:] == ["abc"])
    library.go.set()
    qtbot.waitUntil(lambda: not search.is_asking)
    assert "a" in library.given_up
    assert [told for told in search.told if told[0] == "found"] == [("found", [len(library.asked)])]


def test_pages_that_change_meanwhile_are_asked_for_once_more_and_not_a_thousand_times(qtbot, search, library):
    search.ask(question("a"))
    for _ in range(1000):
        search.ask_again(question("a"))
    assert library.given_up == [], "or it would never end while pages are being read"
    library.go.set()
    qtbot.waitUntil(lambda: len(library.asked) == 2)
    qtbot.waitUntil(lambda: not search.is_asking)
    assert [told for told in search.told if told[0] == "found"] == [("found", [1]), ("found", [2])]


def test_a_long_question_is_asked_again_by_itself_only_after_a_rest(qtbot, monkeypatch, search, library):
    monkeypatch.setattr(page_search, "RESTS", 1_000_000)
    search.ask(question("a"))
    search.ask_again(question("a"))
    library.go.set()
    qtbot.waitUntil(lambda: not search.is_asking)
    search.ask_again(question("a"))
    assert not search.is_asking
    search.ask(question("b"))  # but a person does not wait
    qtbot.waitUntil(lambda: library.asked == ["a", "b"] and not search.is_asking)


def test_a_batch_that_answered_late_is_not_waited_for_again_until_it_is_quick(qtbot, monkeypatch, search, library):
    library.go.set()
    with monkeypatch.context() as patched:
        patched.setattr(tasks, "MOMENT", 0)
        search.ask(question("late"))
        qtbot.waitUntil(lambda: not search.is_asking)
    monkeypatch.setattr(tasks, "MOMENT", PATIENCE)
    search.ask(question("not waited for"))
    assert search.is_asking
    qtbot.waitUntil(lambda: not search.is_asking)
    search.ask(question("waited for"))
    assert not search.is_asking


def test_another_batch_is_waited_for_whatever_the_last_one_did(qtbot, monkeypatch, search, library):
    library.go.set()
    with monkeypatch.context() as patched:
        patched.setattr(tasks, "MOMENT", 0)
        search.ask(question("late"))
        qtbot.waitUntil(lambda: not search.is_asking)
    monkeypatch.setattr(tasks, "MOMENT", PATIENCE)
    search.ask(Question(2))
    assert not search.is_asking


def test_a_problem_is_told(qtbot, search, library):
    library.go.set()
    search.ask(question("fails"))
    qtbot.waitUntil(lambda: ("failed", "The disk does not answer.") in search.told)
    assert not search.is_asking


def test_without_a_batch_there_are_no_pages(search):
    search.ask(None)
    assert search.told == [("found", []), ("searching", False)]


@pytest.fixture
def real_library(tmp_path):
    library = Library(tmp_path / "library")
    yield library
    library.close()


def test_it_asks_the_library_what_it_is_asked(qtbot, real_library, lanes):
    batch_id, (one, two) = batch_of(real_library, 2)
    keep(real_library, one, reading("Straße", confidence=0.1))
    keep(real_library, two, reading("Straße"))
    search = PageSearch(real_library, lanes)
    with qtbot.waitSignal(search.found) as found:
        search.ask(Question(batch_id, PageFilter.DOUBTFUL, among=(one, two)))
    assert found.args == [[one], [FolderOfPages("", 1)]]
