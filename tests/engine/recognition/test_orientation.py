import numpy as np
import pytest
from fake_models import FakeModels, draw_bars, stack

from ocrdesk.engine.decode import turn_pixels
from ocrdesk.engine.recognition.orientation import READERS, VOTERS, find_turn
from ocrdesk.engine.recognition.page_reader import cut_out


def turn_of(models: FakeModels, page) -> int:
    return find_turn(models, page, models.detect(page), cut_out)


@pytest.mark.parametrize("turned_by", [0, 90, 180, 270])
def test_a_page_is_turned_back_however_it_was_turned(turned_by):
    page = turn_pixels(draw_bars(*stack(5)), turned_by)
    assert turn_of(FakeModels(), page) == -turned_by % 360


def test_a_page_without_lines_stays_as_it_is():
    models = FakeModels()
    assert turn_of(models, draw_bars()) == 0
    assert models.crops == []


def test_one_line_is_enough():
    assert turn_of(FakeModels(), turn_pixels(draw_bars(*stack(1)), 180)) == 180


# Upside down


def test_the_classifier_alone_turns_nothing_because_it_is_often_wrong():
    assert turn_of(FakeModels(votes=True), draw_bars(*stack(5))) == 0


def test_without_a_majority_of_votes_no_line_is_read_twice():
    models = FakeModels(votes=False)
    assert turn_of(models, turn_pixels(draw_bars(*stack(5)), 180)) == 0
    assert models.crops == []


def test_half_of_the_votes_is_no_majority():
    class HalfModels(FakeModels):
        def upside_down(self, crops):
            return [number % 2 == 0 for number in range(len(crops))]

    models = HalfModels()
    assert turn_of(models, turn_pixels(draw_bars(*stack(4)), 180)) == 0
    assert models.crops == []


def test_only_a_few_of_the_longest_lines_are_looked_at():
    bars = [(10, 20 * number, 200 + 5 * number, 12) for number in range(30)]
    models = FakeModels()
    assert turn_of(models, turn_pixels(draw_bars(*bars, height=620), 180)) == 180
    assert models.asked == [VOTERS]
    assert [len(crops) for crops in models.crops] == [READERS, READERS]
    assert min(crop.shape[1] for crop in models.crops[0]) == 200 + 5 * (30 - READERS)


def test_a_few_standing_lines_beside_long_ones_have_no_say():
    page = draw_bars(*stack(5), (500, 30, 20, 90), (540, 30, 20, 90))
    models = FakeModels()
    assert turn_of(models, turn_pixels(page, 180)) == 180
    assert models.asked == [5]


# On its side


@pytest.mark.parametrize("turned_by", [90, 270])
def test_a_page_on_its_side_that_cannot_be_read_either_way_stays(turned_by):
    assert turn_of(FakeModels(sure=0.7), turn_pixels(draw_bars(*stack(5)), turned_by)) == 0


def test_chinese_written_downwards_stands_upright_already():
    page = turn_pixels(draw_bars(*stack(5)), 90)
    assert turn_of(FakeModels(), page) == 270
    assert turn_of(FakeModels(letters="发票号码"), page) == 0


def test_a_chinese_page_that_lies_on_its_other_side_is_turned():
    assert turn_of(FakeModels(letters="发票号码"), turn_pixels(draw_bars(*stack(5)), 270)) == 90


def test_only_a_few_standing_lines_are_read_both_ways():
    models = FakeModels()
    bars = [(10, 20 * number, 300, 12) for number in range(20)]
    assert turn_of(models, turn_pixels(draw_bars(*bars, height=420), 90)) == 270
    assert [len(crops) for crops in models.crops] == [READERS, READERS]
    assert models.asked == []


def test_long_lying_lines_outweigh_standing_ones():
    bars = [*stack(6), (500, 20, 10, 60), (530, 20, 10, 60), (560, 20, 10, 60)]
    assert turn_of(FakeModels(), draw_bars(*bars)) == 0


def test_the_picture_is_not_changed():
    page = turn_pixels(draw_bars(*stack(5)), 90)
    before = page.copy()
    turn_of(FakeModels(), page)
    assert np.array_equal(page, before)
