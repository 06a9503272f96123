"""Runs the whole program over small inputs that other programs were reported to fail on, and says what came out.

    python benchmarks/reports.py FOLDER [--out FOLDER] [FILE ...]

FOLDER holds the files and a ``manifest.json`` with ``file``, ``kind`` and ``now`` (how it was before) for each;
``reports_expected.py`` says what should come out. Each file is read by ``ocrdesk run``, then everything is exported in
every format. Of each exported PDF it is looked at with programs of others (qpdf, poppler-utils; rapidfuzz compares):

- qpdf finds nothing to complain about, and every page is there,
- it looks as the file does, where that is a PDF: drawn with a longer side of 1,170 pixels (A4 at 100 dpi) and turned as
  the export turned it, at most 0.1 % of the pixels differ by more than 32 of 255 levels,
- each word lies on its ink, and none lies on another: at most every tenth word of a file may have too little contrast,
- each expected line is there once.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from PIL import Image
from rapidfuzz.distance import Levenshtein
from reports_expected import EXPECTED, Expected

from ocrdesk.engine.document import Page
from ocrdesk.engine.export.formats import FORMATS
from ocrdesk.engine.library import Library

LONGER_SIDE = 1170
DIFFERENT, MOST_DIFFERENT = 32, 0.001
"""Levels of grey by which a pixel must differ, and the share of pixels that may."""

CONTRAST, MOST_PALE = 24, 0.1
"""Levels of grey between a word's ink and its ground, and the share of words that may have less."""

MOST_SHARED = 0.5
"""Two words of which one has so much of its box in common with the other are one on the other."""

_WORD, _PAGE = "{http://www.w3.org/1999/xhtml}word", "{http://www.w3.org/1999/xhtml}page"


