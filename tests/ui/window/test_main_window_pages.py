"""Retry, turn, copy and remove, on the pages a person chose."""

from fakes import FIRST_WIDTH, broken_image, draw_pages, keep, line
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGraphicsPixmapItem, QLabel, QPushButton, QTextEdit

from ocrdesk.engine.document import Mode, Reading
from ocrdesk.runner import RunState
from ocrdesk.ui.kit import desktop
from ocrdesk.ui.kit.actions import menu_of

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


def chip(desk, name: str) -> QPushButton:
    return desk.child(f"chip{name}", QPushButton)


def is_idle(desk):
    return lambda: desk.runner.state is RunState.IDLE


def test_right_click_retry_reads_a_mended_page_and_no_other(desk, scans, maker):
    draw_pages(scans, 3)
    broken_image(scans / "2.png")
    desk.drop(scans)
    desk.until_read()
    assert desk.statuses() == ["done", "failed", "done"]
    assert desk.notice == "“scans”: 2 pages are read, 1 could not be read."
    assert desk.batch().counts.failed == 1
    grid = desk.child("pageGrid")
    index = desk.model.index(1, 0)
    read_before = list(maker.widths_read)

    Image.new("L", (77, 10), 255).save(scans / "2.png")
    desk.right_click(grid, 1, "Read again")
    desk.until_read()
    assert desk.statuses() == ["done"] * 3
    assert maker.widths_read == sorted([*read_before, 77])
    assert desk.page("2.png").text_start == "width 77"
    shown = Qt.ItemDataRole.DecorationRole
    desk.until(lambda: index.data(shown) is not None and index.data(shown).width() == 77)
    text = desk.child("textView", QTextEdit)
    desk.until(lambda: text.isVisible() and text.toPlainText() == "width 77")
    desk.until(lambda: desk.child("pageView").isVisible())


def test_retry_acts_on_the_whole_selection_however_it_was_made(desk, scans, maker):
    draw_pages(scans, 5)
    desk.drop(scans)
    desk.until_read()
    desk.choose("1.png", "3.png")
    desk.actions["view_table"].trigger()
    table = desk.child("resultsTable")
    place = table.visualRect(desk.model.index(4, 3)).center()
    desk.qtbot.mouseClick(table.viewport(), LEFT, CTRL, place)
    assert desk.chosen == ["1.png", "3.png", "5.png"]
    maker.made[0].widths_read.clear()
    desk.press(Qt.Key.Key_F5)
    desk.until_read()
    assert maker.widths_read == [FIRST_WIDTH, FIRST_WIDTH + 2, FIRST_WIDTH + 4]


def test_a_click_on_one_of_several_chosen_pages_chooses_just_that_one(desk, scans):
    desk.show_read(scans, 3)
    desk.choose("1.png", "2.png", "3.png")
    assert desk.chosen == ["1.png", "2.png", "3.png"]
    desk.choose("2.png")
    assert desk.chosen == ["2.png"]


def test_retry_all_failed_reads_them_and_only_them(slow_desk, scans, gate, slow):
    desk = slow_desk
    draw_pages(scans, 2)
    for number in (3, 4):
        broken_image(scans / f"{number}.png")
    desk.drop(scans)
    for _ in range(2):
        desk.until_reading(gate)
        gate.let_one_go()
    desk.until_read()
    desk.answer("Show failed")
    assert desk.shown == ["3.png", "4.png"]
    assert chip(desk, "Failed").isChecked()
    desk.until(lambda: desk.model.index(1, 0).data(Qt.ItemDataRole.DecorationRole) is not None)
    chip(desk, "All").click()

    for number in (3, 4):
        Image.new("L", (70 + number, 10), 255).save(scans / f"{number}.png")
    desk.click("actionRetryFailed")
    desk.until_reading(gate)
    desk.until(lambda: desk.model.index(3, 1).data() == "Waiting")  # before a worker gets to it
    assert [desk.model.index(row, 1).data() for row in range(2)] == ["Done", "Done"]
    gate.open()
    desk.until_read()
    assert desk.statuses() == ["done"] * 4
    assert slow.widths_read == [FIRST_WIDTH, FIRST_WIDTH + 1, 73, 74]
    assert not desk.action("actionRetryFailed").isVisible()
    for row in (2, 3):  # the thumbnail follows the mended file
        index = desk.model.index(row, 0)

        def shows_the_mended_one(index=index, width=71 + row) -> bool:
            shown = index.data(Qt.ItemDataRole.DecorationRole)
            return shown is not None and shown.width() == width

        desk.until(shows_the_mended_one)


def test_the_button_beside_a_failed_page_retries_it(desk, scans):
    broken_image(scans / "1.png")
    desk.drop(scans)
    desk.until_read()
    desk.choose("1.png")
    button = desk.child("panelRetry", QPushButton)
    assert button.isVisible()
    Image.new("L", (30, 10), 255).save(scans / "1.png")
    desk.qtbot.mouseClick(button, LEFT)
    desk.until(lambda: desk.statuses() == ["done"])
    desk.until(lambda: not button.isVisible())


