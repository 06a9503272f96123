import math
from dataclasses import replace

import pytest
from drawn_pages import line, standing

from ocrdesk.engine.layout.boxes import frame_of, joined, parted


def turned(line, degrees):
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return replace(line, polygon=tuple((x * cos - y * sin, x * sin + y * cos) for x, y in line.polygon))


@pytest.mark.parametrize("degrees", [-10, -3, 1, 3, 10])
def test_a_page_laid_askew_is_seen_straight(degrees):
    lines = [line("some words", 40, 30 * number, 300) for number in range(5)]
    frame = frame_of([turned(its, degrees) for its in lines])
    boxes = [frame.box(turned(its, degrees)) for its in lines]
    assert frame.height == pytest.approx(10, rel=0.01)
    assert [box.height for box in boxes] == pytest.approx([10] * 5, rel=0.05)
    assert [box.left for box in boxes] == pytest.approx([boxes[0].left] * 5, abs=0.5)


def test_a_slope_too_small_or_too_steep_is_none():
    assert frame_of([turned(line("words", 0, 0, 100), 0.2)]).fall.slope == 0
    assert frame_of([turned(line("words", 0, 0, 100), 30)]).fall.slope == 0


def leaning(line, degrees):
    """A line whose own box is turned about its middle."""
    x = sum(x for x, _ in line.polygon) / 4
    y = sum(y for _, y in line.polygon) / 4
    moved = replace(line, polygon=tuple((px - x, py - y) for px, py in line.polygon))
    return replace(line, polygon=tuple((px + x, py + y) for px, py in turned(moved, degrees).polygon))


@pytest.mark.parametrize("degrees", [-1.5, -0.5, 0, 0.3, 1])
def test_single_words_far_apart_lie_in_their_rows_however_their_own_boxes_lean(degrees):
    lines = [
        turned(leaning(line(f"word{place}", 150 * place, 30 * row, 45), 1 + place % 3), degrees)
        for row in range(2)
        for place in range(8)
    ]
    frame = frame_of(lines)
    middles = [frame.box(one).middle for one in lines]
    assert max(middles[:8]) - min(middles[:8]) < 5
    assert max(middles[8:]) - min(middles[8:]) < 5


def test_lines_that_gather_in_rows_at_no_slope_keep_that_of_their_own():
    lines = [
        turned(line("some words", 200 * column, 15 * row + 4 * column * column, 180), 2)
        for column in range(7)
        for row in range(20)
    ]
    assert frame_of(lines).fall.slope == pytest.approx(math.tan(math.radians(2)), rel=0.01)


def test_a_page_whose_lines_stand_is_written_downwards():
    lines = [standing("一二三四五", 100, 0, 100), standing("六七", 80, 0, 40), line("Title", 0, 0, 50)]
    frame = frame_of(lines)
    assert frame.is_downwards
    first, second = frame.box(lines[0]), frame.box(lines[1])
    assert first.top < second.top, "the right one comes first"
    assert (first.left, first.right, first.height) == (0, 100, 10)
    assert not frame_of([lines[1], line("a long line", 0, 0, 100)]).is_downwards


def test_a_line_is_parted_between_words():
    whole = line("one two three four", 0, 0, 180)
    frame = frame_of([whole])
    left, middle, right = parted(frame.box(whole), frame, [75, 135])
    assert [box.line.text for box in (left, middle, right)] == ["one two", "three", "four"]
    assert [[word.text for word in box.line.words] for box in (left, middle, right)] == [
        ["one", "two"], ["three"], ["four"],
    ]  # fmt: skip
    assert [(box.left, box.right) for box in (left, middle, right)] == [
        pytest.approx((0, 70)), pytest.approx((80, 130)), pytest.approx((140, 180)),
    ]  # fmt: skip


def test_a_line_is_parted_where_the_same_word_stands_twice():
    whole = line("la la la land", 0, 0, 130)
    frame = frame_of([whole])
    left, right = parted(frame.box(whole), frame, [85])
    assert [left.line.text, right.line.text] == ["la la la", "land"]
    left, right = parted(frame.box(whole), frame, [25])
    assert [left.line.text, right.line.text] == ["la", "la la land"]


def test_a_line_is_parted_before_a_word_that_stands_within_another():
    whole = line("montes nascetur mus a turpis", 0, 0, 280)
    frame = frame_of([whole])
    left, right = parted(frame.box(whole), frame, [195])
    assert [left.line.text, right.line.text] == ["montes nascetur mus", "a turpis"]


@pytest.mark.parametrize("place", [-5, 5, 500])
def test_a_line_is_not_parted_before_its_first_word_or_behind_its_last(place):
    whole = line("one two", 10, 0, 70)
    frame = frame_of([whole])
    assert parted(frame.box(whole), frame, [place]) == [frame.box(whole)]


def test_a_line_without_words_stays_whole():
    whole = replace(line("one two", 0, 0, 70), words=())
    frame = frame_of([whole])
    assert parted(frame.box(whole), frame, [35]) == [frame.box(whole)]


def test_a_standing_line_is_parted_too():
    whole = standing("一二三四", 50, 0, 80)
    frame = frame_of([whole])
    above, below = parted(frame.box(whole), frame, [40])
    assert [above.line.text, below.line.text] == ["一二", "三四"]
    assert above.line.polygon == ((50, 0), (60, 0), (60, 40), (50, 40))
    assert below.line.polygon == ((50, 40), (60, 40), (60, 80), (50, 80))


def test_pieces_are_joined():
    first, second = line("some", 0, 0, 40), replace(line("words", 45, 1, 50), confidence=0.4)
    frame = frame_of([first, second])
    whole = joined([frame.box(first), frame.box(second)], frame)
    assert whole.line.text == "some words"
    assert whole.line.confidence == 0.4
    assert whole.line.polygon == ((0, 0), (95, 1), (95, 11), (0, 10))
    assert [word.text for word in whole.line.words] == ["some", "words"]
    assert (whole.left, whole.top, whole.right, whole.bottom) == (0, 0, 95, 11)


def test_words_of_a_joined_line_are_known_only_if_all_were_measured():
    first, second = line("some", 0, 0, 40), replace(line("words", 45, 1, 50), words=())
    frame = frame_of([first, second])
    assert joined([frame.box(first), frame.box(second)], frame).line.words == ()


def test_pieces_of_a_stored_line_have_its_number_and_a_line_of_pieces_has_theirs():
    first = replace(line("one", 0, 0, 30), numbers=(4,))
    whole = replace(line("two three", 40, 0, 90), numbers=(7,))
    frame = frame_of([first, whole])
    pieces = parted(frame.box(whole), frame, [76])
    assert [piece.line.numbers for piece in pieces] == [(7,), (7,)]
    assert joined([frame.box(first), *pieces], frame).line.numbers == (4, 7)
