"""Which way texts run, and where their letters stand on paper."""

import pytest

from ocrdesk.engine.direction import along, mostly_runs_left, order_on_paper, runs_in, runs_left


@pytest.mark.parametrize(
    ("text", "is_left"),
    [
        ("שלום עולם", True),
        ("مرحبا", True),
        ("Hello, world", False),
        ("Добрый день", False),
        ("你好", False),
        ("12.50", False),
        ("", False),
        ("שלום abc", True),
        ("המדפסת HP LaserJet", False),
    ],
)
def test_letters_say_which_way_a_line_runs(text, is_left):
    assert runs_left(text) == is_left


def test_a_line_whose_letters_run_both_ways_goes_as_its_page_does():
    assert runs_left("המדפסת HP LaserJet", page_does=True)
    assert not runs_left("The word שלום means peace", page_does=False)
    assert not runs_left("Hello", page_does=True)
    assert runs_left("שלום", page_does=False)
    assert not runs_left("03 1234567", page_does=True)


def test_most_letters_say_which_way_a_page_runs_and_figures_do_not():
    assert mostly_runs_left(["שלום עולם", "HP", "1234567890 1234567890"])
    assert not mostly_runs_left(["Hello, world", "שלום"])
    assert not mostly_runs_left([])


def on_paper(text, *, leftwards):
    return "".join(text[place] for place in order_on_paper(text, leftwards=leftwards))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("שלום עולם", "םלוע םולש"),
        ("קנינו Office 365 אתמול", "לומתא Office 365 ונינק"),
        ("סכום 1,250.00 ש״ח", "ח״ש 1,250.00 םוכס"),
        ("ב-2024 היום", "םויה 2024-ב"),
        ("السعر ٣٤٥ دينار", "رانيد ٣٤٥ رعسلا"),
    ],
)
def test_letters_stand_on_paper_as_unicode_says(text, shown):
    assert on_paper(text, leftwards=True) == shown


def test_hebrew_within_english_stands_backwards():
    assert on_paper("the word שלום means", leftwards=False) == "the word םולש means"
    assert on_paper("plain", leftwards=False) == "plain"


def test_parts_of_a_line_stand_from_its_right_where_it_is_read_from_there():
    assert along("אב גד", [(0, 2), (3, 5)]) == [(0.6, 1.0), (0.0, 0.4)]
    assert along("ab cd", [(0, 2), (3, 5)]) == [(0.0, 0.4), (0.6, 1.0)]
    assert along("אב 12", [(0, 2), (3, 5)]) == [(0.6, 1.0), (0.0, 0.4)]
    assert along("12 אב", [(0, 2), (3, 5)], leftwards=True) == [(0.6, 1.0), (0.0, 0.4)]


def test_a_part_without_letters_has_a_place_without_width():
    for text in ("ab", "אב"):
        (begin, end), (last, behind) = along(text, [(1, 1), (2, 2)])
        assert begin == end
        assert last == behind
    assert along("", [(0, 0)]) == [(0.0, 0.0)]


def test_parts_of_one_direction_are_told_apart_and_figures_go_with_what_is_read_from_the_right():
    assert runs_in("קנינו Office ב-2024 (כן)", leftwards=True) == [
        ("קנינו ", True),
        ("Office", False),
        (" ב-2024 (כן)", True),
    ]
    assert runs_in("the word שלום means", leftwards=False) == [
        ("the word ", False),
        ("שלום", True),
        (" means", False),
    ]
    assert runs_in("plain", leftwards=False) == [("plain", False)]
    assert runs_in("", leftwards=False) == []
