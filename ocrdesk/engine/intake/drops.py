"""Turns dropped folders and files into batches and pages of the library."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from ocrdesk.engine.document import Source
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.intake.walk import CountPages, LeftOut, Walk
from ocrdesk.engine.library import Library
from ocrdesk.engine.products import Products
from ocrdesk.engine.words import _

CHUNK = 500
"""How many pages are stored at once: in chunks, so that reading starts while a large folder is still being walked."""


@dataclass(slots=True)
class Drop:
    """What was dropped for one batch, and what became of it.

    Attributes:
        paths: The absolute paths of files and folders.
        batch_id: The batch they belong to; None until the first page is found.
        page_ids: The pages found, including known ones.
        new: How many pages were not known or have a changed file.
        inserted: The pages that were not known.
        has_made_batch: Whether the batch was made for them.
        left_out: What was skipped.
        arrived: Whether the paths are files that were found in the batch's folder, and not named by the user.
        only_new: Whether pages that the user removed from the batch are not added again, as when its folder is searched
            anew.
    """

    paths: list[Path]
    batch_id: int | None = None
    page_ids: list[int] = field(default_factory=list)
    new: int = 0
    inserted: list[int] = field(default_factory=list)
    has_made_batch: bool = False
    left_out: LeftOut = field(default_factory=LeftOut)
    arrived: bool = False
    only_new: bool = False


def absolute(path: Path) -> Path:
    """Returns an absolute path, without following links.

    Raises:
        OcrdeskError: The path is relative, but the working directory is gone.
    """
    try:
        return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
    except FileNotFoundError as error:
        raise OcrdeskError(
            _("The folder that ocrdesk was started in is no longer there. Go to another folder, then start it again.")
        ) from error


def drops_of(paths: Sequence[Path], batch_id: int | None = None) -> list[Drop]:
    """Divides what was dropped into batches: one for each folder, and one for all single files of the same folder.

    Args:
        paths: Files and folders.
        batch_id: A batch to which everything is added instead.
    """
    paths = [absolute(path) for path in paths]
    if batch_id is not None:
        return [Drop(paths, batch_id)]
    folders = [Drop([path]) for path in paths if path.is_dir()]
    loose: dict[Path, Drop] = {}
    for path in paths:
        if not path.is_dir():
            loose.setdefault(path.parent, Drop([])).paths.append(path)
    return folders + list(loose.values())


def find_pages(
    library: Library,
    drop: Drop,
    count_pages: CountPages,
    progress: Callable[[Drop], None] = lambda drop: None,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    queued: bool = False,
) -> None:
    """Finds the pages of a drop and stores them in the library, making a batch if necessary.

    Args:
        library: The library.
        drop: The drop; its results are filled in while walking.
        count_pages: Counts the pages of a file that may have several.
        progress: Called after each chunk that was stored.
        cancelled: Called between files; returns True to end early.
        queued: Whether pages that wait are queued for a run at once.

    Raises:
        LibraryError: The pages could not be stored.
    """
    whole = drop.paths[0].is_dir()
    folder = drop.paths[0] if whole else drop.paths[0].parent
    if drop.batch_id is None:
        drop.batch_id = library.find_batch(folder, whole=whole)
    batch = library.batch(drop.batch_id) if drop.batch_id is not None else None
    if drop.batch_id is not None and batch is None:
        return  # it was removed meanwhile
    if drop.only_new and batch is not None and not batch.origin.exists():
        return  # its drive was unplugged meanwhile
    known = library.files.known(batch.id) if batch else {}
    stay_out = library.files.taken_out(batch.id) if batch and drop.only_new else None
    walk = Walk(count_pages, drop.left_out, known, stay_out, cancelled, is_product=Products(library.folder).has)
    found = _sources(drop, batch.origin if batch else None, walk)
    while chunk := list(islice(found, CHUNK)):
        if drop.batch_id is None:
            drop.batch_id = library.batch_of_folder(folder, whole=whole)
            drop.has_made_batch = True
        added = library.add_pages(drop.batch_id, chunk, queued=queued)
        drop.page_ids.extend(added.page_ids)
        drop.new += added.new
        drop.inserted.extend(added.inserted)
        progress(drop)
    if drop.batch_id is None or cancelled():
        return
    is_all = whole and (batch is None or batch.origin == folder)
    if drop.left_out.files or (batch is not None and batch.counts.left_out + batch.counts.taken_out):
        library.files.keep_left_out(drop.batch_id, drop.left_out.files, all_of_it=is_all)
    if is_all and batch is not None and (drop.new or drop.only_new):
        library.files.put_in_order(batch.id, drop.page_ids)


def _sources(drop: Drop, base: Path | None, walk: Walk) -> Iterator[Source]:
    if drop.arrived and base is not None:
        yield from walk.find_pages_of(drop.paths, base)
        return
    for path in drop.paths:
        inside = base is not None and path.is_relative_to(base)
        outer = base if inside else (path.parent if base is not None and path.is_dir() else None)
        yield from walk.find_pages(path, outer)
