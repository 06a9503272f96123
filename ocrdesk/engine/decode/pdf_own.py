"""The embedded text of a PDF page: which of it is visible, and what else the page shows."""

from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import closing

import numpy as np
import pypdfium2 as pdfium

from ocrdesk.engine.decode.pdf_ink import FAINTEST, Grey, TextParts, draw_grey, seen_letters
from ocrdesk.engine.decode.pdf_letters import (
    Letter,
    Placement,
    is_byte_swapped,
    letters_on,
    line_of,
    runs_of,
    turn_of,
)
from ocrdesk.engine.decode.pdf_samples import samples_of
from ocrdesk.engine.decode.picture import OwnText
from ocrdesk.engine.document import Reading
from ocrdesk.engine.facts import Fact

MOST_UNKNOWN = 0.1
"""A font is not trusted if the file does not say which characters more than this share of its letters are."""

MANY_UNSEEN = 20
"""The user is told about invisible letters if there are at least this many, and no fewer than visible ones."""


class PageText:
    """The embedded text of a page, as far as it is visible and the file says which characters it has.

    Attributes:
        letters: Its letters in the order of the file.
    """

    def __init__(self, page: pdfium.PdfPage, placement: Placement, scale: float) -> None:
        """Finds the visible letters of a page.

        Args:
            page: The page, which must stay open.
            placement: Converts its points to pixels of its picture.
            scale: The pixels per unit at which the page is drawn for this.
        """
        self._page, self._placement, self._scale = page, placement, scale
        self._parts = TextParts(page)
        self._stored = _letters_of(page, placement)
        known = _known(self._stored)
        self.letters: list[Letter] = []
        self._unseen = 0
        if any(letter.is_mark for letter in known):
            self._with_text = draw_grey(page, scale)
            with self._parts.hidden(self._parts.addresses):
                self._without = draw_grey(page, scale)
            self._share = self._with_text.shape[1] / placement.width
            self.letters = seen_letters(known, self._with_text, self._without, self._share)
            self._unseen = _marks(known) - _marks(self.letters)
        self._turn = turn_of(self.letters)
        self._runs = runs_of(self.letters, self._turn, placement)

    def own_text(self, rotation: int) -> OwnText | None:
        """Returns the text with what is needed to judge it, or None if there is none.

        Args:
            rotation: Degrees clockwise by which the file turns the page.
        """
        is_told = self._unseen >= max(MANY_UNSEEN, _marks(self.letters))
        remark = Fact.PDF_TEXT_UNSEEN() if is_told else None
        turn, runs = self._turn, self._runs
        lines = [(line_of(run), _main_font(run)) for run in runs]
        lines = [(line, font) for line, font in lines if line.text]
        width, height = self._placement.width, self._placement.height
        if turn in (90, 270):
            width, height = height, width
        reading = Reading(tuple(line for line, _ in lines), width, height, turn)
        if not lines:
            return OwnText(reading, rotation, remark=remark) if remark else None
        samples = samples_of(runs, turn, _turned(self._with_text, turn), self._share)
        rest = self._rest()
        is_plain = int(np.ptp(rest)) < FAINTEST
        fonts = tuple(font for _, font in lines)
        return OwnText(reading, rotation, fonts, samples, None if is_plain else _turned(rest, turn), remark)

    def _rest(self) -> Grey:
        """Draws the page without its embedded text."""
        own = self.parts_but(())
        if len(own) == len(self._parts.addresses):
            return self._without
        with self._parts.hidden(own):
            return draw_grey(self._page, self._scale)

    def parts_but(self, distrusted: Collection[int]) -> list[int]:
        """Returns the objects that draw this text, except lines mostly in distrusted fonts.

        An object that also draws other letters counts if most of its letters belong to this text.

        Args:
            distrusted: The numbers of the distrusted fonts.
        """
        lines = [run for run in self._runs if _main_font(run) not in distrusted]
        trusted = Counter(letter.part for line in lines for letter in line if letter.is_mark)
        stored = Counter(letter.part for letter in self._stored if letter.is_mark)
        return [part for part in self._parts.addresses if 2 * trusted[part] > stored[part]]

    def hide(self, distrusted: Collection[int]) -> None:
        """Leaves this text out of later drawings of the page, except lines mostly in distrusted fonts."""
        self._parts.hide(self.parts_but(distrusted))


def _letters_of(page: pdfium.PdfPage, placement: Placement) -> list[Letter]:
    """Returns the letters of a page, as PDFium finds them when the page is turned so that most of them are upright.

    PDFium assumes upright lines when it orders letters and looks for spaces.
    """
    with closing(page.get_textpage()) as text:
        letters = letters_on(page, text, placement)
    if not (turn := turn_of(letters)):
        return letters
    rotation = page.get_rotation()
    page.set_rotation((rotation + turn) % 360)
    try:
        text = page.get_textpage()
    finally:
        page.set_rotation(rotation)
    with closing(text):
        return letters_on(page, text, placement)


def _known(letters: Sequence[Letter]) -> list[Letter]:
    """Returns the letters without those in fonts for which the file does not say what the characters are."""
    marks = [letter for letter in letters if letter.is_mark]
    if is_byte_swapped(marks):
        return []
    unknown = Counter(letter.font for letter in marks if letter.is_unknown)
    if unknown.total() <= MOST_UNKNOWN * len(marks):
        return list(letters)
    of_font = Counter(letter.font for letter in marks)
    return [letter for letter in letters if unknown[letter.font] <= MOST_UNKNOWN * of_font[letter.font]]


def _marks(letters: Sequence[Letter]) -> int:
    return sum(letter.is_mark for letter in letters)


def _main_font(run: Sequence[Letter]) -> int:
    return Counter(letter.font for letter in run if letter.is_mark).most_common(1)[0][0]


def _turned(grey: Grey, turn: int) -> Grey:
    return np.ascontiguousarray(np.rot90(grey, -turn // 90))
