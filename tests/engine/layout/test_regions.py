import pytest
from fakes import line

from ocrdesk.engine.layout.regions import Region, lines_that_count

LINES = [line("head", 0, 0, 100, 10), line("left", 0, 50, 40, 10), line("right", 60, 50, 40, 10), line("foot", 0, 90)]
TOP, LEFT = Region(0, 0, 1, 0.2), Region(0, 0, 0.5, 1)


def counting(*regions, size=(100, 100)):
    return [its.text for its in lines_that_count(LINES, regions, *size)]


@pytest.mark.parametrize(
    ("regions", "texts"),
    [
        ([], ["head", "left", "right", "foot"]),
        ([TOP], ["left", "right", "foot"]),
        ([Region(0, 0, 1, 0.2, True)], ["head"]),
        ([Region(0, 0, 1, 0.2, True), Region(0, 0.8, 1, 1, True)], ["head", "foot"]),
        ([Region(0, 0, 0.5, 1, True), TOP], ["left", "foot"]),
        ([Region(0, 0, 0.45, 0.54)], ["head", "left", "right", "foot"]),
    ],
)
def test_a_line_counts_by_where_its_middle_lies(regions, texts):
    assert counting(*regions) == texts


def test_regions_are_fractions_of_the_page():
    assert counting(TOP, size=(100, 1000)) == []
    assert counting(Region(0.6, 0, 1, 1), size=(100, 100)) == ["head", "left", "foot"]
    assert counting(Region(0.6, 0, 1, 1), size=(1000, 100)) == ["head", "left", "right", "foot"]


def test_a_page_without_a_size_is_no_fault():
    assert counting(TOP, size=(0, 0)) == ["head", "left", "right", "foot"]
