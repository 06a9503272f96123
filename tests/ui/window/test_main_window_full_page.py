import pytest
from fakes import broken_image, draw_pages
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from ocrdesk.ui.kit.theme import token
from ocrdesk.ui.panel.page_split import SIDE_BY_SIDE

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def read_desk(desk, scans):
    desk.show_read(scans, 40)
    desk.window.resize(1200, 700)
    return desk


def full(desk) -> bool:
    return desk.child("fullPage").isVisible()


def looked_at(desk) -> str:
    return desk.child("fullPageName", QLabel).text()


def open_with_return(desk, name: str) -> None:
    desk.choose(name)
    desk.child("pageGrid").setFocus()
    desk.press(Qt.Key.Key_Return)
    assert full(desk)


def test_return_opens_the_full_page_and_escape_goes_back(read_desk):
    desk = read_desk
    grid = desk.child("pageGrid")
    open_with_return(desk, "2.png")
    assert not grid.isVisible()
    assert not desk.child("batchList").isVisible()
    assert looked_at(desk) == "2.png"
    assert desk.child("pagePlace", QLabel).text() == "2 of 40"
    assert desk.child("backToPages", QPushButton).text() == "scans"
    view = desk.child("pageView")
    assert view.hasFocus()
    desk.press(Qt.Key.Key_Escape)
    assert not full(desk)
    assert grid.hasFocus()
    assert desk.chosen == ["2.png"]
    assert desk.child("pagePanel").isAncestorOf(view), "it is the one that the panel has"


def test_a_double_click_opens_it_and_its_first_button_goes_back(read_desk):
    desk = read_desk
    grid = desk.child("pageGrid")
    place = grid.visualRect(desk.model.index(1, 0)).center()
    desk.qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    desk.qtbot.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert full(desk)
    desk.qtbot.mouseClick(desk.child("backToPages"), Qt.MouseButton.LeftButton)
    assert not full(desk)


def test_keys_turn_to_the_pages_before_and_after(read_desk):
    desk = read_desk
    open_with_return(desk, "2.png")
    met = []
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Right, Qt.Key.Key_PageUp, Qt.Key.Key_Left, Qt.Key.Key_Left):
        desk.press(key)
        met.append(looked_at(desk))
    assert met == ["3.png", "4.png", "3.png", "2.png", "1.png"]
    assert not desk.actions["previous_page"].isEnabled()
    desk.press(Qt.Key.Key_PageUp)
    assert looked_at(desk) == "1.png", "before the first there is none"
    desk.press(Qt.Key.Key_PageDown, CTRL)
    assert looked_at(desk) == "2.png"


def test_keys_that_come_sooner_than_pages_are_shown_are_gathered(read_desk):
    desk = read_desk
    open_with_return(desk, "2.png")
    shown = []
    desk.window.page_view.shown.connect(lambda: shown.append(looked_at(desk)))
    picture = desk.child("pageView")
    for _ in range(20):
        desk.qtbot.keyClick(picture, Qt.Key.Key_PageDown)
    assert shown == ["3.png"], "the first key turns at once"
    desk.until(lambda: len(shown) > 1)
    assert shown == ["3.png", "22.png"]
    desk.press(Qt.Key.Key_PageUp)
    assert looked_at(desk) == "21.png"
    for _ in range(100):
        desk.qtbot.keyClick(picture, Qt.Key.Key_PageDown)
    desk.until(lambda: not desk.actions["next_page"].isEnabled())
    assert looked_at(desk) == desk.shown[-1]
    QApplication.processEvents()
    desk.press(Qt.Key.Key_PageUp)
    assert looked_at(desk) == desk.shown[-2], "nothing is left over at the end"


def test_arrows_stay_with_the_text_and_with_a_picture_wider_than_its_place(read_desk):
    desk = read_desk
    open_with_return(desk, "2.png")
    desk.child("textView").setFocus()
    desk.press(Qt.Key.Key_Right)
    assert looked_at(desk) == "2.png"
    assert desk.child("textView").textCursor().position() == 1
    desk.press(Qt.Key.Key_PageDown)
    assert looked_at(desk) == "3.png"
    picture = desk.child("pageView")
    picture.setFocus()
    desk.until(lambda: picture.has_picture)
    picture._fits = False
    picture.scale(3, 3)
    before = picture.horizontalScrollBar().value()
    desk.press(Qt.Key.Key_Left)
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_Right)
    assert looked_at(desk) == "3.png"
    assert picture.horizontalScrollBar().value() >= before


