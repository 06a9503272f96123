"""PDF pages: drawn as pictures, or taken with the text that they have themselves where that is to be trusted."""

from contextlib import closing

import numpy as np
import pytest
from decoding import UPRIGHT, corners, refused
from fakes import count_pages, load_page, quadrants
from pdfs import PROTECTED, pdf_of, picture_pdf, text_pdf
from PIL import Image

from ocrdesk.engine.decode import pdf as pdf_module
from ocrdesk.engine.decode import picture as picture_module
from ocrdesk.engine.decode.files import open_file
from ocrdesk.engine.decode.picture import PageCount, turn_pixels
from ocrdesk.engine.errors import PageUnreadable, PasswordNeeded, PasswordWrong
from ocrdesk.engine.layout.arrangement import arrange

TEXT = ("First line of the page", "Second row with a few words")
UPRIGHT_AGAIN = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}
"""What makes an upright picture into one that turning it clockwise by so many degrees makes upright again."""

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
LARGE_SQUARE = (0, 0, 360, 360)
"""1,500 pixels a side at 300 dpi."""


@pytest.fixture
def save(tmp_path):
    def save(content: bytes):
        (tmp_path / "scan.pdf").write_bytes(content)
        return tmp_path / "scan.pdf"

    return save


@pytest.fixture
def own_text(save):
    """The text that a page has itself."""

    def own_text(content: bytes, frame: int = 0, password: str | None = None):
        with closing(open_file(save(content), password)) as file:
            return file.own_text(frame)

    return own_text


@pytest.fixture
def both(save):
    """The text that a page has itself, and its picture turned as the text says."""

    def both(content: bytes):
        with closing(open_file(save(content))) as file:
            text, picture = file.own_text(0), file.load(0, None)
        assert text.rotation == picture.rotation
        upright = turn_pixels(picture.pixels, text.reading.turn)
        assert upright.shape == (text.reading.height, text.reading.width, 3)
        return text, upright

    return both


def texts(own) -> list[str]:
    return [line.text for line in arrange(own.reading.lines).lines]


