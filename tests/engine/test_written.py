"""Characters that are stored and never seen, and which scripts are written without spaces."""

import pytest

from ocrdesk.engine.written import is_full_width, is_ideographic, is_seen, searchable


@pytest.mark.parametrize("unseen", ["\u200b", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u061c", "\u2063"])
def test_what_is_never_seen_does_not_stand_in_a_word(unseen):
    assert searchable(f"archi{unseen}ve") == "archive"
    assert not is_seen(unseen)


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d"])
def test_joiners_stay_where_the_spelling_needs_them_and_nowhere_else(joiner):
    assert searchable(f"archi{joiner}ve") == "archive"
    assert searchable(f"{joiner}archive{joiner}") == "archive"
    for spelt in (f"می{joiner}خواهم", f"क्{joiner}ष", f"👩{joiner}🔬"):
        assert searchable(spelt) == spelt
    assert not is_seen(joiner)


@pytest.mark.parametrize("letter", "aé字かア한я-—,")
def test_letters_are_seen_and_stay(letter):
    assert is_seen(letter)
    assert searchable(letter) == letter


@pytest.mark.parametrize(("letter", "is_full"), [("字", True), ("，", True), ("。", True), ("か", True), ("a", False)])
def test_chinese_punctuation_is_as_wide_as_its_characters(letter, is_full):
    assert is_full_width(letter) is is_full
    assert is_ideographic(letter) is (letter in "字か")


@pytest.mark.parametrize("white", [" ", "\t", "\u3000", "\u00a0"])
def test_white_is_not_seen(white):
    assert not is_seen(white)
