"""What a person undoes and does again in the window."""

from fakes import draw_pages
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ocrdesk.engine.document import ReadingOrder
from ocrdesk.engine.errors import LibraryError
from ocrdesk.runner import RunState
from ocrdesk.ui.batches import batch_commands
from ocrdesk.ui.kit import tasks
from ocrdesk.ui.window import removal_commands

CTRL = Qt.KeyboardModifier.ControlModifier


CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


def undo_words(desk) -> str:
    action = desk.action("actionUndo")
    return action.text() if action.isEnabled() else ""


def redo_words(desk) -> str:
    action = desk.action("actionRedo")
    return action.text() if action.isEnabled() else ""


# Pages


def test_pages_go_at_once_and_come_back(five_pages, scans):
    desk = five_pages
    desk.choose("2.png", "3.png")
    desk.press(Qt.Key.Key_Delete)
    assert QApplication.activeModalWidget() is None, "nothing is asked"
    assert desk.shown == ["1.png", "4.png", "5.png"]
    assert desk.chosen == ["4.png"], "the next one"
    assert desk.notice == "Removed 2 pages."
    assert undo_words(desk) == "Undo remove 2 pages"
    assert len(list(scans.iterdir())) == 5
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.shown == ["1.png", "2.png", "3.png", "4.png", "5.png"]
    assert desk.chosen == ["2.png", "3.png"]
    assert desk.notice == "", "what it said is true no longer"
    assert (undo_words(desk), redo_words(desk)) == ("", "Redo remove 2 pages")
    desk.press(Qt.Key.Key_Z, CTRL_SHIFT)
    assert desk.shown == ["1.png", "4.png", "5.png"]
    assert desk.notice == "Removed 2 pages."
    desk.answer("Undo")
    assert desk.shown == ["1.png", "2.png", "3.png", "4.png", "5.png"]


def test_after_the_last_page_the_one_before_is_chosen_and_after_all_none(five_pages):
    desk = five_pages
    desk.choose("4.png", "5.png")
    desk.press(Qt.Key.Key_Delete)
    assert desk.chosen == ["3.png"]
    desk.press(Qt.Key.Key_A, CTRL)
    desk.press(Qt.Key.Key_Delete)
    assert (desk.shown, desk.chosen) == ([], [])
    assert desk.notice == "Removed 3 pages."


def test_what_was_done_last_is_undone_first(five_pages):
    desk = five_pages
    for name in ("1.png", "2.png"):
        desk.choose(name)
        desk.press(Qt.Key.Key_Delete)
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.shown == ["2.png", "3.png", "4.png", "5.png"]
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.shown == ["1.png", "2.png", "3.png", "4.png", "5.png"]


def test_a_field_undoes_what_was_typed_in_it(five_pages):
    desk = five_pages
    desk.choose("1.png")
    desk.press(Qt.Key.Key_Delete)
    desk.press(Qt.Key.Key_F, CTRL)
    field = desk.child("searchField")
    desk.qtbot.keyClicks(field, "width")
    desk.qtbot.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert field.text() == ""
    assert undo_words(desk) == "Undo remove 1 page"


def test_pages_come_back_into_their_batch_while_another_one_is_shown(five_pages, tmp_path):
    desk = five_pages
    desk.choose("1.png")
    desk.press(Qt.Key.Key_Delete)
    (tmp_path / "other").mkdir()
    draw_pages(tmp_path / "other", 1, first=9)
    desk.drop(tmp_path / "other")
    desk.until_read("other")
    assert desk.shown == ["9.png"]
    desk.action("actionUndo").trigger()
    desk.until(lambda: desk.shown == ["1.png", "2.png", "3.png", "4.png", "5.png"])
    desk.until(lambda: desk.chosen == ["1.png"])


def test_pages_whose_files_were_added_again_are_not_put_back_and_that_is_said(five_pages, scans):
    desk = five_pages
    desk.choose("1.png")
    desk.press(Qt.Key.Key_Delete)
    desk.window.add([scans / "1.png"], desk.batch().id)
    desk.until(lambda: len(desk.shown) == 5)
    desk.until_read()
    desk.action("actionUndo").trigger()
    desk.until(lambda: desk.notice == "The pages were not put back, because they are in the batch again already.")
    desk.until(lambda: (undo_words(desk), redo_words(desk)) == ("", ""))
    assert len(desk.shown) == 5


