"""``ocrdesk receipts``: the values of receipts as a table, without a window."""

import csv
import io
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date
from itertools import groupby
from pathlib import Path

from ocrdesk.cli.export import ALL_WRITTEN, Progress, pages_of
from ocrdesk.engine.export.receipts import WRITERS, rows_of
from ocrdesk.engine.fields.table import Receipt, column_of, receipts_of
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.fields import OwnField
from ocrdesk.engine.whole_files import written
from ocrdesk.engine.words import _
from ocrdesk.interrupts import Interrupts
from ocrdesk.terminal import print_data, say, shown

KINDS = tuple(WRITERS)

CHUNK = 100
"""How many pages are looked at between two looks at whether it was interrupted."""


def receipts_in_terminal(folder: Path, words: Sequence[str], files: Mapping[str, Path], interrupts: Interrupts) -> int:
    """Writes the receipts of batches, given by number or name, and of the pages of files and folders.

    Args:
        folder: The folder of the library.
        words: Where the receipts are.
        files: The files to write, by their kinds; if there are none, the table is printed as CSV.
        interrupts: Ends it before anything is written.

    Returns:
        The exit status.

    Raises:
        OcrdeskError: The command was used wrongly, the library cannot be read or a file cannot be written.
        Interrupted: The program was interrupted.
    """
    with closing(Library(folder, writable=False)) as library:
        page_ids = list(dict.fromkeys(page_id for word in words for page_id in pages_of(library, word)))
        receipts, own = _look_at(library, page_ids, interrupts)
    interrupts.check()
    if not files:
        for row in rows_of(receipts, own):
            print_data(_line(row))
    for kind, path in files.items():
        with written(path) as file:
            WRITERS[kind](file, receipts, own)
        say(_("Written to “{path}”.").format(path=path))
    return ALL_WRITTEN


def _look_at(
    library: Library, page_ids: Sequence[int], interrupts: Interrupts
) -> tuple[list[Receipt], Sequence[OwnField]]:
    """Returns the receipts, and the own fields of all their batches; those of one name are one column."""
    receipts: list[Receipt] = []
    own: dict[str, OwnField] = {}
    today, progress = date.today(), Progress()
    for start in range(0, len(page_ids), CHUNK):
        interrupts.check()
        some = page_ids[start : start + CHUNK]
        progress(start, len(page_ids))
        pages = library.pages(some)
        in_order = (pages[page_id] for page_id in some if page_id in pages)
        for batch_id, of_batch in groupby(in_order, lambda page: page.batch_id):
            fields = library.fields.own(batch_id)
            own |= {column_of(field): field for field in fields}
            receipts += receipts_of(library, [page.id for page in of_batch], fields, today)
    return receipts, tuple(own.values())


def _line(row: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(map(shown, row))
    return text.getvalue()
