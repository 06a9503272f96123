import numpy as np
import pytest
from fake_models import CHARACTERS, FakeModels, draw_bars, is_upright, stack

from ocrdesk.engine.decode import turn_pixels
from ocrdesk.engine.recognition.ppocr.line_finder import LineFinder
from ocrdesk.engine.recognition.ppocr.line_reader import LineReader
from ocrdesk.engine.recognition.ppocr.orientation import (
    CLASSIFIED,
    DOWNWARDS,
    LONGEST_READ,
    READERS,
    SET_UPRIGHT,
    SURE,
    SUSPICIOUS,
    VOTERS,
    Orientation,
)
from ocrdesk.engine.recognition.read_line import ReadLine, ReadWord


class ReadCrops:
    """Reads lines and remembers what was cut out for it each time."""

    def __init__(self, models):
        self._reader = LineReader(models.read, CHARACTERS, 1.0)
        self.asked = []

    def __call__(self, crops):
        self.asked.append(list(crops))
        return self._reader.read(crops)


def find(page):
    return LineFinder(FakeModels().detect, 10).find(page)


def turn_of(models: FakeModels, page, read=None, boxes=None) -> int:
    orientation = Orientation(find, models.classify, read or ReadCrops(models))
    return orientation.find_turn(page, find(page) if boxes is None else boxes)


@pytest.mark.parametrize("turned_by", [0, 90, 180, 270])
def test_a_page_is_turned_back_however_it_was_turned(turned_by):
    page = turn_pixels(draw_bars(*stack(5)), turned_by)
    assert turn_of(FakeModels(), page) == -turned_by % 360


def test_a_page_without_lines_stays_as_it_is():
    models = FakeModels()
    assert turn_of(models, draw_bars()) == 0
    assert models.lines == models.asked == []


@pytest.mark.parametrize("turned_by", [90, 180, 270])
def test_one_line_is_enough(turned_by):
    assert turn_of(FakeModels(), turn_pixels(draw_bars(*stack(1)), turned_by)) == -turned_by % 360


# Upside down


def test_the_classifier_alone_turns_nothing_because_it_is_often_wrong():
    assert turn_of(FakeModels(votes=True), draw_bars(*stack(5))) == 0


def test_without_suspicion_no_line_is_read():
    models = FakeModels(votes=False)
    assert turn_of(models, turn_pixels(draw_bars(*stack(5)), 180)) == 0
    assert models.lines == []


@pytest.mark.parametrize("suspicious", [False, True])
def test_so_many_votes_raise_suspicion(suspicious):
    count = 10
    votes = int(np.ceil(SUSPICIOUS * count)) - (0 if suspicious else 1)

    class DividedModels(FakeModels):
        def classify(self, lines):
            its = super().classify(lines)
            return np.where(np.arange(len(its))[:, None] < votes, [[0.4, 0.6]], [[0.6, 0.4]]).astype(np.float32)

    bars = [(40, 10 + 38 * number, 300, 20) for number in range(count)]
    models = DividedModels()
    assert turn_of(models, turn_pixels(draw_bars(*bars), 180)) == (180 if suspicious else 0)
    assert bool(models.lines) is suspicious


def test_only_a_few_of_the_longest_lines_are_looked_at():
    bars = [(10, 20 * number, 60 + 5 * number, 12) for number in range(30)]
    models = FakeModels()
    read = ReadCrops(models)
    assert turn_of(models, turn_pixels(draw_bars(*bars, height=620), 180), read) == 180
    assert models.asked == [VOTERS]
    assert [len(crops) for crops in read.asked] == [2 * READERS]
    assert min(crop.shape[1] for crop in read.asked[0]) == pytest.approx(60 + 5 * (30 - READERS), abs=3)


def test_of_a_long_line_the_beginning_is_enough():
    models = FakeModels()
    read = ReadCrops(models)
    page = turn_pixels(draw_bars((40, 30, 700, 20), (40, 100, 300, 20), width=800), 180)
    assert turn_of(models, page, read) == 180
    ((long, short, *_),) = read.asked
    assert long.shape[1] == LONGEST_READ * long.shape[0] < 600
    assert short.shape[1] == pytest.approx(300, abs=3)


def test_a_few_standing_lines_beside_long_ones_have_no_say():
    page = draw_bars(*stack(5), (500, 30, 20, 90), (540, 30, 20, 90))
    models = FakeModels()
    assert turn_of(models, turn_pixels(page, 180)) == 180
    assert models.asked == [5]


