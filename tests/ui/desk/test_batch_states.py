from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from fakes import PATIENCE, Maker, SlowRecognizer, batch_of, draw_pages

from ocrdesk.engine.document import Batch, Counts, Source
from ocrdesk.runner import BatchRunner, RunState
from ocrdesk.ui.desk.batch_states import Section, arranged, headline_of, line_of, section_of, state_of

READING = 9
"""The batch that ``reads`` reads."""


NOON = datetime.now().replace(hour=12, minute=0, second=0, microsecond=0)


def a_batch(number: int = 1, *, watched: bool = False, read_at: datetime | None = None, **counts: int) -> Batch:
    batch = Batch(number, "letters", Path("/scans"), Counts(**counts), is_watched=watched)
    return replace(batch, read_at=int(read_at.timestamp())) if read_at is not None else batch


def reads(state: RunState = RunState.RUNNING, waiting: tuple[int, ...] = ()):
    """A runner that reads a batch."""
    return SimpleNamespace(batch_id=READING, state=state, pages_in_flight=2, waiting=waiting)


@pytest.mark.parametrize(
    ("batch", "state", "line", "headline"),
    [
        (a_batch(), "Empty", "No pages", "0 pages"),
        (a_batch(total=1, done=1), "Done", "1 page", "1 page"),
        (a_batch(total=1, done=1, read_at=NOON), "Done", "1 page · today 12:00", "1 page · read today 12:00"),
        (
            a_batch(total=1065, done=1063, failed=2, read_at=NOON - timedelta(1)), "Done with problems",
            "1,065 pages · yesterday", "1,065 pages · 2 failed · read yesterday",
        ),
        (
            a_batch(total=18, done=18, watched=True, read_at=NOON), "Watching",
            "18 pages · watching", "Watching · 18 pages · read today 12:00",
        ),
        (a_batch(total=240), "Stopped", "Stopped · 240 pages", "Stopped · 0 of 240 pages"),
        (
            a_batch(total=1200, done=999, failed=2, read_at=NOON), "Stopped",
            "Stopped · 1,001 of 1,200", "Stopped · 1,001 of 1,200 pages · 2 failed",
        ),
        (a_batch(2, total=240), "Queued", "Waiting · 240 pages", "Queued · 0 of 240 pages"),
        (a_batch(2, total=240, done=3), "Queued", "Waiting · 3 of 240", "Queued · 3 of 240 pages"),
    ],
)  # fmt: skip
def test_a_batch_that_is_not_read_now(batch, state, line, headline):
    runner = reads(waiting=(2,))
    is_done = batch.counts.finished == batch.counts.total
    assert section_of(batch, runner) is (Section.DONE if is_done else Section.WAITING)
    assert (state_of(batch, runner), line_of(batch, runner, 20)) == (state, line)
    assert " · ".join(headline_of(batch, runner, 20)) == headline


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
    assert (state_of(batch, runner), line_of(batch, runner, None)) == (words, line)
    assert headline_of(batch, runner, None) == [words, "12 of 18 pages", "2 failed"]


@pytest.mark.parametrize(
    ("rate", "a_minute", "left"),
    [
        (1200, "1,200 a minute", "under 1 min left"),
        (12, "12 a minute", "under 1 min left"),
        (6, "6.0 a minute", "1 min left"),
        (0.6, "0.6 a minute", "10 min left"),
        (0.05, "0.1 a minute", "2 h left"),
        (0.0007, "0.0 a minute", "6 days left"),
    ],
)
def test_list_and_header_say_the_same_of_how_long_the_rest_will_take(rate, a_minute, left):
    batch = a_batch(READING, total=18, done=10, failed=2, queued=6)
    assert line_of(batch, reads(), rate) == f"12 of 18 · {left}"
    assert headline_of(batch, reads(), rate) == ["Reading…", "12 of 18 pages", "2 failed", a_minute, left]


def test_what_is_held_has_no_pace():
    batch = a_batch(READING, total=18, done=12, queued=6)
    assert headline_of(batch, reads(RunState.PAUSED), 20) == ["Paused", "12 of 18 pages"]


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
