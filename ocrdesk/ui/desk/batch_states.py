"""Where batches stand: in words, in sections, and one after the other."""

import math
from collections.abc import Iterable, Sequence
from enum import Enum

from ocrdesk.engine.document import Batch
from ocrdesk.engine.words import N_, _, plural, written_number
from ocrdesk.runner import BatchRunner, RunState
from ocrdesk.ui.kit.dates import when

ROUND = 10
"""From as many pages a minute on, tenths say nothing."""


class Section(Enum):
    """A part of the list of batches. The value is its heading, to be translated."""

    READING = N_("Reading")
    WAITING = N_("Waiting")
    DONE = N_("Done")


def section_of(batch: Batch, runner: BatchRunner) -> Section:
    """The section that a batch belongs to."""
    if batch.id == runner.batch_id:
        return Section.READING
    if batch.id in runner.waiting or batch.counts.finished < batch.counts.total:
        return Section.WAITING
    return Section.DONE


def arranged(batches: Iterable[Batch], runner: BatchRunner, order: Sequence[int]) -> list[Section | int]:
    """The list of batches: the heading of each section that is not empty, followed by the numbers of its batches.

    Runs come in the order in which they will begin, other batches as a person put them. Those that nobody put anywhere
    come last where they wait, and the newest first where they are done.

    Args:
        batches: All there are.
        runner: Reads them.
        order: The batches that a person put in order.
    """
    places = {batch_id: place for place, batch_id in enumerate(order)}
    runs = {batch_id: place for place, batch_id in enumerate(runner.waiting)}
    members: dict[Section, list[Batch]] = {section: [] for section in Section}
    for batch in batches:
        members[section_of(batch, runner)].append(batch)
    members[Section.WAITING].sort(
        key=lambda batch: (runs.get(batch.id, math.inf), places.get(batch.id, math.inf), batch.id)
    )
    members[Section.DONE].sort(key=lambda batch: (places.get(batch.id, -1), -batch.id))
    rows: list[Section | int] = []
    for section, some in members.items():
        if some:
            rows += [section, *(batch.id for batch in some)]
    return rows


def state_of(batch: Batch, runner: BatchRunner) -> str:
    """Where a batch stands, in a few words."""
    if batch.id == runner.batch_id:
        match runner.state:
            case RunState.PAUSING | RunState.CANCELLING:
                return plural("Finishing {count} page…", "Finishing {count} pages…", runner.pages_in_flight)
            case RunState.PAUSED:
                return _("Paused")
        return _("Reading…")
    if batch.id in runner.waiting:
        return _("Queued")
    if batch.counts.finished < batch.counts.total:
        return _("Stopped")
    if not batch.counts.total:
        return _("Empty")
    if batch.is_watched:
        return _("Watching")
    return _("Done with problems") if batch.counts.failed else _("Done")


def line_of(batch: Batch, runner: BatchRunner, rate: float | None) -> str:
    """Where a batch stands, in one short line below its name.

    Args:
        batch: The batch.
        runner: Reads batches.
        rate: How many pages a minute are read; None if that is unknown.
    """
    counts, pages = batch.counts, _pages(batch)
    so_far = _("{finished:,} of {total:,}").format(finished=counts.finished, total=counts.total)
    match section_of(batch, runner):
        case Section.READING if runner.state is not RunState.RUNNING:
            return f"{so_far} · {state_of(batch, runner)}"
        case Section.READING:
            return f"{so_far} · {_time_left(counts.queued / rate)}" if rate else so_far
        case Section.WAITING:
            state = _("Waiting") if batch.id in runner.waiting else _("Stopped")
            return f"{state} · {so_far if counts.finished else pages}"
    if not counts.total:
        return _("No pages")
    if batch.is_watched:
        return _("{pages} · watching").format(pages=pages)
    return pages if batch.read_at is None else f"{pages} · {when(batch.read_at)}"


def headline_of(batch: Batch, runner: BatchRunner, rate: float | None) -> list[str]:
    """Where a batch stands, fact by fact, for where there is more room; takes the same arguments as ``line_of``."""
    counts, state = batch.counts, state_of(batch, runner)
    if section_of(batch, runner) is Section.DONE:
        words = [state, _pages(batch)] if batch.is_watched else [_pages(batch)]
        last = [] if batch.read_at is None else [_("read {when}").format(when=when(batch.read_at))]
    else:
        so_far = plural("{finished:,} of {count:,} page", "{finished:,} of {count:,} pages", counts.total,
                        finished=counts.finished)  # fmt: skip
        words, last = [state, so_far], []
        if batch.id == runner.batch_id and runner.state is RunState.RUNNING and rate:
            a_minute = written_number(rate, 0 if rate >= ROUND else 1)
            last = [_("{pages} a minute").format(pages=a_minute), _time_left(counts.queued / rate)]
    failed = [_("{failed:,} failed").format(failed=counts.failed)] if counts.failed else []
    return words + failed + last


def _pages(batch: Batch) -> str:
    return plural("{count} page", "{count:,} pages", batch.counts.total)


def _time_left(minutes: float) -> str:
    """A length of time, as roughly as it is known."""
    if minutes < 1:
        return _("under 1 min left")
    if minutes < 90:
        return _("{minutes} min left").format(minutes=round(minutes))
    if minutes < 48 * 60:
        return _("{hours} h left").format(hours=round(minutes / 60))
    return _("{days} days left").format(days=round(minutes / 60 / 24))
