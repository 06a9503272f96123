"""The editor of a line in the page, with keys and mouse as a person has them."""

import threading

from edited_page import LINES, read
from fakes import keep
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from ocrdesk.engine.document import Reading
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.library.corrections import Corrections
from ocrdesk.ui.kit import tasks

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def open_line(edited, number):
    edited.editing.open(number)
    assert edited.editing.editor.isVisible()
    return edited.editing.editor.field


def test_the_doubtful_word_is_selected_and_what_it_may_say_is_offered(edited):
    field = open_line(edited, 0)
    assert field.hasFocus()
    assert field.selectedText() == "Lame"
    offered = [button.text() for button in edited.editing.editor._rivals if button.isVisible()]
    assert offered == ["Lane", "Late"]


def test_return_keeps_what_was_typed_and_goes_on(qtbot, edited, library, edited_id, press, until, texts):
    field = open_line(edited, 0)
    qtbot.keyClicks(field, "Lane")
    press(Qt.Key.Key_Return)
    until(lambda: field.text() == "New York")
    assert texts()[0] == "17 Mill Lane"
    assert field.hasFocus()
    assert edited.editing.editor.isVisible()
    assert "17 Mill Lane" in edited.text.toPlainText()
    assert [mark.line for mark in edited._doubtful] == [2, 2]


def test_what_is_typed_while_a_line_is_kept_is_meant_for_the_next(qtbot, edited, press, until, texts, monkeypatch):
    goes_on, keep_at_once = threading.Event(), Corrections.keep

    def keep_slowly(*values, **named):
        assert goes_on.wait(10)
        return keep_at_once(*values, **named)

    monkeypatch.setattr(Corrections, "keep", keep_slowly)
    monkeypatch.setattr(tasks, "MOMENT", 0.01)
    field = open_line(edited, 0)
    qtbot.keyClicks(field, "Lane")
    press(Qt.Key.Key_Return)
    qtbot.keyClicks(field, ", NYX")
    press(Qt.Key.Key_Backspace)
    assert field.text() == "17 Mill Lane"
    goes_on.set()
    until(lambda: field.text() == "New York, NY")
    assert texts()[:2] == ["17 Mill Lane", "New York"]
    qtbot.keyClicks(field, "!")
    assert field.text() == "New York, NY!"
    goes_on.clear()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Return):
        press(key)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    goes_on.set()
    until(lambda: texts()[1] == "New York, NY!" and not edited.editing.is_open)
    assert edited._doubtful, "the last line was passed over with the key that came early, but not accepted"


def test_it_can_be_undone_and_done_again(qtbot, edited, laid, library, edited_id, press, until, texts):
    qtbot.keyClicks(open_line(edited, 0), "Lane")
    press(Qt.Key.Key_Return)
    until(lambda: texts()[0] == "17 Mill Lane")
    assert laid.history.undo_words == "correction of “17 Mill Lane”"
    laid.history.undo()
    until(lambda: texts()[0] == "17 Mill Lame")
    laid.history.redo()
    until(lambda: texts()[0] == "17 Mill Lane")
    laid.history.undo()
    until(lambda: texts()[0] == "17 Mill Lame")
    assert not library.corrections.of(edited_id)


def test_esc_keeps_nothing(qtbot, edited, library, edited_id, press):
    qtbot.keyClicks(open_line(edited, 0), "Lane")
    press(Qt.Key.Key_Escape)
    assert not edited.editing.editor.isVisible()
    assert edited.text.hasFocus()
    assert not library.corrections.of(edited_id)
    assert edited.text.toPlainText() == "17 Mill Lame\nNew York\ndue on 4th Aprll"


def test_return_without_a_change_goes_on_and_keeps_nothing(edited, library, edited_id, press):
    field = open_line(edited, 0)
    press(Qt.Key.Key_Return)
    assert field.text() == "New York"
    assert not library.corrections.of(edited_id)


def test_ctrl_return_accepts_the_line_as_it_is(edited, library, edited_id, press, until):
    field = open_line(edited, 0)
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: field.text() == "New York")
    (kept,) = library.corrections.of(edited_id)
    assert kept.after == "17 Mill Lame"
    assert [mark.line for mark in edited._doubtful] == [2, 2]


def test_alt_and_a_digit_take_what_the_word_may_say(edited, press):
    field = open_line(edited, 0)
    press(Qt.Key.Key_2, ALT)
    assert field.text() == "17 Mill Late"
    assert field.selectedText() == "Late"
    press(Qt.Key.Key_1, ALT)
    assert field.text() == "17 Mill Lane"


