import pytest
from exported import BLANK, FAILED, PROSE, RECEIPT, exported, said, text_of
from fakes import line

from ocrdesk.engine.export.markdown import FORMAT
from ocrdesk.engine.layout.page_text import Paragraph


def test_a_page_has_a_heading_paragraphs_and_tables():
    assert text_of(FORMAT, [exported(PROSE, RECEIPT)]) == (
        "# in/a.jpg\n\nA broken word.\n\n|  |  |\n| --- | --- |\n| Bread | 2.40 |\n| Sum |  |\n"
    )


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
