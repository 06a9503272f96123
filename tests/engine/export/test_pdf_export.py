import errno
import io
import logging
import tempfile
from dataclasses import replace

import numpy as np
import pikepdf
import pytest
from drawn import (
    HEIC,
    HEIGHT,
    LINES,
    TEXT,
    TITLE,
    WIDTH,
    drawing,
    is_upright,
    needs_pdftotext,
    needs_qpdf,
    page_of,
    pdf_of_pages,
    picture_in,
    said_by,
    seen_in,
    texts_in,
)
from pdfs import picture_pdf, text_pdf
from PIL import Image

from ocrdesk.engine.decode.pdf_letters import Placement
from ocrdesk.engine.decode.stored import stored_pixels
from ocrdesk.engine.document import PageStatus
from ocrdesk.engine.errors import PageUnreadable
from ocrdesk.engine.export import pdf_document
from ocrdesk.engine.export.pdf import FORMAT
from ocrdesk.engine.export.pdf_document import page_size
from ocrdesk.engine.reading_names import OWN_TEXT

EXIF_ORIENTATION = 0x0112


@pytest.fixture
def jpeg(scans):
    drawing().save(scans / "a.jpg", dpi=(100, 100), quality=90)
    return scans / "a.jpg"


# The text


def test_text_is_in_reading_order_with_its_spaces(jpeg):
    assert texts_in(pdf_of_pages(page_of(jpeg))) == TEXT


def test_letters_beyond_the_first_plane_and_control_characters(jpeg):
    line = type(TITLE)("a\x00\U00020000\ud800b", 0.5, TITLE.polygon)
    assert texts_in(pdf_of_pages(page_of(jpeg, line))) == ["a\U00020000b"]


@needs_pdftotext
def test_others_find_the_text_in_our_order(jpeg, tmp_path):
    found = said_by("pdftotext", pdf_of_pages(page_of(jpeg, *LINES[:4])), tmp_path, "-raw")
    assert [row for row in found.splitlines() if row.strip("\f")] == TEXT[:4]


