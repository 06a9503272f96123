import os
import threading
from pathlib import Path

import pytest
from fakes import (
    FIRST_WIDTH,
    PATIENCE,
    BrokenRecognizer,
    FakeRecognizer,
    Gate,
    Maker,
    SlowRecognizer,
    broken_image,
    draw_pages,
    full_disk,
    reading,
    statuses,
)

from ocrdesk import runner as runner_module
from ocrdesk.engine.document import PageStatus
from ocrdesk.engine.errors import LibraryError, RecognizerBroken
from ocrdesk.engine.intake import Drop, take_in
from ocrdesk.engine.library import Library
from ocrdesk.runner import BatchRunner, RunState

count_cores = runner_module.cores


@pytest.fixture
def gate():
    return Gate()


@pytest.fixture(autouse=True)
def two_cores(monkeypatch):
    monkeypatch.setattr(runner_module, "cores", lambda: 2)


@pytest.fixture
def make_runner(library, gate, qapp):
    """Makes runners, and ends them when the test is over, whatever became of it."""
    made = []

    def make(maker=None, workers=1) -> BatchRunner:
        made.append(BatchRunner(library, maker or Maker(), workers))
        return made[-1]

    yield make
    gate.open()
    for runner in made:
        assert runner.close(PATIENCE)


@pytest.fixture
def slow(gate):
    """Makes recognizers that stay in each page until the gate lets them go."""
    return Maker(SlowRecognizer, gate)


def add(library: Library, folder: Path, count: int, first: int = 1) -> tuple[int, list[int]]:
    """Draws pages and adds them to the batch of their folder."""
    draw_pages(folder, count, first=first)
    drop = Drop([folder])
    take_in(library, drop)
    return drop.batch_id, drop.page_ids


def widths(count: int, first: int = 1) -> list[int]:
    return [FIRST_WIDTH + number - 1 for number in range(first, first + count)]


def heard(signal) -> list:
    """What a signal says from now on."""
    said: list = []
    signal.connect(said.append)
    return said


# Start


def test_start_reads_all_pages_and_says_so(qtbot, library, scans, make_runner):
    batch_id, pages = add(library, scans, 3)
    maker = Maker()
    runner = make_runner(maker)
    started, finished, ended = heard(runner.page_started), heard(runner.page_finished), heard(runner.run_finished)
    with qtbot.waitSignal(runner.run_finished):
        runner.start(batch_id)
    assert statuses(library, batch_id) == ["done"] * 3
    assert started == finished == pages
    assert ended == [batch_id]
    assert maker.widths_read == widths(3)
    assert (runner.state, runner.batch_id, runner.pages_in_flight) == (RunState.IDLE, None, 0)


def test_a_page_is_on_disk_when_its_signal_arrives(qtbot, library, scans, make_runner):
    batch_id, _ = add(library, scans, 3)
    runner = make_runner(workers=2)
    seen = []
    runner.page_finished.connect(lambda page_id: seen.append((library.page(page_id).status, library.text(page_id)[:5])))
    with qtbot.waitSignal(runner.run_finished):
        runner.start(batch_id)
    assert seen == [(PageStatus.DONE, "width")] * 3


def test_only_the_pages_asked_for_are_read(qtbot, library, scans, make_runner):
    batch_id, pages = add(library, scans, 3)
    runner = make_runner()
    with qtbot.waitSignal(runner.run_finished):
        runner.start(batch_id, pages[1:2])
    assert statuses(library, batch_id) == ["pending", "done", "pending"]


def test_pages_queued_while_they_were_found_are_read(qtbot, library, scans, make_runner):
    draw_pages(scans, 2)
    drop = Drop([scans])
    take_in(library, drop, queued=True)
    runner = make_runner()
    with qtbot.waitSignal(runner.run_finished):
        runner.start_queued(drop.batch_id)
    assert statuses(library, drop.batch_id) == ["done", "done"]


def test_a_run_with_nothing_to_read_ends_at_once(qtbot, library, scans, make_runner):
    batch_id, _ = add(library, scans, 1)
    maker = Maker()
    runner = make_runner(maker)
    with qtbot.waitSignals([runner.run_finished] * 2):
        runner.start(batch_id)
        runner.start(batch_id + 1, [])
    assert maker.widths_read == widths(1)
    assert runner.state is RunState.IDLE


def test_a_failing_page_does_not_stop_its_neighbours(qtbot, library, scans, make_runner):
    add(library, scans, 3)
    broken_image(scans / "2.png")
    drop = Drop([scans])
    take_in(library, drop)
    runner = make_runner()
    stopped = heard(runner.stopped)
    with qtbot.waitSignal(runner.run_finished):
        runner.start(drop.batch_id)
    assert statuses(library, drop.batch_id) == ["done", "failed", "done"]
    assert stopped == []


