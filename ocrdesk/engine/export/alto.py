"""ALTO XML 4.3, one file per page, as used by libraries and archives."""

from collections.abc import Iterable, Sequence
from math import dist
from typing import BinaryIO

from ocrdesk import __version__
from ocrdesk.engine.direction import has_leftward, runs_left
from ocrdesk.engine.document import Line
from ocrdesk.engine.export.markup import Markup
from ocrdesk.engine.export.pages import ExportedPage, Format
from ocrdesk.engine.export.placed import Box, baseline_of, box_of, is_slanted, points_of, words_of
from ocrdesk.engine.geometry import Polygon, is_standing
from ocrdesk.engine.layout.page_text import Table

_NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
_ROOT = {
    "xmlns": _NAMESPACE,
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": f"{_NAMESPACE} http://www.loc.gov/standards/alto/v4/alto-4-3.xsd",
    "SCHEMAVERSION": "4.3",
}


def _write(pages: Iterable[ExportedPage], file: BinaryIO) -> None:
    (page,) = pages
    markup = Markup(file)
    with markup.element("alto", _ROOT):
        _write_description(markup, page)
        with markup.element("Layout"):
            _write_page(markup, page)


def _write_description(markup: Markup, page: ExportedPage) -> None:
    with markup.element("Description"):
        markup.leaf("MeasurementUnit", "pixel")
        with markup.element("sourceImageInformation"):
            markup.leaf("fileName", str(page.path))
        with markup.element("Processing", {"ID": "ocr"}):
            if page.page.recognizer is not None:
                markup.leaf("processingStepSettings", page.page.recognizer)
            with markup.element("processingSoftware"):
                markup.leaf("softwareName", "ocrdesk")
                markup.leaf("softwareVersion", __version__)


def _write_page(markup: Markup, page: ExportedPage) -> None:
    known = page.page
    size = {"WIDTH": known.width, "HEIGHT": known.height}
    attributes = {
        "ID": "page",
        "PHYSICAL_IMG_NR": known.frame + 1,
        **size,
        "QUALITY_DETAIL": page.note,
        "PC": None if known.confidence is None else f"{known.confidence:.3f}",
    }
    with markup.element("Page", attributes):
        with markup.element("PrintSpace", {**size, "HPOS": 0, "VPOS": 0}):
            for index, block in enumerate(page.text.blocks, start=1):
                if isinstance(block, Table):
                    _write_table(markup, page, block, str(index))
                else:
                    _write_block(markup, page, block.lines, str(index), in_leftwards=block.runs_left)


def _write_table(markup: Markup, page: ExportedPage, table: Table, name: str) -> None:
    """Writes a block of blocks, one for each non-empty cell: ALTO has no rows and columns."""
    place = _place(box_of((line.polygon for line in table.lines), page.page.width, page.page.height))
    way = {"BASEDIRECTION": "rtl" if table.runs_left else None}
    with markup.element("ComposedBlock", {"ID": f"table_{name}", **place, **way, "TYPE": "table"}):
        cells = (cell for row in table.rows for cell in row if cell.lines)
        for index, cell in enumerate(cells, start=1):
            _write_block(markup, page, cell.lines, f"{name}_{index}", in_leftwards=table.runs_left)


def _write_block(markup: Markup, page: ExportedPage, lines: Sequence[Line], name: str, *, in_leftwards: bool) -> None:
    # Counted anticlockwise; vertical lines are read downwards.
    turned = 270 if all(is_standing(line.polygon) for line in lines) else None
    place = _place(box_of((line.polygon for line in lines), page.page.width, page.page.height))
    is_left = runs_left(" ".join(line.text for line in lines), in_leftwards)
    way = {"BASEDIRECTION": "rtl" if is_left else None}
    with markup.element("TextBlock", {"ID": f"block_{name}", **place, "ROTATION": turned, **way}):
        for index, line in enumerate(lines, start=1):
            _write_line(markup, page, line, f"{name}_{index}", in_leftwards=is_left)


def _write_line(markup: Markup, page: ExportedPage, line: Line, name: str, *, in_leftwards: bool) -> None:
    width, height = page.page.width, page.page.height
    baseline = points_of(baseline_of(line), width, height)
    place = _place(box_of([line.polygon], width, height))
    words = words_of(line)
    # A person's corrections are said of the whole line, or else of words: at the highest level possible.
    is_whole = line.is_corrected and (line.confidence == 1 or not words)
    corrected = "true" if is_whole else None
    is_left = runs_left(line.text, in_leftwards)
    way = {"BASEDIRECTION": None if is_left == in_leftwards else "rtl" if is_left else "ltr"}
    attributes = {"ID": f"line_{name}", **place, "BASELINE": baseline, "CS": corrected, **way}
    with markup.element("TextLine", attributes):
        _write_shape(markup, page, line.polygon)
        if not words:  # only the position of the whole line is known
            _write_string(markup, page, name, line.text, line.confidence, line.polygon)
        before: Polygon | None = None
        for index, word in enumerate(words, start=1):
            if word.is_apart and before is not None:
                left, right = sorted((before, word.box)) if has_leftward(line.text) else (before, word.box)
                markup.empty("SP", {"WIDTH": _gap(left, right)})
            is_own = line.is_corrected and not is_whole and word.confidence == 1
            _write_string(markup, page, f"{name}_{index}", word.text, word.confidence, word.box, is_own)
            before = word.box


def _write_string(
    markup: Markup,
    page: ExportedPage,
    name: str,
    text: str,
    confidence: float,
    polygon: Polygon,
    is_corrected: bool = False,
) -> None:
    place = _place(box_of([polygon], page.page.width, page.page.height))
    certain = f"{min(1.0, max(0.0, confidence)):.3f}"
    corrected = "true" if is_corrected else None
    attributes = {"ID": f"string_{name}", **place, "CONTENT": text, "WC": certain, "CS": corrected}
    with markup.element("String", attributes):
        _write_shape(markup, page, polygon)


def _write_shape(markup: Markup, page: ExportedPage, polygon: Polygon) -> None:
    if is_slanted(polygon):
        with markup.element("Shape"):
            markup.empty("Polygon", {"POINTS": points_of(polygon, page.page.width, page.page.height)})


def _place(box: Box) -> dict[str, object]:
    left, top, right, bottom = box
    return {"HPOS": left, "VPOS": top, "WIDTH": right - left, "HEIGHT": bottom - top}


def _gap(before: Polygon, after: Polygon) -> int:
    """Returns the gap between two words of a line, whatever direction it runs in."""
    return round(min(dist(before[1], after[0]), dist(before[3], after[0])))


FORMAT = Format(key="alto", name="ALTO XML", suffix=".alto.xml", a_page=True, a_batch=False, write=_write)
