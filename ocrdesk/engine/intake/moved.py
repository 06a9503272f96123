"""Finds the files of a batch after they were moved or renamed: by name and size, or else by content."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ocrdesk.engine.document import Batch, KnownFile, Page
from ocrdesk.engine.errors import FolderUnreachable, OcrdeskError
from ocrdesk.engine.fingerprint import Fingerprints
from ocrdesk.engine.intake.walk import Walk, page_name, shown_name
from ocrdesk.engine.library import Library, MovedPage
from ocrdesk.engine.words import _


@dataclass(frozen=True, slots=True)
class Reconnected:
    """What became of a batch's files.

    Attributes:
        found: How many were found in another place.
        missing: How many were not found.
    """

    found: int
    missing: int


def reconnect(
    library: Library,
    fingerprints: Fingerprints,
    batch: Batch,
    folder: Path,
    cancelled: Callable[[], bool] = lambda: False,
) -> Reconnected:
    """Searches a folder for those files of a batch that are not where they were, and stores their new paths.

    Args:
        library: The library, which is updated.
        fingerprints: Computes the fingerprints of files.
        batch: The batch.
        folder: Its own folder, or the one it was moved to.
        cancelled: Called between files; returns True to end early.

    Raises:
        FolderUnreachable: The folder does not exist.
        OcrdeskError: None of the pages is in that folder, or it already belongs to another batch.
    """
    if not folder.is_dir():
        raise FolderUnreachable(
            _("The folder “{folder}” cannot be reached. Connect its drive, or choose “Locate…”.").format(folder=folder)
        )
    known = library.files.known(batch.id)
    missing = {path for path in known if not os.path.lexists(path)}
    places = dict(_found(library, fingerprints, batch, folder, known, missing, cancelled))
    is_new = folder != batch.origin and not cancelled()
    if is_new and not places and not any(path.is_relative_to(folder) for path in set(known) - missing):
        raise OcrdeskError(
            _("None of the pages of “{name}” is in “{folder}”. Choose the folder they are in now.").format(
                name=batch.name, folder=folder
            )
        )
    pages: defaultdict[Path, list[Page]] = defaultdict(list)
    for page in library.pages(library.page_ids(batch.id)).values():
        if page.path in places:
            pages[page.path].append(page)
    moved = [move for old, new in places.items() for move in _moves(pages[old], new, folder)]
    if moved or is_new:
        library.files.move(batch.id, folder, moved)
    return Reconnected(len(places), len(missing) - len(places))


def _found(
    library: Library,
    fingerprints: Fingerprints,
    batch: Batch,
    folder: Path,
    known: dict[Path, KnownFile],
    missing: set[Path],
    cancelled: Callable[[], bool],
) -> Iterator[tuple[Path, Path]]:
    """Yields the old and the new path of each missing file that is found."""
    left: defaultdict[int, list[Path]] = defaultdict(list)
    taken = set(known) - missing
    for path in sorted(missing):
        place = folder / path.relative_to(batch.origin) if path.is_relative_to(batch.origin) else folder / path.name
        if place not in taken and _size(place) == known[path].size:
            taken.add(place)
            yield path, place
        else:
            left[known[path].size].append(path)
    if not left:
        return
    contents = library.files.contents(batch.id)
    for file in Walk(cancelled=cancelled).files(folder):
        if file in taken or (size := _size(file)) is None or not left.get(size):
            continue
        same = [
            path
            for path in left[size]
            if (fingerprints.of(file) == contents[path] if path in contents else file.name == path.name)
        ]
        same.sort(key=lambda path: path.name != file.name)
        if same:
            left[size].remove(same[0])
            yield same[0], file


def _moves(pages: list[Page], path: Path, folder: Path) -> Iterator[MovedPage]:
    status = path.stat()
    name = shown_name(path, folder)
    for page in pages:
        shown = page_name(name, page.frame, len(pages))
        yield MovedPage(page.id, path, shown, status.st_size, status.st_mtime_ns)


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
