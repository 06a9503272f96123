"""Walks folders and finds the pages in their files, in natural order, by content and not by name."""

import logging
import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from ocrdesk.engine.decode import PageCount
from ocrdesk.engine.decode.formats import HEAD_BYTES, PAGE_SUFFIXES, may_have_many_pages, sniff
from ocrdesk.engine.document import KnownFile, LeftOutFile, Source
from ocrdesk.engine.errors import PageUnreadable, ReadingInterrupted
from ocrdesk.engine.facts import Fact, Told, tells
from ocrdesk.engine.words import N_, _, listed, plural

log = logging.getLogger(__name__)

LEFT_OUT_FOLDERS = {"_thumbs", "__MACOSX", "@eaDir"}
LEFT_OUT_FILES = {"thumbs.db", "desktop.ini"}

_NO_FILES = {
    stat.S_IFIFO: Fact.PIPE,
    stat.S_IFSOCK: Fact.SOCKET,
    stat.S_IFCHR: Fact.DEVICE,
    stat.S_IFBLK: Fact.DEVICE,
}
_NOT_TO_OPEN = {
    Fact.PIPE: N_("“{name}” is a pipe, not a file."),
    Fact.SOCKET: N_("“{name}” is a socket, not a file."),
    Fact.DEVICE: N_("“{name}” is a device, not a file."),
}

MOST_LISTED = 10_000
"""How many skipped files are listed one by one; all are counted."""

CountPages = Callable[[Path], PageCount]


@dataclass(slots=True)
class LeftOut:
    """What a walk skipped.

    Attributes:
        files: The first ``MOST_LISTED`` files and folders, each with the reason.
        count: How many files and folders were skipped.
    """

    files: list[LeftOutFile] = field(default_factory=list)
    count: int = 0
    _suffixes: Counter[str] = field(default_factory=Counter)
    _folders: int = 0
    _links: int = 0
    _no_files: int = 0
    _exports: int = 0
    _long: int = 0

    def add(self, path: Path, why: Told) -> None:
        """Adds a file or folder; one that the user removed is listed but not counted."""
        self.count += not tells(why, Fact.TAKEN_OUT)
        if tells(why, Fact.NO_PAGE):
            self._suffixes[path.suffix.lower() or _("without a suffix")] += 1
        elif tells(why, Fact.NO_FOLDER):
            self._folders += 1
        elif tells(why, Fact.OTHER_FOLDER):
            self._links += 1
        elif tells(why, *_NO_FILES.values()):
            self._no_files += 1
        elif tells(why, Fact.OWN_EXPORT):
            self._exports += 1
        elif not tells(why, Fact.TAKEN_OUT):
            self._long += 1
        if len(self.files) < MOST_LISTED:
            self.files.append(LeftOutFile(path, why))

    def __str__(self) -> str:
        """Returns what was skipped, the most frequent first: ``12 files (8 .txt, 4 .docx)``."""
        parts = []
        if files := sum(self._suffixes.values()):
            kinds = [f"{count} {suffix}" for suffix, count in self._suffixes.most_common(4)]
            if len(self._suffixes) > 4:
                kinds.append("…")
            parts.append(plural("{count} file ({kinds})", "{count:,} files ({kinds})", files, kinds=listed(kinds)))
        if self._exports:
            parts.append(
                plural(
                    "{count} searchable PDF that ocrdesk wrote itself",
                    "{count:,} searchable PDFs that ocrdesk wrote itself",
                    self._exports,
                )
            )
        if self._folders:
            parts.append(
                plural("{count} folder that cannot be opened", "{count:,} folders that cannot be opened", self._folders)
            )
        if self._links:
            parts.append(
                plural("{count} link to folders elsewhere", "{count:,} links to folders elsewhere", self._links)
            )
        if self._no_files:
            parts.append(plural("{count} pipe or device", "{count:,} pipes or devices", self._no_files))
        if self._long:
            parts.append(
                plural("some pages of {count} very long file", "some pages of {count:,} very long files", self._long)
            )
        return _(" and ").join(parts)


