"""A line that was missed is drawn, read and added."""

import pytest
from fakes import line
from PySide6.QtCore import QPointF, Qt

from ocrdesk.engine.document import Reading
from ocrdesk.engine.errors import PageUnreadable
from ocrdesk.ui.panel.line_shapes import LineShape

LEFT = Qt.MouseButton.LeftButton
READ = ["17 Mill Lame", "New York", "due on 4th Aprll"]


@pytest.fixture
def draw(qtbot, edited, laid):
    """Draws a box on the picture, given in pixels of the page."""

    def one(left, top, right, bottom):
        laid.actions["add_line"].setChecked(True)
        begin, end = (edited.picture.mapFromScene(QPointF(*place)) for place in ((left, top), (right, bottom)))
        qtbot.mousePress(edited.picture.viewport(), LEFT, pos=begin)
        qtbot.mouseMove(edited.picture.viewport(), end)
        qtbot.mouseRelease(edited.picture.viewport(), LEFT, pos=end)

    return one


@pytest.fixture(autouse=True)
def reads(laid, monkeypatch):
    """What the recognizer reads in the box."""
    read = [line("Pald in full", left=2, top=2, width=90, height=20, confidence=0.5)]
    recognizer = laid.runner.recognizers.lend()
    monkeypatch.setattr(recognizer, "read", lambda picture, turn: Reading(tuple(read), 100, 30))
    laid.runner.recognizers.give_back(recognizer)
    return read


def test_what_is_in_the_box_is_read_and_can_be_corrected_before_it_is_kept(
    qtbot, edited, laid, library, edited_id, draw, press, until, texts
):
    draw(10, 140, 200, 170)
    until(lambda: edited.editing.is_open)
    field = edited.editing.editor.field
    assert field.text() == "Pald in full"
    assert field.hasFocus()
    assert edited.editing.editor.keep.text() == "Add"
    assert not laid.actions["add_line"].isChecked()
    assert not library.corrections.of(edited_id)
    assert edited.editing.editor.y() > edited.text.cursorRect(edited.text.cursor_at(edited.text.shown.span(2)[1])).top()
    field.setText("Paid in full")
    press(Qt.Key.Key_Return)
    until(lambda: texts() == [*READ, "Paid in full"])
    assert not edited.editing.is_open
    assert edited.lines.chosen == [3]
    laid.history.undo()
    until(lambda: texts() == READ)


def test_the_place_is_framed_on_the_picture_while_its_text_is_edited(edited, draw, press, until):
    def framed():
        shapes = [item for item in edited.picture.scene().items() if isinstance(item, LineShape) and item.is_chosen]
        return [shape.polygon().boundingRect().getRect() for shape in shapes if shape.isVisible()]

    edited.editing.open(1)
    draw(10, 140, 200, 170)
    assert pytest.approx((10, 140, 190, 30), abs=3) in framed(), "also while it is being read"
    until(lambda: edited.editing.editor.keep.text() == "Add")
    assert framed() == [pytest.approx((10, 140, 190, 30), abs=3)]
    press(Qt.Key.Key_Escape)
    assert framed() == []


def test_esc_keeps_nothing(edited, library, edited_id, draw, press, until):
    draw(10, 140, 200, 170)
    until(lambda: edited.editing.is_open)
    press(Qt.Key.Key_Escape)
    assert not edited.editing.is_open
    assert not library.corrections.of(edited_id)


def test_what_was_read_is_not_kept_unseen_when_another_page_is_shown(edited, library, edited_id, draw, until):
    draw(10, 140, 200, 170)
    until(lambda: edited.editing.is_open)
    edited.show_page(None)
    assert not edited.editing.is_open
    assert not library.corrections.of(edited_id)


def test_where_nothing_can_be_read_it_can_be_typed(qtbot, edited, laid, draw, press, until, texts, monkeypatch):
    def fail(*_, **__):
        raise PageUnreadable("The file is missing.")

    monkeypatch.setattr(laid.decoder, "load_small", fail)
    draw(10, 140, 200, 170)
    until(lambda: edited.editing.is_open)
    assert "missing" in laid.notices.text
    qtbot.keyClicks(edited.editing.editor.field, "Paid")
    press(Qt.Key.Key_Return)
    until(lambda: texts() == [*READ, "Paid"])


def test_the_first_line_of_a_page_without_text_is_added(edited, laid, library, edited_id, draw, press, until, texts):
    edited.lines.choose([0, 1, 2])
    laid.actions["remove_lines"].trigger()
    until(lambda: texts() == [])
    draw(10, 140, 200, 170)
    until(lambda: edited.editing.is_open)
    assert edited.editing.editor.isVisible()
    press(Qt.Key.Key_Return)
    until(lambda: texts() == ["Pald in full"])
    assert edited.text.isVisible()


def test_one_thing_at_a_time_is_drawn(edited, laid):
    laid.actions["select_area"].setChecked(True)
    laid.actions["add_line"].setChecked(True)
    assert not laid.actions["select_area"].isChecked()
    laid.actions["select_area"].setChecked(True)
    assert not laid.actions["add_line"].isChecked()
