"""Pages read from right to left: each kind of page in a mirror, in Hebrew letters, and pages in two languages."""

import random
import string
from dataclasses import replace

import pytest
from drawn_pages import ALL, PITCH, cells, column, line

from ocrdesk.engine.document import ReadingOrder, Rule, Word
from ocrdesk.engine.layout.arrangement import arrange
from ocrdesk.engine.layout.page_text import Table

HEBREW = str.maketrans(dict(zip(string.ascii_lowercase, "אבגדהוזחטיכלמנסעפצקרשתאבגד", strict=True)))
WIDE = 1000


def hebrew(text):
    return text.lower().translate(HEBREW)


def in_mirror(its):
    """A line as it would be printed in the other direction, in Hebrew letters."""

    def there(polygon):
        a, b, c, d = ((WIDE - x, y) for x, y in polygon)
        return b, a, d, c

    words = tuple(replace(word, text=hebrew(word.text), polygon=there(word.polygon)) for word in its.words)
    return replace(its, text=hebrew(its.text), polygon=there(its.polygon), words=words)


def shuffled(lines):
    mixed = list(lines)
    random.Random(4).shuffle(mixed)
    return mixed


def texts(lines, order=ReadingOrder.AUTO):
    return [its.text for its in arrange(shuffled(lines), order).lines]


def as_text(table):
    return [[" ".join(cell.texts) for cell in row] for row in table.rows]


@pytest.mark.parametrize("kind", [kind for kind in ALL if kind != "downwards"])  # that one is Chinese
def test_a_page_of_each_kind_is_read_in_a_mirror_as_its_image_is(kind):
    lines = ALL[kind]()
    assert texts(map(in_mirror, lines)) == [hebrew(its.text) for its in lines]


def test_columns_in_latin_letters_stay_in_their_order():
    left, right = column("left", 0, 9), column("right", 230, 9)
    assert texts(left + right) == [its.text for its in left + right]


def test_a_table_begins_with_its_right_column():
    rows = [["item", "count", "price"], ["apples", "12", "3.50"], ["pears", "7", "1.20"], ["plums", "31", "9.00"]]
    (table,) = arrange(shuffled(map(in_mirror, cells(rows, [0, 150, 300], [80, 50, 50])))).blocks
    assert as_text(table) == [[hebrew(text) for text in row] for row in rows]
    assert table.runs_left


def test_a_ruled_table_begins_with_its_right_column():
    rows = [["name", "town"], ["dana", "haifa"], ["noa", "eilat"]]
    lines = list(map(in_mirror, cells(rows, [10, 160], [80, 80])))
    ends = (WIDE - 300, WIDE)
    lying = [Rule((ends[0], y), (ends[1], y)) for y in (-5, 15, 35, 55)]
    standing = [Rule((WIDE - x, -5), (WIDE - x, 55)) for x in (0, 150, 300)]
    (table,) = arrange(lines, rules=lying + standing).blocks
    assert as_text(table) == [[hebrew(text) for text in row] for row in rows]


def test_a_table_in_latin_letters_on_a_page_of_hebrew_begins_with_its_left_column():
    rows = [["item", "count", "price"], ["apples", "12", "3.50"], ["pears", "7", "1.20"], ["plums", "31", "9.00"]]
    prose = [in_mirror(its) for its in column("above", 0, 12, width=430)]
    latin = cells(rows, [WIDE - 430, WIDE - 280, WIDE - 130], [80, 50, 50], top=400)
    heading = in_mirror(line("heading over it all", 0, -60, 430, 16))
    text = arrange(shuffled([heading, *prose, *latin]))
    assert text.runs_left
    (table,) = text.tables
    assert sorted(as_text(table)[0]) == sorted(rows[0])
    assert not table.runs_left or as_text(table)[0] == rows[0][::-1]  # in whatever direction: it says so


def test_the_second_line_of_a_paragraph_is_told_from_an_indent_at_the_right_edge():
    spans = [(20, 300), (0, 300), (0, 210), (20, 300), (0, 300), (0, 120)]
    lines = [
        in_mirror(line(f"{name}x and so on for a while", left, PITCH * number, right - left))
        for number, (name, (left, right)) in enumerate(zip("abcdef", spans, strict=True))
    ]
    found = [[row[0].text[0] for row in its.rows] for its in arrange(lines).blocks]
    assert found == [list(hebrew("abc")), list(hebrew("def"))]