def test_what_cannot_be_undone_now_can_be_tried_again(five_pages, monkeypatch):
    desk = five_pages
    desk.choose("1.png")
    desk.press(Qt.Key.Key_Delete)

    def fail(*values):
        raise LibraryError("The disk is full. Make room on it.")

    with monkeypatch.context() as patched:
        patched.setattr(desk.library.removing, "put_back", fail)
        desk.action("actionUndo").trigger()
        assert desk.notice == "The disk is full. Make room on it."
        desk.until(lambda: undo_words(desk) == "Undo remove 1 page")
    desk.action("actionUndo").trigger()
    assert desk.shown == ["1.png", "2.png", "3.png", "4.png", "5.png"]


def test_undo_waits_for_what_it_undoes(five_pages, monkeypatch):
    monkeypatch.setattr(tasks, "MOMENT", 0)
    desk = five_pages
    desk.choose("1.png")
    desk.press(Qt.Key.Key_Delete)
    desk.action("actionUndo").trigger()
    desk.action("actionRedo").trigger()
    desk.action("actionUndo").trigger()
    desk.until(lambda: desk.window.desk.history.lane.has_ended)
    desk.until(lambda: desk.shown == ["1.png", "2.png", "3.png", "4.png", "5.png"])
    desk.until(lambda: desk.statuses() == ["done"] * 4 + ["failed"])
    assert desk.notice == "", "there is nothing to undo"


def test_pages_that_waited_are_read_when_they_come_back(slow_desk, scans, gate):
    desk = slow_desk
    draw_pages(scans, 3)
    desk.drop(scans)
    desk.until_reading(gate)
    desk.choose("2.png", "3.png")
    desk.press(Qt.Key.Key_Delete)
    gate.open()
    desk.until(lambda: desk.runner.state is RunState.IDLE)
    assert desk.statuses() == ["done"]
    desk.action("actionUndo").trigger()
    desk.until(lambda: desk.statuses() == ["done"] * 3)


def test_a_page_that_is_being_read_when_it_is_removed_comes_back_read(slow_desk, scans, gate):
    desk = slow_desk
    draw_pages(scans, 2)
    desk.drop(scans)
    desk.until_reading(gate)
    desk.choose("1.png")
    desk.press(Qt.Key.Key_Delete)
    gate.open()
    desk.until(lambda: desk.statuses() == ["done"])
    desk.action("actionUndo").trigger()
    assert desk.statuses() == ["done"] * 2


# Batches


def test_a_batch_goes_at_once_and_comes_back_with_its_files_where_they_are(five_pages, scans):
    desk = five_pages
    before = desk.batch()
    desk.right_click(desk.child("batchList"), 0, "Remove batch")
    assert QApplication.activeModalWidget() is None, "nothing is asked"
    assert desk.batch() is None
    assert desk.child("emptyState").isVisible()
    assert desk.notice == "Removed “scans”. The files stay where they are."
    assert undo_words(desk) == "Undo remove “scans”"
    assert len(list(scans.iterdir())) == 5
    desk.answer("Undo")
    assert desk.batch() == before
    desk.until(lambda: desk.shown == ["1.png", "2.png", "3.png", "4.png", "5.png"])
    desk.action("actionRedo").trigger()
    assert desk.batch() is None


def test_a_batch_comes_back_in_its_place(five_pages, tmp_path):
    desk = five_pages
    (tmp_path / "other").mkdir()
    draw_pages(tmp_path / "other", 1, first=9)
    desk.drop(tmp_path / "other")
    desk.until_read("other")
    desk.window.desk.chosen.choose_batch(desk.batch().id)
    desk.action("actionRemoveBatch").trigger()
    assert [batch.name for batch in desk.window.desk.batches.batches()] == ["other"]
    desk.action("actionUndo").trigger()
    assert [batch.name for batch in desk.window.desk.batches.batches()] == ["other", "scans"]
    assert desk.window.desk.chosen.batch.name == "scans"


