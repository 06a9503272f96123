"""Checking words: of the selected pages, of a batch, or of all batches."""

from typing import ClassVar

from ocrdesk.engine.library.doubts import Scope
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.review.review_room import ReviewRoom

ONE_BY_ONE, IN_GROUPS = 0, 1
"""The ways of checking words, as the room has them."""

_LOOKED_AT = 2
"""How many of the selected pages tell that there are several."""


class ReviewCommands(Commands):
    """Opens the room in which words are checked."""

    follows_pages: ClassVar[bool] = True

    def __init__(self, desk: Desk, room: ReviewRoom) -> None:
        super().__init__(desk)
        self._room = room
        room.opened.connect(self.update)
        self.update()

    @Command("Review", "Check the words that may have been misread, those first that are most likely wrong", keys="F7",
             icon="doubtful")  # fmt: skip
    def review(self) -> None:
        """Has the words of the selected pages checked if there are several, else those of the batch."""
        self._open(ONE_BY_ONE)

    @Command("Check in groups", "Check words that were read as the same beside each other", keys="Ctrl+Shift+G")
    def check_groups(self) -> None:
        """Has the same words checked, those beside each other that were read as the same."""
        self._open(IN_GROUPS)

    def _open(self, way: int) -> None:
        chosen = self._desk.chosen
        if self._room.is_open:
            self._room.show_way(way)
        elif (batch := chosen.batch) is not None:
            page_ids = chosen.page_ids() if self._are_several else []
            self._room.open_room(Scope(batch.id, tuple(page_ids) if len(page_ids) > 1 else None), batch.name, way)

    @Command("Review everything", "Check the words of all batches that may have been misread")
    def review_everything(self) -> None:
        """Has the words of all batches checked."""
        self._room.open_room(Scope(), _("Pages"))

    @property
    def _are_several(self) -> bool:
        return len(self._desk.chosen.some_page_ids(_LOOKED_AT)) > 1

    def follow(self) -> None:
        """Says how many words there are to check."""
        batch, review = self._desk.chosen.batch, self._desk.actions["review"]
        words = batch.counts.words if batch is not None else 0
        for name in ("review", "check_groups"):
            self._desk.actions[name].setEnabled(words > 0 or self._room.is_open)
        if self._are_several:
            review.setText(_("Review selected pages"))
            review.setIconText(_("Review"))
        else:
            review.setText(plural("Review {count} word", "Review {count:,} words", words) if words else _("Review"))
            review.setIconText(_("Review {count:,}").format(count=words) if words else _("Review"))
        others = self._desk.batches.batches()
        self._desk.actions["review_everything"].setEnabled(any(other.counts.words for other in others))