@needs_pdftotext
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_lie_where_they_were_read(scans, tmp_path, turn):
    stored = Image.fromarray(np.rot90(np.asarray(drawing()), turn // 90))
    stored.save(scans / "t.png")
    pdf = pdf_of_pages(page_of(scans / "t.png", *LINES[:4], turn=turn, rotation=turn))
    boxes = said_by("pdftotext", pdf, tmp_path, "-bbox")
    scale = float(pdf.pages[0].mediabox[2]) / WIDTH
    word = next(row for row in boxes.splitlines() if "łódź" in row)
    place = [float(part.split('"')[1]) / scale for part in word.split()[1:5]]
    (left, top), _, (right, bottom), _ = TITLE.words[1].polygon
    assert place == pytest.approx([left, top, right, bottom], abs=1)
    assert "slanted" in boxes
    assert is_upright(seen_in(pdf))


# The picture


def test_a_jpeg_is_embedded_unchanged_and_the_file_is_hardly_larger(jpeg):
    file = io.BytesIO()
    pdf = pdf_of_pages(page_of(jpeg))
    pdf.save(file)
    assert picture_in(pdf.pages[0]).read_raw_bytes() == jpeg.read_bytes()
    assert len(file.getvalue()) <= 1.03 * jpeg.stat().st_size + 30_000
    assert [float(side) for side in pdf.pages[0].mediabox] == [0, 0, WIDTH * 0.72, HEIGHT * 0.72]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_jpeg_is_turned_as_its_exif_says_without_touching_it(scans, orientation):
    back = {
        1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
    }[orientation]  # fmt: skip
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    stored = drawing() if back is None else drawing().transpose(back)
    stored.save(scans / "e.jpg", exif=exif)
    pdf = pdf_of_pages(page_of(scans / "e.jpg"))
    assert picture_in(pdf.pages[0]).read_raw_bytes() == (scans / "e.jpg").read_bytes()
    seen = seen_in(pdf)
    assert seen.shape[1] > seen.shape[0]
    assert is_upright(seen)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
@pytest.mark.parametrize("progressive", [False, True])
def test_grey_and_printing_colours_come_out_as_they_are(scans, mode, progressive):
    drawing(mode).save(scans / "c.jpg", progressive=progressive)
    pdf = pdf_of_pages(page_of(scans / "c.jpg"))
    assert picture_in(pdf.pages[0]).read_raw_bytes() == (scans / "c.jpg").read_bytes()
    assert is_upright(seen_in(pdf))
    assert ("OutputIntents" in str(pdf.Root.keys())) == (mode == "L")  # PDF/A wants inks described


@pytest.mark.parametrize(("mode", "suffix"), [("1", "png"), ("1", "tif"), ("L", "png"), ("P", "png"), ("RGB", "tif")])
def test_other_pictures_are_embedded_without_loss(scans, mode, suffix):
    image = drawing(mode)
    image.save(scans / f"a.{suffix}")
    pdf = pdf_of_pages(page_of(scans / f"a.{suffix}"))
    stored = picture_in(pdf.pages[0])
    assert int(stored.BitsPerComponent) == (1 if mode == "1" else 8)
    again = pikepdf.PdfImage(stored).as_pil_image()
    assert np.array_equal(np.asarray(again.convert("RGB")), np.asarray(image.convert("RGB")))


def test_a_png_goes_in_with_its_own_compression(scans):
    drawing().save(scans / "a.png")
    pdf = pdf_of_pages(page_of(scans / "a.png"))
    stored = picture_in(pdf.pages[0])
    assert stored.read_raw_bytes() in (scans / "a.png").read_bytes()


def test_a_faint_scan_of_sixteen_bits_keeps_its_shades_and_is_seen(scans):
    shades = (np.asarray(drawing("L")).astype(np.uint16) + 300).astype(np.uint16)
    Image.fromarray(shades).save(scans / "deep.tif")
    pdf = pdf_of_pages(page_of(scans / "deep.tif"))
    assert int(picture_in(pdf.pages[0]).BitsPerComponent) == 16
    assert is_upright(seen_in(pdf))


def test_a_transparent_picture_is_laid_on_white(scans):
    image = drawing("RGBA")
    image.putalpha(Image.fromarray(np.where(np.asarray(drawing("L")) < 100, 255, 0).astype(np.uint8)))
    image.save(scans / "clear.png")
    pdf = pdf_of_pages(page_of(scans / "clear.png"))
    assert "/SMask" not in picture_in(pdf.pages[0])
    assert is_upright(seen_in(pdf))


def test_a_jpeg_that_is_cut_off_goes_in_as_far_as_it_is_there(scans, jpeg):
    whole = jpeg.read_bytes()
    (scans / "cut.jpg").write_bytes(whole[:-40])
    pdf = pdf_of_pages(page_of(scans / "cut.jpg"))
    assert seen_in(pdf)[8, 8].mean() < 80
    assert texts_in(pdf) == TEXT


@pytest.mark.parametrize(
    ("size", "density", "points"),
    [
        ((2480, 3508), (300, 300), (595.2, 841.92)),
        ((1728, 1100), (204, 98), (609.88, 808.16)),
        ((600, 400), None, (288, 192)),
        ((600, 400), (1, 1), (288, 192)),
        ((300, 400), (10, 20), (288, 192)),
        ((4000, 3000), None, (842, 631.5)),
        ((4000, 3000), (72, 72), (842, 631.5)),
        ((600, 400), (72, 72), (600, 400)),
    ],
)
def test_size_of_a_page(size, density, points):
    assert page_size(*size, density) == pytest.approx(points, abs=0.01)


# Several pages


def test_a_batch_is_one_document_and_frames_are_pages(scans, jpeg):
    drawing().save(scans / "m.tif", save_all=True, append_images=[Image.new("L", (90, 50), 128)])
    pdf = pdf_of_pages(page_of(jpeg), page_of(scans / "m.tif"), page_of(scans / "m.tif", frame=1, text=False))
    assert len(pdf.pages) == 3
    assert texts_in(pdf, 1) == TEXT
    assert int(picture_in(pdf.pages[2]).Width) == 90


def test_a_long_document_is_put_together_of_parts(jpeg, tmp_path, monkeypatch):
    monkeypatch.setattr(pdf_document, "PART_PAGES", 2)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    pdf = pdf_of_pages(*[page_of(jpeg)] * 5)
    assert len(pdf.pages) == 5
    assert all(texts_in(pdf, number) == TEXT for number in range(5))
    assert all(picture_in(page).read_raw_bytes() == jpeg.read_bytes() for page in pdf.pages)
    assert not list(tmp_path.glob(".*.part"))


def test_pages_that_cannot_be_had_are_left_out_and_the_others_stay(scans, jpeg, caplog):
    caplog.set_level(logging.WARNING)
    (scans / "bad.jpg").write_bytes(b"\xff\xd8\xff\xe0 nothing")
    told = []
    bad = page_of(scans / "bad.jpg", text=False, told=told, status=PageStatus.FAILED, width=None, height=None)
    whole = page_of(jpeg, text=False, status=PageStatus.FAILED, width=None, height=None)
    pdf = pdf_of_pages(page_of(jpeg), bad, whole, page_of(jpeg))
    assert len(pdf.pages) == 3
    assert picture_in(pdf.pages[1]).read_raw_bytes() == jpeg.read_bytes()
    assert "bad.jpg is left out" in caplog.text
    assert told == ["“bad.jpg” was skipped: The picture is damaged or cut off. Copy or scan it again, then retry."]
    with pytest.raises(PageUnreadable):
        pdf_of_pages(bad)


def test_a_page_that_goes_wrong_as_nobody_thought_of_does_not_stop_the_others(jpeg):
    told = []

    def picture():
        raise KeyError("HEIF")

    broken = replace(page_of(jpeg, told=told), picture=picture)
    pdf = pdf_of_pages(page_of(jpeg), broken, page_of(jpeg))
    assert len(pdf.pages) == 2
    assert told == [
        f"“{jpeg.name}” was skipped: It cannot be put into a PDF ('HEIF'). Save it in another format, then retry."
    ]


@pytest.mark.parametrize("name", ["a.heic", "a.avif", "a.webp", "a.jp2", "a.bmp", "a.gif", "a.tga", "a.ppm"])
def test_every_format_that_is_read_can_be_put_in(scans, name):
    if name == "a.heic":
        (scans / name).write_bytes(HEIC)
    else:
        drawing().save(scans / name)
    assert is_upright(seen_in(pdf_of_pages(page_of(scans / name))))


def test_nothing_that_another_program_made_is_decoded_in_the_exporter(scans, monkeypatch):
    drawing().save(scans / "a.tif")
    stored = page_of(scans / "a.tif").picture()

    def refuse(*arguments, **more):
        raise AssertionError("a picture was opened")

    monkeypatch.setattr(Image, "open", refuse)
    pdf = pdf_of_pages(replace(page_of(scans / "a.tif"), picture=lambda: stored))
    assert len(pdf.pages) == 1


# Pages of PDF files


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (50, 100, 550, 700)])
def test_a_page_of_a_pdf_keeps_its_content_and_gets_its_text(scans, tmp_path, rotate, crop):
    picture = Image.new("RGB", (60, 80), (250, 240, 230))
    (scans / "s.pdf").write_bytes(text_pdf("stamp", rotate=rotate, picture=picture))
    if crop:
        with pikepdf.open(scans / "s.pdf", allow_overwriting_input=True) as source:
            source.pages[0].cropbox = crop
            source.save(scans / "s.pdf")
    left, bottom, right, top = crop or (0, 0, 595, 842)
    width, height = right - left, top - bottom
    if rotate in (90, 270):
        width, height = height, width
    page = page_of(scans / "s.pdf", *LINES[:2], width=width, height=height, rotation=rotate)
    pdf = pdf_of_pages(page)
    assert int(pdf.pages[0].obj.get("/Rotate", 0)) == rotate
    assert texts_in(pdf) == TEXT[:2]
    assert "(stamp) Tj" in "".join(part.read_bytes().decode() for part in pdf.pages[0].obj.Contents)
    if crop:
        assert [int(side) for side in pdf.pages[0].cropbox] == list(crop)
    places = _places(pdf)
    (x1, y1), _, (x2, y2), _ = TITLE.words[1].polygon
    assert places["łódź"] == pytest.approx((x1, y1, x2, y2), abs=2)


