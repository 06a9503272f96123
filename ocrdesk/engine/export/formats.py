"""All formats there are, by what the command line calls them."""

from ocrdesk.engine.export import csv_table, docx, json_document, json_lines, markdown, txt, xlsx
from ocrdesk.engine.export.pages import Format

FORMATS: dict[str, Format] = {
    module.FORMAT.key: module.FORMAT for module in (txt, markdown, docx, csv_table, xlsx, json_document, json_lines)
}
"""In the order in which they are offered."""
