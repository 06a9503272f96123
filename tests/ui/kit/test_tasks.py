"""Tasks: done in other threads, gone on with in the GUI thread."""

import logging
import sys
import threading
import time

import pytest
import shiboken6
from fakes import PATIENCE
from PySide6.QtCore import QCoreApplication, QThreadPool

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.ui.kit import tasks
from ocrdesk.ui.kit.tasks import Lane, Tasks, Tell


@pytest.fixture
def lane(lanes) -> Lane:
    return lanes.lane()


class Told:
    """What came of tasks, in order, and in which threads it was told."""

    def __init__(self) -> None:
        self.results: list[object] = []
        self.problems: list[OcrdeskError] = []
        self.threads: set[int] = set()

    def then(self, result: object) -> None:
        self.results.append(result)
        self.threads.add(threading.get_ident())

    def sorry(self, problem: OcrdeskError) -> None:
        self.problems.append(problem)
        self.threads.add(threading.get_ident())


@pytest.fixture
def told() -> Told:
    return Told()


def failing(error: Exception):
    def work():
        raise error

    return work


def test_work_is_done_elsewhere_and_its_result_comes_to_the_gui_thread(qtbot, lane, told):
    lane.run(threading.get_ident, told.then, told.sorry)
    assert told.results == [], "nothing is told before the program is back at its events"
    qtbot.waitUntil(lambda: bool(told.results))
    assert told.results != [threading.get_ident()]
    assert told.threads == {threading.get_ident()}
    assert told.problems == []


def test_a_result_of_nothing_is_told_too(qtbot, lane, told):
    lane.run(lambda: None, told.then, told.sorry)
    qtbot.waitUntil(lambda: told.results == [None])


def test_an_error_for_a_person_is_told_as_it_is(qtbot, lane, told):
    error = OcrdeskError("The folder is locked. Unlock it.")
    lane.run(failing(error), told.then, told.sorry)
    qtbot.waitUntil(lambda: bool(told.problems))
    assert told.problems == [error]
    assert told.threads == {threading.get_ident()}
    assert told.results == []


def test_any_other_error_is_a_sentence_and_goes_to_the_log(qtbot, lane, told, caplog):
    with caplog.at_level(logging.WARNING):
        lane.run(failing(KeyError("a bug")), told.then, told.sorry)
        qtbot.waitUntil(lambda: bool(told.problems))
    (problem,) = told.problems
    assert type(problem) is OcrdeskError
    assert str(problem) == "Something went wrong inside ocrdesk. Try again."
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert isinstance(record.exc_info[1], KeyError)
    assert told.results == []


def test_after_an_error_the_next_task_is_done(qtbot, lane, told):
    for error in (OcrdeskError("No."), ValueError("a bug")):
        lane.run(failing(error), told.then, told.sorry)
    lane.run(lambda: "done", told.then, told.sorry)
    qtbot.waitUntil(lambda: told.results == ["done"])
    assert len(told.problems) == 2


def test_tasks_are_done_one_after_another_in_their_order(qtbot, lane, told):
    first_may_end, inside = threading.Event(), []

    def first():
        inside.append("first begins")
        assert first_may_end.wait(PATIENCE)
        inside.append("first ends")
        return 1

    def another(number):
        inside.append(f"{number} is done")
        return number

    lane.run(first, told.then, told.sorry)
    for number in (2, 3, 4):
        lane.run(lambda number=number: another(number), told.then, told.sorry)
    qtbot.waitUntil(lambda: bool(inside))
    QCoreApplication.processEvents()
    assert inside == ["first begins"]
    first_may_end.set()
    qtbot.waitUntil(lambda: len(told.results) == 4)
    assert told.results == [1, 2, 3, 4]
    assert inside == ["first begins", "first ends", "2 is done", "3 is done", "4 is done"]


def test_closing_tells_work_to_stop_drops_the_rest_and_tells_nothing_more(qtbot, lanes, lane, told):
    begun, begun_later = threading.Event(), []

    def long_work():
        begun.set()
        assert lane.stop.wait(PATIENCE)
        return "half"

    lane.run(lambda: "told", told.then, told.sorry)
    qtbot.waitUntil(lambda: told.results == ["told"])
    lane.run(long_work, told.then, told.sorry)
    lane.run(lambda: begun_later.append(True), told.then, told.sorry)
    assert begun.wait(PATIENCE)
    lanes.close()
    QCoreApplication.processEvents()
    assert told.results == ["told"]
    assert told.problems == []
    assert begun_later == []


def test_a_result_that_waits_to_be_told_is_not_told_after_closing(qtbot, lanes, lane, told):
    done = threading.Event()
    lane.run(done.set, told.then, told.sorry)
    lane.run(failing(OcrdeskError("No.")), told.then, told.sorry)
    assert done.wait(PATIENCE)
    assert lane.findChild(QThreadPool).waitForDone(int(PATIENCE * 1000))
    lanes.close()
    QCoreApplication.processEvents()
    assert (told.results, told.problems) == ([], [])


