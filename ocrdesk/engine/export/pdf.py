"""Searchable PDF: the pictures as they are, with invisible text over their words."""

from collections.abc import Iterable
from typing import BinaryIO

from ocrdesk.engine.export.pages import ExportedPage, Format
from ocrdesk.engine.words import N_


def _write(pages: Iterable[ExportedPage], file: BinaryIO) -> None:
    from ocrdesk.engine.export.pdf_document import write_pdf  # slow, so only when needed

    write_pdf(pages, file)


FORMAT = Format(
    key="pdf",
    name=N_("Searchable PDF"),
    suffix=".pdf",
    a_page=True,
    a_batch=True,
    write=_write,
    usual="file",
    has_all_pages=True,
)
