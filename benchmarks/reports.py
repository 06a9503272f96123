"""Runs the whole program over small inputs that other programs were reported to fail on, and says what came out.

    python benchmarks/reports.py FOLDER [FILE ...] [--out FOLDER]

FOLDER holds the files and a ``manifest.json`` with ``file``, ``kind`` and ``now`` (how it was before) for each;
``reports_expected.py`` says what should come out. Without a manifest all files of FOLDER are tried, and of each it is
expected that it can be read and that its exported PDF is as below. Each file is read by ``ocrdesk run``, then all is
exported in every format. Of each exported PDF it is looked at with programs of others (qpdf, poppler-utils;
rapidfuzz compares):

- qpdf finds nothing to complain about, but for what it finds in the file itself, and every page is there,
- it looks as the file does, where that is a PDF: drawn with a longer side of 1,170 pixels (A4 at 100 dpi) and turned as
  the export turned it, at most 0.1 % of the pixels differ by more than 32 of 255 levels,
- each word lies on ink (at most every tenth may have too little contrast), and no word lies on another; of
  a PDF no more than did in the file,
- each expected line is there once.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from PIL import Image
from rapidfuzz.distance import Levenshtein
from reports_expected import EXPECTED, Expected

from ocrdesk.engine.document import Page
from ocrdesk.engine.export.formats import FORMATS
from ocrdesk.engine.library import Library
from ocrdesk.engine.quality import is_doubtful

READ = Expected(pages=None, more=True)
"""What is expected of a file of which nothing is known."""

LONGER_SIDE = 1170
DIFFERENT, MOST_DIFFERENT = 32, 0.001
"""Levels of grey by which a pixel must differ, and the share of pixels that may."""

CONTRAST, MOST_PALE = 24, 0.1
"""Levels of grey between a word's ink and its ground, and the share of words that may have less."""

MOST_SHARED = 0.5
"""Two words of which one has so much of its box in common with the other are one on the other."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, each as a part of the page's width or height."""

SHORTEST = 5
"""Shorter cells may stand in a page more often."""

_WORD, _PAGE = "{http://www.w3.org/1999/xhtml}word", "{http://www.w3.org/1999/xhtml}page"


