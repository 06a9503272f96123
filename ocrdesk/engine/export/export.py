"""An export: which files it makes of which pages, and the making of them; nothing is recognized again."""

import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Literal

from ocrdesk.engine.decode import Decoder, ShownLetter, StoredPicture
from ocrdesk.engine.document import Batch, Page, PageStatus
from ocrdesk.engine.errors import BadTemplate, DiskFull, ExportFailed, LibraryError, OcrdeskError, PageUnreadable
from ocrdesk.engine.export.formats import FORMATS
from ocrdesk.engine.export.naming import A_BATCH, A_FOLDER, MIRRORED, Naming, fields_of, named
from ocrdesk.engine.export.pages import ExportedPage
from ocrdesk.engine.export.writing import make_folder, remove_parts, written
from ocrdesk.engine.library import Library

log = logging.getLogger(__name__)

CHUNK = 200
"""So many pages are taken from the library at once."""

Existing = Literal["ask", "replace", "keep both", "skip"]
"""What becomes of files that are there already; with "ask" they are left alone, and the export says so."""

Per = Literal["page", "folder", "batch"]
"""What one file is made of."""

_TEMPLATES: dict[Per, str] = {"page": MIRRORED, "folder": A_FOLDER, "batch": A_BATCH}
_FIELDS = {"folder": {"folder", "batch", "date", "index"}, "batch": {"batch", "date", "index"}}
"""Those that a file of several pages can have in its name."""


@dataclass(frozen=True, slots=True)
class ExportChoices:
    """What a person chose.

    Attributes:
        format: Key of the format.
        folder: Where the files go; made if it lacks.
        template: For their names; empty: the tree of folders as it is, or the name of the folder or the batch.
        per: What one file is made of; formats that cannot do so do as they can.
        existing: What becomes of files that are there already.
    """

    format: str
    folder: Path
    template: str = ""
    per: Per = "page"
    existing: Existing = "ask"