# What is waited for a moment


def test_what_is_done_in_a_moment_is_told_at_once_and_only_once(qtbot, lane, told):
    lane.run(lambda: "done", told.then, told.sorry, at_once=True)
    assert told.results == ["done"]
    lane.run(failing(OcrdeskError("The disk is full.")), told.then, told.sorry, at_once=True)
    assert [str(problem) for problem in told.problems] == ["The disk is full."]
    QCoreApplication.processEvents()
    assert (len(told.results), len(told.problems)) == (1, 1)


def test_what_takes_longer_than_a_moment_is_told_later(qtbot, monkeypatch, lane, told):
    monkeypatch.setattr(tasks, "MOMENT", 0.001)
    go = threading.Event()
    lane.run(lambda: go.wait(PATIENCE), told.then, told.sorry, at_once=True)
    assert told.results == []
    go.set()
    qtbot.waitUntil(lambda: told.results == [True])


def test_it_is_one_moment_for_all_that_is_waited_for_at_a_time(qtbot, lanes, told, monkeypatch):
    monkeypatch.setattr(tasks, "MOMENT", 0.1)
    go_on = threading.Event()
    first, second = lanes.lane(), lanes.lane()
    try:
        begun = time.monotonic()
        for lane in (first, second, first, second):
            lane.run(go_on.wait, told.then, told.sorry, at_once=True)
        assert 0.09 < time.monotonic() - begun < 0.3
        QCoreApplication.processEvents()
        begun = time.monotonic()
        lanes.lane().run(go_on.wait, told.then, told.sorry, at_once=True)
        assert time.monotonic() - begun > 0.09, "the next time it may wait again"
    finally:
        go_on.set()
    qtbot.waitUntil(lambda: len(told.results) == 5)


def test_results_are_told_in_the_order_in_which_they_were_asked_for(lane, told):
    lane.run(lambda: 1, told.then, told.sorry)
    lane.run(lambda: 2, told.then, told.sorry, at_once=True)
    assert told.results == [1, 2]