def main() -> None:
    """Reads, exports, looks, prints a table; the exit status is 1 if anything is not as expected."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, help="keep what is made here")
    parser.add_argument("files", nargs="*")
    given = parser.parse_args()
    manifest = given.folder / "manifest.json"
    if manifest.exists():
        entries = json.loads(manifest.read_text(encoding="utf-8"))
    else:
        entries = [{"file": file.name, "kind": "", "now": ""} for file in given.folder.iterdir()]
    entries = [entry for entry in entries if not given.files or entry["file"] in given.files]
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
            wrong = _wrong(EXPECTED.get(source.name, READ), library, own, source, out / "pdf")
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
    if expected.pages not in (None, len(pages)):
        wrong.append(f"{len(pages)} pages, not {expected.pages}")
    wrong += [
        f"page {page.frame + 1} failed: {page.message}" for page in pages if page.message and page.confidence is None
    ]
    distance = _distance(lines, expected)
    if distance > expected.errors:
        wrong.append(f"{distance} letters differ: {' / '.join(lines)[:300]}")
    wrong += [f"has “{piece}”" for piece in expected.without if piece in text]
    if expected.doubtful and not (pages and is_doubtful(pages[0])):
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
    return Levenshtein.distance(" ".join(lines), " ".join(" ".join(expected.lines).split()))


def _wrong_pdf(expected: Expected, pages: list[Page], source: Path, pdf: Path) -> list[str]:
    wrong = []
    checked, is_pdf = _checked(pdf), source.suffix == ".pdf"
    if checked.returncode and not (is_pdf and _checked(source).returncode):
        wrong.append(f"qpdf: {(checked.stderr or checked.stdout).strip().splitlines()[-1]}")
    structure = subprocess.run(["qpdf", "--json", pdf], capture_output=True, text=True).stdout
    wrong += [f"the exported PDF has lost {piece}" for piece in expected.kept if piece not in structure]
    seen, before = _seen(pdf), _seen(source) if is_pdf else Seen()
    if expected.pages not in (None, len(seen.pages)):
        wrong.append(f"the exported PDF has {len(seen.pages)} pages")
    if is_pdf and len(before.pages) != len(seen.pages):
        wrong.append(f"the exported PDF has {len(seen.pages)} pages, the file {len(before.pages)}")
    for number, (old, new) in enumerate(zip(before.pages, seen.pages, strict=False), start=1):
        share = _difference(old, new)
        if share > MOST_DIFFERENT:
            wrong.append(f"page {number} of the exported PDF differs by {share:.2%} of its pixels")
    if expected.points:
        wrong += [
            f"a page of the exported PDF is {width:.0f} × {height:.0f} points"
            for width, height in seen.sizes
            if max(abs(width - expected.points[0]), abs(height - expected.points[1])) > 2
        ]
    if len(seen.pale) - len(before.pale) > MOST_PALE * seen.words:
        wrong.append(f"{len(seen.pale)} of {seen.words} words of the exported PDF lie on no ink: {seen.pale[:5]}")
    if len(seen.shared) > len(before.shared):
        wrong.append(f"{len(seen.shared)} words of the exported PDF lie on others: {seen.shared[:5]}")
    cells = [cell for line in expected.lines for cell in line.split("\t")]
    plain = ["".join(cell.split()) for cell in cells if len(cell) >= SHORTEST or len(cells) == 1]
    if not expected.errors and not expected.doubtful:
        times = {line: seen.text.count(line) for line in plain}
        wrong += [
            f"“{line}” is {times[line]} times in the exported PDF"
            for line in dict.fromkeys(plain)
            if times[line] != plain.count(line) and not (expected.more and times[line] > 1)
        ]
    wrong += [f"the exported PDF has “{piece}”" for piece in expected.without if piece in seen.text]
    return wrong


@dataclass(slots=True)
class Seen:
    """What programs of others see of a PDF.

    Attributes:
        pages: Each drawn, in levels of grey.
        sizes: Width and height of each in points.
        text: All letters without white.
        words: How many words there are on the pages.
        pale: Those that lie on no ink.
        shared: Those that lie on another.
    """

    pages: list[np.ndarray] = field(default_factory=list)
    sizes: list[tuple[float, float]] = field(default_factory=list)
    text: str = ""
    words: int = 0
    pale: list[str] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)


def _seen(pdf: Path) -> Seen:
    seen = Seen(_drawn(pdf))
    plainly = subprocess.run(["pdftotext", pdf, "-"], capture_output=True).stdout.decode()
    seen.text = re.sub(r"[\s\u200e\u200f\u202a-\u202e]", "", plainly)
    listed = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True).stdout
    if not listed.strip():
        return seen
    root = ElementTree.fromstring(re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", listed))
    for sheet, picture in zip(root.iter(_PAGE), seen.pages, strict=False):
        width, height = float(sheet.attrib["width"]), float(sheet.attrib["height"])
        if (width > height) != (picture.shape[1] > picture.shape[0]):
            width, height = height, width  # pdftotext says the size before a page is turned
        seen.sizes.append((width, height))
        boxes: list[Box] = []
        for word in sheet.iter(_WORD):
            x1, y1, x2, y2 = (float(word.attrib[side]) for side in ("xMin", "yMin", "xMax", "yMax"))
            box = x1 / width, y1 / height, x2 / width, y2 / height
            if not (0 <= box[0] + box[2] <= 2 and 0 <= box[1] + box[3] <= 2):
                continue  # beside the page, where nobody sees it
            seen.words += 1
            text = word.text or ""
            if not _is_on_ink(picture, box):
                seen.pale.append(text)
            seen.shared += [text for other in boxes if _share(other, box) > MOST_SHARED]
            boxes.append(box)
    return seen


def _checked(pdf: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["qpdf", "--check", pdf], capture_output=True, text=True)


def _drawn(pdf: Path) -> list[np.ndarray]:
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-q", "-gray", "-scale-to", str(LONGER_SIDE), pdf, f"{folder}/page"]
        subprocess.run(command)  # what it cannot draw has no pages
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


def _is_on_ink(picture: np.ndarray, box: Box) -> bool:
    height, width = picture.shape
    left, top, right, bottom = box
    part = picture[int(top * height) : int(bottom * height) + 1, int(left * width) : int(right * width) + 1]
    return part.size > 0 and int(np.ptp(part)) >= CONTRAST


def _share(one: Box, two: Box) -> float:
    """How much of the smaller of two boxes lies in the other."""
    wide = min(one[2], two[2]) - max(one[0], two[0])
    high = min(one[3], two[3]) - max(one[1], two[1])
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, two))
    return max(0.0, wide) * max(0.0, high) / max(smaller, 1e-9)


if __name__ == "__main__":
    main()
