"""CSV of a single table, just its rows and columns, in UTF-8 with a byte order mark.

As in ``csv_table``, a cell that could be taken for a formula gets an apostrophe in front; a negative number does not.
"""

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from ocrdesk.engine.export.csv_table import as_text
from ocrdesk.engine.export.figures import is_signed_figure
from ocrdesk.engine.export.pages import ExportedPage, Format


def _write(pages: Iterable[ExportedPage], file: BinaryIO) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        written = csv.writer(text)
        for page in pages:
            for table in page.text.tables:
                for row in table.texts(page.text.known):
                    written.writerow([cell if is_signed_figure(cell) else as_text(cell) for cell in row])
        text.flush()
    finally:
        text.detach()  # whoever opened the file closes it


FORMAT = Format(key="csv", name="CSV", suffix=".csv", a_page=True, a_batch=False, write=_write, a_table=True)
