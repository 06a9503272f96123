"""Regions drawn and changed with mouse and keys, on a picture that is shown."""

from dataclasses import astuple

import pytest
from fakes import quadrants
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QHelpEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip

from ocrdesk.engine.document import Page, PageStatus
from ocrdesk.engine.layout.regions import Region
from ocrdesk.ui.picture_view import PictureView

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
WIDTH, HEIGHT = 400, 600
STAMP = Region(0.5, 0.1, 0.9, 0.3)
FOOT = Region(0.1, 0.6, 0.4, 0.7)
BODY = Region(0.1, 0.2, 0.95, 0.9, is_only=True)


class Person:
    """Draws on a picture; what it wants is kept at once, as the program does."""

    def __init__(self, qtbot, view: PictureView) -> None:
        self.qtbot = qtbot
        self.view = view
        self.layer = view.regions
        self.wanted: list[tuple[Region, ...]] = []
        self.layer.wanted.connect(self._keep)

    def _keep(self, regions):
        assert self.layer.regions != regions, "it is shown before it is kept"
        self.wanted.append(regions)
        self.layer.show_regions(regions)

    def place(self, x: float, y: float) -> QPoint:
        """Where a fraction of the page is in the view."""
        rect = self.view.page_rect()
        return self.view.mapFromScene(QPointF(x * rect.width(), y * rect.height()))

    def drag(self, start, end, keys=Qt.KeyboardModifier.NoModifier):
        viewport = self.view.viewport()
        self.qtbot.mousePress(viewport, LEFT, keys, self.place(*start))
        middle = (self.place(*start) + self.place(*end)) / 2
        self.qtbot.mouseMove(viewport, middle)
        self.qtbot.mouseMove(viewport, self.place(*end))
        self.qtbot.mouseRelease(viewport, LEFT, keys, self.place(*end))

    def click(self, x, y, button=LEFT):
        self.qtbot.mouseClick(self.view.viewport(), button, pos=self.place(x, y))

    def press(self, key, keys=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(QApplication.focusWidget(), key, keys)

    def point(self, x, y) -> Qt.CursorShape:
        """Moves the pointer somewhere; gives what it looks like there."""
        self.qtbot.mouseMove(self.view.viewport(), self.place(x, y))
        return self.view.viewport().cursor().shape()


@pytest.fixture
def view(qtbot, decoder):
    view = PictureView(decoder)
    qtbot.addWidget(view)
    view.resize(420, 640)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.setFocus()
    yield view
    view.close_loader()


@pytest.fixture
def show(qtbot, view, scans):
    """Shows a page of some size."""

    def show_one(width=WIDTH, height=HEIGHT, page_id=1):
        path = scans / f"{page_id}.png"
        quadrants(width, height).save(path)
        page = Page(page_id, 1, path, 0, path.name, PageStatus.DONE, width=width, height=height)
        with qtbot.waitSignal(view.loaded):
            view.show_page(page, [], doubtful_below=0.9)

    return show_one


@pytest.fixture
def person(qtbot, view, show):
    show()
    person = Person(qtbot, view)
    person.layer.set_active(True)
    return person


def near(region: Region, of: float = 0.006):
    """As near as a pixel of the view is."""
    return pytest.approx(astuple(region)[:4], abs=of)


def edges(region: Region) -> tuple:
    return astuple(region)[:4]


# Drawing


def test_dragging_draws_a_region_in_fractions_of_the_page(person):
    person.drag((0.5, 0.1), (0.9, 0.3))
    ((region,),) = person.wanted
    assert edges(region) == near(STAMP)
    assert not region.is_only
    assert person.layer.chosen == region


def test_what_is_drawn_next_can_be_all_that_counts(person):
    person.layer.draw_only(True)
    person.drag((0.9, 0.3), (0.5, 0.1))  # from the other corner
    ((region,),) = person.wanted
    assert edges(region) == near(STAMP)
    assert region.is_only


def test_a_region_drawn_on_one_page_lies_at_the_same_part_of_a_page_of_another_size(person, show):
    person.drag((0.5, 0.1), (0.9, 0.3))
    show(800, 300, page_id=2)
    (region,) = person.layer.regions
    rect = person.view.mapFromScene(QRectF(0.5 * 800, 0.1 * 300, 0.4 * 800, 0.2 * 300)).boundingRect()
    shown = person.layer.rect_of(region)
    assert (shown.left(), shown.top()) == pytest.approx((rect.left(), rect.top()), abs=3)
    assert (shown.right(), shown.bottom()) == pytest.approx((rect.right(), rect.bottom()), abs=3)
    person.drag((0.1, 0.5), (0.3, 0.9))
    assert edges(person.wanted[-1][1]) == near(Region(0.1, 0.5, 0.3, 0.9), of=0.01)


def test_on_a_zoomed_and_scrolled_picture_a_region_lies_where_it_is_drawn(person):
    for _ in range(4):
        person.view.zoom_in()
    person.view.centerOn(300, 400)
    assert person.place(0, 0).x() < -50, "the left of the page is out of sight"
    person.drag((0.7, 0.6), (0.8, 0.7))
    ((region,),) = person.wanted
    assert edges(region) == near(Region(0.7, 0.6, 0.8, 0.7), of=0.003)


def test_what_is_drawn_beyond_the_page_ends_at_its_edge(person):
    person.view.zoom_out()
    person.drag((0.8, 0.8), (1.1, 0.9))
    ((region,),) = person.wanted
    assert region.right == 1.0
    assert region.left == pytest.approx(0.8, abs=0.01)


def test_a_click_draws_nothing(person):
    person.click(0.5, 0.5)
    person.drag((0.5, 0.5), (0.9, 0.5))  # no height
    assert person.wanted == []


def test_esc_gives_up_what_is_being_drawn(person):
    viewport = person.view.viewport()
    person.qtbot.mousePress(viewport, LEFT, pos=person.place(0.2, 0.2))
    person.qtbot.mouseMove(viewport, person.place(0.5, 0.5))
    person.press(Qt.Key.Key_Escape)
    person.qtbot.mouseRelease(viewport, LEFT, pos=person.place(0.5, 0.5))
    assert person.wanted == []


def test_what_is_being_drawn_is_seen_and_not_yet_wanted(person):
    before = person.view.grab().toImage()
    viewport = person.view.viewport()
    person.qtbot.mousePress(viewport, LEFT, pos=person.place(0.2, 0.2))
    person.qtbot.mouseMove(viewport, person.place(0.5, 0.5))
    place = person.place(0.35, 0.45)
    assert person.view.grab().toImage().pixelColor(place) != before.pixelColor(place)
    assert person.wanted == []


def test_in_a_region_that_alone_counts_others_can_be_drawn(person):
    person.layer.show_regions([BODY])
    person.drag((0.4, 0.4), (0.6, 0.5))
    assert person.wanted[-1][0] == BODY
    assert edges(person.wanted[-1][1]) == near(Region(0.4, 0.4, 0.6, 0.5))
    person.layer.choose(BODY)
    person.drag((0.2, 0.6), (0.3, 0.7), SHIFT)  # even where it is chosen
    assert len(person.wanted[-1]) == 3


# Changing


def test_a_region_is_chosen_by_a_click_and_left_by_a_click_beside_it(person):
    person.layer.show_regions([STAMP, FOOT, BODY])
    person.click(0.2, 0.65)
    assert person.layer.chosen == FOOT, "the smaller one, that lies in the larger"
    person.click(0.7, 0.5)
    assert person.layer.chosen == BODY
    person.click(0.02, 0.02)
    assert person.layer.chosen is None
    assert person.wanted == []


def test_a_region_is_moved_by_dragging_it(person):
    person.layer.show_regions([STAMP, FOOT])
    person.drag((0.6, 0.2), (0.5, 0.4))
    assert edges(person.wanted[-1][0]) == near(Region(0.4, 0.3, 0.8, 0.5))
    assert person.wanted[-1][1] == FOOT
    assert person.layer.chosen == person.wanted[-1][0]


def test_a_chosen_region_is_sized_by_its_handles(person):
    person.layer.show_regions([STAMP])
    person.click(0.7, 0.2)
    person.drag((0.9, 0.3), (0.8, 0.5))
    assert edges(person.wanted[-1][0]) == near(Region(0.5, 0.1, 0.8, 0.5))
    person.drag((0.5, 0.3), (0.3, 0.35))  # the middle of the left edge moves across only
    assert edges(person.wanted[-1][0]) == near(Region(0.3, 0.1, 0.8, 0.5))


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_del_deletes_the_chosen_region_alone(person, key):
    person.layer.show_regions([STAMP, FOOT])
    person.press(key)
    assert person.wanted == [], "none is chosen"
    person.click(0.7, 0.2)
    person.press(key)
    assert person.wanted == [(FOOT,)]
    assert person.layer.chosen is None


def right_click(person, x, y, choose: str) -> list[str]:
    """Opens the menu at a place and chooses an entry; gives all entries."""
    entries = []

    def choose_entry():
        menu = QApplication.activePopupWidget()
        entries.extend(action.text() for action in menu.actions() if action.text())
        entry = next(action for action in menu.actions() if action.text() == choose)
        person.qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(entry).center())

    place = person.place(x, y)
    person.qtbot.mouseClick(person.view.viewport(), RIGHT, pos=place)
    QTimer.singleShot(0, choose_entry)
    globally = person.view.viewport().mapToGlobal(place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, globally)
    QApplication.sendEvent(person.view.viewport(), event)
    return entries


