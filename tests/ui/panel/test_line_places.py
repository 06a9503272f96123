from fakes import line
from PySide6.QtCore import QPointF

from ocrdesk.engine.document import Correction
from ocrdesk.ui.panel.line_places import contains, line_above, removed_at

LEFT, RIGHT, BELOW = (
    line("left", left=0, top=10, width=100, height=20),
    line("right", left=200, top=60, width=100, height=20),
    line("below", left=0, top=100, width=100, height=20),
)


def test_a_line_that_is_added_comes_below_the_one_above_it_in_its_column():
    at = {name: line("", left=left, top=top, width=50, height=20).polygon for name, left, top in
          (("top", 0, 0), ("middle", 0, 70), ("end", 0, 130), ("aside", 120, 90))}  # fmt: skip
    lines = (LEFT, RIGHT, BELOW)
    assert line_above(at["top"], ()) is None
    assert line_above(at["top"], lines) is None
    assert line_above(at["middle"], lines) == 0
    assert line_above(at["end"], lines) == 2
    assert line_above(at["aside"], lines) == 1


def test_only_a_line_that_was_removed_is_put_back_from_its_place():
    gone = Correction(LEFT.polygon, None, (0,), "left")
    changed, lost = Correction(BELOW.polygon, "under", (2,), "below"), Correction(RIGHT.polygon, None, (), "right")
    corrections = (gone, changed, lost)
    assert removed_at(corrections, QPointF(50, 20)) is gone
    assert removed_at(corrections, QPointF(50, 110)) is None
    assert removed_at(corrections, QPointF(250, 70)) is None
    assert contains(LEFT.polygon, QPointF(0, 10))
