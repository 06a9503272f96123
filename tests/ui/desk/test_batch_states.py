from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from fakes import PATIENCE, Maker, SlowRecognizer, batch_of, draw_pages

from ocrdesk.engine.document import Batch, Counts, Source
from ocrdesk.engine.pace import Pace
from ocrdesk.runner import BatchRunner, RunState
from ocrdesk.ui.desk.batch_states import Section, arranged, line_of, section_of, state_of

READING = 9
"""The batch that ``reads`` reads."""


def a_batch(number: int = 1, *, watched: bool = False, **counts: int) -> Batch:
    return Batch(number, "letters", Path("/scans"), Counts(**counts), is_watched=watched)


def reads(state: RunState = RunState.RUNNING, pace: Pace | None = None, waiting: tuple[int, ...] = ()):
    """A runner that reads a batch."""
    return SimpleNamespace(batch_id=READING, state=state, pace=pace or Pace(0.0), pages_in_flight=2, waiting=waiting)


def pace_of(seconds: float) -> Pace:
    """Of pages that take so many seconds each."""
    pace = Pace(0.0)
    for number in (1, 2):
        pace.page_finished(number * seconds)
    return pace


@pytest.mark.parametrize(
    ("batch", "section", "state", "line"),
    [
        (a_batch(), Section.DONE, "Empty", "No pages"),
        (a_batch(total=1, done=1), Section.DONE, "Done", "1 page"),
        (a_batch(total=1065, done=1063, failed=2), Section.DONE, "Done with problems", "1,065 pages"),
        (a_batch(total=18, done=18, watched=True), Section.DONE, "Watching", "18 pages · watching"),
        (a_batch(total=240), Section.WAITING, "Stopped", "Stopped · 240 pages"),
        (a_batch(total=1200, done=999, failed=2), Section.WAITING, "Stopped", "Stopped · 1,001 of 1,200"),
        (a_batch(2, total=240), Section.WAITING, "Queued", "Waiting · 240 pages"),
        (a_batch(2, total=240, done=3), Section.WAITING, "Queued", "Waiting · 3 of 240"),
    ],
)
def test_a_batch_that_is_not_read_now(batch, section, state, line):
    runner = reads(waiting=(2,))
    assert (section_of(batch, runner), state_of(batch, runner), line_of(batch, runner)) == (section, state, line)


@pytest.mark.parametrize(
    ("state", "words", "line"),
    [
        (RunState.RUNNING, "Reading…", "12 of 18"),
        (RunState.PAUSED, "Paused", "12 of 18 · Paused"),
        (RunState.PAUSING, "Finishing 2 pages…", "12 of 18 · Finishing 2 pages…"),
    ],
)
def test_the_batch_that_is_read(state, words, line):
    batch, runner = a_batch(READING, total=18, done=10, failed=2, queued=6), reads(state)
    assert section_of(batch, runner) is Section.READING
    assert (state_of(batch, runner), line_of(batch, runner)) == (words, line)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (5, "under 1 min left"),
        (10, "1 min left"),
        (100, "10 min left"),
        (1200, "2 h left"),
        (86_400, "6 days left"),
    ],
)
def test_how_long_the_rest_will_take(seconds, words):
    batch = a_batch(READING, total=18, done=12, queued=6)
    assert line_of(batch, reads(pace=pace_of(seconds))) == f"12 of 18 · {words}"


def test_batches_one_after_the_other():
    done = Counts(total=1, done=1)
    waiting = [a_batch(number, total=1) for number in (1, 2, 3, 4, READING)]
    batches = [*waiting, *(replace(a_batch(number), counts=done) for number in (5, 6, 7))]
    runner = reads(waiting=(4, 2))
    assert arranged(batches, runner, ()) == [
        Section.READING, READING, Section.WAITING, 4, 2, 1, 3, Section.DONE, 7, 6, 5,
    ]  # fmt: skip
    assert arranged(batches, runner, (5, 6, 3, 2)) == [
        Section.READING, READING, Section.WAITING, 4, 2, 3, 1, Section.DONE, 7, 5, 6,
    ]  # fmt: skip
    assert arranged(batches[-1:], runner, ()) == [Section.DONE, 7]


def test_states_of_a_run(qtbot, library, decoder, gate, scans, qapp):
    runner = BatchRunner(library, decoder, Maker(SlowRecognizer, gate), workers=1)
    first, _ = batch_of(library, [Source(path, path.name) for path in draw_pages(scans, 3)], scans)

    def state() -> str:
        return state_of(library.batch(first), runner)

    runner.start(first)
    gate.wait_until_inside()
    assert state() == "Reading…"
    runner.pause()
    assert state() == "Finishing 1 page…"
    gate.let_one_go()
    qtbot.waitUntil(lambda: runner.state is RunState.PAUSED)
    assert state() == "Paused"
    runner.resume()
    gate.wait_until_inside()
    runner.cancel(first)
    assert state() == "Finishing 1 page…"
    with qtbot.waitSignal(runner.run_finished):
        gate.open()
    assert state() == "Stopped"
    assert runner.close(PATIENCE)
