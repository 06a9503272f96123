"""What the user is told about pages and files: stored as facts with values, and turned into sentences when shown.

The names of the facts are written into libraries and batch files and must not change; their sentences may.
"""

import json
import math
from collections.abc import Iterable, Mapping
from enum import Enum, unique

from ocrdesk.engine.words import N_, _

Value = str | int | float

LONGEST = 10_000
"""Most characters of a value, or of a finished sentence, accepted from a batch file."""

MOST_PARTS = 100
"""Most facts accepted together; a page has a handful."""


@unique
class Fact(Enum):
    """Something to be told about a page or a file; the value is the sentence, with placeholders for its own values."""

    # Why a file was skipped.
    NO_PAGE = N_("Neither a picture nor a PDF")
    OWN_EXPORT = N_("Written by ocrdesk itself, from pages that were read")
    TAKEN_OUT = N_("Removed from the batch")
    NO_FOLDER = N_("A folder that cannot be opened")
    OTHER_FOLDER = N_("A link to a folder elsewhere. Add that folder itself to read what is in it")
    NOT_COUNTED = N_("Its pages could not be counted, so only the first was added; add the file again")
    MORE_PAGES = N_("It has more than {pages:,} pages; the others are skipped")
    PIPE = N_("A pipe, not a file")
    SOCKET = N_("A socket, not a file")
    DEVICE = N_("A device, not a file")

    # What the user should know about a reading.
    LOOKS_LIKE = N_(
        'This looks like {script}. To read it, install more languages: pip install "ocrdesk[languages]". '
        "Then read the page again."
    )
    LOOKS_LIKE_EITHER = N_(
        "This looks like {script} or {other}. To read it, install more languages: "
        'pip install "ocrdesk[languages]". Then read the page again.'
    )
    MUCH_UNREAD = N_(
        "Much of this page could not be read as letters; perhaps it is in a script that cannot be read yet."
    )
    LANGUAGES_MISSING = N_(
        "Cyrillic, Greek, Korean, Arabic, Hebrew, Hindi and Thai are read once their languages are installed: "
        'pip install "ocrdesk[languages]". Then read the page again.'
    )
    PDF_TEXT_UNTRUE = N_(
        "The text stored in this PDF does not match what the page shows, so the page was read as a picture."
    )
    PDF_TEXT_PARTLY_UNTRUE = N_(
        "Some of the text stored in this PDF does not match what the page shows, so that was read as a picture."
    )
    PDF_TEXT_UNSEEN = N_(
        "Some text stored in this PDF cannot be seen on the page, so what the page shows was read instead."
    )
    SAME_FILE = N_("The same file as “{name}”, so its text was used.")
    DAMAGED_NEAR_END = N_("The file is damaged near its end. What is there was read.")
    OTHER_SUFFIX = N_("This is a {format} picture, though its name ends in {suffix}.")
    READ_SMALLER = N_("Read at {width:,} × {height:,} pixels; the file has {whole_width:,} × {whole_height:,}.")
    DRAWN_SMALL = N_("A very large page, drawn at {dpi} dpi.")
    EMBEDDED_FILES = N_(
        "Files are embedded in this PDF and are not read: {names}. Save them with a PDF reader to read them."
    )
    TEXT_KEPT = N_("Reading it again failed; the earlier text was kept.")

    # Why a file cannot be opened.
    FILE_GONE = N_("The file is no longer there. Put it back, then retry.")
    FILE_FORBIDDEN = N_("ocrdesk is not allowed to open this file. Change its permissions, then retry.")
    FEWER_PAGES = N_("The file has fewer pages than before. Add it again to a new batch.")
    FILE_TROUBLE = N_("The file could not be read ({trouble}). Check the disk or network drive, then retry.")
    IS_A_FOLDER = N_("This is a folder, not a picture. Remove it from the batch.")
    NO_ORDINARY_FILE = N_("This is not an ordinary file. Remove it from the batch.")
    FILE_EMPTY = N_("The file is empty (0 bytes). Copy or scan it again, then retry.")
    CRASHES_DECODER = N_("This file makes its decoder crash, so it is damaged. Copy or scan it again, then retry.")
    TOOK_TOO_LONG = N_(
        "Opening this file took longer than {seconds:.0f} seconds, so it was given up. "
        "Save it in another format or smaller, then retry."
    )
    OPENING_INTERRUPTED = N_("The process that opens this file was ended from outside or did not start. Try again.")

    # Why a picture cannot be read.
    PICTURE_DAMAGED = N_("The picture is damaged or cut off. Copy or scan it again, then retry.")
    PICTURE_CUT_OFF = N_(
        "The picture is cut off: only the upper {part:.0%} are there. Copy or scan it again, then retry."
    )
    PICTURE_MISSING = N_("The picture is cut off: nothing of it is there. Copy or scan it again, then retry.")
    IMPOSSIBLE_SIZE = N_(
        "The file claims a picture of {width:,} × {height:,} pixels, which is impossible. "
        "It is damaged; copy or scan it again."
    )
    TOO_MANY_PIXELS = N_(
        "The picture has {has:,.0f} megapixels, more than the {most:,.0f} that can be read of this kind. "
        "Save it smaller or in parts, then retry."
    )
    MEMORY_TO_OPEN = N_("The picture needs more memory than there is. Save it smaller, then retry.")
    JPEG_XL = N_("This is a JPEG XL picture, which cannot be read.")
    POSTSCRIPT = N_("This is a PostScript document.")
    WEB_PAGE = N_("This is a web page or an XML file.")
    ARCHIVE = N_("This is a ZIP archive or an office document.")
    PHOTOSHOP = N_("This is a Photoshop document.")
    DJVU = N_("This is a DjVu document.")
    UNKNOWN_FORMAT = N_("The content of this file is not in a picture format that can be read.")
    SAVE_AS_PICTURE = N_("Save it as PNG, JPEG, TIFF or PDF and add that file.")
    JPEG_LS = N_("This is a JPEG-LS picture, which cannot be read. Save it as PNG or as an ordinary JPEG, then retry.")
    DEEP_JPEG = N_(
        "This is a JPEG of {bits} bits per colour, which cannot be read. "
        "Save it as PNG or as an ordinary JPEG of 8 bits, then retry."
    )
    TIFF_COMPRESSED = N_("This TIFF picture is compressed as {name}, which cannot be read.")
    TIFF_COMPRESSED_ANYHOW = N_(
        "This TIFF picture is compressed in an unusual way (number {number}), which cannot be read."
    )
    TIFF_COLOURS = N_("This TIFF picture stores its colours in an unusual way, which cannot be read.")
    TIFF_BITS = N_("This TIFF picture holds its pixels in {samples} × {bits} bits, which cannot be read.")
    TIFF_HUES = N_("This TIFF picture stores its colours at a lower resolution, which cannot be read.")
    SAVE_AS_PLAIN_TIFF = N_("Save it as PNG or as an ordinary TIFF of 8 bits, then retry.")

    # Why a PDF cannot be read.
    PDF_DAMAGED = N_("The PDF is damaged or cut off. Copy it or make it again, then retry.")
    PDF_PAGE_DAMAGED = N_("This page of the PDF is damaged. Copy or make the PDF again, then retry.")
    PDF_EMPTY = N_("The PDF has no pages. Make it again with the program it comes from.")
    PDF_PAGE_WITHOUT_SIZE = N_("This page of the PDF has no size. Make the PDF again.")
    PDF_PICTURE_TOO_LARGE = N_("The picture on this page is too large to be drawn. Save it smaller, then retry.")
    PDF_LOCKED = N_("This PDF is protected by a password. Choose “Enter password…” in the window to read it.")
    PDF_WRONG_PASSWORD = N_("This is not the password of the PDF. Check capital letters and try again.")
    PDF_PROTECTED = N_("This PDF is protected in a way that cannot be read. Save it without protection.")

    # Why a picture was not recognized.
    CRASHES_RECOGNITION = N_(
        "Reading this picture makes the text recognition crash: it did so twice while it read nothing else. "
        "Save it in another format or size, then retry."
    )
    MEMORY_TO_READ = N_("Reading this picture needs more memory than there is. Save it smaller, then retry.")
    RECOGNITION_FAILED = N_(
        "The text recognition failed on this picture twice. Save it in another format or size, then retry."
    )

    def __call__(self, **values: Value) -> "Told":
        """Returns the sentence with these values."""
        return Told([(self, values)])


