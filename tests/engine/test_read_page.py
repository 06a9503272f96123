"""A page is read without a library, and what is said of it can be sent elsewhere."""

import pickle

import pytest
from fakes import FakeRecognizer, draw_pages, polygon
from pdfs import text_pdf
from PIL import Image, ImageDraw, ImageFont

from ocrdesk.engine.document import Line, Reading
from ocrdesk.engine.errors import PageUnreadable, ReadingInterrupted
from ocrdesk.engine.facts import Fact, tells
from ocrdesk.engine.fingerprint import Fingerprints
from ocrdesk.engine.read_page import PageToRead, ReadPage, UnreadPage, read_page
from ocrdesk.engine.reading_names import OWN_TEXT


@pytest.fixture
def read(decoder):
    """Reads a page with a stand-in for a recognizer."""

    def read_one(page: PageToRead, recognize=lambda read: read(FakeRecognizer()), is_known=lambda content: False):
        return read_page(page, decoder, Fingerprints(), recognize, is_known)

    return read_one


@pytest.fixture
def picture(scans):
    draw_pages(scans, 1)
    return PageToRead(scans / "1.png", 0)


@pytest.fixture
def pdf(scans):
    path = scans / "own.pdf"
    path.write_bytes(text_pdf("Text that the page has itself", size=10, mediabox=(0, 0, 360, 180)))
    return path


def sent(what: object) -> object:
    return pickle.loads(pickle.dumps(what))


def test_what_was_read_can_be_sent_elsewhere(read, picture):
    result = read(sent(picture))
    assert isinstance(result, ReadPage)
    assert result.recognizer == FakeRecognizer.name
    assert result.content is not None
    assert sent(result) == result


def test_why_a_page_was_not_read_can_be_sent_elsewhere(read, scans):
    (scans / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n nothing more")
    result = read(PageToRead(scans / "broken.png", 0))
    assert isinstance(result, UnreadPage)
    assert result.why
    assert not result.is_locked
    assert sent(result) == result


def test_what_is_known_is_not_read(read, picture):
    asked = []

    def nobody(_):
        raise AssertionError("it was read all the same")

    assert read(picture, nobody, lambda content: asked.append(content) or True) is None
    assert len(asked) == 1


def test_the_own_text_of_a_page_that_a_person_turned_is_passed_over(read, pdf):
    as_it_is, turned = read(PageToRead(pdf, 0)), read(PageToRead(pdf, 0, turn=90))
    assert as_it_is.recognizer.startswith(OWN_TEXT)
    assert not as_it_is.as_picture
    assert (turned.recognizer, turned.as_picture) == (FakeRecognizer.name, True)


def test_a_picture_that_breaks_recognizers_is_not_read(read, picture):
    def break_down(_):
        raise PageUnreadable("It breaks them.")

    result = read(picture, break_down)
    assert (result.why, result.content is not None) == ("It breaks them.", True)


def test_what_is_interrupted_has_no_result(read, picture):
    def interrupt(_):
        raise ReadingInterrupted("Somebody ended it.")

    with pytest.raises(ReadingInterrupted):
        read(picture, interrupt)


class LinesRecognizer(FakeRecognizer):
    """Finds six lines of text, on a page that it turns by 90 degrees."""

    def read(self, picture, turn=None):
        lines = (Line(f"{row} of a text", 0.9, polygon(30, 40 + 60 * row, 300, 44)) for row in range(6))
        return Reading(tuple(lines), picture.shape[0], picture.shape[1], turn=90)


def test_the_scan_of_a_picture_is_measured_upright(read, scans):
    upright = Image.new("RGB", (400, 420), "white")
    for row in range(6):
        text = f"{row} of a text"
        ImageDraw.Draw(upright).text((32, 40 + 60 * row), text, fill="black", font=ImageFont.load_default(36))
    upright.rotate(90, expand=True).save(scans / "1.png", dpi=(200, 200))
    scan = read(PageToRead(scans / "1.png", 0), lambda read: read(LinesRecognizer())).scan
    assert scan.letter == pytest.approx(0.52 * 36, rel=0.2)
    assert (round(scan.dpi), scan.left, scan.light > 0.9) == (200, 0, True)


def test_nothing_is_measured_without_text_or_of_the_own_text_of_a_page(read, picture, pdf):
    assert read(picture).scan is None
    assert read(PageToRead(pdf, 0)).scan is None


class BlindNamed(FakeRecognizer):
    """Reads hardly anything of a page, by a name that tells whether it could read other languages."""

    def __init__(self, name, *scripts):
        super().__init__()
        self.name = name
        self.scripts = scripts

    def read(self, picture, turn=None):
        return Reading((), 20, 30, unread=0.9 * ("Vietnamese" not in self.scripts), likely_scripts=self.scripts)


def test_of_a_page_in_another_script_it_is_said_what_to_install_if_that_is_missing(read, picture):
    def remark_by(name, *scripts):
        return read(picture, lambda read: read(BlindNamed(name, *scripts))).remark

    missing = f"{Fact.MUCH_UNREAD()} {Fact.LANGUAGES_MISSING()}"
    assert (remark_by("PP-OCRv6"), remark_by("PP-OCRv6/fast")) == (missing, missing)
    assert (remark_by("PP-OCRv6/auto"), remark_by("PP-OCRv6/rus/fast")) == (None, None)
    assert "ocrdesk[languages]" in missing
    looks = remark_by("PP-OCRv6", "Arabic")
    assert looks.startswith(
        'This looks like Arabic. To read it, install more languages: pip install "ocrdesk[languages]"'
    )
    assert tells(looks, Fact.MUCH_UNREAD)
    assert not tells(remark_by("PP-OCRv6", "Vietnamese"), Fact.MUCH_UNREAD)
    assert remark_by("PP-OCRv6", "Vietnamese").startswith("This looks like Vietnamese. To read it, install")
    assert remark_by("PP-OCRv6", "Greek", "Thai").startswith("This looks like Greek or Thai. To read it, install")
