"""CSV with a row for each page, in UTF-8 with a byte order mark, by which spreadsheets recognize the encoding.

A cell that a spreadsheet could take for a formula (it begins with ``=``, ``+``, ``-``, ``@`` or one of their full-width
forms, after any whitespace and invisible characters) gets an apostrophe in front: what a stranger wrote on a scan must
not be calculated. Programs that read the file should remove an apostrophe that is followed by such a text.
"""

import csv
import io
import re
from collections.abc import Iterable
from typing import BinaryIO

from ocrdesk.engine.export.pages import ExportedPage, Format
from ocrdesk.engine.steering import harmless

COLUMNS = (
    "file", "page", "name", "batch", "status", "message", "lines", "confidence", "seconds", "width", "height", "text",
)  # fmt: skip
_FORMULA = re.compile(r"[\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff]*[=+\-@＝＋－＠]")


def row_of(page: ExportedPage) -> list[str | int | float | None]:
    """Returns the cells of a page, in the order of ``COLUMNS``."""
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
            table.writerow([as_text(cell) if isinstance(cell, str) else cell for cell in row_of(page)])
        text.flush()
    finally:
        text.detach()  # whoever opened the file closes it


def as_text(cell: str) -> str:
    """Returns a cell's text so that no spreadsheet takes it for a formula."""
    cell = harmless(cell)  # first, so that removed characters cannot hide the beginning of a formula
    return f"'{cell}" if _FORMULA.match(cell) else cell


FORMAT = Format(key="csv", name="CSV", suffix=".csv", a_page=False, a_batch=True, write=_write)
