"""``ocrdesk save`` and ``ocrdesk open``: batches as files, without a window."""

import os
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from ocrdesk.cli.export import ALL_WRITTEN, SOME_FAILED, Progress, batch_named
from ocrdesk.engine.batch_file import SUFFIX, open_batch, remove_leftovers, save_batch
from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.errors import BatchFileUnreadable, ExportFailed, OcrdeskError
from ocrdesk.engine.intake.drops import absolute
from ocrdesk.engine.library import Library
from ocrdesk.engine.thumbnail_files import ThumbnailFiles
from ocrdesk.engine.words import _, plural
from ocrdesk.interrupts import INTERRUPTED, Interrupts
from ocrdesk.places import Places
from ocrdesk.terminal import open_when_free, print_data, say


def save_in_terminal(
    places: Places, word: str, file: Path, interrupts: Interrupts, *, with_pictures: bool, replace: bool
) -> int:
    """Saves a batch, given by number or name, as one file; returns the exit status.

    An existing file is only replaced if ``replace`` is set.

    Raises:
        OcrdeskError: The command was used wrongly, or the library cannot be read.
    """
    if file.name in ("", ".."):
        raise OcrdeskError(
            _("“{file}” is a folder. Name the file to save to, as {example}.").format(
                file=file, example=file / "scans.ocrdesk"
            )
        )
    file = absolute(file if file.suffix.lower() == SUFFIX else file.with_name(file.name + SUFFIX))
    if os.path.lexists(file) and not replace:
        raise OcrdeskError(
            _("“{file}” exists already. Choose another name, or add --replace; nothing was saved.").format(file=file)
        )
    thumbnails = ThumbnailFiles(places.thumbnails)
    with closing(Library(places.library, writable=False)) as library, closing(Decoder()) as decoder:
        batch = batch_named(library, word)
        try:
            saved = save_batch(
                library,
                batch.id,
                file,
                with_pictures=with_pictures,
                thumbnail=lambda page: thumbnails.jpeg(decoder, page),
                cancel=interrupts.wanted,
                progress=Progress(),
            )
        except ExportFailed as error:
            say(str(error))
            return SOME_FAILED
    if saved is None:
        say(_("Interrupted; nothing was saved."))
        return INTERRUPTED
    pictures = plural(" with {count} picture", " with {count:,} pictures", saved.pictures) if with_pictures else ""
    missing = ""
    if saved.missing:
        missing = " " + plural(
            "The picture of {count} file could not be included.",
            "The pictures of {count:,} files could not be included.",
            saved.missing,
        )
    say(
        _("{pages}{pictures} saved to “{file}”.{missing}").format(
            pages=_pages(saved.pages), pictures=pictures, file=file, missing=missing
        )
    )
    return SOME_FAILED if saved.missing else ALL_WRITTEN


def open_in_terminal(places: Places, files: Sequence[Path], interrupts: Interrupts) -> int:
    """Opens saved batches and prints the number of each in the library; returns the exit status.

    Raises:
        LibraryError: The library cannot be written.
    """
    thumbnails = ThumbnailFiles(places.thumbnails)
    status = ALL_WRITTEN
    with closing(open_when_free(partial(Library, places.library), interrupts)) as library:
        kept = {removed.holder for removed in library.removing.removed()}  # the window offers to bring that back
        for hidden in {*library.removing.hidden()} - kept:  # such as what a kill left half opened
            library.removing.finish(hidden, interrupts.wanted.is_set)
        remove_leftovers(library)
        for file in map(absolute, files):
            try:
                batch_id = open_batch(
                    library, file, keep_thumbnail=thumbnails.keep, cancel=interrupts.wanted, progress=Progress()
                )
            except (BatchFileUnreadable, ExportFailed) as error:
                say(str(error))
                status = SOME_FAILED
                continue
            batch = library.batch(batch_id) if batch_id is not None else None
            if batch is None:
                say(_("Interrupted; “{name}” was not opened.").format(name=file.name))
                return INTERRUPTED
            say(_("“{name}” opened: {pages}.").format(name=batch.name, pages=_pages(batch.counts.total)))
            print_data(str(batch.id))
    return status


def _pages(count: int) -> str:
    return plural("{count} page", "{count:,} pages", count)
