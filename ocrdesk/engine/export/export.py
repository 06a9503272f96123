"""An export: plans which files to make of which pages, and makes them; nothing is recognized again."""

import logging
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath

from ocrdesk.engine.decode import Decoder, PageCount, ShownLetter, StoredPicture
from ocrdesk.engine.document import Batch, Page, PageStatus
from ocrdesk.engine.errors import DiskFull, ExportFailed, LibraryError, OcrdeskError, PageUnreadable
from ocrdesk.engine.export.choices import ExportChoices, check_choices, format_of, naming_of, per_of
from ocrdesk.engine.export.pages import ExportedPage
from ocrdesk.engine.intake.walk import page_name
from ocrdesk.engine.layout.page_text import PageText
from ocrdesk.engine.library import Library
from ocrdesk.engine.naming import named
from ocrdesk.engine.products import Products
from ocrdesk.engine.whole_files import make_folder, remove_parts, written
from ocrdesk.engine.words import _

log = logging.getLogger(__name__)

CHUNK = 200
"""How many pages are loaded from the library at once."""


@dataclass(frozen=True, slots=True)
class Target:
    """A file that an export makes.

    Attributes:
        path: Its path.
        pages: For each of its pages, its position in the export and its number in the library.
        table: Number of its table on the page, from 1, if it contains just one table.
    """

    path: Path
    pages: tuple[tuple[int, int], ...]
    table: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an export would do.

    Attributes:
        targets: All files that it would make, in order.
        existing: Those of them that already exist.
    """

    targets: tuple[Path, ...]
    existing: tuple[Path, ...]


@dataclass(slots=True)
class ExportResult:
    """What an export did.

    Attributes:
        written: Files that were written.
        pages: How many pages are in them.
        skipped: Files that already existed and were left alone.
        failed: A sentence for each file that could not be written.
        left_out: A sentence for each page that is missing in a file with several pages.
        was_cancelled: Whether it was cancelled before all files were written.
    """

    written: list[Path] = field(default_factory=list)
    pages: int = 0
    skipped: list[Path] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    was_cancelled: bool = False


class Originals:
    """The files that were read, which no export replaces; looked up once, when first needed."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._paths: set[str] | None = None

    def __contains__(self, path: Path) -> bool:
        if self._paths is None:
            self._paths = set(self._resolved())
        return os.path.realpath(path) in self._paths

    def _resolved(self) -> Iterator[str]:
        folders: dict[Path, str] = {}  # most files share a folder with others
        for path in self._library.saved.files():
            folder = path.parent
            if folder not in folders:
                folders[folder] = os.path.realpath(folder)
            is_link = path.is_symlink()
            yield os.path.realpath(path) if is_link else os.path.join(folders[folder], path.name)  # noqa: PTH118


class _Cancelled(Exception):
    """The export was cancelled in the middle of a file."""


