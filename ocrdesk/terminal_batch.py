"""``ocrdesk save`` and ``ocrdesk open``: batches as files, without a window."""

import os
import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from ocrdesk.engine.batch_file import SUFFIX, open_batch, save_batch
from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.errors import BatchFileUnreadable, ExportFailed, OcrdeskError
from ocrdesk.engine.intake import absolute
from ocrdesk.engine.library import Library
from ocrdesk.engine.thumbnail_files import ThumbnailFiles
from ocrdesk.places import Places
from ocrdesk.terminal import say
from ocrdesk.terminal_export import ALL_WRITTEN, INTERRUPTED, SOME_FAILED, Progress, batch_named, interrupts


def save_in_terminal(places: Places, word: str, file: Path, *, with_pictures: bool, replace: bool) -> int:
    """Saves a batch, by number or name, as one file, in place of one that is there if told so; gives the exit status.

    Raises:
        OcrdeskError: Bad use, or the library cannot be read.
    """
    if file.name in ("", ".."):
        raise OcrdeskError(f"“{file}” is a folder. Name the file to save to, as {file / 'scans.ocrdesk'}.")
    file = absolute(file if file.suffix.lower() == SUFFIX else file.with_name(file.name + SUFFIX))
    if os.path.lexists(file) and not replace:
        raise OcrdeskError(f"“{file}” exists already. Choose another name, or add --replace; nothing was saved.")
    thumbnails, cancel = ThumbnailFiles(places.thumbnails), threading.Event()
    with closing(Library(places.library, writable=False)) as library, closing(Decoder()) as decoder, interrupts(cancel):
        batch = batch_named(library, word)
        try:
            saved = save_batch(
                library,
                batch.id,
                file,
                with_pictures=with_pictures,
                thumbnail=lambda page: thumbnails.jpeg(decoder, page),
                cancel=cancel,
                progress=Progress(),
            )
        except ExportFailed as error:
            say(str(error))
            return SOME_FAILED
    if saved is None:
        say("Interrupted, nothing was saved.")
        return INTERRUPTED
    pictures = f" with {_counted(saved.pictures, 'picture')}" if with_pictures else ""
    missing = f" {_counted(saved.missing, 'file')} could not be reached." if saved.missing else ""
    say(f"{_counted(saved.pages, 'page')}{pictures} saved to “{file}”.{missing}")
    return SOME_FAILED if saved.missing else ALL_WRITTEN


def open_in_terminal(places: Places, files: Sequence[Path]) -> int:
    """Opens saved batches and prints the number of each in the library; gives the exit status.

    Raises:
        LibraryError: The library cannot be written.
    """
    thumbnails, cancel = ThumbnailFiles(places.thumbnails), threading.Event()
    status = ALL_WRITTEN
    with closing(Library(places.library)) as library, interrupts(cancel):
        for half_opened in library.removing.hidden():  # by a program that was killed
            library.removing.finish(half_opened, cancel.is_set)
        for file in map(absolute, files):
            try:
                batch_id = open_batch(library, file, keep_thumbnail=thumbnails.take, cancel=cancel, progress=Progress())
            except (BatchFileUnreadable, ExportFailed) as error:
                say(str(error))
                status = SOME_FAILED
                continue
            batch = library.batch(batch_id) if batch_id is not None else None
            if batch is None:
                say(f"Interrupted, “{file.name}” was not opened.")
                return INTERRUPTED
            print(batch.id, flush=True)
            say(f"“{batch.name}” opened: {_counted(batch.counts.total, 'page')}.")
    return status


def _counted(count: int, word: str) -> str:
    return f"1 {word}" if count == 1 else f"{count:,} {word}s"
