"""Pages of PDF files, taken over as they are."""

import re
from contextlib import ExitStack
from pathlib import Path

import pikepdf
from pikepdf import Name

from ocrdesk.engine.document import Page
from ocrdesk.engine.ordinary_files import open_ordinary

_INVISIBLE = re.compile(rb"\b3\s+Tr\b")
_SHOWS = {"Tj", "TJ", "'", '"'}
_HIDDEN = 3
_DEEPEST = 3
"""Forms within forms are looked into so deep."""


class PdfSources:
    """PDF files that pages are taken from, each opened once; they stay open until the pages are written."""

    def __init__(self) -> None:
        self._opened: dict[Path, pikepdf.Pdf] = {}
        self._files = ExitStack()

    def close(self) -> None:
        """Closes them."""
        self._opened.clear()
        self._files.close()

    def take(self, pdf: pikepdf.Pdf, page: Page) -> pikepdf.Page:
        """Appends a page to a PDF, with its boxes, its content and what it needs.

        Raises:
            PdfError: The file is damaged or protected.
            OSError: It cannot be opened.
            IndexError: It has fewer pages than before.
        """
        if page.path not in self._opened:
            file = self._files.enter_context(open_ordinary(page.path))
            self._opened[page.path] = self._files.enter_context(pikepdf.open(file))
        source = self._opened[page.path].pages[page.frame]
        pdf.pages.append(source)
        return pdf.pages[-1]


def remove_invisible_text(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Takes away what another program read of the same picture, or it would be found twice."""
    content = b"\n".join(part.read_bytes() for part in _contents(page.obj))
    if _INVISIBLE.search(content) and (seen := _seen(page.obj)) is not None:
        page.obj.Contents = pdf.make_stream(seen)
    _remove_in_forms(page.obj, _DEEPEST)


def _contents(page: pikepdf.Object) -> list[pikepdf.Object]:
    content = page.get("/Contents")
    if content is None:
        return []
    return list(content) if isinstance(content, pikepdf.Array) else [content]


def _remove_in_forms(holder: pikepdf.Object, depth: int) -> None:
    resources = holder.get("/Resources")
    if depth == 0 or resources is None or "/XObject" not in resources:
        return
    for _, part in resources.XObject.items():
        if not isinstance(part, pikepdf.Stream) or part.get("/Subtype") != Name.Form:
            continue
        if _INVISIBLE.search(part.read_bytes()) and (seen := _seen(part)) is not None:
            part.write(seen)
        _remove_in_forms(part, depth - 1)


def _seen(holder: pikepdf.Object) -> bytes | None:
    """The content of a page or form without its invisible text, or None if it has none."""
    kept = []
    mode, modes, has_hidden = 0, [0], False
    for instruction in pikepdf.parse_content_stream(holder):
        operator = str(instruction.operator)
        if operator == "q":
            modes.append(mode)
        elif operator == "Q" and modes:
            mode = modes.pop()
        elif operator == "Tr":
            mode = int(instruction.operands[0])
        if mode == _HIDDEN and operator in _SHOWS:
            has_hidden = True
        else:
            kept.append(instruction)
    return pikepdf.unparse_content_stream(kept) if has_hidden else None
