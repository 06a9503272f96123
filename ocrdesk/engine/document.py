"""The words of the field as frozen dataclasses: batch, page, line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from math import dist
from pathlib import Path


class Way(StrEnum):
    """A way in which the lines of a page can be read one after the other."""

    AUTO = "auto"
    """Columns of prose one after the other, tables and receipts row by row."""

    COLUMNS = "columns"
    """Whatever stands side by side is read one after the other, from the left."""

    SINGLE = "single"
    """One column: what stands side by side belongs to one line."""

    ROWS = "rows"
    """Row by row, cells parted by tabs: receipts, tables."""

    DETECTED = "detected"
    """As the lines were found."""


OWN_TEXT = "PDF text"
"""The name kept with a reading that no recognizer made."""

_AND = f"{OWN_TEXT} and "

Point = tuple[float, float]
"""x and y in pixels of the upright page, origin top-left."""

Polygon = tuple[Point, Point, Point, Point]
"""Four points, clockwise from the top-left corner."""

STANDING = 1.5
"""A line this many times taller than wide is read from top to bottom, or lies on its side."""


def slices_of(polygon: Polygon, places: Iterable[tuple[float, float]]) -> list[Polygon]:
    """The parts of a line between pairs of places along it, as parts of its length; a standing line runs downwards."""
    (ax, ay), b, (cx, cy), d = polygon
    standing = is_standing(polygon)
    (bx, by), (dx, dy) = (d, b) if standing else (b, d)
    across, down, beside, below = bx - ax, by - ay, cx - dx, cy - dy
    parts: list[Polygon] = []
    for begin, end in places:
        first, last = (ax + begin * across, ay + begin * down), (ax + end * across, ay + end * down)
        under_first, under_last = (dx + begin * beside, dy + begin * below), (dx + end * beside, dy + end * below)
        parts.append((first, under_first, under_last, last) if standing else (first, last, under_last, under_first))
    return parts


def is_standing(polygon: Polygon) -> bool:
    """Whether a line is much taller than wide, so that it is read from top to bottom."""
    a, b, c, d = polygon
    return max(dist(a, d), dist(b, c)) >= STANDING * max(dist(a, b), dist(c, d))


class PageStatus(StrEnum):
    """Where a page stands. "No text" and "doubtful" are derived, not states."""

    PENDING = "pending"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a line; of Chinese and Japanese, one character.

    Attributes:
        text: What stands there, without spaces.
        confidence: How likely every letter of it is right, 0 to 1.
        polygon: Where it stands, in pixels of the upright page.
    """

    text: str
    confidence: float
    polygon: Polygon


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as the recognizer found it.

    Attributes:
        text: What stands there.
        confidence: How likely every letter of it is right, 0 to 1.
        polygon: Where it stands, in pixels of the upright page.
        words: Its words from left to right where their places were measured, else empty.
        numbers: Those of the stored lines of its page that it was made of, wherever it was put: several where pieces
            were joined, one that other lines have too where a line was cut. Empty where it was never stored.
    """

    text: str
    confidence: float
    polygon: Polygon
    words: Sequence[Word] = ()
    numbers: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line printed on a page, such as those of a table, or one between columns.

    Attributes:
        begin: One of its ends, in pixels of the upright page.
        end: The other.
    """

    begin: Point
    end: Point

    @property
    def is_standing(self) -> bool:
        """Whether it runs from top to bottom."""
        return abs(self.end[1] - self.begin[1]) > abs(self.end[0] - self.begin[0])


@dataclass(frozen=True, slots=True)
class Reading:
    """What a recognizer made of one picture.

    Attributes:
        lines: All lines found, in the order the recognizer gave them.
        width: Of the upright page, in pixels.
        height: Of the upright page, in pixels.
        turn: Degrees clockwise (0, 90, 180, 270) by which the picture given was turned to be upright.
        unread: The part of it that looks like letters and was not read as any, 0 to 1; 0 where that is little.
        rules: The rules seen on it.
    """

    lines: tuple[Line, ...]
    width: int
    height: int
    turn: int = 0
    unread: float = 0.0
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a page comes from.

    Attributes:
        path: The file, absolute.
        name: What people see: the path inside the dropped folder, with the frame's number if there are several.
        frame: 0-based number of the picture in its file.
        size: Of the file in bytes.
        modified: Time of the file's last change, in nanoseconds.
    """

    path: Path
    name: str
    frame: int = 0
    size: int = 0
    modified: int = 0


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as it was when its pages were added.

    Attributes:
        size: In bytes.
        modified: Time of its last change, in nanoseconds.
        frames: 0-based numbers of those of its pages that are in the batch.
    """

    size: int
    modified: int
    frames: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class LeftOutFile:
    """A file or folder that gave no page.

    Attributes:
        path: Absolute.
        why: The facts about it, in words.
    """

    path: Path
    why: str


