import math

import numpy as np
import pytest

from ocrdesk.engine.recognition.ppocr.ctc import HALF_SURE, MOST_SURE, best_path, joined
from ocrdesk.engine.recognition.ppocr.sessions import Steps
from ocrdesk.engine.recognition.read_line import ReadLine, ReadWord
from ocrdesk.engine.rivals import RivalLetter, alternatives
from ocrdesk.engine.written import is_ideographic

CHARACTERS = ("", *"abcdefgh发票号*", " ")


def classes_of(steps):
    """The classes of steps written as text: a letter is its class, a dot the blank, an underscore the space."""
    return np.array([0 if step == "." else CHARACTERS.index(step.replace("_", " ")) for step in steps], np.int64)


def read(steps, confidences=None, rivals=None, ratios=None):
    """Reads steps written as text, with their rivals likewise, which are half as likely unless ratios are given."""
    sure = np.full(len(steps), 0.5) if confidences is None else np.array(confidences)
    near = np.zeros(len(steps)) if rivals is None else np.where(np.array(list(rivals)) == "-", 0.0, 0.5)
    others = classes_of((rivals or "." * len(steps)).replace("-", "."))
    ratios = near if ratios is None else np.array(ratios)
    return best_path(Steps(classes_of(steps), sure.astype(np.float32), others, ratios.astype(np.float32)), CHARACTERS)


def places(line):
    return [(word.text, pytest.approx((word.left, word.right), abs=1e-6)) for word in line.words]


# Letters


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        ("abc", "abc"),
        ("aaabbbbc", "abc"),
        ("..a..b...", "ab"),
        ("a.a", "aa"),
        ("aa.aaa.b", "aab"),
        ("a_b", "a b"),
        ("a.__.b", "a b"),
        ("_._a_", "a"),
        ("a", "a"),
    ],
)
def test_runs_of_a_class_are_one_letter_and_blanks_part_them(steps, text):
    assert read(steps).text == text


@pytest.mark.parametrize("steps", [".", "......", "_", ".__._."])
def test_blanks_and_spaces_alone_are_no_text(steps):
    assert read(steps) == ReadLine("", 0.0)


def test_a_letter_is_as_clear_as_its_clearest_step_and_a_line_as_its_letters_are_on_average():
    assert read("aa.b", [0.2, 0.9, 1.0, 0.5]).clearness == pytest.approx((0.9 + 0.5) / 2)


def test_each_letter_has_its_place_and_spaces_have_none():
    assert read("aa.b_c...").middles == pytest.approx((1 / 9, 3.5 / 9, 5.5 / 9))


def test_spaces_and_blanks_have_no_say_in_it():
    line = read("a._.b", [0.5, 0.1, 0.01, 0.1, 0.7])
    assert line.clearness == pytest.approx(0.6)
    assert line.confidence == read("ab", [0.5, 0.7]).confidence


def test_a_line_of_clear_letters_is_as_sure_as_can_be():
    assert read("abc", [1, 1, 1]).confidence == MOST_SURE <= 1


def test_a_line_with_so_much_doubt_is_half_as_sure():
    for count in (1, 2, 5):
        line = read("abcde"[:count], [math.exp(-HALF_SURE / count)] * count)
        assert line.confidence == pytest.approx(MOST_SURE / 2)


def test_each_doubtful_letter_makes_a_line_less_sure_and_a_clear_one_does_not():
    lines = [read("abcd", sure).confidence for sure in ([1, 1, 1, 1], [1, 0.9, 1, 1], [1, 0.9, 1, 0.9], [1, 0.9, 1, 0])]
    assert lines == sorted(lines, reverse=True)
    assert len(set(lines)) == 4
    assert lines[-1] > 0, "something was read"
    assert read("ab", [0.9, 1]).confidence == read("abc", [0.9, 1, 1]).confidence


def test_a_letter_a_little_over_certain_is_certain():
    assert read("ab", [1.001, 1]).confidence == MOST_SURE


# Words


def test_how_many_stars_or_dots_a_leader_has_is_no_doubt():
    assert read("ab*.*.*.*.c", [0.9] * 2 + [0.3] * 8 + [0.9]).confidence == read("abc", [0.9] * 3).confidence
    assert read("ab*.*.*.c", [0.9] * 2 + [0.3] * 6 + [0.9]).confidence < 0.2, "three may be three letters"
    assert 0 < read("*.*.*.*.", [0.5] * 8).confidence == read("*.", [0.5] * 2).confidence


def test_words_end_at_spaces_and_are_as_sure_as_their_letters():
    line = read("_ab_c", [0.1, 0.4, 0.6, 0.1, 0.9])
    assert [(word.text, word.confidence) for word in line.words] == [
        ("ab", read("ab", [0.4, 0.6]).confidence),
        ("c", read("c", [0.9]).confidence),
    ]


@pytest.mark.parametrize(("steps", "words"), [("ab发票c", ["ab", "发", "票", "c"]), ("发_票", ["发", "票"])])
def test_of_chinese_each_character_is_a_word(steps, words):
    assert [word.text for word in read(steps).words] == words


def test_words_reach_half_way_to_their_neighbours():
    assert places(read("ab_cd")) == [("ab", (0, 0.4)), ("cd", (0.6, 1))]
    assert places(read("发票号")) == [("发", (0, 1 / 3)), ("票", (1 / 3, 2 / 3)), ("号", (2 / 3, 1))]


def test_a_word_ends_half_a_letter_after_its_last_one_however_wide_the_space_is():
    line = read("a.a.a....._.....b.b.b")  # letters stand two steps apart
    assert places(line) == [("aaa", (0, 5.5 / 21)), ("bbb", (15.5 / 21, 1))]


