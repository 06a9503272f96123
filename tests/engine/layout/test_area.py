import pytest
from fakes import line, polygon

from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.layout.area import Area, count_rows, text_in
from ocrdesk.engine.layout.page_text import Cell, PageText, Paragraph, Table

WHOLE = Area(0, 0, 1000, 1000)


def measured(text: str, left: float, top: float, *words: str, wide: float = 100) -> Line:
    """A line whose words are as wide as one another, one directly after the other."""
    places = [polygon(left + wide * number, top, wide, 20) for number in range(len(words))]
    return Line(
        text,
        0.9,
        polygon(left, top, wide * len(words), 20),
        tuple(Word(word, 0.9, place) for word, place in zip(words, places, strict=True)),
    )


def page(*rows: tuple[Line, ...]) -> PageText:
    return PageText((Paragraph(rows, False),))


def table(*rows: tuple[Cell, ...]) -> PageText:
    return PageText((Table(rows),))


def cell(text: str, left: float, top: float, columns: int = 1) -> Cell:
    return Cell(((line(text, left=left, top=top, width=80, height=20),),) if text else (), columns)


def test_all_of_a_page_is_its_text():
    text = page((measured("one two", 0, 0, "one", "two"),), (measured("three", 0, 30, "three"),))
    assert text_in(text, WHOLE).text == text.text


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [(0, 149, "one"), (51, 250, "two, three"), (160, 400, "three"), (151, 249, ""), (251, 900, "")],
)
def test_a_word_is_inside_if_its_middle_is(left, right, words):
    text = page((measured("one two, three", 0, 0, "one", "two,", "three"),))
    assert text_in(text, Area(left, 0, right, 20)).text == words


def test_rows_come_in_reading_order_and_side_by_side_with_a_tab():
    first, second = measured("left", 0, 0, "left"), measured("right", 500, 0, "right")
    text = page((first, second), (measured("below", 0, 30, "below"),))
    assert text_in(text, WHOLE).text == "left\tright\nbelow"
    assert text_in(text, Area(400, 0, 900, 100)).text == "right"
    assert text_in(text, Area(0, 25, 900, 100)).text == "below"


def test_blocks_of_which_nothing_is_inside_leave_no_empty_lines():
    paragraphs = [Paragraph(((measured(word, 0, 100 * place, word),),), True) for place, word in enumerate("abc")]
    text = PageText(tuple(paragraphs))
    assert text_in(text, Area(0, 90, 900, 150)).text == "b"
    assert text_in(text, Area(0, 0, 900, 150)).text == "a\n\nb"
    assert text_in(text, Area(0, 400, 900, 500)).blocks == ()


def test_a_word_that_is_found_inside_an_earlier_one_is_taken_from_its_own_place():
    text = page((measured("an animal an", 0, 0, "an", "animal", "an"),))
    assert text_in(text, Area(100, 0, 300, 20)).text == "animal an"


def test_words_without_spaces_stay_so():
    text = page((measured("図書館", 0, 0, *"図書館", wide=20),))
    assert text_in(text, Area(20, 0, 60, 20)).text == "書館"


def test_where_words_were_not_measured_letters_are_taken_to_be_equally_wide():
    text = page((line("aaaa bbbb", left=0, top=0, width=90, height=20),))
    assert text_in(text, Area(0, 0, 45, 20)).text == "aaaa"
    assert text_in(text, Area(45, 0, 90, 20)).text == "bbbb"
    assert text_in(page((line("", left=0, top=0, width=90, height=20),)), WHOLE).text == ""


def test_a_part_of_a_table_begins_with_its_first_column():
    text = table(
        (cell("Item", 0, 0), cell("Price", 100, 0), cell("Tax", 200, 0)),
        (cell("Tea", 0, 30), cell("", 100, 30), cell("2", 200, 30)),
        (cell("all of it", 0, 60, 2), cell("3", 200, 60)),
    )
    assert text_in(text, Area(90, 0, 400, 50)).text == "Price\tTax\n\t2"
    assert text_in(text, Area(190, 20, 400, 90)).text == "2\n3"
    assert text_in(text, WHOLE).text == text.text
    assert text_in(text, Area(0, 200, 400, 300)).blocks == ()


def test_a_single_column_of_a_table_is_read_line_by_line():
    high = Cell(
        (
            (line("first", left=100, top=0, width=80, height=20),),
            (line("second", left=100, top=25, width=80, height=20),),
        )
    )
    text = table((cell("Item", 0, 0), high), (cell("Tea", 0, 60), cell("third", 100, 60)))
    assert text_in(text, WHOLE).text == "Item\tfirst second\nTea\tthird"
    assert text_in(text, Area(90, 0, 400, 90)).text == "first\nsecond\nthird"


def test_lines_are_counted_as_they_are_seen():
    high = Cell(tuple((line("x", left=0, top=25 * row, width=80, height=20),) for row in range(3)))
    assert count_rows(table((high, cell("one", 100, 0)), (cell("Tea", 0, 90), cell("two", 100, 90)))) == 4
    assert count_rows(page((line("left"), line("right")), (line("below"),))) == 2
    assert count_rows(PageText(())) == 0