def test_a_batch_that_is_being_read_stops_and_goes_on_when_it_comes_back(slow_desk, scans, gate):
    desk = slow_desk
    draw_pages(scans, 3)
    desk.drop(scans)
    desk.until_reading(gate)
    desk.action("actionRemoveBatch").trigger()
    assert desk.runner.state is RunState.CANCELLING
    gate.let_one_go()
    desk.until(lambda: desk.runner.state is RunState.IDLE)
    assert desk.library.queued_batches() == []
    gate.open()
    desk.action("actionUndo").trigger()
    desk.until(lambda: desk.statuses() == ["done"] * 3)


def test_a_batch_that_was_paused_waits_when_it_comes_back(slow_desk, scans, gate):
    desk = slow_desk
    draw_pages(scans, 3)
    desk.drop(scans)
    desk.until_reading(gate)
    desk.click("actionPause")
    gate.open()
    desk.until(lambda: desk.runner.state is RunState.PAUSED)
    desk.action("actionRemoveBatch").trigger()
    desk.action("actionUndo").trigger()
    assert desk.runner.state is RunState.IDLE
    assert desk.action("actionResume").isVisible()


def test_a_batch_whose_folder_was_added_again_can_come_back_once_that_one_is_gone(five_pages, scans):
    desk = five_pages
    desk.action("actionRemoveBatch").trigger()
    desk.drop(scans)
    desk.until_read()
    desk.action("actionUndo").trigger()
    assert desk.notice.startswith("The folder was added again, as the batch “scans”. Remove that one first")
    desk.until(lambda: undo_words(desk) == "Undo remove “scans”")


# Removing for good


def test_what_was_removed_for_good_cannot_be_undone(five_pages, monkeypatch):
    desk, asked = five_pages, []
    monkeypatch.setattr(removal_commands, "confirmed", lambda *words: bool(asked.append(words[1])) or len(asked) > 1)
    assert not desk.action("actionRemoveForGood").isEnabled()
    desk.choose("1.png", "2.png")
    desk.press(Qt.Key.Key_Delete)
    assert desk.action("actionRemoveForGood").isEnabled()
    desk.action("actionRemoveForGood").trigger()
    assert asked == ["Remove for good what you have removed so far?"]
    assert undo_words(desk), "the answer was no"
    desk.action("actionRemoveForGood").trigger()
    assert undo_words(desk) == redo_words(desk) == desk.notice == ""
    desk.until(lambda: desk.library.removing.hidden() == [])
    assert not desk.action("actionRemoveForGood").isEnabled()
    assert desk.shown == ["3.png", "4.png", "5.png"]


# Everything else


def test_a_new_name_is_undone(five_pages, monkeypatch):
    desk = five_pages
    monkeypatch.setattr(batch_commands, "answered", lambda *values: " Letters & notes ")
    desk.action("actionRenameBatch").trigger()
    assert desk.batch("Letters & notes") is not None
    desk.action("actionUndo").trigger()
    assert desk.batch("scans") is not None
    desk.action("actionRedo").trigger()
    assert desk.batch("Letters & notes") is not None
    monkeypatch.setattr(batch_commands, "answered", lambda *values: "x")
    desk.action("actionRenameBatch").trigger()
    assert undo_words(desk) == "Undo rename “Letters && notes”", "and no key is underlined"


def test_a_turn_is_undone(five_pages):
    desk = five_pages
    desk.choose("1.png", "2.png")
    desk.action("actionTurnRight").trigger()
    desk.until_read()
    desk.choose("2.png")
    desk.action("actionTurnRight").trigger()
    desk.until_read()
    assert [desk.page(f"{number}.png").turn_wanted for number in (1, 2)] == [90, 180]
    desk.action("actionUndo").trigger()
    desk.until_read()
    assert [desk.page(f"{number}.png").turn_wanted for number in (1, 2)] == [90, 90]
    desk.action("actionUndo").trigger()
    desk.until_read()
    assert [desk.page(f"{number}.png").turn_wanted for number in (1, 2)] == [None, None]
    assert [desk.page(f"{number}.png").turn for number in (1, 2)] == [0, 0]
    desk.action("actionRedo").trigger()
    desk.until_read()
    assert [desk.page(f"{number}.png").turn_wanted for number in (1, 2)] == [90, 90]