def test_what_was_selected_and_seen_is_so_again(read_desk):
    desk = read_desk
    desk.choose("30.png", "31.png")
    grid = desk.child("pageGrid")
    seen = grid.verticalScrollBar().value()
    assert seen > 0
    grid.setFocus()
    desk.press(Qt.Key.Key_Return)
    assert desk.chosen == ["31.png"], "commands act on what is looked at"
    desk.press(Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert grid.verticalScrollBar().value() == seen
    assert desk.chosen == ["30.png", "31.png"]


def test_the_page_to_which_one_turned_is_selected_afterwards(read_desk):
    desk = read_desk
    desk.choose("1.png", "2.png")
    desk.child("pageGrid").setFocus()
    desk.press(Qt.Key.Key_Return)
    for _ in range(30):
        desk.press(Qt.Key.Key_PageDown)
    desk.press(Qt.Key.Key_Escape)
    assert desk.chosen == ["32.png"]
    grid = desk.child("pageGrid")
    index = grid.currentIndex()
    desk.until(lambda: grid.viewport().rect().contains(grid.visualRect(index).center()))


def test_picture_and_text_are_side_by_side_where_there_is_room(read_desk):
    desk = read_desk
    open_with_return(desk, "1.png")
    split = desk.child("pageSplitter")
    desk.until(lambda: split.width() >= SIDE_BY_SIDE)
    assert split.orientation() is Qt.Orientation.Horizontal
    desk.press(Qt.Key.Key_Escape)
    desk.until(lambda: split.orientation() is Qt.Orientation.Vertical)
    assert split.width() < SIDE_BY_SIDE


def test_the_pages_beside_it_are_loaded_before_they_are_asked_for(read_desk):
    desk = read_desk
    pictures = desk.child("pageView").pictures
    desk.choose("10.png")
    kept = {desk.page("10.png").id}
    desk.until(lambda: {key[0] for key in pictures._kept} >= kept)
    assert desk.page("11.png").id not in {key[0] for key in pictures._kept}, "in the panel none is"
    desk.actions["full_page"].setChecked(True)
    wanted = {desk.page(f"{number}.png").id for number in (9, 10, 11)}
    desk.until(lambda: {key[0] for key in pictures._kept} == wanted)
    desk.press(Qt.Key.Key_PageDown)
    assert desk.child("pageView").has_picture, "at once"
    wanted = {desk.page(f"{number}.png").id for number in (10, 11, 12)}
    desk.until(lambda: {key[0] for key in pictures._kept} == wanted)


def test_it_closes_when_no_page_is_left(read_desk):
    desk = read_desk
    open_with_return(desk, "2.png")
    desk.library.remove_pages(desk.library.page_ids(desk.batch().id))
    desk.window.page_view.show_page(None)
    assert not full(desk)


def test_a_failed_page_has_its_button_under_the_keyboard(desk, scans):
    draw_pages(scans, 2)
    broken_image(scans / "3.png")
    desk.drop(scans)
    desk.until_read()
    open_with_return(desk, "3.png")
    assert desk.child("panelRetry").hasFocus()
    desk.press(Qt.Key.Key_PageUp)
    assert looked_at(desk) == "2.png"


def test_f11_shows_the_window_on_the_whole_screen(read_desk):
    desk = read_desk
    desk.press(Qt.Key.Key_F11)
    desk.until(desk.window.isFullScreen)
    assert desk.actions["full_screen"].isChecked()
    desk.window.showNormal()
    desk.until(lambda: not desk.actions["full_screen"].isChecked())


def test_what_was_searched_for_is_marked_on_the_page(read_desk):
    desk = read_desk
    desk.choose("1.png")
    text = desk.child("textView")
    desk.press(Qt.Key.Key_F, CTRL)
    desk.type("WIDTH")
    desk.until(lambda: [mark.cursor.selectedText() for mark in text.extraSelections()] == ["width"])
    desk.child("searchField").clear()
    desk.until(lambda: text.extraSelections() == [])


def test_the_keyboard_stays_in_the_full_page_whatever_the_pages_are(desk, scans):
    draw_pages(scans, 1)
    (scans / "2.png").write_bytes(b"")
    draw_pages(scans / "more", 1)
    desk.drop(scans)
    desk.until_read()
    open_with_return(desk, "1.png")
    page = desk.child("fullPage")
    met = []
    for _ in range(2):
        desk.press(Qt.Key.Key_PageDown)
        desk.until(lambda: desk.child("pageView").isVisible() == (looked_at(desk) != "2.png"))
        met.append(looked_at(desk))
        assert desk.child("fullPage").isAncestorOf(QApplication.focusWidget())
    assert page.isVisible()
    assert desk.child("pageView").hasFocus()
    assert met == ["2.png", "more/1.png"]


# The other pages


def test_the_other_pages_stand_in_a_row_and_a_click_looks_at_one(read_desk):
    desk = read_desk
    desk.window.resize(1200, 900)
    open_with_return(desk, "20.png")
    strip = desk.child("pageStrip")
    assert strip.isVisible()
    row = desk.shown.index("20.png")
    middle = next(x for x in range(strip.width()) if strip.row_at(QPoint(x, 40)) == row)
    assert strip.row_at(QPoint(middle - 54, 40)) == row - 1, "the one before is seen as well"
    before = looked_at(desk)
    desk.qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(middle + 60, 40))
    assert looked_at(desk) != before
    assert looked_at(desk) == desk.shown[row + 1]
    for _ in range(30):
        desk.press(Qt.Key.Key_PageDown)
    last = len(desk.shown) - 1
    assert any(strip.row_at(QPoint(x, 40)) == last for x in range(strip.width())), "it goes along"


def test_the_wheel_goes_along_the_row_and_it_ends_with_the_last_page(read_desk):
    desk = read_desk
    desk.window.resize(1000, 900)
    open_with_return(desk, "1.png")
    strip = desk.child("pageStrip")
    assert strip.row_at(QPoint(20, 40)) == 0
    for _ in range(40):
        place = QPointF(20, 40)
        wheel = (QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)
        rest = (Qt.ScrollPhase.NoScrollPhase, False)
        QApplication.sendEvent(strip, QWheelEvent(place, strip.mapToGlobal(place), *wheel, *rest))
    assert strip.row_at(QPoint(strip.width() - 20, 40)) == len(desk.shown) - 1


def test_what_needs_a_look_has_a_dot_and_what_is_looked_at_a_ring(desk, scans):
    draw_pages(scans, 2)
    broken_image(scans / "3.png")
    desk.drop(scans)
    desk.until_read()
    desk.window.resize(1200, 900)
    open_with_return(desk, "1.png")
    strip = desk.child("pageStrip")
    image = strip.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert {token("red").name(), token("accent").name()} <= seen


def test_in_a_low_window_there_is_no_row_of_pages(read_desk):
    desk = read_desk
    desk.window.resize(1200, 600)
    open_with_return(desk, "1.png")
    assert not desk.child("pageStrip").isVisible()
