"""Word: a heading for each page, paragraphs, tables; each page begins a new one."""

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from ocrdesk.engine.export.pages import ExportedPage, Format
from ocrdesk.engine.export.tables import cells_of
from ocrdesk.engine.export.xml_text import xml_text

if TYPE_CHECKING:
    from docx.document import Document


def _write(pages: Iterable[ExportedPage], file: BinaryIO) -> None:
    from docx import Document  # takes a moment, which only its users should wait

    document = Document()
    for number, page in enumerate(pages):
        heading = document.add_heading(xml_text(page.page.name), level=1)
        heading.paragraph_format.page_break_before = number > 0
        if page.note is not None:
            document.add_paragraph().add_run(xml_text(page.note)).italic = True
        for paragraph, text in zip(page.text.paragraphs, page.text.flowing_paragraphs, strict=True):
            if cells := cells_of(paragraph):
                _add_table(document, cells)
            else:
                document.add_paragraph(xml_text(text))
    whole = io.BytesIO()  # a zip file that a full disk broke would try to go on when it is thrown away
    document.save(whole)
    file.write(whole.getbuffer())


def _add_table(document: "Document", rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    width = len(rows[0])
    cells = table._cells  # asked for once: each table.cell() would look through them all again
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            cells[number * width + column].text = xml_text(text)
    document.add_paragraph()  # Word joins tables with nothing between them


FORMAT = Format(key="docx", name="Word", suffix=".docx", a_page=True, a_batch=True, write=_write)
