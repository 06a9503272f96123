import numpy as np
import pytest

from ocrdesk.engine.recognition.ppocr.unread import FEW, GUESSED, LEAST, MUCH, unread_of_page, unread_part
from ocrdesk.engine.recognition.read_line import ReadLine

HEIGHT, PITCH, LETTER = 40, 16, (10, 10, 22)
"""Of a line, of its letters, and of each of them: top, width and height."""


def draw_line(count, *, ground=255, ink=0, pitch=PITCH):
    """So many letters side by side, each a block."""
    top, wide, high = LETTER
    crop = np.full((HEIGHT, count * pitch, 3), ground, np.uint8)
    for number in range(count):
        left = number * pitch + (pitch - wide) // 2
        crop[top : top + high, left : left + wide] = ink
    return crop


def read(count, places=None, *, clearness=1.0, letter="a"):
    """A line of so many letters, of which those at some places were read."""
    places = range(count) if places is None else places
    middles = tuple((place + 0.5) / count for place in places)
    return ReadLine(letter * len(middles), 0.9, (), clearness, middles)


def polygon(heights):
    return (0.0, 0.0), (10.0 * heights, 0.0), (10.0 * heights, 10.0), (0.0, 10.0)


def page(*lines):
    """Lines of a page: how long each is in heights, and which part of it was not read."""
    return [(polygon(heights), ReadLine("", 0.0, unread=part)) for heights, part in lines]


# A line


def test_a_line_that_was_read_is_read():
    assert unread_part(draw_line(20), read(20)) == 0


def test_a_line_of_which_nothing_was_read_is_unread():
    assert unread_part(draw_line(20), ReadLine("", 0.0)) == 1


def test_the_letters_left_out_are_the_part_that_was_not_read():
    assert unread_part(draw_line(20), read(20, range(0, 20, 2))) == pytest.approx(0.5)
    assert unread_part(draw_line(20), read(20, range(5))) == pytest.approx(0.75)


def test_it_is_the_same_for_light_letters_on_a_dark_ground():
    assert unread_part(draw_line(20, ground=30, ink=240), read(20, range(5))) == pytest.approx(0.75)


def test_a_large_line_is_measured_as_a_small_one():
    large = np.repeat(np.repeat(draw_line(20), 4, axis=0), 4, axis=1)
    assert unread_part(large, read(20, range(5))) == pytest.approx(0.75)


def test_a_letter_may_be_told_a_little_beside_its_ink():
    line = read(20, range(0, 20, 2))
    moved = tuple(middle + 0.008 for middle in line.middles)
    assert unread_part(draw_line(20), ReadLine(line.text, 0.9, (), 1.0, moved)) == pytest.approx(0.5)


def test_letters_that_touch_are_read_as_far_as_letters_reach():
    touching = draw_line(20)
    touching[20:24, 3:-3] = 0
    assert unread_part(touching, read(20, range(0, 20, 2))) == 0, "nowhere is it far to a letter"
    assert unread_part(touching, read(20, range(5))) == pytest.approx(0.72, abs=0.02)
    assert unread_part(touching, ReadLine("", 0.0)) == 1


@pytest.mark.parametrize(("clearness", "part"), [(GUESSED - 0.01, 1.0), (GUESSED, 0.0)])
def test_letters_that_are_guesses_are_not_read(clearness, part):
    assert unread_part(draw_line(20), read(20, clearness=clearness)) == part


def test_a_row_of_dots_is_no_guess_however_unclear_it_is():
    dots = np.full((HEIGHT, 600, 3), 255, np.uint8)
    dots[28:32, 4:-4:12] = dots[28:32, 5:-4:12] = dots[28:32, 6:-4:12] = 0
    line = ReadLine("…" * 40, 0.1, (), GUESSED - 0.3, tuple((place + 0.5) / 40 for place in range(40)))
    assert unread_part(dots, line) == 0