def test_a_word_does_not_reach_over_a_neighbour_that_stands_closer_than_usual():
    assert places(read("a..b..c_d"))[1] == ("d", (8 / 9, 1))
    assert places(read("a..b..c_d"))[0] == ("abc", (0, 7 / 9))


def test_the_middle_of_a_letters_run_is_where_it_stands():
    assert places(read("aaa.b..._...c...")) == [("ab", (0, 6.5 / 16)), ("c", (10.5 / 16, 14.5 / 16))]


@pytest.mark.parametrize(
    ("steps", "place"), [("a", (0, 1)), ("..a..", (0, 1)), ("a...", (0, 0.25)), ("...a", (0.75, 1))]
)
def test_a_single_letter_reaches_to_the_nearer_end(steps, place):
    assert places(read(steps)) == [("a", place)]


@pytest.mark.parametrize("letter", "发々〇ひカ豈\U00020000")
def test_chinese_and_japanese_letters_are_ideographic(letter):
    assert is_ideographic(letter)


@pytest.mark.parametrize("letter", "aß한9 。")
def test_letters_of_scripts_with_spaces_are_not(letter):
    assert not is_ideographic(letter)


# Rivals


def rivals_of(line):
    return [(word.text, alternatives(word.text, word.rival_letters)) for word in line.words]


def test_a_letter_has_the_rival_of_its_clearest_step():
    line = read("aa.b", [0.4, 0.6, 1, 1], rivals="cd--")
    assert line.words[0].rival_letters == (RivalLetter(0, 1, "d", 0.5),)
    assert rivals_of(line) == [("ab", ("db",))]


def test_a_letter_whose_rival_is_the_blank_may_not_be_there():
    assert rivals_of(read("a.b", rivals="..-")) == [("ab", ("b",))]


def test_a_step_between_letters_may_hide_one_but_for_the_letter_beside_it():
    assert rivals_of(read("a.b", rivals="-c-")) == [("ab", ("acb",))]
    assert rivals_of(read("a.b", rivals="-a-")) == rivals_of(read("a.b", rivals="-b-")) == [("ab", ())]
    assert rivals_of(read("a..b", rivals="--a-")) == [("ab", ("aab",))], "a blank parts it from the other one"
    line = read("a..b", rivals="-cd-", ratios=[0, 0.2, 0.3, 0])
    assert rivals_of(line) == [("ab", ("adb",))], "of a run of blanks, the likeliest"


def test_what_is_hidden_at_the_ends_of_a_word_is_its_own():
    line = read(".a._.b.", rivals="c-d-e-f")
    assert rivals_of(line) == [("a", ("ad", "ca", "cad")), ("b", ("bf", "eb", "ebf"))]
    assert rivals_of(read("发.票.", rivals="-a-b")) == [("发", ()), ("票", ("票b", "a票", "a票b"))]


def test_spaces_have_no_rivals_and_a_word_may_be_two():
    assert rivals_of(read("a_b", rivals="-c-")) == [("a", ()), ("b", ())]
    assert rivals_of(read("a.b", rivals="-_-")) == [("ab", ("a b",))]


def test_pieces_keep_the_rivals_of_their_words():
    line = joined([read("ab_c", rivals="d--e"), read("a", rivals="b")], [100, 30])
    assert rivals_of(line) == [("ab", ("db",)), ("c", ("e",)), ("a", ("b",))]


# Pieces


def test_a_line_of_one_piece_stays_as_it_is():
    line = read("ab_c")
    assert joined([line], [200]) is line


def test_pieces_are_put_one_after_the_other():
    first = ReadLine("ab c", 0.5, (ReadWord("ab", 0.5, 0.0, 0.5), ReadWord("c", 0.5, 0.7, 1.0)), 0.6, (0.2, 0.4, 0.8))
    second = ReadLine("d", 0.9, (ReadWord("d", 0.9, 0.2, 0.6),), 1.0, (0.4,))
    line = joined([first, second], [150, 50])
    assert line.text == "ab c d"
    assert places(line) == [("ab", (0, 0.375)), ("c", (0.525, 0.75)), ("d", (0.8, 0.9))]
    assert [word.confidence for word in line.words] == [0.5, 0.5, 0.9]
    assert line.confidence == 0.5, "as sure as the least sure piece"
    assert line.clearness == pytest.approx((4 * 0.6 + 1) / 5), "pieces count by their letters"
    assert line.middles == pytest.approx((0.15, 0.3, 0.6, 0.85))


def test_a_piece_without_text_takes_room_and_nothing_else():
    first, second = (ReadLine(text, 0.8, (ReadWord(text, 0.8, 0, 1),), 0.9) for text in "ab")
    line = joined([first, ReadLine("", 0.0), second], [100, 50, 50])
    assert line.text == "a b"
    assert places(line) == [("a", (0, 0.5)), ("b", (0.75, 1))]
    assert (line.confidence, line.clearness) == (0.8, pytest.approx(0.9))


@pytest.mark.parametrize(
    ("before", "after", "text"), [("发票", "号码", "发票号码"), ("发票", "ab", "发票 ab"), ("a", "号", "a 号")]
)
def test_no_space_stands_between_chinese_pieces(before, after, text):
    assert joined([ReadLine(before, 0.8), ReadLine(after, 0.8)], [50, 50]).text == text


def test_empty_pieces_make_an_empty_line():
    assert joined([ReadLine("", 0.0)] * 2, [10, 10]) == ReadLine("", 0.0)
