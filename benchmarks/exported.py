"""Looks at exports with programs of others: qpdf, pdftotext, LibreOffice and, for XML, schemas.

    python benchmarks/exported.py LIBRARY OUT [--alto SCHEMA] [--page SCHEMA] [--hocr PROGRAM] [--office]

Writes every page of a library to OUT and says of the PDFs: whether qpdf finds nothing to complain about, how many words
pdftotext finds where they were read (IoU of boxes), whether its text is ours in our order, and how much larger a PDF is
than its JPEG. Needs poppler-utils and qpdf; schemas are fetched by hand, for their licences are their own. PROGRAM is
that of the Python package hocr-spec. With --office LibreOffice turns the Word and the Excel file of each batch into
text and CSV, in which every paragraph, row and line must stand, but for what XML cannot hold.
"""

import argparse
import csv
import re
import subprocess
import threading
import unicodedata
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path
from xml.etree import ElementTree

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Page
from ocrdesk.engine.export.choices import ExportChoices
from ocrdesk.engine.export.export import Export
from ocrdesk.engine.export.placed import words_of
from ocrdesk.engine.layout.page_text import PageText
from ocrdesk.engine.library import Library

Box = tuple[float, float, float, float]
ENOUGH = 0.6
"""IoU from which two boxes are of the same word."""

_WORD = "{http://www.w3.org/1999/xhtml}word"
_PAGE = "{http://www.w3.org/1999/xhtml}page"