def test_the_cancel_event_of_an_earlier_run_does_not_end_the_next(qtbot, library, scans, make_runner):
    batch_id, _ = add(library, scans, 3)
    runner = make_runner()
    runner._cancel.set()
    with qtbot.waitSignal(runner.run_finished):
        runner.start(batch_id)
    assert statuses(library, batch_id) == ["done"] * 3
    assert not runner._cancel.is_set()


def test_pages_a_run_could_not_put_back_are_read_by_the_next(qtbot, library, scans, make_runner):
    batch_id, _ = add(library, scans, 2)
    library.queue(batch_id)
    library.claim_next(batch_id)
    runner = make_runner()
    with qtbot.waitSignal(runner.run_finished):
        runner.start(batch_id)
    assert statuses(library, batch_id) == ["done", "done"]


# Cancel


def test_cancel_keeps_the_page_in_flight_and_start_reads_the_rest(qtbot, library, scans, make_runner, gate, slow):
    batch_id, pages = add(library, scans, 4)
    runner = make_runner(slow)
    runner.start(batch_id)
    gate.wait_until_inside()
    runner.cancel(batch_id)
    assert runner.state is RunState.CANCELLING
    assert runner.is_busy_with(batch_id)
    with qtbot.waitSignal(runner.run_finished) as ended:
        gate.open()
    assert ended.args == [batch_id]
    assert statuses(library, batch_id) == ["done", "pending", "pending", "pending"]
    assert library.batch(batch_id).counts.queued == 0
    assert library.text(pages[0]) == f"width {FIRST_WIDTH}"

    with qtbot.waitSignal(runner.run_finished):
        runner.start(batch_id)
    assert statuses(library, batch_id) == ["done"] * 4
    assert slow.widths_read == widths(4), "a page was read twice"


def test_a_start_while_cancelling_reads_the_rest_afterwards(qtbot, library, scans, make_runner, gate, slow):
    batch_id, _ = add(library, scans, 3)
    runner = make_runner(slow)
    runner.start(batch_id)
    gate.wait_until_inside()
    runner.cancel(batch_id)
    runner.start(batch_id)
    assert runner.waiting == (batch_id,)
    with qtbot.waitSignals([runner.run_finished] * 2):
        gate.open()
    assert statuses(library, batch_id) == ["done"] * 3
    assert slow.widths_read == widths(3)


def test_cancelling_twice_and_cancelling_nothing_do_no_harm(qtbot, library, scans, make_runner, gate, slow):
    batch_id, _ = add(library, scans, 2)
    runner = make_runner(slow)
    runner.cancel(batch_id)
    assert runner.state is RunState.IDLE
    runner.start(batch_id)
    gate.wait_until_inside()
    runner.cancel(batch_id)
    runner.cancel(batch_id)
    with qtbot.waitSignal(runner.run_finished):
        gate.open()
    assert statuses(library, batch_id) == ["done", "pending"]


def test_a_cancel_that_cannot_be_kept_ends_the_run_all_the_same(
    qtbot, library, scans, make_runner, gate, slow, monkeypatch
):
    batch_id, _ = add(library, scans, 3)
    runner = make_runner(slow)
    runner.start(batch_id)
    gate.wait_until_inside()

    def fail(_):
        raise LibraryError("The disk is full.")

    monkeypatch.setattr(library, "unqueue", fail)
    with pytest.raises(LibraryError):
        runner.cancel(batch_id)
    with qtbot.waitSignal(runner.run_finished):
        gate.open()
    assert statuses(library, batch_id) == ["done", "pending", "pending"]


# Pause


def test_pause_holds_the_run_and_resume_goes_on(qtbot, library, scans, make_runner, gate, slow):
    batch_id, _ = add(library, scans, 3)
    runner = make_runner(slow)
    runner.start(batch_id)
    gate.wait_until_inside()
    runner.pause()
    assert runner.state is RunState.PAUSING
    gate.let_one_go()
    qtbot.waitUntil(lambda: runner.state is RunState.PAUSED)
    assert statuses(library, batch_id) == ["done", "pending", "pending"]
    assert library.batch(batch_id).counts.queued == 2
    assert runner.batch_id == batch_id

    gate.open()
    with qtbot.waitSignal(runner.run_finished):
        runner.resume()
    assert statuses(library, batch_id) == ["done"] * 3
    assert slow.widths_read == widths(3)