def test_where_no_way_is_read_better_the_page_stays():
    class SameModels(FakeModels):
        def say(self, line):
            return "bar", 0.9

    assert turn_of(SameModels(votes=True), turn_pixels(draw_bars(*stack(5)), 180)) == 0


@pytest.mark.parametrize(("text", "sure", "is_turned"), [("1", 1.0, False), ("??", 0.9, False), ("票号", 0.97, True)])
@pytest.mark.parametrize("turned_by", [90, 180, 270])
def test_a_letter_or_two_that_may_be_none_turn_no_picture_and_two_clear_ones_do(turned_by, text, sure, is_turned):
    class FewLetters(FakeModels):
        def say(self, line):
            return (text, sure) if is_upright(line) else (" ", 0.9)

    picture = turn_pixels(draw_bars(*stack(1)), turned_by)
    assert turn_of(FewLetters(votes=True), picture) == (-turned_by % 360 if is_turned else 0)


def test_a_page_that_cannot_be_read_at_all_stays():
    class BlindModels(FakeModels):
        def say(self, line):
            return " ", 0.9

    for turned_by in (90, 180, 270):
        assert turn_of(BlindModels(), turn_pixels(draw_bars(*stack(5)), turned_by)) == 0


# The classifier's picture


class SeeingModels(FakeModels):
    def classify(self, lines):
        self.seen = lines
        return super().classify(lines)


def test_the_classifier_sees_the_beginning_of_a_line_in_its_proportions():
    models = SeeingModels()
    page = draw_bars((40, 30, 400, 20))
    page[30:50, 130:] = 200  # what follows
    turn_of(models, page)
    assert models.seen.shape == (1, 3, *CLASSIFIED)
    shown = (models.seen[0, 0] + 1) * 127.5
    assert shown[6:-6, 60:].max() < 100, "four times as wide as high, and no more"


def test_a_short_line_is_padded_with_grey_and_not_stretched():
    models = SeeingModels()
    turn_of(models, draw_bars((40, 30, 40, 20)))
    shown = (models.seen[0] + 1) * 127.5
    assert shown[:, 10:-10, 110:] == pytest.approx(np.full((3, 28, 82), 127), abs=0.6)
    assert shown[:, 30, 75] == pytest.approx([54] * 3, abs=3)


# On its side


@pytest.mark.parametrize(("sure", "turn"), [(SURE - 0.03, 0), (SURE + 0.03, None)])
@pytest.mark.parametrize("turned_by", [90, 180, 270])
def test_a_page_is_turned_only_if_it_can_be_read(turned_by, sure, turn):
    expected = -turned_by % 360 if turn is None else turn
    assert turn_of(FakeModels(sure=sure), turn_pixels(draw_bars(*stack(5)), turned_by)) == expected


class Answers:
    """Gives each time it is asked one answer to all lines; of a pair, one to each half."""

    def __init__(self, *answers):
        self._answers = list(answers)
        self.asked = []

    def __call__(self, crops):
        self.asked.append(list(crops))
        answer = self._answers.pop(0)
        if isinstance(answer, ReadLine):
            return [answer] * len(crops)
        half = len(crops) // 2
        return [answer[0]] * half + [answer[1]] * half


def written(text, sure=0.9):
    """A line of words of one letter each, side by side."""
    count = len(text)
    words = (ReadWord(letter, sure, place / count, (place + 1) / count) for place, letter in enumerate(text))
    return ReadLine(text, sure, tuple(words), sure)


CHINESE, LATIN, NOTHING = written("发票号码"), written("bars"), ReadLine("", 0.0)


@pytest.mark.parametrize(
    ("both_ways", "set_upright", "turn"),
    [
        ((CHINESE, NOTHING), CHINESE, 0),
        ((CHINESE, NOTHING), written("发票号码", max(0.9 * DOWNWARDS, SURE) + 0.01), 0),
        ((CHINESE, NOTHING), written("发票"), 270),
        ((CHINESE, NOTHING), NOTHING, 270),
        ((CHINESE, CHINESE), NOTHING, 90),
        ((NOTHING, CHINESE), CHINESE, 180),
        ((NOTHING, CHINESE), written("发票"), 90),
        ((written("bar发票"), NOTHING), CHINESE, 270),
        ((LATIN, NOTHING), LATIN, 270),
        ((NOTHING, LATIN), LATIN, 90),
    ],
)
def test_chinese_written_downwards_stands_upright_already_and_other_lines_do_not(both_ways, set_upright, turn):
    page = turn_pixels(draw_bars(*stack(5)), 90)
    read = Answers(both_ways, set_upright)
    assert turn_of(FakeModels(), page, read) == turn
    assert {len(crops) for crops in read.asked} <= {10, SET_UPRIGHT[0]}