def test_whoever_was_told_at_once_may_go_at_once(qapp, told):
    """The thread is still on its way out: it must not speak to tasks that are gone."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # so that threads take turns at every step
    try:
        for number in range(1000):
            brief = Tasks()
            brief.lane().run(lambda number=number: number, told.then, told.sorry, at_once=True)
            shiboken6.delete(brief)
    finally:
        sys.setswitchinterval(interval)
    assert told.results == list(range(1000))


def test_who_asked_may_be_gone_before_the_work_is_done(qapp, told, caplog):
    brief, started, problems = Tasks(), threading.Event(), []

    def work():
        started.set()
        end = time.monotonic() + PATIENCE
        while shiboken6.isValid(brief) and time.monotonic() < end:
            pass
        return "too late"

    def hook(arguments):
        problems.append(arguments)

    before, threading.excepthook = threading.excepthook, hook
    unraised, sys.unraisablehook = sys.unraisablehook, hook
    try:
        brief.lane().run(work, told.then, told.sorry)
        assert started.wait(PATIENCE)
        shiboken6.delete(brief)
        QCoreApplication.processEvents()
    finally:
        threading.excepthook, sys.unraisablehook = before, unraised
    assert (told.results, problems) == ([], [])


@pytest.mark.parametrize("fails", [False, True])
def test_who_is_told_goes_in_the_gui_thread_alone(qapp, lane, fails):
    """A dialog that is closed meanwhile is destroyed by whoever knows of it last."""
    gone_in = []

    class Dialog:
        def __del__(self):
            gone_in.append(threading.get_ident())

        def work(self):
            if fails:
                raise OcrdeskError("Not now.")

        def told(self, result):
            pass

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(300):
            dialog = Dialog()
            lane.run(dialog.work, dialog.told, dialog.told, at_once=True)
            del dialog
            QCoreApplication.processEvents()
    finally:
        sys.setswitchinterval(interval)
    assert gone_in == [threading.get_ident()] * 300


# Several lanes


def test_lanes_do_not_wait_for_each_other(qtbot, lanes, told):
    held = threading.Event()
    slow, quick = lanes.lane(), lanes.lane()
    slow.run(lambda: held.wait(PATIENCE), told.then, told.sorry)
    quick.run(lambda: "quick", told.then, told.sorry)
    qtbot.waitUntil(lambda: told.results == ["quick"])
    assert (slow.has_ended, lanes.has_ended) == (False, False)
    held.set()
    qtbot.waitUntil(lambda: lanes.has_ended)


def test_a_lane_of_two_threads_does_two_things_at_a_time(qtbot, lanes, told):
    both = threading.Barrier(2, timeout=PATIENCE)
    lane = lanes.lane(threads=2)
    for number in (1, 2):
        lane.run(lambda number=number: (both.wait(), number)[1], told.then, told.sorry)
    qtbot.waitUntil(lambda: sorted(told.results) == [1, 2])


def test_files_that_are_written_are_told_from_what_may_be_left(qtbot, lanes, told):
    held, also_held = threading.Event(), threading.Event()
    lanes.lane().run(lambda: held.wait(PATIENCE), told.then, told.sorry)
    assert lanes.has_finished_files
    lanes.lane(of_files=True).run(lambda: also_held.wait(PATIENCE), told.then, told.sorry)
    assert not lanes.has_finished_files
    lanes.close()
    assert not lanes.has_finished_files
    also_held.set()
    qtbot.waitUntil(lambda: lanes.has_finished_files)
    assert not lanes.has_ended
    held.set()
    qtbot.waitUntil(lambda: lanes.has_ended)


def test_nothing_begins_in_any_lane_once_the_window_closes(lanes, told):
    lane = lanes.lane()
    lanes.close()
    lane.run(lambda: pytest.fail("it began"), told.then, told.sorry)
    assert lanes.has_ended


# How far it is


def test_what_was_said_last_is_told_in_the_gui_thread_a_few_times_a_second(qtbot, lane, told, monkeypatch):
    monkeypatch.setattr(tasks, "TELLS", 0.1)
    go, heard = threading.Event(), []

    def work(tell: Tell) -> str:
        for number in range(1000):
            tell(number, 1000)
        assert go.wait(PATIENCE)
        return "done"

    lane.run_telling(work, told.then, told.sorry, lambda *said: heard.append((*said, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(heard) and heard[-1][0] == 999)
    assert len(heard) < 10
    assert {ident for _, _, ident in heard} == {threading.get_ident()}
    go.set()
    qtbot.waitUntil(lambda: told.results == ["done"])


def test_nothing_is_told_after_the_end(qtbot, lane, told, monkeypatch):
    monkeypatch.setattr(tasks, "TELLS", PATIENCE)
    heard = []

    def work(tell: Tell) -> str:
        tell(1)
        tell(2)
        return "done"

    lane.run_telling(work, lambda result: heard.append(result), told.sorry, heard.append)
    qtbot.waitUntil(lambda: "done" in heard)
    monkeypatch.setattr(tasks, "TELLS", 0)
    lane._on_told(1)  # as the timer does that waits until it may tell of the second
    assert heard[-1] == "done"


def test_work_that_says_how_far_it_is_lets_the_window_go_first(qtbot, lane, told, monkeypatch):
    monkeypatch.setattr(tasks, "PIECE", 0)
    monkeypatch.setattr(tasks, "LONGEST_ACT", PATIENCE)
    begun, pieces = threading.Event(), []

    def work(tell: Tell) -> None:
        for number in range(3):
            begun.set()
            tell(number)
            pieces.append(number)

    lane.run_telling(work, told.then, told.sorry, lambda _: None)
    assert begun.wait(PATIENCE)
    assert not lane.wait(0.05), "the window is still in this test"
    assert pieces == []
    qtbot.waitUntil(lambda: told.results == [None])
    assert pieces == [0, 1, 2]


def test_work_goes_on_though_the_window_does_one_thing_for_ever(lane, told, monkeypatch):
    monkeypatch.setattr(tasks, "PIECE", 0)
    monkeypatch.setattr(tasks, "LONGEST_ACT", 0.001)
    lane.run_telling(lambda tell: tell(1), told.then, told.sorry, lambda _: None)
    assert lane.wait(PATIENCE)


def test_work_is_held_up_by_nothing_when_the_window_waits_for_its_end(lanes, lane, told, monkeypatch):
    monkeypatch.setattr(tasks, "PIECE", 0)
    monkeypatch.setattr(tasks, "LONGEST_ACT", PATIENCE)
    go = threading.Event()

    def work(tell: Tell) -> None:
        assert go.wait(PATIENCE)
        tell(1)

    lane.run_telling(work, told.then, told.sorry, lambda _: None)
    lanes.close()
    go.set()
    assert lane.wait(PATIENCE / 2)


def test_work_in_small_pieces_does_not_wait_after_each(lane, told, monkeypatch):
    monkeypatch.setattr(tasks, "PIECE", PATIENCE)
    monkeypatch.setattr(tasks, "LONGEST_ACT", PATIENCE)
    lane.run_telling(lambda tell: [tell(number) for number in range(100)], told.then, told.sorry, lambda _: None)
    assert lane.wait(PATIENCE / 2)