def test_the_menu_deletes_and_turns_over_what_it_is_opened_on(person):
    person.layer.show_regions([STAMP, FOOT])
    assert right_click(person, 0.7, 0.2, "Read only this") == ["Delete", "Read only this", "Delete all"]
    only = Region(*edges(STAMP), is_only=True)
    assert person.wanted[-1] == (only, FOOT)
    assert person.layer.chosen == only
    right_click(person, 0.7, 0.2, "Ignore this")
    assert person.wanted[-1] == (STAMP, FOOT)
    right_click(person, 0.2, 0.65, "Delete")
    assert person.wanted[-1] == (STAMP,)
    assert right_click(person, 0.02, 0.02, "Delete all") == ["Delete all"]
    assert person.wanted[-1] == ()


# Keys


def test_tab_goes_through_the_regions_and_on_in_the_window(person, qtbot):
    person.layer.show_regions([STAMP, BODY])
    told = []
    person.layer.chosen_changed.connect(lambda: told.append(person.layer.describe_chosen()))
    person.press(Qt.Key.Key_Tab)
    assert person.view.accessibleDescription() == "Region 1 of 2, ignored"
    person.press(Qt.Key.Key_Tab)
    assert person.view.accessibleDescription() == "Region 2 of 2, only here"
    person.press(Qt.Key.Key_Backtab, SHIFT)
    assert person.layer.chosen == STAMP
    person.press(Qt.Key.Key_Backtab, SHIFT)
    assert person.layer.chosen is None
    assert person.view.accessibleDescription() == ""
    assert told == ["Region 1 of 2, ignored", "Region 2 of 2, only here", "Region 1 of 2, ignored", ""]


