"""Reads one page; returns what was read or why nothing was. Knows nothing of the library."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np

from ocrdesk.engine.decode import Decoder, OwnText, Picture, Pixels
from ocrdesk.engine.document import Page, Reading
from ocrdesk.engine.doubt.doubt import judged
from ocrdesk.engine.errors import PageUnreadable, PasswordNeeded, ReadingInterrupted
from ocrdesk.engine.facts import Fact, together
from ocrdesk.engine.fingerprint import Fingerprints
from ocrdesk.engine.layout.word_order import as_their_page_is_read
from ocrdesk.engine.own_text import Opened, examined, joined
from ocrdesk.engine.reading_names import OWN_TEXT, mixed_name, reads_other_languages
from ocrdesk.engine.recognition.recognizer import Recognizer
from ocrdesk.engine.scan_quality.measures import Measures

log = logging.getLogger(__name__)

T = TypeVar("T")

OPENINGS = 3
"""How often a file that keeps changing is opened; after that, its reading is stored without a fingerprint."""


class Recognize(Protocol):
    """Calls a function with a recognizer."""

    def __call__(self, read: Callable[[Recognizer], T]) -> T:
        """Returns what ``read`` returns for a recognizer.

        Raises:
            PageUnreadable: Recognizers fail on the page.
            ReadingInterrupted: Something external ended the reading.
        """
        ...


@dataclass(frozen=True, slots=True)
class PageToRead:
    """A page of a file, and how it is to be read.

    Attributes:
        path: The file.
        frame: 0-based number of the page in it.
        as_picture: Whether the page is read as a picture even if the file has embedded text.
        turn: Degrees clockwise to turn the page; None: as its lines suggest.
    """

    path: Path
    frame: int
    as_picture: bool = False
    turn: int | None = None

    @classmethod
    def of(cls, page: Page) -> "PageToRead":
        """Returns how a page of the library is to be read."""
        return cls(page.path, page.frame, page.as_picture, page.turn_wanted)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """What was read of a page.

    Attributes:
        reading: Its lines.
        recognizer: The name of the recognizer, or of what else the lines come from.
        seconds: How long reading took.
        rotation: Degrees clockwise by which the stored page is turned in all.
        content: Fingerprint of the file; None if the file kept changing or could not be read.
        remark: What the user should know about the text, or None.
        as_picture: Whether embedded text was ignored although nobody asked for that.
        scan: How well it was scanned; None if there is nothing to measure.
    """

    reading: Reading
    recognizer: str
    seconds: float
    rotation: int
    content: bytes | None
    remark: str | None
    as_picture: bool
    scan: Measures | None


@dataclass(frozen=True, slots=True)
class UnreadPage:
    """Why a page was not read.

    Attributes:
        why: The reason, as sentences that say what to do.
        content: As in ``ReadPage``.
        is_locked: Whether it needs a password.
        as_picture: As in ``ReadPage``.
    """

    why: str
    content: bytes | None
    is_locked: bool
    as_picture: bool


def read_page(
    page: PageToRead,
    decoder: Decoder,
    fingerprints: Fingerprints,
    recognize: Recognize,
    is_known: Callable[[bytes], bool],
) -> ReadPage | UnreadPage | None:
    """Reads a page.

    Args:
        page: The page.
        decoder: Opens its file.
        fingerprints: Computes the fingerprint of its file.
        recognize: Calls a function with a recognizer.
        is_known: Called with the fingerprint of its file; returns whether there already is a reading of the page.

    Returns:
        What was read, or why nothing was; None if there already is a reading.

    Raises:
        ReadingInterrupted: Something external ended the reading.
        NoProcess: The system cannot start another process.
    """
    start = time.perf_counter()
    content, passed_over = None, False
    try:
        for _ in range(OPENINGS):
            seen = fingerprints.look(page.path)
            if seen.content is not None and is_known(seen.content):
                return None
            opened, passed_over = _open(page, decoder, recognize)
            if fingerprints.is_unchanged(page.path, seen):
                content = seen.content
                break
            log.info("%s, page %s, was changed while it was opened", page.path, page.frame)
        if isinstance(opened, PageUnreadable):
            raise opened
        reading, name = _read(opened, recognize)
    except ReadingInterrupted:
        raise
    except PageUnreadable as error:
        log.info("%s, page %s, failed: %s", page.path, page.frame, error, exc_info=error)
        return UnreadPage(error.why, content, isinstance(error, PasswordNeeded), passed_over)
    return ReadPage(
        judged(reading),
        name,
        time.perf_counter() - start,
        (opened.rotation + reading.turn) % 360,
        content,
        _with_missing_languages(opened.remark, reading, name),
        passed_over,
        _scan_of(opened, reading),
    )


def _with_missing_languages(remark: str | None, reading: Reading, recognizer: str) -> str | None:
    """Returns a remark that also says what to install, for a page that could not be read or only in part."""
    if recognizer == OWN_TEXT or reads_other_languages(recognizer):
        return remark
    unread = Fact.MUCH_UNREAD() if reading.unread else None
    match reading.likely_scripts:
        case [script]:
            return together(remark, Fact.LOOKS_LIKE(script=script), unread)
        case [script, other]:
            return together(remark, Fact.LOOKS_LIKE_EITHER(script=script, other=other), unread)
    return together(remark, unread, Fact.LANGUAGES_MISSING()) if unread else remark


def _scan_of(opened: Opened, reading: Reading) -> Measures | None:
    """Measures a page that was read as a picture; beside text of its own, what is left of it is no page of text."""
    picture = opened.picture
    if picture is None or opened.own is not None:
        return None
    from ocrdesk.engine.scan_quality.measuring import measured  # with OpenCV, which a list of batches does not need

    return measured(np.rot90(picture.pixels, -reading.turn // 90), reading.lines, picture.resolution)


def _open(page: PageToRead, decoder: Decoder, recognize: Recognize) -> tuple[Opened | PageUnreadable, bool]:
    """Returns what is to be read in the file, or why it cannot be read; and whether its embedded text was ignored."""
    passed_over = False
    try:
        opened = decoder.load_page(page.path, page.frame, as_picture=page.as_picture)
        if isinstance(opened, OwnText) and page.turn is not None:
            passed_over = True  # only a picture can be turned, not the embedded text of a PDF
            opened = decoder.load_page(page.path, page.frame, as_picture=True)
        if isinstance(opened, Picture):
            return Opened(None, opened, page.turn, opened.remark), passed_over
        return examined(opened, page.path, page.frame, decoder, partial(_read_lines, recognize)), passed_over
    except ReadingInterrupted:
        raise
    except PageUnreadable as error:
        return error, passed_over


def _read_lines(recognize: Recognize, crops: Sequence[Pixels]) -> list[tuple[str, float]]:
    return recognize(lambda recognizer: recognizer.read_lines(crops))


def _read(opened: Opened, recognize: Recognize) -> tuple[Reading, str]:
    own, picture = opened.own, opened.picture
    if picture is None:
        assert own is not None
        return own.reading, OWN_TEXT
    reading, name = recognize(lambda it: (it.read(picture.pixels, opened.turn), it.name))
    reading = replace(reading, lines=as_their_page_is_read(reading.lines))
    return (reading, name) if own is None else (joined(own.reading, reading), mixed_name(name))
