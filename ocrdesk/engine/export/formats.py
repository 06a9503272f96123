"""All formats there are, by what the command line calls them."""

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
"""Those that can also be had with the tables of pages alone, cell by cell."""
