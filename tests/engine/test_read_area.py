from dataclasses import replace

import pytest
from fakes import FakeRecognizer, line, quadrants

from ocrdesk.engine.document import Page, PageStatus, Reading
from ocrdesk.engine.layout.area import Area
from ocrdesk.engine.read_area import read_area
from ocrdesk.engine.recognition.pool import RecognizerPool


class Reader(FakeRecognizer):
    """Reads what it is told, and remembers what it saw."""

    def __init__(self, *lines, alone=("", 0.0)):
        super().__init__()
        self.lines, self.alone, self.seen = lines, alone, []

    def read(self, picture, turn=None):
        assert turn == 0
        self.seen.append(picture)
        return Reading(self.lines, picture.shape[1], picture.shape[0])

    def read_lines(self, crops):
        return [self.alone for _ in crops]


@pytest.fixture
def page(scans):
    path = scans / "page.png"
    quadrants(400, 200).save(path)
    return Page(1, 1, path, 0, path.name, PageStatus.DONE, width=400, height=200)


@pytest.fixture
def read(page, decoder):
    return lambda area, reader, page=page: read_area(page, area, decoder, RecognizerPool(lambda: reader))


def test_the_area_alone_is_read_and_lies_where_it_was_drawn(read):
    reader = Reader(line("Paid in full", left=5, top=4, width=60, height=20))
    found = read(Area(210, 110, 300, 140), reader)
    assert reader.seen[0].shape == (30, 90, 3)
    assert len({tuple(colour) for colour in reader.seen[0].reshape(-1, 3)}) == 1, "all of it is one quarter of the page"
    assert found.text == "Paid in full"
    assert found.polygon == ((210, 110), (300, 110), (300, 140), (210, 140))
    assert found.words[0].polygon[0] == (215, 114)


def test_it_is_the_upright_page_whatever_the_size_it_is_decoded_at(read, page):
    reader = Reader(line("x", left=0, top=0, width=10, height=10))
    turned = replace(page, turn=90, width=100, height=200)  # decoded, it is 200 × 400 or smaller
    found = read(Area(50, 100, 100, 150), reader, turned)
    assert found.polygon == ((50, 100), (100, 100), (100, 150), (50, 150))
    assert reader.seen[0].shape == (50, 50, 3)
    assert found.words[0].polygon[0] == (50, 100)


def test_several_rows_become_one_text(read):
    lines = [line(text, left=5, top=top, width=60, height=20) for text, top in (("second", 40), ("first", 5))]
    assert read(Area(0, 0, 200, 100), Reader(*lines)).text == "first second"


def test_where_no_line_is_found_the_area_is_read_as_one(read):
    assert read(Area(0, 0, 100, 30), Reader(alone=("No. 7", 0.8))).text == "No. 7"
    assert read(Area(0, 0, 100, 30), Reader(alone=("~|", 0.2))).text == ""


@pytest.mark.parametrize(("language", "keys"), [("ru", ["rus"]), ("zh", []), (None, [])])
def test_an_area_is_read_in_the_language_of_its_page(read, page, language, keys):
    reader = Reader(line("x", left=0, top=0, width=10, height=10))
    asked = []
    reader.as_wanted = lambda mode, languages: asked.append((mode, languages)) or reader
    read(Area(0, 0, 50, 50), reader, replace(page, language=language))
    assert asked == [(None, keys)]
