"""From folders and files to pages: walk, natural order, by content and not by name."""

import logging
import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from ocrdesk.engine.document import Source
from ocrdesk.engine.formats import PICTURE_SUFFIXES, sniff

log = logging.getLogger(__name__)

MANY_FRAMES = {"TIFF", "GIF", "WEBP", "HEIF", "AVIF"}
"""Formats whose frames are pages of their own."""

HEAD_BYTES = 64
MAX_FRAMES = 10_000
LEFT_OUT_FOLDERS = {"_thumbs", "__MACOSX", "@eaDir"}
LEFT_OUT_FILES = {"thumbs.db", "desktop.ini"}


@dataclass(slots=True)
class LeftOut:
    """What a walk passed over.

    Attributes:
        suffixes: How many files of each suffix are no pictures.
        unreadable: Folders that could not be opened.
    """

    suffixes: Counter[str] = field(default_factory=Counter)
    unreadable: list[Path] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many files and folders were left out."""
        return sum(self.suffixes.values()) + len(self.unreadable)

    def __str__(self) -> str:
        """What was left out, most frequent first: ``12 files (8 .txt, 4 .docx)``."""
        parts = []
        if files := sum(self.suffixes.values()):
            kinds = [f"{count} {suffix}" for suffix, count in self.suffixes.most_common(4)]
            if len(self.suffixes) > 4:
                kinds.append("…")
            parts.append(f"{_plural(files, 'file')} ({', '.join(kinds)})")
        if self.unreadable:
            parts.append(f"{_plural(len(self.unreadable), 'folder')} that cannot be opened")
        return " and ".join(parts)


def natural_key(name: str) -> list[tuple[int, int | str]]:
    """Sort key that puts ``scan 2`` before ``scan 10``."""
    return [(0, int(part)) if part.isdecimal() else (1, part) for part in re.split(r"(\d+)", name.casefold()) if part]


def find_pages(
    path: Path, left_out: LeftOut, *, base: Path | None = None, cancelled: Callable[[], bool] = lambda: False
) -> Iterator[Source]:
    """Yields every page of a file or of a folder and its subfolders, in natural order.

    A file named by itself always gives a page, whatever it holds: if it cannot be read, that page says why.
    In a folder, files that are no pictures are counted in ``left_out``; hidden files are passed over.

    Args:
        path: A file or a folder; absolute.
        left_out: Filled while walking.
        base: Folder that the pages' names are relative to; the folder itself, or the file's own folder.
        cancelled: Asked between files; the walk ends when it says True.
    """
    if path.is_dir():
        yield from _walk(path, base or path, left_out, cancelled)
    else:
        yield from _pages_of_file(path, base or path.parent)


def _walk(folder: Path, base: Path, left_out: LeftOut, cancelled: Callable[[], bool]) -> Iterator[Source]:
    waiting = [folder]
    seen: set[tuple[int, int]] = set()
    while waiting and not cancelled():
        here = waiting.pop()
        try:
            status = here.stat()
            if (status.st_dev, status.st_ino) in seen and status.st_ino:
                continue  # a link back to a folder already walked
            seen.add((status.st_dev, status.st_ino))
            with os.scandir(here) as scan:
                entries = sorted(scan, key=lambda entry: natural_key(entry.name))
        except OSError:
            left_out.unreadable.append(here)
            continue
        subfolders = []
        for entry in entries:
            if cancelled():
                return
            if entry.name.startswith("."):
                continue
            if _is_folder(entry):
                if entry.name not in LEFT_OUT_FOLDERS:
                    subfolders.append(Path(entry.path))
            elif entry.name.lower() not in LEFT_OUT_FILES:
                yield from _pages_of_entry(Path(entry.path), base, left_out)
        waiting.extend(reversed(subfolders))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a link that leads nowhere becomes a page that says so


def _pages_of_entry(path: Path, base: Path, left_out: LeftOut) -> Iterator[Source]:
    suffix = path.suffix.lower()
    if suffix in PICTURE_SUFFIXES or _sniffed(path):
        yield from _pages_of_file(path, base)
    else:
        left_out.suffixes[suffix or "without a suffix"] += 1


def _pages_of_file(path: Path, base: Path) -> Iterator[Source]:
    name = _shown_name(path, base)
    try:
        status = path.stat()
    except OSError:
        yield Source(path, name)
        return
    frames = _frame_count(path) if stat.S_ISREG(status.st_mode) else 1
    for frame in range(frames):
        page_name = f"{name} · {frame + 1}" if frames > 1 else name
        yield Source(path, page_name, frame, status.st_size, status.st_mtime_ns)


def _shown_name(path: Path, base: Path) -> str:
    shown = path.relative_to(base) if path.is_relative_to(base) else Path(path.name)
    return str(shown).encode("utf-8", "replace").decode("utf-8")


def _sniffed(path: Path) -> str | None:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None  # opening a pipe or a device would wait for ever
        with path.open("rb") as file:
            return sniff(file.read(HEAD_BYTES))
    except OSError:
        return None


def _frame_count(path: Path) -> int:
    picture_format = _sniffed(path)
    if picture_format not in MANY_FRAMES:
        return 1
    try:
        with Image.open(path, formats=[picture_format]) as image:
            return min(getattr(image, "n_frames", 1), MAX_FRAMES)
    except Exception:  # Pillow's readers raise anything on a damaged file
        log.info("Cannot count the frames of %s", path, exc_info=True)
        return 1  # its one page tells what is wrong when it is read


def _plural(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
