"""Cells of a table that were found as one line."""

import pytest
from drawn_pages import line

from ocrdesk.engine.layout.boxes import Box, frame_of
from ocrdesk.engine.layout.merged_cells import parted_cells

FRAME = frame_of([line("a", 0, 0, 50)])


def box(text: str, left: float, width: float) -> Box:
    return FRAME.box(line(text, left, 0, width))


COLUMNS = [[box("354", 0, 20)] * 3, [box("A view", 60, 80)] * 3]


def parts(text: str, left: float, width: float) -> list[str]:
    return [piece.line.text for piece in parted_cells(box(text, left, width), COLUMNS, FRAME)]


def test_a_line_is_parted_where_its_white_is_widest():
    assert parts("354       A view of it", 0, 130) == ["354", "A view of it"]


@pytest.mark.parametrize(
    ("text", "left", "width"),
    [("354 A view of it", 0, 130), ("A       heading", 30, 100), ("354      Aview", 25, 100), ("354", 0, 100)],
    ids=["even white", "in no column", "one cell in its column", "one word"],
)
def test_what_does_not_look_like_cells_of_the_columns_is_whole(text, left, width):
    assert parts(text, left, width) == [text]