@dataclass(frozen=True, slots=True)
class Target:
    """A file that an export makes.

    Attributes:
        path: Where.
        pages: Numbers of its pages in the library, each with its place in the export.
    """

    path: Path
    pages: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an export would do.

    Attributes:
        targets: All files it makes, in order.
        existing: Those of them that are there already.
    """

    targets: tuple[Path, ...]
    existing: tuple[Path, ...]


@dataclass(slots=True)
class ExportResult:
    """What an export did.

    Attributes:
        written: Files that are on disk.
        skipped: Files that were there already and stayed.
        failed: A sentence for each file that could not be written.
        left_out: A sentence for each page that lacks in a file of several.
        was_cancelled: Whether it ended before all were written.
    """

    written: list[Path] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    was_cancelled: bool = False


def check_choices(choices: ExportChoices) -> None:
    """Looks at choices without making anything.

    Raises:
        BadTemplate: The template cannot be followed.
        ExportFailed: There is no such format.
    """
    if choices.format not in FORMATS:
        raise ExportFailed(f"There is no format “{choices.format}”. Choose one of {', '.join(FORMATS)}.")
    _naming(choices)
    per = per_of(choices)
    if per != "page" and (wrong := fields_of(choices.template) - _FIELDS[per]):
        *others, last = (f"{{{name}}}" for name in sorted(_FIELDS[per]))
        raise BadTemplate(
            f"“{{{min(wrong)}}}” is of a page, but a file has all pages of a {per}. Use {', '.join(others)} or {last}."
        )


def per_of(choices: ExportChoices) -> Per:
    """What one file is made of, as far as the format allows what was chosen."""
    known = FORMATS[choices.format]
    if not known.a_batch:
        return "page"
    return choices.per if known.a_page or choices.per != "page" else "batch"


class _Cancelled(Exception):
    """Somebody cancelled in the middle of a file."""


class Export:
    """Pages of the library as files of one format."""

    def __init__(self, library: Library, decoder: Decoder, choices: ExportChoices, page_ids: Sequence[int]) -> None:
        """Looks at the choices; reads and writes nothing yet.

        Raises:
            OcrdeskError: As ``check_choices``.
        """
        check_choices(choices)
        self._library = library
        self._decoder = decoder
        self._choices = choices
        self._format = FORMATS[choices.format]
        self._page_ids = page_ids
        self._batches: dict[int, Batch | None] = {}
        self._planned: list[Target] | None = None
        self._unreadable: dict[int, str] = {}

    def plan(self) -> Plan:
        """Which files would be made, and which of them are there already.

        Raises:
            LibraryError: The library cannot be read.
        """
        targets = [target.path for target in self._targets()]
        return Plan(tuple(targets), tuple(path for path in targets if os.path.lexists(path)))

    def run(
        self, cancel: threading.Event, progress: Callable[[int, int], None] = lambda done, total: None
    ) -> ExportResult:
        """Makes the files; one that fails does not stop the others, unless the disk is full.

        Args:
            cancel: Looked at after each file, and after each page of a file with many; what is written stays.
            progress: Told how many pages of how many are done.

        Raises:
            LibraryError: The library cannot be read.
        """
        result, done, total = ExportResult(), 0, len(self._page_ids)
        folders: set[Path] = set()
        for target in self._targets():
            if cancel.is_set():
                result.was_cancelled = True
                break
            try:
                if self._choices.existing == "skip" and os.path.lexists(target.path):
                    result.skipped.append(target.path)
                else:
                    if target.path.parent not in folders:
                        folders.add(target.path.parent)
                        make_folder(target.path.parent)
                        remove_parts(target.path.parent)
                    self._unreadable.clear()
                    self._write(target, cancel, progress, done)
                    result.written.append(target.path)
                    result.left_out += self._unreadable.values()
            except _Cancelled:
                result.was_cancelled = True
                break
            except DiskFull as error:
                result.failed.append(str(error))
                break
            except LibraryError:
                raise
            except PageUnreadable as error:  # says what is wrong, and not with which file
                result.failed.append(f"“{target.path.name}” was not written: {error}")
            except OcrdeskError as error:
                if self._choices.existing == "skip" and os.path.lexists(target.path):  # another export was quicker
                    result.skipped.append(target.path)
                else:
                    result.failed.append(str(error))
            except Exception as error:  # whatever is wrong with this file, the others are to be written
                log.warning("%s was not written", target.path, exc_info=error)
                result.failed.append(f"“{target.path.name}” was not written ({error or type(error).__name__}).")
            done += len(target.pages)
            progress(done, total)
        return result

    def _write(self, target: Target, cancel: threading.Event, progress: Callable[[int, int], None], done: int) -> None:
        def told() -> Iterator[ExportedPage]:
            number = -1
            for number, page in enumerate(self._exported(target.pages)):
                if number and cancel.is_set():
                    raise _Cancelled
                if number:
                    progress(done + number, len(self._page_ids))
                yield page
            if number < 0:
                raise ExportFailed(f"“{target.path.name}” was not written, its pages were removed meanwhile.")

        with written(target.path, replace=self._choices.existing == "replace") as file:
            self._format.write(told(), file)

    # Which files

    def _targets(self) -> list[Target]:
        if self._planned is None:
            is_a_page = per_of(self._choices) == "page"
            self._planned = list(self._targets_of_pages() if is_a_page else self._targets_of_several())
        return self._planned

    def _targets_of_pages(self) -> Iterator[Target]:
        naming, is_free = _naming(self._choices), self._is_free()
        for index, page in self._pages(enumerate(self._page_ids, start=1)):
            batch = self._batch(page.batch_id)
            name = named(_path_in(page.path, batch), page.frame, page.name, index, _name_of(batch))
            yield Target(naming.path_of(name, is_free), ((index, page.id),))

    def _targets_of_several(self) -> Iterator[Target]:
        naming, is_free, per_folder = _naming(self._choices), self._is_free(), per_of(self._choices) == "folder"
        pages_of: dict[tuple[int, PurePosixPath], list[tuple[int, int]]] = {}
        for index, page in self._pages(enumerate(self._page_ids, start=1)):
            folder = _path_in(page.path, self._batch(page.batch_id)).parent if per_folder else PurePosixPath()
            pages_of.setdefault((page.batch_id, folder), []).append((index, page.id))
        for number, ((batch_id, folder), pages) in enumerate(pages_of.items(), start=1):
            batch = _name_of(self._batch(batch_id))
            path = (folder if folder.name else PurePosixPath(batch.replace("/", "_"))) / "-"
            yield Target(naming.path_of(named(path, 0, "", number, batch), is_free), tuple(pages))

    def _is_free(self) -> Callable[[Path], bool]:
        """Whether a path may be written: never a file that was read, and none at all where both are to be kept."""
        originals: set[Path] = set()

        def is_free(path: Path) -> bool:
            if not os.path.lexists(path):
                return True
            if self._choices.existing == "keep both":
                return False
            if not originals:
                originals.update(self._originals())
            return Path(os.path.realpath(path)) not in originals

        return is_free

    def _originals(self) -> Iterator[Path]:
        for batch in self._library.batches():
            for _, page in self._pages(enumerate(self._library.page_ids(batch.id))):
                yield Path(os.path.realpath(page.path))

    # Their pages

    def _pages(self, page_ids: Iterator[tuple[int, int]] | enumerate[int]) -> Iterator[tuple[int, Page]]:
        """Pages by their places and numbers, a chunk at a time; those that were removed are left out."""
        wanted = iter(page_ids)
        while chunk := list(islice(wanted, CHUNK)):
            pages = self._library.pages(page_id for _, page_id in chunk)
            for index, page_id in chunk:
                if page_id in pages:
                    yield index, pages[page_id]

    def _exported(self, pages: Sequence[tuple[int, int]]) -> Iterator[ExportedPage]:
        for index, page in self._pages(iter(pages)):
            batch = self._batch(page.batch_id)
            path = _path_in(page.path, batch)
            text = self._library.texts.of(page.id)
            yield ExportedPage(
                page,
                _name_of(batch),
                index,
                path,
                text,
                picture=partial(self._picture, page),
                letters_on=partial(self._letters_on, page),
                leave_out=partial(self._leave_out, page),
            )

    def _picture(self, page: Page) -> StoredPicture:
        if page.status is not PageStatus.DONE:  # a JPEG is stored as it is, and nobody knows whether it can be opened
            self._decoder.load_page(page.path, page.frame, as_picture=True)
        return self._decoder.load_stored(page.path, page.frame)

    def _letters_on(self, page: Page, content: bytes) -> tuple[ShownLetter, ...]:
        return self._decoder.shown_letters(page.path, content)

    def _leave_out(self, page: Page, why: str) -> None:
        self._unreadable[page.id] = f"“{page.name}” is left out: {why}"

    def _batch(self, batch_id: int) -> Batch | None:
        if batch_id not in self._batches:
            self._batches[batch_id] = self._library.batch(batch_id)
        return self._batches[batch_id]


def template_of(choices: ExportChoices) -> str:
    """What names are made of: the template chosen, or that which goes without saying."""
    return choices.template or _TEMPLATES[per_of(choices)]


def _naming(choices: ExportChoices) -> Naming:
    return Naming(choices.folder, template_of(choices), FORMATS[choices.format].suffix)


def _name_of(batch: Batch | None) -> str:
    return batch.name if batch is not None else "batch"


def _path_in(path: Path, batch: Batch | None) -> PurePosixPath:
    """The path of a file in the folder of its batch, in letters that can be written."""
    if batch is not None:
        with suppress(ValueError):
            path = path.relative_to(batch.origin)
    return PurePosixPath(path.as_posix().encode("utf-8", "replace").decode("utf-8"))