def test_resume_before_the_page_in_flight_is_finished_just_goes_on(qtbot, library, scans, make_runner, gate, slow):
    batch_id, _ = add(library, scans, 3)
    runner = make_runner(slow)
    runner.start(batch_id)
    gate.wait_until_inside()
    pace = runner.pace
    runner.pause()
    runner.resume()
    assert runner.state is RunState.RUNNING
    with qtbot.waitSignal(runner.run_finished):
        gate.open()
    assert runner.pace is pace, "it is the same run"
    assert statuses(library, batch_id) == ["done"] * 3
    assert slow.widths_read == widths(3)


def test_start_goes_on_with_a_paused_run(qtbot, library, scans, make_runner, gate, slow):
    batch_id, _ = add(library, scans, 3)
    runner = make_runner(slow)
    runner.start(batch_id)
    gate.wait_until_inside()
    runner.pause()
    gate.let_one_go()
    qtbot.waitUntil(lambda: runner.state is RunState.PAUSED)
    gate.open()
    with qtbot.waitSignal(runner.run_finished):
        runner.start(batch_id)
    assert statuses(library, batch_id) == ["done"] * 3


def test_a_paused_run_can_be_cancelled(qtbot, library, scans, make_runner, gate, slow):
    batch_id, _ = add(library, scans, 3)
    runner = make_runner(slow)
    runner.start(batch_id)
    gate.wait_until_inside()
    runner.pause()
    gate.let_one_go()
    qtbot.waitUntil(lambda: runner.state is RunState.PAUSED)
    with qtbot.waitSignal(runner.run_finished):
        runner.cancel(batch_id)
    assert runner.state is RunState.IDLE
    assert statuses(library, batch_id) == ["done", "pending", "pending"]


def test_batches_behind_a_paused_run_wait_too(qtbot, library, scans, make_runner, gate, slow):
    first, _ = add(library, scans / "a", 2)
    second, _ = add(library, scans / "b", 1)
    runner = make_runner(slow)
    runner.start(first)
    gate.wait_until_inside()
    runner.start(second)
    runner.pause()
    gate.let_one_go()
    qtbot.waitUntil(lambda: runner.state is RunState.PAUSED)
    assert runner.waiting == (second,)
    gate.open()
    with qtbot.waitSignals([runner.run_finished] * 2):
        runner.resume()
    assert statuses(library, first) + statuses(library, second) == ["done"] * 3


def test_pause_and_resume_of_nothing_do_no_harm(make_runner):
    runner = make_runner()
    runner.pause()
    runner.resume()
    assert runner.state is RunState.IDLE


# Retry


def test_retry_of_one_page_reads_only_that_page(qtbot, library, scans, make_runner):
    batch_id, pages = add(library, scans, 4)
    maker = Maker()
    runner = make_runner(maker)
    with qtbot.waitSignal(runner.run_finished):
        runner.start(batch_id, pages[:2])
    with qtbot.waitSignal(runner.run_finished):
        runner.retry(batch_id, pages[:1])
    assert statuses(library, batch_id) == ["done", "done", "pending", "pending"]
    assert maker.widths_read == [FIRST_WIDTH, FIRST_WIDTH, FIRST_WIDTH + 1]


def test_retry_during_a_run_of_the_batch_is_part_of_it(qtbot, library, scans, make_runner, gate, slow):
    batch_id, pages = add(library, scans, 3)
    runner = make_runner(slow)
    ended = heard(runner.run_finished)
    runner.start(batch_id)
    gate.wait_until_inside()
    gate.let_one_go()
    qtbot.waitUntil(lambda: library.page(pages[0]).status is PageStatus.DONE)
    runner.retry(batch_id, pages[:1])
    with qtbot.waitSignal(runner.run_finished):
        gate.open()
    assert statuses(library, batch_id) == ["done"] * 3
    assert slow.widths_read == [FIRST_WIDTH, *widths(3)]
    assert ended == [batch_id]


def test_retry_failed_reads_just_the_failed_pages_again(qtbot, library, scans, make_runner):
    batch_id, pages = add(library, scans, 4)
    for broken in (pages[1], pages[2]):
        library.checkpoint_failure(broken, "Damaged.")
    library.checkpoint(pages[0], reading("kept"), seconds=1, rotation=0, recognizer="fake")
    maker = Maker()
    runner = make_runner(maker)
    with qtbot.waitSignal(runner.run_finished):
        runner.retry_failed(batch_id)
    assert statuses(library, batch_id) == ["done", "done", "done", "pending"]
    assert maker.widths_read == widths(2, first=2)
    assert library.text(pages[0]) == "kept"


