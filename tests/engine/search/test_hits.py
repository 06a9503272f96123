import pytest

from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.layout.page_text import PageText, Paragraph
from ocrdesk.engine.search.hits import hits_on
from ocrdesk.engine.search.query import parse


def page(*texts):
    """A page with lines that are ten pixels for each letter long, one under the other."""
    lines = [
        Line(text, 1.0, box(0, 10 * len(text), 20 * number), words(text, 20 * number))
        for number, text in enumerate(texts)
    ]
    return PageText((Paragraph(tuple((line,) for line in lines), is_prose=True),))


def box(left, right, top):
    return ((left, top), (right, top), (right, top + 10), (left, top + 10))


def words(text, top):
    places, start = [], 0
    for word in text.split():
        start = text.index(word, start)
        places.append(Word(word, 1.0, box(10 * start, 10 * (start + len(word)), top)))
        start += len(word)
    return tuple(places)


def found(typed, *texts):
    return [
        (hit.line, [hit.text[start:end] for start, end in hit.spans]) for hit in hits_on(1, page(*texts), parse(typed))
    ]


def test_a_thai_word_is_marked_within_its_phrase():
    [(line, marked)] = found("ประเทศ ", "ยินดีต้อนรับสู่ประเทศไทย")
    assert (line, "".join(marked)) == (0, "ประเทศ")


@pytest.mark.parametrize(
    ("typed", "hits"),
    [
        ("fox ", [(0, ["Fox"]), (1, ["fox"])]),
        ("fo", [(0, ["Fox"]), (1, ["fox", "Forest"])]),
        ('"the fox"', [(0, ["the", "Fox"])]),
        ('"dog the"', [(1, ["dog"]), (2, ["The"])]),
        ("end OR dog", [(1, ["dog"]), (2, ["end"])]),
        ("fox -cat", [(0, ["Fox"]), (1, ["fox"])]),
        ("name:fox", []),
        ("", []),
    ],
)
def test_lines_with_hits_say_which_words_were_found(typed, hits):
    assert found(typed, "See the Fox,", "a fox-like Forest dog.", "The end") == hits


def test_a_broken_word_is_marked_in_both_lines():
    lines = ("we work zusam-", "men here")
    assert found("zusammen", *lines) == [(0, ["zusam"]), (1, ["men"])]
    assert found('"work zusammen here"', *lines) == [(0, ["work", "zusam"]), (1, ["men", "here"])]
    assert found("zusam men", *lines) == [(0, ["zusam"]), (1, ["men"])]


def test_letters_that_are_folded_are_marked_where_they_stand():
    assert found("strasse lodz", "Große Straße, Łódź") == [(0, ["Straße", "Łódź"])]
    assert found("学生", "大学生") == [(0, ["学", "生"])]


def test_found_words_have_places_on_the_picture():
    (hit,) = hits_on(7, page("one two-three, four"), parse("three"))
    assert hit.page_id == 7
    (left, top), _, (right, bottom), _ = hit.polygons[0]
    assert (left, right) == pytest.approx((80, 130))
    assert (top, bottom) == (0, 10)


def test_words_without_measured_places_lie_where_their_letters_would():
    line = Line("one two", 1.0, box(0, 70, 0))
    text = PageText((Paragraph(((line,),), is_prose=True),))
    (hit,) = hits_on(1, text, parse("two"))
    assert [x for x, _ in hit.polygons[0]] == pytest.approx([40, 70, 70, 40])


def test_a_part_of_a_word_that_is_read_from_the_right_is_found_at_its_right():
    word = Word("שלומות", 1.0, box(20, 80, 0))
    line = Line("שלומות", 1.0, box(20, 80, 0), (word,))
    (hit,) = hits_on(1, PageText((Paragraph(((line,),), is_prose=True),)), parse("של"))
    ((a, b, _, _),) = hit.polygons
    assert (a[0], b[0]) == (20, 80)  # words are marked as a whole


def test_two_words_found_together_reach_over_both_wherever_they_stand():
    there = (Word("שלום", 1.0, box(60, 100, 0)), Word("עולם", 1.0, box(10, 50, 0)))
    line = Line("שלום עולם", 1.0, box(0, 100, 0), there)
    (hit,) = hits_on(1, PageText((Paragraph(((line,),), is_prose=True),)), parse('"שלום עולם"'))
    assert [(polygon[0][0], polygon[1][0]) for polygon in hit.polygons] == [(60, 100), (10, 50)]


@pytest.mark.parametrize(
    ("typed", "line", "marked"),
    [
        ("שלום ", "אמר שָׁלוֹם לכולם", ["שָׁלוֹם"]),
        ("שָׁלוֹם ", "אמר שלום לכולם", ["שלום"]),
        ("שלו ", "אמר שלום לכולם", []),
        ("שלו", "אמר שלום לכולם", ["שלום"]),
        ('צה"ל ', "חיילי צה״ל באו", ["צה״ל"]),
        ('"חיילי צה״ל"', 'חיילי צה"ל באו', ["חיילי", 'צה"ל']),
        ("بيت ", "هذا بَيْتٌ كبير", ["بَيْتٌ"]),
        ("الإسلام ", "قال الاسلام دين", ["الاسلام"]),
    ],
)
def test_hebrew_and_arabic_are_found_with_and_without_their_points(typed, line, marked):
    assert [text for _, texts in found(typed, line) for text in texts] == marked
