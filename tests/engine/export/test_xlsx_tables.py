import io
import os
from dataclasses import replace

import openpyxl
from exported import PROSE, TABLE, exported, written_by
from fakes import cell, line

from ocrdesk.engine.export.xlsx_tables import FORMAT, LONGEST_NAME
from ocrdesk.engine.layout.page_text import Table


def book(*pages):
    return openpyxl.load_workbook(io.BytesIO(written_by(FORMAT, *pages)))


def table(*rows: tuple[str, ...]) -> Table:
    return Table(tuple(tuple(cell(line(text)) for text in row) for row in rows))


def test_there_is_a_sheet_for_each_table_named_after_its_page():
    read = book(exported(PROSE, TABLE, PROSE, TABLE), exported(TABLE, name="b.png"))
    assert read.sheetnames == ["a.jpg 1", "a.jpg 2", "b.png 1"]
    assert read.properties.title == "scans"


def test_cells_stand_where_they_stood_and_a_heading_over_columns_is_one_cell():
    sheet = book(exported(TABLE)).active
    assert list(sheet.iter_rows(values_only=True)) == [
        (None, "Sales", None),
        ("Store", 2023, 2024),
        ("Harbour", None, 1250.5),
    ]
    assert sheet["C3"].number_format == "#,##0.00"
    assert [str(area) for area in sheet.merged_cells.ranges] == ["B1:C1"]


def test_codes_stay_text_and_nothing_is_a_formula():
    sheet = book(exported(table(("007", "=1+1", "4006381333931"), ("042", "#N/A", "4006381333948")))).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells] == ["007", "=1+1", "4006381333931", "042", "#N/A", "4006381333948"]
    assert {cell.data_type for cell in cells} == {"s"}


def test_names_of_sheets_are_short_allowed_and_never_the_same():
    names = ["[a]:b?*.png", "'x'.png", "ä" * 60 + "1.png", "ä" * 60 + "2.png", "sub/c.png", "other/C.png"]
    names += [f"{'long name of a file ' * 3}.pdf · {page}" for page in (7, 8)]
    read = book(*(exported(TABLE, name=name) for name in names))
    assert len(set(map(str.casefold, read.sheetnames))) == len(names)
    assert all(len(name) <= LONGEST_NAME for name in read.sheetnames)
    assert read.sheetnames[0] == "_a__b__.png 1"
    assert read.sheetnames[4:6] == ["c.png 1", "C.png 1 (2)"]
    assert read.sheetnames[-1].endswith(".pdf · 8 1")


def test_many_tables_need_few_open_files(tmp_path):
    page = exported(*[TABLE] * 300)
    opened = []

    def pages():
        for number in range(2):
            yield replace(page, index=number)
            opened.append(len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0)

    with (tmp_path / "t.xlsx").open("wb") as file:
        FORMAT.write(pages(), file)
    assert len(openpyxl.load_workbook(tmp_path / "t.xlsx").sheetnames) == 600
    assert opened[1] - opened[0] < 10
    assert os.listdir(tmp_path) == ["t.xlsx"]


def test_a_comma_means_the_same_in_all_tables_of_a_page():
    first, second = book(exported(table(("1,234", "a")), table(("12.50", "b")))).worksheets
    assert (first["A1"].value, second["A1"].value) == (1234, 12.5)
    assert book(exported(table(("1,234", "a")))).active["A1"].value == "1,234"
