"""Measures how many misread words are found by looking at the most doubtful words first.

    python benchmarks/review_curve.py MANIFEST [--readings FILE] [--plot docs/review.svg] [--fit]

The manifest is a list of ``file`` (beside it), ``gt_text`` (what is printed there) and ``case_reliable``. Readings are
The manifest is a list of ``file`` (beside it), ``gt_text`` (what is printed there) and ``case_reliable``. Readings are
kept in FILE, so that pages are read once. ``--fit`` prints the weights of ``engine/doubt/doubt.py`` anew. It needs
rapidfuzz.
"""

import argparse
import json
import pickle
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from true_words import misread

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Reading
from ocrdesk.engine.doubt.doubt import WEIGHTS, Sign, judged, page_words, signs_of
from ocrdesk.engine.layout.arrangement import arrange
from ocrdesk.engine.quality import CHECK_BELOW
from ocrdesk.engine.recognition.making import recognizer_maker
from ocrdesk.engine.recognition.ppocr.models import PPOCR_V6
from ocrdesk.resources import words_folder

LOOKED_AT = (0.02, 0.05, 0.1, 0.2, 0.3)
SPLITS = 5
COLUMNS = (None, *WEIGHTS)
"""What the weights are for; None: the base."""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Words:
    """All words, one after the other.

    Attributes:
        page: The number of the page of each.
        wrong: Whether it was misread.
        letters: How likely it is wrong to the recognizer.
        doubt: How likely it is wrong, judged.
        signs: A row of signs for each, in the order of ``COLUMNS``.
    """

    page: npt.NDArray[np.int64]
    wrong: npt.NDArray[np.bool_]
    letters: Numbers
    doubt: Numbers
    signs: Numbers


def main() -> None:
    """Reads what was not read yet, and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("--readings", type=Path)
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--fit", action="store_true")
    args = parser.parse_args()
    entries = json.loads(args.manifest.read_text(encoding="utf-8"))
    readings = read_all(args.manifest.parent, [entry["file"] for entry in entries], args.readings)
    words = gathered(entries, readings)
    print(f"{len(words.wrong):,} words of {len(entries)} pages, {words.wrong.sum():,} of them wrong\n")
    heads = " | ".join(f"{share:.0%}" for share in LOOKED_AT)
    print(f"| words looked at | {heads} |\n|---|{'---:|' * len(LOOKED_AT)}")
    print(row("by the letters alone", words.letters, words.wrong))
    print(row("all pages, as the program judges", words.doubt, words.wrong))
    kept = [split(words, entries, seed) for seed in range(SPLITS)]
    for name, number in (("fitted to two thirds of the pages: these", 0), ("… and the third kept aside", 1)):
        found = np.mean([curve(*part[number]) for part in kept], axis=0)
        print(f"| {name} | {' | '.join(f'{it:.0%}' for it in found)} |")
    print(
        row("… by the letters alone there", *[np.concatenate(its) for its in zip(*(p[2] for p in kept), strict=True)])
    )
    tell_threshold(words)
    if args.fit:
        for name, weight in zip(COLUMNS, fitted(words.signs, words.wrong), strict=True):
            print(f"{name or 'base'}: {weight:.2f}")
    if args.plot:
        args.plot.write_text(plot(words), encoding="utf-8")


def read_all(folder: Path, files: Sequence[str], kept: Path | None) -> dict[str, Reading]:
    """Reads the pages that are not among those kept."""
    readings: dict[str, Reading] = pickle.loads(kept.read_bytes()) if kept and kept.exists() else {}
    missing = [file for file in files if file not in readings]
    if missing:
        decoder, recognizer = Decoder(), recognizer_maker(PPOCR_V6)()
        for file in missing:
            readings[file] = recognizer.read(decoder.load_page(folder / file, 0, as_picture=True).pixels)
            if kept:
                kept.write_bytes(pickle.dumps(readings))
        decoder.close()
    return readings


def gathered(entries: Sequence[dict[str, str]], readings: dict[str, Reading]) -> Words:
    """Judges the words of all pages and compares them with what is printed."""
    rows: list[tuple[int, bool, float, float]] = []
    signs: list[list[float]] = []
    for number, entry in enumerate(entries):
        reading = readings[entry["file"]]
        said = judged(reading)
        page = page_words(reading.lines, words_folder())
        delivered = arrange(said.lines, rules=reading.rules).lines  # what was read over a gutter is parted there
        texts = [[word.text for word in line.words] for line in delivered]
        wrong = misread(texts, entry["gt_text"], any_case=not entry["case_reliable"])
        is_wrong = {
            id(word): bad
            for line, its in zip(delivered, wrong, strict=True)
            for word, bad in zip(line.words, its, strict=True)
        }
        before = ""
        for line, after in zip(reading.lines, said.lines, strict=True):
            for word, its, found in zip(line.words, after.words, signs_of(line, page, before), strict=True):
                if id(its) not in is_wrong:  # it was parted itself
                    continue
                rows.append((number, is_wrong[id(its)], 1 - word.confidence, 1 - its.confidence))
                signs.append([1.0 if name is None else found.get(Sign(name), 0.0) for name in COLUMNS])
            before = line.text
    pages, bad, letters, doubt = (np.array(column) for column in zip(*rows, strict=True))
    return Words(pages, bad, letters, doubt, np.array(signs))


def curve(doubt: Numbers, wrong: npt.NDArray[np.bool_]) -> list[float]:
    """Returns the share of wrong words among the most doubtful ones, for each share of ``LOOKED_AT``."""
    found = np.cumsum(wrong[np.argsort(-doubt, kind="stable")])
    return [float(found[round(share * len(wrong)) - 1] / max(1, wrong.sum())) for share in LOOKED_AT]


def row(name: str, doubt: Numbers, wrong: npt.NDArray[np.bool_]) -> str:
    """Returns a row of the table."""
    return f"| {name} | {' | '.join(f'{found:.0%}' for found in curve(doubt, wrong))} |"


def split(words: Words, entries: Sequence[dict[str, str]], seed: int) -> list[tuple[Numbers, npt.NDArray[np.bool_]]]:
    """Fits to two thirds of the documents; returns the doubt of their words, and of the others without and with it."""
    documents = ["_".join(Path(entry["file"]).stem.split("_")[:2]) for entry in entries]
    names = sorted(set(documents))
    random.Random(seed).shuffle(names)
    aside = set(names[: len(names) // 3])
    is_aside = np.array([document in aside for document in documents])[words.page]
    doubt = words.signs @ fitted(words.signs[~is_aside], words.wrong[~is_aside])
    return [
        (doubt[~is_aside], words.wrong[~is_aside]),
        (doubt[is_aside], words.wrong[is_aside]),
        (words.letters[is_aside], words.wrong[is_aside]),
    ]


def fitted(signs: Numbers, wrong: npt.NDArray[np.bool_]) -> Numbers:
    """Returns the weights of a logistic regression, found with Newton's method and kept small."""
    keep = np.eye(signs.shape[1])
    keep[0, 0] = 0
    weights = np.zeros(signs.shape[1])
    for _ in range(25):
        likely = 1 / (1 + np.exp(-signs @ weights))
        slope = signs.T @ (likely - wrong) + keep @ weights
        weights -= np.linalg.solve((signs * (likely * (1 - likely))[:, None]).T @ signs + keep, slope)
    return weights