def test_a_line_with_many_letters_is_not_looked_at():
    count = int(FEW * 20 * PITCH / HEIGHT) + 1
    line = ReadLine("a" * count, 0.9, (), 1.0, (0.0,) * count)
    assert unread_part(draw_line(20), line) == 0
    assert unread_part(draw_line(20), ReadLine(line.text[1:], 0.9, (), 1.0, line.middles[1:])) > 0.9


def test_ideographs_are_as_wide_as_two_letters():
    line = read(10, letter="票")
    assert unread_part(draw_line(10, pitch=48), line) == 0


# What is no letter


def test_letters_set_wide_apart_are_read():
    assert unread_part(draw_line(10, pitch=80), read(10)) == 0


def test_dots_that_lead_to_a_number_are_no_letters():
    crop = draw_line(40)
    top, _, high = LETTER
    crop[top : top + high - 4, 6 * PITCH : 38 * PITCH] = 255
    assert unread_part(crop, read(40, [*range(6), 38, 39])) == 0


def test_a_line_of_dots_alone_has_no_letters_however_close_it_was_cut_out():
    crop = np.full((HEIGHT, 20 * PITCH, 3), 255, np.uint8)
    for left in range(3, 20 * PITCH, PITCH):
        crop[14:27, left : left + 10] = 0  # a third of the height
    assert unread_part(crop, ReadLine("…", 0.3, (), 0.5)) == 0
    crop[10:30, 3:13] = 0
    assert unread_part(crop, ReadLine("…", 0.3, (), 0.5)) == 1, "one letter among them makes it a line"


def test_rules_and_frames_are_no_letters():
    rule = np.full((HEIGHT, 600, 3), 255, np.uint8)
    rule[18:22] = 0
    assert unread_part(rule, ReadLine("", 0.0)) == 0
    frame = np.zeros((HEIGHT, 600, 3), np.uint8)
    frame[3:-3, 3:-3] = 255
    frame[:, 300:304] = 0
    assert unread_part(frame, ReadLine("", 0.0)) == 0


def test_a_pattern_is_no_letters():
    noise = np.random.default_rng(1).integers(0, 2, (HEIGHT // 8, 75, 1), np.uint8) * 200
    assert unread_part(noise.repeat(8, axis=0).repeat(8, axis=1).repeat(3, axis=2), ReadLine("", 0.0)) == 0


def test_a_line_without_ink_is_not_unread():
    assert unread_part(np.full((HEIGHT, 600, 3), 200, np.uint8), ReadLine("", 0.0)) == 0


# A page


def test_a_page_is_unread_as_far_as_its_lines_are_long():
    assert unread_of_page(page((30, 1.0), (20, 0.5), (50, 0.0))) == pytest.approx(0.4)


def test_a_large_line_counts_by_its_letters_and_not_by_its_size():
    large = (0.0, 0.0), (400.0, 0.0), (400.0, 100.0), (0.0, 100.0)
    lines = [(large, ReadLine("", 0.0)), *page((12, 1.0))]
    assert unread_of_page(lines) == pytest.approx(12 / 16)


def test_standing_lines_count_by_their_length_too():
    standing = (0.0, 0.0), (10.0, 0.0), (10.0, 300.0), (0.0, 300.0)
    assert unread_of_page([(standing, ReadLine("", 0.0, unread=1.0)), *page((30, 0.0))]) == pytest.approx(0.5)


@pytest.mark.parametrize(("part", "told"), [(MUCH - 0.01, False), (MUCH + 0.01, True)])
def test_a_little_that_is_unread_is_not_told(part, told):
    assert bool(unread_of_page(page((100, part)))) is told


@pytest.mark.parametrize(("heights", "told"), [(LEAST - 1, False), (LEAST + 1, True)])
def test_a_stray_mark_is_not_told(heights, told):
    assert bool(unread_of_page(page((heights, 1.0)))) is told


def test_a_page_without_lines_is_not_unread():
    assert unread_of_page([]) == 0
