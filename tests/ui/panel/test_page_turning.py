"""Pages are turned as quickly as they are shown, and no page more."""

import pytest

from ocrdesk.ui.panel.page_turning import PageTurning


@pytest.fixture
def turned(laid, monkeypatch):
    """The steps by which pages were turned."""
    turned: list[int] = []
    monkeypatch.setattr(laid.chosen, "choose_neighbour", turned.append)
    return turned


@pytest.fixture
def turning(laid, turned):
    return PageTurning(laid)


def test_the_first_key_turns_at_once_and_those_after_it_are_gathered(qtbot, turning, turned):
    for turn in (turning.next_page, turning.next_page, turning.next_page, turning.previous_page):
        turn()
    assert turned == [1]
    qtbot.waitUntil(lambda: turned == [1, 1])


def test_what_takes_each_other_back_turns_nothing(qtbot, turning, turned):
    for turn in (turning.previous_page, turning.next_page, turning.previous_page):
        turn()
    qtbot.waitUntil(lambda: not turning._turned.isActive())
    assert turned == [-1]
    turning.next_page()
    assert turned == [-1, 1], "nothing waits any more"