@pytest.mark.parametrize(
    ("high", "upright", "turn"),
    [
        (40, written("4", 0.95), 0),  # digits of a column, that are read as clearly on their side
        (40, written("4", 0.9), 0),
        (40, NOTHING, 270),  # short words of a page that lies
        (80, written("4", 0.95), 270),  # lines: how they run is plain
    ],
)
def test_boxes_of_single_letters_turn_no_page_that_can_be_read_as_it_stands(high, upright, turn):
    boxes = np.array([[[x, 20], [x + 24, 20], [x + 24, 20 + high], [x, 20 + high]] for x in range(20, 320, 40)])
    read = Answers((written("4", 0.92), NOTHING), upright)
    page = np.full((200, 400, 3), 255, np.uint8)
    assert turn_of(FakeModels(), page, read, boxes.astype(np.float32)) == turn
    if turn == 0:
        assert {crop.shape[:2] for crop in read.asked[1]} == {(high, 24)}, "each stands upright"


def test_characters_of_a_column_are_set_upright_in_a_row():
    colours = np.array([[200, 0, 0], [0, 200, 0], [0, 0, 200], [200, 200, 0]], np.uint8)
    page = np.full((400, 200, 3), 255, np.uint8)
    for number, colour in enumerate(colours):
        page[40 + 40 * number : 80 + 40 * number, 100:140] = colour
        page[40 + 40 * number : 60 + 40 * number, 100:120] = 90
    read = Answers((CHINESE, NOTHING), CHINESE)
    box = np.array([[[100, 40], [140, 40], [140, 200], [100, 200]]], np.float32)
    assert turn_of(FakeModels(), page, read, box) == 0
    (row,) = read.asked[1]
    assert row.shape == (40, 160, 3)
    assert row[30, 30::40].tolist() == colours.tolist()
    assert (row[5:15, 5::40] == 90).all(), "each stands upright"


def test_of_a_long_column_the_first_characters_are_set_upright():
    most = SET_UPRIGHT[1]
    page = turn_pixels(draw_bars(*stack(1)), 90)
    read = Answers((written("发" * 3 * most), NOTHING), written("发" * most))
    assert turn_of(FakeModels(), page, read) == 0
    (row,) = read.asked[1]
    assert row.shape[1] == most * row.shape[0]


def test_a_column_in_which_nothing_was_read_is_left_out_of_the_row():
    read = Answers((CHINESE, NOTHING), CHINESE)
    orientation_read = read.__call__

    def first_is_empty(crops):
        return [NOTHING, *orientation_read(crops)[1:]]

    assert turn_of(FakeModels(), turn_pixels(draw_bars(*stack(5)), 90), first_is_empty) == 0
    assert len(read.asked[1]) == 4


@pytest.mark.parametrize("turned_by", [90, 270])
def test_lines_on_their_side_that_were_found_two_in_one_are_looked_for_again(turned_by):
    page = turn_pixels(draw_bars(*[(40, 30 + 30 * number, 300, 20) for number in range(6)]), turned_by)
    found = find(page)
    order = np.argsort(found[:, 0, 0])
    two_in_one = [np.concatenate([found[a], found[b]]) for a, b in zip(order[::2], order[1::2], strict=True)]
    spans = [(*its.min(axis=0), *its.max(axis=0)) for its in two_in_one]
    boxes = np.array([[[a, b], [c, b], [c, d], [a, d]] for a, b, c, d in spans], np.float32)
    assert turn_of(FakeModels(), page, boxes=boxes) == -turned_by % 360
    assert turn_of(FakeModels(sure=SURE - 0.02), page, boxes=boxes) == 0


BOX = np.array([[[40, 20], [200, 20], [200, 60], [40, 60]]], np.float32)
"""Of a lying line, four times as long as high."""

STANDING = np.array([[[40, 20], [80, 20], [80, 180], [40, 180]]], np.float32)