def test_without_the_keyboard_no_region_is_chosen(person, qtbot):
    """For Del removes pages elsewhere."""
    elsewhere = QLineEdit()
    qtbot.addWidget(elsewhere)
    elsewhere.setParent(person.view)
    elsewhere.show()
    person.layer.show_regions([STAMP])
    person.layer.choose(STAMP)
    elsewhere.setFocus(Qt.FocusReason.MouseFocusReason)
    assert person.layer.chosen is None
    person.layer.set_active(True)
    assert person.view.hasFocus()


def test_arrow_keys_move_the_chosen_region_and_with_shift_they_size_it(person):
    person.layer.show_regions([STAMP])
    person.press(Qt.Key.Key_Tab)
    person.press(Qt.Key.Key_Right)
    person.press(Qt.Key.Key_Down)
    assert edges(person.layer.regions[0]) == near(Region(0.505, 0.105, 0.905, 0.305), of=1e-9)
    person.press(Qt.Key.Key_Left, SHIFT)
    person.press(Qt.Key.Key_Up, SHIFT)
    assert edges(person.layer.regions[0]) == near(Region(0.505, 0.105, 0.9, 0.3), of=1e-9)
    assert person.layer.chosen == person.layer.regions[0]


def test_a_key_held_down_is_kept_once_when_it_is_let_go(person, qtbot):
    person.layer.show_regions([STAMP])
    person.layer.choose(STAMP)
    for _ in range(4):
        qtbot.keyPress(person.view, Qt.Key.Key_Left)
    assert person.wanted == []
    qtbot.keyRelease(person.view, Qt.Key.Key_Left)
    ((region,),) = person.wanted
    assert region.left == pytest.approx(0.48)


