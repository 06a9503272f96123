"""Rows put together to paragraphs: by white between them, indents, short last lines, and the size of their letters."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median

from ocrdesk.engine.direction import runs_left
from ocrdesk.engine.layout.boxes import Box, Frame
from ocrdesk.engine.layout.page_text import Paragraph, Table
from ocrdesk.engine.layout.table_rows import Found

FARTHER = 1.35
"""A row begins a paragraph if the distance to the row above is this many times the usual one."""

FEW_PAIRS = 5
"""Of fewer pairs of rows it cannot be said how far apart they usually stand."""

INDENT = 0.45
"""A line that is indented by this many line heights begins a paragraph."""

SHORT = 0.2
"""A line that leaves this share of the width of its part empty is short."""

OTHER_SIZE = 1.5
"""Lines whose heights differ by this factor belong to different paragraphs; less may be due to how they were found."""

WIDE, SHORT_OF = 8.0, 0.25
"""Lines of prose are at least this many line heights wide; the second number is how much shorter, as a share of the
width, a line may be than its neighbour."""

FEWEST, MOSTLY = 2, 0.8
"""Of more lines than a few, not more than this begin with a capital: else they are verse, addresses or a list."""

SENTENCE_ENDS = tuple(".!?:;…。！？：»”\"')؟؛۔״")

Row = list[Box]


def paragraphs_of(part: Sequence[Row], frame: Frame, tables: Sequence[Found] = ()) -> list[Paragraph | Table]:
    """Parts what is read without a jump into paragraphs; what is no table is parted as if there were none.

    Args:
        part: Its rows, from the top.
        frame: How the page lies for somebody who reads the part.
        tables: Those among the rows, from the top.
    """
    height = frame.height
    groups: list[list[Row]] = []
    pitch = _pitch(part, height)
    prose = _prose_pitch(part, pitch, height)
    left, right = min(row[0].left for row in part), max(row[-1].right for row in part)
    is_against = _against(part, frame)
    seen = [_in_mirror(row, left + right) if its else row for row, its in zip(part, is_against, strict=True)]
    for number, row in enumerate(seen):
        after = seen[number + 1] if number + 1 < len(seen) else None
        turns = number > 0 and is_against[number] != is_against[number - 1]
        usual = prose if len(row) == 1 and groups and len(groups[-1][-1]) == 1 else pitch
        if not groups or turns or _begins(groups[-1], row, after, usual, (left, right), height):
            groups.append([row])
        else:
            groups[-1].append(row)
    blocks: list[Paragraph | Table] = []
    table_at = {number: found for found in tables for number in range(found.first, found.end)}
    place = 0
    for rows in groups:
        is_prose = _is_prose(rows, height)
        way = frame.is_leftwards != is_against[place]
        for found, numbers in groupby(range(place, place + len(rows)), table_at.get):
            some = [part[number] for number in numbers]
            if found is None:
                blocks.append(paragraph_of(some, is_prose=is_prose, page_runs_left=way))
            elif not blocks or blocks[-1] is not found.table:
                blocks.append(found.table)
        place += len(rows)
    return blocks


def paragraph_of(rows: Sequence[Row], *, is_prose: bool, page_runs_left: bool) -> Paragraph:
    """Rows as a paragraph.

    Args:
        rows: From the top.
        is_prose: Whether they go on from one to the next.
        page_runs_left: Whether what is around them is written from right to left. What stands side by side is read in
            the direction of its page, whatever its letters are.
    """
    lines = tuple(tuple(box.line for box in row) for row in rows)
    is_side_by_side = any(len(row) > 1 for row in rows)
    text = "".join(line.text for row in lines for line in row)
    return Paragraph(lines, is_prose, page_runs_left if is_side_by_side else runs_left(text, page_runs_left))


def _against(part: Sequence[Row], frame: Frame) -> list[bool]:
    """Which rows are of text that runs against the direction of its page, as an abstract in another language does.

    A single row of that kind, as a title or an address, stands as those around it do; and so does one with letters of
    both kinds, unless it is beside one that has those of the other kind alone.
    """
    if not frame.has_leftward:
        return [False] * len(part)
    texts = [row[0].line.text if len(row) == 1 else "" for row in part]  # what stands side by side are no sentences
    way = frame.is_leftwards
    mostly = [any(map(str.isalpha, text)) and runs_left(text) != way for text in texts]
    wholly = [its and runs_left(text, way) != way for its, text in zip(mostly, texts, strict=True)]
    return [
        its
        and any(mostly[beside] for beside in (number - 1, number + 1) if 0 <= beside < len(part))
        and any(wholly[max(0, number - 1) : number + 2])
        for number, its in enumerate(mostly)
    ]


def _in_mirror(row: Row, edges: float) -> Row:
    """A row as it looks from the other side; ``edges`` is the sum of both of its part."""
    return [replace(box, left=edges - box.right, right=edges - box.left) for box in reversed(row)]


def continued(blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Puts paragraphs together that a new column broke."""
    whole: list[Paragraph | Table] = []
    for block in blocks:
        before = whole[-1] if whole else None
        if isinstance(before, Paragraph) and isinstance(block, Paragraph) and _is_broken(before, block):
            whole[-1] = replace(before, rows=before.rows + block.rows)
        else:
            whole.append(block)
    return whole


