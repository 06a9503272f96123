"""What was done and can be undone: Qt keeps the order, a thread does the work."""

import threading
from types import SimpleNamespace

import pytest
from fakes import end

from ocrdesk.engine.errors import Gone, LibraryError
from ocrdesk.ui.desk.history import Act, History
from ocrdesk.ui.kit import tasks as tasks_module
from ocrdesk.ui.kit.notices import NoticeBar
from ocrdesk.ui.kit.tasks import Tasks
from ocrdesk.ui.kit.under_way import UnderWay


@pytest.fixture
def desk(qtbot, monkeypatch):
    """What a history works with, and the history."""
    monkeypatch.setattr(tasks_module, "MOMENT", 20)
    notices, under_way, tasks = NoticeBar(), UnderWay(), Tasks()
    qtbot.addWidget(notices)
    qtbot.addWidget(under_way)
    yield SimpleNamespace(notices=notices, under_way=under_way, history=History(notices, under_way, tasks))
    end(tasks)


class Number:
    """Something that can be changed."""

    def __init__(self) -> None:
        self.value = 0
        self.ended: list[bool] = []
        self.problem: Exception | None = None
        self.threads: set[int] = set()

    def add(self, number: int, **more) -> Act:
        def change(by: int) -> None:
            self.threads.add(threading.get_ident())
            if self.problem is not None:
                raise self.problem
            self.value += by

        return Act(f"add {number}", lambda: change(number), lambda: change(-number), self.ended.append, **more)


@pytest.fixture
def number() -> Number:
    return Number()


def words(desk) -> tuple[str, str]:
    return desk.history.undo_words, desk.history.redo_words


def test_acts_are_undone_the_last_one_first_and_done_again(desk, number):
    assert words(desk) == ("", "")
    for each in (1, 10):
        desk.history.do(number.add(each))
    assert (number.value, words(desk)) == (11, ("add 10", ""))
    desk.history.undo()
    assert (number.value, words(desk)) == (1, ("add 1", "add 10"))
    desk.history.undo()
    desk.history.undo()
    assert (number.value, words(desk)) == (0, ("", "add 1"))
    desk.history.redo()
    assert (number.value, words(desk)) == (1, ("add 1", "add 10"))
    desk.history.do(number.add(100))
    assert (number.value, words(desk)) == (101, ("add 100", "")), "what was undone before is forgotten"
    desk.history.redo()
    assert number.ended == [False, False, True, True, False, False]
    assert threading.get_ident() not in number.threads


def test_undo_is_offered_in_a_message_until_something_else_is_done(desk, number):
    desk.history.do(number.add(1, said="Added 1."))
    assert desk.notices.text == "Added 1."
    desk.history.do(number.add(2))
    assert desk.notices.isHidden()
    desk.history.undo()
    desk.history.undo()
    assert desk.notices.isHidden()


@pytest.mark.parametrize("problem", [LibraryError("The disk is full."), Gone("It is gone.")])
def test_what_could_not_be_done_is_told_and_forgotten(desk, number, problem):
    number.problem = problem
    told = []
    desk.history.changed.connect(lambda: told.append(words(desk)))
    desk.history.do(number.add(1, said="Added 1."))
    assert desk.notices.text == str(problem)
    assert told[-1] == words(desk) == ("", "")
    assert number.ended == [False]


def test_what_can_be_undone_later_stays_and_what_never_can_be_is_forgotten(desk, number):
    for each in (1, 10):
        desk.history.do(number.add(each))
    number.problem = LibraryError("The disk is full.")
    desk.history.undo()
    assert (desk.notices.text, words(desk)) == ("The disk is full.", ("add 10", ""))
    number.problem = Gone("It is gone.")
    told = []
    desk.history.changed.connect(lambda: told.append(words(desk)))
    desk.history.undo()
    assert (desk.notices.text, words(desk)) == ("It is gone.", ("add 1", ""))
    assert told[-1] == words(desk)
    number.problem = None
    desk.history.undo()
    assert number.value == 10


def test_what_takes_longer_than_a_moment_is_told(qtbot, desk, monkeypatch):
    monkeypatch.setattr(tasks_module, "MOMENT", 0)
    held = threading.Event()
    work = lambda: held.wait(20)  # noqa: E731
    desk.history.do(Act("wait", work, work, lambda is_undo: None, doing="Waiting…", undoing="Going back…"))
    desk.history.undo()
    assert desk.under_way.text == "Waiting…\nGoing back…"
    held.set()
    qtbot.waitUntil(lambda: desk.under_way.text == "")


def test_what_is_forgotten_cannot_be_undone(desk, number):
    desk.history.do(number.add(1, said="Added 1."))
    desk.history.forget()
    assert (words(desk), desk.notices.isHidden()) == (("", ""), True)
    desk.history.undo()
    assert number.value == 1


def test_what_was_done_elsewhere_is_undone_and_done_again(desk, number):
    number.value = 11
    desk.history.do(number.add(100))
    desk.history.take_up([number.add(1), number.add(10)], "Eleven was added.")
    assert (number.value, desk.notices.text, words(desk)) == (111, "Eleven was added.", ("add 10", ""))
    desk.history.undo()
    assert (number.value, words(desk), desk.notices.isVisible()) == (101, ("add 1", "add 10"), False)
    desk.history.redo()
    assert number.value == 111


def test_an_act_is_turned_round(desk, number):
    number.value = -5
    began = []
    removal = number.add(-5, begin=began.append, said="Removed.", doing="Removing…", undoing="Putting back…")
    adding = removal.reversed("add five")
    assert (adding.words, adding.said, adding.doing, adding.undoing) == ("add five", "", "Putting back…", "Removing…")
    desk.history.do(adding)
    assert (number.value, began, number.ended) == (0, [True], [True])
    desk.history.undo()
    assert (number.value, began, number.ended) == (-5, [True, False], [True, False])
