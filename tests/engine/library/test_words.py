import struct

import pytest
from fakes import batch_of, die_and_reopen, keep, polygon

from ocrdesk.engine.document import Line, Reading, Word
from ocrdesk.engine.geometry import slices_of
from ocrdesk.engine.library import words
from ocrdesk.engine.library.words import KeptWords, pack_rival, pack_words
from ocrdesk.engine.rivals import RivalLetter

LEVEL = polygon(10, 20, 200, 30)
SLANTED = ((10.0, 20.0), (1210.0, 80.0), (1208.0, 130.0), (8.0, 70.0))
STEEP = ((100.0, 900.0), (110.0, 100.0), (150.0, 101.0), (140.0, 901.0))

SKEWED = ((60.0, 10.0), (460.0, 30.0), (400.0, 90.0), (0.0, 60.0))


def part(of, left: float, right: float):
    """A piece of a line, from one place along it to another."""
    a, b, c, d = of

    def between(start, end, far):
        return start[0] + (end[0] - start[0]) * far, start[1] + (end[1] - start[1]) * far

    return between(a, b, left), between(a, b, right), between(d, c, right), between(d, c, left)


def there_and_back(line: Line) -> KeptWords:
    return KeptWords(line.text, line.polygon, *pack_words(line.text, line.polygon, line.words))


def assert_same(found, expected):
    assert [word.text for word in found] == [word.text for word in expected]
    assert [word.confidence for word in found] == pytest.approx([word.confidence for word in expected], abs=1e-7)
    for one, other in zip(found, expected, strict=True):
        for at, wanted in zip(one.polygon, other.polygon, strict=True):
            assert at == pytest.approx(wanted, abs=0.5)


@pytest.mark.parametrize("where", [LEVEL, SLANTED, STEEP, SKEWED])
def test_words_come_back_where_they_were(library, where):
    words = (
        Word("Größe", 0.987654321, part(where, 0.0, 0.31)),
        Word("发", 0.5, part(where, 0.35, 0.48)),
        Word("票", 0.0, part(where, 0.5, 0.61)),
        Word("𝟛½", 1.0, part(where, 0.7, 1.0)),
    )
    line = Line("Größe 发票  𝟛½", 0.75, where, words)
    _, (page_id,) = batch_of(library, 1)
    keep(library, page_id, Reading((line, Line("without", 0.5, LEVEL)), 2000, 2000))
    library = die_and_reopen(library)
    first, second = library.texts.lines(page_id)
    assert (first.text, first.polygon) == (line.text, line.polygon)
    assert_same(first.words, words)
    assert second.words == ()
    library.close()


def test_a_twin_takes_the_words_too(library):
    _, (first, second) = batch_of(library, 2)
    words = (Word("a", 0.5, polygon(0, 0, 50, 10)), Word("b", 0.25, polygon(50, 0, 50, 10)))
    kept = Reading((Line("a b", 0.5, polygon(0, 0, 100, 10), words),), 100, 10)
    library.checkpoints.keep(first, kept, seconds=1, rotation=0, recognizer="fake", content=b"1")
    twin = library.files.twin(library.page(second), b"1")
    library.checkpoints.keep_twin(second, twin, b"1")
    assert library.texts.lines(second) == library.texts.lines(first) == kept.lines


def test_a_word_that_comes_twice_is_found_twice():
    words = tuple(
        Word(text, 0.5, part(LEVEL, left, left + 0.1))
        for text, left in (("no", 0.0), ("note", 0.2), ("no", 0.5), ("not", 0.7))
    )
    line = Line("no note no not", 0.5, LEVEL, words)
    assert_same(there_and_back(line), words)
    kept = struct.iter_unpack("<2I3f", pack_words(line.text, line.polygon, line.words)[0])
    assert [(start, end) for start, end, *_ in kept] == [(0, 2), (3, 7), (8, 10), (11, 14)]


def test_a_word_reaches_no_further_than_its_line_and_is_as_high_as_it():
    word = Word("word", 0.5, ((0, 0), (300, 0), (300, 90), (0, 90)))
    (found,) = there_and_back(Line("word", 0.5, LEVEL, (word,)))
    assert found.polygon == LEVEL


def test_kept_words_are_like_a_tuple():
    line = Line("one two two", 0.5, LEVEL, tuple(Word(text, 0.5, part(LEVEL, 0.0, 1.0)) for text in ("one", "two")))
    kept, same = there_and_back(line), there_and_back(line)
    other = there_and_back(Line("one", 0.5, LEVEL, line.words[:1]))
    assert len(kept) == 2
    assert kept[1:] == line.words[1:]
    assert kept == same == line.words == kept
    assert hash(kept) == hash(same) == hash(line.words)
    assert kept != other != line.words
    assert kept != list(line.words)
    assert not there_and_back(Line("one", 0.5, LEVEL))


