import numpy as np
import pytest
from test_uncovered_ink import NONE, box, near, paper, write

from ocrdesk.engine.recognition.ink import ink_of
from ocrdesk.engine.recognition.ppocr.lines import bounds_of
from ocrdesk.engine.recognition.ppocr.second_look import AT_ONCE, CLEAR, CLEAR_ALONE, look_again
from ocrdesk.engine.recognition.read_line import ReadLine

LETTERS = "abcdefghijkl"


class Reader:
    """Reads what it is told, and keeps the pictures of lines that it was given."""

    def __init__(self, *texts, clearness=0.95):
        self.texts = list(texts)
        self.clearness = clearness
        self.crops = []

    def __call__(self, crops):
        self.crops += crops
        return [line(self.texts[len(self.crops) % len(self.texts) - 1], self.clearness) for _ in crops]


def line(text, clearness=0.95):
    return ReadLine(text, 0.9, (), clearness)


def look(page, reader, boxes=NONE, lines=()):
    found, read = look_again(page, ink_of(page), np.array(boxes, np.float32).reshape(-1, 4, 2), lines, reader)
    return bounds_of(found).tolist(), [its.text for its in read]


def test_a_line_that_was_not_found_is_read_and_added():
    page = paper()
    first, second = (write(page, 40, top, high=20) for top in (300, 400))
    places, texts = look(page, Reader(LETTERS), [box(*first, by=4)], [line("known")])
    assert texts == ["known", LETTERS]
    assert places[0] == near((first[0] - 4, first[1] - 4, first[2] + 4, first[3] + 4), 1)
    assert places[1] == near(second, 12)


def test_where_lines_cover_all_ink_nothing_is_read_again():
    page = paper()
    place = write(page, 40, 300)
    reader = Reader(LETTERS)
    assert look(page, reader, [box(*place, by=3)], [line("known")])[1] == ["known"]
    assert reader.crops == []


def test_light_letters_are_read_dark_on_light():
    page = paper()
    page[250:350] = 0
    write(page, 40, 300, ink=255)
    reader = Reader(LETTERS)
    assert look(page, reader)[1] == [LETTERS]
    assert np.median(reader.crops[0]) == 255


@pytest.mark.parametrize(("clearness", "texts"), [(CLEAR - 0.01, []), (CLEAR, [LETTERS])])
def test_what_is_not_clear_is_no_text(clearness, texts):
    page = paper()
    write(page, 40, 300)
    assert look(page, Reader(LETTERS, clearness=clearness))[1] == texts


@pytest.mark.parametrize("text", ["", "a", "- . -"])
def test_far_fewer_letters_than_the_row_has_are_a_pattern(text):
    page = paper()
    write(page, 40, 300)
    assert look(page, Reader(text))[1] == []


@pytest.mark.parametrize(("text", "is_kept"), [("ab", False), ("abc", True), ("附件", True)])
def test_beside_other_lines_two_letters_are_too_few_but_not_two_characters(text, is_kept):
    page = paper()
    first, _ = write(page, 40, 300), write(page, 40, 400, count=4)
    assert look(page, Reader(text), [box(*first, by=3)], [line("known")])[1] == ["known", *([text] if is_kept else [])]


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("text", ["47", "7", "五"])
def test_a_number_alone_on_a_page_is_read(text, count):
    page = paper()
    write(page, 400, 800, count=count)
    assert look(page, Reader(text, clearness=CLEAR_ALONE))[1] == [text]


@pytest.mark.parametrize(("text", "clearness"), [("7", CLEAR_ALONE - 0.01), ("C", 1.0), ("0", 1.0)])
def test_one_letter_that_is_unclear_or_looks_like_dirt_is_no_number(text, clearness):
    page = paper()
    write(page, 400, 800, count=1)
    assert look(page, Reader(text, clearness=clearness))[1] == []


def test_dashes_beside_a_number_alone_belong_to_it():
    page = paper()
    page[800:824, 400:414] = 0
    page[803:821, 403:411] = 255
    page[811:814, 366:390] = page[811:814, 424:448] = 0
    places, texts = look(page, Reader("- 9 -", clearness=CLEAR_ALONE))
    assert texts == ["- 9 -"]
    assert places[0][0] <= 366 and places[0][2] >= 448


def test_a_row_of_wide_spots_is_read_only_where_nothing_else_is():
    page = paper()
    place = write(page, 40, 300)
    for left in range(40, 400, 60):
        page[400:412, left : left + 40 : 2] = page[405, left : left + 40] = 0
    assert look(page, reader := Reader(LETTERS), [box(*place, by=3)], [line("known")])[1] == ["known"]
    assert reader.crops == []
    page[300:320] = 255
    assert look(page, Reader(LETTERS))[1] == [LETTERS]


def test_a_page_whose_rows_are_no_text_is_given_up():
    page = paper()
    for top in range(100, 800, 40):
        write(page, 40, top)
    reader = Reader("")
    assert look(page, reader)[1] == []
    assert len(reader.crops) == AT_ONCE


def test_all_rows_are_read_as_long_as_they_are_text():
    page = paper()
    for top in range(100, 800, 40):
        write(page, 40, top)
    assert look(page, Reader(LETTERS))[1] == [LETTERS] * len(range(100, 800, 40))


# Huge letters


def headline(page):
    left, top, right, bottom = write(page, 40, 100, count=4, high=200)
    middle = (left + right) // 2
    return (left, top, right, bottom), [box(left, top, middle + 60, bottom), box(middle - 60, top, right, bottom)]


def test_pieces_of_a_headline_become_one_line():
    page = paper()
    place, pieces = headline(page)
    places, texts = look(page, Reader("SALE"), pieces, [line("SAL"), line("ALE")])
    assert texts == ["SALE"]
    assert places == [near(place, 90)]


def test_a_box_that_took_in_more_than_the_headline_is_replaced():
    page = paper()
    (left, top, right, bottom), _ = headline(page)
    assert look(page, Reader("SALE"), [box(0, 0, 899, 899)], [line("S")])[1] == ["SALE"]
    assert look(page, reader := Reader("SALE"), [box(left, top, right, bottom, by=9)], [line("known")])[1] == ["known"]
    assert reader.crops == []


def test_huge_spots_with_lines_in_them_are_no_headline():
    page = paper()
    _, pieces = headline(page)
    small = [box(60, top, 400, top + 20) for top in (130, 180, 230)]
    assert len(look(page, reader := Reader("SALE"), [*pieces, *small], [line("known")] * 5)[1]) == 5
    assert reader.crops == []


@pytest.mark.parametrize(("text", "clearness"), [("S", 0.95), ("SALE", CLEAR - 0.01)])
def test_pieces_stay_where_the_whole_is_read_worse(text, clearness):
    page = paper()
    _, pieces = headline(page)
    assert look(page, Reader(text, clearness=clearness), pieces, [line("SAL"), line("ALE")])[1] == ["SAL", "ALE"]
