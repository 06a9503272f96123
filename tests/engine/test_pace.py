import pytest

from ocrdesk.engine.pace import WINDOW, Pace


def paced(*ends):
    pace = Pace(0)
    for end in ends:
        pace.page_finished(end)
    return pace


def test_nothing_is_promised_before_two_pages_are_finished():
    assert paced().pages_per_minute is None
    assert paced(10).pages_per_minute is None
    assert paced(10).seconds_left(5) is None


def test_pages_per_minute_and_the_time_left():
    pace = paced(3, 6, 9)
    assert pace.pages_per_minute == pytest.approx(20)
    assert pace.seconds_left(10) == pytest.approx(30)
    assert pace.seconds_left(0) == 0


def test_pages_that_end_at_the_same_moment_divide_by_nothing():
    assert paced(0, 0, 0).pages_per_minute is None
    assert paced(0, 0, 0).seconds_left(3) is None


def test_only_the_last_pages_count_so_that_a_change_of_pace_is_followed():
    slow = [10.0 * number for number in range(1, 51)]
    fast = [slow[-1] + number for number in range(1, WINDOW + 1)]
    assert paced(*slow, *fast).pages_per_minute == pytest.approx(60)
