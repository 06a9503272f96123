"""A page and how it is to be read → what was read, or why nothing was. Knows no library."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from ocrdesk.engine.decode import Decoder, OwnText, Picture, Pixels
from ocrdesk.engine.document import OWN_TEXT, Page, Reading, mixed_name
from ocrdesk.engine.errors import PageUnreadable, PasswordNeeded, ReadingInterrupted
from ocrdesk.engine.fingerprint import Fingerprints
from ocrdesk.engine.own_text import Opened, examined, joined
from ocrdesk.engine.recognition.recognizer import Recognizer

log = logging.getLogger(__name__)

T = TypeVar("T")

OPENINGS = 3
"""A file that changes while it is opened is opened this often; after that its reading is kept without a fingerprint."""


class Recognize(Protocol):
    """Lets a recognizer read."""

    def __call__(self, read: Callable[[Recognizer], T]) -> T:
        """Gives what a recognizer read.

        Raises:
            PageUnreadable: Recognizers break on it.
            ReadingInterrupted: Something from outside ended the reading.
        """
        ...


@dataclass(frozen=True, slots=True)
class PageToRead:
    """A page of a file, and how it is to be read.

    Attributes:
        path: The file.
        frame: 0-based number of the page in it.
        as_picture: Whether what is seen is to be read where the file has text of its own.
        turn: Degrees clockwise by which the page is to be turned; None: as its lines say.
    """

    path: Path
    frame: int
    as_picture: bool = False
    turn: int | None = None

    @classmethod
    def of(cls, page: Page) -> "PageToRead":
        """What is to be read of a page of a library."""
        return cls(page.path, page.frame, page.as_picture, page.turn_wanted)


@dataclass(frozen=True, slots=True)
class ReadPage:
    """What was read of a page.

    Attributes:
        reading: Its lines.
        recognizer: The name of who read them.
        seconds: How long that took.
        rotation: Degrees clockwise by which the stored page is turned in all.
        content: Fingerprint of the file; None: it changed meanwhile, or cannot be had.
        remark: What a person should know of the text, or None.
        as_picture: Whether the text of its file was passed over although nobody asked for that.
    """

    reading: Reading
    recognizer: str
    seconds: float
    rotation: int
    content: bytes | None
    remark: str | None
    as_picture: bool


@dataclass(frozen=True, slots=True)
class UnreadPage:
    """Why a page was not read.

    Attributes:
        why: The facts about it, in words that say what to do.
        content: As in ``ReadPage``.
        is_locked: Whether it wants a password.
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
        fingerprints: Those of files looked at before.
        recognize: Lets a recognizer read.
        is_known: Told the fingerprint of its file; whether it need not be read, since there is a reading already.

    Returns:
        What was read, or why nothing was; None: it need not be read.

    Raises:
        ReadingInterrupted: Something from outside ended the reading.
        NoProcess: The system has no process left.
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
        reading,
        name,
        time.perf_counter() - start,
        (opened.rotation + reading.turn) % 360,
        content,
        opened.remark,
        passed_over,
    )


def _open(page: PageToRead, decoder: Decoder, recognize: Recognize) -> tuple[Opened | PageUnreadable, bool]:
    """What is in the file, or why that cannot be told; and whether its own text was passed over."""
    passed_over = False
    try:
        opened = decoder.load_page(page.path, page.frame, as_picture=page.as_picture)
        if isinstance(opened, OwnText) and page.turn is not None:
            passed_over = True  # only what is seen can be turned, and not the text of a PDF
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
    return (reading, name) if own is None else (joined(own.reading, reading), mixed_name(name))