def test_words_are_unpacked_when_somebody_looks_and_once(library, monkeypatch):
    _, (page_id,) = batch_of(library, 1)
    lines = tuple(
        Line("some words", 0.5, polygon(0, top, 300, 20), (Word("some", 0.5, polygon(0, top, 100, 20)),))
        for top in range(0, 300, 30)
    )
    keep(library, page_id, Reading(lines, 300, 300))
    unpacked = []
    monkeypatch.setattr(words, "slices_of", lambda of, places: unpacked.append(of) or slices_of(of, places))
    text = library.texts.of(page_id)
    assert len(text.text.split()) == 20
    assert unpacked == []
    for _ in range(2):
        assert [word.text for word in text.lines[3].words] == ["some"]
    assert unpacked == [lines[3].polygon]


def test_a_word_that_the_line_does_not_have_is_left_out_and_the_others_stay():
    words = tuple(Word(text, 0.5, part(LEVEL, 0.0, 1.0)) for text in ("one", "gone", "two"))
    assert [word.text for word in there_and_back(Line("one two", 0.5, LEVEL, words))] == ["one", "two"]


def test_rival_letters_come_back_with_their_words():
    letters = (RivalLetter(0, 1, "g", 0.5), RivalLetter(2, 1, "", 0.25), RivalLetter(3, 0, "𝟛", 1.0))
    words = Word("one", 0.5, part(LEVEL, 0.0, 0.3), letters), Word("two", 0.5, part(LEVEL, 0.5, 1.0), letters[:1])
    for found, word in zip(there_and_back(Line("one two", 0.5, LEVEL, words)), words, strict=True):
        assert [(its.place, its.length, its.letter) for its in found.rival_letters] == [
            (its.place, its.length, its.letter) for its in word.rival_letters
        ]
        assert [its.ratio for its in found.rival_letters] == pytest.approx(
            [its.ratio for its in word.rival_letters], abs=1e-3
        )
        assert found.rivals == word.rivals != ()


def test_what_is_hidden_between_two_words_that_touch_is_the_second_ones():
    words = (
        Word("发", 0.5, part(LEVEL, 0.0, 0.5)),
        Word("票", 0.5, part(LEVEL, 0.5, 1.0), (RivalLetter(0, 0, "a", 1.0), RivalLetter(1, 0, "b", 1.0))),
    )
    first, second = there_and_back(Line("发票", 0.5, LEVEL, words))
    assert (first.rivals, second.rivals) == ((), words[1].rivals)


def test_rivals_outside_of_words_and_letters_that_steer_do_no_harm():
    packed, _ = pack_words("one two", LEVEL, (Word("one", 0.5, part(LEVEL, 0.0, 0.3)),))
    rivals = b"".join(pack_rival(*values) for values in ((5, 1, "x", 0.5), (7, 1, "", 0.5), (1, 1, "\u202e", 1.0)))
    (found,) = KeptWords("one two", LEVEL, packed, rivals)
    assert found.rivals == ("o e",)


def test_a_letter_too_far_along_a_line_has_no_rival():
    text = "a" * 70_000
    (found,) = there_and_back(
        Line(text, 0.5, LEVEL, (Word(text, 0.5, LEVEL, (RivalLetter(69_999, 1, "b", 1), RivalLetter(9, 1, "c", 1))),))
    )
    assert [its.letter for its in found.rival_letters] == ["c"]


def test_a_line_that_is_a_point_has_its_words_there():
    point = polygon(5, 5, 0, 0)
    (found,) = there_and_back(Line("word", 0.5, point, (Word("word", 0.5, LEVEL),)))
    assert found == Word("word", 0.5, point)


@pytest.mark.parametrize("of", [LEVEL, SLANTED])
def test_how_high_words_are_is_kept_without_a_byte_more(of):
    highs = ((0.2, 0.8), (0.0, 1.0), (1.0, 1.0))
    whole = Line(
        "one two .",
        0.5,
        of,
        tuple(
            Word(text, 0.5, part(of, left, left + 0.2), across=tuple(round(255 * end) / 255 for end in high))
            for text, left, high in zip(("one", "two", "."), (0.0, 0.3, 0.6), highs, strict=True)
        ),
    )
    packed, _ = pack_words(whole.text, of, whole.words)
    assert len(packed) == 3 * words.WORD.size
    assert [word.across for word in there_and_back(whole)] == [word.across for word in whole.words]
    assert [word.text for word in there_and_back(whole)] == ["one", "two", "."]


def test_words_that_were_kept_before_are_as_high_as_their_line():
    old = words.WORD.pack(0, 3, 0.0, 1.0, 0.5)
    (word,) = KeptWords("one", LEVEL, old)
    assert (word.text, word.across, Line("one", 0.5, LEVEL, (word,)).box_of(word)) == ("one", (0.0, 1.0), LEVEL)


def test_words_farther_on_than_can_be_kept_are_left_out(monkeypatch):
    monkeypatch.setattr(words, "LETTERS", 6)
    line = Line("one two", 0.5, LEVEL, tuple(Word(text, 0.5, part(LEVEL, 0, 1)) for text in ("one", "two")))
    assert [word.text for word in there_and_back(line)] == ["one"]
