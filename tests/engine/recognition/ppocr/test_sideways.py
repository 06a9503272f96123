import numpy as np
import pytest

from ocrdesk.engine.recognition.ppocr.orientation import EVIDENCE
from ocrdesk.engine.recognition.ppocr.sideways import BETTER, CLEAR, read_upwards
from ocrdesk.engine.recognition.read_line import ReadLine, ReadWord


def box(left, top, wide, high):
    right, bottom = left + wide, top + high
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


LYING, STANDING, SHORT = box(0, 0, 200, 20), box(300, 100, 20, 80), box(400, 100, 30, 28)


def line(text, clearness=1.0):
    return ReadLine(text, clearness, (ReadWord(text, clearness, 0.0, 1.0),), clearness)


def picture(shape, shade):
    """A line with a mark in its upper left corner."""
    crop = np.full((*shape, 3), shade, np.uint8)
    crop[0, 0] = 0
    return crop


class Again:
    """Gives one answer after the other to what it is asked, and remembers that."""

    def __init__(self, *answers):
        self._answers = list(answers)
        self.asked = []

    def __call__(self, crops):
        self.asked.append(list(crops))
        return self._answers.pop(0) if crops else []


def upwards(boxes, read, *answers):
    again = Again(*answers)
    shapes = {True: (20, 80), False: (28, 30)}
    crops = [picture(shapes[its is STANDING], 10 * number + 100) for number, its in enumerate(boxes)]
    turned, lines = read_upwards(again, np.array(boxes, np.float32).reshape(-1, 4, 2), crops, read)
    return again.asked, turned, lines


def test_lines_written_upwards_are_turned_and_read_again():
    asked, crops, lines = upwards([LYING, STANDING], [line("text"), line("uns", 0.5)], [line("Sun")])
    assert [its.text for its in lines] == ["text", "Sun"]
    assert [crop.shape for crop in asked[0]] == [(20, 80, 3)]
    assert (crops[1][-1, -1] == 0).all(), "it was turned to stand on its head"
    assert (crops[0][0, 0] == 0).all()
    assert lines[1].words == (), "words of standing lines are taken to follow each other downwards"
    assert lines[0].words


@pytest.mark.parametrize(
    ("boxes", "read"),
    [
        ([], []),
        ([LYING, SHORT], [line("text", 0.2), line("8", 0.2)]),
        ([LYING, STANDING], [line("text"), line("Sun", CLEAR)]),
        ([STANDING, STANDING], [line("Sun", 0.5), line("Rain")]),
    ],
)
def test_nothing_is_read_again_where_standing_lines_are_clear(boxes, read):
    asked, _, lines = upwards(boxes, read)
    assert asked == []
    assert lines == read


def test_all_standing_lines_go_the_way_that_most_of_them_go():
    read = [line("uns"), line("anur", 0.4), line("hcraM", 0.6)]
    _, _, lines = upwards([STANDING] * 3, read, [line("Sun", 0.99), line("January"), line("March")])
    assert [its.text for its in lines] == ["Sun", "January", "March"]


@pytest.mark.parametrize(
    ("read", "again"),
    [
        (line("abcd", 0.8), line("efgh", BETTER * 0.8 - 0.01)),
        (line("", 0.0), line("7", 1.0)),
        (line("", 0.0), line("77", EVIDENCE / 2 - 0.01)),
    ],
)
def test_what_is_not_much_clearer_stays(read, again):
    _, crops, lines = upwards([STANDING], [read], [again])
    assert lines == [read]
    assert (crops[0][0, 0] == 0).all()


def test_beside_lines_written_upwards_short_ones_are_tried_too():
    read = [line("uns", 0.4), line("8", 0.97), line("ab"), line("text")]
    asked, crops, lines = upwards([STANDING, SHORT, SHORT, LYING], read, [line("Sun")], [line("81"), line("q", 0.3)])
    assert [its.text for its in lines] == ["Sun", "81", "ab", "text"]
    assert [crop.shape for crop in asked[1]] == [(30, 28, 3)] * 2
    assert (crops[1][0, -1] == 0).all(), "turned clockwise"
    assert lines[2].words
