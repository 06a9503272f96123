import pytest
from fakes import polygon

from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.review.reasons import alternatives_of, reasons_of
from ocrdesk.engine.rivals import RivalLetter


@pytest.mark.parametrize(
    ("text", "places", "language", "reasons"),
    [
        ("CHANGZ", [5], "en", ["the last letter is unsure", "the word is in no list"]),
        ("change", [0], "en", ["the first letter is unsure"]),
        ("chanqe", [4], None, ["“q” is unsure"]),
        ("1.20", [0], "en", ["the first digit is unsure"]),
        ("1.2O", [3], "en", ["the last letter is unsure", "the number looks odd"]),
        ("cafе", [], None, ["a letter is of another script"]),
        ("zrqxt", [1, 2], "en", ["some letters are unsure", "the word is in no list"]),
        ("chAnge", [2], None, ["“A” is unsure", "capital and small letters are mixed"]),
        ("change", [], "en", ["some letters are unsure"]),
        ("x", [0], None, ["the character is unsure"]),
    ],
)
def test_the_reason_is_said_in_plain_words(text, places, language, reasons):
    rivals = tuple(RivalLetter(place, 1, "E", 0.5) for place in places)
    word = Word(text, 0.2, polygon(0, 0, 60, 10), rivals)
    assert reasons_of(word, Line(f"{text} here", 0.2, word.polygon, (word,)), language) == reasons


def test_what_is_in_the_script_of_the_word_is_offered_first():
    rivals = (RivalLetter(0, 1, "k", 0.9), RivalLetter(3, 1, "e", 0.2))
    word = Word("cafе", 0.2, polygon(0, 0, 60, 10), rivals)
    line = Line("cafе here", 0.2, word.polygon, (word,))
    assert word.rivals[0] == "kafе"
    assert alternatives_of(word, line) == ("cafe", *(text for text in word.rivals if text != "cafe"))
    plain = Word("cafe", 0.2, word.polygon, rivals[:1])
    assert alternatives_of(plain, line) == plain.rivals == ("kafe",)