def test_tab_goes_from_one_doubtful_word_to_the_next_and_keeps_what_was_typed(
    qtbot, edited, library, edited_id, press, until, texts
):
    field = open_line(edited, 0)
    qtbot.keyClicks(field, "Lane")
    press(Qt.Key.Key_Tab)
    until(lambda: field.text() == "due on 4th Aprll")
    assert field.selectedText() == "4th"
    assert texts()[0] == "17 Mill Lane"
    press(Qt.Key.Key_Tab)
    assert field.selectedText() == "Aprll"
    press(Qt.Key.Key_Backtab, SHIFT)
    assert field.selectedText() == "4th"


def test_an_empty_line_is_removed_without_a_question(edited, laid, library, edited_id, press, until, texts):
    field = open_line(edited, 1)
    field.clear()
    press(Qt.Key.Key_Return)
    until(lambda: texts() == ["17 Mill Lame", "due on 4th Aprll"])
    assert field.text() == "due on 4th Aprll"
    laid.history.undo()
    until(lambda: texts()[1:2] == ["New York"])


def test_what_is_composed_is_no_text_before_it_is_committed(edited, library, edited_id, press, until, texts):
    field = open_line(edited, 1)
    field.selectAll()
    QApplication.sendEvent(field, QInputMethodEvent("niu", []))
    assert "niu" not in field.text()
    committed = QInputMethodEvent("", [])
    committed.setCommitString("纽约")
    QApplication.sendEvent(field, committed)
    assert field.text() == "纽约"
    press(Qt.Key.Key_Return)
    until(lambda: texts()[1] == "纽约")


def test_text_from_right_to_left_and_rare_letters_are_kept(qtbot, edited, library, edited_id, press, until, texts):
    field = open_line(edited, 1)
    field.setText("شارع 𠮷野家 12")
    press(Qt.Key.Key_Return)
    until(lambda: texts()[1] == "شارع 𠮷野家 12")
    assert field.text() == "due on 4th Aprll"


def test_what_was_typed_is_kept_when_another_page_is_shown(qtbot, edited, library, edited_id, until, texts):
    qtbot.keyClicks(open_line(edited, 0), "Lane")
    edited.show_page(None)
    until(lambda: texts()[0] == "17 Mill Lane")
    assert not edited.editing.is_open


def test_what_was_typed_stays_while_the_page_is_read_again(qtbot, edited, library, edited_id):
    field = open_line(edited, 0)
    qtbot.keyClicks(field, "Lane")
    keep(library, edited_id, Reading((*LINES, read("Paid", 140)), width=400, height=200))
    edited.refresh()
    assert field.text() == "17 Mill Lane"
    assert edited.editing.is_open
    assert "Paid" in edited.text.toPlainText()


