"""What a drop does: folders and files become batches and pages in the library."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from ocrdesk.engine.document import Source
from ocrdesk.engine.library import Library
from ocrdesk.engine.sources import LeftOut, find_pages

CHUNK = 500
"""Pages are kept in chunks, so that reading starts while a large folder is still being walked."""


@dataclass(slots=True)
class Drop:
    """One batch's share of what was dropped, and what became of it.

    Attributes:
        paths: Files and folders, absolute.
        batch_id: The batch they belong to; None until the first page is found.
        page_ids: The pages found, known ones included.
        new: How many pages were not known or have a changed file.
        left_out: What was no picture.
    """

    paths: list[Path]
    batch_id: int | None = None
    page_ids: list[int] = field(default_factory=list)
    new: int = 0
    left_out: LeftOut = field(default_factory=LeftOut)


def absolute(path: Path) -> Path:
    """The path from the root, with links kept as they are."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links


def drops_of(paths: Sequence[Path], batch_id: int | None = None) -> list[Drop]:
    """Sorts what was dropped into batches: each folder one, the loose files of a folder together one.

    Args:
        paths: Files and folders.
        batch_id: A batch that takes everything instead.
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


def take_in(
    library: Library,
    drop: Drop,
    progress: Callable[[Drop], None] = lambda drop: None,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    queued: bool = False,
) -> None:
    """Finds the pages of a drop and keeps them in the library, making its batch if need be.

    Args:
        library: Where they are kept.
        drop: Filled while walking; its counts grow.
        progress: Called after each chunk that was kept.
        cancelled: Asked between files.
        queued: Whether the pages that wait are wanted by a run at once.

    Raises:
        LibraryError: The pages could not be kept.
    """
    base = _base(library, drop)
    found = _sources(drop, base, cancelled)
    while chunk := list(islice(found, CHUNK)):
        if drop.batch_id is None:
            first = drop.paths[0]
            whole = first.is_dir()
            drop.batch_id = library.batch_of_folder(first if whole else first.parent, whole=whole)
        added = library.add_pages(drop.batch_id, chunk, queued=queued)
        drop.page_ids.extend(added.page_ids)
        drop.new += added.new
        progress(drop)


def _base(library: Library, drop: Drop) -> Path | None:
    """The folder that names are shown relative to: the batch's own, where there is one already."""
    batch = library.batch(drop.batch_id) if drop.batch_id is not None else None
    return batch.origin if batch else None


def _sources(drop: Drop, base: Path | None, cancelled: Callable[[], bool]) -> Iterator[Source]:
    for path in drop.paths:
        inside = base is not None and path.is_relative_to(base)
        outer = base if inside else (path.parent if base is not None and path.is_dir() else None)
        yield from find_pages(path, drop.left_out, base=outer, cancelled=cancelled)
