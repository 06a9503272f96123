"""Takes a picture through the models: finds its text lines, turns it upright, cuts the lines out and reads them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from ocrdesk.engine.decode import Pixels, turn_pixels
from ocrdesk.engine.document import Line, Mode, Reading, Rule, Word
from ocrdesk.engine.geometry import Polygon, slices_of
from ocrdesk.engine.reading_names import reading_name
from ocrdesk.engine.recognition.ink import Ink, ink_of
from ocrdesk.engine.recognition.language_readers import UNREAD as MOSTLY
from ocrdesk.engine.recognition.language_readers import LanguageReaders, lacks_many, told
from ocrdesk.engine.recognition.likely_script import likely_scripts
from ocrdesk.engine.recognition.opencv import cv2
from ocrdesk.engine.recognition.ppocr.line_finder import LineFinder
from ocrdesk.engine.recognition.ppocr.line_reader import LineReader
from ocrdesk.engine.recognition.ppocr.lines import Boxes, cut_out, is_standing, polygon_of, sizes_of
from ocrdesk.engine.recognition.ppocr.orientation import EVIDENCE, STANDING_SHARE, Orientation
from ocrdesk.engine.recognition.ppocr.second_look import Read, look_again
from ocrdesk.engine.recognition.ppocr.sessions import Sessions
from ocrdesk.engine.recognition.ppocr.sideways import read_upwards
from ocrdesk.engine.recognition.ppocr.unread import unread_of_page, unread_part
from ocrdesk.engine.recognition.ppocr.word_ends import with_fitting_words
from ocrdesk.engine.recognition.read_line import ReadLine
from ocrdesk.engine.recognition.rules import find_rules
from ocrdesk.engine.words import N_

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


PROBED, FOREIGN = 6, 0.8
"""If this share of this many of the longest lines cannot be read, the page is in a script that is not read. Of pages in
scripts that are read, the worst have 0.2; those in others have 0.9 and more."""

READ_ALONE = 8
"""Lines that are this many times as long as high are read one at a time, so that it does not matter in which order."""

UNREAD = ReadLine("", 0.0, unread=1.0)


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
    """What was found in a picture: the turn that makes it upright, and the lines and rules it then has.

    The language is that in which lines were read that the reader itself does not read, if there were any. The likely
    scripts are those of lines that could not be read for want of languages.
    """

    turn: int
    lines: list[tuple[Polygon, ReadLine]]
    rules: tuple[Rule, ...]
    language: str | None = None
    likely_scripts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Page:
    """A picture that lies as it is to be read, with its lines cut out and read."""

    picture: Pixels
    ink: Ink
    boxes: Boxes
    crops: list[Pixels]
    read: list[ReadLine]


class PageReader:
    """Reads pages with the models of one worker. Used by one thread at a time.

    Attributes:
        name: Stored with each reading.
    """

    def __init__(
        self,
        recognizer: str,
        sessions: Sessions,
        characters: Sequence[str],
        mode: Mode = Mode.ACCURATE,
        languages: LanguageReaders | None = None,
        wanted: Sequence[str] = (),
    ) -> None:
        has_languages = languages is not None and languages.has_any
        self.name = reading_name(recognizer, wanted if has_languages else None, mode)
        self._made_of = recognizer, sessions, characters
        self._mode = mode
        self._languages = languages if has_languages else None
        self._wanted = tuple(wanted)
        care = CARE[mode]
        self._finder = LineFinder(sessions.detect, care.letters)
        self._reader = LineReader(sessions.read, characters, care.width)
        self._orientation = Orientation(self._finder.find, sessions.classify, self._reader.read)

    def as_wanted(self, mode: Mode | None, languages: Sequence[str] = ()) -> "PageReader":
        """Returns this reader as it reads in a mode and in languages, with the same models."""
        if mode is None and tuple(languages) == self._wanted:
            return self
        return PageReader(*self._made_of, mode or self._mode, self._languages, languages)

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
        upright = turn_pixels(picture, turn or 0)
        ink = ink_of(upright)
        boxes = self._finder.find(upright, ink)
        found = self._orientation.find_turn(upright, boxes) if turn is None else turn
        page = self._page_of(upright, ink, boxes) if turn is not None or not found else self._look(picture, found)
        if (other := self._read_in_other_language(page, found, may_turn=turn is None)) is not None:
            return other
        if UNREAD in page.read:
            page = replace(page, read=self._measured(page, range(len(page.crops))))
        if turn is None and self._orientation.is_on_its_side(page.boxes, page.crops, page.read):
            return self._read_turned(picture, (found + 90) % 360)
        return self._finished(page, found, self._reader.read)

    def _look(self, picture: Pixels, turn: int) -> _Page:
        page = turn_pixels(picture, turn)
        ink = ink_of(page)
        return self._page_of(page, ink, self._finder.find(page, ink))

    def _page_of(self, picture: Pixels, ink: Ink, boxes: Boxes) -> _Page:
        crops = [cut_out(picture, box) for box in boxes]
        return _Page(picture, ink, boxes, crops, self._read_if_known(crops))

    def _read_if_known(self, crops: Sequence[Pixels]) -> list[ReadLine]:
        """Reads lines; if next to nothing of the longest can be read, the others are left unread."""
        shapes = [crop.shape[1] / crop.shape[0] for crop in crops]
        longest = sorted(range(len(crops)), key=lambda number: -shapes[number])[:PROBED]
        if self._languages is None or len(crops) <= PROBED or shapes[longest[-1]] < READ_ALONE:
            return self._reader.read(crops)
        read = dict(zip(longest, self._reader.read([crops[number] for number in longest]), strict=True))
        unread = [unread_part(crops[number], line) for number, line in read.items()]
        rest = [number for number in range(len(crops)) if number not in read]
        if sum(unread) < FOREIGN * PROBED:
            read |= zip(rest, self._reader.read([crops[number] for number in rest]), strict=True)
        return [read.get(number, UNREAD) for number in range(len(crops))]

    def _measured(self, page: _Page, numbers: Sequence[int]) -> list[ReadLine]:
        """Returns lines of a page with the fraction of each that was not read; reads those that were left."""
        left = [number for number in numbers if page.read[number] is UNREAD]
        read = dict(zip(left, self._reader.read([page.crops[number] for number in left]), strict=True))
        return _measured([page.crops[it] for it in numbers], [read.get(it, page.read[it]) for it in numbers])

    def _finished(self, page: _Page, turn: int, read_lines: Read, language: str | None = None) -> _Found:
        """Reads what was not read yet of a page.

        Args:
            page: The page.
            turn: By how much the picture was turned.
            read_lines: Reads RGB pictures of one line each.
            language: The language in which that reads, if it is another than the reader's own.
        """
        crops, read = read_upwards(read_lines, page.boxes, page.crops, page.read)
        read = [
            replace(with_fitting_words(crop, line), unread=unread_part(crop, line))
            for crop, line in zip(crops, read, strict=True)
        ]
        boxes, read = look_again(page.picture, page.ink, page.boxes, read, read_lines)
        lines = [(polygon_of(box), line) for box, line in zip(boxes, read, strict=True)]
        text = [polygon for polygon, line in lines if line.text]
        likely = self._likely_scripts(page, boxes, read) if self._languages is None else ()
        return _Found(turn, lines, find_rules(page.ink.grey, page.ink.scale, text), language, likely)

    def _likely_scripts(self, page: _Page, boxes: Boxes, read: Sequence[ReadLine]) -> tuple[str, ...]:
        """Returns what a page is likely written in if the reader does not read that, as it is shown."""
        if unread_of_page(zip(map(polygon_of, boxes), read, strict=True)):
            unread = [box for box, line in zip(boxes, read, strict=True) if line.unread > MOSTLY]
            return likely_scripts([cut_out(page.picture, box) for box in unread])
        return (N_("Vietnamese"),) if told(read) else ()  # the only language in Latin letters that is told by some

    def _read_in_other_language(self, page: _Page, turn: int, *, may_turn: bool) -> _Found | None:
        """Reads a page of which much cannot be read in another language, and turns it as its lines are clear in that.

        Returns:
            What was read, or None if the page is in no other language.
        """
        languages = self._languages
        if languages is None or not page.crops:
            return None
        measured = _measured(page.crops, page.read)
        is_unread = unread_of_page(zip(map(polygon_of, page.boxes), measured, strict=True)) > 0
        if not languages.may_choose(measured, self._wanted, is_unread=is_unread):
            return None
        lengths, standing = sizes_of(page.boxes).max(axis=1), is_standing(page.boxes)
        stands = may_turn and bool(lengths[standing].sum() > STANDING_SHARE * lengths.sum())
        voters = [number for number, its in enumerate(standing) if its == stands]
        chosen = languages.choose(
            [page.crops[number] for number in voters], [measured[number] for number in voters], self._wanted,
            both_ways=may_turn,
        )  # fmt: skip
        if chosen is None:
            return None
        # Cutting out rotates a vertical line anticlockwise, which is 270 degrees clockwise.
        more = (270 if stands else 0) + (180 if chosen.is_upside_down else 0)
        if more % 360:
            page = self._look(page.picture, more % 360)

        def read_lines(crops: Sequence[Pixels]) -> list[ReadLine]:
            def by_default(numbers: Sequence[int]) -> list[ReadLine]:
                some = [crops[number] for number in numbers]
                return _measured(some, self._reader.read(some))

            return languages.read(chosen.language, crops, by_default)

        read = languages.read(chosen.language, page.crops, partial(self._measured, page))
        code = chosen.language.code if lacks_many(read) else None
        return self._finished(replace(page, read=read), (turn + more) % 360, read_lines, code)

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
    unread = unread_of_page(found.lines)
    return Reading(with_text, width, height, found.turn, unread, found.rules, found.language, found.likely_scripts)


def _measured(crops: Sequence[Pixels], read: Sequence[ReadLine]) -> list[ReadLine]:
    """Returns lines with the fraction of each that was not read."""
    return [replace(line, unread=unread_part(crop, line)) for crop, line in zip(crops, read, strict=True)]


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
