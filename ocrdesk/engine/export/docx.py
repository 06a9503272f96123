"""Word documents with a heading, paragraphs and tables for each page, each on a new page."""

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO
from unicodedata import east_asian_width

from ocrdesk import __version__
from ocrdesk.engine.direction import runs_in, runs_left
from ocrdesk.engine.export.pages import ExportedPage, Format
from ocrdesk.engine.export.xml_text import xml_text
from ocrdesk.engine.layout.page_text import Table

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

MOST_LETTERS = 255
"""Most characters of a title."""

_NARROWEST, _WIDEST = 4, 30
"""Least and greatest width that a column gets for its text, in letters."""

_MARGIN = 3
"""Width of the margins of a cell, in letters."""


def _write(pages: Iterable[ExportedPage], file: BinaryIO) -> None:
    from docx import Document  # slow to import, so only when needed

    document = Document()
    _set_up(document)
    for number, page in enumerate(pages):
        if not number:
            document.core_properties.title = xml_text(page.batch)[:MOST_LETTERS]
        heading = document.add_heading(xml_text(page.page.name), level=1)
        heading.paragraph_format.page_break_before = number > 0
        if page.note is not None:
            document.add_paragraph().add_run(xml_text(page.note)).italic = True
        known = page.text.known
        for block in page.text.blocks:
            if isinstance(block, Table):
                _add_table(document, block, known)
            else:
                _write_text(document.add_paragraph(), xml_text(block.flowing(known)), leftwards=block.runs_left)
    whole = (
        io.BytesIO()
    )  # in memory, because a zip file that failed on a full disk would try to write again when destroyed
    document.save(whole)
    file.write(whole.getbuffer())


def _set_up(document: "Document") -> None:
    """Sets the paper size to A4, and clears the metadata of python-docx's own empty document."""
    from docx.shared import Mm, Pt

    section, about = document.sections[0], document.core_properties
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
    document.styles["Heading 1"].paragraph_format.space_before = Pt(0)  # it is at the top of a page
    document.styles["Heading 1"].paragraph_format.space_after = Pt(12)
    about.author = about.last_modified_by = f"ocrdesk {__version__}"
    about.comments = ""
    about.created = about.modified = datetime.now(UTC)


def _write_text(paragraph: "Paragraph", text: str, *, leftwards: bool) -> None:
    """Writes the text of a paragraph; of one with letters that are read from the right in runs of one direction each.

    Word needs to be told: the direction of a run decides with which font, size and language it is written.
    """
    from docx.oxml import OxmlElement

    runs = runs_in(text, leftwards=leftwards)
    if leftwards:
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    for part, is_left in runs:
        run = paragraph.add_run(part)
        if is_left:
            run.font.rtl = True


def _add_table(document: "Document", table: Table, known: str) -> None:
    from docx.enum.table import WD_TABLE_DIRECTION

    written = document.add_table(rows=len(table.rows), cols=table.width, style="Table Grid")
    if table.runs_left:
        written.table_direction = WD_TABLE_DIRECTION.RTL
    places = written._cells  # once, because each table.cell() would go through all of them again
    widths = _widths(table.texts(known), document._block_width)
    for column, width in zip(written.columns, widths, strict=True):
        column.width = width
    for number, row in enumerate(table.rows):
        first = 0
        for cell in row:
            place = number * table.width + first
            its = places[place]
            if cell.columns > 1:
                its = its.merge(places[place + cell.columns - 1])
            text = xml_text(cell.flowing(known))
            _write_text(its.paragraphs[0], text, leftwards=runs_left(text, table.runs_left))
            its.width = sum(widths[first : first + cell.columns])
            first += cell.columns
    document.add_paragraph()  # without it, Word would join two tables


def _widths(rows: list[list[str]], whole: int) -> list[int]:
    """Divides a width among columns in proportion to their longest texts, but without squeezing any for a long one."""
    longest = [max(map(_letters, column)) for column in zip(*rows, strict=True)]
    wanted = [min(_WIDEST, max(_NARROWEST, letters)) + _MARGIN for letters in longest]
    return [whole * share // sum(wanted) for share in wanted]


def _letters(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


FORMAT = Format(key="docx", name="Word", suffix=".docx", a_page=True, a_batch=True, write=_write)
