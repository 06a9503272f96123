"""What is done with chosen lines, each of it undone again."""

import pytest
from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMenu

READ = ["17 Mill Lame", "New York", "due on 4th Aprll"]


@pytest.fixture
def act(edited, laid, until, texts):
    """Does a command with chosen lines, waits until the texts are these, and undoes it."""

    def one(name, chosen, wanted):
        edited.lines.choose(chosen)
        assert laid.actions[name].isEnabled()
        laid.actions[name].trigger()
        until(lambda: texts() == wanted)
        assert edited.text.toPlainText().replace("\t", "\n").replace("\n\n", "\n").split("\n") == wanted
        laid.history.undo()
        until(lambda: texts() == READ)

    return one


def test_false_lines_are_removed(act):
    act("remove_lines", [1], ["17 Mill Lame", "due on 4th Aprll"])
    act("remove_lines", [0, 2], ["New York"])


def test_lines_are_joined_in_their_order(act):
    act("join_lines", [1, 0], ["17 Mill Lame New York", "due on 4th Aprll"])


def test_lines_are_moved_in_the_reading_order(act):
    act("move_lines_up", [2], ["17 Mill Lame", "due on 4th Aprll", "New York"])
    act("move_lines_up", [1], ["New York", "17 Mill Lame", "due on 4th Aprll"])
    act("move_lines_down", [0], ["New York", "17 Mill Lame", "due on 4th Aprll"])
    act("move_lines_down", [0, 1], ["due on 4th Aprll", "17 Mill Lame", "New York"])
    act("move_lines_up", [1, 2], ["New York", "due on 4th Aprll", "17 Mill Lame"])


def test_moved_lines_stay_chosen_so_that_they_can_be_moved_on(edited, laid, until, texts):
    edited.lines.choose([2])
    laid.actions["move_lines_up"].trigger()
    until(lambda: edited.lines.chosen == [1])
    laid.actions["move_lines_up"].trigger()
    until(lambda: texts() == ["due on 4th Aprll", "17 Mill Lame", "New York"])
    assert edited.lines.chosen == [0]
    assert not laid.actions["move_lines_up"].isEnabled()


def test_a_line_is_split_at_the_cursor_of_the_text(edited, act):
    edited.text.put_cursor(3)
    act("split_line", [0], ["17", "Mill Lame", "New York", "due on 4th Aprll"])


def test_a_line_is_split_at_the_caret_of_the_editor_with_what_was_typed(qtbot, edited, press, until, texts):
    edited.editing.open(0)
    field = edited.editing.editor.field
    qtbot.keyClicks(field, "Lane")
    field.choose((3, 3))
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    until(lambda: texts() == ["17", "Mill Lane", "New York", "due on 4th Aprll"])


def test_a_line_with_no_caret_in_it_is_opened_to_be_split(edited, laid, press, until, texts):
    edited.picture.setFocus()
    edited.lines.choose([1])
    edited.text.go_to(1)
    laid.actions["split_line"].trigger()
    assert edited.editing.is_open
    assert laid.notices.text == "Put the caret where the second line is to begin."
    edited.editing.editor.field.choose((3, 3))
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    until(lambda: texts() == ["17 Mill Lame", "New", "York", "due on 4th Aprll"])


def test_lines_are_accepted_and_put_back(edited, laid, library, edited_id, until, texts):
    edited.lines.choose([0, 2])
    assert not laid.actions["put_back_lines"].isEnabled()
    laid.actions["accept_lines"].trigger()
    until(lambda: len(library.corrections.of(edited_id)) == 2)
    assert not edited._doubtful
    edited.lines.choose([0, 1, 2])
    laid.actions["put_back_lines"].trigger()
    until(lambda: not library.corrections.of(edited_id))
    assert len(edited._doubtful) == 3


def test_the_delete_key_on_the_picture_removes_the_chosen_lines_and_no_page(edited, press, until, texts):
    edited.picture.setFocus()
    edited.lines.choose([1])
    press(Qt.Key.Key_Delete)
    until(lambda: texts() == ["17 Mill Lame", "due on 4th Aprll"])


def test_a_removed_line_is_put_back_from_the_menu_on_its_place(edited, laid, until, texts):
    edited.lines.choose([1])
    laid.actions["remove_lines"].trigger()
    until(lambda: texts() == ["17 Mill Lame", "due on 4th Aprll"])
    place = edited.picture.mapFromScene(QPointF(100, 72))

    def choose():
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        next(entry for entry in menu.actions() if entry.text() == "Put “New York” back").trigger()
        menu.close()

    QTimer.singleShot(0, choose)
    edited.picture.menu_wanted.emit(edited.picture.viewport().mapToGlobal(place), None)
    until(lambda: texts() == READ)