def test_a_turn_of_a_page_that_is_being_read_can_be_undone_once_it_is_read(slow_desk, scans, gate):
    desk = slow_desk
    draw_pages(scans, 2)
    desk.drop(scans)
    for _ in range(2):
        desk.until_reading(gate)
        gate.let_one_go()
    desk.until_read()
    desk.choose("1.png", "2.png")
    desk.action("actionTurnRight").trigger()
    desk.until_reading(gate)
    desk.action("actionUndo").trigger()
    desk.until(lambda: desk.notice == "A page that is being read is not turned back. Undo it again once it is read.")
    assert [desk.page(f"{number}.png").turn_wanted for number in (1, 2)] == [90, None], "the other one is"
    desk.until(lambda: undo_words(desk) == "Undo turn 2 pages")
    desk.choose("1.png")
    desk.action("actionTurnRight").trigger()
    desk.until(lambda: desk.notice == "A page that is being read is not turned. Turn it again once it is read.")
    assert undo_words(desk) == "Undo turn 2 pages", "what did nothing is nothing to undo"
    gate.open()
    desk.until_read()
    desk.action("actionUndo").trigger()
    desk.until(lambda: desk.page("1.png").turn_wanted is None)
    desk.until_read()
    assert [desk.page(f"{number}.png").turn for number in (1, 2)] == [0, 0]
    assert undo_words(desk) == ""


def test_a_batch_that_waited_to_be_read_comes_back_to_its_place_in_the_queue(slow_desk, tmp_path, gate):
    desk = slow_desk
    for name in ("one", "two", "three", "four"):
        (tmp_path / name).mkdir()
        draw_pages(tmp_path / name, 1)
        desk.drop(tmp_path / name)
    desk.until_reading(gate)
    waiting = [desk.batch(name).id for name in ("two", "three", "four")]
    desk.until(lambda: list(desk.runner.waiting) == waiting)
    desk.show_batch("two")
    desk.action("actionRemoveBatch").trigger()
    desk.until(lambda: list(desk.runner.waiting) == waiting[1:])
    desk.action("actionUndo").trigger()
    desk.until(lambda: list(desk.runner.waiting) == waiting)
    gate.open()
    desk.until_read("four")


def test_reading_orders_are_undone(five_pages):
    desk, texts = five_pages, five_pages.library.texts
    one, two = desk.page("1.png").id, desk.page("2.png").id
    order = desk.window.reading_order_commands
    desk.choose("1.png")
    order.page_reading_order(ReadingOrder.ROWS)
    desk.choose("1.png", "2.png")
    order.page_reading_order(ReadingOrder.COLUMNS)
    order.batch_reading_order(ReadingOrder.ROWS)
    assert undo_words(desk) == "Undo change the reading order of “scans”"
    desk.action("actionUndo").trigger()
    assert texts.reading_order_of(desk.batch().id) is ReadingOrder.AUTO
    assert undo_words(desk) == "Undo change the reading order of 2 pages"
    desk.action("actionUndo").trigger()
    assert texts.by_reading_order([one, two]) == {ReadingOrder.ROWS: [one], None: [two]}
    desk.action("actionUndo").trigger()
    assert texts.by_reading_order([one, two]) == {None: [one, two]}


def test_what_was_done_in_a_batch_that_is_gone_says_so_and_is_forgotten(five_pages, monkeypatch):
    desk = five_pages
    monkeypatch.setattr(batch_commands, "answered", lambda *values: "Letters")
    desk.action("actionRenameBatch").trigger()
    desk.library.removing.hide(desk.batch("Letters").id)
    desk.action("actionUndo").trigger()
    assert desk.notice == "The batch was removed in the meantime, so nothing was changed."
    desk.until(lambda: (undo_words(desk), redo_words(desk)) == ("", ""))


def test_select_all_selects_where_the_keyboard_is(five_pages):
    desk = five_pages
    desk.press(Qt.Key.Key_F, CTRL)
    field = desk.child("searchField")
    desk.qtbot.keyClicks(field, "width")
    desk.action("actionSelectAll").trigger()
    assert field.selectedText() == "width"
    field.clear()
    desk.until(lambda: len(desk.shown) == 5)
    desk.window.pages_pane.focus_pages()
    desk.action("actionSelectAll").trigger()
    assert len(desk.chosen) == 5
