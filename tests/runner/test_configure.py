import gc
import os
import sys
import threading
import weakref

import pytest
from fakes import FakeRecognizer, Maker, SlowRecognizer, statuses
from PySide6.QtCore import QThread
from runs import add, heard, widths

from ocrdesk import runner as runner_module
from ocrdesk.engine.errors import RecognizerBroken
from ocrdesk.runner import NICENESS, RunState


@pytest.fixture(autouse=True)
def four_cores(monkeypatch, two_cores):
    monkeypatch.setattr(runner_module, "cores", lambda: 4)


# Another recognizer


def test_another_recognizer_reads_from_the_next_page_on(qtbot, library, scans, make_runner, gate, slow):
    batch_id, pages = add(library, scans, 5)
    runner = make_runner(slow, workers=2)
    finished, ended = heard(runner.page_finished), heard(runner.run_finished)
    runner.start(batch_id)
    gate.wait_until_inside(2)
    other = Maker()
    runner.configure(other, 2)
    with qtbot.waitSignal(runner.run_finished):
        gate.open()
    assert (slow.widths_read, other.widths_read) == (widths(2), widths(3, first=3))
    assert statuses(library, batch_id) == ["done"] * 5
    assert (sorted(finished), ended) == (pages, [batch_id])
    assert (runner.state, runner.pages_in_flight) == (RunState.IDLE, 0)


def test_each_worker_is_followed_by_another_when_its_page_is_read(qtbot, library, scans, make_runner, gate, slow):
    batch_id, _ = add(library, scans, 5)
    runner = make_runner(slow, workers=2)
    states = []
    runner.start(batch_id)
    gate.wait_until_inside(2)
    runner.state_changed.connect(lambda: states.append(runner.state))
    other = Maker(SlowRecognizer, gate)
    runner.configure(other, 2)
    gate.let_one_go()
    qtbot.waitUntil(lambda: len(other.made) == 1 and gate.inside == 2)
    with qtbot.waitSignal(runner.run_finished):
        gate.open()
    assert set(states) == {RunState.RUNNING, RunState.IDLE}
    assert states.index(RunState.IDLE) == len(states) - 1, "the run was ended and begun anew"


def test_another_recognizer_is_used_in_the_next_run(qtbot, library, scans, make_runner):
    batch_id, pages = add(library, scans, 2)
    first, second = Maker(), Maker()
    runner = make_runner(first)
    with qtbot.waitSignal(runner.run_finished):
        runner.start(batch_id)
    runner.configure(second, 1)
    with qtbot.waitSignal(runner.run_finished):
        runner.retry(batch_id, pages)
    assert (first.widths_read, second.widths_read) == (widths(2), widths(2))


@pytest.mark.parametrize("during_a_run", [True, False])
def test_recognizers_from_before_are_let_go(qtbot, library, scans, make_runner, gate, during_a_run):
    batch_id, _ = add(library, scans, 2)
    made = weakref.WeakSet()

    def make():
        made.add(recognizer := SlowRecognizer(gate))
        return recognizer

    runner = make_runner(make)
    runner.start(batch_id)
    gate.wait_until_inside()
    assert len(made) == 1
    if during_a_run:
        runner.configure(Maker(), 1)
    with qtbot.waitSignal(runner.run_finished):
        gate.open()
    if not during_a_run:
        runner.configure(Maker(), 1)
    gc.collect()
    assert not made


def test_changes_one_upon_the_other_end_with_the_last(qtbot, library, scans, make_runner, gate, slow):
    batch_id, _ = add(library, scans, 6)
    runner = make_runner(slow, workers=2)
    runner.start(batch_id)
    gate.wait_until_inside(2)
    makers = [Maker(), Maker(), Maker()]
    for maker in makers:
        runner.configure(maker, 2)
    assert runner.pages_in_flight == 2
    with qtbot.waitSignal(runner.run_finished):
        gate.open()
    assert [len(maker.widths_read) for maker in makers] == [0, 0, 4]
    assert statuses(library, batch_id) == ["done"] * 6


# How many workers


def test_fewer_workers_from_the_next_page_on(qtbot, library, scans, make_runner, gate, slow):
    batch_id, _ = add(library, scans, 6)
    runner = make_runner(slow, workers=3)
    runner.start(batch_id)
    gate.wait_until_inside(3)
    runner.configure(slow, 1)
    for left in (2, 1):
        gate.let_one_go()
        qtbot.waitUntil(lambda left=left: runner.pages_in_flight == left)
    gate.let_one_go()
    qtbot.waitUntil(lambda: statuses(library, batch_id).count("done") == 3 and gate.inside == 1)
    assert runner.pages_in_flight == 1
    with qtbot.waitSignal(runner.run_finished):
        gate.open()
    assert statuses(library, batch_id) == ["done"] * 6
    assert slow.widths_read == widths(6)


def test_more_workers_begin_at_once(qtbot, library, scans, make_runner, gate, slow):
    batch_id, _ = add(library, scans, 5)
    runner = make_runner(slow, workers=1)
    runner.start(batch_id)
    gate.wait_until_inside(1)
    runner.configure(slow, 3)
    gate.wait_until_inside(3)
    assert runner.pages_in_flight == 3
    with qtbot.waitSignal(runner.run_finished):
        gate.open()
    assert slow.widths_read == widths(5)