def test_a_retry_that_fails_keeps_the_earlier_text(qtbot, library, scans, make_runner):
    batch_id, (page_id,) = add(library, scans, 1)
    runner = make_runner()
    with qtbot.waitSignal(runner.run_finished):
        runner.start(batch_id)
    broken_image(scans / "1.png")
    with qtbot.waitSignal(runner.run_finished):
        runner.retry(batch_id, [page_id])
    assert library.page(page_id).status is PageStatus.DONE
    assert library.text(page_id) == f"width {FIRST_WIDTH}"
    assert "earlier text is kept" in library.page(page_id).message


# Several batches


def test_a_second_batch_waits_and_runs_afterwards(qtbot, library, scans, make_runner, gate, slow):
    first, _ = add(library, scans / "a", 2)
    second, _ = add(library, scans / "b", 2)
    runner = make_runner(slow, workers=2)
    ended = heard(runner.run_finished)
    runner.start(first)
    runner.start(second)
    gate.wait_until_inside(2)
    assert (runner.batch_id, runner.waiting) == (first, (second,))
    assert runner.is_busy_with(first)
    assert runner.is_busy_with(second)
    assert statuses(library, second) == ["pending", "pending"]
    with qtbot.waitSignals([runner.run_finished] * 2):
        gate.open()
    assert ended == [first, second]
    assert statuses(library, first) + statuses(library, second) == ["done"] * 4
    assert len(slow.made) == 2


def test_a_waiting_batch_can_be_cancelled_without_touching_the_present_one(
    qtbot, library, scans, make_runner, gate, slow
):
    first, _ = add(library, scans / "a", 2)
    second, _ = add(library, scans / "b", 2)
    runner = make_runner(slow)
    runner.start(first)
    runner.start(second)
    gate.wait_until_inside()
    runner.cancel(second)
    assert (runner.state, runner.waiting) == (RunState.RUNNING, ())
    assert library.batch(second).counts.queued == 0
    with qtbot.waitSignal(runner.run_finished):
        gate.open()
    assert statuses(library, first) + statuses(library, second) == ["done", "done", "pending", "pending"]


def test_cancelling_the_present_batch_lets_the_next_begin(qtbot, library, scans, make_runner, gate, slow):
    first, _ = add(library, scans / "a", 2)
    second, _ = add(library, scans / "b", 2)
    runner = make_runner(slow)
    runner.start(first)
    runner.start(second)
    gate.wait_until_inside()
    runner.cancel(first)
    with qtbot.waitSignals([runner.run_finished] * 2):
        gate.open()
    assert statuses(library, first) == ["done", "pending"]
    assert statuses(library, second) == ["done", "done"]


# Pages that come in during a run


def test_pages_added_during_a_run_are_read(qtbot, library, scans, make_runner, gate, slow):
    batch_id, _ = add(library, scans, 1)
    runner = make_runner(slow)
    runner.start(batch_id)
    gate.wait_until_inside()
    add(library, scans, 2, first=2)
    runner.start(batch_id)
    with qtbot.waitSignal(runner.run_finished):
        gate.open()
    assert statuses(library, batch_id) == ["done"] * 3
    assert slow.widths_read == widths(3)


def test_pages_that_come_in_while_the_last_worker_ends_are_read(qtbot, library, scans, make_runner):
    batch_id, _ = add(library, scans, 1)
    runner = make_runner()
    ended = heard(runner.run_finished)

    def add_more():  # the worker has ended, the runner does not know yet
        assert runner._threads.waitForDone(int(PATIENCE * 1000))
        add(library, scans, 2, first=2)
        library.queue(batch_id)

    runner.page_finished.connect(lambda _: add_more() if library.batch(batch_id).counts.total == 1 else None)
    with qtbot.waitSignal(runner.run_finished):
        runner.start(batch_id)
    assert statuses(library, batch_id) == ["done"] * 3
    assert ended == [batch_id], "the run was reported as ended before its pages were read"


