"""Saves a batch as one file."""

import json
import os
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ocrdesk.engine.batch_file.records import fields_of_told, line_of_json, record_of
from ocrdesk.engine.batch_file.steps import BYTES_OF_A_STEP, Cancelled, Steps
from ocrdesk.engine.batch_file.zipped import (
    BATCH,
    CHUNK,
    LEFT_OUT,
    MOST_OF_A_LINE,
    PAGES,
    PICTURES,
    VERSION,
    thumbnail_name,
)
from ocrdesk.engine.document import Batch, Page
from ocrdesk.engine.errors import DiskFull, ExportFailed, OcrdeskError
from ocrdesk.engine.fingerprint import fingerprint_of
from ocrdesk.engine.library import Library
from ocrdesk.engine.ordinary_files import open_ordinary, page_format_of
from ocrdesk.engine.whole_files import remove_parts, written
from ocrdesk.engine.words import _

PAGES_AT_ONCE = 50
"""How many pages, with their lines, are loaded from the library at once."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved.

    Attributes:
        pages: The number of pages.
        pictures: The number of picture files.
        missing: How many picture files are missing, because they could not be reached or are no pictures.
    """

    pages: int
    pictures: int = 0
    missing: int = 0


def size_of_pictures(library: Library, batch_id: int) -> int:
    """Returns the total size, in bytes, of a batch's accessible pictures; this may be slow on a network drive."""
    return sum(map(_size, library.files.known(batch_id)))


