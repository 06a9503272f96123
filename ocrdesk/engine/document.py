"""The terms of the program, such as batch, page and line, as frozen dataclasses."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from pathlib import Path

from ocrdesk.engine.geometry import ALL_ACROSS, Across, Point, Polygon, is_standing, trimmed
from ocrdesk.engine.rivals import RivalLetter, alternatives


class ReadingOrder(StrEnum):
    """A reading order: how the lines of a page are put one after the other."""

    AUTO = "auto"
    """Columns of prose are read one after the other, tables and receipts row by row."""

    COLUMNS = "columns"
    """Whatever stands side by side is taken for columns, read one after the other from where reading begins."""

    SINGLE = "single"
    """The page has one column: what stands side by side belongs to one line."""

    ROWS = "rows"
    """Lines are read row by row, with tabs between cells, as suits receipts and tables."""

    DETECTED = "detected"
    """Lines stay in the order in which they were found."""


class Mode(StrEnum):
    """How carefully pages are read."""

    ACCURATE = "accurate"
    """For the best text."""

    FAST = "fast"
    """For more pages per minute, with a few more errors."""


class PageStatus(StrEnum):
    """The state of a page. "No text" and "doubtful" are derived and are no states."""

    PENDING = "pending"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a line; in Chinese and Japanese, one character.

    Attributes:
        text: Its text, without spaces.
        confidence: How likely every letter of it is right, 0 to 1.
        polygon: Its part of its line, as high as that, in pixels of the upright page. ``Line.box_of`` fits its ink.
        rival_letters: What the reader nearly read at some of its letters.
        across: From where to where its ink reaches, from the top of the line to its bottom.
    """

    text: str
    confidence: float
    polygon: Polygon
    rival_letters: tuple[RivalLetter, ...] = ()
    across: Across = ALL_ACROSS

    @property
    def rivals(self) -> tuple[str, ...]:
        """What else it may say, at most five texts of the whole word, likeliest first; made anew at each call."""
        return alternatives(self.text, self.rival_letters) if self.rival_letters else ()

    @property
    def middle(self) -> Point:
        """The middle of its polygon."""
        return sum(x for x, _ in self.polygon) / 4, sum(y for _, y in self.polygon) / 4


_BESIDE_INK = 0.05
"""How much of a line's height a mark is higher than the ink, above and below."""


@dataclass(frozen=True, slots=True)
class Line:
    """A text line, as the recognizer found it or as it was arranged.

    Attributes:
        text: Its text.
        confidence: How likely every letter of it is right, 0 to 1.
        polygon: Its corners, in pixels of the upright page.
        words: Its words in the order in which they are read if their positions were measured; else empty.
        numbers: The numbers of the stored lines that it was made of: several if lines were joined; one that it shares
            with other lines if a line was cut. Empty if it was never stored.
        is_corrected: Whether a person corrected or checked its text, all of it or some words.
        corrections: The numbers of the corrections that were laid over it, including one of its place in the order.
    """

    text: str
    confidence: float
    polygon: Polygon
    words: Sequence[Word] = ()
    numbers: tuple[int, ...] = field(default=(), compare=False)
    is_corrected: bool = False
    corrections: tuple[int, ...] = field(default=(), compare=False)

    def box_of(self, word: Word) -> Polygon:
        """Returns the corners of a word of it, as high as the ink of the word."""
        return trimmed(word.polygon, word.across, standing=is_standing(self.polygon))

    def mark_of(self, word: Word) -> Polygon:
        """Returns the corners of a word of it for a mark, which is a little higher than the ink of all its words."""
        words = self.words or (word,)
        begin, end = min(it.across[0] for it in words), max(it.across[1] for it in words)
        across = max(0.0, begin - _BESIDE_INK), min(1.0, end + _BESIDE_INK)
        return trimmed(word.polygon, across, standing=is_standing(self.polygon))


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person corrected in the text of a page. It is laid over the lines that were read, which stay as they are.

    Attributes:
        polygon: The place of the corrected line, in pixels of the upright page.
        after: The text of the line; None: there is no text here.
        numbers: The numbers of the stored lines in whose place it stands. Several corrections may share one, each for a
            part of it. Empty: it is a new line, or its line was not found when the page was read again.
        before: What was read there when it was corrected; empty for a new line.
        checked: The parts of ``after`` that the person wrote or looked at, as start and end; None: all of it.
        follows: If the person moved the line in the reading order: the place of the line behind which it was moved, or
            nothing if it is the first of the page. None if it was not moved.
        made: When it was made, in UTC, as ``YYYY-MM-DD HH:MM:SS``; empty: now.
        id: Its number in the library; 0 if it is not there.
        page_id: The page it belongs to; 0 if it is not in the library.
    """

    polygon: Polygon
    after: str | None
    numbers: tuple[int, ...] = ()
    before: str = ""
    checked: tuple[tuple[int, int], ...] | None = None
    follows: tuple[()] | tuple[Polygon] | None = None
    made: str = ""
    id: int = 0
    page_id: int = 0

    @property
    def is_lost(self) -> bool:
        """Whether there is no line in the present reading to which it belongs."""
        return not self.numbers and bool(self.before)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line printed on a page, such as in a table or between columns.

    Attributes:
        begin: One of its ends, in pixels of the upright page.
        end: The other end.
    """

    begin: Point
    end: Point

    @property
    def is_standing(self) -> bool:
        """Whether it is vertical."""
        return abs(self.end[1] - self.begin[1]) > abs(self.end[0] - self.begin[0])


