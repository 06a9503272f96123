"""Names exported files by a template: the paths are valid on every system and never collide."""

import hashlib
import os
import re
import string
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from ocrdesk.engine.errors import BadTemplate
from ocrdesk.engine.intake.walk import page_name
from ocrdesk.engine.steering import harmless
from ocrdesk.engine.words import _

MIRRORED = "{folder}/{name}"
"""Mirrors the tree of folders: ``a.jpg`` and ``a.png`` become ``a.jpg.txt`` and ``a.png.txt``."""

A_FILE = "{folder}/{stem}"
"""One file for each file that was read, of its name: ``scan.pdf`` and ``a.jpg`` become ``scan.txt`` and ``a.txt``."""

A_FOLDER = "{folder}"
"""One file for the pages of each folder, named after it; pages in no folder go into a file named after the batch."""

A_BATCH = "{batch}"
"""One file for all pages of a batch."""

FIELDS = ("stem", "name", "ext", "folder", "relpath", "page", "index", "date", "batch")

MOST_BYTES = 255
MOST_LETTERS = 240
"""Most characters of a whole path: what the strictest system accepts, less a few for the part file."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_TOO_MUCH = re.compile(r"\{|\d{4}")
"""What the format specification of a field must not contain: nested fields cannot be checked, and a huge width would
use up the memory."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]|conin\$|conout\$)\s*(\.|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """What the name of a file is made of.

    Attributes:
        path: The path of the page's file, as in ``ExportedPage.path``.
        frame: 0-based number of the page in its file.
        is_one_of_several: Whether its file has several pages.
        index: Number of the page in the export, from 1.
        batch: Name of the batch.
        table: Number of the table on its page, from 1, if the file is for a single table.
    """

    path: PurePosixPath
    frame: int
    is_one_of_several: bool
    index: int
    batch: str
    table: int | None = None


def named(path: PurePosixPath, frame: int, shown: str, index: int, batch: str) -> Named:
    """Returns what the name of a page's file is made of; ``shown`` is the page's name in the window."""
    return Named(path, frame, shown.endswith(page_name(path.name, frame, frame + 2)), index, batch)


@dataclass(slots=True)
class Naming:
    """Names the files of one export, none twice; names that differ only in case count as the same, as on most disks.

    Attributes:
        folder: The target folder. No name leads out of it.
        template: Fields in braces; ``/`` makes folders. If it has neither ``{page}`` nor ``{index}``, the page number
            is added for files with several pages.
        suffix: The suffix of the format.
        today: The value of ``{date}``.
    """

    folder: Path
    template: str
    suffix: str
    today: date = field(default_factory=date.today)
    _taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Checks the template.

        Raises:
            BadTemplate: The template is invalid; the message says why.
        """
        _check(self.template)

    def path_of(self, page: Named, is_free: Callable[[Path], bool] = lambda path: True) -> Path:
        """Returns the path of a page's file.

        Args:
            page: What the name is made of.
            is_free: Whether a path may be used; if not, a number is added to the name.
        """
        rendered = self.template.replace("\\", "/").format_map(_values(page, self.today))
        fields = fields_of(self.template)
        if page.is_one_of_several and not fields & {"page", "index"}:
            rendered += f"-p{page.frame + 1:03}"
        if page.table is not None:
            rendered += f"-t{page.table}"
        *folders, last = rendered.split("/")
        parts = [_shortened(kept, "", MOST_BYTES) for part in folders if (kept := _kept(part))]
        last = _kept(last) or "_"
        number = 1
        while True:
            ending = (f" ({number})" if number > 1 else "") + self.suffix
            path = self._within(parts, last, ending)
            key = unicodedata.normalize("NFC", os.fspath(path)).casefold()
            if key not in self._taken and is_free(path):
                self._taken.add(key)
                return path
            number += 1

    def _within(self, folders: list[str], last: str, ending: str) -> Path:
        """Returns the path, shortened if necessary: first the file's name, then its folders."""
        room = MOST_LETTERS - len(os.fspath(self.folder)) - 1
        inside = "".join(f"{part}/" for part in folders)
        if len(inside) + len(last) + len(ending) > room and len(inside) + len(ending) + 20 > room:
            last, folders, inside = f"{_hash(inside)} {last}", [], ""
        letters = max(room - len(inside) - len(ending), 20)
        return self.folder.joinpath(*folders, _shortened(last, ending, MOST_BYTES, letters))


def _values(page: Named, today: date) -> Mapping[str, object]:
    path = page.path
    if path.is_absolute():  # from outside the batch's folder: its own folder distinguishes it
        path = PurePosixPath(*path.parts[1:][-2:])
    folder = "" if str(path.parent) == "." else str(path.parent)
    stem, ext = _one(path.stem), _one(path.suffix.removeprefix("."))
    return {
        "stem": stem, "name": _one(path.name), "ext": ext, "folder": _several(folder), "relpath": _several(str(path)),
        "page": page.frame + 1, "index": page.index, "date": today.isoformat(), "batch": _one(page.batch),
    }  # fmt: skip


def name_for_file(words: str) -> str:
    """Returns words as the name of a file that is valid on every system."""
    return _kept(words.replace("/", "-").replace(": ", " - "))


def _one(name: str) -> str:
    """Returns a value that makes no folders."""
    return _FORBIDDEN.sub("_", harmless(name, "_"))


def _several(path: str) -> str:
    return "/".join(map(_one, path.split("/")))


def _kept(part: str) -> str:
    """Returns a part of a path that is valid on every system; empty if nothing is left, as for ``..``."""
    printable = part.encode("utf-8", "replace").decode("utf-8")
    kept = _FORBIDDEN.sub("_", harmless(printable, "_")).strip().rstrip(". ")
    return f"_{kept}" if _RESERVED.match(kept) else kept


def _shortened(name: str, ending: str, most_bytes: int, most_letters: int = MOST_LETTERS) -> str:
    whole = name + ending
    if len(whole.encode()) <= most_bytes and len(name) <= most_letters:
        return whole
    mark = f"~{_hash(name)}"
    room = most_bytes - len(ending.encode()) - len(mark)
    start = name[: most_letters - len(mark)].encode()[:room].decode("utf-8", "ignore")
    return start.rstrip(". ") + mark + ending


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def fields_of(template: str) -> set[str]:
    """Returns the fields of a template."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def _check(template: str) -> None:
    offered = " ".join(f"{{{name}}}" for name in FIELDS)
    try:
        fields = fields_of(template)
        unknown = sorted(fields - set(FIELDS))
        if unknown:
            raise BadTemplate(
                _("There is no “{{{unknown}}}”. Names can be made of {offered}.").format(
                    unknown=unknown[0], offered=offered
                )
            )
        if any(_TOO_MUCH.search(shape or "") for _, _, shape, _ in string.Formatter().parse(template)):
            raise ValueError("what stands after the colon is too much")
        template.format_map(_values(Named(PurePosixPath("a/b.c"), 0, False, 1, "d"), date(2000, 1, 1)))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise BadTemplate(
            _(
                "“{template}” is not a template for names ({error}). An example: {{folder}}/{{stem}}-{{index:04}}"
            ).format(template=template, error=error)
        ) from error
    if not template.strip(" ./\\"):
        raise BadTemplate(_("The template for names is empty. Names can be made of {offered}.").format(offered=offered))
