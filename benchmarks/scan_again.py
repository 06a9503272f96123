"""Measures how well pages are found that should be scanned again.

    python benchmarks/scan_again.py [--pages 60] [--seed 1] [--only unseen] [--real FOLDER] [--besides]

Draws as many good pages as bad ones, each of these harmed in one way, reads all of them with the real recognizer and
asks what the program says of each. A third of them are of kinds and harms with which the limits were chosen, a third of
kinds and harms that were kept aside until a measure was changed on their account, and a third of kinds for which
nothing was chosen or changed; each third is told on its own. With ``--real``, the pictures of a folder are harmed,
instead of drawn pages, and the same pictures as they are count as good. ``--besides`` has shadows, fingers and slanted
pages, too.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import numpy as np
import scan_again_harms as harms
import scan_again_pages as kinds
from PIL import Image
from scan_again_harms import Harm, as_scanned
from scan_again_pages import Draw, Drawn, Pixels

from ocrdesk.engine.decode.picture import Resolution, turn_pixels
from ocrdesk.engine.recognition.catalogue import DEFAULT
from ocrdesk.engine.recognition.making import recognizer_maker
from ocrdesk.engine.recognition.recognizer import Recognizer
from ocrdesk.engine.scan_quality.flaws import findings
from ocrdesk.engine.scan_quality.measuring import measured

ASIDE_SEED, UNSEEN_SEED = 1000, 2000
"""Added to the seed for what was kept aside, and for what is still unseen."""


@dataclass
class Tally:
    """What was said of pages: of how many of each kind, and of how many of them that they should be scanned again."""

    bad: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    good: int = 0
    wrong: list[str] = field(default_factory=list)

    def precision(self) -> float:
        """Which share of those that were found is bad."""
        found = sum(self.found.values())
        return found / max(1, found + len(self.wrong))

    def recall(self) -> float:
        """Which share of the bad ones was found."""
        return sum(self.found.values()) / max(1, sum(self.bad.values()))


def main() -> None:
    """Draws, harms, reads and tells."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=60, help="bad ones; there are as many good ones")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("chosen", "aside", "unseen"), help="one of the three sets")
    parser.add_argument("--real", type=Path, help="a folder of pictures, instead of drawn pages")
    parser.add_argument("--besides", action="store_true")
    options = parser.parse_args()
    recognizer = recognizer_maker(DEFAULT, fast=True)()
    besides = harms.BESIDES if options.besides else {}
    third = options.pages // 3
    sets = (
        ("chosen with", options.seed, kinds.TUNED, harms.TUNED | besides),
        ("kept aside", options.seed + ASIDE_SEED, kinds.ASIDE, harms.ASIDE | besides),
        ("unseen", options.seed + UNSEEN_SEED, kinds.UNSEEN, harms.ASIDE | besides),
    )
    together = Tally()
    for name, seed, draws, ways in sets:
        if options.only and options.only not in name:
            continue
        random, tally = Random(seed), Tally()
        pages = _real(random, options.real) if options.real else _drawn(random, draws)
        for number in range(third):
            good = next(pages)
            # A real picture is what it is.
            _note_good(recognizer, tally, good[0], good[1].pixels if options.real else as_scanned(random, good[1]))
            harm = list(ways)[number % len(ways)]
            _note_bad(recognizer, tally, harm, ways[harm], harm(random, next(pages)[1]))
        _print(name, tally)
        for counts, more in ((together.bad, tally.bad), (together.found, tally.found), (together.right, tally.right)):
            counts.update(more)
        together.good, together.wrong = together.good + tally.good, together.wrong + tally.wrong
    _print("all", together)


def _drawn(random: Random, draws: Sequence[Draw]) -> Iterator[tuple[str, Drawn]]:
    while True:
        for draw in random.sample(draws, len(draws)):
            yield draw.__name__, draw(random)


def _real(random: Random, folder: Path) -> Iterator[tuple[str, Drawn]]:
    """Pictures of a folder, with a guess at the size of their print: that of a page of 60 lines."""
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    while True:
        for path in random.sample(paths, len(paths)):
            pixels = np.asarray(Image.open(path).convert("RGB"))
            yield path.name, Drawn(pixels, max(12.0, len(pixels) / 80))


def _flaws(recognizer: Recognizer, pixels: Pixels) -> list[str]:
    reading = recognizer.read(pixels)
    measures = measured(turn_pixels(pixels, reading.turn), reading.lines, Resolution())
    return [it.flaw.name for it in findings(measures)] if measures is not None else []


def _note_good(recognizer: Recognizer, tally: Tally, kind: str, pixels: Pixels) -> None:
    tally.good += 1
    if flaws := _flaws(recognizer, pixels):
        tally.wrong.append(f"{kind} ({', '.join(flaws).lower()})")


def _note_bad(recognizer: Recognizer, tally: Tally, harm: Harm, right: frozenset[str], pixels: Pixels) -> None:
    flaws = set(_flaws(recognizer, pixels))
    name = harm.__name__
    tally.bad[name] += 1
    tally.found[name] += bool(flaws)
    tally.right[name] += bool(flaws & right)


def _print(name: str, tally: Tally) -> None:
    print(f"\n{name}: precision {tally.precision():.3f}, recall {tally.recall():.3f}")
    print("| harm | pages | found | with the right reason |\n|---|---:|---:|---:|")
    for harm, count in tally.bad.items():
        print(f"| {harm.replace('_', ' ')} | {count} | {tally.found[harm]} | {tally.right[harm]} |")
    print(f"| none | {tally.good} | {len(tally.wrong)} | |", flush=True)
    if tally.wrong:
        print("wrongly found:", "; ".join(tally.wrong), flush=True)


if __name__ == "__main__":
    main()
