"""Tables whose cells are ruled: what stands between the same rules is in one cell, whatever else it looks like."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ocrdesk.engine.layout.boxes import Box, Frame, parted
from ocrdesk.engine.layout.grid import Cell as Place
from ocrdesk.engine.layout.grid import Grid
from ocrdesk.engine.layout.page_text import Cell, Table
from ocrdesk.engine.layout.rows import Row
from ocrdesk.engine.layout.table_rows import Found

MOST_OF_ALL = 0.6
"""A grid of which one cell has a larger share of the lines is a frame around text."""

APART, FEW = 1.0, 0.15
"""Not all columns are ruled if more than this share of the cells hold lines side by side that are this many line
heights apart."""

FEWEST_ALIKE, ALIKE = 3, 2 / 3
"""Where this many cells of a row, and this share of them, have as many lines as each other, it may be a group of rows;
and rules part groups of rows if this share of all lines in cells of several lines is in such ones. Cells of one row
whose texts have as many lines as each other have so by chance."""


@dataclass(slots=True)
class _Content:
    """What stands in a ruled cell: lines by the number of their row on the page."""

    place: Place
    rows: dict[int, list[Box]] = field(default_factory=dict)


def ruled_table(rows: Sequence[Row], grid: Grid, frame: Frame) -> Found | None:
    """The table in a ruled grid; None where the grid is none, or other text stands beside it.

    Args:
        rows: Of what is read without a jump, from the top.
        grid: Cells on the page.
        frame: How the page lies.
    """
    numbers = [number for number, row in enumerate(rows) if any(map(grid.holds, row))]
    if not numbers:
        return None
    first, end = numbers[0], numbers[-1] + 1
    filled = _filled(rows, range(first, end), grid, frame)
    columns = sorted({content.place.column for content in filled})
    held_rows = sorted({content.place.row for content in filled})
    if min(len(columns), len(held_rows)) < 2 or _is_frame(filled) or _lacks_rules(filled, frame):
        return None
    in_rows = [[content for content in filled if content.place.row == row] for row in held_rows]
    in_groups = _are_groups(in_rows)
    cells = (cells for contents in in_rows for cells in _rows_of(contents, columns, in_groups=in_groups))
    return Found(first, end, Table(tuple(cells)))


def _filled(rows: Sequence[Row], numbers: Iterable[int], grid: Grid, frame: Frame) -> list[_Content]:
    """The cells of a grid in which something stands; none where other text stands beside the grid."""
    contents = {place: _Content(place) for place in grid.cells}
    in_rows: list[list[Place]] = [[] for _ in grid.rows]
    for place in grid.cells:
        for row in range(place.row, place.row + place.rows):
            in_rows[row].append(place)

    def beside(box: Box) -> list[Place]:
        """The cells of the row in which a line stands; none where it stands above or below all."""
        return in_rows[bisect_right(grid.rows, box.middle) - 1] if box.middle >= grid.rows[0] else []

    for number in numbers:
        for piece in (piece for box in rows[number] for piece in _parted(box, beside(box), frame)):
            if (held := next((place for place in beside(piece) if place.holds(piece)), None)) is None:
                return []
            contents[held].rows.setdefault(number, []).append(piece)
    return [part for content in contents.values() if content.rows for part in _by_rows(content, grid)]


def _parted(box: Box, beside: Iterable[Place], frame: Frame) -> list[Box]:
    """A line cut where it was found as one over the rules between cells."""
    reach = frame.height / 2
    walls = sorted(place.left for place in beside if box.left + reach < place.left < box.right - reach)
    return parted(box, frame, walls) if walls else [box]


def _is_frame(filled: Sequence[_Content]) -> bool:
    counts = [len(content.rows) for content in filled]
    return max(counts) > MOST_OF_ALL * sum(counts)


def _by_rows(content: _Content, grid: Grid) -> list[_Content]:
    """A cell that spans rows, each of which has lines in it: a rule between was not seen."""
    place = content.place
    parts = [_Content(replace(place, row=row, rows=1)) for row in range(place.row, place.row + place.rows)]
    for number, boxes in content.rows.items():
        row = bisect_right(grid.rows, boxes[0].middle) - 1 - place.row
        parts[min(max(row, 0), place.rows - 1)].rows[number] = boxes
    return parts if all(part.rows for part in parts) else [content]


def _lacks_rules(filled: Sequence[_Content], frame: Frame) -> bool:
    """Whether cells hold lines far apart side by side: columns that are not ruled."""
    reach = APART * frame.height
    apart = sum(
        any(after.left - before.right > reach for row in content.rows.values() for before, after in pairwise(row))
        for content in filled
    )
    return apart > FEW * len(filled)


def _are_groups(in_rows: Sequence[Sequence[_Content]]) -> bool:
    """Whether rules part groups of rows, and not rows whose cells have several lines."""
    of_several = [contents for contents in in_rows if max(len(content.rows) for content in contents) > 1]
    lines = [sum(len(content.rows) for content in contents) for contents in of_several]
    in_groups = sum(its for its, contents in zip(lines, of_several, strict=True) if _may_be_group(contents))
    return in_groups >= ALIKE * sum(lines)


def _may_be_group(contents: Sequence[_Content]) -> bool:
    """Whether most cells between two rules have the same number of lines, which may be rows then."""
    (count, times), *_ = Counter(len(content.rows) for content in contents).most_common(1)
    return count > 1 and times >= max(FEWEST_ALIKE, ALIKE * len(contents))


def _rows_of(contents: Sequence[_Content], columns: Sequence[int], *, in_groups: bool) -> list[tuple[Cell, ...]]:
    """The rows between two rules: one, or a group of them."""
    numbers = sorted({number for content in contents for number in content.rows})
    if in_groups and _may_be_group(contents):
        return [_cells(contents, columns, [number]) for number in numbers]
    return [_cells(contents, columns, numbers)]


def _cells(contents: Sequence[_Content], columns: Sequence[int], numbers: Sequence[int]) -> tuple[Cell, ...]:
    """The cells of a row; columns in which nothing begins are no columns."""
    cells: list[Cell] = []
    for content in sorted(contents, key=lambda content: content.place.column):
        place = content.place
        cells += [Cell()] * (sum(column < place.column for column in columns) - sum(cell.columns for cell in cells))
        rows = tuple(tuple(box.line for box in content.rows[number]) for number in numbers if number in content.rows)
        wide = sum(place.column <= column < place.column + place.columns for column in columns)
        cells.append(Cell(rows, wide))
    return (*cells, *[Cell()] * (len(columns) - sum(cell.columns for cell in cells)))