def _is_broken(before: Paragraph, after: Paragraph) -> bool:
    """Whether a paragraph goes on in another."""
    goes_on = before.is_prose and not before.rows[-1][-1].text.endswith(SENTENCE_ENDS)
    return goes_on and after.is_prose and after.rows[0][0].text[:1].islower()


def _pitch(part: Sequence[Row], height: float) -> float:
    distances = [lower[0].middle - upper[0].middle for upper, lower in pairwise(part)]
    return max(height / 2, median(distances)) if distances else height


def _prose_pitch(part: Sequence[Row], pitch: float, height: float) -> float:
    """How far apart lines within a paragraph are, which the rows of tables and forms among them do not tell.

    It is what a quarter of the distances between single lines is below: of short paragraphs, as in a letter, most
    lines are followed by white, but the white differs and the distance of the lines does not.
    """
    pairs = [(upper, lower) for upper, lower in pairwise(part) if len(upper) == len(lower) == 1]
    if len(pairs) < FEW_PAIRS:
        return pitch
    distances = sorted(lower[0].middle - upper[0].middle for upper, lower in pairs)
    return min(pitch, max(height / 2, distances[len(distances) // 4]))


def _begins(
    before: list[Row], row: Row, after: Row | None, pitch: float, edges: tuple[float, float], height: float
) -> bool:
    """Whether a row begins a paragraph, after the rows of the one before."""
    last = before[-1]
    if row[0].middle - last[0].middle > FARTHER * pitch:
        return True
    heights = row[0].height, last[0].height
    if max(heights) > OTHER_SIZE * min(heights):
        return True
    width = edges[1] - edges[0]
    if len(row) > 1 or len(last) > 1:
        if (len(row) > 1) == (len(last) > 1):
            return False
        prose = before[-2:] if len(row) > 1 else [row] if after is None else [row, after]
        return len(prose) > 1 and all(_fills(its, edges[1], width) for its in prose)
    farther_in = row[0].left - last[0].left
    if farther_in > INDENT * height and (after is None or after[0].left < row[0].left - INDENT * height):
        return True
    if farther_in < -INDENT * height and len(before) > 1:
        return True
    is_short = last[-1].right < edges[1] - max(SHORT * width, 3 * height)
    return is_short and last[-1].line.text.endswith(SENTENCE_ENDS) and not row[0].line.text[:1].islower()


def _fills(row: Row, right: float, width: float) -> bool:
    return len(row) == 1 and row[0].width > 0.7 * width and row[0].right > right - SHORT * width


def _is_prose(rows: list[Row], height: float) -> bool:
    """Whether lines go on from one to the next: wide ones that reach as far as their neighbours; few begin large."""
    if any(len(row) > 1 for row in rows):
        return False
    if len(rows) == 1:
        return True
    boxes = [row[0] for row in rows]
    capitals = sum(box.line.text[:1].isupper() for box in boxes[1:])
    if len(boxes) > FEWEST and capitals > MOSTLY * (len(boxes) - 1):
        return False
    slack = SHORT_OF * max(box.width for box in boxes)
    reaches = all(
        box.right > min(boxes[number - 1].right if number else box.right, boxes[number + 1].right) - slack
        and (number or box.right > boxes[1].right - slack)
        for number, box in enumerate(boxes[:-1])
    )
    return reaches and max(box.width for box in boxes) >= WIDE * height
