"""Opens a saved batch as a new one. The file may be damaged, or made to harm: all of it is good, or nothing is kept."""

import json
import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ocrdesk.engine.batch_file.extracted import Places, extract, folder_for, keep_list
from ocrdesk.engine.batch_file.records import is_name, is_path, is_region, page_of_record
from ocrdesk.engine.batch_file.steps import BYTES_OF_A_STEP, Cancelled, Steps
from ocrdesk.engine.batch_file.zipped import (
    BATCH,
    LEFT_OUT,
    PAGES,
    VERSION,
    Zipped,
    distrusted,
    no_batch,
    thumbnail_name,
)
from ocrdesk.engine.document import LeftOutFile, Page
from ocrdesk.engine.errors import BatchFileUnreadable
from ocrdesk.engine.layout.ways import Way
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.saved import Incoming, SavedBatch, SavedFile
from ocrdesk.engine.sources import what_it_is

log = logging.getLogger(__name__)

MOST_PAGES = 1_000_000
MOST_REGIONS = 1_000
MOST_OF_A_THUMBNAIL = 500_000
"""Bytes."""

PAGES_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class _Header:
    """What ``batch.json`` says."""

    batch: SavedBatch
    folder: str
    with_pictures: bool
    pages: int


def open_batch(
    library: Library,
    file: Path,
    *,
    keep_thumbnail: Callable[[Page, bytes], None] = lambda page, jpeg: None,
    cancel: threading.Event | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> int | None:
    """Makes a batch of a saved one; nothing is read again.

    Its pages are where their pictures are: put into a folder beside the library if they came along, else where they
    were if they still are, else in a folder that is not there, so that a person can say where they are now.

    Args:
        library: Gets the batch.
        file: The saved one.
        keep_thumbnail: Keeps the small picture of a page: a JPEG file that nobody looked at yet.
        cancel: Looked at after each page and each piece of a picture.
        progress: Told how many steps of how many are done.

    Returns:
        The number of the new batch, or None if it was cancelled.

    Raises:
        BatchFileUnreadable: The file is something else, damaged, or of a newer version.
        DiskFull: There is no room for its pictures.
        LibraryError: It could not be kept.
    """
    cancel = cancel or threading.Event()
    if (what := what_it_is(file)) is not None:
        raise BatchFileUnreadable(f"“{file.name}” is {what}. Choose a saved batch.")
    try:
        with distrusted(file), Zipped(file) as zipped, closing(Incoming()) as incoming:
            header = _header(zipped, file)
            copied = file.stat().st_size if header.with_pictures else 0
            steps = Steps(cancel, progress, 2 * header.pages + copied // BYTES_OF_A_STEP)
            for record in zipped.records(PAGES):
                if incoming.count == header.pages:
                    raise ValueError("more pages than it should have")
                incoming.add(*page_of_record(record))
                steps.step()
            if incoming.count < header.pages:
                raise ValueError("fewer pages than it should have")
            batch_id = _take_in(library, zipped, header, incoming, steps)
            with suppress(Cancelled):  # the batch is here already
                _keep_thumbnails(library, zipped, file, batch_id, keep_thumbnail, steps)
            return batch_id
    except Cancelled:
        return None


def _header(zipped: Zipped, file: Path) -> _Header:
    says: Any = zipped.json(BATCH) if BATCH in zipped else None
    if not isinstance(says, dict) or says.get("format") != "ocrdesk batch":
        raise no_batch(file)
    version, regions, pages = says.get("version"), says.get("regions"), says.get("pages")
    if type(version) is int and version > VERSION:
        raise BatchFileUnreadable(f"“{file.name}” was made by a newer ocrdesk. Install the newest version to open it.")
    flags = says.get("whole_folder"), says.get("with_pictures")
    if (
        type(version) is not int
        or version != VERSION
        or not is_name(says.get("name"))
        or not says["name"].strip()
        or not isinstance(says.get("folder"), str)
        or not all(isinstance(flag, bool) for flag in flags)
        or not (type(pages) is int and 0 <= pages <= MOST_PAGES)
        or not (isinstance(regions, list) and len(regions) <= MOST_REGIONS and all(map(is_region, regions)))
    ):
        raise ValueError(BATCH)
    batch = SavedBatch(says["name"].strip(), bool(flags[0]), Way(str(says.get("way"))), json.dumps(regions))
    return _Header(batch, says["folder"], bool(flags[1]), pages)


def _take_in(library: Library, zipped: Zipped, header: _Header, incoming: Incoming, steps: Steps) -> int:
    home = _home(header, incoming)
    left_out = list(_left_out(zipped))
    steps.check()
    if home is not None and library.find_batch(home.folder, whole=header.batch.whole_folder) is None:
        listed = [LeftOutFile(home.of(name), why) for name, why in left_out]
        return library.saved.take_in(header.batch, home.folder, incoming, home.of, listed)
    batch, folder = header.batch, folder_for(library, header.batch.name)
    places = Places(folder)
    listed = [LeftOutFile(places.of(name), why) for name, why in left_out]
    is_kept = False
    try:
        if home is not None:  # its folder is another batch's, which looks for what is new there
            batch = replace(batch, whole_folder=False)
            keep_list(folder)
        elif header.with_pictures:
            for file in incoming.files():
                extract(zipped, file, places.of(file.name), steps.copied)
            keep_list(folder)
        batch_id = library.saved.take_in(batch, folder, incoming, home.of if home is not None else places.of, listed)
        is_kept = True
        return batch_id
    finally:
        if not is_kept:
            shutil.rmtree(folder, ignore_errors=True)


class _Home:
    """The folder of a batch that is opened where it was saved."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._elsewhere: dict[str, Path] = {}

    def note(self, file: SavedFile) -> Path:
        """Where a file should be."""
        if file.was is not None and _is_local(file.was):
            self._elsewhere[file.name] = Path(file.was)
        return self.of(file.name)

    def of(self, name: str) -> Path:
        """Where a file is, by its name in the archive."""
        path = self._elsewhere.get(name) or self.folder.joinpath(*name.split("/"))
        if name not in self._elsewhere and not path.is_relative_to(self.folder):
            raise ValueError(name)
        return path


def _home(header: _Header, incoming: Incoming) -> _Home | None:
    """Where the pictures were, if they did not come along and one of them at least is there as it was."""
    if header.with_pictures or not _is_local(header.folder):
        return None
    try:
        if not Path(header.folder).is_dir():
            return None
    except OSError:  # a name that is too long for this system
        return None
    home = _Home(Path(header.folder))
    places = [(home.note(file), file) for file in incoming.files()]
    return home if any(_is_unchanged(path, file) for path, file in places) else None


def _is_local(path: str) -> bool:
    """Whether a path can be looked at: asking for one in a network would greet its host with a person's name."""
    return "\0" not in path and Path(path).is_absolute() and not path.replace("\\", "/").startswith("//")


def _is_unchanged(path: Path, file: SavedFile) -> bool:
    try:
        status = path.stat()
    except OSError:
        return False
    return (status.st_size, status.st_mtime_ns) == (file.size, file.modified)


def _left_out(zipped: Zipped) -> Iterator[tuple[str, str]]:
    for record in zipped.records(LEFT_OUT):
        if not isinstance(record, dict) or not is_path(record.get("file")) or not is_name(record.get("why")):
            raise ValueError(LEFT_OUT)
        yield record["file"], record["why"]


def _keep_thumbnails(
    library: Library,
    zipped: Zipped,
    file: Path,
    batch_id: int,
    keep_thumbnail: Callable[[Page, bytes], None],
    steps: Steps,
) -> None:
    """Keeps the small pictures of pages; one that is damaged is left out, it can be made anew."""
    page_ids = library.page_ids(batch_id)
    for start in range(0, len(page_ids), PAGES_AT_ONCE):
        chunk = page_ids[start : start + PAGES_AT_ONCE]
        pages = library.pages(chunk)
        for number, page_id in enumerate(chunk, start + 1):
            name = thumbnail_name(number)
            if name in zipped and page_id in pages and pages[page_id].content is not None:
                try:
                    with distrusted(file):
                        jpeg = zipped.small(name, MOST_OF_A_THUMBNAIL)
                    keep_thumbnail(pages[page_id], jpeg)
                except BatchFileUnreadable as error:
                    log.info("A thumbnail is left out", exc_info=error)
            steps.step()
