"""Markdown as CommonMark and GitHub have it: a heading for each page, paragraphs, and tables."""

import re
from collections.abc import Iterable
from typing import BinaryIO

from ocrdesk.engine.export.pages import ExportedPage, Format
from ocrdesk.engine.layout.page_text import Paragraph, Table
from ocrdesk.engine.steering import harmless

WIDE_SPACE = "\u2003"
"""Parts what stands side by side without being a table; of plain spaces Markdown keeps one."""

_MARKS = re.compile(r"[\\`*_\[\]<>|~#$]|&(?=#?\w+;)|!(?=\[)")
"""What means something anywhere in a line."""

_FIRST = re.compile(r"(\d{1,9}(?=[.)](?:\s|$))|(?=[-+](?:[\s-]|$))|(?==))")
"""What stands before a mark that means something at the beginning of a line: of a list, or under a heading."""


def _write(pages: Iterable[ExportedPage], file: BinaryIO) -> None:
    for number, page in enumerate(pages):
        parts = [f"# {_escaped(page.page.name)}"]
        if page.note is not None:
            parts.append(f"*{_escaped(page.note)}*")
        known = page.text.known
        for block in page.text.blocks:
            parts.append(_table(block, known) if isinstance(block, Table) else _rows(block, known))
        file.write(harmless(("\n" if number else "") + "\n\n".join(parts) + "\n").encode())


def _rows(paragraph: Paragraph, known: str) -> str:
    if paragraph.is_prose:
        return _escaped(paragraph.flowing(known))
    rows = (WIDE_SPACE.join(_escaped(line.text) for line in row) for row in paragraph.rows)
    return "  \n".join(rows)  # two spaces: the line ends here


def _table(table: Table, known: str) -> str:
    """Markdown knows no table without a header; which row is one cannot be told, so an empty one is given."""
    lines = [
        [""] * table.width,
        ["---"] * table.width,
        *([_escaped(cell) for cell in row] for row in table.texts(known)),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _escaped(text: str) -> str:
    text = _MARKS.sub(lambda mark: f"\\{mark[0]}", " ".join(text.split()))
    first = _FIRST.match(text)
    return f"{text[: first.end()]}\\{text[first.end() :]}" if first else text


FORMAT = Format(key="md", name="Markdown", suffix=".md", a_page=True, a_batch=True, write=_write)