def test_a_region_can_be_drawn_without_a_mouse(person):
    person.press(Qt.Key.Key_Insert)
    ((region,),) = person.wanted
    assert person.layer.chosen == region
    assert 0.2 < region.left < region.right < 0.8
    assert 0.2 < region.top < region.bottom < 0.8


# What is seen


def test_the_pointer_tells_what_a_press_would_do(person):
    person.layer.show_regions([STAMP])
    assert person.point(0.2, 0.8) == Qt.CursorShape.CrossCursor
    assert person.point(0.7, 0.2) == Qt.CursorShape.SizeAllCursor
    person.layer.choose(STAMP)
    assert person.point(0.9, 0.3) == Qt.CursorShape.SizeFDiagCursor
    assert person.point(0.5, 0.2) == Qt.CursorShape.SizeHorCursor
    person.layer.set_active(False)
    assert person.view.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor


def strength(person, x, y, plain) -> int:
    """How far the colour at a place is from that without regions."""
    place = person.place(x, y)
    area = [QPoint(dx, dy) for dx in range(8) for dy in range(8)]
    now = person.view.grab().toImage()
    return sum(
        abs(now.pixelColor(place + d).lightness() - plain.pixelColor(place + d).lightness()) for d in area
    )  # several pixels: a hatching has gaps


def test_ignored_regions_are_seen_faintly_while_nothing_is_drawn(person):
    plain = person.view.grab().toImage()
    person.layer.show_regions([STAMP])
    drawing = strength(person, 0.8, 0.25, plain)
    person.layer.set_active(False)
    faint = strength(person, 0.8, 0.25, plain)
    assert 0 < faint < drawing / 2
    assert strength(person, 0.2, 0.8, plain) == 0


def test_the_chosen_region_is_looked_through_as_the_others_are(person):
    person.layer.show_regions([FOOT, STAMP])
    plain = person.view.grab().toImage()
    person.layer.choose(STAMP)
    assert strength(person, 0.8, 0.25, plain) == 0
    assert strength(person, 0.896, 0.296, plain) > 0, "a handle"


def test_all_but_what_alone_counts_is_dimmed(person):
    plain = person.view.grab().toImage()
    person.layer.show_regions([BODY])
    assert strength(person, 0.03, 0.03, plain) > 0
    assert strength(person, 0.5, 0.6, plain) == 0


@pytest.mark.parametrize(
    ("region", "place", "said"),
    [
        (STAMP, (0.7, 0.2), "Ignored on every page of this batch"),
        (STAMP, (0.2, 0.8), ""),
        (BODY, (0.03, 0.03), "Left out: only what is outlined counts on the pages of this batch"),
        (BODY, (0.5, 0.5), ""),
    ],
)
def test_the_pointer_on_a_part_without_text_is_told_why(person, region, place, said):
    person.layer.set_active(False)
    person.layer.show_regions([region])
    place = person.place(*place)
    QToolTip.hideText()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, place, person.view.viewport().mapToGlobal(place))
    QApplication.sendEvent(person.view.viewport(), event)
    assert QToolTip.text() == said
    QToolTip.hideText()


def test_while_nothing_is_drawn_mouse_and_keys_change_nothing(person):
    person.layer.show_regions([STAMP])
    person.layer.set_active(False)
    person.drag((0.6, 0.2), (0.5, 0.4))
    person.click(0.7, 0.2)
    person.press(Qt.Key.Key_Delete)
    person.press(Qt.Key.Key_Insert)
    assert person.wanted == []
    assert person.layer.chosen is None


def test_without_a_picture_nothing_can_be_drawn(person):
    person.view.show_page(None, [], 0.9)
    person.qtbot.mousePress(person.view.viewport(), LEFT, pos=QPoint(20, 20))
    person.qtbot.mouseMove(person.view.viewport(), QPoint(90, 90))
    person.qtbot.mouseRelease(person.view.viewport(), LEFT, pos=QPoint(90, 90))
    person.press(Qt.Key.Key_Insert)
    assert person.wanted == []