def test_a_batch_removed_during_its_run_ends_it(qtbot, library, scans, make_runner, gate, slow):
    batch_id, _ = add(library, scans, 3)
    runner = make_runner(slow)
    runner.start(batch_id)
    gate.wait_until_inside()
    library.remove_batch(batch_id)
    with qtbot.waitSignal(runner.run_finished):
        gate.open()
    assert library.batches() == []
    assert slow.widths_read == widths(1)


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
    ("cores", "workers", "expected_workers", "threads"),
    [(8, 0, 8, 1), (8, 2, 2, 4), (8, 3, 3, 2), (8, 99, 8, 1), (2, 1, 1, 2), (1, 0, 1, 1), (4, -1, 1, 4)],
)
def test_workers_times_threads_never_exceed_the_cores(
    qtbot, library, scans, make_runner, gate, slow, monkeypatch, cores, workers, expected_workers, threads
):
    monkeypatch.setattr(runner_module, "cores", lambda: cores)
    batch_id, _ = add(library, scans, 8)
    runner = make_runner(slow, workers)
    runner.start(batch_id)
    gate.wait_until_inside(expected_workers)
    assert set(slow.threads) == {threads}
    assert len(slow.made) == expected_workers
    runner.cancel(batch_id)
    with qtbot.waitSignal(runner.run_finished):
        gate.open()


def test_another_recognizer_is_used_from_the_next_run_on(qtbot, library, scans, make_runner, gate, slow):
    batch_id, pages = add(library, scans, 2)
    runner = make_runner(slow)
    runner.start(batch_id)
    gate.wait_until_inside()
    other = Maker()
    runner.configure(other, 2)
    with qtbot.waitSignal(runner.run_finished):
        gate.open()
    assert (slow.widths_read, other.widths_read) == (widths(2), [])
    with qtbot.waitSignal(runner.run_finished):
        runner.retry(batch_id, pages)
    assert (slow.widths_read, other.widths_read) == (widths(2), widths(2))


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

    def read(self, picture):
        super().read(picture)
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

    def fail(threads):
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
        patched.setattr(library, "checkpoint", fail)
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
        patched.setattr(library, "take_up", fail)
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

    monkeypatch.setattr(library, "queue", fail)
    monkeypatch.setattr(library, "drop_checkpoints", fail)
    for wish in (lambda: runner.start(batch_id), lambda: runner.retry(batch_id, pages)):
        with pytest.raises(LibraryError):
            wish()
    assert runner.state is RunState.IDLE
    assert not runner.is_busy_with(batch_id)


def test_one_worker_that_fails_does_not_lose_the_page_of_the_other(qtbot, library, scans, make_runner, gate):
    batch_id, _ = add(library, scans, 4)
    tickets = [SlowRecognizer(gate)]
    lock = threading.Lock()

    def make(threads):
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


# Close


def test_closing_during_a_run_keeps_the_page_in_flight_and_leaves_the_rest_queued(
    qtbot, qapp, library, scans, make_runner, gate, slow
):
    first, _ = add(library, scans / "a", 3)
    second, _ = add(library, scans / "b", 1)
    runner = make_runner(slow)
    runner.start(first)
    runner.start(second)
    gate.wait_until_inside()
    threading.Thread(target=gate.open).start()
    assert runner.close(PATIENCE)
    for _ in range(5):
        qapp.processEvents()
    assert runner._threads.activeThreadCount() == 0
    assert statuses(library, first) == ["done", "pending", "pending"]
    assert statuses(library, second) == ["pending"]
    assert library.batch(first).counts.queued == 2
    assert library.batch(second).counts.queued == 1
    assert slow.widths_read == widths(1), "the rest was begun anew after closing"


def test_a_runner_that_began_to_close_begins_nothing_more(qtbot, qapp, library, scans, make_runner, gate, slow):
    batch_id, _ = add(library, scans, 3)
    runner = make_runner(slow)
    runner.start(batch_id)
    gate.wait_until_inside()
    runner.begin_close()
    gate.open()
    qtbot.waitUntil(lambda: runner.pages_in_flight == 0)
    for _ in range(5):
        qapp.processEvents()
    runner.start(batch_id)
    qapp.processEvents()
    assert statuses(library, batch_id) == ["done", "pending", "pending"]
    assert slow.widths_read == widths(1)


def test_a_page_that_hangs_does_not_hold_up_closing_for_ever(qtbot, library, scans, make_runner, gate, slow):
    batch_id, _ = add(library, scans, 1)
    runner = make_runner(slow)
    runner.start(batch_id)
    gate.wait_until_inside()
    assert not runner.close(0.01)


def test_closing_an_idle_runner_is_done_at_once(make_runner):
    assert make_runner().close(0)


def test_the_pace_begins_anew_with_each_run(qtbot, library, scans, make_runner):
    batch_id, pages = add(library, scans, 3)
    runner = make_runner()
    assert runner.pace.pages_per_minute is None
    with qtbot.waitSignal(runner.run_finished):
        runner.start(batch_id)
    assert runner.pace.pages_per_minute > 0
    with qtbot.waitSignal(runner.run_finished):
        runner.retry(batch_id, pages[:1])
    assert runner.pace.pages_per_minute is None
