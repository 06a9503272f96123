"""JSON with everything that is known about the pages.

A document is ``{"format": "ocrdesk", "version": 1, "pages": [page, …]}``. A page has the names that ``ocrdesk run
--jsonl`` gives them, and more:

- ``batch``, ``name`` (the name shown), ``path`` (relative to the folder of the batch), ``file`` (absolute),
- ``file_bytes``: only if the name of the file is not valid Unicode: its bytes, those that are not plain letters, digits
  or one of ``/_.-~`` as ``%`` and two hexadecimal digits; ``file`` and ``path`` have question marks in their place,
- ``page``: 0-based number of the picture in its file,
- ``status``: ``done``, ``failed``, ``pending`` or ``running``; ``error``: why it failed, or null; ``remark``: what one
  should know about the reading, or null,
- ``size``: ``[width, height]`` of the upright page in pixels, or null; ``rotation``: degrees clockwise by which the
  stored picture was turned to be upright,
- ``seconds``, ``recognizer`` and ``confidence`` (0 to 1, mean over its letters), each null if there is none,
- ``text``: as it is printed, each row in a line, with an empty line between paragraphs,
- ``lines``: in reading order, each with ``text``, ``confidence``, ``polygon`` (four points ``[x, y]`` in pixels of the
  upright page, clockwise from the top-left corner), and ``words`` with the same three where they were measured;
  and ``"corrected": true`` if a person corrected or checked the line, all of it or some words, which have confidence 1,
- ``paragraphs``: the text as it is meant, with hyphenated words joined,
- ``layout``: for each of ``paragraphs`` its ``rows``, lists of indices into ``lines`` (one for a line of prose, several
  for the cells of a row of a table), and ``prose``: whether the text continues from one row to the next. A table also
  has ``table``: its rows, each a list of all its cells, which have ``lines``, indices into ``lines`` (none for an empty
  cell), and ``columns``, how many columns the cell spans. What is read from right to left has ``"direction": "rtl"``;
  the first column of such a table is the one at the right. Texts are in the order in which they are read.

``version`` grows when something is removed or changes its meaning, but not when something is added.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, islice
from typing import BinaryIO

import numpy as np

from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.export.pages import ExportedPage, Format
from ocrdesk.engine.layout.page_text import Paragraph, Table
from ocrdesk.engine.steering import harmless_json
from ocrdesk.engine.written_names import written_path

VERSION = 1

_JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False)


def record_of(page: ExportedPage) -> dict[str, object]:
    """Returns a page with all that is known about it."""
    known, places = page.page, count()
    return {
        "batch": page.batch,
        "name": known.name,
        "path": str(page.path),
        **written_path("file", known.path),
        "page": known.frame,
        "status": known.status.value,
        "error": known.message,
        "remark": known.remark,
        "size": [known.width, known.height] if known.width is not None else None,
        "rotation": known.rotation,
        "seconds": round(known.seconds, 3) if known.seconds is not None else None,
        "recognizer": known.recognizer,
        "confidence": round(known.confidence, 4) if known.confidence is not None else None,
        "text": page.text.text,
        "lines": _placed(page.text.lines),
        "paragraphs": page.text.flowing_blocks,
        "layout": [_layout_of(block, places) for block in page.text.blocks],
    }


def _layout_of(block: Paragraph | Table, places: Iterator[int]) -> dict[str, object]:
    """Returns how a paragraph or a table is made of lines, taking the indices of its lines from ``places`` in turn."""
    way = {"direction": "rtl"} if block.runs_left else {}
    if isinstance(block, Paragraph):
        return {"prose": block.is_prose, "rows": [list(islice(places, len(row))) for row in block.rows], **way}
    cells = [[(list(islice(places, len(cell.lines))), cell.columns) for cell in row] for row in block.rows]
    return {
        "prose": False,
        "rows": [[place for lines, _ in row for place in lines] for row in cells],
        "table": [[{"lines": lines, "columns": columns} for lines, columns in row] for row in cells],
        **way,
    }


def json_of(page: ExportedPage) -> bytes:
    """Returns a page with all that is known about it, as one line of JSON."""
    return harmless_json(_JSON.encode(record_of(page))).encode()


def _placed(lines: Sequence[Line]) -> list[dict[str, object]]:
    """Returns lines with their words; all numbers are rounded at once, because a page has thousands of them."""
    polygons = [polygon for line in lines for polygon in (line.polygon, *map(line.box_of, line.words))]
    rounded = iter(np.round(polygons, 1).tolist())
    placed = []
    for line in lines:
        placed.append(_with_place(line, next(rounded)))
        if line.is_corrected:
            placed[-1]["corrected"] = True
        if line.words:
            placed[-1]["words"] = [_with_place(word, next(rounded)) for word in line.words]
    return placed


def _with_place(text: Line | Word, polygon: list[list[float]]) -> dict[str, object]:
    return {"text": text.text, "confidence": round(text.confidence, 4), "polygon": polygon}


def _write(pages: Iterable[ExportedPage], file: BinaryIO) -> None:
    file.write(f'{{"format": "ocrdesk", "version": {VERSION}, "pages": ['.encode())
    for number, page in enumerate(pages):  # page by page, so that ten thousand pages need little memory
        file.write((b",\n" if number else b"\n") + json_of(page))
    file.write(b"\n]}\n")


FORMAT = Format(key="json", name="JSON", suffix=".json", a_page=True, a_batch=True, write=_write)
