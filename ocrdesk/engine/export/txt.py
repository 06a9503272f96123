"""Plain text in UTF-8: the paragraphs of a page or, with several pages, of each under a line with its name."""

from collections.abc import Iterable
from itertools import chain, islice
from typing import BinaryIO

from ocrdesk.engine.export.pages import ExportedPage, Format
from ocrdesk.engine.steering import harmless
from ocrdesk.engine.words import N_


def _write(pages: Iterable[ExportedPage], file: BinaryIO) -> None:
    pages = iter(pages)
    first = list(islice(pages, 2))
    for number, page in enumerate(chain(first, pages)):
        if len(first) > 1:  # a single page needs no header: its file has its name
            header = f"=== {' '.join(page.page.name.split())} ===\n\n"  # a name may have several lines
            file.write(harmless(("\n\n" if number else "") + header).encode())
        file.write(harmless(f"{page.text.flowing if page.note is None else f'[{page.note}]'}\n").encode())


FORMAT = Format(key="txt", name=N_("Text"), suffix=".txt", a_page=True, a_batch=True, write=_write)