class Export:
    """Exports pages of the library to files of one format."""

    def __init__(
        self,
        library: Library,
        decoder: Decoder,
        choices: ExportChoices,
        page_ids: Sequence[int],
        originals: Originals | None = None,
    ) -> None:
        """Checks the choices; reads and writes nothing yet.

        Args:
            library: The library with the pages.
            decoder: Loads pictures for formats that contain them.
            choices: What the user chose.
            page_ids: The numbers of the pages, in order.
            originals: The files that were read, if they have already been looked up.

        Raises:
            OcrdeskError: As in ``check_choices``.
        """
        check_choices(choices)
        self._library = library
        self._decoder = decoder
        self._choices = choices
        self._format = format_of(choices)
        self._page_ids = page_ids
        self._originals = originals or Originals(library)
        self._batches: dict[int, Batch | None] = {}
        self._planned: list[Target] | None = None
        self._products = Products(library.folder)
        self._told: list[str] = []
        self._pages_of_files: dict[int, dict[Path, list[int]]] = {}

    def plan(self) -> Plan:
        """Returns which files would be made, and which of them already exist.

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
            cancel: Checked after each file, and after each page of a file with several; finished files are kept.
            progress: Called with the number of finished pages and of all pages.

        Raises:
            LibraryError: The library cannot be read.
            ExportFailed: Only tables are wanted, and there are none.
        """
        if self._choices.tables and not self._targets():
            raise ExportFailed(
                _("No table was found on these pages, so nothing was written. Export their text instead.")
            )
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
                    self._told.clear()
                    self._write(target, cancel, progress, done)
                    result.written.append(target.path)
                    result.pages += len(target.pages) if target.table in (None, 1) else 0
                    result.left_out += self._told
            except _Cancelled:
                result.was_cancelled = True
                break
            except DiskFull as error:
                result.failed.append(str(error))
                break
            except LibraryError:
                raise
            except PageUnreadable as error:  # says what is wrong, but not with which file
                # The name “a (2).pdf” does not show whether a.jpg or a.png is meant.
                why = self._told[-1] if self._told and per_of(self._choices) == "file" else str(error)
                result.failed.append(_("“{name}” was not written: {why}").format(name=target.path.name, why=why))
            except OcrdeskError as error:
                if self._choices.existing == "skip" and os.path.lexists(target.path):  # another export made it first
                    result.skipped.append(target.path)
                else:
                    result.failed.append(str(error))
            except Exception as error:  # whatever is wrong with this file, the others must be written
                log.warning("%s was not written", target.path, exc_info=error)
                result.failed.append(
                    _("“{name}” was not written ({error}).").format(
                        name=target.path.name, error=error or type(error).__name__
                    )
                )
            done = target.pages[0][0] if target.table else done + len(target.pages)
            progress(done, total)
        return result

    def _write(self, target: Target, cancel: threading.Event, progress: Callable[[int, int], None], done: int) -> None:
        def told() -> Iterator[ExportedPage]:
            number = -1
            for number, page in enumerate(self._exported(target)):
                if number and cancel.is_set():
                    raise _Cancelled
                if number:
                    progress(min(done + number, len(self._page_ids)), len(self._page_ids))
                yield page
            if number < 0:
                raise ExportFailed(
                    _("“{name}” was not written because its pages were removed in the meantime.").format(
                        name=target.path.name
                    )
                )

        with written(target.path, replace=self._choices.existing == "replace") as file:
            self._format.write(told(), file)
            file.flush()
            # Before it is moved into place, so that it is never taken for somebody else's file.
            self._products.note(Path(file.name))

    # Which files

    def _targets(self) -> list[Target]:
        if self._planned is None:
            is_a_page = per_of(self._choices) == "page"
            self._planned = list(self._targets_of_pages() if is_a_page else self._targets_of_several())
        return self._planned

    def _targets_of_pages(self) -> Iterator[Target]:
        naming, is_free = naming_of(self._choices), self._is_free()
        for index, page, tables in self._wanted():
            batch = self._batch(page.batch_id)
            name = named(_path_in(page.path, batch), page.frame, page.name, index, _name_of(batch))
            for table in range(1, tables + 1) if self._format.a_table else [None]:
                yield Target(naming.path_of(replace(name, table=table), is_free), ((index, page.id),), table)

    def _targets_of_several(self) -> Iterator[Target]:
        naming, is_free, per = naming_of(self._choices), self._is_free(), per_of(self._choices)
        pages_of: dict[tuple[int, Path | None], list[tuple[int, int]]] = {}
        for index, page, _of_batch in self._wanted():
            whole = page.path if per == "file" else page.path.parent if per == "folder" else None
            pages_of.setdefault((page.batch_id, whole), []).append((index, page.id))
        numbered = list(enumerate(pages_of, start=1))
        paths: dict[int, Path] = {}
        # scan.pdf becomes scan.pdf, and scan.jpg beside it gets another name.
        for number, (batch_id, whole) in sorted(numbered, key=lambda one: not _ends_in(one[1][1], naming.suffix)):
            batch = self._batch(batch_id)
            path = PurePosixPath() if whole is None else _path_in(whole, batch)
            if per != "file":
                path = (path if path.name else PurePosixPath(_name_of(batch).replace("/", "_"))) / "-"
            paths[number] = naming.path_of(named(path, 0, "", number, _name_of(batch)), is_free)
        for number, key in numbered:
            yield Target(paths[number], tuple(pages_of[key]))

    def _wanted(self) -> Iterator[tuple[int, Page, int]]:
        """Yields the position and the page of each page to export, and its number of tables if only these are wanted.

        In that case, pages without tables are left out.
        """
        for index, page in self._pages(enumerate(self._page_ids, start=1)):
            tables = len(self._library.texts.of(page.id).tables) if self._choices.tables else 0
            if tables or not self._choices.tables:
                yield index, page, tables

    def _is_free(self) -> Callable[[Path], bool]:
        """Returns a function that says whether a path may be written.

        A file that was read is never replaced, and no file at all if both are to be kept.
        """

        def is_free(path: Path) -> bool:
            if not os.path.lexists(path):
                return True
            if self._choices.existing == "keep both":
                return False
            return path not in self._originals

        return is_free

    # Their pages

    def _pages(self, page_ids: Iterator[tuple[int, int]] | enumerate[int]) -> Iterator[tuple[int, Page]]:
        """Yields pages by their positions and numbers, loaded in chunks; those that were removed are left out."""
        wanted = iter(page_ids)
        while chunk := list(islice(wanted, CHUNK)):
            pages = self._library.pages(page_id for _, page_id in chunk)
            for index, page_id in chunk:
                if page_id in pages:
                    yield index, pages[page_id]

    def _exported(self, target: Target) -> Iterator[ExportedPage]:
        chosen = self._pages(iter(target.pages))
        for index, page in self._all_of_file(dict(chosen)) if self._has_whole_files else chosen:
            batch = self._batch(page.batch_id)
            path = _path_in(page.path, batch)
            text = self._library.texts.of(page.id) if page.id else PageText(())
            if target.table is not None:
                text = PageText(tuple(text.tables[target.table - 1 : target.table]))
            yield ExportedPage(
                page,
                _name_of(batch),
                index,
                path,
                text,
                picture=partial(self._picture, page),
                letters_on=partial(self._letters_on, page),
                tell=self._told.append,
                corrections=self._library.corrections.of(page.id) if page.corrected else (),
                is_of_whole_file=self._has_whole_files,
            )

    @property
    def _has_whole_files(self) -> bool:
        return self._format.has_all_pages and per_of(self._choices) == "file"

    def _all_of_file(self, chosen: Mapping[int, Page]) -> Iterator[tuple[int, Page]]:
        """Yields all pages of a file: the chosen ones; the others of its batch and those in no batch without text."""
        if not chosen:
            return
        known, first = {page.frame: (index, page) for index, page in chosen.items()}, next(iter(chosen.values()))
        try:
            count = self._decoder.count_pages(first.path)
        except PageUnreadable as error:
            log.info("Nobody knows how many pages %s has", first.path, exc_info=error)
            count = PageCount(0)
        index = min(chosen)
        if len(known) < count.pages:
            others = self._pages_of(first.batch_id).get(first.path, [])
            for _, page in self._pages(enumerate(others)):
                known.setdefault(page.frame, (index, page))
        for frame in range(max(count.pages, max(known) + 1)):
            name = page_name(first.path.name, frame, count.pages)
            unread = Page(0, first.batch_id, first.path, frame, name, PageStatus.PENDING, brought=first.brought)
            yield known.get(frame, (index, unread))

    def _pages_of(self, batch_id: int) -> Mapping[Path, list[int]]:
        """Returns the pages of each file of a batch."""
        if batch_id not in self._pages_of_files:
            found: dict[Path, list[int]] = {}
            for _, page in self._pages(enumerate(self._library.page_ids(batch_id))):
                found.setdefault(page.path, []).append(page.id)
            self._pages_of_files[batch_id] = found
        return self._pages_of_files[batch_id]

    def _picture(self, page: Page) -> StoredPicture:
        if not page.was_opened_here:  # a JPEG would be stored without being decoded, which may fail
            self._decoder.load_page(page.path, page.frame, as_picture=True)
        return self._decoder.load_stored(page.path, page.frame)

    def _letters_on(self, page: Page, content: bytes) -> tuple[ShownLetter, ...]:
        return self._decoder.shown_letters(page.path, content)

    def _batch(self, batch_id: int) -> Batch | None:
        if batch_id not in self._batches:
            self._batches[batch_id] = self._library.batch(batch_id)
        return self._batches[batch_id]


def _ends_in(path: Path | None, suffix: str) -> bool:
    return path is not None and path.suffix.lower() == suffix


def _name_of(batch: Batch | None) -> str:
    return batch.name if batch is not None else "batch"


def _path_in(path: Path, batch: Batch | None) -> PurePosixPath:
    """Returns the path of a file relative to the folder of its batch, as valid Unicode."""
    if batch is not None:
        with suppress(ValueError):
            path = path.relative_to(batch.origin)
    return PurePosixPath(path.as_posix().encode("utf-8", "replace").decode("utf-8"))
