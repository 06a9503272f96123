"""Excel: a sheet with a row for each page and a link to its picture, and a sheet with a row for each line."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from ocrdesk import __version__
from ocrdesk.engine.export.csv_table import COLUMNS, row_of
from ocrdesk.engine.export.pages import ExportedPage, Format
from ocrdesk.engine.export.xml_text import xml_text
from ocrdesk.engine.whole_files import set_aside

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MOST_LETTERS = 32_767
"""Most characters of a cell; a longer text continues in the cells to its right."""

MOST_ROWS = 1_048_576
"""Most rows of a sheet; further lines go on another sheet."""

MOST_LINKS = 65_000
"""Most links on a sheet: Excel refuses a sheet with more than 65,530."""

_PAGE_WIDTHS = (36, 6, 36, 20, 12, 40, 8, 11, 9, 8, 8, 100)
_PAGE_HEIGHT = 60
"""Height of a page's row, in points: it shows the beginning of the text, and many pages fit on the screen."""

_LINE_COLUMNS = ("file", "page", "line", "text", "confidence", "left", "top", "right", "bottom")
_LINE_WIDTHS = (36, 6, 6, 80, 11, 9, 9, 9, 9)


def _write(pages: Iterable[ExportedPage], file: BinaryIO) -> None:
    with ExitStack() as aside:
        book = new_book()
        with save_book(book, file):
            _fill(book, pages, lambda: aside.enter_context(set_aside(file)))


def new_book() -> "Workbook":
    """Returns a workbook whose sheets are written row by row."""
    from openpyxl import Workbook  # takes a quarter of a second, so only when needed

    book = Workbook(write_only=True)
    book.properties.creator = f"ocrdesk {__version__}"
    return book


@contextmanager
def save_book(book: "Workbook", file: BinaryIO) -> Iterator[None]:
    """Saves a workbook that is filled in the block, and abandons its sheets if anything fails."""
    from openpyxl.writer.excel import ExcelWriter

    with ExitStack() as unfinished:
        unfinished.callback(_give_up, book)
        yield
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:  # book.save() would leave it open on a full disk
            ExcelWriter(book, archive).save()
        unfinished.pop_all()


def _give_up(book: "Workbook") -> None:
    for sheet in book.worksheets:
        sheet._writer.give_up()


def _fill(book: "Workbook", pages: Iterable[ExportedPage], aside: Callable[[], BinaryIO]) -> None:
    from openpyxl.utils import get_column_letter

    page_sheet = new_sheet(book, "Pages", COLUMNS, _PAGE_WIDTHS, aside())
    line_sheet, line_sheets, rows = new_sheet(book, "Lines", _LINE_COLUMNS, _LINE_WIDTHS, aside()), 1, 1
    for number, page in enumerate(pages):
        book.properties.title = book.properties.title or xml_text(page.batch)
        page_sheet.row_dimensions[number + 2].height = _PAGE_HEIGHT
        page_sheet.append(_page_cells(page_sheet, page, linked=number < MOST_LINKS))
        page_sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{number + 2}"
        for row in _line_rows(page):
            if rows >= MOST_ROWS:
                line_sheets, rows = line_sheets + 1, 1
                line_sheet = new_sheet(book, f"Lines {line_sheets}", _LINE_COLUMNS, _LINE_WIDTHS, aside())
            line_sheet.append(row_cells(line_sheet, row))
            rows += 1


def new_sheet(
    book: "Workbook", title: str, columns: Sequence[str], widths: Sequence[int], rows: BinaryIO
) -> "WriteOnlyWorksheet":
    """Adds a sheet with a heading to a workbook.

    Args:
        book: The workbook.
        title: The name of the sheet.
        columns: The names of its columns.
        widths: How wide these are, in letters.
        rows: A file for its rows until the workbook is saved.
    """
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    from ocrdesk.engine.export.xlsx_rows import SheetRows

    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0  # as many sheets of paper as necessary, with all columns on each
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet._writer = SheetRows(sheet, rows)
    sheet._writer.write_top()
    header = row_cells(sheet, columns)
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    return sheet


def _page_cells(sheet: "WriteOnlyWorksheet", page: ExportedPage, *, linked: bool) -> "list[WriteOnlyCell]":
    from openpyxl.styles import Alignment

    cells = row_cells(sheet, row_of(page))
    if linked:
        cells[0].hyperlink = page.page.path.as_uri()
        cells[0].style = "Hyperlink"
    for place, cell in enumerate(cells, start=1):
        cell.alignment = Alignment(vertical="top", wrap_text=place >= len(COLUMNS))
    return cells


def _line_rows(page: ExportedPage) -> Iterator[list[str | int | float | None]]:
    for number, line in enumerate(page.text.lines, start=1):
        across, down = zip(*line.polygon, strict=True)
        edges = (min(across), min(down), max(across), max(down))
        yield [
            str(page.path), page.page.frame + 1, number, line.text, round(line.confidence, 4),
            *(round(edge, 1) for edge in edges),
        ]  # fmt: skip


def row_cells(sheet: "WriteOnlyWorksheet", values: Sequence[str | int | float | None]) -> "list[WriteOnlyCell]":
    """Returns cells for values; a text too long for one cell fills several, which only the last column may do."""
    from openpyxl.cell import WriteOnlyCell

    cells = []
    for value in values:
        for part in _parts(xml_text(value)) if isinstance(value, str) else [value]:
            cell = WriteOnlyCell(sheet, part)
            if isinstance(part, str):
                cell.data_type = "s"  # on the page, =1+1 and #N/A are just text
            cells.append(cell)
    return cells


def _parts(text: str) -> list[str]:
    """Splits a text into parts that fit a cell. Excel counts UTF-16 units, so that some characters count twice."""
    if len(text) <= MOST_LETTERS // 2:
        return [text]
    coded = text.encode("utf-16-le")
    parts, start = [], 0
    while start < len(coded):
        end = min(start + 2 * MOST_LETTERS, len(coded))
        if end < len(coded) and 0xD8 <= coded[end - 1] <= 0xDB:  # never in the middle of a character
            end -= 2
        parts.append(coded[start:end].decode("utf-16-le"))
        start = end
    return parts


FORMAT = Format(key="xlsx", name="Excel", suffix=".xlsx", a_page=False, a_batch=True, write=_write)