def save_batch(
    library: Library,
    batch_id: int,
    file: Path,
    *,
    with_pictures: bool = False,
    thumbnail: Callable[[Page], bytes | None] = lambda page: None,
    cancel: threading.Event | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Saved | None:
    """Saves a batch as one file; an existing file is kept until the new one is completely on disk.

    Args:
        library: The library with the batch.
        batch_id: The number of the batch.
        file: The target.
        with_pictures: Whether the originals are included.
        thumbnail: Returns a page's thumbnail as a JPEG file, or None.
        cancel: Checked after each page and each piece of a picture.
        progress: Called with the number of finished steps and of all steps.

    Returns:
        What was saved, or None if it was cancelled.

    Raises:
        DiskFull: The disk has no room for it.
        ExportFailed: It cannot be written, or a picture cannot be read.
        LibraryError: The library cannot be read.
    """
    batch, page_ids = library.batch(batch_id), library.page_ids(batch_id)
    if batch is None:
        raise OcrdeskError(_("The batch was removed in the meantime, so there is nothing to save."))
    if os.path.lexists(file) and _is_read(library, file):
        raise ExportFailed(_("“{name}” is a file that was read as a page. Choose another name.").format(name=file.name))
    size = size_of_pictures(library, batch_id) if with_pictures else 0
    steps = Steps(cancel or threading.Event(), progress, 2 * len(page_ids) + size // BYTES_OF_A_STEP)
    remove_parts(file.parent)
    try:
        with written(file, is_private=True) as opened, zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as archive:
            return _Saving(library, batch, archive, steps).save(page_ids, thumbnail, with_pictures)
    except Cancelled:
        return None
    except DiskFull as error:
        raise DiskFull(
            _(
                "There is no room for “{name}”. Make room on that disk or choose another folder, then save again."
            ).format(name=file.name)
        ) from error


class _Saving:
    def __init__(self, library: Library, batch: Batch, archive: zipfile.ZipFile, steps: Steps) -> None:
        self._library = library
        self._batch = batch
        self._archive = archive
        self._steps = steps
        self._contents = library.files.contents(batch.id)
        self._names: dict[Path, str] = {}
        self._taken: set[str] = set()

    def save(self, page_ids: list[int], thumbnail: Callable[[Page], bytes | None], with_pictures: bool) -> Saved:
        saved_ids = list(self._save_pages(page_ids))
        files = list(self._names)
        self._save_left_out()
        self._save_thumbnails(saved_ids, thumbnail)
        pictures = sum(map(self._save_picture, files)) if with_pictures else 0
        saved = self._library.saved.batch(self._batch.id)
        if saved is None:
            raise OcrdeskError(_("The batch was removed in the meantime, so there is nothing to save."))
        header = {
            "format": "ocrdesk batch", "version": VERSION, "name": saved.name, "folder": os.fspath(self._batch.origin),
            "whole_folder": saved.whole_folder, "way": saved.reading_order.value, "regions": json.loads(saved.regions),
            "with_pictures": with_pictures, "pages": len(saved_ids), "own_fields": json.loads(saved.own_fields),
            "languages": saved.languages,
        }  # fmt: skip
        self._archive.writestr(BATCH, line_of_json(header))
        return Saved(len(saved_ids), pictures, len(files) - pictures if with_pictures else 0)

    def _save_pages(self, page_ids: list[int]) -> Iterator[int]:
        """Saves the pages that are still there, and yields their numbers."""
        with self._archive.open(PAGES, "w", force_zip64=True) as member:
            for start in range(0, len(page_ids), PAGES_AT_ONCE):
                chunk = page_ids[start : start + PAGES_AT_ONCE]
                for page_id, path, page in self._library.saved.pages(chunk):
                    name = self._name(path)
                    was = None if self._batch.origin.joinpath(name) == path else os.fspath(path)
                    line = line_of_json(record_of(name, was, page))
                    if len(line) >= MOST_OF_A_LINE:
                        raise ExportFailed(
                            _("“{name}” has too many lines to be saved.").format(name=page.values["name"])
                        )
                    member.write(line)
                    yield page_id
                    self._steps.step()

    def _save_left_out(self) -> None:
        with self._archive.open(LEFT_OUT, "w", force_zip64=True) as member:
            for file in self._library.files.left_out(self._batch.id):
                member.write(line_of_json({"file": self._name(file.path), **fields_of_told("why", file.why)}))

    def _save_thumbnails(self, page_ids: list[int], thumbnail: Callable[[Page], bytes | None]) -> None:
        for start in range(0, len(page_ids), PAGES_AT_ONCE):
            chunk = page_ids[start : start + PAGES_AT_ONCE]
            pages = self._library.pages(chunk)
            for number, page_id in enumerate(chunk, start + 1):
                page = pages.get(page_id)
                # A page that was not read has no fingerprint, so its thumbnail would not be found again.
                if page is not None and page.content is not None and (jpeg := thumbnail(page)) is not None:
                    self._archive.writestr(zipfile.ZipInfo(thumbnail_name(number)), jpeg)
                self._steps.step()

    def _save_picture(self, path: Path) -> bool:
        """Adds a file unchanged; returns whether it could be reached and is a picture.

        Nothing else is ever given away, even if another file has replaced the picture since. And the target of a link
        is only added if it was read, because the link may lead anywhere by now.
        """
        try:
            source = open_ordinary(path)
        except OSError:
            return False
        with source:
            try:
                is_page = page_format_of(source, path) is not None
                if not is_page or (path.is_symlink() and fingerprint_of(source) != self._contents.get(path)):
                    return False
                info = zipfile.ZipInfo.from_file(path, PICTURES + self._names[path], strict_timestamps=False)
            except OSError:
                return False
            with self._archive.open(info, "w", force_zip64=True) as member:
                while chunk := _read(source, path):
                    member.write(chunk)
                    self._steps.copied(len(chunk))
        return True

    def _name(self, path: Path) -> str:
        """Returns the name of a file in the archive: its path in the folder of the batch, valid on every system."""
        if path not in self._names:
            inside = path.is_relative_to(self._batch.origin)
            shown = path.relative_to(self._batch.origin).as_posix() if inside else f"elsewhere/{path.name}"
            start = shown.encode("utf-8", "replace").decode("utf-8").replace("\\", "_")
            name, number = start, 2
            while name in self._taken:
                name, number = f"elsewhere/{number}/{start.rpartition('/')[2]}", number + 1
            self._taken.add(name)
            self._names[path] = name
        return self._names[path]


def _read(source: BinaryIO, path: Path) -> bytes:
    try:
        return source.read(CHUNK)
    except OSError as error:
        raise ExportFailed(
            _(
                "“{name}” cannot be read ({strerror}). Save the batch without its pictures, or take that "
                "page out of it."
            ).format(name=path.name, strerror=error.strerror or error)
        ) from error


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _is_read(library: Library, file: Path) -> bool:
    real = os.path.realpath(file)
    return any(os.path.realpath(path) == real for path in library.saved.files())
