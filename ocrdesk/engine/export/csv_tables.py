"""CSV of a table: its rows and columns and nothing else, UTF-8 with a mark at its beginning.

As in ``csv_table``, a cell that could be taken for a formula has an apostrophe in front; a negative number cannot.
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
        text.detach()  # the file is closed by who opened it


FORMAT = Format(key="csv", name="CSV", suffix=".csv", a_page=True, a_batch=False, write=_write, a_table=True)
