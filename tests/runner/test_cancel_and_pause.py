import threading

import pytest
from fakes import (
    FIRST_WIDTH,
    PATIENCE,
    statuses,
)
from runs import add, widths

from ocrdesk.engine.errors import LibraryError
from ocrdesk.runner import RunState

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

    monkeypatch.setattr(library.runs, "unqueue", fail)
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

    def open_once_it_closes():
        runner._cancel.wait(PATIENCE)
        gate.open()

    threading.Thread(target=open_once_it_closes).start()
    assert runner.close(PATIENCE)
    for _ in range(5):
        qapp.processEvents()
    assert runner._crew.threads.activeThreadCount() == 0
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