@pytest.mark.parametrize(
    ("read", "set_upright", "is_on_its_side"),
    [(CHINESE, CHINESE, True), (CHINESE, written("发票"), False), (CHINESE, NOTHING, False)],
)
def test_chinese_whose_letters_lie_was_written_downwards(read, set_upright, is_on_its_side):
    orientation = Orientation(find, FakeModels().classify, Answers(set_upright))
    crop = np.zeros((40, 160, 3), np.uint8)
    assert orientation.is_on_its_side(BOX, [crop], [read]) is is_on_its_side


@pytest.mark.parametrize(
    ("boxes", "read"),
    [
        (BOX, LATIN),
        (BOX, NOTHING),
        (BOX, written("发票号码", SURE - 0.1)),
        (BOX, written("发", 1.0)),
        (STANDING, CHINESE),
        (BOX[:0], CHINESE),
    ],
)
def test_other_lines_are_not_asked_about(boxes, read):
    asked = Answers()
    orientation = Orientation(find, FakeModels().classify, asked)
    lines = [read] * len(boxes)
    assert not orientation.is_on_its_side(boxes, [np.zeros((40, 160, 3), np.uint8)] * len(boxes), lines)
    assert asked.asked == []


@pytest.mark.parametrize("turned_by", [90, 270])
def test_lines_on_their_side_that_were_found_as_one_are_looked_for_again(turned_by):
    page = turn_pixels(draw_bars(*[(40, 30 + 30 * number, 300, 20) for number in range(6)]), turned_by)
    height, width = page.shape[:2]
    one = np.array([[[5, 5], [width - 5, 5], [width - 5, height // 2], [5, height // 2]]], np.float32)
    assert turn_of(FakeModels(), page, boxes=one) == -turned_by % 360


def box_around(left, top, right, bottom):
    return np.array([[[left, top], [right, top], [right, bottom], [left, bottom]]], np.float32)


@pytest.mark.parametrize("turned_by", [90, 270])
def test_a_page_number_beside_lines_found_as_one_does_not_keep_the_page_on_its_side(turned_by):
    page = turn_pixels(draw_bars(*[(40, 30 + 30 * number, 300, 20) for number in range(6)]), turned_by)
    height, width = page.shape[:2]
    page[height - 40 : height - 20, 10:70] = draw_bars((0, 0, 60, 20))[:20, :60]
    lines = box_around(5, 5, width - 5, height - 60), box_around(10, height - 40, 70, height - 20)
    assert turn_of(FakeModels(), page, boxes=np.concatenate(lines)) == -turned_by % 360


def test_a_page_with_a_photo_and_few_letters_is_not_turned_for_as_few_that_stand():
    standing = turn_pixels(draw_bars((0, 0, 120, 20))[:20, :120], 90)
    page = draw_bars((40, 340, 120, 20))
    page[100:220, 500:520] = standing
    lines = box_around(40, 20, 440, 300), box_around(40, 340, 160, 360), box_around(500, 100, 520, 220)
    assert turn_of(FakeModels(), page, boxes=np.concatenate(lines)) == 0
    assert turn_of(FakeModels(), page[:, :480], boxes=np.concatenate(lines[:2])) == 0


def test_a_few_huge_letters_that_can_be_read_stay():
    page = draw_bars((20, 60, 560, 280))
    assert turn_of(FakeModels(), page) == 0


def test_only_a_few_standing_lines_are_read_both_ways():
    models = FakeModels()
    read = ReadCrops(models)
    bars = [(10, 20 * number, 60 + 5 * number, 12) for number in range(20)]
    assert turn_of(models, turn_pixels(draw_bars(*bars, height=420), 90), read) == 270
    assert [len(crops) for crops in read.asked] == [2 * READERS]
    assert min(crop.shape[1] for crop in read.asked[0]) == pytest.approx(60 + 5 * (20 - READERS), abs=3)
    assert models.asked == []


def test_long_lying_lines_outweigh_standing_ones():
    bars = [*stack(6), (500, 20, 10, 60), (530, 20, 10, 60), (560, 20, 10, 60)]
    assert turn_of(FakeModels(), draw_bars(*bars)) == 0


def test_the_picture_is_not_changed():
    page = turn_pixels(draw_bars(*stack(5)), 90)
    before = page.copy()
    turn_of(FakeModels(), page)
    assert np.array_equal(page, before)