def main() -> None:
    """Reads, exports, looks, prints a table; the exit status is 1 if anything is not as expected."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, help="keep what is made here")
    parser.add_argument("files", nargs="*")
    given = parser.parse_args()
    entries = [
        entry
        for entry in json.loads((given.folder / "manifest.json").read_text(encoding="utf-8"))
        if not given.files or entry["file"] in given.files
    ]
    with tempfile.TemporaryDirectory() as spare:
        out = given.out or Path(spare)
        _run_program(out, [given.folder / entry["file"] for entry in entries])
        library = Library(out / "library", writable=False)
        page_ids = [page for batch in library.batches() for page in library.page_ids(batch.id)]
        pages = library.pages(page_ids)
        right = 0
        for entry in sorted(entries, key=lambda entry: entry["file"]):
            source = given.folder / entry["file"]
            own = sorted(
                (page for page in pages.values() if page.path.name == source.name), key=lambda page: page.frame
            )
            wrong = _wrong(EXPECTED[source.name], library, own, source, out / "pdf")
            right += not wrong
            print(f"{source.name:32} {entry['kind'] or '-':14} {entry['now']:7} {'fails' if wrong else 'passes':7}")
            for sentence in wrong:
                print(f"    {sentence}")
        library.close()
    print(f"{right} of {len(entries)} as expected")
    sys.exit(right != len(entries))


def _run_program(out: Path, files: list[Path]) -> None:
    """Reads the files, each a batch of its own as far as the exports go, and exports them in every format."""
    out.mkdir(parents=True, exist_ok=True)
    program = [sys.executable, "-m", "ocrdesk"]
    library = ["--library", str(out / "library")]
    _run([*program, "run", *library, "--jsonl", str(out / "pages.jsonl"), *map(str, files)])
    for key in FORMATS:
        _run([*program, "export", "--all", "--format", key, "--out", str(out / key), "--existing", "replace", *library])


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    what = " ".join(command[2:6])
    print(f"{what}: exit status {done.returncode}", file=sys.stderr)
    if done.returncode or "Traceback" in done.stderr:
        print(done.stderr[-2000:], file=sys.stderr)


def _wrong(expected: Expected, library: Library, pages: list[Page], source: Path, exported: Path) -> list[str]:
    """Sentences about all that is not as expected."""
    wrong = []
    text = "\n".join(library.texts.of(page.id).text for page in pages)
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if len(pages) != expected.pages:
        wrong.append(f"{len(pages)} pages, not {expected.pages}")
    wrong += [
        f"page {page.frame + 1} failed: {page.message}" for page in pages if page.message and page.confidence is None
    ]
    distance = _distance(lines, expected)
    if distance > expected.errors:
        wrong.append(f"{distance} letters differ: {' / '.join(lines)[:300]}")
    wrong += [f"has “{piece}”" for piece in expected.without if piece in text]
    if expected.doubtful and not (pages and pages[0].is_doubtful(library.doubtful_below)):
        wrong.append("is not doubtful")
    if expected.remark is not None and not (pages and pages[0].remark and expected.remark in pages[0].remark):
        wrong.append(f"has no such remark, but: {pages[0].remark if pages else None}")
    pdf = exported / f"{source.stem}.pdf"
    if not pdf.exists():
        return [*wrong, "has no exported PDF"]
    return [*wrong, *_wrong_pdf(expected, pages, source, pdf)]


def _distance(lines: list[str], expected: Expected) -> int:
    """By how many letters lines differ from those expected; where more may stand, each is looked for in the text."""
    if expected.more:
        text = " ".join(lines)
        return sum(
            min(Levenshtein.distance(line, other) for other in [*lines, line if line in text else ""])
            for line in expected.lines
        )
    # Whether two pieces are told as two lines or as cells of one is no matter of the text.
    return Levenshtein.distance(" ".join(lines), " ".join(expected.lines))


def _wrong_pdf(expected: Expected, pages: list[Page], source: Path, pdf: Path) -> list[str]:
    wrong = []
    checked = subprocess.run(["qpdf", "--check", pdf], capture_output=True, text=True)
    if checked.returncode:
        wrong.append(f"qpdf: {(checked.stderr or checked.stdout).strip().splitlines()[-1]}")
    structure = subprocess.run(["qpdf", "--json", pdf], capture_output=True, text=True).stdout
    wrong += [f"the exported PDF has lost {piece}" for piece in expected.kept if piece not in structure]
    drawn = _drawn(pdf)
    if len(drawn) != expected.pages:
        wrong.append(f"the exported PDF has {len(drawn)} pages")
    if source.suffix == ".pdf":
        for number, (before, after) in enumerate(zip(_drawn(source), drawn, strict=False), start=1):
            share = _difference(before, after)
            if share > MOST_DIFFERENT:
                wrong.append(f"page {number} of the exported PDF differs by {share:.2%} of its pixels")
    listed = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True).stdout
    root = ElementTree.fromstring(re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", listed))
    plainly = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True).stdout.decode()
    text = re.sub(r"[\s\u200e\u200f\u202a-\u202e]", "", plainly)
    words, pale, shared = 0, [], []
    for sheet, picture in zip(root.iter(_PAGE), drawn, strict=False):
        width, height = float(sheet.attrib["width"]), float(sheet.attrib["height"])
        if (width > height) != (picture.shape[1] > picture.shape[0]):
            width, height = height, width  # pdftotext says the size before a page is turned
        if expected.points and max(abs(width - expected.points[0]), abs(height - expected.points[1])) > 2:
            wrong.append(f"a page of the exported PDF is {width:.0f} × {height:.0f} points")
        boxes = []
        for word in sheet.iter(_WORD):
            sides = np.array([float(word.attrib[side]) for side in ("xMin", "yMin", "xMax", "yMax")])
            left, top, right, bottom = sides / [width, height, width, height]
            if not (0 <= left + right <= 2 and 0 <= top + bottom <= 2):
                continue  # beside the page, where nobody sees it
            words += 1
            if not _is_on_ink(picture, left, top, right, bottom):
                pale.append(word.text)
            shared += [word.text for other in boxes if _share(other, (left, top, right, bottom)) > MOST_SHARED]
            boxes.append((left, top, right, bottom))
    if len(pale) > MOST_PALE * words:
        wrong.append(f"{len(pale)} of {words} words of the exported PDF lie on no ink: {pale[:5]}")
    if shared:
        wrong.append(f"{len(shared)} words of the exported PDF lie on others: {shared[:5]}")
    plain = ["".join(line.split()) for line in expected.lines]
    if not expected.errors and not expected.doubtful:
        times = {line: text.count(line) for line in plain}
        wrong += [
            f"“{line}” is {times[line]} times in the exported PDF"
            for line in dict.fromkeys(plain)
            if times[line] != plain.count(line) and not (expected.more and times[line] > 1)
        ]
    wrong += [f"the exported PDF has “{piece}”" for piece in expected.without if piece in text]
    return wrong


def _drawn(pdf: Path) -> list[np.ndarray]:
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-q", "-gray", "-scale-to", str(LONGER_SIDE), pdf, f"{folder}/page"]
        subprocess.run(command, check=True)
        return [np.asarray(Image.open(file)).astype(int) for file in sorted(Path(folder).glob("*.pgm"))]


def _difference(before: np.ndarray, after: np.ndarray) -> float:
    """Share of pixels that differ, in the turn in which the two pages are most alike.

    Of a page that was turned, a pixel differs if it is darker or lighter than all those beside it: the edges of letters
    are smoothed from the other side.
    """
    shares = [float((abs(before - after) > DIFFERENT).mean()) if before.shape == after.shape else 1.0]
    for turn in (1, 2, 3):
        turned = np.rot90(before, turn)
        if turned.shape == after.shape:
            beside = np.lib.stride_tricks.sliding_window_view(np.pad(turned, 1, mode="edge"), (3, 3))
            darkest, lightest = beside.min(axis=(2, 3)), beside.max(axis=(2, 3))
            shares.append(float(((after < darkest - DIFFERENT) | (after > lightest + DIFFERENT)).mean()))
    return min(shares)


def _is_on_ink(picture: np.ndarray, left: float, top: float, right: float, bottom: float) -> bool:
    height, width = picture.shape
    across, down = slice(int(left * width), int(right * width) + 1), slice(int(top * height), int(bottom * height) + 1)
    part = picture[down, across]
    return part.size > 0 and int(np.ptp(part)) >= CONTRAST


def _share(one: tuple[float, ...], two: tuple[float, ...]) -> float:
    wide = min(one[2], two[2]) - max(one[0], two[0])
    high = min(one[3], two[3]) - max(one[1], two[1])
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, two))
    return max(0.0, wide) * max(0.0, high) / max(smaller, 1e-9)


if __name__ == "__main__":
    main()
