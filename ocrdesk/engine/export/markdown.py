"""Markdown as in CommonMark and on GitHub: a heading for each page, paragraphs, and tables."""

import re
from collections.abc import Iterable
from typing import BinaryIO

from ocrdesk.engine.export.pages import ExportedPage, Format
from ocrdesk.engine.layout.page_text import Paragraph, Table
from ocrdesk.engine.steering import harmless

WIDE_SPACE = "\u2003"
"""Separates what stands side by side without being a table; of several plain spaces, Markdown would only keep one."""

_MARKS = re.compile(r"[\\`*_\[\]<>|~#$]|&(?=#?\w+;)|!(?=\[)")
"""Characters that are markup anywhere in a line."""

_FIRST = re.compile(r"(\d{1,9}(?=[.)](?:\s|$))|(?=[-+](?:[\s-]|$))|(?==))")
"""What comes before a character that is markup only at the beginning of a line: of a list, or under a heading."""


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
    """Writes a table with an empty header: Markdown needs one, and which row is the header is not known."""
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