@dataclass(frozen=True, slots=True)
class Walk:
    """How folders are walked.

    Attributes:
        count_pages: Counts the pages of a file that may have several.
        left_out: What was skipped; filled while walking.
        known: Files whose pages need not be counted again while they are unchanged.
        stay_out: Files that the user removed from the batch and that are skipped when its folder is searched anew; None
            if everything is wanted, including removed pages.
        cancelled: Called between files; the walk ends when it returns True.
        entered: Called with every folder that is opened.
        is_product: Whether the program itself wrote a file; in a folder, such files are skipped.
    """

    count_pages: CountPages = lambda path: PageCount(1)
    left_out: LeftOut = field(default_factory=LeftOut)
    known: Mapping[Path, KnownFile] = field(default_factory=dict)
    stay_out: Set[Path] | None = None
    cancelled: Callable[[], bool] = lambda: False
    entered: Callable[[Path], object] = lambda folder: None
    is_product: Callable[[Path], bool] = lambda path: False

    def find_pages(self, path: Path, base: Path | None = None) -> Iterator[Source]:
        """Yields every page of a file or of a folder and its subfolders, in natural order.

        A file named by itself always becomes a page, whatever it contains: if it cannot be read, that page says why.
        Pipes, devices and sockets are never opened and become none.
        In a folder, files that are no pictures are skipped, and hidden files are ignored.

        Args:
            path: The absolute path of a file or a folder.
            base: The folder that pages' names are relative to; if None, the folder itself or the file's own folder.
        """
        if not path.is_dir():
            if (what := _what_it_is(path)) is not None:
                self.left_out.add(path, what())
            else:
                yield from self._pages_of_file(path, base or path.parent)
        else:
            yield from self.find_pages_of(self.files(path), base or path)

    def find_pages_of(self, files: Iterable[Path], base: Path) -> Iterator[Source]:
        """Yields the pages of files that were found in a folder, as ``find_pages`` does for a whole folder."""
        for file in files:
            if file in (self.stay_out or ()):
                self.left_out.add(file, Fact.TAKEN_OUT())
            elif (what := _what_it_is(file)) is not None:
                self.left_out.add(file, what())
            elif file not in self.known and self.is_product(file):
                self.left_out.add(file, Fact.OWN_EXPORT())
            elif file.suffix.lower() in PAGE_SUFFIXES or sniff(_head(file)):
                yield from self._pages_of_file(file, base, in_folder=True)
            elif os.path.lexists(file):  # otherwise it disappeared while its folder was being walked
                self.left_out.add(file, Fact.NO_PAGE())

    def files(self, folder: Path) -> Iterator[Path]:
        """Yields every file of a folder and its subfolders, in natural order, without hidden ones.

        A link to a folder is only followed if it leads inside: whoever adds a folder does not mean half of the disk.
        """
        root = os.path.realpath(folder)
        waiting = [folder]
        seen: set[tuple[int, int]] = set()
        while waiting and not self.cancelled():
            here = waiting.pop()
            try:
                status = here.stat()
                if (status.st_dev, status.st_ino) in seen and status.st_ino:
                    continue  # a link back to a folder already walked
                seen.add((status.st_dev, status.st_ino))
                with os.scandir(here) as scan:
                    entries = sorted(scan, key=lambda entry: natural_key(entry.name))
            except OSError as error:
                log.info("Cannot open the folder %s: %s", here, error)
                self.left_out.add(here, Fact.NO_FOLDER())
                continue
            self.entered(here)
            subfolders = []
            for entry in entries:
                if self.cancelled():
                    return
                if _is_hidden(entry):
                    continue
                if _is_folder(entry):
                    if entry.name in LEFT_OUT_FOLDERS:
                        continue
                    if _is_link(entry) and not Path(os.path.realpath(entry.path)).is_relative_to(root):
                        self.left_out.add(Path(entry.path), Fact.OTHER_FOLDER())
                    else:
                        subfolders.append(Path(entry.path))
                elif entry.name.lower() not in LEFT_OUT_FILES:
                    yield Path(entry.path)
            waiting.extend(reversed(subfolders))

    def _pages_of_file(self, path: Path, base: Path, *, in_folder: bool = False) -> Iterator[Source]:
        name = shown_name(path, base)
        try:
            status = path.stat()
        except OSError:
            if not in_folder or os.path.lexists(path):  # otherwise it disappeared while its folder was being walked
                yield Source(path, name)
            return
        known = self.known.get(path)
        is_same = known is not None and (known.size, known.modified) == (status.st_size, status.st_mtime_ns)
        if known is not None and is_same and self.stay_out is not None:
            frames: Sequence[int] = known.frames
        elif (pages := self._count(path) if stat.S_ISREG(status.st_mode) else 1) is not None:
            frames = range(pages)
        else:
            frames = known.frames if known is not None and is_same else (0,)
        for frame in frames:
            yield Source(path, page_name(name, frame, frames[-1] + 1), frame, status.st_size, status.st_mtime_ns)

    def _count(self, path: Path) -> int | None:
        """Returns how many pages a file has; None if it cannot be opened: its one page says why when it is read."""
        if not may_have_many_pages(_head(path)):
            return 1
        try:
            count = self.count_pages(path)
        except (
            ReadingInterrupted
        ) as error:  # unlike that of a damaged file, its one page might be read without any hint
            log.warning("The pages of %s could not be counted", path, exc_info=error)
            self.left_out.add(path, Fact.NOT_COUNTED())
            return None
        except PageUnreadable as error:
            log.info("Cannot count the pages of %s", path, exc_info=error)
            return None
        if count.left_out:
            self.left_out.add(path, Fact.MORE_PAGES(pages=count.pages))
        return count.pages


