"""Words of lines that a reader put in another order than that in which their page is read."""

from dataclasses import replace

import pytest
from fakes import polygon

from ocrdesk.engine.direction import in_turns, order_on_paper
from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.layout.word_order import as_their_page_is_read

HEBREW = Line("שלום עולם זה מבחן של קריאה ארוכה", 0.9, polygon(0, 300, 300, 20))
ENGLISH = Line("Nothing but plain English words on this page", 0.9, polygon(0, 300, 300, 20))


def printed(text, *, leftwards):
    """A line as it is printed, with its words in the order of the text."""
    at = {place: number for number, place in enumerate(order_on_paper(text, leftwards=leftwards))}
    words, end = [], 0
    for part in text.split():
        start = text.index(part, end)
        end = start + len(part)
        left = min(at[place] for place in range(start, end))
        words.append(Word(part, 0.9, polygon(10 * left, 0, 10 * len(part), 20)))
    return Line(text, 0.9, polygon(0, 0, 10 * len(text), 20), tuple(words))


def told_as(line, *numbers):
    """The same line, read in another order."""
    words = tuple(line.words[number] for number in numbers)
    return replace(line, text=" ".join(word.text for word in words), words=words)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("אתמול Windows 11 Pro", (1, 2, 3, 0)),
        ("התקנו את PostgreSQL Server Edition", (2, 3, 4, 0, 1)),
        ("Microsoft Office של חברת Acme", (4, 2, 3, 0, 1)),
        ("אחרי 12 שנים Office", (3, 0, 1, 2)),
    ],
)
def test_on_a_page_of_hebrew_a_line_of_both_is_read_from_the_right(text, wrong):
    line = printed(text, leftwards=True)
    fixed, _ = as_their_page_is_read([told_as(line, *wrong), HEBREW])
    assert fixed == line


def test_on_a_page_of_english_it_is_read_from_the_left():
    line = printed("The words שלום עולם mean peace", leftwards=False)
    fixed, _ = as_their_page_is_read([told_as(line, 4, 5, 2, 3, 0, 1), ENGLISH])
    assert fixed == line


@pytest.mark.parametrize("page", [HEBREW, ENGLISH])
@pytest.mark.parametrize(
    "text",
    [
        "שלום Office 365 עולם",
        "Office 365",
        "שלום, עולם (12) ב-2024",
        "טלפון 03 1234567 ועוד",
        "The שלום word 12",
        "12.50",
    ],
)
def test_a_line_whose_words_stand_where_its_text_says_stays_as_it_is(page, text):
    is_left = page is HEBREW and any("א" <= letter <= "ת" for letter in text)
    is_left |= not any(letter.isascii() and letter.isalpha() for letter in text) and "ל" in text
    line = printed(text, leftwards=is_left)
    assert as_their_page_is_read([line, page])[0] is line


def test_a_line_whose_words_were_not_measured_stays_as_it_is():
    line = Line("Windows 11 Pro אתמול", 0.9, polygon(0, 0, 200, 20))
    assert as_their_page_is_read([line, HEBREW])[0] is line
    part = replace(printed("אתמול Windows 11 Pro", leftwards=True), text="אתמול Windows 11 Pro ועוד")
    assert as_their_page_is_read([part, HEBREW])[0] is part


def test_words_that_touch_still_do():
    words = (Word("אב", 0.9, polygon(80, 0, 20, 20)), Word("-גד", 0.9, polygon(50, 0, 30, 20)))
    latin = Word("Office", 0.9, polygon(0, 0, 45, 20))
    line = Line("Office אב-גד", 0.9, polygon(0, 0, 100, 20), (latin, *words))
    assert as_their_page_is_read([line, HEBREW])[0].text == "אב-גד Office"


def test_pieces_that_run_against_their_line_are_read_the_other_way_round():
    assert in_turns(["א", "5", "Office", "New", "ב"], leftwards=True) == [0, 3, 2, 1, 4]
    assert in_turns(["New", "Office", "5"], leftwards=False) == [0, 1, 2]
    assert in_turns(["one", "5", "ב", "7", "א", "6"], leftwards=False) == [0, 1, 4, 3, 2, 5]
    assert in_turns(["Office", "5", "ב"], leftwards=True) == [0, 1, 2]