def ink(pixels, box=None) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is dark in a box of a picture."""
    left, top, right, bottom = box or (0, 0, pixels.shape[1], pixels.shape[0])
    rows, columns = np.nonzero(pixels[top:bottom, left:right, 0] < 128)
    assert rows.size, "nothing is drawn here"
    return left + columns.min(), top + rows.min(), left + columns.max() + 1, top + rows.max() + 1


def assert_lines_are_where_the_ink_is(own, pixels, em: float) -> None:
    """Every polygon stands close around its letters, and nothing dark is outside of all."""
    rest = pixels.copy()
    for line in own.reading.lines:
        (left, top), (right, _), (_, bottom), _ = line.polygon
        assert line.polygon == ((left, top), (right, top), (right, bottom), (left, bottom))
        assert 0 <= left < right <= own.reading.width
        assert 0 <= top < bottom <= own.reading.height
        box = (int(left), int(top), int(right) + 1, int(bottom) + 1)
        found = ink(pixels, box)
        assert found[0] - left < em / 4
        assert right - found[2] < em / 4
        assert found[1] - top < em / 2
        assert bottom - found[3] < em / 2
        assert bottom - top < 1.5 * em
        rest[box[1] : box[3], box[0] : box[2]] = 255
    assert (rest > 127).all(), "there are letters in no line"


# Drawn


@pytest.mark.parametrize(("dpi", "size"), [(300, (300, 200)), (150, (600, 400)), (600, (150, 100))])
def test_a_page_is_drawn_at_300_dpi(save, dpi, size):
    picture = load_page(save(picture_pdf(quadrants(300, 200), dpi=dpi)))
    width, height = size
    assert picture.pixels.shape == (height, width, 3)
    assert picture.pixels.dtype == np.uint8
    assert picture.pixels.flags.c_contiguous
    assert corners(picture.pixels) == UPRIGHT
    assert (picture.rotation, picture.remark) == (0, None)


def test_each_page_is_its_own(save):
    path = save(picture_pdf(*(quadrants(width, 40) for width in (100, 200, 400))))
    assert count_pages(path) == PageCount(3)
    assert [load_page(path, frame).pixels.shape[1] for frame in range(3)] == [100, 200, 400]
    assert "fewer pages than before" in refused(path, 3)


def test_a_smaller_picture_is_drawn_smaller(save):
    picture = load_page(save(picture_pdf(quadrants(300, 200))), 0, 90)
    assert picture.pixels.shape == (60, 90, 3)
    assert corners(picture.pixels) == UPRIGHT
    assert picture.remark is None


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_page_that_is_to_be_turned_comes_upright_and_says_by_how_much(save, rotate):
    stored = quadrants(400, 240).transpose(UPRIGHT_AGAIN[rotate])
    box = (0, 0, stored.width * 0.24, stored.height * 0.24)
    picture = load_page(save(text_pdf(picture=stored, rotate=rotate, mediabox=box)))
    assert picture.pixels.shape == (240, 400, 3)
    assert corners(picture.pixels) == UPRIGHT
    assert picture.rotation == rotate


def test_a_page_whose_corner_is_not_at_zero_is_drawn_whole(save):
    picture = load_page(save(text_pdf(picture=quadrants(), mediabox=(-50, 30, 46, 78))))
    assert picture.pixels.shape == (200, 400, 3)
    assert corners(picture.pixels) == UPRIGHT


def test_an_empty_page_is_white_and_has_no_text(save, own_text):
    content = text_pdf(mediabox=(0, 0, 24, 48))
    assert (load_page(save(content)).pixels == np.full((200, 100, 3), 255)).all()
    assert own_text(content) is None


# Large


def test_a_page_of_too_many_pixels_is_drawn_smaller_and_says_so(save, monkeypatch):
    monkeypatch.setattr(picture_module, "MOST_PIXELS", 250_000)
    picture = load_page(save(text_pdf(picture=quadrants(), mediabox=LARGE_SQUARE)))
    assert picture.pixels.shape == (500, 500, 3)
    assert corners(picture.pixels) == UPRIGHT
    assert picture.remark == "A very large page, drawn at 100 dpi."
    assert load_page(save(text_pdf(mediabox=LARGE_SQUARE)), 0, 50).remark is None, "a thumbnail is small anyhow"


def test_a_page_of_just_as_many_pixels_is_not_drawn_smaller(save, monkeypatch):
    monkeypatch.setattr(picture_module, "MOST_PIXELS", 2_250_000)
    picture = load_page(save(text_pdf(mediabox=LARGE_SQUARE)))
    assert (picture.pixels.shape, picture.remark) == ((1500, 1500, 3), None)


def test_a_huge_page_keeps_to_the_real_limit(save):
    picture = load_page(save(text_pdf(mediabox=(0, 0, 14_400, 14_400))))
    assert picture.pixels.shape == (8000, 8000, 3)
    assert picture.remark == "A very large page, drawn at 40 dpi."


@pytest.mark.parametrize("mediabox", [(0, 0, 14_400, 20), (0, 0, 20, 14_400)])
def test_a_very_long_strip_is_drawn_no_longer_than_30_000_pixels(save, mediabox):
    picture = load_page(save(text_pdf(mediabox=mediabox)))
    long, short = max(picture.pixels.shape[:2]), min(picture.pixels.shape[:2])
    assert 29_990 < long <= 30_001  # a page is rounded up to whole pixels
    assert short == 42
    assert picture.remark == "A very large page, drawn at 150 dpi."


def test_places_of_text_on_a_page_drawn_smaller_are_those_on_the_picture(both, monkeypatch):
    monkeypatch.setattr(picture_module, "MOST_PIXELS", 2_000_000)
    own, pixels = both(text_pdf(*TEXT))
    assert 1_990_000 < pixels.shape[0] * pixels.shape[1] < 2_010_000
    assert_lines_are_where_the_ink_is(own, pixels, em=40)


def test_memory_is_asked_for_before_a_heavy_page_is_drawn_and_not_for_others(save, monkeypatch):
    asked = []
    path = save(text_pdf(mediabox=(0, 0, 24, 48)))
    monkeypatch.setattr(pdf_module, "HEAVY_BYTES", 4 * 100 * 200)
    load_page(path, permit=asked.append)
    assert asked == []
    monkeypatch.setattr(pdf_module, "HEAVY_BYTES", 4 * 100 * 200 - 1)
    load_page(path, permit=asked.append)
    assert asked == [4 * 100 * 200]


# Text of its own


def test_text_comes_line_by_line_from_where_it_is_drawn(both):
    own, pixels = both(text_pdf(*TEXT))
    assert texts(own) == list(TEXT)
    assert pixels.shape == (3509, 2480, 3)
    assert (own.reading.turn, own.rotation) == (0, 0)
    assert {line.confidence for line in own.reading.lines} == {1.0}
    assert_lines_are_where_the_ink_is(own, pixels, em=20 / 72 * 300)


def test_the_text_is_that_of_the_page_asked_for(own_text):
    content = text_pdf("This is the page with number {page}", pages=3)
    assert [texts(own_text(content, frame)) for frame in (2, 0)] == [
        ["This is the page with number 3"],
        ["This is the page with number 1"],
    ]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_text_comes_upright_however_it_and_its_page_are_turned(both, rotate, turned):
    box = (-20, 10, 340, 230) if turned in (0, 180) else (10, -20, 230, 340)
    own, pixels = both(text_pdf(*TEXT, rotate=rotate, turned=turned, size=10, mediabox=box))
    assert texts(own) == list(TEXT)
    assert own.rotation == rotate
    assert (rotate + own.reading.turn + turned) % 360 == 0, "all turns together make the text upright"
    assert pixels.shape == (917, 1500, 3)
    assert_lines_are_where_the_ink_is(own, pixels, em=10 / 72 * 300)
    assert ink(pixels)[1] < 300, "the first line is at the top"


def test_a_stray_word_along_the_margin_does_not_turn_the_page(own_text):
    turned = text_pdf("margin", turned=90)
    both_ways = text_pdf(*TEXT).replace(b"endstream", b"\n" + _content(turned) + b"\nendstream")
    own = own_text(both_ways)
    assert own.reading.turn == 0
    assert set(TEXT) < set(texts(own))


def _content(content: bytes) -> bytes:
    return content.rpartition(b"stream\nBT")[2].join((b"BT", b"")).partition(b"\nendstream")[0]


def test_two_columns_in_one_row_are_two_lines(both):
    own, pixels = both(text_pdf("left side one\tright side one", "left side two\tright side two"))
    assert sorted(texts(own)) == ["left side one", "left side two", "right side one", "right side two"]
    assert_lines_are_where_the_ink_is(own, pixels, em=20 / 72 * 300)


@pytest.mark.parametrize(
    "lines",
    [
        ("a (b) \\ c é ö ß and some letters",),
        ("a word that is connec-", "ted by a hyphen"),
        ("two    spaces and more", "than two  lines"),
        ("A line before nothing", "   ", "and a line after it"),
    ],
)
def test_letters_come_as_they_are_meant(own_text, lines):
    assert texts(own_text(text_pdf(*lines))) == [" ".join(line.split()) for line in lines if line.strip()]


def test_letters_beyond_two_bytes_are_one_letter(own_text):
    own = own_text(text_pdf("ABCDE" * 4, meaning=lambda code: 0xD835DC00 + code))
    assert texts(own) == ["".join(chr(0x1D400 + ord(letter)) for letter in "ABCDE" * 4)]


# Text that is not to be trusted


@pytest.mark.parametrize(("mode", "is_visible"), [(0, True), (1, True), (2, True), (3, False), (7, False)])
def test_only_text_that_is_seen_is_taken(own_text, mode, is_visible):
    assert (own_text(text_pdf(*TEXT, mode=mode)) is not None) is is_visible


@pytest.mark.parametrize("letters", [1, 3, 19])
def test_however_little_text_is_kept(own_text, letters):
    assert texts(own_text(text_pdf("a " * letters))) == [" ".join("a" * letters)]


@pytest.mark.parametrize("letters", [15, 400])
def test_a_stamp_on_a_scan_is_text_and_leaves_the_scan_to_be_read(own_text, letters):
    stamp = ["a" * 20] * (letters // 20) + ["a" * (letters % 20)] * (letters % 20 > 0)
    own = own_text(text_pdf(*stamp, picture=quadrants()))
    assert sorted(texts(own)) == sorted(stamp)
    assert own.rest.shape == (1755, 1240)
    assert len({int(own.rest[y, x]) for x in (300, 900) for y in (400, 1300)}) > 1, "the picture is what is left"


def test_a_small_picture_beside_text_does_not_matter(own_text):
    content = text_pdf(*TEXT, picture=quadrants()).replace(b"q 595 0 0 842", b"q 236 0 0 842")
    assert texts(own_text(content)) == list(TEXT)


def test_text_with_its_bytes_the_wrong_way_round_is_none(own_text):
    assert own_text(text_pdf(*TEXT, meaning=lambda code: code << 8)) is None
    assert texts(own_text(text_pdf(*TEXT, meaning=lambda code: code))) == list(TEXT)


def test_chinese_is_not_taken_for_text_with_its_bytes_the_wrong_way_round(own_text):
    own = own_text(text_pdf("ABCDE" * 4, meaning=lambda code: 0x4E00 + code))
    assert texts(own) == ["".join(chr(0x4E00 + ord(letter)) for letter in "ABCDE" * 4)]


@pytest.mark.parametrize(("unknown", "is_trusted"), [(3, True), (4, False), (30, False)])
@pytest.mark.parametrize("meant", [0xE07A, 0xFFFD])
def test_text_of_which_the_file_does_not_tell_the_meaning_is_none(own_text, unknown, is_trusted, meant):
    content = text_pdf("z" * unknown + "a" * (30 - unknown), meaning=lambda code: meant if code == ord("z") else code)
    assert (own_text(content) is not None) is is_trusted


# Passwords


def test_a_protected_file_needs_its_password(save):
    path = save(PROTECTED)
    with pytest.raises(PasswordNeeded, match="Choose “Enter password…”") as caught:
        open_file(path)
    assert not isinstance(caught.value, PasswordWrong)
    assert "protected by a password" in refused(path)


@pytest.mark.parametrize("password", ["wrong", "Secret", "secret ", "", "sécret"])
def test_another_password_is_wrong(save, password):
    with pytest.raises(PasswordWrong, match="not the password"):
        open_file(save(PROTECTED), password)


def test_the_right_password_opens_every_page(save, own_text):
    with closing(open_file(save(PROTECTED), "secret")) as file:
        assert file.count() == PageCount(3)
    for frame in range(3):
        assert texts(own_text(PROTECTED, frame, "secret"))[0] == f"This page is protected, number {frame + 1}"
    assert load_page(save(PROTECTED), 2, password="secret").pixels.min() < 10


def test_a_password_for_a_file_that_needs_none_does_no_harm(save):
    with closing(open_file(save(text_pdf(*TEXT)), "secret")) as file:
        assert file.count() == PageCount(1)


# Damaged


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.4\n" + bytes(range(256)) * 4,
        text_pdf(*TEXT)[:200],
        PROTECTED[:700],
        pdf_of([b"<</Type/Catalog>>"]),
        pdf_of([CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"]),
        pdf_of([CATALOG, b"<</Type/Pages/Kids[9 0 R]/Count 100000000>>"]),
    ],
    ids=["head", "rubbish", "cut off", "protected and cut off", "no tree", "no pages", "too many pages"],
)
def test_a_damaged_file_says_so(save, content):
    assert refused(save(content)).startswith(("The PDF is damaged or cut off.", "The PDF has no pages."))


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "tree",
    [
        [b"<</Type/Pages/Kids[2 0 R]/Count 1>>"],
        [b"<</Type/Pages/Kids[3 0 R]/Count 2>>", b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]/Count 2>>"],
        [b"<</Type/Pages/Kids[9 0 R]/Count 1>>"],
    ],
    ids=["itself", "through another", "nothing"],
)
def test_a_page_tree_that_leads_nowhere_says_so(save, tree):
    assert refused(save(pdf_of([CATALOG, *tree]))).startswith("This page of the PDF is damaged.")


def test_a_damaged_page_leaves_the_others_readable(save):
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 24 48]>>"
    path = save(pdf_of([CATALOG, b"<</Type/Pages/Kids[3 0 R 9 0 R 3 0 R]/Count 3>>", page]))
    assert count_pages(path) == PageCount(3)
    assert refused(path, 1).startswith("This page of the PDF is damaged.")
    assert load_page(path, 0).pixels.shape == load_page(path, 2).pixels.shape == (200, 100, 3)


def test_a_refused_file_is_closed(save, monkeypatch):
    opened = []
    path = save(PROTECTED)
    really_open = type(path).open
    monkeypatch.setattr(type(path), "open", lambda *values: opened.append(really_open(*values)) or opened[-1])
    with pytest.raises(PageUnreadable):
        open_file(path)
    assert [file.closed for file in opened] == [True]


# Very long


@pytest.mark.parametrize(("pages", "count"), [(3, PageCount(3)), (4, PageCount(3, 1)), (9, PageCount(3, 6))])
def test_a_very_long_file_is_counted_to_a_limit(save, monkeypatch, pages, count):
    monkeypatch.setattr(pdf_module, "MOST_PDF_PAGES", 3)
    assert count_pages(save(text_pdf(pages=pages))) == count
