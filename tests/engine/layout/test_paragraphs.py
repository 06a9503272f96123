import pytest
from drawn_pages import ALL, column, line
from fakes import line as wordless

from ocrdesk.engine.layout.arrangement import arrange


def paragraphs(lines):
    """The first word of each row, paragraph by paragraph."""
    return [[row[0].text.split()[0] for row in its.rows] for its in arrange(lines).blocks]


def rows(*spans, pitch=15, high=10):
    """Lines named a, b, c … from left to right edge each."""
    return [
        line(f"{name}x and so on for a while", left, pitch * number, right - left, high)
        for number, (name, (left, right)) in enumerate(zip("abcdefgh", spans, strict=False))
    ]


FULL = (0, 200)


def test_lines_at_one_distance_are_one_paragraph():
    assert paragraphs(rows(FULL, FULL, FULL, (0, 120))) == [["ax", "bx", "cx", "dx"]]


def test_a_last_line_that_was_found_a_little_higher_goes_on():
    *above, last = rows(FULL, FULL, (0, 60))
    for high, count in ((14.3, 1), (16, 2)):
        assert len(paragraphs([*above, line(last.text, 0, 30, 60, high)])) == count


def test_more_white_begins_a_paragraph():
    lines = column("a", 0, 4) + column("b", 0, 4, 4 * 15 + 9)
    assert paragraphs(lines) == [["a0", "a1", "a2", "a3"], ["b0", "b1", "b2", "b3"]]
    assert len(paragraphs(column("a", 0, 4) + column("b", 0, 4, 4 * 15 + 2))) == 1


def test_the_short_paragraphs_of_a_letter_are_parted():
    """Where most lines are followed by white, the white is not taken for the distance of the lines."""
    places = [0, 24, 46, 61, 76, 98, 113, 137, 163]
    lines = [line(f"{name}x and so on for a while", 0, y, 200) for name, y in zip("abcdefghi", places, strict=True)]
    assert paragraphs(lines) == [["ax"], ["bx"], ["cx", "dx", "ex"], ["fx", "gx"], ["hx"], ["ix"]]


def test_an_indent_begins_a_paragraph():
    assert paragraphs(rows(FULL, FULL, (10, 200), FULL, FULL)) == [["ax", "bx"], ["cx", "dx", "ex"]]


def test_a_block_that_stands_farther_in_is_no_indent_at_each_of_its_lines():
    assert paragraphs(rows(FULL, FULL, (10, 200), (10, 200), (10, 200))) == [["ax", "bx", "cx", "dx", "ex"]]


def test_a_hanging_indent_keeps_its_lines_together():
    lines = rows(FULL, (12, 200), (12, 150), FULL, (12, 200), (12, 190))
    assert paragraphs(lines) == [["ax", "bx", "cx"], ["dx", "ex", "fx"]]


@pytest.mark.parametrize(
    ("end", "beginning", "count"), [("came home.", "Then", 2), ("came home", "Then", 1), ("came home.", "then", 1)]
)
def test_a_short_line_that_ends_a_sentence_ends_the_paragraph(end, beginning, count):
    lines = [
        line("It was late in the year and they", 0, 0, 200),
        line(end, 0, 15, 90),
        line(f"{beginning} the snow began to fall upon", 0, 30, 200),
        line("the roofs of the town below", 0, 45, 170),
    ]
    assert len(arrange(lines).blocks) == count


def test_a_full_line_that_ends_a_sentence_ends_nothing():
    lines = [line("It was late in the year. They went.", 0, 0, 200), line("Then the snow began to fall", 0, 15, 170)]
    assert len(arrange(lines).blocks) == 1


def test_larger_print_is_a_paragraph_of_its_own():
    lines = [line("A heading of some words", 0, 0, 200, 16), *column("a", 0, 4, 20)]
    assert paragraphs(lines)[0] == ["A"]


def test_the_lines_of_a_paragraph_of_prose_flow():
    text = arrange(column("a", 0, 4)).flowing
    assert "\n" not in text
    assert text.startswith("a0 The harbour lay still in the early light a1 and")


@pytest.mark.parametrize(
    "texts",
    [
        [
            "Tyger Tyger, burning bright,",
            "In the forests of the night;",
            "What immortal hand or eye,",
            "Could frame it",
        ],
        ["Anna Example", "Long Road 4 in the old town", "1234 Town", "Country"],
    ],
)
def test_verse_and_addresses_keep_their_lines(texts):
    lines = [line(text, 0, 15 * number, 7 * len(text)) for number, text in enumerate(texts)]
    assert arrange(lines).flowing == "\n".join(texts)


def test_prose_beside_a_picture_flows():
    lines = rows((0, 200), (0, 200), (0, 110), (0, 108), (0, 110), (0, 200))
    assert arrange(lines).blocks[0].is_prose


def test_a_list_of_lines_of_very_different_length_does_not_flow():
    assert not arrange(rows((0, 200), (0, 60), (0, 190), (0, 80), (0, 200))).blocks[0].is_prose


def test_narrow_lines_do_not_flow():
    assert not arrange([wordless(text, 0, 15 * n, 60) for n, text in enumerate(("one", "two"))]).blocks[0].is_prose


def test_a_table_below_prose_is_parted_from_it():
    lines = [
        *column("a", 0, 4, width=300)[:3],
        *(line(its.text, its.polygon[0][0], its.polygon[0][1] + 45, 30) for its in ALL["table"]()),
    ]
    first, *_ = arrange(lines).blocks
    assert [row[0].text.split()[0] for row in first.rows] == ["a0", "a1", "a2"]


def test_a_paragraph_goes_on_in_the_next_column():
    left, right = column("left", 0, 6), column("right", 230, 6)
    left[-1] = line("left5 and so they came to the har-", 0, 75, 200)
    right[0] = line("bour at the end of that day and", 230, 0, 200)
    page = arrange(left + right)
    assert len(page.blocks) == 1
    assert "to the harbour at the end" in page.flowing


def test_a_new_sentence_in_the_next_column_begins_a_paragraph():
    left, right = column("left", 0, 6), column("Right", 230, 6)
    assert len(arrange(left + right).blocks) == 2
