"""Which doubtful words are checked together."""

import pytest
from fakes import line, polygon

from ocrdesk.engine.document import Word
from ocrdesk.engine.review.doubtful_words import PlacedWord
from ocrdesk.engine.review.groups import Kind, groups_of
from ocrdesk.engine.rivals import RivalLetter


def word(text, *rivals, number=0):
    place = polygon(0, 30 * number, 100, 20)
    letters = tuple(RivalLetter(place, length, letter, ratio) for place, length, letter, ratio in rivals)
    return PlacedWord(1, line(text), 0, Word(text, 0.4, place, letters))


def unsure(text, place, *letters, number=0):
    return word(text, *((place, 1, letter, 0.5 - step / 10) for step, letter in enumerate(letters)), number=number)


def told(groups):
    return [(group.kind, group.texts, [member.placed.word.text for member in group.members]) for group in groups]


def test_letters_that_are_taken_for_each_other_are_one_group_whichever_was_read():
    words = [unsure("1O", 1, "0"), unsure("20", 1, "O"), unsure("3O", 1, "0"), unsure("GO", 1, "Q")]
    assert told(groups_of(words)) == [(Kind.LETTERS, ("0", "O"), ["1O", "3O", "20"])]
    (group,) = groups_of(words)
    assert [(member.start, member.end, member.reading) for member in group.members] == [(1, 2, "O")] * 2 + [(1, 2, "0")]
    assert [group.other_than(reading) for reading in "0O"] == ["O", "0"]
    assert group.members[0].with_part("0") == "10"


def test_the_likeliest_rival_decides():
    (group,) = groups_of([unsure("1O", 1, "0", "Q"), unsure("2O", 1, "0")])
    assert group.texts == ("0", "O")


def test_a_letter_that_may_not_be_there_is_one_thing_with_nothing():
    (group,) = groups_of([unsure("end.", 3, ""), unsure("so.", 2, "")])
    assert (group.kind, group.texts, group.other_than(".")) == (Kind.LETTERS, (".", ""), "")


def test_words_in_which_more_is_unsure_are_not_judged_by_one_letter():
    both = [word(text, (0, 1, "x", 0.4), (1, 1, "y", 0.4)) for text in ("ab", "ac")]
    before = [word(text, (1, 0, "i", 0.4)) for text in ("ab", "cb")]
    assert groups_of([*both, *before]) == []


def test_whoever_is_alone_goes_on_to_the_next_rule():
    words = [unsure("lo", 1, "a"), unsure("go", 1, "e"), unsure("so", 1, "0"), unsure("to", 1, "0")]
    assert told(groups_of(words)) == [
        (Kind.LETTERS, ("0", "o"), ["so", "to"]),
        (Kind.LETTER, ("o",), ["lo", "go"]),
    ]
    assert groups_of([]) == []
    assert groups_of([unsure("lo", 1, "a")]) == []


def test_a_chinese_character_stands_for_itself_even_with_a_rival():
    words = [unsure("主", 0, "王"), word("主"), word("日"), unsure("主", 0, "玉")]
    assert told(groups_of(words)) == [(Kind.CHARACTER, ("主",), ["主", "主", "主"])]


def test_whole_words_are_a_group_from_three_on():
    assert groups_of([word("Selangor")] * 2) == []
    assert told(groups_of([word("Selangor")] * 3)) == [(Kind.WORD, ("Selangor",), ["Selangor"] * 3)]


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (Kind.DATES, ["12/03/2018", "2018-3-12,", "1.2.99"]),
        (Kind.PRICES, ["12.50", "RM9.00", "$1,204.00", "3,99€", "(7.00)"]),
        (Kind.NUMBERS, ["12", "1,204", "12:30", "#17", "12.5", "1.234"]),
    ],
)
def test_dates_prices_and_numbers_are_told_by_their_shape(kind, texts):
    (group,) = groups_of([word(text) for text in texts])
    assert told([group]) == [(kind, (), texts)]
    assert groups_of([word("A4"), word("B5x"), word("one"), word("-")]) == []


def test_the_largest_group_comes_first_and_a_screen_has_one_reading():
    zeros = [unsure("0", 0, "O", number=number) for number in range(5)] + [unsure("O", 0, "0", number=9)]
    dates = [word(f"1.2.19{number}") for number in range(10, 17)]
    groups = groups_of([*zeros, *dates])
    assert [len(group.members) for group in groups] == [7, 6]
    assert [[member.reading for member in screen] for screen in groups[1].screens(4)] == [["0"] * 4, ["0"], ["O"]]
    assert [len(screen) for screen in groups[0].screens(4)] == [4, 3]


def test_what_is_done_goes_out_of_a_group():
    words = [unsure("0", 0, "O", number=number) for number in range(3)]
    (group,) = groups_of(words)
    rest = group.without({words[1].key})
    assert [member.placed for member in rest.members] == [words[0], words[2]]
    assert rest.is_like(group)
