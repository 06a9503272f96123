import csv
import io

import pytest
from exported import PROSE, TABLE, exported, written_by
from fakes import cell, line

from ocrdesk.engine.export.csv_tables import FORMAT
from ocrdesk.engine.layout.page_text import Table


def rows(*blocks) -> list[list[str]]:
    content = written_by(FORMAT, exported(*blocks))
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_table_is_its_rows_and_columns_and_nothing_else():
    assert rows(PROSE, TABLE) == [["", "Sales", ""], ["Store", "2023", "2024"], ["Harbour", "", "1,250.50"]]


@pytest.mark.parametrize(
    ("text", "written"),
    [("=1+1", "'=1+1"), ("\x00@a", "' @a"), ("-1+1", "'-1+1"), ("-12.50", "-12.50"), ("+5%", "+5%")],
)
def test_text_is_never_a_formula_and_a_negative_number_stays_one(text, written):
    assert rows(Table(((cell(line(text)), cell(line("b"))),))) == [[written, "b"]]
