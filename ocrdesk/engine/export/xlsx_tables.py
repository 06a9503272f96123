"""Excel, cell by cell: a sheet for each table, named after its page."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO
from unicodedata import east_asian_width

from ocrdesk.engine.export.figures import Number, numbers_in
from ocrdesk.engine.export.pages import ExportedPage, Format
from ocrdesk.engine.export.xlsx import MOST_LETTERS, new_book, save_book
from ocrdesk.engine.export.xml_text import xml_text
from ocrdesk.engine.layout.page_text import Table
from ocrdesk.engine.whole_files import set_aside

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

LONGEST_NAME = 31
"""Most characters that Excel allows in the name of a sheet."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]")

_NARROWEST, _WIDEST = 8, 60
"""Least and greatest width that a column gets for its text, in letters."""


def _write(pages: Iterable[ExportedPage], file: BinaryIO) -> None:
    with ExitStack() as aside:
        book = new_book()
        with save_book(book, file):
            names: set[str] = set()
            for page in pages:
                book.properties.title = book.properties.title or xml_text(page.batch)
                found = [_texts(table, page.text.known) for table in page.text.tables]
                beside = [text for table in found for row in table for text in row]
                for number, (table, texts) in enumerate(zip(page.text.tables, found, strict=True), start=1):
                    rows = aside.enter_context(set_aside(file))
                    sheet = _new_sheet(book, _name(page, number, names), texts, rows, leftwards=table.runs_left)
                    for area in _wide_cells(table):
                        sheet.merged_cells.add(area)
                    _fill(sheet, texts, numbers_in(texts, beside))
                    rows.close()  # it is read by its name later, because thousands of files cannot all be open


def _texts(table: Table, known: str) -> list[list[str]]:
    return [[xml_text(text)[:MOST_LETTERS] for text in row] for row in table.texts(known)]


def _new_sheet(
    book: "Workbook", name: str, texts: Sequence[Sequence[str]], file: BinaryIO, *, leftwards: bool
) -> "WriteOnlyWorksheet":
    from openpyxl.utils import get_column_letter

    from ocrdesk.engine.export.xlsx_rows import SheetRows

    sheet = book.create_sheet(name)
    sheet.sheet_view.rightToLeft = leftwards or None  # then the first column is at the right
    for number, column in enumerate(zip(*texts, strict=True), start=1):
        width = min(_WIDEST, max(_NARROWEST, *map(_letters, column)))
        sheet.column_dimensions[get_column_letter(number)].width = width + 2
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet._writer = SheetRows(sheet, file)
    sheet._writer.write_top()
    return sheet


def _fill(
    sheet: "WriteOnlyWorksheet", texts: Sequence[Sequence[str]], numbers: Sequence[Sequence[Number | None]]
) -> None:
    for row, its in zip(texts, numbers, strict=True):
        sheet.append([_cell(sheet, text, number) for text, number in zip(row, its, strict=True)])
    sheet.close()


def _cell(sheet: "WriteOnlyWorksheet", text: str, number: Number | None) -> "WriteOnlyCell | None":
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    if not text:
        return None
    cell = WriteOnlyCell(sheet, number.value if number else text)
    if number:
        cell.number_format = number.shape
    else:
        cell.data_type = "s"  # on the page, =1+1 and #N/A are just text
    cell.alignment = Alignment(vertical="top", wrap_text=_letters(text) > _WIDEST)
    return cell


def _wide_cells(table: Table) -> Iterator[str]:
    """Yields the cells that span several columns, as spreadsheet ranges."""
    from openpyxl.utils import get_column_letter

    for number, row in enumerate(table.rows, start=1):
        column = 1
        for cell in row:
            if cell.columns > 1:
                last = get_column_letter(column + cell.columns - 1)
                yield f"{get_column_letter(column)}{number}:{last}{number}"
            column += cell.columns


def _name(page: ExportedPage, number: int, taken: set[str]) -> str:
    """Returns a unique name for a sheet that Excel accepts: the name of the page and the number of the table."""
    page_name = _FORBIDDEN.sub("_", xml_text(PurePosixPath(page.page.name).name)).strip("'") or "page"
    time = 1
    while True:
        ending = f" {number}" if time == 1 else f" {number} ({time})"
        name = _shortened(page_name, LONGEST_NAME - len(ending)) + ending
        if name.casefold() not in taken:
            taken.add(name.casefold())
            return name
        time += 1


def _shortened(name: str, most: int) -> str:
    """Shortens a name in the middle, because its end distinguishes the pages of a file."""
    if _length(name) <= most:
        return name
    first, last = name, name
    while _length(first) > most // 2:
        first = first[:-1]
    while _length(last) > most - most // 2 - 1:
        last = last[1:]
    return f"{first}…{last}"


def _length(name: str) -> int:
    """Returns the length as Excel counts it, in UTF-16 units."""
    return len(name.encode("utf-16-le")) // 2


def _letters(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


FORMAT = Format(key="xlsx", name="Excel", suffix=".xlsx", a_page=True, a_batch=True, write=_write, usual="batch")