def read_in(desk, mode: Mode | None) -> list[str]:
    """Reads the chosen pages again in a mode, and gives by whom each page was read then."""
    if mode is None:
        desk.press(Qt.Key.Key_F5)
    else:
        dict(desk.window.desk.actions.choices("read_again_in"))[mode].trigger()
    desk.until_read()
    return [desk.page(f"{number}.png").recognizer for number in (1, 2)]


def checked(desk) -> list[Mode]:
    choices = desk.window.desk.actions.choices("read_again_in")
    menu_of(desk.action("actionReadAgainIn")).aboutToShow.emit()
    return [mode for mode, entry in choices if entry.isChecked()]


def test_a_page_is_read_again_in_a_mode_of_its_own_until_it_is_read_again_without_one(desk, scans):
    draw_pages(scans, 2)
    desk.drop(scans)
    desk.until_read()
    desk.choose("1.png")
    assert checked(desk) == []
    assert read_in(desk, Mode.FAST) == ["fake/fast", "fake"]
    assert checked(desk) == [Mode.FAST]
    facts = desk.child("pageFacts", QLabel)
    desk.until(lambda: facts.text().endswith("read in Fast"))
    desk.action("actionTurnRight").trigger()
    desk.until_read()
    assert desk.page("1.png").recognizer == "fake/fast", "turned, it is still wanted so"
    assert read_in(desk, Mode.ACCURATE) == ["fake", "fake"]
    assert read_in(desk, Mode.FAST) == ["fake/fast", "fake"]
    desk.choose("1.png", "2.png")
    assert checked(desk) == []
    assert read_in(desk, None) == ["fake", "fake"]
    assert checked(desk) == []


def test_the_whole_batch_is_read_again_in_the_mode_that_is_chosen(desk, scans):
    draw_pages(scans, 2)
    desk.drop(scans)
    desk.until_read()
    desk.choose("1.png")
    read_in(desk, Mode.FAST)
    desk.action("actionReadBatchAgain").trigger()
    desk.until_read()
    assert [desk.page(f"{number}.png").mode_wanted for number in (1, 2)] == [None, None]


def test_a_page_that_is_being_read_says_that_it_gets_no_other_mode(slow_desk, scans, gate):
    desk = slow_desk
    draw_pages(scans, 1)
    desk.drop(scans)
    desk.until_reading(gate)
    desk.choose("1.png")
    dict(desk.window.desk.actions.choices("read_again_in"))[Mode.FAST].trigger()
    desk.until(lambda: desk.notice.startswith("A page that is being read is not read in another mode"))
    gate.open()
    desk.until_read()
    assert desk.page("1.png").recognizer == "fake"


def test_a_retry_shows_a_picture_that_was_replaced(desk, scans):
    def widths():
        index = desk.model.index(0, 0)
        thumbnail = index.data(Qt.ItemDataRole.DecorationRole)
        pictures = [item for item in desk.child("pageView").items() if isinstance(item, QGraphicsPixmapItem)]
        return [thumbnail and thumbnail.width(), *(item.pixmap().width() for item in pictures)]

    draw_pages(scans, 1)
    desk.drop(scans)
    desk.until_read()
    desk.choose("1.png")
    desk.until(lambda: widths() == [FIRST_WIDTH, FIRST_WIDTH])
    Image.new("L", (77, 30), 255).save(scans / "1.png")
    desk.press(Qt.Key.Key_F5)
    desk.until(lambda: widths() == [77, 77])


def test_a_retry_that_fails_keeps_the_earlier_text(desk, scans):
    draw_pages(scans, 1)
    desk.drop(scans)
    desk.until_read()
    desk.choose("1.png")
    (scans / "1.png").unlink()
    desk.press(Qt.Key.Key_F5)
    desk.until(lambda: desk.model.index(0, 1).data() == "Kept")
    assert desk.page("1.png").text_start == f"width {FIRST_WIDTH}"
    assert desk.child("textView", QTextEdit).toPlainText() == f"width {FIRST_WIDTH}"


def test_turning_pages_reads_just_those_again_and_shows_them_so(desk, scans, maker):
    def sizes():
        index = desk.model.index(0, 0)
        thumbnail = index.data(Qt.ItemDataRole.DecorationRole)
        pictures = [item for item in desk.child("pageView").items() if isinstance(item, QGraphicsPixmapItem)]
        shown = [thumbnail, *(item.pixmap() for item in pictures)]
        return [pixmap and (pixmap.width(), pixmap.height()) for pixmap in shown]

    draw_pages(scans, 3)
    desk.drop(scans)
    desk.until_read()
    desk.window.pages_pane.selection.clearSelection()
    assert not desk.action("actionTurnLeft").isEnabled()
    desk.choose("1.png")
    desk.until(lambda: sizes() == [(FIRST_WIDTH, 10)] * 2)
    desk.click("actionTurnRight")
    desk.until_read()
    assert desk.page("1.png").turn == 90
    desk.until(lambda: sizes() == [(10, FIRST_WIDTH)] * 2)
    facts = desk.child("pageFacts", QLabel)
    desk.until(lambda: facts.text().endswith(" · turned 90° right by you"))

    desk.choose("1.png", "3.png")
    desk.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    desk.until_read()
    desk.right_click(desk.child("pageGrid"), 2, "Turn left")
    desk.until_read()
    assert [desk.page(f"{number}.png").turn_wanted for number in (1, 2, 3)] == [270, None, 180]
    assert [turn for made in maker.made for turn in made.turns] == [None, None, None, 90, 0, 270, 270, 180]