_TRANSLATED = frozenset({"script", "other"})
"""Values that are texts of the program, and so are translated as the sentences are."""

Part = tuple[Fact, Mapping[str, Value]] | str
"""A fact with its values, or a finished sentence, as earlier versions stored them."""


class Told(str):
    """Sentences that know which facts they are made of.

    Attributes:
        parts: The facts.
    """

    parts: tuple[Part, ...]

    def __new__(cls, parts: Iterable[Part]) -> "Told":
        """Makes sentences of facts.

        Raises:
            ValueError: The values of a fact do not match its sentence.
        """
        own = tuple(parts)
        told = super().__new__(cls, " ".join(map(_sentence, own)))
        told.parts = own
        return told

    def __reduce__(self) -> tuple[type["Told"], tuple[tuple[Part, ...]]]:
        """Sends the facts and their values to another process, not the sentences."""
        return Told, (self.parts,)


def tells(told: str | None, *facts: Fact) -> bool:
    """Whether some sentences contain any of these facts."""
    return any(part[0] in facts for part in _parts(told) if not isinstance(part, str))


def together(*told: str | None) -> Told | None:
    """Joins sentences, each fact once; returns None if there are none."""
    parts = {_sentence(part): part for some in told for part in _parts(some)}
    return Told(parts.values()) if parts else None


