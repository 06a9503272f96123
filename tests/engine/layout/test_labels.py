"""Addresses beside labels with a colon."""

import pytest
from drawn_pages import PITCH, cells, column, line

from ocrdesk.engine.document import Line
from ocrdesk.engine.layout.arrangement import arrange

ADDRESS = ("Mrs Jane Hull", "14, Long Quay", "Whitby", "Yorkshire", "England")


def address(count: int = 5, top: float = 0) -> list[Line]:
    return [line(text, 0, top + PITCH * number, 6 * len(text)) for number, text in enumerate(ADDRESS[:count])]


def labels(count: int, top: float = 0, left: float = 300, colon: str = ":") -> list[Line]:
    """Labels with what they label at their right, row by row."""
    return [
        its
        for number, (text, value) in enumerate((("Number", "A-17"), ("Date", "3 May"), ("Clerk", "Ann"), ("Tel.", "9")))
        for its in (
            line(text + colon, left, top + PITCH * number, 6 * len(text)),
            line(value, left + 80, top + PITCH * number, 6 * len(value)),
        )
        if number < count
    ]


def read(lines: list[Line]) -> list[str]:
    return [its.text for its in arrange(lines[::-1]).lines]


@pytest.mark.parametrize("top", [0, PITCH, -PITCH])
@pytest.mark.parametrize("count", [3, 5])
def test_an_address_is_read_before_the_labels_beside_it(count, top):
    head, text = [line("The Office", 300, -70, 80, 16)], column("text", 0, 5, 120, 430)
    lines = [*head, *address(count), *labels(4, top), *text]
    assert read(lines) == [its.text for its in lines]


def test_where_labels_stand_on_both_sides_rows_are_read_across():
    left, right = labels(4, left=0), labels(4, left=260)
    rows = [[*left[2 * number : 2 * number + 2], *right[2 * number : 2 * number + 2]] for number in range(4)]
    assert read([its for row in rows for its in row]) == [its.text for row in rows for its in row]


def test_a_table_whose_rows_have_labels_in_their_middle_is_read_across_where_they_have_no_colon():
    rows = [[text, "from", f"{number} May"] for number, text in enumerate(ADDRESS)]
    lines = cells(rows, [0, 300, 380], [80, 30, 40])
    assert read(lines) == [its.text for its in lines]


def test_a_sentence_that_ends_with_a_colon_is_no_label():
    lines = [*address(4), line("He said:", 300, PITCH, 60)]
    assert "He said:" in read(lines)
    assert read(address(4)) == [its.text for its in address(4)]
