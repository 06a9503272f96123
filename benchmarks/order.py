"""Measures how long putting the lines of a page in order takes, in milliseconds of CPU time.

    python benchmarks/order.py [--times 50]

The pages are made up: 300 lines of prose in one, two and three columns, and tables of 350 and of 2,000 cells, ruled and
not. The least of all times is that of a machine with nothing else to do, the median that of one at work.
"""

import argparse
import random
import time
from collections.abc import Sequence
from statistics import median

from ocrdesk.engine.document import Line, Rule, Word
from ocrdesk.engine.geometry import slices_of
from ocrdesk.engine.layout.arrangement import arrange

HIGH, PITCH, WIDE, GUTTER = 20, 28, 400, 40
"""Pixels."""

LINES = 300
CELLS = (120, 60, 80, 60, 50, 40, 40)

RULED = ((35, 10), (100, 20))
"""Rows and columns of tables measured with their rules and without."""

CELLS_A_TIME = 350
"""A table of more cells is measured fewer times."""


def main() -> None:
    """Arranges each page many times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=50)
    times = parser.parse_args().times
    for columns in (1, 2, 3):
        lines = [
            _line("the boats that had come in at night", (WIDE + GUTTER) * (number % columns), number // columns, WIDE)
            for number in range(LINES)
        ]
        _measure(f"{LINES} lines of prose, {columns} columns", lines, times)
    table = [
        _line("word", GUTTER * number + sum(CELLS[:number]), row, wide)
        for row in range(50)
        for number, wide in enumerate(CELLS)
    ]
    _measure(f"a table of {len(table)} cells", table, times)
    for rows, columns in RULED:
        cells, rules = _ruled(rows, columns)
        fewer = max(1, times * CELLS_A_TIME // len(cells))
        _measure(f"a ruled table of {len(cells)} cells", cells, fewer, rules)
        _measure("the same without its rules", cells, fewer)


def _ruled(rows: int, columns: int) -> tuple[list[Line], list[Rule]]:
    """A table with rules around each of its cells."""
    wide, low = 3 * GUTTER, PITCH * rows - (PITCH - HIGH) / 2
    cells = [_line("word", wide * column, row, wide - GUTTER / 2) for row in range(rows) for column in range(columns)]
    lying = [low - PITCH * row for row in range(rows + 1)]
    standing = [wide * column - GUTTER / 4 for column in range(columns + 1)]
    rules = [Rule((standing[0], place), (standing[-1], place)) for place in lying]
    return cells, rules + [Rule((place, lying[-1]), (place, lying[0])) for place in standing]


def _measure(what: str, lines: list[Line], times: int, rules: Sequence[Rule] = ()) -> None:
    random.Random(1).shuffle(lines)
    taken = []
    for _ in range(times):
        begun = time.process_time()
        arrange(lines, rules=rules)
        taken.append(1000 * (time.process_time() - begun))
    print(f"{what}: {min(taken):.1f} ms, median {median(taken):.1f}")


def _line(text: str, left: float, row: int, wide: float) -> Line:
    top = PITCH * row
    polygon = ((left, top), (left + wide, top), (left + wide, top + HIGH), (left, top + HIGH))
    words = text.split()
    places = slices_of(polygon, [(number / len(words), (number + 0.9) / len(words)) for number in range(len(words))])
    return Line(text, 0.9, polygon, tuple(Word(word, 0.9, place) for word, place in zip(words, places, strict=True)))


if __name__ == "__main__":
    main()