def of_content(remark: str | None) -> Told | None:
    """Returns the part of a remark that applies to every copy of a file, whatever its name and recognizer, or None."""
    order = (
        Fact.PDF_TEXT_UNTRUE,
        Fact.PDF_TEXT_PARTLY_UNTRUE,
        Fact.PDF_TEXT_UNSEEN,
        Fact.LOOKS_LIKE,
        Fact.LOOKS_LIKE_EITHER,
        Fact.MUCH_UNREAD,
        Fact.LANGUAGES_MISSING,
    )
    own = [part for part in _parts(remark) if not isinstance(part, str) and part[0] in order]
    return together(*(Told([part]) for part in sorted(own, key=lambda part: order.index(part[0]))))


def has_useless_text(remark: str | None) -> bool:
    """Whether a page's remark says that the embedded text of its PDF is mostly not what the page shows."""
    return tells(remark, Fact.PDF_TEXT_UNTRUE, Fact.PDF_TEXT_UNSEEN)


def pack_told(told: str | None) -> str | None:
    """Returns sentences in the form in which the library stores them."""
    return json.dumps(record_of(told), ensure_ascii=False, separators=(",", ":")) if told else None


def told_of(kept: str | None) -> Told | None:
    """Restores stored sentences; those stored by an earlier version are taken as they are."""
    if not kept:
        return None
    try:
        told = told_of_record(json.loads(kept)) if kept.startswith("[") else None
    except (ValueError, RecursionError):
        told = None
    return told or Told([kept])


def record_of(told: str) -> list[object]:
    """Returns sentences as JSON data: the name of each fact with its values, and each finished sentence."""
    return [part if isinstance(part, str) else [part[0].name.lower(), dict(part[1])] for part in _parts(told)]


def told_of_record(record: object) -> Told | None:
    """Restores sentences from JSON data; returns None if it is invalid or not understood by this version."""
    if not isinstance(record, list) or not 0 < len(record) <= MOST_PARTS:
        return None
    try:
        return Told(map(_part_of_record, record))
    except (KeyError, TypeError, ValueError):
        return None


def recalled(sentences: str) -> Told:
    """Restores sentences stored by an earlier version, recognizing the facts on which behaviour depends."""
    for sentence, fact in _FORMERLY.items():
        before, found, after = sentences.partition(sentence)
        if found:
            around = [recalled(text.strip()) if text.strip() else None for text in (before, after)]
            return together(around[0], fact(), around[1]) or fact()
    return Told([sentences])


_FORMERLY = {
    "No picture and no PDF": Fact.NO_PAGE,
    "Written by ocrdesk itself, from pages that were read": Fact.OWN_EXPORT,
    "Taken out of the batch": Fact.TAKEN_OUT,
    "Much of this page could not be read as letters; perhaps it is in a script that ocrdesk does not read.":
        Fact.MUCH_UNREAD,
    "The text stored in this PDF does not match what the page shows, so the page was read as a picture.":
        Fact.PDF_TEXT_UNTRUE,
    "Some of the text stored in this PDF does not match what the page shows, so that was read as a picture.":
        Fact.PDF_TEXT_PARTLY_UNTRUE,
    "Text that is stored in this PDF is not seen on the page, so what the page shows was read instead.":
        Fact.PDF_TEXT_UNSEEN,
}  # fmt: skip
"""The sentences that earlier versions stored. They must not change, whatever is said now."""


def _parts(told: str | None) -> tuple[Part, ...]:
    if isinstance(told, Told):
        return told.parts
    return (told,) if told else ()


def _sentence(part: Part) -> str:
    if isinstance(part, str):
        return part
    fact, values = part
    shown = {name: _(str(value)) if value and name in _TRANSLATED else value for name, value in values.items()}
    try:
        return _(fact.value).format(**shown)
    except (LookupError, TypeError) as error:
        raise ValueError(f"{fact.name} does not go with {values}") from error


def _part_of_record(record: object) -> Part:
    """Restores a part of a record, which may be from anybody.

    Raises:
        ValueError, KeyError, TypeError: It is invalid.
    """
    if isinstance(record, str) and len(record) <= LONGEST:
        return record
    if not isinstance(record, list):
        raise ValueError("no fact")
    name, values = record
    if not isinstance(values, dict) or not all(map(_is_value, values.values())):
        raise ValueError("no values")
    return Fact[str(name).upper()], values


def _is_value(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST
    return type(value) in (int, float) and math.isfinite(value) and abs(value) < 1e15  # type: ignore[arg-type]