def why_not_to_open(path: Path, name: str) -> str | None:
    """Returns a sentence on what must not be opened, since that could block for ever; None if it may be opened.

    Args:
        path: The path that the user named.
        name: Its name in the sentence.
    """
    what = _what_it_is(path)
    return _(_NOT_TO_OPEN[what]).format(name=name) if what is not None else None


def _what_it_is(path: Path) -> Fact | None:
    """Returns what kind of thing that must not be opened is in the place of a file, if any."""
    try:
        return _NO_FILES.get(stat.S_IFMT(path.stat().st_mode))
    except OSError:
        return None


def natural_key(name: str) -> list[tuple[int, int | str]]:
    """Returns a sort key that puts ``scan 2`` before ``scan 10``."""
    return [(0, int(part)) if part.isdecimal() else (1, part) for part in re.split(r"(\d+)", name.casefold()) if part]


def shown_name(path: Path, base: Path) -> str:
    """Returns the name shown for a file: its path inside the folder in which it was found."""
    shown = path.relative_to(base) if path.is_relative_to(base) else Path(path.name)
    return str(shown).encode("utf-8", "replace").decode("utf-8")


def page_name(name: str, frame: int, pages: int) -> str:
    """Returns the name shown for a page: ``scan.pdf · 3`` if the file has several."""
    return f"{name} · {frame + 1}" if pages > 1 else name


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith("."):
        return True
    if os.name != "nt":
        return False
    try:
        attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
        return bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN)
    except OSError:
        return False


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a link that leads nowhere becomes a page that says so


def _is_link(entry: os.DirEntry[str]) -> bool:
    return entry.is_symlink() or bool(getattr(entry, "is_junction", bool)())


def _head(path: Path) -> bytes:
    """Returns the first bytes of a file; none if it cannot be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return b""  # opening a pipe or a device could block for ever
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)
    except OSError:
        return b""
