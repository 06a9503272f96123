"""Measures what reading PDF pages with text of their own costs, in CPU seconds a page.

    python benchmarks/born_digital.py [--pages 200] [--rounds 3] [--before CHECKOUT]

The pages are made here: two columns, a heading, a table with rules, a footer, 3,000 letters on each. The whole program
reads them, with one worker, each time with a library of its own; with ``--before`` another checkout of it reads the
same file in turn. Starting is part of it. Works on Linux and macOS.
"""

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name

HERE = Path(__file__).resolve().parent.parent
WORDS = ("the", "committee", "met", "and", "agreed", "to", "repair", "an", "efficient", "office", "for", "340.00")
FONTS = {"R": "Times-Roman", "B": "Helvetica-Bold", "M": "Courier"}
WIDTH, HEIGHT, MARGIN, COLUMN = 595, 842, 50, 255
"""Points."""


def main() -> None:
    """Makes the file and has it read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--before", type=Path, help="another checkout, to compare with")
    options = parser.parse_args()
    checkouts = {"here": HERE} | ({"before": options.before} if options.before else {})
    spent: dict[str, list[float]] = {name: [] for name in checkouts}
    with tempfile.TemporaryDirectory(prefix="ocrdesk-bench-") as folder:
        file = Path(folder) / "pages.pdf"
        make(file, options.pages)
        for number in range(options.rounds):
            for name, checkout in checkouts.items():
                seconds = read(checkout, file, Path(folder) / f"{name}{number}")
                spent[name].append(seconds / options.pages)
                print(f"round {number + 1}  {name:6}  {seconds / options.pages:.4f} CPU s a page", flush=True)
    for name, found in spent.items():
        print(f"{name:6}  median {statistics.median(found):.4f} CPU s a page, {options.pages} pages")


def read(checkout: Path, file: Path, library: Path) -> float:
    """CPU seconds of the program and of the processes that it starts."""
    begun = _spent()
    command = [sys.executable, "-m", "ocrdesk", "run", "--workers", "1", "--library", library, file]
    subprocess.run(
        command, check=True, cwd=checkout, env=os.environ | {"PYTHONPATH": str(checkout)}, capture_output=True
    )
    return _spent() - begun


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def make(file: Path, pages: int) -> None:
    """Writes the pages."""
    chance = random.Random(7)
    with pikepdf.new() as pdf:
        fonts = Dictionary({
            f"/{name}": pdf.make_indirect(
                Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{font}"), Encoding=Name.WinAnsiEncoding)
            )
            for name, font in FONTS.items()
        })  # fmt: skip
        for number in range(1, pages + 1):
            page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
            page.obj.Resources = Dictionary(Font=fonts)
            page.obj.Contents = pdf.make_stream("\n".join(_content(chance, number)).encode("ascii"))
        pdf.save(file)


def _content(chance: random.Random, number: int) -> Iterator[str]:
    yield f"BT /B 16 Tf {MARGIN} 790 Td (Minutes of the meeting, part {number}) Tj ET"
    for left in (MARGIN, MARGIN + COLUMN):
        for row in range(38):
            yield f"BT /R 10 Tf {left} {760 - 13 * row} Td ({' '.join(chance.choices(WORDS, k=7))}) Tj ET"
    for row in range(9):
        yield f"{MARGIN} {240 - 16 * row} m {WIDTH - MARGIN} {240 - 16 * row} l S"
        for column in range(5):
            text = f"{chance.choice(WORDS)} {chance.randint(1, 999)}.00"
            yield f"BT /M 8 Tf {MARGIN + 5 + 98 * column} {229 - 16 * row} Td ({text}) Tj ET"
    yield f"BT /R 8 Tf {WIDTH / 2:.0f} 40 Td (Page {number}) Tj ET"


if __name__ == "__main__":
    main()