def test_a_page_turned_when_it_was_read_is_turned_in_the_document(scans):
    (scans / "s.pdf").write_bytes(picture_pdf(drawing().rotate(90, expand=True), dpi=72))
    pdf = pdf_of_pages(page_of(scans / "s.pdf", turn=90, rotation=90))
    assert int(pdf.pages[0].obj.Rotate) == 90
    assert is_upright(seen_in(pdf))


def test_a_page_with_text_of_its_own_is_copied_as_it_is(scans):
    (scans / "own.pdf").write_bytes(text_pdf("own text {page}", pages=3))
    pdf = pdf_of_pages(page_of(scans / "own.pdf", frame=1, recognizer=OWN_TEXT))
    assert "/OcrText" not in pdf.pages[0].obj.Resources.Font
    assert b"own text 2" in pdf.pages[0].obj.Contents.read_bytes()


def test_invisible_text_of_another_program_is_replaced(scans):
    (scans / "ocr.pdf").write_bytes(text_pdf("old reading", mode=3, picture=Image.new("RGB", (60, 80), "white")))
    pdf = pdf_of_pages(page_of(scans / "ocr.pdf", *LINES[:2], width=595, height=842))
    assert texts_in(pdf) == TEXT[:2]
    assert "old" not in "".join(part.read_bytes().decode() for part in pdf.pages[0].obj.Contents)