@dataclass(frozen=True, slots=True)
class Reading:
    """What a recognizer read in one picture.

    Attributes:
        lines: All lines found, in the order in which the recognizer returned them.
        width: Width of the upright page, in pixels.
        height: Height of the upright page, in pixels.
        turn: Degrees clockwise (0, 90, 180, 270) by which the picture was turned to be upright.
        unread: The share of what looks like text that was not read, 0 to 1; 0 if that is little.
        rules: The rules found on the page.
        language: The language of its words, such as ``en``; None if it was not told.
        likely_scripts: How the likely script of what could not be read is shown, or two if it may be either; or the
            language, if it is in letters that could be read in part.
    """

    lines: tuple[Line, ...]
    width: int
    height: int
    turn: int = 0
    unread: float = 0.0
    rules: tuple[Rule, ...] = ()
    language: str | None = None
    likely_scripts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a page comes from.

    Attributes:
        path: The absolute path of the file.
        name: The name shown: the path inside the dropped folder, with the frame's number if there are several.
        frame: 0-based number of the picture in its file.
        size: Size of the file, in bytes.
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
        size: Its size, in bytes.
        modified: Time of its last change, in nanoseconds.
        frames: The 0-based numbers of its pages in the batch.
    """

    size: int
    modified: int
    frames: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class LeftOutFile:
    """A file or folder that was skipped.

    Attributes:
        path: Its absolute path.
        why: The reason, as sentences to be shown.
    """

    path: Path
    why: str


class Brought(IntEnum):
    """Whether what is known about a page came in a batch file, which may be from anybody; reading it resets this."""

    NO = 0
    ALONE = 1
    """It came without the picture: its text is not used for other pages, whatever fingerprint it claims to have."""
    WITH_PICTURE = 2
    """It came with the picture that has its fingerprint, which has not been decoded here yet."""


@dataclass(frozen=True, slots=True)
class Page:
    """One picture of a batch and what is known about its reading.

    Attributes:
        id: Its number in the library.
        batch_id: The batch it belongs to.
        path: The file it comes from.
        frame: 0-based number of the picture in its file.
        name: The name shown.
        status: Its state.
        message: Why it failed, as sentences to be shown; or None.
        text_start: The beginning of its text, in one line.
        line_count: How many lines it has, with its corrections; None if it was never read.
        confidence: Mean confidence of its letters, including unread ones, 0 to 1; None if it has none. What a person
            corrected or checked counts as certain.
        seconds: How long reading it took; None if it was never read.
        width: Width of the upright page in pixels; None if it was never read.
        height: Height of the upright page in pixels; None if it was never read.
        turn: Degrees clockwise by which the picture is turned after its own EXIF orientation.
        rotation: Degrees clockwise by which the stored picture is turned in all.
        recognizer: The recognizer that read it; None if it was never read.
        content: Fingerprint of the file that was read; None if it must be read even if a reading of it is known.
        as_picture: Whether it is read as a picture even if its file has embedded text.
        locked: Whether its file is protected by a password.
        remark: What the user should know about the reading, as sentences to be shown; or None.
        turn_wanted: Degrees clockwise by which the user wants it turned; None: as its lines suggest.
        reading_order: Its reading order; None: that of its batch.
        brought: Whether all this came in a batch file.
        suspect: Whether a process died while reading the page, so that it is read last, in a separate process.
        corrected: How many corrections it has, including those whose line was not found.
        mode_wanted: The mode in which the user wants it read; None: that of the run.
        read_at: When its reading was made, in seconds since 1970 (UTC); None if that is unknown or it was never read.
        language: The language of its words, such as ``en``; None if it was not told.
        to_check: How many of its words are worth a look, and one more if much of it could not be read at all; None if
            they have not been counted.
        languages_wanted: The keys of the languages in which the user wants it read, none: the recognizer chooses; None:
            those of its batch.
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
    reading_order: ReadingOrder | None = None
    brought: Brought = Brought.NO
    suspect: bool = False
    corrected: int = 0
    mode_wanted: Mode | None = None
    read_at: int | None = None
    language: str | None = None
    to_check: int | None = None
    languages_wanted: tuple[str, ...] | None = None

    @property
    def is_blank(self) -> bool:
        """Whether it was read and has no text."""
        return self.status is PageStatus.DONE and self.line_count == 0

    @property
    def was_opened_here(self) -> bool:
        """Whether a decoding process of this computer has opened its file without harm."""
        return self.status is PageStatus.DONE and self.brought is Brought.NO