def test_a_page_that_is_to_be_turned_keeps_its_text_and_one_that_is_being_read_is_not_turned(slow_desk, scans, gate):
    desk = slow_desk
    draw_pages(scans, 1)
    desk.drop(scans)
    desk.until_reading(gate)
    gate.let_one_go()
    desk.until_read()
    desk.choose("1.png")
    desk.click("actionTurnRight")
    desk.until_reading(gate)
    assert desk.child("textView", QTextEdit).toPlainText() == f"width {FIRST_WIDTH}"
    assert "not turned" not in desk.notice
    desk.click("actionTurnRight")
    assert desk.notice == "A page that is being read is not turned. Turn it again once it is read."
    gate.open()
    desk.until_read()
    assert desk.page("1.png").turn == 90


def test_copy_text_copies_the_chosen_pages_in_the_order_shown(desk, scans):
    desk.show_read(scans, 3)
    desk.choose("3.png", "1.png")
    desk.press(Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == f"width {FIRST_WIDTH}\n\nwidth {FIRST_WIDTH + 2}"
    desk.choose("2.png")
    desk.right_click(desk.child("pageGrid"), 1, "Copy text")
    assert QApplication.clipboard().text() == f"width {FIRST_WIDTH + 1}"


def test_copying_no_text_says_so_and_leaves_the_clipboard(desk, scans):
    broken_image(scans / "1.png")
    desk.drop(scans)
    desk.until_read()
    QApplication.clipboard().setText("before")
    desk.choose("1.png")
    desk.press(Qt.Key.Key_C, CTRL)
    assert desk.notice == "The selected pages have no text to copy."
    assert QApplication.clipboard().text() == "before"


def test_ctrl_c_in_the_text_copies_what_is_marked_there(desk, scans):
    desk.show_read(scans, 1)
    desk.choose("1.png")
    text = desk.child("textView", QTextEdit)
    text.setFocus()
    desk.press(Qt.Key.Key_Right, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert text.textCursor().selectedText().strip() == "width"
    desk.press(Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text().strip() == "width"


def test_a_page_removed_while_it_is_read_stays_removed(slow_desk, scans, gate):
    desk = slow_desk
    draw_pages(scans, 2)
    desk.drop(scans)
    desk.until_reading(gate)
    desk.choose("1.png")
    desk.press(Qt.Key.Key_Delete)
    assert desk.shown == ["2.png"]
    gate.open()
    desk.until_read(pages=1)
    assert desk.statuses() == ["done"]


def test_open_picture_and_show_in_folder_use_the_systems_programs(desk, scans, monkeypatch):
    desk.show_read(scans, 1)
    desk.choose("1.png")
    opened, works = [], True
    monkeypatch.setattr(desktop, "_start", lambda program, *arguments, **_: opened.append(arguments) or works)
    monkeypatch.setattr(desktop.QStandardPaths, "findExecutable", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(desktop.sys, "platform", "linux")
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.until(lambda: opened)
    desk.action("actionShowInFolder").trigger()
    assert opened == [((scans / "1.png").as_uri(),), (scans.as_uri(),)]
    works = False
    desk.action("actionOpenPicture").trigger()
    desk.until(lambda: "1.png" in desk.notice)
    for action in ("actionShowInFolder", "actionShowBatchFolder"):
        desk.action(action).trigger()
        assert f"The folder is “{scans}”." in desk.notice


def test_actions_on_pages_can_be_chosen_only_with_a_page(desk, scans):
    names = ("Retry", "OpenPicture", "ShowInFolder", "CopyText", "RemovePages")
    assert not any(desk.action(f"action{name}").isEnabled() for name in names)
    desk.show_read(scans, 1)
    desk.choose("1.png")
    assert all(desk.action(f"action{name}").isEnabled() for name in names)
    desk.until(is_idle(desk))


def test_copy_tables_copies_those_of_the_chosen_pages(desk, scans):
    draw_pages(scans, 2)
    desk.drop(scans)
    desk.until_read()
    page_ids = [desk.page(name).id for name in ("1.png", "2.png")]
    cells = [line(f"{name}{row}", left, 20 * row, 40) for row in range(3) for name, left in (("a", 0), ("b", 90))]
    keep(desk.library, page_ids[0], Reading(tuple(cells), 200, 300))
    QApplication.clipboard().setText("before")
    desk.choose("2.png")
    desk.right_click(desk.child("pageGrid"), 1, "Copy as table")
    assert desk.notice == "The selected pages have no tables to copy."
    assert QApplication.clipboard().text() == "before"
    desk.choose("1.png", "2.png")
    desk.action("actionCopyTables").trigger()
    assert QApplication.clipboard().text() == "a0\tb0\na1\tb1\na2\tb2"
    assert QApplication.clipboard().mimeData().hasHtml()
