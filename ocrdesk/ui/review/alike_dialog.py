"""Shows words that were misread as another one was, all ticked, and changes them at once."""

from collections.abc import Mapping, Sequence

from ocrdesk.engine.corrections.changes import Change as Correcting
from ocrdesk.engine.document import Line, Page
from ocrdesk.engine.review.alike import Misreading, corrected_text
from ocrdesk.engine.review.doubtful_words import PlacedWord, rewritings
from ocrdesk.engine.review.groups import Member
from ocrdesk.engine.words import _, plural
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.dialog import PADDING, WIDE, Dialog
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.review.cell_pictures import CellPictures
from ocrdesk.ui.review.corrections_at_once import correct_at_once
from ocrdesk.ui.review.group_cells import CELL, GAP, RING, CellView
from ocrdesk.ui.review.group_model import GroupModel

_ROWS = 4
"""How many rows of cells are seen without scrolling."""


class AlikeDialog(Dialog):
    """The words in a grid; who takes a tick away leaves a word as it is."""

    def __init__(
        self, desk: Desk, misreading: Misreading, members: Sequence[Member], pages: Mapping[int, Page]
    ) -> None:
        read, true = misreading.read, misreading.true
        if misreading.place is not None:
            read, true = read[misreading.place], true[misreading.place]
        super().__init__(
            _("More like this"),
            _("They were read as “{read}” and look like what you changed to “{true}”. Take the tick off those that are "
              "to stay as they are.").format(read=read, true=true),
            desk.window,
        )  # fmt: skip
        self.setObjectName("alikeDialog")
        self._desk, self._misreading = desk, misreading
        self._model = GroupModel(self)
        self._pictures = CellPictures(desk.decoder, desk.tasks, self)
        self._pictures.pages = pages
        self.cells = CellView(self._model, self._pictures)
        self.cells.cells.has_ticks = True
        self.cells.let_scroll()
        columns = (WIDE - 2 * PADDING + GAP) // (CELL.width() + GAP)
        rows = -(-len(members) // columns)
        self.cells.setFixedHeight(min(rows, _ROWS) * (CELL.height() + GAP) + 2 * RING - GAP + SPACE // 2)
        self.content.addWidget(self.cells)
        self.add_cancel()
        self._change = self.add_button("", self.change, name="alikeChange", kind="primary")
        self._pictures.set_ratio(self.devicePixelRatioF())
        self._model.show_members(members)
        self._pictures.want(members)
        self._model.dataChanged.connect(self._follow)  # also where a picture arrived
        self.cells.accepted.connect(self.change)
        self.finished.connect(self.deleteLater)
        self.cells.setFocus()
        self._follow()

    def change(self) -> None:
        """Changes the words with a tick, once all are seen."""
        texts = {member.placed: corrected_text(self._misreading, member) for member in self._model.unmarked}
        if not self._change.isEnabled():
            return
        words = plural("change {count} word", "change {count:,} words", len(texts))

        def corrects(lines: Sequence[Line], some: Sequence[PlacedWord]) -> list[Correcting]:
            return rewritings(lines, {placed: texts[placed] for placed in some})

        correct_at_once(self._desk, words, list(texts), corrects, lambda is_kept: None)
        self.accept()

    def _follow(self) -> None:
        count = len(self._model.unmarked)
        self._change.setText(plural("Change {count} word", "Change {count:,} words", count))
        self._change.setEnabled(bool(count) and self._pictures.is_there(self._model.members))
