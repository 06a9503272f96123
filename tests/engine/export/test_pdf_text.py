"""The operators of the text layer; whole documents are in ``test_pdf_export``."""

import re
from math import atan2, degrees, hypot

import numpy as np
import pytest
from fakes import polygon

from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.export.pdf_font import ADVANCE, BELOW
from ocrdesk.engine.export.pdf_text import FONT_NAME, text_layer

HALF_SIZE = np.array([[0.5, 0, 0], [0, -0.5, 0], [0, 400, 1]])
"""From pixels to points, two pixels each, on a page 400 points high."""

WORD = re.compile(r"(\S+) (\S+) (\S+) (\S+) (\S+) (\S+) Tm (\S+) Tz <(\w+)> Tj")


class Letters:
    """Stands where the font is: codes are the letters' own."""

    def coded(self, text):
        return text.encode("utf-16-be").hex()


def layer(*lines):
    return text_layer(lines, HALF_SIZE, Letters()).decode()


def words_in(operators):
    """Text, left, baseline, width and direction in degrees of each word."""
    size = float(re.search(rf"{FONT_NAME} (\S+) Tf", operators)[1])
    for x, y, _, _, left, bottom, stretch, coded in WORD.findall(operators):
        text = bytes.fromhex(coded).decode("utf-16-be")
        width = len(text) * ADVANCE * size * float(stretch) / 100
        yield text, float(left), float(bottom), width, degrees(atan2(float(y), float(x)))


def test_each_word_is_stretched_over_its_place():
    words = Word("two", 0.9, polygon(100, 200, 60, 40)), Word("words", 0.9, polygon(180, 200, 120, 40))
    operators = layer(Line("two words", 0.9, polygon(100, 200, 200, 40), words))
    first, second = words_in(operators)
    base = 400 - 240 / 2 + BELOW * 20
    assert first == pytest.approx(("two", 50, base, 30, 0), abs=0.02)
    assert second == pytest.approx(("words", 90, base, 60, 0), abs=0.02)
    assert f"{FONT_NAME} 20.00 Tf" in operators
    assert operators.count("<0020> Tj") == 1


def test_text_is_not_seen_and_leaves_the_page_as_it_was():
    operators = layer(Line("text", 0.9, polygon(0, 0, 100, 20)))
    assert "BT 3 Tr" in operators
    assert operators.startswith("q\n")
    assert operators.endswith("Q\n")


def test_a_line_whose_words_were_not_measured_is_put_down_whole():
    (word,) = words_in(layer(Line("two  words", 0.9, polygon(0, 0, 200, 40))))
    assert word == pytest.approx(("two words", 0, 384, 100, 0), abs=0.02)


def test_what_is_written_without_white_touches():
    words = Word("发", 0.9, polygon(0, 0, 30, 40)), Word("票", 0.9, polygon(50, 0, 40, 40))
    operators = layer(Line("发票", 0.9, polygon(0, 0, 90, 40), words))
    first, second = words_in(operators)
    assert first[1] + first[3] == pytest.approx(second[1], abs=0.02)
    assert "<0020>" not in operators


def test_a_slanted_line_is_slanted():
    corners = ((0.0, 100.0), (200.0, 80.0), (204.0, 120.0), (4.0, 140.0))
    ((_, _, _, width, direction),) = words_in(layer(Line("text", 0.9, corners)))
    assert direction == pytest.approx(degrees(atan2(10, 100)), abs=0.01)
    assert width == pytest.approx(hypot(100, 10), abs=0.05)


def test_a_standing_line_runs_downwards():
    ((_, _, _, width, direction),) = words_in(layer(Line("text", 0.9, polygon(100, 100, 40, 200))))
    assert direction == pytest.approx(-90)
    assert width == pytest.approx(100, abs=0.05)


@pytest.mark.parametrize("line", [Line("", 0.9, polygon(0, 0, 9, 9)), Line("text", 0.9, polygon(5, 5, 0, 0))])
def test_lines_that_have_no_text_or_no_size_break_nothing(line):
    assert layer(line).endswith("ET\nQ\n")


def test_control_characters_are_left_out():
    (word,) = words_in(layer(Line("te\x07xt", 0.9, polygon(0, 0, 200, 40))))
    assert word[0] == "text"