def main() -> None:
    """Exports, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--alto", type=Path)
    parser.add_argument("--page", type=Path)
    parser.add_argument("--hocr", type=Path)
    parser.add_argument("--office", action="store_true")
    given = parser.parse_args()
    library, decoder = Library(given.library, writable=False), Decoder()
    page_ids = [page for batch in library.batches() for page in library.page_ids(batch.id)]
    pages = library.pages(page_ids)
    template = "{index:04}"
    for key in ("pdf", "alto", "page", "hocr"):
        choices = ExportChoices(key, given.out, template, existing="replace")
        result = Export(library, decoder, choices, page_ids).run(threading.Event())
        print(f"{key}: {len(result.written)} files", *result.failed, sep="\n  ")
    found = wanted = 0
    for index, page_id in enumerate(page_ids, start=1):
        pdf = given.out / f"{index:04}.pdf"
        if not pdf.exists():
            continue
        hits, words, order = _measured(pdf, pages[page_id], library.texts.of(page_id))
        found, wanted = found + hits, wanted + words
        complaints = subprocess.run(["qpdf", "--check", pdf], capture_output=True, text=True).returncode
        more = pdf.stat().st_size - pages[page_id].path.stat().st_size
        print(
            f"{pages[page_id].name[-44:]:44} {hits:5}/{words:5} words  order {order}  +{more:8,} B  qpdf {complaints}"
        )
    print(f"words in place: {found}/{wanted} = {found / max(1, wanted):.3f}")
    for key, schema in (("alto", given.alto), ("page", given.page)):
        if schema:
            _validate(sorted(given.out.glob(f"*.{key}.xml")), schema)
    if given.hocr:
        files = sorted(given.out.glob("*.hocr"))
        wrong = [file.name for file in files if subprocess.run([given.hocr, "--silent", file]).returncode]
        print(f"{given.hocr.name}: {len(files) - len(wrong)} of {len(files)} valid", *wrong, sep="\n  ")
    if given.office:
        for batch in library.batches():
            _open_in_office(library, decoder, library.page_ids(batch.id), given.out / f"batch {batch.id}")
    decoder.close()
    library.close()


def _measured(pdf: Path, page: Page, text: PageText) -> tuple[int, int, str]:
    """Words in place, words in all, and how alike the text is in the order of the file and of pdftotext's own."""
    listed = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True).stdout
    root = ElementTree.fromstring(re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", listed))
    sheet = next(root.iter(_PAGE))
    across, down = (page.width or 1) / float(sheet.attrib["width"]), (page.height or 1) / float(sheet.attrib["height"])
    boxes: dict[str, list[Box]] = defaultdict(list)
    for word in root.iter(_WORD):
        x1, y1, x2, y2 = (float(word.attrib[side]) for side in ("xMin", "yMin", "xMax", "yMax"))
        boxes[_plain(word.text or "")].append((x1 * across, y1 * down, x2 * across, y2 * down))
    hits = words = 0
    for line in text.lines:
        for ours, polygons in _runs(line):
            words += 1
            corners = [corner for polygon in polygons for corner in polygon]
            x, y = [x for x, _ in corners], [y for _, y in corners]
            box = min(x), min(y), max(x), max(y)
            hits += any(_iou(box, other) >= ENOUGH for other in boxes[_plain(ours)])
    ours = _plain(text.text)
    alike = []
    for way in (["-raw"], []):
        theirs = subprocess.run(["pdftotext", *way, pdf, "-"], capture_output=True, check=True).stdout
        alike.append(SequenceMatcher(None, ours, _plain(theirs.decode()), autojunk=False).ratio())
    return hits, words, f"raw {alike[0]:.3f} own {alike[1]:.3f}"


def _runs(line):  # noqa: ANN001, ANN202
    """What is written without white, with its polygons; a line whose words were not measured as a whole."""
    runs: list[tuple[str, list]] = []
    for word in words_of(line):
        if word.is_apart or not runs:
            runs.append((word.text, [word.polygon]))
        else:
            runs[-1] = (runs[-1][0] + word.text, [*runs[-1][1], word.polygon])
    return runs


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _iou(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    common = max(0.0, width) * max(0.0, height)
    areas = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return common / max(areas - common, 1e-9)


def _validate(files: list[Path], schema: Path) -> None:
    from lxml import etree

    rules = etree.XMLSchema(etree.parse(schema))
    wrong = [file.name for file in files if not rules.validate(etree.parse(file))]
    print(f"{schema.name}: {len(files) - len(wrong)} of {len(files)} valid", *wrong, sep="\n  ")


def _open_in_office(library: Library, decoder: Decoder, page_ids: list[int], out: Path) -> None:
    """What LibreOffice finds in the Word and the Excel file of a batch, beside what was read."""
    for key in ("docx", "xlsx"):
        choices = ExportChoices(key, out, "all", per="batch", existing="replace")
        Export(library, decoder, choices, page_ids).run(threading.Event())
    # By numbers, as LibreOffice has them: separator, quotation mark, UTF-8; cells as they are stored; all sheets.
    for source, target in (
        ("all.docx", "txt:Text (encoded):UTF8"),
        ("all.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"),
    ):
        command = ["soffice", f"-env:UserInstallation={(out / 'office').absolute().as_uri()}", "--headless"]
        command += ["--convert-to", target, "--outdir", out, out / source]
        subprocess.run(command, check=True, capture_output=True)
    pages, texts = library.pages(page_ids), [library.texts.of(page_id) for page_id in page_ids]
    rows = set((out / "all.txt").read_text("utf-8-sig").split("\n"))
    wanted = [cell for text in texts for part in text.flowing_paragraphs for cell in re.split("[\n\t]", part) if cell]
    wanted += [pages[page_id].name for page_id in page_ids]
    wanted += [f"failed: {pages[page_id].message}" for page_id in page_ids if pages[page_id].status == "failed"]
    missing = [cell for cell in wanted if cell not in rows]
    print(
        f"Word in LibreOffice: {len(wanted) - len(missing)} of {len(wanted)} pieces of text", *missing[:9], sep="\n  "
    )
    for sheet, first, expected in (
        ("Pages", 11, [text.text for text in texts]),
        ("Lines", 3, [line.text for text in texts for line in text.lines]),
    ):
        with (out / f"all-{sheet}.csv").open(encoding="utf-8", newline="") as file:
            found = [
                "".join(row[first:] if sheet == "Pages" else row[first:][:1]) for row in list(csv.reader(file))[1:]
            ]
        alike = sum(ours == theirs for ours, theirs in zip(expected, found, strict=True))
        print(f"Excel in LibreOffice, {sheet}: {alike} of {len(expected)} rows")


if __name__ == "__main__":
    main()