@dataclass(frozen=True, slots=True)
class FolderOfPages:
    """Pages of a batch that follow each other and lie in one folder.

    Attributes:
        name: The folder, as in the names of the pages: its path inside what was dropped; empty: that itself.
        count: How many pages.
    """

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pages of a batch are in each state.

    ``left_out`` counts files that were skipped, ``taken_out`` those whose pages a person removed or moved elsewhere,
    and ``words`` the words to check on all of them.
    """

    total: int = 0
    done: int = 0
    failed: int = 0
    pending: int = 0
    queued: int = 0
    doubtful: int = 0
    blank: int = 0
    left_out: int = 0
    taken_out: int = 0
    locked: int = 0
    corrected: int = 0
    words: int = 0

    @property
    def finished(self) -> int:
        """How many pages need no more reading, because they are done or failed."""
        return self.done + self.failed


@dataclass(frozen=True, slots=True)
class Batch:
    """The pages that were dropped onto the window together.

    Attributes:
        id: Its number in the library.
        name: The name shown.
        origin: The folder it was made from.
        counts: How many of its pages are in each state.
        is_whole_folder: Whether it contains all of that folder, and not just some files.
        is_watched: Whether files that arrive in the folder are read.
        reading_order: The reading order of its pages.
        first_page: The number of its first page; None if it has none.
        read_at: When the latest of its readings was made, in seconds since 1970 (UTC); None if that is unknown.
        languages: The keys of the languages in which its pages are read; none: the recognizer chooses.
    """

    id: int
    name: str
    origin: Path
    counts: Counts
    is_whole_folder: bool = True
    is_watched: bool = False
    reading_order: ReadingOrder = ReadingOrder.AUTO
    first_page: int | None = None
    read_at: int | None = None
    languages: tuple[str, ...] = ()
