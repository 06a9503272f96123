"""Moving pages to another batch, and making one batch of several."""

from collections.abc import Callable, Sequence
from functools import partial

from ocrdesk.engine.document import Batch
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.library.moving import Moved
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.kit.questions import confirmed


class MoveCommands(Commands):
    """Moves one thing after another, and says what came of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._library, self._runner, self._chosen = desk.library, desk.runner, desk.chosen
        self._lane = desk.tasks.lane()
        self._going = 0
        self.update()

    def follow(self) -> None:
        """Lets batches be merged where several are chosen."""
        several, action = len(self._chosen.batches), self._desk.actions["merge_batches"]
        action.setEnabled(several > 1)
        action.setText(
            _("Merge {count:,} batches…").format(count=several) if several > 1 else _("Merge selected batches…")
        )

    # Batches

    @Command("Merge selected batches…", "Make one batch of those that are selected", icon="merge")
    def merge_batches(self) -> None:
        """Makes one of the chosen batches, after a question, or says why it cannot be done."""
        batches = self._chosen.batches
        if why := next(filter(None, map(self._why_not, batches)), ""):
            self._desk.notices.warn(why)
            return
        question = _("Merge {count:,} batches into “{name}”?").format(count=len(batches), name=batches[0].name)
        has_other_texts = self._have_other_regions(batches)
        if confirmed(self._desk.window, question, _what_happens(batches, has_other_texts), _("Merge")):
            self._begin(
                _("Merging {count:,} batches…").format(count=len(batches)),
                partial(self._library.moving.merge, [batch.id for batch in batches], self._lane.stop.is_set),
                partial(self._on_merged, batches, has_other_texts),
            )

    def _why_not(self, batch: Batch) -> str:
        """Why a batch cannot be merged; nothing where it can be."""
        if batch.id == self._runner.batch_id:
            return _("“{name}” is being read. Stop it or wait for its end, then merge.").format(name=batch.name)
        if batch.id in self._runner.waiting:
            return _("“{name}” is queued. Stop it or wait until it is read, then merge.").format(name=batch.name)
        if batch.is_watched:
            return _("The folder of “{name}” is watched. End that in the Batch menu, then merge.").format(
                name=batch.name
            )
        return ""

    def _have_other_regions(self, batches: Sequence[Batch]) -> bool:
        """Whether what counts on pages of some of these batches does not on those of others."""
        return len({self._library.texts.regions(batch.id) for batch in batches}) > 1

    def _on_merged(self, batches: Sequence[Batch], has_other_texts: bool, moved: Moved) -> None:
        into, *others = batches
        self._chosen.choose_batch(into.id)
        self._end(into, others, has_other_texts)
        if batch := self._desk.batches.batch(into.id):
            pages = plural("{count} page", "{count:,} pages", batch.counts.total)
            self._tell(_("“{name}” has {pages} now.").format(name=batch.name, pages=pages), moved)

    # Pages

    def move_pages(self, page_ids: Sequence[int], batch_id: int) -> None:
        """Moves pages of the batch that is shown to another one."""
        source, into = self._chosen.batch, self._desk.batches.batch(batch_id)
        if source is None or into is None or source.id == into.id:
            return
        self._begin(
            plural("Moving {count} page…", "Moving {count:,} pages…", len(page_ids)),
            partial(self._library.moving.move, page_ids, batch_id, self._lane.stop.is_set),
            partial(self._on_moved, source, into, frozenset(page_ids)),
        )

    def _on_moved(self, source: Batch, into: Batch, page_ids: frozenset[int], moved: Moved) -> None:
        if source.id == self._chosen.batch_id:
            self._chosen.choose_next_page(set(self._chosen.shown_page_ids()) - page_ids)  # it is looked at next
        self._end(into, [source], self._have_other_regions([into, source]))
        batch = self._desk.batches.batch(into.id)
        if batch is not None and batch.counts.queued and self._runner.is_busy_with(source.id):
            self._runner.start_queued(into.id)  # they were about to be read
        words = plural(
            "{count} page is in “{name}” now.", "{count:,} pages are in “{name}” now.", moved.moved, name=into.name
        )
        self._tell(words if moved.moved else "", moved, partial(self._chosen.choose_batch, into.id))

    # How far it is, and what came of it

    def _begin(self, doing: str, work: Callable[[], Moved], done: Callable[[Moved], None]) -> None:
        self._going += 1
        self._lane.run(work, done, self._on_problem, at_once=True)
        if self._going:
            self._desk.under_way.say(self, doing)

    def _end(self, into: Batch, others: Sequence[Batch], has_other_texts: bool) -> None:
        self._leave()
        self._chosen.tell(Change(into.id, has_other_texts=has_other_texts))
        for batch in others:
            self._chosen.tell(Change(batch.id))

    def _leave(self) -> None:
        self._going -= 1
        if not self._going:
            self._desk.under_way.end(self)

    def _on_problem(self, error: OcrdeskError) -> None:
        self._leave()
        self._chosen.tell(Change(None))  # a part may have moved
        self.warn(error)

    def _tell(self, words: str, moved: Moved, show: Callable[[], None] | None = None) -> None:
        known = plural(
            "{count} page was in it already and is kept once.",
            "{count:,} pages were in it already and are kept once.",
            moved.known,
        )
        stayed = plural(
            "{count} page is being read and stays where it is.",
            "{count:,} pages are being read and stay where they are.",
            moved.stayed,
        )
        sentences = [words, known if moved.known else "", stayed if moved.stayed else ""]
        if told := " ".join(filter(None, sentences)):
            say = self._desk.notices.warn if moved.stayed else self._desk.notices.say
            say(told, [(_("Show"), show)] if show is not None else [])


def _what_happens(batches: Sequence[Batch], has_other_texts: bool) -> str:
    words = plural(
        "{count} page moves into it, with all that was read. The files stay where they are.",
        "{count:,} pages move into it, with all that was read. The files stay where they are.",
        sum(batch.counts.total for batch in batches[1:]),
    )
    if has_other_texts:
        words += " " + _("Its regions then hold for all pages; those of the others are lost.")
    return words
