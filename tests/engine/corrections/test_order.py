from dataclasses import replace

import pytest
from fakes import cell
from lines import measured, stacked

from ocrdesk.engine.corrections.order import in_order
from ocrdesk.engine.document import Correction
from ocrdesk.engine.layout.page_text import PageText, Paragraph, Table

A, B, C, D, E = (replace(line, corrections=(line.numbers[0] + 1,)) for line in stacked("a", "b", "c", "d", "e"))
PROSE, REST = Paragraph(((A,), (B,), (C,)), True), Paragraph(((D,), (E,)), True)
PAGE = PageText((PROSE, REST))
TABLE = Table(((cell(A), cell(B)), (cell(C), cell(D))))


def moving(text, line, behind):
    follows = (behind.polygon,) if behind else ()
    (number,) = line.corrections
    return in_order(text, [Correction(line.polygon, line.text, line.numbers, line.text, (), follows, id=number)])


@pytest.mark.parametrize(
    ("line", "behind", "text"),
    [
        (A, B, "b\na\nc\n\nd\ne"),
        (C, None, "c\na\nb\n\nd\ne"),
        (B, C, "a\nc\nb\n\nd\ne"),
        (E, None, "e\n\na\nb\nc\n\nd"),
        (A, D, "b\nc\n\nd\na\ne"),
        (A, E, "b\nc\n\nd\ne\n\na"),
        (D, C, "a\nb\nc\n\nd\n\ne"),
        (D, A, "a\nd\nb\nc\n\ne"),
    ],
)
def test_a_line_is_moved_behind_another_one(line, behind, text):
    assert moving(PAGE, line, behind).text == text


def test_all_of_a_paragraph_may_be_moved_out_of_it():
    alone = PageText((PROSE, Paragraph(((D,),), False)))
    assert moving(alone, D, A).text == "a\nd\nb\nc"


def test_a_row_is_cut_where_a_line_is_moved_into_it():
    rows = PageText((Paragraph(((A, B), (C,)), False),))
    assert rows.text == "a\tb\nc"
    assert moving(rows, C, A).text == "a\nc\nb"


def test_tables_keep_their_rows_and_columns():
    page = PageText((TABLE, Paragraph(((E,),), False)))
    assert moving(page, A, D) == page
    assert moving(page, E, A) == page  # behind a line of the table is behind the table
    assert moving(page, E, None).text == "e\n\na\tb\nc\td"
    out = moving(page, B, E)
    assert out.text == "a\nc\td\n\ne\n\nb"
    assert [len(row) for row in out.tables[0].rows] == [2, 2]


def test_where_nothing_is_in_the_place_any_more_the_line_stays():
    far = measured("x", 900, 900)
    assert moving(PAGE, A, far) == PAGE
    assert moving(PageText((Paragraph(((A,),), True),)), A, None).text == "a"


def test_lines_are_moved_one_after_the_other():
    moves = [
        Correction(line.polygon, line.text, line.numbers, line.text, (), follows, id=line.corrections[0])
        for line, follows in ((A, (C.polygon,)), (B, (A.polygon,)))
    ]
    assert in_order(PAGE, moves).text == "c\na\nb\n\nd\ne"
