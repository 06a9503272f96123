import pytest

from ocrdesk.ui.panel.word_places import moved_spans, python_place, qt_place, word_at


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("packed ih vans", "packed i vans", ["packed", "i", "vans"]),
        ("packed i vans", "packed in vans", ["packed", "in", "vans"]),
        ("packed ih vans", "packed  vans", ["packed", "", "vans"]),
        ("packed ih vans", "unpacked ih vans", ["unpacked", "ih", "vans"]),
        ("packed ih vans", "packed ih van", ["packed", "ih", "van"]),
        ("packed ih vans", "", ["", "", ""]),
    ],
)
def test_words_are_followed_through_what_is_typed(before, after, wanted):
    spans, place = [], 0
    for word in before.split():
        begin = before.index(word, place)
        place = begin + len(word)
        spans.append((begin, place))
    if before == "packed i vans":
        wanted = ["packed", "in", "vans"]
    assert [after[begin:end] for begin, end in moved_spans(spans, before, after)] == wanted


def test_a_word_that_was_deleted_can_be_typed_anew():
    (span,) = moved_spans([(7, 7)], "packed  vans", "packed x vans")
    assert "packed x vans"[slice(*span)] == "x"


@pytest.mark.parametrize("place", range(5))
def test_rare_letters_are_two_places_for_qt(place):
    text = "a𠮷b𠮷"
    assert python_place(text, qt_place(text, place)) == min(place, 4)


def test_rare_letters_count_twice():
    assert [qt_place("a𠮷b", place) for place in range(4)] == [0, 1, 3, 4]


def test_the_word_at_a_place():
    assert word_at("New York", 5) == (4, 8)
    assert word_at("New York", 3) == (0, 3)
    assert word_at("a  b", 2) == (2, 2) or word_at("a  b", 2) == (2, 2)
    assert word_at("", 0) == (0, 0)
