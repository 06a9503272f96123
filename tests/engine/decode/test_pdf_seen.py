"""What a person sees on a page of a PDF is what is read of it: nothing more, and nothing less."""

from contextlib import closing

import pytest
from decoding import RED
from fakes import load_page
from hand_made import form, hand_made, picture, stream, words
from pdfs import text_pdf

from ocrdesk.engine.decode import pdf
from ocrdesk.engine.decode.files import open_file

SENTENCE = "A sentence of a letter, long enough to be trusted"
STAMP = "Scanned with a program that says so on every page"
FIELD = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(b)/F 4/Rect[50 300 350 330]/P 5 0 R/AP<</N 8 0 R>>>>"
NOTE = b"<</Type/Annot/Subtype/FreeText/Contents(b)/F 4/Rect[50 300 350 330]/AP<</N 8 0 R>>>>"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "letter.pdf"


def texts(path):
    """The lines of the text that the page has itself, or None."""
    with closing(open_file(path)) as file:
        own = file.own_text(0)
    return None if own is None else [line.text for line in own.reading.lines]


# Filled in and noted down


@pytest.mark.parametrize("added", [FIELD, NOTE], ids=["a form that was filled in", "a note"])
def test_what_was_added_to_a_page_is_drawn(path, added):
    look = form(b"1 0 0 rg 0 0 300 30 re f", b"0 0 300 30")
    hand_made(path, b"", added, look, entries=b"/Annots[7 0 R]")
    assert tuple(load_page(path).pixels[3509 - 1300, 500]) == RED


@pytest.mark.parametrize("added", [FIELD, NOTE], ids=["a form that was filled in", "a note"])
def test_what_was_added_to_a_page_is_not_lost_for_the_text_below_it(path, added):
    """Either it is among the page's own text, or the page is read from its picture."""
    look = form(words("Filled in by hand", 2, 8), b"0 0 300 30")
    hand_made(path, words(SENTENCE, 50, 700), added, look, entries=b"/Annots[7 0 R]")
    own = texts(path)
    assert own is None or own == [SENTENCE, "Filled in by hand"]


# Scans


@pytest.mark.parametrize(
    ("scan", "more"),
    [
        (picture(0, 0, 595, 842), ()),
        (b"q 0 842 -595 0 595 0 cm /P Do Q ", ()),
        (b"q 595 0 0 842 0 0 cm BI/W 1/H 1/CS/G/BPC 8 ID \xb0 EI Q ", ()),
        (b"".join(picture(0, 84.2 * number, 595, 84.2) for number in range(10)), ()),
        (b"q 595 0 0 842 0 0 cm /X Do Q ", (form(picture(0, 0, 1, 1), b"0 0 1 1"),)),
    ],
    ids=["upright", "turned", "within the content", "in strips", "as part of a form"],
)
def test_a_stamp_on_a_scan_leaves_the_scan_to_be_read_however_that_is_placed(path, scan, more):
    hand_made(path, scan + words(STAMP, 50, 20), *more)
    with closing(open_file(path)) as file:
        own, rest = file.own_text(0), file.load_rest(0, ())
    assert [line.text for line in own.reading.lines] == [STAMP]
    assert (rest.pixels == 0xB0).all(), "the scan without the stamp"


def test_text_within_a_form_is_text_of_the_page(path):
    hand_made(path, b"/X Do ", form(words(SENTENCE, 50, 700), b"0 0 595 842"))
    assert texts(path) == [SENTENCE]


# Beside the page


@pytest.mark.parametrize(("x", "y"), [(50, 2000), (50, -500), (2000, 400), (-900, 400)])
def test_words_beside_the_page_are_not_on_it(path, x, y):
    hand_made(path, words(STAMP, x, y))
    assert texts(path) is None
    hand_made(path, words(STAMP, x, y) + words(SENTENCE, 50, 700))
    assert texts(path) == [SENTENCE]


def test_words_that_were_cropped_away_are_not_on_the_page(path):
    content = words(STAMP, 10, 10) + words(SENTENCE, 110, 200)
    hand_made(path, content, entries=b"/CropBox[100 100 484 292]")
    assert load_page(path).pixels.shape == (800, 1600, 3)
    assert texts(path) == [SENTENCE]


def test_words_that_reach_over_the_edge_have_a_place_on_the_page(path):
    hand_made(path, words(SENTENCE + " and goes on where nobody sees it", 400, 700))
    with closing(open_file(path)) as file:
        own = file.own_text(0)
    for x, y in (point for line in own.reading.lines for point in line.polygon):
        assert 0 <= x <= own.reading.width
        assert 0 <= y <= own.reading.height


# Sizes


@pytest.mark.parametrize("size", [(240, 120), (120, 216), (595, 842), (612, 792), (300.3, 77.7)])
@pytest.mark.parametrize("longest_edge", [100, 320, 777, 1000])
def test_a_small_picture_keeps_to_its_longest_edge(path, size, longest_edge):
    path.write_bytes(text_pdf(SENTENCE, mediabox=(0, 0, *size)))
    longest = max(load_page(path, 0, longest_edge).pixels.shape)
    assert longest <= longest_edge
    assert longest == pytest.approx(min(longest_edge, max(size) * 300 / 72), abs=1)


def test_a_page_gets_no_empty_row_where_its_size_comes_out_even(path):
    hand_made(path, b"0 0 240 120 re f", box=(0, 0, 240, 120))
    pixels = load_page(path).pixels
    assert pixels.shape == (500, 1000, 3)
    assert (pixels[-1] == 0).all()
    assert (pixels[:, -1] == 0).all()


@pytest.mark.parametrize("box", [(0, 0, 10_000, 50), (0, 0, 50, 10_000)])
def test_a_strip_is_no_longer_than_its_limit(path, box):
    hand_made(path, b"", box=box)
    assert pdf.LONGEST_EDGE - 1 <= max(load_page(path).pixels.shape) <= pdf.LONGEST_EDGE


@pytest.mark.parametrize("box", [(0, 0, 0.1, 0.1), (0, 0, 0, 0), (595, 842, 0, 0), (0, 0, 1e6, 1e6)])
def test_a_page_of_an_odd_size_is_drawn_all_the_same(path, box):
    hand_made(path, b"", box=box)
    assert 0 < load_page(path).pixels.size <= 3 * 64_000_000


def test_a_file_whose_table_is_damaged_is_mended(path):
    whole = text_pdf(SENTENCE)
    start = whole.index(b"xref")
    path.write_bytes(whole[:start] + b"????" + whole[start + 30 :])
    assert texts(path) == [SENTENCE]


def test_a_file_that_brings_programs_along_runs_none_of_them(path):
    """A page is drawn without looking at its scripts."""
    script = b"<</Type/Action/S/JavaScript/JS(app.alert\\(1\\); while \\(true\\) {})>>"
    hand_made(path, words(SENTENCE, 50, 700), stream(b""), entries=b"/AA<</O %s>>" % script)
    assert texts(path) == [SENTENCE]
    assert load_page(path).pixels.min() < 50
