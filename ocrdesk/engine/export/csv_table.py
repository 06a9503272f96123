"""CSV: a row a page, UTF-8 with a mark at its beginning, by which spreadsheets know it.

A cell that a spreadsheet would take for a formula (it begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage
return) is given an apostrophe in front: what a stranger wrote on a scan must not be calculated. Programs that read the
file take that apostrophe away where one of these follows it.
"""

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from ocrdesk.engine.export.pages import ExportedPage, Format

COLUMNS = (
    "file", "page", "name", "batch", "status", "message", "lines", "confidence", "seconds", "width", "height", "text",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def row_of(page: ExportedPage) -> list[str | int | float | None]:
    """The cells of a page, in the order of ``COLUMNS``."""
    known = page.page
    return [
        str(page.path),
        known.frame + 1,
        known.name,
        page.batch,
        page.status,
        known.message or known.remark or "",
        len(page.text.lines),
        round(known.confidence, 4) if known.confidence is not None else None,
        round(known.seconds, 3) if known.seconds is not None else None,
        known.width,
        known.height,
        page.text.text,
    ]


def _write(pages: Iterable[ExportedPage], file: BinaryIO) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        table = csv.writer(text)
        table.writerow(COLUMNS)
        for page in pages:
            table.writerow([_never_a_formula(cell) if isinstance(cell, str) else cell for cell in row_of(page)])
        text.flush()
    finally:
        text.detach()  # the file is closed by who opened it


def _never_a_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


FORMAT = Format(key="csv", name="CSV", suffix=".csv", a_page=False, a_batch=True, write=_write)
