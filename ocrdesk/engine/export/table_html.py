"""Tables for the clipboard, as HTML, which spreadsheets turn into cells, and as text with tabs.

A spreadsheet would calculate ``=1+1`` and take ``007`` for 7. So cells that are not certainly numbers are marked as
text, for LibreOffice with ``sdnum`` and for Excel with ``mso-number-format``. Numbers state their value, because what a
comma means depends on the country.
"""

from collections.abc import Sequence
from html import escape

from ocrdesk.engine.export.csv_table import as_text
from ocrdesk.engine.export.figures import Number, numbers_in
from ocrdesk.engine.layout.page_text import Cell, Table
from ocrdesk.engine.steering import harmless

_CHARSET = '<meta http-equiv="content-type" content="text/html; charset=utf-8">'

_LINE_END = '<br style="mso-data-placement:same-cell">'
"""A line break within a cell; at a plain one, Excel would begin a new row."""

_ENGLISH = 1033
"""The language of the number formats."""


def html_of(tables: Sequence[Table]) -> str:
    """Returns tables as one HTML document; lines below each other in a cell stay separate lines."""
    texts = [text for table in tables for row in table.texts("") for text in row]
    found = [_table(table, texts) for table in tables]
    return f"<html><head>{_CHARSET}</head><body>{'<p></p>'.join(found)}</body></html>"


def tabbed(tables: Sequence[Table]) -> str:
    """Returns tables as text, with tabs between cells and an empty line between tables."""
    return "\n\n".join(harmless(table.flowing(" ".join(line.text for line in table.lines))) for table in tables)


def _table(table: Table, texts: Sequence[str]) -> str:
    rows = []
    for row, numbers in zip(table.rows, numbers_in(table.texts(""), texts), strict=True):
        cells, column = [], 0
        for cell in row:
            cells.append(_cell(cell, numbers[column]))
            column += cell.columns
        rows.append(f"<tr>{''.join(cells)}</tr>")
    way = ' dir="rtl"' if table.runs_left else ""
    return f'<table border="1"{way}>{"".join(rows)}</table>'


def _cell(cell: Cell, number: Number | None) -> str:
    text = _LINE_END.join(escape(harmless(text)) for text in cell.texts)
    wide = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return f"<td{wide}{_kind(cell.flowing(''), number)}>{text}</td>"


def _kind(text: str, number: Number | None) -> str:
    """Returns attributes that say whether a cell is a number, if spreadsheets might be wrong about it."""
    if number:
        return f' sdval="{number.value}" sdnum="{_ENGLISH};0;{escape(number.shape)}"'
    if as_text(text) != text or any(letter.isdigit() for letter in text):
        return f' sdnum="{_ENGLISH};0;@" style="mso-number-format:\'\\@\'"'
    return ""
