import pytest
from exported import BLANK, FAILED, PROSE, RECEIPT, TABLE, exported, said, text_of
from fakes import cell, line

from ocrdesk.engine.export.markdown import FORMAT
from ocrdesk.engine.layout.page_text import Paragraph, Table


def test_a_page_has_a_heading_paragraphs_and_tables():
    assert text_of(FORMAT, [exported(PROSE, TABLE)]) == (
        "# in/a.jpg\n\nA broken word.\n\n|  |  |  |\n| --- | --- | --- |\n"
        "|  | Sales |  |\n| Store | 2023 | 2024 |\n| Harbour |  | 1,250.50 |\n"
    )


def test_marks_in_cells_are_escaped():
    table = Table(((cell(line("a | b")), cell(line("*"))),))
    assert text_of(FORMAT, [exported(table)]).splitlines()[-1] == r"| a \| b | \* |"


def test_what_stands_side_by_side_without_being_a_table_is_parted_by_wide_white():
    assert text_of(FORMAT, [exported(RECEIPT)]) == "# in/a.jpg\n\nBread\u20032.40  \nSum\n"


def test_rows_that_are_no_table_keep_their_line_ends():
    address = Paragraph(((line("Ada"),), (line("12 Road"),)), False)
    assert text_of(FORMAT, [exported(address)]) == "# in/a.jpg\n\nAda  \n12 Road\n"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a*b*_c_ `d`", r"a\*b\*\_c\_ \`d\`"),
        ("# no heading", r"\# no heading"),
        ("- no list", r"\- no list"),
        ("12. no list", r"12\. no list"),
        ("=====", r"\====="),
        ("<b>[x](y)", r"\<b\>\[x\](y)"),
        ("a | b", r"a \| b"),
        ("&amp; R&D", r"\&amp; R&D"),
        ("2.40 - 1", "2.40 - 1"),
    ],
)
def test_what_means_something_in_markdown_is_escaped(text, escaped):
    assert text_of(FORMAT, [exported(said(text))]).splitlines()[2] == escaped


def test_blank_and_failed_pages_say_so_and_pages_are_parted():
    assert text_of(FORMAT, [BLANK, FAILED]) == "# blank.png\n\n*no text*\n\n# bad.png\n\n*failed: Damaged.*\n"
