import os
import threading

import pytest
from fakes import (
    BrokenRecognizer,
    FakeRecognizer,
    Maker,
    SlowRecognizer,
    full_disk,
    reading,
    statuses,
)
from runs import add, heard, widths

from ocrdesk import runner as runner_module
from ocrdesk.engine.errors import LibraryError, RecognizerBroken
from ocrdesk.runner import RunState

count_cores = runner_module.cores


# Workers


def test_two_workers_read_side_by_side_and_no_page_twice(qtbot, library, scans, make_runner, gate, slow):
    batch_id, _ = add(library, scans, 5)
    runner = make_runner(slow, workers=2)
    runner.start(batch_id)
    gate.wait_until_inside(2)
    assert runner.pages_in_flight == 2
    assert statuses(library, batch_id).count("running") == 2
    with qtbot.waitSignal(runner.run_finished):
        gate.open()
    assert statuses(library, batch_id) == ["done"] * 5
    assert slow.widths_read == widths(5)


def test_recognizers_are_kept_warm_from_run_to_run(qtbot, library, scans, make_runner):
    batch_id, pages = add(library, scans, 4)
    maker = Maker()
    runner = make_runner(maker, workers=2)
    for _ in range(4):
        with qtbot.waitSignal(runner.run_finished):
            runner.retry(batch_id, pages)
    assert len(maker.widths_read) == 16
    assert len(maker.made) <= 2


@pytest.mark.parametrize(
    ("cores", "workers", "quiet", "expected_workers"),
    [(8, 0, False, 8), (8, 2, False, 2), (2, 8, False, 8), (2, 1, False, 1), (1, 0, False, 1), (4, -1, False, 1),
     (8, 0, True, 7), (8, 2, True, 2), (8, 99, True, 7), (2, 2, True, 1), (1, 0, True, 1)],
)  # fmt: skip
def test_there_are_as_many_workers_as_asked_for_or_as_cores_and_a_quiet_runner_leaves_one_free(
    qtbot, library, scans, make_runner, gate, slow, monkeypatch, cores, workers, quiet, expected_workers
):
    monkeypatch.setattr(runner_module, "cores", lambda: cores)
    batch_id, _ = add(library, scans, 8)
    runner = make_runner(slow, workers, quiet=quiet)
    runner.start(batch_id)
    gate.wait_until_inside(expected_workers)
    assert runner.pages_in_flight == len(slow.made) == expected_workers
    runner.cancel(batch_id)
    with qtbot.waitSignal(runner.run_finished):
        gate.open()


def test_more_workers_than_make_sense_are_never_made(make_runner):
    assert make_runner(workers=10_000)._crew.size == runner_module.MOST_WORKERS == 64


def test_the_cores_of_this_process_are_counted(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    assert count_cores() == 3
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: 5)
    assert count_cores() == 5
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert count_cores() == 1


# Errors


class Talkative(FakeRecognizer):
    """Reads more than a full disk can hold."""

    def read(self, picture, turn=None):
        super().read(picture, turn)
        return reading(*["words " * 200] * 100)


def test_a_full_disk_stops_the_run_with_a_sentence_and_a_later_start_works(qtbot, library, scans, make_runner):
    first, _ = add(library, scans / "a", 2)
    second, _ = add(library, scans / "b", 1)
    runner = make_runner(Maker(Talkative), workers=2)
    stopped = heard(runner.stopped)
    with full_disk(library):
        with qtbot.waitSignal(runner.run_finished):
            runner.start(first)
            runner.start(second)
        (sentence,) = stopped
        assert "is full. Make room on it, then resume." in sentence
        assert statuses(library, first) == ["pending", "pending"]
        assert statuses(library, second) == ["pending"]
    assert (runner.waiting, runner.batch_id, runner.pages_in_flight) == ((), None, 0)
    with qtbot.waitSignal(runner.run_finished):
        runner.start(first)
    assert statuses(library, first) == ["done", "done"]


