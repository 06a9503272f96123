"""The grid: folders with headings, keys, and how little tens of thousands of pages cost."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPalette

from ocrdesk.engine.document import Source
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.pages.columns import FILE
from ocrdesk.ui.pages.folder_heading import FolderHeading
from ocrdesk.ui.pages.page_grid import HEADING
from ocrdesk.ui.pages.pages_pane import PagesPane

LEFT = Qt.MouseButton.LeftButton


class Shown:
    """The pane of pages with a batch in it."""

    def __init__(self, qtbot, library, laid) -> None:
        self.qtbot, self.library = qtbot, library
        self.window = laid.window
        self.desk = laid
        self.pane = PagesPane(self.desk)
        self.grid, self.model = self.pane.grid, self.pane.model
        self.heading = self.grid.findChild(FolderHeading)
        self.window.setCentralWidget(self.pane)
        self.window.resize(700, 600)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def show(self, names: list[str]) -> list[int]:
        """Shows pages of these names, none of them read."""
        batch_id = self.library.batch_of_folder(Path("/scans"), whole=True)
        added = self.library.add_pages(batch_id, [Source(Path("/scans", name), name) for name in names])
        self.model.set_batch(batch_id)
        self.qtbot.waitUntil(lambda: self.model.rowCount() == len(names))
        self.grid.setFocus()
        return list(added.page_ids)

    def rect(self, row: int):
        return self.grid.visualRect(self.model.index(row, FILE))

    def current(self) -> int:
        return self.grid.currentIndex().row()

    def key(self, key: Qt.Key, held=Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.grid, key, held)

    def chosen(self) -> list[int]:
        return sorted(index.row() for index in self.grid.selectionModel().selectedRows())


@pytest.fixture
def shown(qtbot, library, laid):
    return Shown(qtbot, library, laid)


def in_folders(**counts: int) -> list[str]:
    return [f"{folder}/{number}.png" for folder, count in counts.items() for number in range(count)]


def test_the_folder_at_the_top_is_named_above_the_pages(shown):
    shown.show(in_folders(april=30, may=30))
    assert shown.heading.isVisible()
    assert shown.heading.accessibleName() == "april, 30 pages"
    assert shown.grid.viewport().y() == shown.heading.geometry().bottom() + 1
    shown.grid.scrollTo(shown.model.index(59, FILE))
    assert shown.heading.accessibleName() == "may, 30 pages"


def seen(widget, rect: QRect) -> QImage:
    return widget.grab(rect).toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_each_heading_is_seen_once_wherever_the_list_stands(shown):
    """Above the pages and between them is one strip, along which the headings move."""
    shown.show(in_folders(april=30, may=30))
    heading, view, bar = shown.heading, shown.grid.viewport(), shown.grid.verticalScrollBar()
    whole = QRect(0, 0, view.width(), HEADING)
    upper, lower = whole.adjusted(0, 0, 0, -HEADING // 2), whole.adjusted(0, HEADING // 2, 0, 0)
    bar.setValue(bar.maximum())
    may = seen(heading, whole)
    bar.setValue(shown.rect(30).top() + bar.value() - SPACE // 2 - HEADING)
    assert heading.accessibleName() == "april, 30 pages"
    assert seen(view, whole) == may
    bar.setValue(bar.value() + HEADING // 2)
    assert heading.accessibleName() == "april, 30 pages"
    assert (seen(heading, lower), seen(view, upper)) == (may.copy(upper), may.copy(lower))
    shown.qtbot.mouseClick(heading, LEFT, pos=lower.center())
    assert (shown.rect(29).isNull(), shown.rect(30).isNull()) == (False, True)


def test_pages_in_one_folder_have_no_heading(shown):
    shown.show(in_folders(april=30))
    assert not shown.heading.isVisible()


def test_sorted_otherwise_pages_are_not_parted(shown):
    shown.show(in_folders(april=3, may=3))
    assert shown.heading.isVisible()
    shown.model.sort(2, Qt.SortOrder.AscendingOrder)
    shown.qtbot.waitUntil(lambda: not shown.heading.isVisible())


def test_a_click_on_a_heading_folds_the_folder_away_and_another_shows_it_again(shown):
    shown.show(in_folders(april=2, may=4, june=2))
    may = QPoint(40, shown.rect(2).top() - HEADING // 2)
    shown.qtbot.mouseClick(shown.grid.viewport(), LEFT, pos=may)
    assert (shown.rect(2).isNull(), shown.rect(6).isNull()) == (True, False)
    shown.qtbot.mouseClick(shown.grid.viewport(), LEFT, pos=may)
    assert not shown.rect(2).isNull()
    shown.qtbot.mouseClick(shown.heading, LEFT)
    assert (shown.rect(0).isNull(), shown.rect(2).isNull()) == (True, False)


def test_pages_added_later_join_their_folder(shown):
    shown.show(in_folders(april=2, may=2))
    batch_id = shown.model.batch_id
    shown.library.add_pages(batch_id, [Source(Path("/scans/may/9.png"), "may/9.png")])
    shown.model.reload()
    shown.qtbot.waitUntil(lambda: shown.model.rowCount() == 5)
    assert shown.rect(4).top() == shown.rect(3).top()


def test_arrows_go_through_lines_and_folders(shown):
    shown.show(in_folders(april=2, may=5))
    shown.key(Qt.Key.Key_Home)
    visited = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Home):
        shown.key(key)
        visited.append(shown.current())
    assert visited == [1, 3, 1, 0, 6, 0]


def test_shift_and_an_arrow_choose_all_from_where_it_began(shown):
    shown.show(in_folders(april=2, may=5))
    shown.key(Qt.Key.Key_Home)
    shown.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert shown.chosen() == [0, 1, 2]


def test_the_current_page_is_scrolled_into_sight(shown):
    shown.show(in_folders(april=40, may=40))
    shown.key(Qt.Key.Key_End)
    assert shown.grid.viewport().rect().contains(shown.rect(79))
    shown.key(Qt.Key.Key_Home)
    assert shown.grid.viewport().rect().contains(shown.rect(0))


def test_the_frame_of_the_current_page_is_there_once_keys_are_used(shown):
    shown.show(in_folders(april=6))
    shown.qtbot.mouseClick(shown.grid.viewport(), LEFT, pos=shown.rect(1).center())
    clicked = shown.grid.viewport().grab(shown.rect(1)).toImage()
    shown.key(Qt.Key.Key_Right)
    shown.key(Qt.Key.Key_Left)
    assert shown.grid.viewport().grab(shown.rect(1)).toImage() != clicked


def test_where_no_page_is_chosen_the_first_one_has_an_edge_because_it_is_shown_beside(shown):
    shown.show(in_folders(april=6))
    assert not shown.chosen()
    edge = QPoint(shown.rect(0).left() + 40, shown.rect(0).top() + 1)
    beside = QPoint(shown.rect(1).left() + 40, shown.rect(1).top() + 1)
    ground = shown.grid.palette().color(QPalette.ColorRole.Base)

    def colour(place: QPoint) -> QColor:
        return shown.grid.viewport().grab().toImage().pixelColor(place)

    assert colour(edge) != ground
    assert colour(beside) == ground
    shown.qtbot.mouseClick(shown.grid.viewport(), LEFT, pos=shown.rect(1).center())
    shown.qtbot.waitUntil(lambda: colour(beside) != ground)
    assert colour(edge) == ground


def test_the_last_line_can_be_scrolled_clear_of_a_message(shown):
    shown.show(in_folders(april=40))
    bar = shown.grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert shown.rect(39).bottom() < shown.grid.viewport().height() - 100


def test_tens_of_thousands_of_pages_are_laid_out_at_once(shown):
    shown.show(in_folders(**{f"volume {number}": 1000 for number in range(20)}))
    begun = time.thread_time()
    for width in (700, 800, 900):
        shown.window.resize(width, 600)
        shown.rect(19_999)
    assert time.thread_time() - begun < 0.3


def test_another_batch_is_seen_from_its_beginning(shown):
    shown.show(in_folders(april=40))
    bar = shown.grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    other = shown.library.batch_of_folder(Path("/letters"), whole=True)
    shown.library.add_pages(other, [Source(Path("/letters", f"{number}.png"), f"{number}.png") for number in range(40)])
    shown.model.set_batch(other)
    shown.qtbot.waitUntil(lambda: shown.model.rowCount() == 40)
    assert bar.value() == 0


def test_a_page_in_the_last_line_is_shown_clear_of_a_message(shown):
    shown.show(in_folders(april=40))
    for row, room in ((39, 100), (20, 0)):
        shown.grid.verticalScrollBar().setValue(0)
        shown.grid.scrollTo(shown.model.index(row, FILE))
        below = shown.grid.viewport().height() - shown.rect(row).bottom()
        assert room <= below < room + 30


def test_screen_readers_are_told_the_current_page(shown):
    shown.show(["a.png", "b.png"])
    shown.key(Qt.Key.Key_Home)
    assert shown.grid.accessibleName() == "a.png, Waiting: Pages as thumbnails"
    shown.key(Qt.Key.Key_Right)
    assert shown.grid.accessibleName() == "b.png, Waiting: Pages as thumbnails"
    shown.model.set_batch(None)
    shown.qtbot.waitUntil(lambda: shown.grid.accessibleName() == "Pages as thumbnails")
