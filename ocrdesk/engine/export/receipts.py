"""The table of receipts as a file: Excel with days and amounts as such, and CSV."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ocrdesk.engine.export.csv_table import as_text
from ocrdesk.engine.export.xlsx import new_book, new_sheet, save_book
from ocrdesk.engine.export.xml_text import xml_text
from ocrdesk.engine.fields.found import FieldName
from ocrdesk.engine.fields.table import (
    AMOUNTS,
    Receipt,
    Sum,
    amount_in,
    column_of,
    day_in,
    sums_by_month,
    sums_by_shop,
)
from ocrdesk.engine.library.fields import OwnField
from ocrdesk.engine.whole_files import set_aside, written
from ocrdesk.engine.words import listed

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_WIDTHS = {"page": 36, "shop": 36, "number": 20, "file": 50, "to check": 20}
_USUAL_WIDTH = 13
_SUM_COLUMNS, _SUM_WIDTHS = ("of", "currency", "receipts", "total"), (36, 10, 10, 14)


def export_receipts(path: Path, receipts: Sequence[Receipt], own: Sequence[OwnField]) -> None:
    """Writes receipts as a table: Excel if the name of the file ends so, else CSV.

    Args:
        path: The file.
        receipts: The rows.
        own: The fields of their batch that a person marked.

    Raises:
        ExportFailed: The file cannot be written.
        DiskFull: The disk has no room for it.
    """
    kind = path.suffix.lower().removeprefix(".")
    with written(path) as file:
        WRITERS.get(kind, _write_csv)(file, receipts, own)


def rows_of(receipts: Sequence[Receipt], own: Sequence[OwnField]) -> Iterator[list[str]]:
    """Yields the headings and the rows of the table as texts."""
    yield [as_text(head) for head in _heads(own)]
    for receipt in receipts:
        yield [as_text(cell) if isinstance(cell, str) else str(cell) for cell in _cells(receipt, own)]


def _columns(own: Sequence[OwnField]) -> list[tuple[str, str]]:
    """Returns the fields, each with the heading of its column."""
    return [*((name.value, name.value) for name in FieldName), *((column_of(it), it.name) for it in own)]


def _heads(own: Sequence[OwnField]) -> list[str]:
    return ["page", *(head for _name, head in _columns(own)), "to check", "file"]


def _cells(receipt: Receipt, own: Sequence[OwnField]) -> list[object]:
    values: list[object] = [receipt.page.name]
    for name, _head in _columns(own):
        value = receipt.value(name)
        known = amount_in(value) if name in AMOUNTS else day_in(value) if name == FieldName.DATE else None
        values.append(value if known is None else known)
    unsure = listed(head for name, head in _columns(own) if receipt.is_to_check(name))
    return [*values, unsure, str(receipt.page.path)]


def _write_csv(file: BinaryIO, receipts: Sequence[Receipt], own: Sequence[OwnField]) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        csv.writer(text).writerows(rows_of(receipts, own))
        text.flush()
    finally:
        text.detach()  # whoever opened the file closes it


def _write_xlsx(file: BinaryIO, receipts: Sequence[Receipt], own: Sequence[OwnField]) -> None:
    with ExitStack() as aside:
        book = new_book()
        with save_book(book, file):
            heads = [xml_text(head) for head in _heads(own)]
            widths = [_WIDTHS.get(head, _USUAL_WIDTH) for head in heads]
            rows = new_sheet(book, "Receipts", heads, widths, aside.enter_context(set_aside(file)))
            for receipt in receipts:
                rows.append([_cell(rows, value) for value in _cells(receipt, own)])
            for title, sums in (("By month", sums_by_month(receipts)), ("By shop", sums_by_shop(receipts))):
                sheet = new_sheet(book, title, _SUM_COLUMNS, _SUM_WIDTHS, aside.enter_context(set_aside(file)))
                for it in sums:
                    sheet.append([_cell(sheet, value) for value in _sum_cells(it)])


def _sum_cells(sum_: Sum) -> tuple[object, ...]:
    return sum_.name, sum_.currency, sum_.count, sum_.total


def _cell(sheet: "WriteOnlyWorksheet", value: object) -> "WriteOnlyCell":
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, xml_text(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"  # on the page, =1+1 and #N/A are just text
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, Decimal):
        cell.number_format = "#,##0.00" if value.as_tuple().exponent else "#,##0"
    return cell


WRITERS: Mapping[str, Callable[[BinaryIO, Sequence[Receipt], Sequence[OwnField]], None]] = {
    "xlsx": _write_xlsx, "csv": _write_csv,
}  # fmt: skip
"""The kinds of files that the table can be written to."""
