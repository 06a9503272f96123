"""PAGE XML 2019-07-15, one file per page, as used by programs for historical print and handwriting."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import BinaryIO

from ocrdesk import __version__
from ocrdesk.engine.direction import runs_left
from ocrdesk.engine.document import Line
from ocrdesk.engine.export.markup import Markup
from ocrdesk.engine.export.pages import ExportedPage, Format
from ocrdesk.engine.export.placed import baseline_of, box_of, points_of, words_of
from ocrdesk.engine.geometry import Point, Polygon
from ocrdesk.engine.layout.page_text import Cell, Paragraph, Table

_NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
_ROOT = {
    "xmlns": _NAMESPACE,
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": f"{_NAMESPACE} {_NAMESPACE}/pagecontent.xsd",
}

_LEFTWARDS, _RIGHTWARDS = "right-to-left", "left-to-right"


def _write(pages: Iterable[ExportedPage], file: BinaryIO) -> None:
    (page,) = pages
    known = page.page
    markup = Markup(file)
    with markup.element("PcGts", _ROOT):
        with markup.element("Metadata"):
            now = datetime.now(UTC).isoformat(timespec="seconds")
            markup.leaf("Creator", f"ocrdesk {__version__}")
            markup.leaf("Created", now)
            markup.leaf("LastChange", now)
            if page.note is not None:
                markup.leaf("Comments", page.note)
        attributes = {
            "imageFilename": page.path,
            "imageWidth": known.width or 0,
            "imageHeight": known.height or 0,
            "conf": None if known.confidence is None else f"{known.confidence:.3f}",
            "readingDirection": _LEFTWARDS if (is_left := page.text.runs_left) else None,
        }
        with markup.element("Page", attributes):
            _write_regions(markup, page, in_leftwards=is_left)


def _write_regions(markup: Markup, page: ExportedPage, *, in_leftwards: bool) -> None:
    blocks = page.text.blocks
    if blocks:
        with markup.element("ReadingOrder"), markup.element("OrderedGroup", {"id": "order"}):
            for index, block in enumerate(blocks):
                _write_order(markup, index, block)
    for number, block in enumerate(blocks, start=1):
        if isinstance(block, Table):
            _write_table(markup, page, block, str(number), in_leftwards=in_leftwards)
        else:
            kind = "paragraph" if block.is_prose else None
            way = _way(block.runs_left, in_leftwards)
            with markup.element("TextRegion", {"id": f"region_{number}", "type": kind, **way}):
                _write_outline(markup, page, block.lines)
                _write_lines(markup, page, block.lines, str(number), in_leftwards=block.runs_left)


def _write_order(markup: Markup, index: int, block: Paragraph | Table) -> None:
    region = {"index": index, "regionRef": f"region_{index + 1}"}
    if not isinstance(block, Table):
        markup.empty("RegionRefIndexed", region)
        return
    with markup.element("OrderedGroupIndexed", {"id": f"order_{index + 1}", **region}):
        for number, _ in enumerate(_placed_cells(block)):
            markup.empty("RegionRefIndexed", {"index": number, "regionRef": f"region_{index + 1}_{number + 1}"})


def _write_table(markup: Markup, page: ExportedPage, table: Table, name: str, *, in_leftwards: bool) -> None:
    size = {"rows": len(table.rows), "columns": table.width}
    with markup.element("TableRegion", {"id": f"region_{name}", **size}):
        _write_outline(markup, page, table.lines)
        for number, (row, column, cell) in enumerate(_placed_cells(table), start=1):
            is_left = runs_left(" ".join(cell.texts), table.runs_left)
            way = _way(is_left, in_leftwards)
            with markup.element("TextRegion", {"id": f"region_{name}_{number}", **way}):
                _write_outline(markup, page, cell.lines)
                place = {"rowIndex": row, "columnIndex": column, "rowSpan": 1, "colSpan": cell.columns}
                with markup.element("Roles"):
                    markup.empty("TableCellRole", place)
                _write_lines(markup, page, cell.lines, f"{name}_{number}", in_leftwards=is_left)


def _way(is_left: bool, is_around: bool) -> dict[str, object]:
    """Returns the direction of what is read otherwise than that around it."""
    return {"readingDirection": None if is_left == is_around else _LEFTWARDS if is_left else _RIGHTWARDS}


def _placed_cells(table: Table) -> Iterator[tuple[int, int, Cell]]:
    """Yields the non-empty cells, each with the numbers of its row and its first column."""
    for number, row in enumerate(table.rows):
        column = 0
        for cell in row:
            if cell.lines:
                yield number, column, cell
            column += cell.columns


def _write_outline(markup: Markup, page: ExportedPage, lines: Iterable[Line]) -> None:
    left, top, right, bottom = box_of((line.polygon for line in lines), page.page.width, page.page.height)
    _write_coords(markup, page, ((left, top), (right, top), (right, bottom), (left, bottom)))


def _write_lines(markup: Markup, page: ExportedPage, lines: Sequence[Line], name: str, *, in_leftwards: bool) -> None:
    for index, line in enumerate(lines, start=1):
        _write_line(markup, page, line, f"{name}_{index}", in_leftwards=in_leftwards)
    _write_text(markup, "\n".join(line.text for line in lines), None)


def _write_line(markup: Markup, page: ExportedPage, line: Line, name: str, *, in_leftwards: bool) -> None:
    way = _way(runs_left(line.text, in_leftwards), in_leftwards)
    with markup.element("TextLine", {"id": f"line_{name}", **way}):
        _write_coords(markup, page, line.polygon)
        _write_points(markup, page, "Baseline", baseline_of(line))
        for index, word in enumerate(words_of(line), start=1):
            with markup.element("Word", {"id": f"word_{name}_{index}"}):
                _write_coords(markup, page, word.box)
                _write_text(markup, word.text, word.confidence)
        _write_text(markup, line.text, line.confidence, "corrected" if line.is_corrected else None)


def _write_coords(markup: Markup, page: ExportedPage, polygon: Polygon) -> None:
    _write_points(markup, page, "Coords", polygon)


def _write_points(markup: Markup, page: ExportedPage, name: str, points: Iterable[Point]) -> None:
    markup.empty(name, {"points": points_of(points, page.page.width, page.page.height)})


def _write_text(markup: Markup, text: str, confidence: float | None, comments: str | None = None) -> None:
    conf = None if confidence is None else f"{min(1.0, max(0.0, confidence)):.3f}"
    with markup.element("TextEquiv", {"conf": conf, "comments": comments}):
        markup.leaf("Unicode", text)


FORMAT = Format(key="page", name="PAGE XML", suffix=".page.xml", a_page=True, a_batch=False, write=_write)