def tell_threshold(words: Words) -> None:
    """Prints what is marked with several thresholds."""
    print("\n| to check below | words | of the wrong words | wrong among them | pages with any | median of a page |")
    print("|---|---:|---:|---:|---:|---:|")
    pages = words.page.max() + 1
    for below in sorted({0.5, 0.6, 0.7, 0.8, 0.9, CHECK_BELOW}):
        marked = words.doubt > 1 - below
        of_page = np.bincount(words.page[marked], minlength=pages)
        found = (words.wrong & marked).sum()
        print(
            f"| {below} | {marked.mean():.1%} | {found / words.wrong.sum():.0%} | {found / marked.sum():.0%} "
            f"| {(of_page > 0).sum()} of {pages} | {np.median(of_page):.0f} |"
        )


def plot(words: Words) -> str:
    """Draws the curves as SVG, up to a third of the words."""
    wide, high, left, top, most = 560, 320, 50, 20, 0.3
    shares = np.linspace(0, most, 61)[1:]

    def path(doubt: Numbers) -> str:
        found = np.cumsum(words.wrong[np.argsort(-doubt, kind="stable")]) / max(1, words.wrong.sum())
        at = [found[max(0, round(share * len(found)) - 1)] for share in shares]
        points = [(0.0, 0.0), *zip(shares, at, strict=True)]
        return " ".join(f"{left + x / most * wide:.1f},{top + (1 - y) * high:.1f}" for x, y in points)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide + left + 20} {high + top + 50}" '
        'font-family="sans-serif" font-size="12" fill="#555">',
        f'<rect x="0" y="0" width="{wide + left + 20}" height="{high + top + 50}" fill="#fff"/>',
    ]
    for number in range(6):
        y = top + high * (1 - number / 5)
        parts.append(f'<path d="M{left} {y:.0f}h{wide}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 8}" y="{y + 4:.0f}" text-anchor="end">{number * 20} %</text>')
    for number in range(7):
        x = left + wide * number / 6
        parts.append(f'<text x="{x:.0f}" y="{top + high + 18}" text-anchor="middle">{number * 5} %</text>')
    for doubt, colour, name, y in (
        (words.doubt, "#1f6feb", "as the program judges", 0.7), (words.letters, "#999", "by the letters alone", 0.78)
    ):  # fmt: skip
        x, y = left + wide * 0.62, top + high * y
        parts.append(f'<polyline points="{path(doubt)}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<path d="M{x:.0f} {y - 4:.0f}h24" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="{x + 32:.0f}" y="{y:.0f}">{name}</text>')
    parts.append(f'<text x="{left + wide / 2}" y="{top + high + 40}" text-anchor="middle">words looked at</text>')
    parts.append(f'<text x="{left}" y="14">wrong words found</text></svg>\n')
    return "\n".join(parts)


if __name__ == "__main__":
    main()
