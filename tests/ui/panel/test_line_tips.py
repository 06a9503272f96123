import pytest
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from ocrdesk.engine.corrections.changes import accepted, corrected, moved, new_line, split
from ocrdesk.ui.panel.line_tips import told_of, when_made


@pytest.fixture
def told(library, edited_id):
    """What is told of the lines of the page after changes."""

    def one(*changes):
        library.corrections.keep(edited_id, *changes)
        corrections = library.corrections.of(edited_id)
        return [told_of(line, corrections).rsplit(" today", 1)[0] for line in library.texts.of(edited_id).lines]

    return one


def lines(library, edited_id):
    return library.texts.of(edited_id).lines


def test_what_was_read_is_told_of_a_corrected_line(library, edited_id, told):
    first = lines(library, edited_id)[0]
    assert told(corrected(first, "17 Mill Lane")) == ["Read as “17 Mill Lame”, corrected", "", ""]


def test_what_was_checked_moved_or_added_says_so(library, edited_id, told):
    one, _, three = lines(library, edited_id)
    assert told(accepted(one)) == ["Checked", "", ""]
    assert told(moved(three, one)) == ["Checked", "Moved", ""]
    assert "Added" in told(new_line(tuple((x, y + 60) for x, y in three.polygon), "Paid"))


def test_a_line_that_was_split_was_not_misread(library, edited_id, told):
    one = lines(library, edited_id)[0]
    assert told(split(one, 3))[:2] == ["Line changed", "Line changed"]


def test_times_are_those_of_the_person(monkeypatch):
    assert when_made("2020-03-01 12:00:00") not in ("", "today", "yesterday")


def test_the_pointer_over_a_corrected_line_is_told(edited, library, edited_id, until):
    library.corrections.keep(edited_id, corrected(lines(library, edited_id)[0], "17 Mill Lane"))
    edited.refresh()

    def tip(view, place) -> str:
        QToolTip.hideText()
        event = QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place))
        QApplication.sendEvent(view.viewport(), event)
        return QToolTip.text()

    on_line = edited.picture.mapFromScene(QPointF(100, 32))
    assert "Read as “17 Mill Lame”, corrected today" in tip(edited.picture, on_line)
    in_text = edited.text.cursorRect(edited.text.cursor_at(4)).center()
    assert "Read as “17 Mill Lame”" in tip(edited.text, in_text)
    tip(edited.text, edited.text.cursorRect(edited.text.cursor_at(16)).center())
    until(lambda: not QToolTip.isVisible())
