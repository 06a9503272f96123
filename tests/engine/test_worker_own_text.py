"""The worker and text that PDF files have themselves: taken where it is true, joined with what is read besides."""

import shutil

import pytest
from fakes import FakeRecognizer, Maker, quadrants
from pdfs import picture_pdf
from PIL import Image, ImageDraw, ImageFont
from reading_desk import Desk, OtherRecognizer, own

from ocrdesk.engine.reading_names import OWN_TEXT


@pytest.fixture
def desk(library, decoder):
    return Desk(library, decoder)


def test_text_of_the_file_is_kept_and_no_picture_is_read(library, scans, desk):
    (scans / "1.pdf").write_bytes(own("Page {page} has text of its own", pages=2))
    pages = desk.read(scans)
    assert [library.text(page_id) for page_id in pages] == [f"Page {n} has text of its own" for n in (1, 2)]
    assert desk.widths_read == []
    first = library.page(pages[0])
    assert (first.status.value, first.recognizer, first.confidence) == ("done", OWN_TEXT, 1.0)
    assert OWN_TEXT == "PDF text"
    assert (first.width, first.height, first.turn, first.rotation, first.remark) == (1500, 750, 0, 0, None)
    assert first.content is not None


def test_the_turn_of_the_text_and_that_of_the_file_are_kept_together(library, scans, desk):
    (scans / "1.pdf").write_bytes(own(rotate=90, turned=180))
    (page_id,) = desk.read(scans)
    page = library.page(page_id)
    assert (page.turn, page.rotation) == (90, 180)
    assert (page.width, page.height) == (1500, 750)


def test_pages_with_and_without_text_of_their_own_are_each_read_as_they_are(library, scans, desk):
    (scans / "1.pdf").write_bytes(own())
    (scans / "2.pdf").write_bytes(picture_pdf(quadrants(60, 40)))
    pages = desk.read(scans)
    assert [library.page(page_id).recognizer for page_id in pages] == [OWN_TEXT, "fake"]
    assert desk.widths_read == [60]


class ReadingLines(FakeRecognizer):
    """Reads something in each line that is shown to it."""

    def read_lines(self, crops):
        return [("Something else altogether", 0.9) for _ in crops]


def test_what_the_page_shows_beside_its_own_text_is_read_too(library, scans, desk):
    (scans / "1.pdf").write_bytes(own("A stamp", picture=scanned("Words on the scan", "and below them")))
    (page_id,) = desk.read(scans)
    page = library.page(page_id)
    assert desk.widths_read == [1500]
    assert library.text(page_id).split("\n\n") == ["width 1500", "A stamp"]
    assert (page.recognizer, page.remark, page.turn) == ("PDF text and fake", None, 0)


def test_a_page_with_text_of_both_kinds_lends_it_to_its_like_if_the_recognizer_is_the_same(
    library, scans, tmp_path, desk
):
    (scans / "1.pdf").write_bytes(own("A stamp", picture=scanned("Words on the scan", "and below them")))
    (page_id,) = desk.read(scans)
    shutil.copytree(scans, tmp_path / "copies")
    (copy_id,) = desk.read(tmp_path / "copies")
    assert desk.widths_read == [1500]
    assert library.text(copy_id) == library.text(page_id)
    desk.maker = Maker(OtherRecognizer)
    shutil.copytree(scans, tmp_path / "more")
    (other_id,) = desk.read(tmp_path / "more")
    assert desk.widths_read == [1500]
    assert library.page(other_id).recognizer == "PDF text and other"


def test_text_that_is_not_what_the_page_shows_is_not_taken_and_the_page_says_so(library, scans, desk):
    (scans / "1.pdf").write_bytes(own("Efbs!Nst!Xijudpncf"))
    desk.maker = Maker(ReadingLines)
    (page_id,) = desk.read(scans)
    page = library.page(page_id)
    assert (page.recognizer, library.text(page_id)) == ("fake", "width 1500")
    assert page.remark.startswith("The text stored in this PDF does not match")


def test_a_recognizer_that_breaks_over_the_lines_of_a_text_is_replaced_once(library, scans, desk):
    class BrokenOverLines(FakeRecognizer):
        def read_lines(self, crops):
            if len(desk.maker.made) < breaks:
                raise RuntimeError("out of luck")
            return super().read_lines(crops)

    (scans / "1.pdf").write_bytes(own())
    desk.maker, breaks = Maker(BrokenOverLines), 2
    (page_id,) = desk.read(scans)
    assert library.page(page_id).recognizer == OWN_TEXT
    breaks = 9
    desk.maker = Maker(BrokenOverLines)
    desk.read_again(page_id)
    assert len(desk.maker.made) == 2
    assert "failed on this picture twice" in library.page(page_id).message


def scanned(*lines: str) -> Image.Image:
    picture = Image.new("RGB", (1500, 750), "white")
    for number, line in enumerate(lines):
        ImageDraw.Draw(picture).text((200, 400 + 90 * number), line, fill="black", font=ImageFont.load_default(50))
    return picture


def test_a_page_wanted_as_a_picture_is_recognized_though_it_has_text(library, scans, desk):
    (scans / "1.pdf").write_bytes(own())
    (page_id,) = desk.read(scans)
    library.files.read_as_picture([page_id], True)
    desk.read_again(page_id)
    assert desk.widths_read == [1500]
    assert (library.page(page_id).recognizer, library.text(page_id)) == ("fake", "width 1500")
    library.files.read_as_picture([page_id], False)
    desk.read_again(page_id)
    assert library.text(page_id) == "Text that the page has itself"