class Brought(IntEnum):
    """Whether what is known of a page came in a batch file, which may be anybody's; reading the page here ends that."""

    NO = 0
    ALONE = 1
    """It came without the picture: its text is no other page's, whatever fingerprint it claims to belong to."""
    WITH_PICTURE = 2
    """It came with the very picture that has its fingerprint, which nothing here has decoded yet."""


@dataclass(frozen=True, slots=True)
class Page:
    """One picture of a batch and what is known of its reading.

    Attributes:
        id: Its number in the library.
        batch_id: The batch it belongs to.
        path: The file it comes from.
        frame: 0-based number of the picture in its file.
        name: What people see.
        status: Where it stands.
        message: The facts about a failure, in words; or None.
        text_start: The beginning of its text, in one line.
        line_count: How many lines were read, None while it was never read.
        confidence: Mean over its letters, those not read included, 0 to 1; None where there are none.
        seconds: What reading it took, None while it was never read.
        width: Of the upright page in pixels, None while it was never read.
        height: Of the upright page in pixels, None while it was never read.
        turn: Degrees clockwise by which the picture is turned after its own EXIF orientation.
        rotation: Degrees clockwise by which the stored picture is turned in all.
        recognizer: Which recognizer read it, None while it was never read.
        content: Fingerprint of the file that was read; None if it is to be read even where it is known.
        as_picture: Whether it is read even where its file has text of its own.
        locked: Whether its file is protected by a password.
        remark: What a person should know of the reading, likewise; or None.
        turn_wanted: Degrees clockwise at which a person wants it read; None: as its lines say.
        way: How its lines are put in order; None: as those of its batch.
        brought: Whether all this came in a batch file.
        suspect: Whether a process died while it was reading the page, so that it is read last, and alone.
    """

    id: int
    batch_id: int
    path: Path
    frame: int
    name: str
    status: PageStatus
    message: str | None = None
    text_start: str = ""
    line_count: int | None = None
    confidence: float | None = None
    seconds: float | None = None
    width: int | None = None
    height: int | None = None
    turn: int = 0
    rotation: int = 0
    recognizer: str | None = None
    content: bytes | None = None
    as_picture: bool = False
    locked: bool = False
    remark: str | None = None
    turn_wanted: int | None = None
    way: Way | None = None
    brought: Brought = Brought.NO
    suspect: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether it was read and has no text."""
        return self.status is PageStatus.DONE and self.line_count == 0

    @property
    def was_opened_here(self) -> bool:
        """Whether a decoding process of this computer came to an end with its file, so that it does no harm."""
        return self.status is PageStatus.DONE and self.brought is Brought.NO


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pages of a batch stand where; ``left_out`` counts files that gave none."""

    total: int = 0
    done: int = 0
    failed: int = 0
    pending: int = 0
    queued: int = 0
    doubtful: int = 0
    blank: int = 0
    left_out: int = 0
    locked: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """What one drop made.

    Attributes:
        id: Its number in the library.
        name: What people see.
        origin: The folder it was made from.
        counts: How many of its pages stand where.
        is_whole_folder: Whether it has all of that folder, and not just some files.
        is_watched: Whether what arrives in the folder is read.
        way: How the lines of its pages are put in order.
    """

    id: int
    name: str
    origin: Path
    counts: Counts
    is_whole_folder: bool = True
    is_watched: bool = False
    way: Way = Way.AUTO


def mixed_name(recognizer: str) -> str:
    """The name kept with a reading that is the PDF's own text, and for the rest that of a recognizer."""
    return _AND + recognizer


def has_own_text(recognizer: str | None) -> bool:
    """Whether a reading, by the name kept with it, has text that a PDF had itself."""
    return recognizer is not None and (recognizer == OWN_TEXT or recognizer.startswith(_AND))