def test_a_pdf_that_cannot_be_opened_again_goes_in_as_a_picture(scans):
    with pikepdf.open(io.BytesIO(text_pdf("secret"))) as source:
        source.save(scans / "p.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    page = page_of(scans / "p.pdf")
    pdf = pdf_of_pages(replace(page, picture=lambda: stored_pixels(np.asarray(drawing()))))
    assert texts_in(pdf) == TEXT
    assert is_upright(seen_in(pdf))


def test_a_page_whose_content_is_broken_is_there_once(scans):
    with pikepdf.open(io.BytesIO(text_pdf("stamp"))) as source:
        source.pages[0].obj.Contents = source.make_stream(b"3 Tr BT (broken Tj [ <<")
        del source.pages[0].obj.Resources
        source.save(scans / "b.pdf")
    pdf = pdf_of_pages(page_of(scans / "b.pdf"))
    assert len(pdf.pages) == 1
    assert texts_in(pdf) == TEXT


# The document


def test_it_says_that_it_is_for_archives_where_it_is(scans, jpeg):
    (scans / "own.pdf").write_bytes(text_pdf("own text"))
    ours, others = pdf_of_pages(page_of(jpeg)), pdf_of_pages(page_of(jpeg), page_of(scans / "own.pdf"))
    with ours.open_metadata() as about:
        assert (about.pdfa_status, about["dc:title"]) == ("2B", "a.jpg")
    with others.open_metadata() as about:
        assert (about.pdfa_status, about["dc:title"]) == ("", "scans")
    (intent,) = ours.Root.OutputIntents
    assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
    assert len(ours.trailer.ID) == 2


def test_a_full_disk_is_heard_of_as_such(jpeg):
    with pytest.raises(OSError, match="No space left"), FullDisk() as file:
        FORMAT.write([page_of(jpeg)] * 3, file)


@needs_qpdf
def test_others_find_nothing_wrong(jpeg, tmp_path):
    assert "No syntax or stream encoding errors" in said_by("qpdf", pdf_of_pages(page_of(jpeg)), tmp_path, "--check")


class FullDisk(io.BytesIO):
    def write(self, data):
        if self.tell() + len(data) > 1000:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)


def _places(pdf: pikepdf.Pdf) -> dict[str, tuple[float, float, float, float]]:
    """Where words are shown on the turned and cropped page, in points from its top-left corner."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as pdfium_c

    file = io.BytesIO()
    pdf.save(file)
    document = pdfium.PdfDocument(file.getvalue())
    page = document[0]
    text = page.get_textpage()
    whole = "".join(chr(pdfium_c.FPDFText_GetUnicode(text, index)) for index in range(text.count_chars()))
    placement = Placement(page, round(page.get_width()), round(page.get_height()))
    places = {}
    for word in ("łódź",):
        start = whole.index(word)
        rectangle, boxes = pdfium_c.FS_RECTF(), []
        for index in range(start, start + len(word)):
            assert pdfium_c.FPDFText_GetLooseCharBox(text, index, rectangle)
            boxes.append(placement.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top))
        sides = list(zip(*boxes, strict=True))
        places[word] = min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])
    text.close()
    page.close()
    document.close()
    return places
