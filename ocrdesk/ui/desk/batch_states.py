"""Where batches stand: in words, in sections, and one after the other."""

import math
from collections.abc import Iterable, Sequence
from enum import Enum

from ocrdesk.engine.document import Batch
from ocrdesk.engine.words import N_, _, plural
from ocrdesk.runner import BatchRunner, RunState


class Section(Enum):
    """A part of the list of batches. The value is its heading, to be translated."""

    READING = N_("Reading")
    WAITING = N_("Waiting")
    DONE = N_("Done")


def section_of(batch: Batch, runner: BatchRunner) -> Section:
    """The section that a batch belongs to."""
    if batch.id == runner.batch_id:
        return Section.READING
    if batch.id in runner.waiting or _finished(batch) < batch.counts.total:
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
    if _finished(batch) < batch.counts.total:
        return _("Stopped")
    if not batch.counts.total:
        return _("Empty")
    if batch.is_watched:
        return _("Watching")
    return _("Done with problems") if batch.counts.failed else _("Done")


def line_of(batch: Batch, runner: BatchRunner) -> str:
    """Where a batch stands, in one short line below its name."""
    total, finished = batch.counts.total, _finished(batch)
    pages = plural("{count} page", "{count:,} pages", total)
    so_far = _("{finished:,} of {total:,}").format(finished=finished, total=total)
    if batch.id == runner.batch_id:
        if runner.state is not RunState.RUNNING:
            return f"{so_far} · {state_of(batch, runner)}"
        seconds = runner.pace.seconds_left(batch.counts.queued)
        return so_far if seconds is None else f"{so_far} · {_time_left(seconds)}"
    if batch.id in runner.waiting:
        return f"{_('Waiting')} · {so_far if finished else pages}"
    if finished < total:
        return f"{_('Stopped')} · {so_far if finished else pages}"
    if not total:
        return _("No pages")
    return _("{pages} · watching").format(pages=pages) if batch.is_watched else pages


def _finished(batch: Batch) -> int:
    return batch.counts.done + batch.counts.failed


def _time_left(seconds: float) -> str:
    minutes = seconds / 60
    if minutes < 1:
        return _("under 1 min left")
    if minutes < 90:
        return _("{minutes} min left").format(minutes=round(minutes))
    if minutes < 48 * 60:
        return _("{hours} h left").format(hours=round(minutes / 60))
    return _("{days} days left").format(days=round(minutes / 60 / 24))
