"""A line is dragged to another place of the reading order."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
READ = ["17 Mill Lame", "New York", "due on 4th Aprll"]


def move(widget: QWidget, place: QPoint, buttons: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    """Moves the pointer over a widget, whatever other windows are on the screen of the tests."""
    where = widget.mapToGlobal(QPointF(place))
    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(place), where, NO_BUTTON, buttons, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget, event)


@pytest.fixture
def handle(edited):
    return edited.text.viewport().findChild(QWidget, "rowHandle")


@pytest.fixture
def rect_of(edited):
    def one(number):
        return edited.text.cursorRect(edited.text.cursor_at(edited.text.shown.span(number)[0]))

    return one


@pytest.fixture
def drag(qtbot, edited, handle, rect_of):
    """Drags a line to above or below another one."""

    def one(number, to, *, below):
        move(edited.text.viewport(), rect_of(number).center() + QPoint(40, 0))
        assert handle.isVisible()
        assert handle.geometry().center().y() == pytest.approx(rect_of(number).center().y(), abs=1)
        goal = rect_of(to).center() + QPoint(0, 4 if below else -4)
        qtbot.mousePress(handle, LEFT)
        for step in (QPoint(0, 2), QPoint(0, 0)):
            move(handle, handle.mapFromParent(goal + step), LEFT)
        mark = edited.text.viewport().findChild(QWidget, "rowMark")
        assert mark.isVisible()
        edge = rect_of(to).bottom() if below else rect_of(to).top()
        assert mark.geometry().center().y() == pytest.approx(edge, abs=2)
        qtbot.mouseRelease(handle, LEFT, pos=handle.mapFromParent(goal))
        assert not mark.isVisible()

    return one


@pytest.mark.parametrize(
    ("number", "to", "below", "wanted"),
    [
        (0, 2, True, ["New York", "due on 4th Aprll", "17 Mill Lame"]),
        (2, 0, False, ["due on 4th Aprll", "17 Mill Lame", "New York"]),
        (2, 0, True, ["17 Mill Lame", "due on 4th Aprll", "New York"]),
    ],
)
def test_a_line_is_moved_to_where_it_is_dropped(edited, laid, drag, until, texts, number, to, below, wanted):
    drag(number, to, below=below)
    until(lambda: texts() == wanted)
    assert [edited.lines.all[it].text for it in edited.lines.chosen] == [READ[number]]
    laid.history.undo()
    until(lambda: texts() == READ)


def test_a_line_that_is_dropped_where_it_was_stays(laid, drag):
    drag(1, 0, below=True)
    drag(1, 2, below=False)
    assert laid.history.undo_words == ""


def test_there_is_no_handle_where_rows_are_no_lines_or_a_line_is_edited(qtbot, edited, laid, handle, rect_of):
    edited.editing.open(1)
    move(edited.text.viewport(), rect_of(0).center() + QPoint(40, 0))
    assert not handle.isVisible()
    edited.editing.leave()
    move(edited.text.viewport(), rect_of(0).center() + QPoint(60, 0))
    assert handle.isVisible()
