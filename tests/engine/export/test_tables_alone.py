"""Exports of the tables of pages and of nothing else."""

import threading

import openpyxl
import pytest
from exported import run, tree
from fakes import keep, line

from ocrdesk.engine.document import Reading
from ocrdesk.engine.errors import ExportFailed


def table_reading(top: float = 0.0, rows: int = 3) -> Reading:
    cells = [
        line(f"{name}{row}", left, top + 20 * row, 40) for row in range(rows) for name, left in (("a", 0), ("b", 90))
    ]
    return Reading(tuple(cells), 200, 300)


@pytest.fixture
def with_tables(library, page_ids):
    """A page with two tables, one with one, and others without any."""
    two = (*table_reading().lines, *table_reading(150).lines)
    keep(library, page_ids[0], Reading(two, 200, 300))
    keep(library, page_ids[2], table_reading(rows=4))
    return page_ids


def test_each_table_is_a_csv_file_named_after_its_page(export, out, with_tables):
    result = run(export(format="csv", tables=True))
    assert [path.name for path in result.written] == ["1.png-t1.csv", "1.png-t2.csv", "blank.png-t1.csv"]
    assert tree(out)["blank.png-t1.csv"] == "\ufeffa0,b0\na1,b1\na2,b2\na3,b3\n"


def test_tables_that_were_exported_before_are_not_replaced_unasked(export, out, with_tables):
    tables = {"format": "csv", "tables": True}
    run(export(**tables))
    (out / "1.png-t2.csv").write_text("mine")
    assert [path.name for path in export(**tables).plan().existing] == [
        "1.png-t1.csv",
        "1.png-t2.csv",
        "blank.png-t1.csv",
    ]
    assert run(export(**tables)).written == []
    assert len(run(export(**tables, existing="keep both")).written) == 3
    assert tree(out)["1.png-t2.csv"] == "mine"
    assert "1.png-t2 (2).csv" in tree(out)


def test_all_tables_of_a_batch_are_sheets_of_one_workbook(export, out, with_tables):
    told = []
    result = export(format="xlsx", tables=True).run(threading.Event(), lambda done, total: told.append((done, total)))
    (path,) = result.written
    assert openpyxl.load_workbook(path).sheetnames == ["1.png 1", "1.png 2", "blank.png 1"]
    assert not result.left_out


def test_a_page_without_tables_makes_no_workbook(export, out, with_tables):
    result = run(export(format="xlsx", tables=True, per="page"))
    assert [path.name for path in result.written] == ["1.png.xlsx", "blank.png.xlsx"]


def test_where_no_page_has_a_table_that_is_said_and_nothing_written(export, out):
    wanted = export(format="xlsx", tables=True)
    assert wanted.plan().targets == ()
    with pytest.raises(ExportFailed, match="No table was found"):
        run(wanted)
    assert not out.exists()


def test_other_formats_have_no_tables_alone(export):
    with pytest.raises(ExportFailed, match="csv or xlsx"):
        export(format="txt", tables=True)
