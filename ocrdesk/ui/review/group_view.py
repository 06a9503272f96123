"""The group check: doubtful words that were read as the same, a screen at a time, of which the odd ones are marked."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.library.doubts import Scope
from ocrdesk.engine.review.doubtful_words import PlacedWord, acceptances, rewritings
from ocrdesk.engine.review.groups import Group, Kind, Member
from ocrdesk.engine.review.queue import Outcome
from ocrdesk.engine.words import _, plural
from ocrdesk.engine.written import bare
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.review.cell_pictures import CellPictures
from ocrdesk.ui.review.corrections_at_once import Corrects, correct_at_once
from ocrdesk.ui.review.group_cells import CellView
from ocrdesk.ui.review.group_list import GROUP_ROLE, GroupList, group_rows
from ocrdesk.ui.review.group_model import GroupModel
from ocrdesk.ui.review.group_pane import GroupPane
from ocrdesk.ui.review.group_search import Found, GroupSearch
from ocrdesk.ui.review.group_words import task_of, title_of
from ocrdesk.ui.review.review_way import ReviewWay

SEEN = 400
"""Milliseconds for which a screen must have been there before all of it can be accepted."""


class GroupView(ReviewWay):
    """Groups at the left, the cells of one of them, and what becomes of them.

    Attributes:
        put_aside: Words were marked and are to be looked at one by one, before all others; carries ``PlacedWord``s.
        counted: Words were accepted or changed; carries which and how many, fewer than none where that was undone.
    """

    put_aside = Signal(object)
    counted = Signal(object, int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("groupView")
        self._desk = desk
        self._lane = desk.tasks.lane()
        self._scope: Scope | None = None
        self._groups: list[Group] = []
        self._done: list[Group] = []
        self._checked: set[object] = set()
        self._aside: dict[object, PlacedWord] = {}
        self._group: Group | None = None
        self._screen = 0
        self._known: set[str] = set()
        self._is_keeping = False
        self._came_early = False
        self._there = QElapsedTimer()
        self._search = GroupSearch(desk, self)
        self._checked_since: set[object] = set()
        self._pictures = CellPictures(desk.decoder, desk.tasks, self)
        self.model = GroupModel(self)
        self._list = GroupList(self)
        self.cells = CellView(self.model, self._pictures)
        self._rows = group_rows(self._list)
        self._pane = GroupPane(self._rows, self.cells, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pane)
        self._connect()

    # What is shown

    @property
    def ground(self) -> QWidget:
        return self._pane.ground

    def begin(self, scope: Scope) -> None:
        """Looks for the groups of some pages and shows the largest."""
        if scope != self._scope:
            self._done, self._checked, self._aside, self._group = [], set(), {}, None
            self._groups = []
            self._search.close()
            self.model.show_members(())
            self._show_list()
            self._show_nothing(_("Looking for what is alike…"))
        self._scope = scope
        self._pictures.set_ratio(self.devicePixelRatioF())
        self._look()
        self.cells.setFocus()

    def end(self) -> None:
        """Lets go of the pictures; what was marked and checked is known when it begins again.

        Pages that have words which are known by now are counted anew.
        """
        self._search.close()
        self._pictures.forget()
        known, self._known = self._known, set()
        if known:
            library, is_over = self._desk.library, self._lane.stop.is_set

            def renew() -> None:
                library.texts.renew(library.user_words.pages_with(known, is_over), is_over)

            self._lane.run(renew, lambda _: self._desk.chosen.tell(Change(None)), self._fail)

    def _fail(self, error: OcrdeskError) -> None:
        self._desk.notices.warn(str(error))

    @property
    def counts(self) -> tuple[int, int]:
        """How many words were checked, and how many there were to be checked in groups."""
        done = len(self._checked) + len(self._aside)
        return done, done + sum(len(group.members) for group in self._groups)

    @property
    def groups_left(self) -> int:
        """How many groups are still to be checked."""
        return len(self._groups)

    def _look(self) -> None:
        if self._scope is not None:
            self._search.look(self._scope, lambda: frozenset(self._aside))

    def _on_found(self, found: Found) -> None:
        """Shows groups, but for words that were checked meanwhile; what is being looked at stays where it is."""
        before, shown = self._group, _keys(self.model.members)
        rest = [group.without(self._checked_since) for group in found.groups] if self._checked_since else found.groups
        self._pictures.pages, self._groups = found.pages, [group for group in rest if group.members]
        place = next((place for place, it in enumerate(self._groups) if before and it.is_like(before)), None)
        screen = self._screen if place is not None else 0
        if place is not None and shown:
            screens = self._groups[place].screens(self.cells.room)
            if not shown <= _keys(screens[min(screen, len(screens) - 1)]):
                self._groups[place], screen = self._groups[place].beginning_with(shown), 0
        self._show_list()
        first = self._groups[0] if self._groups else None
        self._show_group(self._groups[place] if place is not None else first, screen)

    def _show_list(self) -> None:
        self._list.show_groups(self._groups, self._done)
        self._tell_progress()

    def _show_group(self, group: Group | None, screen: int = 0) -> None:
        before, self._group = self._group, group
        self._there.invalidate()
        if group is None:
            self.model.show_members(())
            count = len(self._aside)
            left = plural(
                "{count} word is left to check one by one", "{count} words are left to check one by one", count
            )
            words = _("All groups are checked") if self._done or count else _("No words are alike here")
            self._show_nothing(f"{words}\n{left}" if count else words)
            return
        screens = group.screens(self.cells.room)
        self._screen = min(screen, len(screens) - 1)
        shown = screens[self._screen]
        self.cells.cells.tells_readings = not group.texts
        is_shown_again = before is not None and group.is_like(before) and _keys(shown) == _keys(self.model.members)
        self.model.show_members(shown)
        task = None if is_shown_again else task_of(group)
        self._pane.show_screen(title_of(group, shown), task, self._screen + 1, len(screens))
        if self._came_early:
            self._came_early = self._is_keeping
            self._say_not_taken()
        row = self._list.row_of(group)
        if row is not None:
            self._rows.blockSignals(True)
            self._rows.setCurrentIndex(self._list.index(row))
            self._rows.blockSignals(False)
        self._pictures.want(shown, group.members)
        self._pictures.want(self._next_screen())  # so that it is there when this one is done
        self._follow_marks()

    def _next_screen(self) -> Sequence[Member]:
        assert self._group is not None
        screens = self._group.screens(self.cells.room)
        if self._screen + 1 < len(screens):
            return screens[self._screen + 1]
        after = self._after(self._group)
        return after.screens(self.cells.room)[0] if after is not None else ()

    def _after(self, group: Group) -> Group | None:
        """The group below another one, or the first after the last."""
        others = [other for other in self._groups if other is not group]
        place = next((place for place, other in enumerate(self._groups) if other is group), 0)
        return others[place % len(others)] if others else None

    def _show_nothing(self, words: str) -> None:
        self._pane.show_nothing(words)
        self._tell_progress()

    def _tell_progress(self) -> None:
        left = len(self._groups)
        self.progressed.emit(*self.counts, plural("{count} group left", "{count:,} groups left", left))

    # What a person does

    def accept(self) -> None:
        """Accepts what is not marked, once all of it is seen; what is marked is looked at one by one."""
        is_there = self._pictures.is_there(self.model.members)
        if self._is_keeping or not is_there or self._there.elapsed() < SEEN:
            self._came_early = self._is_keeping
            self._say_not_taken()
            return
        unmarked = self.model.unmarked
        accepted = [member.placed for member in unmarked]
        words = plural("accept {count} word", "accept {count:,} words", len(accepted))
        aside = [member.placed for member in self.model.marked]
        is_whole = self._group is not None and self._group.kind is Kind.WORD
        reading = unmarked[0].reading if is_whole and unmarked else ""
        self._keep(Outcome.ACCEPTED, words, accepted, acceptances, aside, reading)

    def _say_not_taken(self) -> None:
        self._pane.say(_("That key came before these pictures. Press it again if all of them are right."))

    def change(self) -> None:
        """Puts what the letter may be instead in the place of the marked ones; the others stay to be checked."""
        marked, other = self.model.marked, self._other
        if other is not None and marked:
            texts = {member.placed: member.with_part(other) for member in marked}
            words = plural("change {count} word", "change {count:,} words", len(marked))
            corrects = lambda lines, some: rewritings(lines, {placed: texts[placed] for placed in some})  # noqa: E731
            self._keep(Outcome.CHANGED, words, list(texts), corrects, ())

    @property
    def _other(self) -> str | None:
        """What may stand in the place of what is shown."""
        if self._group is None or not self.model.members:
            return None
        return self._group.other_than(self.model.members[0].reading)

    def _keep(
        self,
        outcome: Outcome,
        words: str,
        kept: Sequence[PlacedWord],
        corrects: Corrects,
        aside: Sequence[PlacedWord],
        accepted: str = "",
    ) -> None:
        group, screen = self._group, self._screen
        if group is None or self._is_keeping or not (kept or aside):
            return
        if not kept:
            self._finish(group, kept, aside)
            return
        self._is_keeping = True
        counted = [False]

        def end(is_kept: bool) -> None:
            self._is_keeping = False
            if is_kept != counted[0]:
                counted[0] = is_kept
                self.counted.emit(outcome, len(kept) if is_kept else -len(kept))
            self._known |= {bare(accepted)} if accepted else set()
            if is_kept:
                self._finish(group, kept, aside)
                return
            for placed in (*kept, *aside):
                self._checked.discard(placed.key)
                self._aside.pop(placed.key, None)
                self._checked_since.discard(placed.key)
            self._done = [other for other in self._done if not other.is_like(group)]
            self._group, self._screen = group, screen
            self._look()

        correct_at_once(self._desk, words, kept, corrects, end, accepted=accepted)

    def _finish(self, group: Group, kept: Sequence[PlacedWord], aside: Sequence[PlacedWord]) -> None:
        """Goes on after a screen."""
        self._checked |= {placed.key for placed in kept}
        self._aside |= {placed.key: placed for placed in aside}
        gone = {placed.key for placed in (*kept, *aside)}
        self._checked_since |= gone
        here = next((place for place, other in enumerate(self._groups) if other.is_like(group)), None)
        if here is None:  # it was looked for again meanwhile
            self._done.append(group)
            self._show_list()
            return
        rest = self._groups[here].without(gone)
        if rest.members:
            self._groups[here] = rest
            then: Group | None = rest
            screen = self._screen
        else:
            after = self._after(self._groups[here])
            self._done.append(group)
            del self._groups[here]
            then, screen = after, 0
        self._show_list()
        self._show_group(then, min(screen, self._screen))
        if aside:
            self.put_aside.emit(tuple(aside))

    def skip(self) -> None:
        """Leaves a group as it is and shows the next one."""
        if self._group is not None and (after := self._after(self._group)) is not None:
            self._show_group(after)

    def _choose(self) -> None:
        group = self._rows.currentIndex().data(GROUP_ROLE)
        if group is not None and group is not self._group:
            self._show_group(group)
        self.cells.setFocus()

    def _follow_marks(self) -> None:
        members = self.model.members
        marked = len(self.model.marked)
        is_seen = self._pictures.is_there(members)
        if is_seen and not self._there.isValid():
            self._there.start()
        self._pane.foot.show_marks(marked, len(members) - marked, self._other, is_seen=is_seen)

    def _on_changed(self, change: Change) -> None:
        self._search.forget(change)
        if self._scope is None or self._is_keeping or not self.isVisible():
            return
        if self._scope.batch_id is None or change.concerns(self._scope.batch_id):
            self._look()

    def _on_room_changed(self) -> None:
        if self._group is not None:
            self._show_group(self._group, 0)

    def _connect(self) -> None:
        self.cells.accepted.connect(self.accept)
        self.cells.changed.connect(self.change)
        self.cells.skipped.connect(self.skip)
        self.cells.room_changed.connect(self._on_room_changed)
        self._pane.foot.accept_wanted.connect(self.accept)
        self._pane.foot.change_wanted.connect(self.change)
        self._pane.foot.skip_wanted.connect(self.skip)
        self._pane.foot.mark_wanted.connect(self.model.mark_all)
        self._search.begun.connect(self._checked_since.clear)
        self._search.found.connect(self._on_found)
        self._search.looking.connect(self._pane.show_looking)
        self._search.failed.connect(self._show_nothing)
        self._pane.cancel.clicked.connect(self._search.cancel)
        self.model.dataChanged.connect(self._follow_marks)  # also where a picture arrived
        self._rows.selectionModel().currentChanged.connect(self._choose)
        self._desk.chosen.changed.connect(self._on_changed)

    def recolour(self) -> None:
        """Takes the colours of the other look."""
        self._pane.foot.recolour()


def _keys(members: Iterable[Member]) -> set[tuple[int, str, int, int]]:
    return {member.placed.key for member in members}
