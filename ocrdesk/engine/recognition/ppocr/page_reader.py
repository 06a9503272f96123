"""Takes a picture through the models: finds its text lines, turns it upright, cuts the lines out and reads them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ocrdesk.engine.decode import Pixels, turn_pixels
from ocrdesk.engine.document import Line, Mode, Reading, Rule, Word
from ocrdesk.engine.geometry import Polygon, slices_of
from ocrdesk.engine.reading_names import name_in_mode
from ocrdesk.engine.recognition.ink import ink_of
from ocrdesk.engine.recognition.opencv import cv2
from ocrdesk.engine.recognition.ppocr.ctc import ReadLine
from ocrdesk.engine.recognition.ppocr.line_finder import LineFinder
from ocrdesk.engine.recognition.ppocr.line_reader import LineReader
from ocrdesk.engine.recognition.ppocr.lines import cut_out, polygon_of
from ocrdesk.engine.recognition.ppocr.orientation import EVIDENCE, Orientation
from ocrdesk.engine.recognition.ppocr.second_look import look_again
from ocrdesk.engine.recognition.ppocr.sessions import Sessions
from ocrdesk.engine.recognition.ppocr.sideways import read_upwards
from ocrdesk.engine.recognition.ppocr.unread import unread_of_page, unread_part
from ocrdesk.engine.recognition.ppocr.word_ends import with_fitting_words
from ocrdesk.engine.recognition.rules import find_rules

FAINTEST = 6
"""The least difference in grey levels between a mark and its background."""

LITTLE = 12
"""A page with fewer letters than this is read once more with its contrast raised."""

FEWEST_LYING, CLEAR_LYING = 3, 0.97
"""A sheet with fewer letters than this is turned for this many, if they are at least this clear, as print is: a line
that stands is often misread as a letter or two."""

DARKEST, LIGHTEST = 0.5, 99.5
"""Percentiles of grey that become black and white when contrast is raised, because the extremes may be no print."""

FULL_CONTRAST = 128
"""If these percentiles are at least this many grey levels apart, more contrast would not help."""


@dataclass(frozen=True, slots=True)
class Care:
    """What a mode does for the quality of the text.

    Attributes:
        letters: How many pixels high the smallest letters are scaled for the detector.
        width: How wide lines are scaled for the reader, compared with their own width.
    """

    letters: float
    width: float


ACCURATE = Care(letters=10.0, width=0.8)
"""With wider lines or larger letters, next to nothing is read better."""

FAST = Care(letters=8.0, width=0.75)
"""Below a width of 0.7, narrow letters run together."""

CARE = {Mode.ACCURATE: ACCURATE, Mode.FAST: FAST}


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found in a picture: the turn that makes it upright, and the lines and rules it then has."""

    turn: int
    lines: list[tuple[Polygon, ReadLine]]
    rules: tuple[Rule, ...]


