"""How likely words are right, from what is around them."""

from dataclasses import replace

import pytest
from fakes import line

from ocrdesk.engine.document import Line, Reading, Word
from ocrdesk.engine.doubt.doubt import Sign, in_own_script, judged, page_words, signs_of, why
from ocrdesk.engine.geometry import slices_of
from ocrdesk.engine.quality import is_word_doubtful
from ocrdesk.engine.rivals import RivalLetter
from ocrdesk.resources import words_folder

ENGLISH = (
    "There was nothing in the room but an old table and the two chairs that",
    "had been there since the house was built, and they were not to be moved by",
    "anybody who did not know what had happened to those who had tried it before.",
)


def measured(text: str, confidence: float = 0.95, **special: float) -> Line:
    """A line with words; ``special`` gives some another confidence."""
    whole = line(text, width=500)
    texts = text.split()
    parts = slices_of(whole.polygon, [(at / len(texts), (at + 1) / len(texts)) for at in range(len(texts))])
    words = (Word(it, special.get(it, confidence), part) for it, part in zip(texts, parts, strict=True))
    return replace(whole, words=tuple(words))


def page(*texts: str, confidence: float = 0.95) -> Reading:
    return Reading(tuple(measured(text, confidence) for text in (*ENGLISH, *texts)), width=600, height=400)


def signs(*texts: str) -> list[dict[Sign, float]]:
    """The signs of the words of the last line of an English page."""
    lines = page(*texts).lines
    return list(signs_of(lines[-1], page_words(lines, words_folder()), lines[-2].text))


def test_the_language_of_a_page_is_told_and_kept():
    assert judged(page()).language == "en"
    assert judged(Reading((measured("12,50 EUR"),), 10, 10)).language is None


def test_what_is_in_the_list_is_surer_than_what_is_not_whatever_its_letters_say():
    *_, last = judged(page("the table tabel")).lines
    the, table, tabel = (word.confidence for word in last.words)
    assert tabel < 0.9 < table
    assert the == pytest.approx(table, abs=0.02)


def test_a_name_is_less_doubtful_than_a_word_that_is_in_no_list():
    *_, last = judged(page("Xyrgol xyrgol")).lines
    name, word = last.words
    assert word.confidence < name.confidence


def test_where_few_words_are_known_an_unknown_one_says_little():
    (known,) = signs("tabel")
    strange = " ".join(f"xyr{letter}ol" for letter in "abcdefghijklmnoprstuvw")
    *_, unknown = signs(strange, "tabel")
    assert known[Sign.UNKNOWN] > 0.9 > 0.7 > unknown[Sign.UNKNOWN]


def test_what_a_hyphen_cuts_is_not_looked_up():
    assert not {Sign.UNKNOWN, Sign.KNOWN} & signs("the happe-")[-1].keys()
    assert not {Sign.UNKNOWN, Sign.KNOWN} & signs("the happe-", "ned to")[0].keys()


def test_a_rival_that_is_a_word_makes_what_is_none_more_doubtful():
    lines = page("whioh").lines
    read = replace(lines[-1].words[0], rival_letters=(RivalLetter(3, 1, "c", 0.1),))
    nearly = replace(lines[-1], words=(read,))
    (found,) = signs_of(nearly, page_words(lines, words_folder()))
    assert (found[Sign.BETTER], found[Sign.RIVAL]) == (1.0, 0.1)
    assert why(read, nearly, "en") == (Sign.BETTER, Sign.UNKNOWN)


def test_a_letter_of_another_script_is_doubtful_and_that_of_its_own_is_offered():
    odd = measured("the 口ld table")
    word = replace(odd.words[1], rival_letters=(RivalLetter(0, 1, "日", 0.5), RivalLetter(0, 1, "o", 0.2)))
    assert why(word, odd, "en")[0] is Sign.FOREIGN
    assert in_own_script(word, odd) == "old"
    assert in_own_script(odd.words[2], odd) is None
    mixed = measured("中文 Word 文档")
    assert Sign.FOREIGN not in why(mixed.words[1], mixed, None), "Chinese text has Latin words"
    both = measured("Merchant name 商户 and number")
    assert Sign.FOREIGN not in why(replace(both.words[2], text="商"), both, None), "so have English forms Chinese ones"


def test_an_amount_that_does_not_parse_is_doubtful():
    figures = "12.50 l2.50 12.5O 1,234.50 12.34.50 31.12.2024 31.13.2024"
    *_, last = judged(page(figures, confidence=0.984)).lines
    odd = [word.text for word in last.words if is_word_doubtful(word)]
    assert odd == ["l2.50", "12.5O", "31.13.2024"], "however sure their letters are"


def test_unsure_letters_make_any_word_doubtful():
    reading = page()
    lines = (*reading.lines, measured("the table", table=0.05))
    *_, last = judged(replace(reading, lines=lines)).lines
    assert [is_word_doubtful(word) for word in last.words] == [False, True]


def test_what_is_certain_and_what_was_not_measured_stays_as_it_is():
    own, whole = measured("xyrgol l2.50", 1.0), line("whole", confidence=0.4)
    assert judged(replace(page(), lines=(own, whole))).lines == (own, whole)
    (partly,) = judged(replace(page(), lines=(measured("xyrgol l2.50", xyrgol=1.0),))).lines
    assert [word.confidence == 1 for word in partly.words] == [True, False]
    assert judged(Reading((), 10, 10)).lines == ()
