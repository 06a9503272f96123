from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt

from ocrdesk.engine.document import Page, PageStatus
from ocrdesk.engine.fields.found import Doubt, Found
from ocrdesk.engine.fields.table import Receipt
from ocrdesk.engine.library.fields import OwnField
from ocrdesk.ui.receipts.receipts_model import CHECK_ROLE, ReceiptsModel

_EDIT = Qt.ItemDataRole.EditRole


def receipt(page_id: int, **found: Found) -> Receipt:
    page = Page(page_id, 1, Path("/scans/a.png"), 0, f"{page_id}.png", PageStatus.DONE, line_count=3)
    return Receipt(page, {"date": Found("2024-01-02"), "total": Found("5.00"), **found}, {})


UNSURE = Found("9.00", doubts=(Doubt.SEVERAL,))


@pytest.fixture
def model(qtmodeltester) -> ReceiptsModel:
    model = ReceiptsModel()
    model.begin([OwnField("Driver", "Driver")])
    model.put([receipt(1), receipt(2, total=UNSURE), receipt(3, tax=UNSURE)])
    return model


def test_it_is_a_model(model, qtmodeltester):
    qtmodeltester.check(model)


def test_it_has_a_column_for_each_field_of_the_batch(model):
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    assert heads == ["Page", "Date", "Total", "Currency", "Tax", "Shop", "Number", "Driver"]


def test_what_is_written_is_told_and_not_shown_before_it_is_kept(model, qtbot):
    index = model.index(1, 2)
    with qtbot.waitSignal(model.written) as told:
        model.setData(index, " 12,5 ", _EDIT)
    assert told.args[0].page.id == 2 and told.args[1:] == ["total", "12.50"]
    assert index.data(_EDIT) == "9.00"
    model.set_kept(2, {"total": "12.50"})
    assert index.data(_EDIT) == "12.50" and not index.data(CHECK_ROLE)


def test_the_same_value_is_not_written_again_unless_it_is_to_check(model, qtbot):
    with qtbot.assertNotEmitted(model.written):
        model.setData(model.index(0, 2), "5.00", _EDIT)
    with qtbot.waitSignal(model.written):
        model.setData(model.index(1, 2), "9.00", _EDIT)


def test_it_walks_through_what_is_to_check_and_begins_anew_at_the_end(model):
    first = model.next_to_check(QModelIndex())
    second = model.next_to_check(first)
    assert [(it.row(), it.column()) for it in (first, second)] == [(1, 2), (2, 4)]
    assert model.next_to_check(second) == first
    assert model.next_to_check(first, -1) == second


def test_receipts_that_are_read_again_stay_in_their_row(model):
    model.put([replace(receipt(2), kept={"shop": "A"}), receipt(4)])
    assert [it.page.id for it in model.receipts] == [1, 2, 3, 4]
    assert model.index(1, 5).data() == "A"
    assert model.row_of(4) == 3 and model.row_of(9) is None


def test_a_value_that_is_to_check_says_why(model):
    assert model.index(1, 2).data(Qt.ItemDataRole.ToolTipRole) == "Another value on the page is nearly as likely."
