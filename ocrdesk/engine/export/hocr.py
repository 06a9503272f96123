"""hOCR: XHTML with the position of every line, and of every word whose position was measured."""

from collections.abc import Iterable
from itertools import count
from typing import BinaryIO

from ocrdesk import __version__
from ocrdesk.engine.direction import runs_left
from ocrdesk.engine.document import Line
from ocrdesk.engine.export.markup import DECLARATION, Markup
from ocrdesk.engine.export.pages import ExportedPage, Format
from ocrdesk.engine.export.placed import Box, baseline_of, box_of, within, words_of
from ocrdesk.engine.geometry import is_standing
from ocrdesk.engine.layout.page_text import Paragraph, Table

_HEAD = (
    f'{DECLARATION}\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
)
_DOWNWARDS = "textangle 270"
"""hOCR counts degrees anticlockwise."""


def _write(pages: Iterable[ExportedPage], file: BinaryIO) -> None:
    markup = Markup(file, _HEAD)
    with markup.element("html", {"xmlns": "http://www.w3.org/1999/xhtml"}):
        with markup.element("head"):
            markup.leaf("title", "OCR")
            markup.empty("meta", {"http-equiv": "Content-Type", "content": "text/html; charset=utf-8"})
            markup.empty("meta", {"name": "ocr-system", "content": f"ocrdesk {__version__}"})
            markup.empty("meta", {"name": "ocr-langs", "content": "unknown"})  # a page may be in any language
            classes = "ocr_page ocr_carea ocr_par ocr_table ocr_line ocrx_word"
            markup.empty("meta", {"name": "ocr-capabilities", "content": classes})
        with markup.element("body"):
            for number, page in enumerate(pages):
                _write_page(markup, page, number)


def _write_page(markup: Markup, page: ExportedPage, number: int) -> None:
    known = page.page
    image = str(page.path).replace("\\", "/").replace('"', "'")
    title = f'image "{image}"; bbox 0 0 {known.width or 0} {known.height or 0}; ppageno {number}'
    with markup.element("div", {"class": "ocr_page", "id": f"page_{number + 1}", "title": title}):
        if page.note is not None:
            markup.leaf("p", page.note, {"class": "note"})
        for index, block in enumerate(page.text.blocks, start=1):
            _write_block(markup, page, block, f"{number + 1}_{index}")


def _write_block(markup: Markup, page: ExportedPage, block: Paragraph | Table, name: str) -> None:
    title = _bbox(box_of((line.polygon for line in block.lines), page.page.width, page.page.height))
    with markup.element("div", {"class": "ocr_carea", "id": f"block_{name}", "title": title}):
        if isinstance(block, Table):
            _write_table(markup, page, block, name, title)
            return
        way = {"dir": "rtl" if block.runs_left else None}
        with markup.element("p", {"class": "ocr_par", "id": f"par_{name}", **way, "title": title}):
            for index, line in enumerate(block.lines, start=1):
                _write_line(markup, page, line, f"{name}_{index}", in_leftwards=block.runs_left)


def _write_table(markup: Markup, page: ExportedPage, table: Table, name: str, title: str) -> None:
    numbers = count(1)
    way = {"dir": "rtl" if table.runs_left else None}
    with markup.element("table", {"class": "ocr_table", "id": f"table_{name}", **way, "title": title}):
        for row in table.rows:
            with markup.element("tr"):
                for cell in row:
                    with markup.element("td", {"colspan": cell.columns if cell.columns > 1 else None}):
                        for line in cell.lines:
                            _write_line(markup, page, line, f"{name}_{next(numbers)}", in_leftwards=table.runs_left)


def _write_line(markup: Markup, page: ExportedPage, line: Line, name: str, *, in_leftwards: bool) -> None:
    width, height = page.page.width, page.page.height
    is_left = runs_left(line.text, in_leftwards)
    way = {"dir": None if is_left == in_leftwards else "rtl" if is_left else "ltr"}
    box = box_of([line.polygon], width, height)
    title = f"{_bbox(box)}; {_DOWNWARDS if is_standing(line.polygon) else _baseline(page, line, box)}"
    with markup.element("span", {"class": "ocr_line", "id": f"line_{name}", **way, "title": title}):
        words = words_of(line)
        if not words:
            markup.text(line.text)
        for index, word in enumerate(words, start=1):
            if word.is_apart:
                markup.text(" ")
            place = f"{_bbox(box_of([word.box], width, height))}; x_wconf {round(100 * word.confidence)}"
            attributes = {"class": "ocrx_word", "id": f"word_{name}_{index}", "title": place}
            with markup.element("span", attributes, inline=True):
                markup.text(word.text)


def _bbox(box: Box) -> str:
    return f"bbox {box[0]} {box[1]} {box[2]} {box[3]}"


def _baseline(page: ExportedPage, line: Line, box: Box) -> str:
    """Returns the slope of the baseline, and its offset from the bottom of the box at the left edge."""
    (x1, y1), (x2, y2) = (within(point, page.page.width, page.page.height) for point in baseline_of(line))
    slope = (y2 - y1) / (x2 - x1) if x2 > x1 else 0.0
    return f"baseline {slope:.4f} {y1 + slope * (box[0] - x1) - box[3]:.1f}"


FORMAT = Format(key="hocr", name="hOCR", suffix=".hocr", a_page=True, a_batch=True, write=_write)
