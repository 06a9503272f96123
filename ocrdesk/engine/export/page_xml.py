"""PAGE XML 2019-07-15: a file a page, as programs for historical print and handwriting read it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import BinaryIO

from ocrdesk import __version__
from ocrdesk.engine.document import Line, Point, Polygon
from ocrdesk.engine.export.markup import Markup
from ocrdesk.engine.export.pages import ExportedPage, Format
from ocrdesk.engine.export.placed import baseline_of, box_of, points_of, words_of
from ocrdesk.engine.layout.page_text import Paragraph

_NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
_ROOT = {
    "xmlns": _NAMESPACE,
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": f"{_NAMESPACE} {_NAMESPACE}/pagecontent.xsd",
}


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
        }
        with markup.element("Page", attributes):
            _write_regions(markup, page)


def _write_regions(markup: Markup, page: ExportedPage) -> None:
    paragraphs = page.text.paragraphs
    if paragraphs:
        with markup.element("ReadingOrder"), markup.element("OrderedGroup", {"id": "order"}):
            for number in range(len(paragraphs)):
                markup.empty("RegionRefIndexed", {"index": number, "regionRef": f"region_{number + 1}"})
    for number, paragraph in enumerate(paragraphs, start=1):
        with markup.element(
            "TextRegion", {"id": f"region_{number}", "type": "paragraph" if paragraph.is_prose else None}
        ):
            lines = [line for row in paragraph.rows for line in row]
            left, top, right, bottom = box_of((line.polygon for line in lines), page.page.width, page.page.height)
            _write_coords(markup, page, ((left, top), (right, top), (right, bottom), (left, bottom)))
            for index, line in enumerate(lines, start=1):
                _write_line(markup, page, line, f"{number}_{index}")
            _write_text(markup, _text_of(paragraph), None)


def _write_line(markup: Markup, page: ExportedPage, line: Line, name: str) -> None:
    with markup.element("TextLine", {"id": f"line_{name}"}):
        _write_coords(markup, page, line.polygon)
        _write_points(markup, page, "Baseline", baseline_of(line))
        for index, word in enumerate(words_of(line), start=1):
            with markup.element("Word", {"id": f"word_{name}_{index}"}):
                _write_coords(markup, page, word.polygon)
                _write_text(markup, word.text, word.confidence)
        _write_text(markup, line.text, line.confidence)


def _write_coords(markup: Markup, page: ExportedPage, polygon: Polygon) -> None:
    _write_points(markup, page, "Coords", polygon)


def _write_points(markup: Markup, page: ExportedPage, name: str, points: Iterable[Point]) -> None:
    markup.empty(name, {"points": points_of(points, page.page.width, page.page.height)})


def _write_text(markup: Markup, text: str, confidence: float | None) -> None:
    conf = None if confidence is None else f"{min(1.0, max(0.0, confidence)):.3f}"
    with markup.element("TextEquiv", {"conf": conf}):
        markup.leaf("Unicode", text)


def _text_of(paragraph: Paragraph) -> str:
    return "\n".join(line.text for row in paragraph.rows for line in row)


FORMAT = Format(key="page", name="PAGE XML", suffix=".page.xml", a_page=True, a_batch=False, write=_write)