# Beside pause, cancel and the end


def test_a_paused_run_is_changed_without_being_begun(qtbot, library, scans, make_runner, gate, slow):
    batch_id, _ = add(library, scans, 3)
    other, third = Maker(), Maker()
    runner = make_runner(slow)
    runner.start(batch_id)
    gate.wait_until_inside()
    runner.pause()
    runner.configure(other, 2)
    assert runner.pages_in_flight == 1
    gate.open()
    qtbot.waitUntil(lambda: runner.state is RunState.PAUSED)
    runner.configure(third, 2)
    assert (runner.state, runner.pages_in_flight) == (RunState.PAUSED, 0)
    with qtbot.waitSignal(runner.run_finished):
        runner.resume()
    assert (slow.widths_read, other.widths_read, third.widths_read) == (widths(1), [], widths(2, first=2))


def test_a_run_resumed_while_its_former_workers_end_goes_on_with_the_new_ones(
    qtbot, library, scans, make_runner, gate, slow
):
    batch_id, _ = add(library, scans, 3)
    other = Maker()
    runner = make_runner(slow)
    runner.start(batch_id)
    gate.wait_until_inside()
    runner.pause()
    runner.configure(other, 1)
    runner.resume()
    with qtbot.waitSignal(runner.run_finished):
        gate.open()
    assert (slow.widths_read, other.widths_read) == (widths(1), widths(2, first=2))


def test_a_cancelled_run_is_not_begun_anew(qtbot, library, scans, make_runner, gate, slow):
    batch_id, _ = add(library, scans, 3)
    other = Maker()
    runner = make_runner(slow)
    runner.start(batch_id)
    gate.wait_until_inside()
    runner.configure(other, 1)
    runner.cancel(batch_id)
    with qtbot.waitSignal(runner.run_finished):
        gate.open()
    assert statuses(library, batch_id) == ["done", "pending", "pending"]
    assert other.made == []


def test_closing_waits_for_former_workers_too(library, scans, make_runner, gate, slow):
    batch_id, _ = add(library, scans, 3)
    other = Maker()
    runner = make_runner(slow)
    runner.start(batch_id)
    gate.wait_until_inside()
    runner.configure(other, 1)
    assert not runner.close(0.01)
    threading.Thread(target=gate.open).start()
    assert runner.close(20)
    assert statuses(library, batch_id) == ["done", "pending", "pending"]
    assert other.made == []


def test_a_former_worker_that_fails_stops_the_run(qtbot, library, scans, make_runner, gate):
    batch_id, _ = add(library, scans, 3)
    loading = threading.Event()

    def fail():
        loading.set()
        gate.pass_through()
        raise RecognizerBroken("It cannot be loaded.")

    runner = make_runner(fail)
    stopped = heard(runner.stopped)
    runner.start(batch_id)
    gate.wait_until_inside()
    other = Maker()
    runner.configure(other, 1)
    with qtbot.waitSignal(runner.run_finished):
        gate.open()
    assert stopped == ["It cannot be loaded."]
    assert other.made == []
    assert statuses(library, batch_id) == ["pending"] * 3


# Quiet


class Noting(FakeRecognizer):
    """Notes the niceness of its thread when it is made and when it reads, and the priority that Qt gave it."""

    def __init__(self, noted: list) -> None:
        super().__init__()
        self._noted = noted
        self._note()

    def _note(self) -> None:
        niceness = os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) if sys.platform == "linux" else None
        self._noted.append((niceness, QThread.currentThread().priority()))

    def read(self, picture, turn=None):
        self._note()
        return super().read(picture, turn)


def test_quiet_workers_give_way_and_others_do_not(qtbot, library, scans, make_runner):
    batch_id, pages = add(library, scans, 2)
    niceness = os.getpriority(os.PRIO_PROCESS, 0) if sys.platform == "linux" else None
    usual = (niceness, QThread.Priority.InheritPriority)
    low = (None if niceness is None else NICENESS, QThread.Priority.LowestPriority)
    runner = make_runner(Maker(Noting, noted := []))
    for quiet, expected in ((False, usual), (True, low), (False, usual)):
        noted.clear()
        runner.configure(Maker(Noting, noted), 1, quiet=quiet)
        with qtbot.waitSignal(runner.run_finished):
            runner.retry(batch_id, pages)
        assert noted == [expected] * 3, f"quiet: {quiet}"
    if niceness is not None:
        assert os.getpriority(os.PRIO_PROCESS, 0) == niceness, "the window was lowered"


def test_quiet_leaves_a_core_free_from_the_next_page_on(qtbot, library, scans, make_runner, gate, slow):
    batch_id, _ = add(library, scans, 12)
    runner = make_runner(slow, workers=0)
    runner.start(batch_id)
    gate.wait_until_inside(4)
    runner.configure(slow, 0, quiet=True)
    for _ in range(4):
        gate.let_one_go()
    qtbot.waitUntil(lambda: statuses(library, batch_id).count("done") == 4 and gate.inside == 3)
    qtbot.waitUntil(lambda: runner.pages_in_flight == 3)
    runner.configure(slow, 0)
    gate.wait_until_inside(4)
    with qtbot.waitSignal(runner.run_finished):
        gate.open()
    assert slow.widths_read == widths(12)