def test_a_double_click_opens_the_line_with_the_word_selected(qtbot, edited):
    place = edited.text.cursorRect(edited.text.cursor_at(edited.text.shown.span(1)[0] + 5)).center()
    qtbot.mouseDClick(edited.text.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert edited.editing.editor.field.selectedText() == "York"


def test_a_double_click_on_a_word_of_the_picture_selects_it(qtbot, edited):
    picture, left = edited.picture.viewport(), Qt.MouseButton.LeftButton
    (_, word), (x, y) = LINES[1].words, LINES[1].words[1].polygon[0]
    place = edited.picture.mapFromScene(QPointF(x + 10, y + 10))
    qtbot.mouseClick(picture, left, pos=place)
    qtbot.mouseDClick(picture, left, pos=place)
    qtbot.mouseRelease(picture, left, pos=place)
    assert edited.editing.editor.field.selectedText() == word.text == "York"


def test_return_on_a_line_of_the_text_opens_it_and_on_one_chosen_on_the_picture(qtbot, edited, press):
    edited.text.setFocus()
    edited.text.go_to(1)
    press(Qt.Key.Key_Return)
    assert edited.editing.editor.field.text() == "New York"
    press(Qt.Key.Key_Escape)
    edited.picture.setFocus()
    edited.lines.choose([2])
    press(Qt.Key.Key_Return)
    assert edited.editing.editor.field.text() == "due on 4th Aprll"


def test_a_line_that_could_not_be_kept_stays_in_the_editor(
    qtbot, edited, library, edited_id, press, monkeypatch, until
):
    def fail(*_):
        raise LibraryError("The disk is full.")

    monkeypatch.setattr(library.corrections, "keep", fail)
    field = open_line(edited, 0)
    qtbot.keyClicks(field, "Lane")
    press(Qt.Key.Key_Return)
    until(lambda: edited._desk.notices.text == "The disk is full.")
    assert field.text() == "17 Mill Lane"
    assert edited.editing.is_open


def test_the_card_stands_in_the_place_of_its_line(edited):
    open_line(edited, 1)
    card = edited.editing.editor
    above, below = (
        edited.text.cursorRect(edited.text.cursor_at(edited.text.shown.span(number)[0])) for number in (0, 2)
    )
    assert above.bottom() <= card.y() + 1
    assert below.top() >= card.y() + card.height() - 1
    assert card.crop.height() > 24


def test_what_was_kept_is_undone_by_the_key_of_the_window_once_nothing_is_typed(qtbot, edited, press, until, texts):
    field = open_line(edited, 0)
    qtbot.keyClicks(field, "Lane")
    assert not gives_way(field, Qt.Key.Key_Z)
    press(Qt.Key.Key_Return)
    until(lambda: texts()[0] == "17 Mill Lane")
    assert gives_way(field, Qt.Key.Key_Z)


def gives_way(field, key) -> bool:
    """Whether a key with Ctrl is left to the window."""
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, CTRL)
    event.ignore()
    QApplication.sendEvent(field, event)
    return not event.isAccepted()


def test_a_click_beside_the_card_keeps_what_was_typed(qtbot, edited, until, texts):
    qtbot.keyClicks(open_line(edited, 0), "Lane")
    qtbot.mouseClick(edited.text.viewport(), Qt.MouseButton.LeftButton, pos=edited.text.viewport().rect().bottomLeft())
    until(lambda: texts()[0] == "17 Mill Lane")
    assert not edited.editing.is_open


def test_text_can_still_be_selected_and_copied(qtbot, edited):
    begin, end = (edited.text.cursorRect(edited.text.cursor_at(place)).center() for place in (0, 7))
    qtbot.mousePress(edited.text.viewport(), Qt.MouseButton.LeftButton, pos=begin)
    qtbot.mouseMove(edited.text.viewport(), end)
    qtbot.mouseRelease(edited.text.viewport(), Qt.MouseButton.LeftButton, pos=end)
    edited._desk.actions["copy_page"].trigger()
    assert QApplication.clipboard().text() == "17 Mill"
    assert not edited.editing.is_open


def test_the_text_stays_where_it_is_on_the_screen_when_a_line_is_kept(qtbot, edited, library, edited_id, press, until):
    keep(library, edited_id, Reading(tuple(read(f"line {n}", 20.0 * n) for n in range(60)), width=400, height=1300))
    edited.refresh()
    field = open_line(edited, 40)
    at = edited.text.verticalScrollBar().value()
    assert at > 0
    qtbot.keyClicks(field, "x")
    press(Qt.Key.Key_Return)
    until(lambda: field.text() == "line 41")
    assert 0 <= edited.text.verticalScrollBar().value() - at <= edited.editing.editor.height()


def test_where_the_card_is_higher_than_its_place_the_field_is_seen(edited):
    edited.window().resize(400, 480)
    field = open_line(edited, 0)
    place = field.mapTo(edited.text.viewport(), field.rect().bottomLeft()).y()
    assert place < edited.text.viewport().height()
    buttons = edited.editing.editor.keep
    assert buttons.mapTo(edited.text.viewport(), buttons.rect().bottomLeft()).y() < edited.text.viewport().height()


def test_a_double_click_on_the_picture_opens_the_line_with_its_field_in_view(qtbot, edited):
    edited.window().resize(400, 480)
    place = edited.picture.mapFromScene(QPointF(100, 110))
    qtbot.mouseClick(edited.picture.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(edited.picture.viewport(), Qt.MouseButton.LeftButton, pos=place)
    editor = edited.editing.editor
    qtbot.mouseRelease(edited.picture.viewport(), Qt.MouseButton.LeftButton, pos=place)  # which opens it once more
    assert editor.field.text() == "due on 4th Aprll"
    bottom = editor.keep.mapTo(edited.text.viewport(), editor.keep.rect().bottomLeft()).y()
    assert bottom < edited.text.viewport().height()
