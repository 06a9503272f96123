"""Markdown as CommonMark and GitHub have it: a heading for each page, paragraphs, and tables."""

import re
from collections.abc import Iterable
from typing import BinaryIO

from ocrdesk.engine.export.pages import ExportedPage, Format
from ocrdesk.engine.export.tables import cells_of
from ocrdesk.engine.layout.page_text import Paragraph
from ocrdesk.engine.steering import harmless

_MARKS = re.compile(r"[\\`*_\[\]<>|~#$]|&(?=#?\w+;)|!(?=\[)")
"""What means something anywhere in a line."""

_FIRST = re.compile(r"(\d{1,9}(?=[.)](?:\s|$))|(?=[-+](?:[\s-]|$))|(?==))")
"""What stands before a mark that means something at the beginning of a line: of a list, or under a heading."""


def _write(pages: Iterable[ExportedPage], file: BinaryIO) -> None:
    for number, page in enumerate(pages):
        parts = [f"# {_escaped(page.page.name)}"]
        if page.note is not None:
            parts.append(f"*{_escaped(page.note)}*")
        for paragraph, text in zip(page.text.paragraphs, page.text.flowing_paragraphs, strict=True):
            cells = cells_of(paragraph)
            parts.append(_table(cells) if cells else _rows(paragraph, text))
        file.write(harmless(("\n" if number else "") + "\n\n".join(parts) + "\n").encode())


def _rows(paragraph: Paragraph, text: str) -> str:
    if paragraph.is_prose:
        return _escaped(text)
    return "  \n".join(map(_escaped, text.split("\n")))  # two spaces: the line ends here


def _table(rows: list[list[str]]) -> str:
    """Markdown knows no table without a header; which row is one cannot be told, so an empty one is given."""
    width = len(rows[0])
    lines = [[""] * width, ["---"] * width, *([_escaped(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _escaped(text: str) -> str:
    text = _MARKS.sub(lambda mark: f"\\{mark[0]}", " ".join(text.split()))
    first = _FIRST.match(text)
    return f"{text[: first.end()]}\\{text[first.end() :]}" if first else text


FORMAT = Format(key="md", name="Markdown", suffix=".md", a_page=True, a_batch=True, write=_write)
