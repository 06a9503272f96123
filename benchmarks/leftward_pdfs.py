"""Counts the words that readers find in exported PDFs of pages that are read from right to left.

    python benchmarks/leftward_pdfs.py MANIFEST FONT [--languages ara,heb] [--aside TEXT]

MANIFEST is a list of pages in JSON, each with its ``file``, its ``language`` and its ``gt_lines``. Their text is laid
on white pages, each word as wide as FONT draws it, with the places of the words and without. Words are counted as
``pdftotext`` (of Poppler) and PDFium give them, and pairs of words as PDFium's search finds them; the characters that
say which way text runs do not count. Pages with TEXT in the names of their files are counted by themselves.
"""

import argparse
import io
import json
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import pypdfium2 as pdfium
from PIL import Image, ImageFont

from ocrdesk.engine.decode.files import open_file, stored_page
from ocrdesk.engine.direction import mostly_runs_left, order_on_paper, runs_left
from ocrdesk.engine.document import Line, Page, PageStatus, Word
from ocrdesk.engine.export.pages import ExportedPage
from ocrdesk.engine.export.pdf import FORMAT
from ocrdesk.engine.geometry import Polygon
from ocrdesk.engine.layout.arrangement import arrange

WIDE, HIGH, MARGIN = 2000, 2800, 60
LINE, PITCH, GAP = 30, 46, 8
"""Height of a line, distance from one to the next, and white between words, in pixels."""

Counts = defaultdict[str, Counter[str]]


def main() -> None:
    """Exports each page twice and looks for its words."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("font", type=Path)
    parser.add_argument("--languages", default="ara,heb")
    parser.add_argument("--aside", default="")
    given = parser.parse_args()
    font = ImageFont.truetype(str(given.font), 26)
    counts: dict[str, Counts] = {name: defaultdict(Counter) for name in ("seen", "aside")}
    for entry in json.loads(given.manifest.read_text(encoding="utf-8")):
        if entry["language"] not in given.languages.split(",") or not entry.get("gt_lines"):
            continue
        texts = [line["text"] for line in entry["gt_lines"]][: (HIGH - 2 * MARGIN) // PITCH]
        name = "aside" if given.aside and given.aside in entry["file"] else "seen"
        for way, lines in _lines(texts, font):
            _count(counts[name], way, texts, lines)
    for name, its in counts.items():
        for way, found in sorted(its.items()):
            print(f"{name}, {way}: {100 * found['found'] / found['all']:.1f} % of {found['all']}")


def _lines(texts: list[str], font: ImageFont.FreeTypeFont) -> Iterator[tuple[str, list[Line]]]:
    page_runs_left = mostly_runs_left(texts)
    printed = [_printed(text, MARGIN + PITCH * number, page_runs_left, font) for number, text in enumerate(texts)]
    yield "words measured", printed
    yield "lines only", [Line(line.text, line.confidence, line.polygon) for line in printed]


def _printed(text: str, top: float, page_runs_left: bool, font: ImageFont.FreeTypeFont) -> Line:
    is_left = runs_left(text, page_runs_left)
    at = {place: number for number, place in enumerate(order_on_paper(text, leftwards=is_left))}
    spans, end = [], 0
    for word in text.split():
        start = text.index(word, end)
        end = start + len(word)
        spans.append(range(start, end))
    widths = [font.getlength(text[span.start : span.stop]) for span in spans]
    left = begin = WIDE - MARGIN - sum(widths) - GAP * len(widths) if is_left else MARGIN
    places: dict[int, Polygon] = {}
    for number in sorted(range(len(spans)), key=lambda number: min(at[place] for place in spans[number])):
        places[number] = _box(left, top, left + widths[number])
        left += widths[number] + GAP
    words = (Word(text[span.start : span.stop], 0.9, places[number]) for number, span in enumerate(spans))
    return Line(text, 0.9, _box(begin, top, left - GAP), tuple(words))


def _box(left: float, top: float, right: float) -> Polygon:
    return (left, top), (right, top), (right, top + LINE), (left, top + LINE)


def _count(counts: Counts, way: str, texts: Iterable[str], lines: list[Line]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder, "page.pdf")
        pdf.write_bytes(_exported(Path(folder, "page.png"), lines))
        poppler = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True, text=True).stdout
        page = pdfium.PdfDocument(pdf)[0].get_textpage()
        pairs = [f"{one} {other}" for text in texts for one, other in zip(text.split(), text.split()[1:], strict=False)]
        there = Counter(word for text in texts for word in _words(text))
        for reader, text in (("pdftotext", poppler), ("PDFium", page.get_text_range())):
            counts[f"{reader}, {way}"].update(found=(there & Counter(_words(text))).total(), all=there.total())
        found = sum(page.search(pair, match_case=True).get_next() is not None for pair in pairs)
        counts[f"pairs in PDFium, {way}"].update(found=found, all=len(pairs))


def _exported(picture: Path, lines: list[Line]) -> bytes:
    Image.new("L", (WIDE, HIGH), 255).save(picture, dpi=(200, 200))
    page = Page(1, 1, picture, 0, picture.name, PageStatus.DONE, width=WIDE, height=HIGH)
    file = io.BytesIO()
    FORMAT.write(
        [
            ExportedPage(
                page, "", 1, PurePosixPath("page.png"), arrange(lines), lambda: stored_page(open_file(picture), 0)
            )
        ],
        file,
    )
    return file.getvalue()


def _words(text: str) -> list[str]:
    plain = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return unicodedata.normalize("NFKC", plain).split()


if __name__ == "__main__":
    sys.exit(main())