def test_an_abstract_in_english_is_parted_as_english_is():
    spans = [(20, 300), (0, 300), (0, 210), (20, 300), (0, 300), (0, 120)]
    english = [
        line(f"{name}x and so on for a while", WIDE - 300 + left, 200 + PITCH * number, right - left)
        for number, (name, (left, right)) in enumerate(zip("abcdef", spans, strict=True))
    ]
    text = arrange([*(in_mirror(its) for its in column("z", 0, 12, width=300)), *english])
    *_, first, second = text.blocks
    assert [[row[0].text[0] for row in its.rows] for its in (first, second)] == [list("abc"), list("def")]
    assert [its.runs_left for its in text.blocks] == [True] * (len(text.blocks) - 2) + [False, False]


def test_a_line_of_latin_letters_in_a_paragraph_does_not_part_it():
    lines = [in_mirror(its) for its in column("a", 0, 5)]
    lines[2] = replace(in_mirror(column("a", 0, 5)[2]), text="www.example.org for all that", words=())
    assert len(arrange(lines).blocks) == 1


def test_lines_of_hebrew_with_many_latin_letters_are_of_a_page_of_hebrew():
    prose = [in_mirror(its) for its in column("a", 0, 9)]
    mixed = [
        line("התקנו PostgreSQL Server Edition", 800, 200, 200),
        line("דואר information@example.org", 800, 240, 200),
    ]
    assert [its.runs_left for its in arrange([*prose, *mixed]).blocks] == [True] * len(arrange([*prose, *mixed]).blocks)


def test_a_line_of_both_apart_from_all_others_goes_as_its_page_does():
    prose = [in_mirror(its) for its in column("a", 0, 9)]
    *_, last = arrange([*prose, line("התקנו PostgreSQL Server Edition", 800, 400, 200)]).blocks
    assert last.runs_left


def pieces(*named):
    """Pieces of one line, cut by the detector, each with where it begins and how long it is."""
    return [line(text, left, 0, width) for text, left, width in named]


def test_pieces_of_a_line_are_joined_from_the_right():
    assert texts(pieces(("עולם", 0, 40), ("שלום", 42, 40))) == ["שלום עולם"]


def test_pieces_in_latin_letters_stay_in_their_order_within_a_line_of_hebrew():
    cut = pieces(("הופעלה בהצלחה", 0, 130), ("Office", 132, 60), ("365", 194, 30), ("התוכנה", 226, 60))
    assert texts(cut) == ["התוכנה Office 365 הופעלה בהצלחה"]
    cut = pieces(("שנים של ניסיון", 0, 140), ("12", 142, 20), ("אחרי", 164, 40))
    assert texts(cut) == ["אחרי 12 שנים של ניסיון"]


def test_pieces_in_hebrew_are_read_from_the_right_within_a_line_of_english():
    cut = pieces(("He wrote", 0, 80), ("עולם", 82, 40), ("שלום", 124, 40), ("on the wall", 166, 110))
    assert texts(cut) == ["He wrote שלום עולם on the wall"]


def test_a_joined_line_reaches_from_its_leftmost_piece_to_its_rightmost_one():
    (whole,) = arrange(pieces(("עולם", 0, 40), ("שלום", 42, 40))).lines
    assert whole.polygon == ((0, 0), (82, 0), (82, 10), (0, 10))
    assert [word.text for word in whole.words] == ["שלום", "עולם"]


def merged(*words):
    """A line found as one, with its words in the order in which they are read and where they stand."""
    polygon = ((50, 60), (500, 60), (500, 70), (50, 70))
    places = tuple(Word(text, 0.9, ((x, 60), (x + w, 60), (x + w, 70), (x, 70))) for text, x, w in words)
    return replace(line(" ".join(text for text, _, _ in words), 50, 60, 450), polygon=polygon, words=places)


def test_a_row_that_was_found_as_one_line_is_parted_where_its_columns_are():
    rows = [
        ["item", "count", "price"],
        ["apples", "12", "3.50"],
        ["pears", "7", "1.20"],
        [""] * 3,
        ["figs", "9", "2.00"],
    ]
    there = [in_mirror(its) for its in cells(rows, [WIDE - 500, WIDE - 300, WIDE - 100], [100, 60, 60])]
    whole = merged(("מדפסת", 450, 50), ("HP", 400, 20), ("Jet", 424, 22), ("5", 270, 30), ("990.00", 50, 50))
    (table,) = arrange([*there, whole]).blocks
    assert isinstance(table, Table)
    assert as_text(table)[3] == ["מדפסת HP Jet", "5", "990.00"]


@pytest.mark.parametrize("order", list(ReadingOrder))
def test_no_line_is_lost_in_any_order(order):
    for kind in ALL:
        lines = [in_mirror(its) for its in ALL[kind]()]
        found = " ".join(texts(lines, order)).split()
        assert sorted(found) == sorted(" ".join(its.text for its in lines).split())


def test_lines_in_the_order_in_which_they_were_found_say_which_way_they_run():
    (block,) = arrange([line("שלום", 0, 0, 50)], ReadingOrder.DETECTED).blocks
    assert block.runs_left
