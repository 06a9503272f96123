"""Pages are drawn, harmed in one way, and measured with lines where they were drawn."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from ocrdesk.engine.decode.picture import Resolution
from ocrdesk.engine.document import Line
from ocrdesk.engine.scan_quality.flaws import Flaw, findings
from ocrdesk.engine.scan_quality.measures import Measures
from ocrdesk.engine.scan_quality.measuring import measured

SIZE = 30
TEXT = "the harbour was quiet"


def sheet(ink="black", paper="white", size=SIZE, bolder=0):
    """A page with eight lines, and these lines; strokes can be bolder by some pixels on each side."""
    picture = Image.new("RGB", (14 * size, 18 * size), paper)
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(size)
    lines = []
    for row in range(8):
        x, y = size, (1 + 2 * row) * size
        draw.text((x, y), TEXT, fill=ink, font=font, stroke_width=bolder)
        left, top, right, bottom = draw.textbbox((x, y), TEXT, font=font, stroke_width=bolder)
        lines.append(line(left - 2, top - 2, right + 2, bottom + 2))
    return picture, lines


def line(left, top, right, bottom, text=TEXT):
    return Line(text, 0.9, ((left, top), (right, top), (right, bottom), (left, bottom)))


def flaws(picture, lines, resolution=None):
    measures = measured(np.asarray(picture), lines, resolution or Resolution())
    return [finding.flaw for finding in findings(measures)]


@pytest.mark.parametrize(
    ("ink", "paper"),
    [("black", "white"), ("#404040", "#d8c8a8"), ("white", "#202040"), ("#e0e0e0", "black"), ("#606060", "#f4f4f4")],
)
def test_a_good_page_has_no_flaws(ink, paper):
    assert flaws(*sheet(ink, paper)) == []


def test_letters_are_as_high_as_they_were_drawn():
    small, large = (measured(np.asarray(it[0]), it[1], Resolution()) for it in (sheet(size=24), sheet(size=48)))
    assert large.letter == pytest.approx(2 * small.letter, rel=0.1)
    assert small.letter == pytest.approx(0.52 * 24, rel=0.15)


@pytest.mark.parametrize("ink", ["black", "#909090"])
def test_a_blurred_page_is_blurred_whatever_its_contrast(ink):
    picture, lines = sheet(ink)
    assert flaws(picture.filter(ImageFilter.GaussianBlur(4)), lines)[0] is Flaw.BLURRED
    assert flaws(picture.filter(ImageFilter.GaussianBlur(0.7)), lines) == []


@pytest.mark.parametrize("axis", [0, 1])
def test_a_page_that_moved_in_one_direction_is_blurred(axis):
    picture, lines = sheet()
    pixels = np.asarray(picture).astype(np.float32)
    moved = np.mean([np.roll(pixels, by, axis) for by in range(-6, 7)], axis=0)
    assert flaws(moved.astype(np.uint8), lines) == [Flaw.BLURRED]


@pytest.mark.parametrize("blur", [0.5, 0.7])
def test_bold_letters_have_no_less_detail_than_others(blur):
    details = []
    for bolder in (0, 1, 2, 3):
        picture, lines = sheet(bolder=bolder)
        soft = picture.filter(ImageFilter.GaussianBlur(blur))
        details.append(measured(np.asarray(soft), lines, Resolution()).detail)
        assert flaws(soft, lines) == []
    assert min(details) > 0.75 * max(details)


@pytest.mark.parametrize("bolder", [0, 3])
@pytest.mark.parametrize("way", [Image.Resampling.BICUBIC, Image.Resampling.LANCZOS])
def test_letters_of_four_dots_that_were_enlarged_are_blurred(bolder, way):
    picture, lines = sheet(bolder=bolder)
    small = picture.resize((picture.width // 4, picture.height // 4), Image.Resampling.BOX)
    assert flaws(small.resize(picture.size, way), lines) == [Flaw.BLURRED]


def test_a_page_is_too_dark_or_too_faint():
    assert flaws(*sheet("black", "#303030")) == [Flaw.DARK]
    assert flaws(*sheet("#d0d0d0", "white")) == [Flaw.FAINT]


@pytest.mark.parametrize(("dpi", "flaw"), [(None, Flaw.COARSE), (100, Flaw.COARSE), (300, Flaw.SMALL)])
def test_small_print_is_told_from_low_resolution(dpi, flaw):
    assert flaws(*sheet(size=9), Resolution(dpi)) == [flaw]


def test_what_was_enlarged_has_no_more_dots_than_before():
    assert Flaw.COARSE in flaws(*sheet(size=36), Resolution(300, enlarged=4))
    assert flaws(*sheet(size=36), Resolution(300)) == []


def test_large_letters_may_have_few_dots_an_inch():
    assert flaws(*sheet(size=40), Resolution(100)) == []


@pytest.mark.parametrize(("side", "flaw"), [("left", Flaw.LEFT), ("right", Flaw.RIGHT)])
def test_lines_that_go_on_beyond_an_edge_are_cut_off(side, flaw):
    picture, lines = sheet()
    at = 110
    box = (at, 0, *picture.size) if side == "left" else (0, 0, at, picture.height)
    left = at if side == "left" else 0
    ends = (
        (max(0, x0 - left), y0, min(x1, box[2]) - left, y1) for (x0, y0), _, (x1, y1), _ in (it.polygon for it in lines)
    )
    assert flaws(picture.crop(box), [line(*them) for them in ends]) == [flaw]


def test_narrow_margins_cut_nothing_off():
    picture, lines = sheet()
    (left, *_), *_ = min(it.polygon for it in lines)
    by = left + 1
    moved = [line(x0 - by, y0, x1 - by, y1) for (x0, y0), _, (x1, y1), _ in (it.polygon for it in lines)]
    assert flaws(picture.crop((by, 0, *picture.size)), moved) == []


def test_the_dark_margin_of_a_scan_cuts_nothing_off():
    picture, lines = sheet()
    ImageDraw.Draw(picture).rectangle((0, 0, 25, picture.height), fill="black")
    assert flaws(picture, lines) == []


def test_a_finger_is_seen_on_paper_but_not_beside_it():
    picture, lines = sheet()
    draw = ImageDraw.Draw(picture)
    draw.ellipse((200, 100, 520, 260), fill=(224, 172, 138))
    assert flaws(picture, lines) == [Flaw.COVERED]
    beside, lines = sheet()
    ImageDraw.Draw(beside).rectangle((0, 0, 24, beside.height), fill=(224, 172, 138))
    assert flaws(beside, lines) == []


def test_brown_paper_is_no_finger():
    assert flaws(*sheet("#302820", (224, 190, 150))) == []


def test_coloured_paper_around_white_boxes_is_no_finger():
    picture = Image.new("RGB", (14 * SIZE, 18 * SIZE), (250, 215, 220))
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(SIZE)
    lines = []
    for y in range(SIZE, 16 * SIZE, 2 * SIZE):
        draw.rectangle((110, y - 9, 400, y + 42), fill="white")
        for x, text in ((SIZE, "quiet"), (120, "boats came in at night")):
            draw.text((x, y), text, fill="black", font=font)
            left, top, right, bottom = draw.textbbox((x, y), text, font=font)
            lines.append(line(left - 2, top - 2, right + 2, bottom + 2, text))
    assert flaws(picture, lines) == []


def test_a_line_that_folds_of_skin_were_taken_for_hides_no_finger():
    picture, lines = sheet()
    ImageDraw.Draw(picture).ellipse((200, 100, 520, 260), fill=(224, 172, 138))
    assert flaws(picture, [*lines, line(300, 160, 400, 190)]) == [Flaw.COVERED]


def test_deep_shadow_is_seen():
    picture, lines = sheet()
    pixels = np.asarray(picture).copy()
    pixels[len(pixels) // 2 :] = pixels[len(pixels) // 2 :] * 0.15
    assert Flaw.SHADED in flaws(pixels, lines)


def test_a_slanted_page_is_told():
    picture, _ = sheet()
    slanted = [Line(TEXT, 0.9, ((0, 0), (300, 120), (290, 145), (-10, 25)))] * 3
    assert measured(np.asarray(picture), slanted, Resolution()).slant == pytest.approx(21.8, abs=0.1)


@pytest.mark.parametrize("lines", [[], [line(10, 10, 300, 40)], [line(10, 10, 40, 40, "a"), line(10, 60, 40, 90, "b")]])
def test_where_there_is_no_text_nothing_is_measured(lines):
    blurred = sheet()[0].filter(ImageFilter.GaussianBlur(9))
    assert measured(np.asarray(blurred), lines, Resolution()) is None


def test_lines_outside_the_picture_do_no_harm():
    picture, _ = sheet()
    odd = [line(-50, -50, -10, -20), line(5000, 10, 6000, 40), line(0, 0, 0, 0), line(10, 10, 10.5, 400)]
    assert measured(np.asarray(picture), odd, Resolution()) is None


def test_measures_are_kept():
    measures = Measures(*(0.5 * number for number in range(15)))
    assert Measures.unpacked(measures.packed()) == measures
    assert Measures.unpacked(None) is Measures.unpacked(b"other") is None