class PageReader:
    """Reads pages with the models of one worker. Used by one thread at a time.

    Attributes:
        name: Stored with each reading.
    """

    def __init__(
        self, recognizer: str, sessions: Sessions, characters: Sequence[str], mode: Mode = Mode.ACCURATE
    ) -> None:
        self.name = name_in_mode(recognizer, mode)
        self._made_of = recognizer, sessions, characters
        care = CARE[mode]
        self._finder = LineFinder(sessions.detect, care.letters)
        self._reader = LineReader(sessions.read, characters, care.width)
        self._orientation = Orientation(self._finder.find, sessions.classify, self._reader.read)

    def in_mode(self, mode: Mode | None) -> "PageReader":
        """Returns this reader as it reads in a mode, with the same models; None: in the one it was made for."""
        return self if mode is None else PageReader(*self._made_of, mode)

    def read(self, picture: Pixels, turn: int | None = None) -> Reading:
        """Reads an RGB picture after turning it by ``turn`` or, if that is None, upright as its text lines suggest.

        Everything that was read is returned; no line is dropped for a low confidence.
        """
        if _is_empty(picture):
            return _reading(picture, _Found(turn or 0, [], ()))
        found = self._read_turned(picture, turn)
        if sum(len(line.text) for _, line in found.lines) < LITTLE and (raised := _raised(picture)) is not None:
            again = self._read_turned(raised, turn)
            if _weight(again.lines) > _weight(found.lines):
                found = again
        if turn is None and sum(len(line.text) for _, line in found.lines) < FEWEST_LYING:
            lying = self._read_lying(picture)
            if lying is not None and _weight(lying.lines) - _weight(found.lines) >= EVIDENCE:
                found = lying
        return _reading(picture, found)

    def read_lines(self, crops: Sequence[Pixels]) -> list[tuple[str, float]]:
        """Reads RGB pictures of one upright line each; returns each text and how likely every letter of it is right."""
        return [(line.text, line.confidence) for line in self._reader.read(crops)]

    def _read_turned(self, picture: Pixels, turn: int | None) -> _Found:
        page = turn_pixels(picture, turn or 0)
        ink = ink_of(page)
        boxes = self._finder.find(page, ink)
        found = self._orientation.find_turn(page, boxes) if turn is None else 0
        if found:
            page = turn_pixels(page, found)
            ink = ink_of(page)
            boxes = self._finder.find(page, ink)
        crops = [cut_out(page, box) for box in boxes]
        read = self._reader.read(crops)
        if turn is None and self._orientation.is_on_its_side(boxes, crops, read):
            return self._read_turned(picture, (found + 90) % 360)
        crops, read = read_upwards(self._reader.read, boxes, crops, read)
        read = [
            replace(with_fitting_words(crop, line), unread=unread_part(crop, line))
            for crop, line in zip(crops, read, strict=True)
        ]
        boxes, read = look_again(page, ink, boxes, read, self._reader.read)
        lines = [(polygon_of(box), line) for box, line in zip(boxes, read, strict=True)]
        return _Found(
            turn or found, lines, find_rules(ink.grey, ink.scale, [polygon for polygon, line in lines if line.text])
        )

    def _read_lying(self, picture: Pixels) -> _Found | None:
        """Reads a sheet with only a short line, too little for a vote, at the turn that makes it clear text.

        Returns:
            What was read, or None if no turn makes it clear.
        """
        best: _Found | None = None
        for turn in (90, 180, 270):
            page = turn_pixels(picture, turn)
            ink = ink_of(page)
            boxes, read = look_again(page, ink, np.empty((0, 4, 2), np.float32), [], self._reader.read)
            letters = sum(sum(map(str.isalnum, line.text)) for line in read)
            if letters < FEWEST_LYING or min(line.clearness for line in read) < CLEAR_LYING:
                continue
            lines = [(polygon_of(box), line) for box, line in zip(boxes, read, strict=True)]
            if best is None or _weight(lines) > _weight(best.lines):
                best = _Found(turn, lines, find_rules(ink.grey, ink.scale, [polygon for polygon, _ in lines]))
        return best


def _reading(picture: Pixels, found: _Found) -> Reading:
    height, width = turn_pixels(picture, found.turn).shape[:2]
    with_text = tuple(_line(polygon, line) for polygon, line in found.lines if line.text)
    return Reading(with_text, width, height, found.turn, unread_of_page(found.lines), found.rules)


def _line(polygon: Polygon, line: ReadLine) -> Line:
    parts = slices_of(polygon, [(word.left, word.right) for word in line.words])
    words = tuple(
        Word(word.text, word.confidence, part, word.rival_letters, word.across)
        for word, part in zip(line.words, parts, strict=True)
    )
    return Line(line.text, line.confidence, polygon, words)


def _weight(lines: Sequence[tuple[Polygon, ReadLine]]) -> float:
    return sum((line.clearness * len(line.text) for _, line in lines), 0.0)


def _is_empty(picture: Pixels) -> bool:
    """Whether a picture has a single colour, so that there is nothing to look for."""
    return all(int(np.ptp(part, axis=(0, 1)).max()) < FAINTEST for part in (picture[::37, ::41], picture))


def _raised(picture: Pixels) -> Pixels | None:
    """Returns a picture with its faintest marks made black, or None if it already has full contrast."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    darkest, lightest = (float(level) for level in np.percentile(grey[::3, ::3], (DARKEST, LIGHTEST)))
    if lightest - darkest < FAINTEST:  # a few words on an empty page
        smooth = cv2.medianBlur(grey, 3)
        darkest, lightest = float(smooth.min()), float(smooth.max())
    if lightest - darkest >= FULL_CONTRAST:
        return None
    wide = np.clip((grey.astype(np.float32) - darkest) * (255.0 / max(1, lightest - darkest)), 0, 255).astype(np.uint8)
    raised = cv2.createCLAHE(clipLimit=4.0, tileGridSize=(8, 8)).apply(wide)
    pixels: Pixels = cv2.cvtColor(raised, cv2.COLOR_GRAY2RGB).astype(np.uint8)
    return pixels
