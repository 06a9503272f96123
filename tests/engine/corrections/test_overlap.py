import pytest
from fakes import polygon

from ocrdesk.engine.corrections.overlap import Sheet, area_of, common_area

SQUARE = polygon(0, 0, 10, 10)
DIAMOND = ((5, 0), (10, 5), (5, 10), (0, 5))


@pytest.mark.parametrize(
    ("other", "common"),
    [
        (SQUARE, 100),
        (polygon(5, 5, 10, 10), 25),
        (polygon(2, 3, 4, 5), 20),
        (polygon(-5, -5, 30, 30), 100),
        (polygon(10, 0, 10, 10), 0),
        (polygon(20, 20, 5, 5), 0),
        (DIAMOND, 50),
        (tuple(reversed(DIAMOND)), 50),
        (polygon(3, 3, 0, 0), 0),
    ],
)
def test_what_two_places_have_in_common(other, common):
    assert common_area(SQUARE, other) == pytest.approx(common)
    assert common_area(other, SQUARE) == pytest.approx(common)


def test_slanted_lines_one_under_the_other_have_little_in_common():
    """Though the upright rectangles around them are nearly the same."""
    upper, lower = (((0, top), (1000, top + 100), (1000, top + 120), (0, top + 20)) for top in (0, 22))
    assert common_area(upper, lower) == 0
    assert area_of(upper) == 20_000


UPRIGHT = Sheet(200, 100, 0)


@pytest.mark.parametrize(
    ("sheet", "place"),
    [
        (UPRIGHT, ((10, 20), (50, 20), (50, 30), (10, 30))),
        (Sheet(400, 200, 0), ((20, 40), (100, 40), (100, 60), (20, 60))),
        (Sheet(100, 200, 90), ((70, 10), (80, 10), (80, 50), (70, 50))),
        (Sheet(200, 100, 180), ((150, 70), (190, 70), (190, 80), (150, 80))),
        (Sheet(100, 200, 270), ((20, 150), (30, 150), (30, 190), (20, 190))),
    ],
)
def test_a_place_goes_with_the_page_as_it_is_turned_and_back(sheet, place):
    begin = ((10, 20), (50, 20), (50, 30), (10, 30))
    assert UPRIGHT.place_on(sheet, begin) == place
    assert sheet.place_on(UPRIGHT, place) == begin
