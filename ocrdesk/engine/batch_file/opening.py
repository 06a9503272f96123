"""Opens a saved batch as a new one. The file may be damaged or hostile: only if all of it is valid, it is stored."""

import json
import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ocrdesk.engine.batch_file.extracted import Extraction, FileNames, folder_for
from ocrdesk.engine.batch_file.records import LONGEST_PATH, is_name, is_path, is_region, page_of_record, told_of_field
from ocrdesk.engine.batch_file.steps import BYTES_OF_A_STEP, Cancelled, Steps
from ocrdesk.engine.batch_file.zipped import (
    BATCH,
    LEFT_OUT,
    PAGES,
    PICTURES,
    VERSION,
    Zipped,
    distrusted,
    no_batch,
    thumbnail_name,
)
from ocrdesk.engine.document import Brought, LeftOutFile, Page, ReadingOrder
from ocrdesk.engine.errors import BatchFileUnreadable
from ocrdesk.engine.fingerprint import Fingerprints
from ocrdesk.engine.intake.walk import why_not_to_open
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.fields import own_fields_of
from ocrdesk.engine.library.saved import Incoming, SavedBatch, SavedFile
from ocrdesk.engine.ordinary_files import is_picture
from ocrdesk.engine.words import _

log = logging.getLogger(__name__)

MOST_PAGES = 1_000_000
MOST_REGIONS = 1_000
MOST_OF_A_THUMBNAIL = 500_000
"""Most bytes of a thumbnail."""

PAGES_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class _Header:
    """The content of ``batch.json``."""

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
    """Opens a saved batch as a new one; nothing is read again.

    Its pages refer to pictures in a folder beside the library if these were saved with it; else to where the pictures
    were, if exactly those files are still there; else to a folder that does not exist, so that the user can locate
    them. A folder named in the file never becomes the folder of the batch, because that is searched for pictures.

    Args:
        library: The library that gets the batch.
        file: The saved batch.
        keep_thumbnail: Stores the thumbnail of a page whose picture was not saved: a JPEG file not yet checked.
        cancel: Checked after each page and each piece of a picture.
        progress: Called with the number of finished steps and of all steps.

    Returns:
        The number of the new batch, or None if it was cancelled.

    Raises:
        BatchFileUnreadable: The file is no batch, damaged, or of a newer version.
        DiskFull: The disk has no room for its pictures.
        LibraryError: It could not be stored.
    """
    cancel = cancel or threading.Event()
    if (why := why_not_to_open(file, file.name)) is not None:
        raise BatchFileUnreadable(_("{why} Choose a saved batch.").format(why=why))
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
            batch_id = _restore(library, zipped, header, incoming, steps)
            with suppress(Cancelled):  # the batch is already there
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
        raise BatchFileUnreadable(
            _("“{name}” was made by a newer ocrdesk. Install the newest version to open it.").format(name=file.name)
        )
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
    own_fields = json.dumps(says.get("own_fields", []))  # earlier versions had none
    own_fields_of(own_fields)
    languages = says.get("languages", "")  # likewise
    if not isinstance(languages, str) or len(languages) > LONGEST_PATH:
        raise ValueError(BATCH)
    name, way = says["name"].strip(), ReadingOrder(str(says.get("way")))
    batch = SavedBatch(name, bool(flags[0]), way, json.dumps(regions), own_fields, languages)
    return _Header(batch, says["folder"], bool(flags[1]), pages)


def _restore(library: Library, zipped: Zipped, header: _Header, incoming: Incoming, steps: Steps) -> int:
    batch, places = header.batch, FileNames(folder_for(library, header.batch.name))
    left_out = [LeftOutFile(places.of(name), why) for name, why in _left_out(zipped)]
    steps.check()
    here: dict[str, Path] = {}
    extraction = Extraction(places)
    is_kept = False
    try:
        is_taken = False
        for file in incoming.files():
            steps.check()
            if header.with_pictures and PICTURES + file.name in zipped:
                if (content := extraction.take(zipped, file, steps.copied)) is not None:
                    incoming.came_along(file.name, content)
                    is_taken = True
            elif (path := _place_here(header.folder, file)) is not None:
                here[file.name] = path
        if here and _is_another_batch(library, header):  # which already looks for new files in that folder
            batch, is_taken = replace(batch, whole_folder=False), True
        if is_taken:
            extraction.finish()
        batch_id = library.saved.restore(
            batch, places.folder, incoming, lambda name: here.get(name) or places.of(name), left_out
        )
        is_kept = True
        return batch_id
    finally:
        if not (is_kept and is_taken):
            extraction.give_up()


def _place_here(folder: str, file: SavedFile) -> Path | None:
    """Returns the path of a picture that was not saved, if exactly that picture is still where it was; else None.

    Whoever made the batch file may have named any file. So only a fingerprint is trusted, which nobody can know of a
    file that they do not have.
    """
    path = file.was if file.was is not None else os.path.join(folder, *file.name.split("/"))  # noqa: PTH118
    if file.content is None or len(path) > LONGEST_PATH or not _is_local(path) or os.path.normpath(path) != path:
        return None
    place = Path(path)
    try:
        if place.stat().st_size != file.size:
            return None
    except OSError:
        return None
    return place if is_picture(place) and Fingerprints().of(place) == file.content else None


def _is_local(path: str) -> bool:
    """Whether a path may be accessed: accessing a network path would send the user's name to its host."""
    return "\0" not in path and Path(path).is_absolute() and not path.replace("\\", "/").startswith("//")


def _is_another_batch(library: Library, header: _Header) -> bool:
    """Whether the folder from which a batch was made already belongs to a batch of this library."""
    return library.find_batch(Path(header.folder), whole=header.batch.whole_folder) is not None


def _left_out(zipped: Zipped) -> Iterator[tuple[str, str]]:
    for record in zipped.records(LEFT_OUT):
        if not isinstance(record, dict) or not is_path(record.get("file")) or not is_name(record.get("why")):
            raise ValueError(LEFT_OUT)
        yield record["file"], told_of_field(record, "why") or ""


def _keep_thumbnails(
    library: Library,
    zipped: Zipped,
    file: Path,
    batch_id: int,
    keep_thumbnail: Callable[[Page, bytes], None],
    steps: Steps,
) -> None:
    """Stores the thumbnails of pages; damaged ones are left out, since they can be made anew."""
    page_ids = library.page_ids(batch_id)
    for start in range(0, len(page_ids), PAGES_AT_ONCE):
        chunk = page_ids[start : start + PAGES_AT_ONCE]
        pages = library.pages(chunk)
        for number, page_id in enumerate(chunk, start + 1):
            name = thumbnail_name(number)
            page = pages.get(page_id)
            if page is not None and page.brought is Brought.ALONE and page.content is not None and name in zipped:
                try:
                    with distrusted(file):
                        jpeg = zipped.small(name, MOST_OF_A_THUMBNAIL)
                    keep_thumbnail(page, jpeg)
                except BatchFileUnreadable as error:
                    log.info("A thumbnail is left out", exc_info=error)
            steps.step()
