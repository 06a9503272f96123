"""All formats, by their names on the command line."""

from ocrdesk.engine.export import (
    alto,
    csv_table,
    csv_tables,
    docx,
    hocr,
    json_document,
    json_lines,
    markdown,
    page_xml,
    pdf,
    txt,
    xlsx,
    xlsx_tables,
)
from ocrdesk.engine.export.pages import Format

FORMATS: dict[str, Format] = {
    module.FORMAT.key: module.FORMAT
    for module in (txt, markdown, docx, pdf, csv_table, xlsx, json_document, json_lines, hocr, alto, page_xml)
}
"""In the order in which they are offered."""

OF_TABLES: dict[str, Format] = {module.FORMAT.key: module.FORMAT for module in (csv_tables, xlsx_tables)}
"""Formats that can also contain just the tables of pages, cell by cell."""
