import math

import numpy as np
import pytest
from fake_models import CHARACTERS, FakeModels, draw_bars, faint, stack, steps_of

from ocrdesk.engine.decode import turn_pixels
from ocrdesk.engine.document import Mode
from ocrdesk.engine.recognition.ppocr import page_reader
from ocrdesk.engine.recognition.ppocr.ctc import HALF_SURE, MOST_SURE
from ocrdesk.engine.recognition.ppocr.line_finder import LARGEST
from ocrdesk.engine.recognition.ppocr.line_reader import HEIGHT
from ocrdesk.engine.recognition.ppocr.page_reader import ACCURATE, CARE, FAINTEST, FAST, LITTLE, PageReader

BARS = [(40, 30, 400, 20), (60, 100, 300, 24), (50, 200, 360, 30)]


def read(models, page, turn=None, mode=Mode.ACCURATE):
    return PageReader("fake", models, CHARACTERS, mode).read(page, turn)


def bounds(polygon):
    xs, ys = zip(*polygon, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def from_top(reading):
    return sorted(reading.lines, key=lambda line: line.polygon[0][1])


def sureness(letters, sure):
    """How likely letters are right that the reader is so sure of, each."""
    return MOST_SURE / (1 - len(letters) * math.log(sure) / HALF_SURE)


def texts(reading):
    return [line.text for line in from_top(reading)]


def near(bar, abs=1.6):
    left, top, wide, high = bar
    return pytest.approx((left, top, left + wide, top + high), abs=abs)


def test_every_line_is_read_where_it_stands():
    reading = read(FakeModels(), draw_bars(*BARS))
    assert texts(reading) == ["bar 1", "bar 2", "bar 3"]
    assert [line.confidence for line in reading.lines] == pytest.approx([sureness("bar1", 0.95)] * 3)
    assert [bounds(line.polygon) for line in from_top(reading)] == [near(bar) for bar in BARS]
    assert from_top(reading)[0].polygon[0] == pytest.approx((40, 30), abs=1.6), "the first is the top-left corner"
    assert (reading.width, reading.height, reading.turn) == (600, 400, 0)


def test_words_have_their_places_in_the_line():
    line = from_top(read(FakeModels(), draw_bars(*BARS)))[0]
    assert [(word.text, word.confidence) for word in line.words] == [
        (text, pytest.approx(sureness(text, 0.95))) for text in ("bar", "1")
    ]
    assert bounds(line.words[0].polygon) == pytest.approx((40, 30, 280, 50), abs=8)
    assert bounds(line.words[1].polygon) == pytest.approx((360, 30, 440, 50), abs=8)


def test_words_of_a_line_written_downwards_stand_one_under_the_other():
    page = turn_pixels(draw_bars(*BARS), 90)
    line = max(read(FakeModels(letters="发票号码"), page, 0).lines, key=lambda line: line.polygon[2][1])
    tops = [bounds(word.polygon)[1] for word in line.words]
    assert "".join(word.text for word in line.words) == "发票号码1"
    assert tops == sorted(tops)
    left, top, right, bottom = bounds(line.polygon)
    assert line.words[0].polygon[0] == pytest.approx((left, top), abs=1)
    assert line.words[-1].polygon[2] == pytest.approx((right, bottom), abs=1)
    assert {bounds(word.polygon)[::2] for word in line.words} == {(left, right)}


class BlindModels(FakeModels):
    """Finds no line anywhere."""

    def detect(self, picture):
        return np.zeros_like(super().detect(picture))


def nearly_empty(width, height, mark=20):
    """A white picture whose last pixel is a little darker."""
    picture = np.full((height, width, 3), 255, np.uint8)
    picture[-1, -1] = 255 - mark
    return picture


def test_a_page_on_which_no_line_is_found_asks_for_none_to_be_read():
    models = BlindModels()
    reading = read(models, nearly_empty(600, 400))
    assert (reading.lines, reading.width, reading.height, reading.turn) == ((), 600, 400, 0)
    assert models.pictures
    assert models.groups == models.asked == []


@pytest.mark.parametrize("colour", [0, 255, 128])
def test_a_page_of_one_colour_is_blank_without_asking_the_models(colour):
    models = FakeModels()
    reading = read(models, np.full((400, 600, 3), colour, np.uint8))
    assert (reading.lines, reading.width, reading.height, reading.turn) == ((), 600, 400, 0)
    assert models.pictures == models.groups == []


def test_a_page_of_one_colour_in_each_channel_is_blank_too():
    models = FakeModels()
    assert read(models, np.full((400, 600, 3), (250, 240, 90), np.uint8)).lines == ()
    assert models.pictures == []


def test_a_mark_in_one_colour_alone_is_looked_at():
    page = np.full((400, 600, 3), 255, np.uint8)
    page[200, 300, 2] = 255 - FAINTEST
    models = FakeModels()
    read(models, page)
    assert models.pictures


@pytest.mark.parametrize(("mark", "is_looked_at"), [(FAINTEST - 1, False), (FAINTEST, True)])
def test_a_single_mark_is_looked_at_unless_it_is_fainter_than_the_noise_of_a_scanner(mark, is_looked_at):
    models = FakeModels()
    read(models, nearly_empty(600, 400, mark))
    assert bool(models.pictures) is is_looked_at


def test_the_models_see_bgr_and_the_picture_is_not_changed():
    page = draw_bars(*BARS)
    page[..., 0] = np.maximum(page[..., 0], 200)
    before = page.copy()
    models = FakeModels()
    read(models, page)
    assert models.pictures[0][35, 300].tolist() == [54, 54, 200]
    assert any(line[HEIGHT // 2, -60].tolist() == pytest.approx([54, 54, 200], abs=1) for line in models.lines)
    assert np.array_equal(page, before)


def test_lines_with_little_confidence_are_kept():
    reading = read(FakeModels(sure=0.01), draw_bars(*BARS))
    assert texts(reading) == ["bar 1", "bar 2", "bar 3"]
    assert [line.confidence for line in reading.lines] == pytest.approx([sureness("bar1", 0.01)] * 3)
    assert reading.lines[0].confidence < 0.05


def test_boxes_in_which_nothing_was_read_give_no_lines():
    class PartlyBlindModels(FakeModels):
        def say(self, line):
            text, sure = super().say(line)
            return (" ", sure) if text == "bar 2" else (text, sure)

    assert texts(read(PartlyBlindModels(), draw_bars(*BARS))) == ["bar 1", "bar 3"]


def test_a_page_tells_which_part_of_it_looks_like_letters_and_was_not_read():
    page = draw_bars((40, 30, 400, 20))
    page[100:132, 40:440] = 200  # a ground for blocks, which is found as a line
    for left in range(50, 430, 10):
        page[108:124, left : left + 6] = 60

    class BlindToBlocks(FakeModels):
        def say(self, line):
            return (" ", 0.9) if line.max() > 190 else super().say(line)

    reading = read(BlindToBlocks(letters=12 * "bar"), page)
    assert texts(reading) == [12 * "bar" + " 1"]
    assert reading.unread == pytest.approx(12.5 / (20 + 12.5), abs=0.02), "lengths are in heights"
    assert read(FakeModels(letters=12 * "bar"), draw_bars(*BARS)).unread == 0


# Turned


@pytest.mark.parametrize("turned_by", [90, 180, 270])
def test_a_turned_page_is_read_upright_and_its_polygons_belong_to_the_upright_page(turned_by):
    page = draw_bars(*stack(4))
    upright = read(FakeModels(), page)
    turned = read(FakeModels(), turn_pixels(page, turned_by))
    assert turned.turn == -turned_by % 360
    assert (turned.width, turned.height) == (600, 400)
    assert turned.lines == upright.lines


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_read_at_the_turn_that_is_wanted(turn):
    models = FakeModels(sure=0.99)
    page = draw_bars(*BARS)
    reading = read(models, page, turn)
    seen = turn_pixels(page, turn)
    assert (reading.turn, reading.width, reading.height) == (turn, seen.shape[1], seen.shape[0])
    assert models.asked == [], "no vote"
    assert len(reading.lines) == 3
    assert len(models.lines) == (6 if turn == 270 else 3), "and no reading both ways, but of lines written upwards"
    for line in reading.lines:
        left, top, right, bottom = (round(its) for its in bounds(line.polygon))
        assert seen[(top + bottom) // 2, (left + right) // 2].max() < 70


@pytest.mark.parametrize("turned_by", [90, 180, 270])
def test_at_the_right_turn_a_page_is_read_as_if_it_stood_upright(turned_by):
    page = draw_bars(*stack(4))
    reading = read(FakeModels(), turn_pixels(page, turned_by), -turned_by % 360)
    assert reading.lines == read(FakeModels(), page).lines


@pytest.mark.parametrize(("turn", "size"), [(None, (600, 400)), (90, (400, 600)), (180, (600, 400))])
def test_a_blank_page_is_turned_as_wanted_too(turn, size):
    reading = read(FakeModels(), np.full((400, 600, 3), 255, np.uint8), turn)
    assert (reading.lines, reading.turn, (reading.width, reading.height)) == ((), turn or 0, size)


# Faint


def test_a_faint_page_is_read_once_more_with_its_contrast_raised():
    page = faint(draw_bars(*BARS))
    models = FakeModels()
    reading = read(models, page)
    assert len(models.pictures) == 2
    assert models.pictures[0].min() > 200
    assert models.pictures[1].min() < 30
    assert [bounds(line.polygon) for line in from_top(reading)] == [near(bar, 3) for bar in BARS]
    assert (reading.width, reading.height, reading.turn) == (600, 400, 0)


def test_a_few_faint_words_on_pure_white_are_seen_too():
    page = faint(draw_bars((40, 100, 60, 12)))
    page[300, 500] = 0  # a speck
    assert (page < 255).any(axis=2).mean() < 0.005
    assert [bounds(line.polygon) for line in read(FakeModels(), page).lines] == [near((40, 100, 60, 12), 3)]


def test_a_dark_edge_beside_faint_print_does_not_hide_it():
    page = faint(draw_bars(*BARS))
    page[:, 0] = 0
    models = FakeModels()
    assert len(read(models, page).lines) == 3
    assert len(models.pictures) == 2


@pytest.mark.parametrize("turn", [None, 270])
def test_a_faint_page_is_turned_too(turn):
    page = draw_bars(*(bar for bar in stack(4, wide=250)), width=320, height=220)
    upright = read(FakeModels(), faint(page))
    turned = read(FakeModels(), turn_pixels(faint(page), 90), turn)
    assert (turned.turn, turned.width, turned.height) == (270, 320, 220)
    assert [bounds(line.polygon) for line in from_top(turned)] == [
        pytest.approx(bounds(line.polygon), abs=4) for line in from_top(upright)
    ]


def test_a_faint_page_keeps_the_turn_that_is_wanted():
    page = faint(draw_bars(*stack(4, wide=250), width=320, height=220))
    models = FakeModels()
    reading = read(models, page, 180)
    assert len(models.pictures) == 2
    assert (reading.turn, len(reading.lines), models.asked) == (180, 4, [])


def light_bar():
    """A page with one bar, number 25, in so little contrast that it can be raised."""
    return draw_bars(*[(0, 0, 0, 0)] * 24, (40, 100, 400, 24))


class WaveringModels(FakeModels):
    """Reads a line differently where its contrast was raised."""

    def __init__(self, first, second):
        super().__init__()
        self.answers = {False: first, True: second}

    def say(self, line):
        return self.answers[len(self.pictures) > 1]


@pytest.mark.parametrize(
    ("first", "second", "better"),
    [
        (("bar", 0.5), ("rab", 0.6), "rab"),
        (("bar", 0.5), ("rab", 0.4), "bar"),
        (("bar", 0.5), ("rab", 0.5), "bar"),
        (("bar", 0.5), ("rabbab", 0.4), "rabbab"),
        (("bar bar", 0.5), ("a", 0.9), "bar bar"),
        (("bar", 0.5), (" ", 0.9), "bar"),
        ((" ", 0.9), ("b", 0.1), "b"),
    ],
)
def test_of_both_readings_the_better_one_stays(first, second, better):
    models = WaveringModels(first, second)
    assert texts(read(models, light_bar(), 0)) == [better]
    assert len(models.pictures) == 2


def test_a_turn_found_in_the_worse_reading_is_not_taken_over():
    class TurningModels(WaveringModels):
        def classify(self, lines):
            super().classify(lines)
            return np.array([[0.0, 1.0]] * len(lines), np.float32)

        def say(self, line):
            if len(self.pictures) == 1:
                return "bar", 0.9
            return ("b", 0.2) if self.groups[-1][0, 12, 24].max() < 25 else ("b", 0.3)

    reading = read(TurningModels(None, None), light_bar())
    assert (reading.turn, texts(reading)) == (0, ["bar"])


@pytest.mark.parametrize(("letters", "looks"), [(LITTLE - 1, 2), (LITTLE, 1)])
def test_a_page_with_enough_letters_is_looked_at_once(letters, looks):
    class LongModels(FakeModels):
        def say(self, line):
            return ("bar0" * LITTLE)[:letters], 0.3

    models = LongModels()
    read(models, light_bar(), 0)
    assert len(models.pictures) == looks


def test_a_page_with_few_letters_in_full_contrast_is_looked_at_once():
    models = FakeModels()
    assert texts(read(models, draw_bars((40, 100, 400, 24)))) == ["bar 1"]
    assert len(models.pictures) == 1


# Of any size


def test_lines_of_a_large_page_are_looked_for_in_a_smaller_one_and_read_from_the_full_one(monkeypatch):
    crops = []
    cut_out = page_reader.cut_out
    monkeypatch.setattr(page_reader, "cut_out", lambda *its: crops.append(cut_out(*its)) or crops[-1])
    models = FakeModels()
    bars = [(200, 300 + 400 * number, 2400, 100) for number in range(3)]
    reading = read(models, draw_bars(*bars, width=4000, height=3000))
    assert max(models.pictures[0].shape) == LARGEST
    assert [bounds(line.polygon) for line in from_top(reading)] == [near(bar, 6) for bar in bars]
    assert [crop.shape[:2] for crop in crops] == [pytest.approx((100, 2400), abs=8)] * 3
    assert (reading.width, reading.height) == (4000, 3000)


@pytest.mark.parametrize("size", [(1600, 40), (40, 1600), (1, 3000), (3000, 1), (2, 1), (1, 1)])
@pytest.mark.parametrize("turn", [None, 90])
def test_pages_of_any_shape_are_read(size, turn):
    width, height = size
    reading = read(BlindModels(), nearly_empty(width, height), turn)
    assert reading.lines == ()
    assert (reading.width, reading.height) == (size if turn is None else (height, width))


def test_a_line_that_fills_a_strip_is_read():
    assert texts(read(FakeModels(), draw_bars((4, 4, 990, 32), width=1000, height=40))) == ["bar 1"]


# Care


@pytest.mark.parametrize("mode", Mode)
def test_lines_are_as_wide_as_the_mode_wants_them(mode):
    models = FakeModels()
    read(models, draw_bars(*BARS), 0, mode)
    wished = sorted(HEIGHT * CARE[mode].width * wide / high for _, _, wide, high in BARS)
    assert sorted(line.shape[1] for line in models.lines) == [pytest.approx(its, rel=0.2) for its in wished]


def test_letters_are_as_high_as_the_mode_wants_them(monkeypatch):
    wanted = []
    finder = page_reader.LineFinder
    monkeypatch.setattr(page_reader, "LineFinder", lambda detect, high: wanted.append(high) or finder(detect, high))
    read(FakeModels(), draw_bars(*BARS), mode=Mode.ACCURATE)
    read(FakeModels(), draw_bars(*BARS), mode=Mode.FAST)
    assert wanted == [ACCURATE.letters, FAST.letters]
    assert FAST.letters < ACCURATE.letters
    assert FAST.width < ACCURATE.width


def test_a_reader_reads_in_either_mode_with_the_same_models(monkeypatch):
    wanted = []
    finder = page_reader.LineFinder
    monkeypatch.setattr(page_reader, "LineFinder", lambda detect, high: wanted.append(high) or finder(detect, high))
    models = FakeModels()
    accurate = PageReader("fake", models, CHARACTERS)
    fast = accurate.as_wanted(Mode.FAST)
    assert texts(fast.read(draw_bars(*BARS))) == texts(accurate.read(draw_bars(*BARS)))
    assert len(models.pictures) == 2, "both went through these models"
    assert (accurate.name, fast.name, fast.as_wanted(Mode.ACCURATE).name) == ("fake", "fake/fast", "fake")
    assert wanted == [ACCURATE.letters, FAST.letters, ACCURATE.letters]
    assert fast.as_wanted(None) is fast


def test_the_fake_reader_writes_what_it_is_told():
    """What the tests here stand on."""
    steps = steps_of([("bar 1", 0.5)], 98)
    assert "".join(CHARACTERS[number] for number in steps.classes[0]) == "bar 1"
