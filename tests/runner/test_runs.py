from fakes import (
    PATIENCE,
    HelperAtHand,
    KilledHelper,
    Maker,
    broken_image,
    count_pages,
    draw_pages,
    statuses,
)
from runs import add, heard, widths

from ocrdesk.engine.document import PageStatus
from ocrdesk.engine.intake.drops import Drop, find_pages
from ocrdesk.engine.recognition.pool import RecognizerPool
from ocrdesk.runner import RunState

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
    find_pages(library, drop, count_pages, queued=True)
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
    find_pages(library, drop, count_pages)
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
    library.runs.queue(batch_id)
    library.runs.claim_next(batch_id)
    runner = make_runner()
    with qtbot.waitSignal(runner.run_finished):
        runner.start(batch_id)
    assert statuses(library, batch_id) == ["done", "done"]


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


def test_waiting_batches_are_read_in_the_order_in_which_they_are_put(qtbot, library, scans, make_runner, gate, slow):
    batches = [add(library, scans / name, 1)[0] for name in "abcd"]
    runner = make_runner(slow)
    ended = heard(runner.run_finished)
    for batch_id in batches:
        runner.start(batch_id)
    gate.wait_until_inside()
    first, second, third, fourth = batches
    runner.put_in_order([99, fourth, first, second])
    assert (runner.batch_id, runner.waiting) == (first, (fourth, second, third))
    with qtbot.waitSignals([runner.run_finished] * 4):
        gate.open()
    assert ended == [first, fourth, second, third]


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
        assert runner._crew.threads.waitForDone(int(PATIENCE * 1000))
        add(library, scans, 2, first=2)
        library.runs.queue(batch_id)

    runner.page_finished.connect(lambda _: add_more() if library.batch(batch_id).counts.total == 1 else None)
    with qtbot.waitSignal(runner.run_finished):
        runner.start(batch_id)
    assert statuses(library, batch_id) == ["done"] * 3
    assert ended == [batch_id], "the run was reported as ended before its pages were read"


def test_a_suspect_that_could_not_be_read_is_left_and_told_and_read_when_it_is_wanted_again(
    qtbot, library, scans, make_runner, monkeypatch
):
    batch_id, pages = add(library, scans, 3)
    library.runs.queue(batch_id)
    for page_id in pages[:2]:
        library.runs.claim(page_id)
        library.runs.suspect(page_id)

    runner = make_runner()
    left, ended, stopped, finished = map(
        heard, (runner.left, runner.run_finished, runner.stopped, runner.page_finished)
    )
    with monkeypatch.context() as patched, qtbot.waitSignal(runner.run_finished):
        patched.setattr(RecognizerPool, "start_helper", lambda _: KilledHelper())
        runner.start(batch_id)
    assert statuses(library, batch_id) == ["pending", "pending", "done"]
    assert left == [
        "2 pages are left, because the processes that read them were ended by another program or for lack of memory. "
        "Resume to read them."
    ]
    assert (ended, stopped, finished) == ([batch_id], [], [pages[2], *pages[:2]])
    assert library.batch(batch_id).counts.queued == 2, "the next start offers to go on"
    assert (runner.state, runner.batch_id) == (RunState.IDLE, None)
    monkeypatch.setattr(RecognizerPool, "start_helper", lambda _: HelperAtHand())
    with qtbot.waitSignal(runner.run_finished):
        runner.start_queued(batch_id)
    assert statuses(library, batch_id) == ["done"] * 3
    assert len(left) == 1


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
