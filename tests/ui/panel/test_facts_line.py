"""The facts of a page in one line."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from ocrdesk.ui.kit.theme import token
from ocrdesk.ui.panel.facts_line import FactsLine

FACTS = ["4 to check", "35 lines", "22 corrected", "2 found no place"]


@pytest.fixture
def line(qtbot) -> FactsLine:
    line = FactsLine("facts")
    qtbot.addWidget(line)
    line.show_facts(FACTS, "amber", "took 2.5 s")
    return line


def resize_to(line: FactsLine, words: str) -> None:
    line.resize(line.fontMetrics().horizontalAdvance(words), line.sizeHint().height())
    line.grab()  # Qt lets a widget that is not shown know its size when it is drawn


def test_all_facts_are_seen_where_there_is_room(line):
    resize_to(line, " · ".join(FACTS))
    assert line.seen() == "4 to check · 35 lines · 22 corrected · 2 found no place"
    assert line.toolTip() == "took 2.5 s"


def test_those_without_room_are_left_to_the_tooltip_and_no_number_is_cut(line):
    high = line.sizeHint().height()
    resize_to(line, "4 to check · 35 lines · 22 corrected · …")
    assert line.seen() == "4 to check · 35 lines · 22 corrected · …"
    assert line.toolTip() == "4 to check · 35 lines · 22 corrected · 2 found no place\ntook 2.5 s"
    resize_to(line, "4 to check · 35 lines · 22")
    assert line.seen() == "4 to check · 35 lines · …"
    assert line.sizeHint().height() == high, "it is one line in every width"


def test_the_first_one_has_a_colour_if_it_needs_a_person(line):
    resize_to(line, " · ".join(FACTS))
    assert token("amber").name() in colours(line, line.fontMetrics().horizontalAdvance(FACTS[0]))
    line.show_facts(FACTS)
    assert token("amber").name() not in colours(line, line.width())


def colours(line: FactsLine, width: int) -> set[str]:
    picture: QImage = line.grab().toImage()
    return {picture.pixelColor(x, y).name() for x in range(width) for y in range(picture.height())}


def ink(line: FactsLine, colour) -> list[int]:
    """The columns in which a colour is seen."""
    picture = line.grab().toImage()
    near = lambda pixel: abs(pixel.hue() - colour.hue()) < 12 and pixel.saturation() > 90  # noqa: E731
    rows, columns = range(picture.height()), range(picture.width())
    return [x for x in columns if any(near(picture.pixelColor(x, y)) for y in rows)]


def test_from_right_to_left_the_first_fact_stands_at_the_right_and_beside_the_others(line):
    resize_to(line, " · ".join(FACTS) + " and room")
    left = ink(line, token("amber"))
    line.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    right = ink(line, token("amber"))
    assert max(left) < line.width() / 2 < min(right)
    begins = line.width() - line.fontMetrics().horizontalAdvance(FACTS[0])
    beside = line.grab().toImage().copy(0, 0, begins - 2, line.height())
    line.show_facts(FACTS[:1], "amber")
    alone = line.grab().toImage()
    assert ink(line, token("amber")) == right, "nothing lies over it"
    assert beside != alone.copy(0, 0, begins - 2, line.height()), "the others stand left of it"