def test_a_recognizer_that_cannot_be_loaded_stops_the_run_with_its_sentence(qtbot, library, scans, make_runner):
    batch_id, _ = add(library, scans, 2)

    def fail():
        raise RecognizerBroken("It cannot be loaded. Install ocrdesk again.")

    runner = make_runner(fail)
    stopped = heard(runner.stopped)
    with qtbot.waitSignal(runner.run_finished):
        runner.start(batch_id)
    assert stopped == ["It cannot be loaded. Install ocrdesk again."]
    assert statuses(library, batch_id) == ["pending", "pending"]
    runner.configure(Maker(), 1)
    with qtbot.waitSignal(runner.run_finished):
        runner.start(batch_id)
    assert statuses(library, batch_id) == ["done", "done"]


def test_an_unforeseen_error_in_a_worker_ends_the_run_and_says_so(qtbot, library, scans, make_runner, monkeypatch):
    batch_id, _ = add(library, scans, 2)
    runner = make_runner()
    stopped = heard(runner.stopped)

    def fail(*_, **__):
        raise ZeroDivisionError("a bug")

    with monkeypatch.context() as patched, qtbot.waitSignal(runner.run_finished):
        patched.setattr(library.checkpoints, "keep", fail)
        runner.start(batch_id)
    (sentence,) = stopped
    assert "an error inside ocrdesk" in sentence
    assert statuses(library, batch_id) == ["pending", "pending"]
    with qtbot.waitSignal(runner.run_finished):
        runner.start(batch_id)
    assert statuses(library, batch_id) == ["done", "done"]


def test_a_run_that_cannot_begin_says_so_and_clears_the_state(qtbot, library, scans, make_runner, monkeypatch):
    batch_id, _ = add(library, scans, 1)
    runner = make_runner()
    stopped = heard(runner.stopped)

    def fail(_):
        raise LibraryError("The disk does not answer.")

    with monkeypatch.context() as patched, qtbot.waitSignal(runner.run_finished):
        patched.setattr(library.runs, "requeue_running", fail)
        runner.start(batch_id)
    assert stopped == ["The disk does not answer."]
    assert (runner.state, runner.batch_id) == (RunState.IDLE, None)
    with qtbot.waitSignal(runner.run_finished):
        runner.start(batch_id)
    assert statuses(library, batch_id) == ["done"]


def test_a_wish_that_cannot_be_kept_begins_no_run(library, scans, make_runner, monkeypatch):
    batch_id, pages = add(library, scans, 1)
    runner = make_runner()

    def fail(*_):
        raise LibraryError("The disk is full.")

    monkeypatch.setattr(library.runs, "queue", fail)
    monkeypatch.setattr(library.runs, "drop_checkpoints", fail)
    for wish in (lambda: runner.start(batch_id), lambda: runner.retry(batch_id, pages)):
        with pytest.raises(LibraryError):
            wish()
    assert runner.state is RunState.IDLE
    assert not runner.is_busy_with(batch_id)


def test_one_worker_that_fails_does_not_lose_the_page_of_the_other(qtbot, library, scans, make_runner, gate):
    batch_id, _ = add(library, scans, 4)
    tickets = [SlowRecognizer(gate)]
    lock = threading.Lock()

    def make():
        with lock:
            if tickets:
                return tickets.pop()
        gate.wait_until_inside()
        raise RecognizerBroken("Only one could be loaded.")

    runner = make_runner(make, workers=2)
    runner.start(batch_id)
    qtbot.waitUntil(lambda: runner.pages_in_flight == 1)
    with qtbot.waitSignals([runner.stopped, runner.run_finished]):
        gate.open()
    assert sorted(statuses(library, batch_id)) == ["done", "pending", "pending", "pending"]


def test_a_broken_recognizer_fails_pages_and_not_the_run(qtbot, library, scans, make_runner):
    batch_id, _ = add(library, scans, 2)
    runner = make_runner(Maker(BrokenRecognizer))
    stopped = heard(runner.stopped)
    with qtbot.waitSignal(runner.run_finished):
        runner.start(batch_id)
    assert statuses(library, batch_id) == ["failed", "failed"]
    assert stopped == []
