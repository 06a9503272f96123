from fakes import PATIENCE
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QTreeWidget

from ocrdesk.engine.fields.table import receipts_of
from ocrdesk.engine.library.fields import OwnField
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.receipts import receipts_reading
from ocrdesk.ui.receipts.field_dialog import FieldDialog
from ocrdesk.ui.receipts.keeping import set_own_fields
from ocrdesk.ui.receipts.marking_picture import MarkingPicture
from ocrdesk.ui.receipts.receipts_model import CHECK_ROLE

WAIT = int(1000 * PATIENCE)


def cell(room, row: int, title: str):
    model = room.ground.model()
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    return model.index(row, heads.index(title))


def test_it_shows_what_was_found_and_what_it_adds_up_to(room):
    assert [cell(room, 0, title).data() for title in ("Date", "Total", "Currency", "Shop")] == [
        "2024-04-03", "14.09", "EUR", "Muster GmbH"
    ]  # fmt: skip
    assert cell(room, 1, "Date").data(CHECK_ROLE)
    sums = room.findChild(QTreeWidget, "sums")
    rows = [sums.topLevelItem(number) for number in range(sums.topLevelItemCount())]
    assert "14.09 EUR" in [row.text(1) for row in rows]


def test_return_accepts_a_value_and_it_can_be_undone(room, laid, library, page_ids, qtbot):
    room.ground.setFocus()
    room.ground.go_on()
    assert room.ground.currentIndex() == cell(room, 1, "Date")
    qtbot.keyClick(room.ground, Qt.Key.Key_Return)
    kept = {page_ids[1]: {"date": "2024-04-03"}}
    qtbot.waitUntil(lambda: not cell(room, 1, "Date").data(CHECK_ROLE), timeout=WAIT)
    assert library.fields.kept(page_ids) == kept
    laid.history.undo()
    qtbot.waitUntil(lambda: bool(cell(room, 1, "Date").data(CHECK_ROLE)), timeout=WAIT)
    assert library.fields.kept(page_ids) == {}
    laid.history.redo()
    qtbot.waitUntil(lambda: library.fields.kept(page_ids) == kept, timeout=WAIT)


def test_what_is_typed_is_kept_and_the_next_value_follows(room, library, page_ids, qtbot):
    room.ground.go_to(cell(room, 0, "Shop"))
    room.ground.edit(room.ground.currentIndex())
    field = room.ground.findChild(QLineEdit, "receiptField")
    field.setText("Muster & Co")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cell(room, 0, "Shop").data() == "Muster & Co", timeout=WAIT)
    assert library.fields.kept(page_ids) == {page_ids[0]: {"shop": "Muster & Co"}}
    qtbot.waitUntil(lambda: bool(room.ground.currentIndex().data(CHECK_ROLE)), timeout=WAIT)


def test_tab_leaves_a_value_as_it_is(room, library, page_ids, qtbot):
    room.ground.setFocus()
    qtbot.keyClick(room.ground, Qt.Key.Key_Tab)
    assert room.ground.currentIndex().data(CHECK_ROLE)
    assert library.fields.kept(page_ids) == {}


def test_escape_leads_back(room, qtbot):
    with qtbot.waitSignal(room.opened) as told:
        qtbot.keyClick(room.ground, Qt.Key.Key_Escape)
    assert told.args == [False] and not room.is_open


def test_an_own_field_becomes_a_column_and_goes_again_when_undone(room, laid, qtbot):
    batch_id = laid.chosen.batch.id
    set_own_fields(laid, batch_id, [OwnField("Customer", "Kunde")], "add")
    qtbot.waitUntil(lambda: room.ground.model().columnCount() == 8, timeout=WAIT)
    qtbot.waitUntil(lambda: room.ground.model().rowCount() == 2, timeout=WAIT)
    assert [cell(room, row, "Customer").data() for row in (0, 1)] == ["4711", "0815"]
    laid.history.undo()
    qtbot.waitUntil(lambda: room.ground.model().columnCount() == 7, timeout=WAIT)


def test_a_page_that_was_corrected_is_looked_at_again(room, laid, library, page_ids, qtbot):
    library.fields.keep(page_ids[0], {"tax": "2.25"})
    laid.chosen.tell(Change(laid.chosen.batch.id, frozenset({page_ids[0]})))
    qtbot.waitUntil(lambda: cell(room, 0, "Tax").data() == "2.25", timeout=WAIT)


def test_what_was_found_is_there_when_the_room_is_opened_again(room, laid, library, page_ids, qtbot, monkeypatch):
    looked_at = []
    monkeypatch.setattr(
        receipts_reading,
        "receipts_of",
        lambda library, ids, *rest: looked_at.append(ids) or receipts_of(library, ids, *rest),
    )
    batch, other = laid.chosen.batch, Change(laid.chosen.batch.id + 1)
    room.close_room()
    library.fields.keep(page_ids[0], {"tax": "2.25"})
    laid.chosen.tell(Change(batch.id, frozenset({page_ids[0]})))
    laid.chosen.tell(other)
    room.open_room(batch)
    assert cell(room, 1, "Shop").data() == "Corner Shop Ltd"
    qtbot.waitUntil(lambda: cell(room, 0, "Tax").data() == "2.25", timeout=WAIT)
    assert looked_at == [[page_ids[0]]]
    room.close_room()
    laid.chosen.tell(Change(batch.id))
    room.open_room(batch)
    assert room.ground.model().rowCount() == 0
    qtbot.waitUntil(lambda: room.ground.model().rowCount() == 2, timeout=WAIT)


def test_strips_of_the_picture_come(room, qtbot, laid):
    receipt = room.ground.model().receipts[0]
    qtbot.waitUntil(lambda: room._strips.get(receipt, "total", 1.0) is not None, timeout=WAIT)


def test_a_field_is_made_by_marking_its_value(room, laid, library, page_ids, qtbot):
    dialog = FieldDialog(laid, library.page(page_ids[0]), ["Date"])
    qtbot.addWidget(dialog)
    dialog.show()
    picture = dialog.findChild(MarkingPicture)
    add = dialog.findChild(QPushButton, "addField")
    assert not add.isEnabled()
    lines = library.texts.lines(page_ids[0])
    picture.show_page(QImage(400, 300, QImage.Format.Format_RGB32), 400, lines)
    word = next(word for line in lines for word in line.words if word.text == "4711")
    scale = picture.width() / 400
    place = picture.rect().topLeft()
    place.setX(int(word.middle[0] * scale))
    place.setY(int(word.middle[1] * scale))
    qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=place)
    assert add.isEnabled()
    assert dialog.field() == OwnField("Kunde", "Kunde")
    dialog.findChild(QLineEdit, "fieldName").setText("date")
    assert not add.isEnabled()  # there is one


def test_the_table_is_exported_where_a_person_says(room, laid, qtbot, tmp_path, monkeypatch):
    target = tmp_path / "receipts.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *asked: (str(target), ""))
    qtbot.mouseClick(room.findChild(QPushButton, "exportReceipts"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(target.exists, timeout=WAIT)
    assert "14.09" in target.read_text("utf-8-sig")
