"""Grid, table, filter row: two views of one model and one selection."""

import pytest
from fakes import batch_of, keep, reading
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPushButton, QSlider

from ocrdesk.engine.corrections.changes import accepted
from ocrdesk.engine.document import Reading
from ocrdesk.engine.library import PageFilter
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.kit import selections
from ocrdesk.ui.kit.selections import chosen_rows
from ocrdesk.ui.pages.columns import COLUMNS, FILE, LINES, TO_CHECK
from ocrdesk.ui.pages.pages_pane import PagesPane

CTRL, SHIFT, NO = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
LEFT = Qt.MouseButton.LeftButton


class Pane:
    def __init__(self, qtbot, library, laid) -> None:
        self.qtbot = qtbot
        self.window = laid.window
        self.desk = laid
        self.actions = self.desk.actions
        self.window.addActions(self.actions.all())
        self.pane = PagesPane(self.desk)
        self.model, self.thumbnails = self.pane.model, self.pane.thumbnails
        self.window.setCentralWidget(self.pane)
        self.window.resize(900, 600)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def click(self, view: QAbstractItemView, row: int, held=NO, column: int = FILE) -> None:
        self.qtbot.mouseClick(view.viewport(), LEFT, held, self.place(view, row, column))

    def click_heading(self, column: int) -> None:
        header = self.pane.table.horizontalHeader()
        place = QPoint(header.sectionViewportPosition(column) + 10, header.height() // 2)
        self.qtbot.mouseClick(header.viewport(), LEFT, pos=place)

    def place(self, view: QAbstractItemView, row: int, column: int = FILE) -> QPoint:
        return view.visualRect(self.model.index(row, column)).center()

    def drag(self, view: QAbstractItemView, start: QPoint, end: QPoint, held=NO) -> None:
        """Presses somewhere, moves elsewhere and lets go."""
        viewport = view.viewport()
        self.qtbot.mousePress(viewport, LEFT, held, start)
        for part in (1, 2):
            self.qtbot.mouseMove(viewport, start + (end - start) * part / 2)
            if view.state() == QAbstractItemView.State.NoState:
                held = CTRL  # a drag takes the release for itself; with Ctrl held it changes nothing here
                break
        self.qtbot.mouseRelease(viewport, LEFT, held, end)

    def shown(self, view: QAbstractItemView) -> list[str]:
        return [view.model().index(row, FILE).data() for row in range(view.model().rowCount())]

    def rows(self, view: QAbstractItemView) -> list[int]:
        """The rows chosen in a view, whole ones only."""
        return sorted(index.row() for index in view.selectionModel().selectedRows())


@pytest.fixture
def pane(qtbot, library, laid):
    return Pane(qtbot, library, laid)


@pytest.fixture
def six_pages(library, pane):
    """Sure in falling order, the third without text, the fourth failed, the last waiting."""
    batch_id, pages = batch_of(library, 6)
    keep(library, pages[0], reading("alpha", "beta", confidence=0.95))
    keep(library, pages[1], reading("gamma", confidence=0.5))
    keep(library, pages[2], Reading((), width=20, height=10))
    library.checkpoints.keep_failure(pages[3], "The file is empty.")
    keep(library, pages[4], reading("delta", "x", "y", confidence=0.65))
    pane.model.set_batch(batch_id)
    return batch_id, pages


def test_what_is_chosen_in_one_view_is_chosen_in_the_other(pane, six_pages):
    grid, table = pane.pane.grid, pane.pane.table
    pane.click(grid, 0)
    pane.click(grid, 2, CTRL)
    assert pane.rows(table) == pane.rows(grid) == [0, 2]
    assert len(pane.pane.selection.selectedIndexes()) == 2 * len(COLUMNS), "whole rows"

    pane.actions["view_table"].trigger()
    assert table.isVisible()
    assert not grid.isVisible()
    assert pane.rows(table) == [0, 2]
    pane.click(table, 1, column=TO_CHECK)
    pane.click(table, 4, SHIFT, column=LINES)
    pane.actions["view_grid"].trigger()
    assert grid.isVisible()
    assert pane.rows(grid) == [1, 2, 3, 4]
    pane.qtbot.keyClick(grid, Qt.Key.Key_Home)
    assert pane.rows(table) == [0]
    grid.selectAll()
    assert len(pane.pane.selection.selectedRows()) == 6


def test_the_keyboard_goes_on_in_the_other_view_where_it_was(pane, six_pages):
    pane.actions["view_table"].trigger()
    pane.click(pane.pane.table, 2, column=LINES)
    assert pane.pane.table.hasFocus()
    pane.actions["view_grid"].trigger()
    pane.pane.focus_pages()
    assert pane.pane.grid.hasFocus()
    pane.qtbot.keyClick(pane.pane.grid, Qt.Key.Key_Right)
    assert pane.rows(pane.pane.grid) == [3]


def test_a_click_on_a_heading_sorts_once_more_turns_and_thrice_ends_it(pane, six_pages):
    pane.actions["view_table"].trigger()
    pane.click(pane.pane.table, 4)
    in_order = ["1.png", "2.png", "3.png", "4.png", "5.png", "6.png"]
    assert pane.shown(pane.pane.table) == in_order
    pane.click_heading(LINES)
    rising = pane.shown(pane.pane.table)
    assert [name for name in rising if name not in ("4.png", "6.png")] == ["3.png", "2.png", "1.png", "5.png"]
    pane.click_heading(LINES)
    assert pane.shown(pane.pane.table)[:4] == ["5.png", "1.png", "2.png", "3.png"]
    assert pane.rows(pane.pane.table) == [0], "the chosen page stays chosen"
    pane.click_heading(LINES)
    assert pane.shown(pane.pane.table) == in_order


def test_chips_filter_both_views_and_an_empty_one_says_why(pane, six_pages, library):
    batch_id, _ = six_pages
    pane.desk.chosen.tell(Change(batch_id))
    pane.desk.chosen.choose_batch(batch_id)
    chips = pane.pane.chips
    found = {}
    for show in PageFilter:
        chip = chips.findChild(QPushButton, f"chip{show.value.capitalize()}")
        if not chip.isVisible():
            assert show is PageFilter.CORRECTED, "there are none here"
            continue
        pane.qtbot.mouseClick(chip, LEFT)
        found[show] = pane.shown(pane.pane.grid)
        assert len(found[show]) == int(chip.text().split()[-1]), "the chip promised so many"
    assert found[PageFilter.DOUBTFUL] == ["2.png", "5.png"]
    assert found[PageFilter.BLANK] == ["3.png"]
    assert found[PageFilter.FAILED] == ["4.png"]

    library.runs.drop_checkpoints(library.page_ids(batch_id, PageFilter.FAILED))
    pane.model.reload()
    said = [label.text() for label in pane.pane.findChildren(QLabel) if label.isVisible()]
    assert "No page failed." in said
    assert not pane.pane.grid.isVisible()
    pane.pane.forget_filter()
    assert pane.pane.grid.isVisible()
    assert len(pane.shown(pane.pane.grid)) == 6


@pytest.mark.parametrize("view_name", ["grid", "table"])
def test_what_is_chosen_and_seen_stays_when_thousands_of_pages_go_and_come(pane, library, view_name):
    batch_id, pages = batch_of(library, 3000)
    with library._connection.write() as db:
        db.execute("UPDATE page SET status = 'done', line_count = 1, to_check = id % 2")
    pane.model.set_batch(batch_id)
    pane.actions[f"view_{view_name}"].trigger()
    view, selection = getattr(pane.pane, view_name), pane.pane.selection
    current = pane.model.row_of(pages[2000])
    view.scrollTo(pane.model.index(current, 0))
    pane.click(view, current + 1)
    pane.click(view, current, CTRL)
    changes = []
    selection.selectionChanged.connect(lambda: changes.append(len(pane.rows(view))))

    pane.pane.show_only(PageFilter.DOUBTFUL)
    assert pane.model.rowCount() == 1500
    assert pane.model.ids_at(pane.rows(view)) == [pages[2000]]
    seen = view.viewport().rect()
    assert seen.intersects(view.visualRect(pane.model.index(1000, 0)))

    pane.pane.show_only(PageFilter.ALL)
    assert pane.model.ids_at(pane.rows(view)) == [pages[2000]]
    assert seen.intersects(view.visualRect(pane.model.index(2000, 0)))

    pane.pane.show_only(PageFilter.BLANK)
    assert changes[-1] == 0, "who shows what is chosen is told that nothing is"


def test_pages_that_stay_chosen_are_told_once_and_asked_of_qt_once(pane, library, monkeypatch):
    batch_id, pages = batch_of(library, 2000)
    pane.model.set_batch(batch_id)
    pane.pane.selection.choose_rows(pane.model.rows_of(pages[::2]))
    pane.pane.selection.setCurrentIndex(pane.model.index(4, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
    asked, moves = [], []
    monkeypatch.setattr(selections, "chosen_rows", lambda it: asked.append(it) or chosen_rows(it))
    chosen = pane.desk.chosen
    chosen.pages_moved.connect(lambda: moves.append((chosen.page(), len(chosen.page_ids()))))
    for order in (Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder):
        moves.clear()
        pane.model.sort(0, order)
        assert sorted(chosen.page_ids()) == pages[::2]
        pane.qtbot.waitUntil(lambda: bool(moves))
        assert moves == [(library.page(pages[4]), 1000)], "never is another page taken for the one that is looked at"
    assert asked == []
    pane.model.set_filter(PageFilter.BLANK)
    pane.model.set_filter(PageFilter.ALL)
    assert chosen.page_ids() == [], "what is no longer shown is not chosen when it comes back"


@pytest.mark.parametrize("view_name", ["grid", "table"])
def test_all_are_chosen_with_one_piece_also_where_many_were(pane, library, view_name):
    batch_id, pages = batch_of(library, 1000)
    pane.model.set_batch(batch_id)
    pane.actions[f"view_{view_name}"].trigger()
    view, selection = getattr(pane.pane, view_name), pane.pane.selection
    selection.choose_rows(pane.model.rows_of(pages[::2]))
    assert len(selection.selection().toList()) == 500
    pane.pane.focus_pages()
    pane.qtbot.keyClick(view, Qt.Key.Key_A, CTRL)
    assert len(pane.rows(view)) == 1000
    assert len(selection.selection().toList()) == 1


def test_it_says_that_it_is_searching(pane, six_pages, library):
    batch_id, _ = six_pages
    pane.desk.chosen.tell(Change(batch_id))
    pane.desk.chosen.choose_batch(batch_id)
    state = pane.pane.findChild(QLabel, "batchState")
    before = state.text()
    pane.model.search.searching.emit(True)
    assert state.text() == f"Searching… · {before}"
    pane.model.search.searching.emit(False)
    assert state.text() == before


def test_the_slider_sizes_thumbnails_and_is_there_only_with_them(pane, six_pages):
    slider = pane.pane.findChild(QSlider, "sizeSlider")
    assert slider.isVisible()
    heights = []
    for step in range(slider.minimum(), slider.maximum() + 1):
        slider.setValue(step)
        first, second = (pane.pane.grid.visualRect(pane.model.index(row, 0)) for row in (0, 1))
        heights.append(first.height())
        assert not first.intersects(second)
    assert heights == sorted(set(heights))
    pane.actions["view_table"].trigger()
    assert not slider.isVisible()


def test_pages_removed_behind_the_views_back_are_painted_as_nothing(pane, six_pages, library):
    batch_id, pages = six_pages
    for action, view in ((pane.actions["view_grid"], pane.pane.grid), (pane.actions["view_table"], pane.pane.table)):
        action.trigger()
        place = view.visualRect(pane.model.index(0, FILE)).adjusted(2, 2, -2, -2)
        with_page = view.viewport().grab(place).toImage()
        library.remove_pages([pages.pop(0)])
        pane.model.set_batch(batch_id)  # knows the pages that are left
        library.remove_pages([pages.pop(0)])
        assert view.viewport().grab(place).toImage() != with_page
        pane.model.reload()
    assert pane.shown(view) == ["5.png", "6.png"]


def test_the_pane_works_without_a_batch(pane):
    assert pane.shown(pane.pane.grid) == []
    pane.actions["view_table"].trigger()
    pane.actions["view_grid"].trigger()
    pane.click_heading(LINES)
    pane.qtbot.keyClick(pane.pane.grid, Qt.Key.Key_Return)
    assert "This batch has no pages." in [label.text() for label in pane.pane.findChildren(QLabel) if label.isVisible()]


# Dragging


@pytest.fixture(params=["grid", "table"])
def view(pane, six_pages, request) -> QAbstractItemView:
    """Each of the views in turn."""
    pane.actions[f"view_{request.param}"].trigger()
    return getattr(pane.pane, request.param)


def texts(dragged) -> list[str]:
    return [drag.mimeData().text() for drag in dragged]


def test_a_page_that_is_not_chosen_is_chosen_and_dragged(pane, view, dragged):
    pane.click(view, 0)
    pane.drag(view, pane.place(view, 1), pane.place(view, 3))
    assert texts(dragged) == ["gamma"]
    assert pane.rows(view) == [1], "nothing is chosen on the way"
    assert dragged[0].source() is view
    assert dragged[0].actions == Qt.DropAction.CopyAction


def test_all_chosen_pages_are_dragged_together_and_stay_chosen(pane, view, dragged):
    pane.click(view, 4)
    pane.click(view, 1, CTRL)
    pane.drag(view, pane.place(view, 4), pane.place(view, 5))
    assert texts(dragged) == ["gamma\n\ndelta x y"]
    assert pane.rows(view) == [1, 4]
    pane.click(view, 1)
    assert pane.rows(view) == [1], "a click on one of them chooses it alone"


def test_with_shift_and_ctrl_the_pages_chosen_so_are_dragged(pane, view, dragged):
    pane.click(view, 1)
    pane.drag(view, pane.place(view, 4), pane.place(view, 5), SHIFT)
    assert pane.rows(view) == [1, 2, 3, 4]
    pane.click(view, 0)
    pane.drag(view, pane.place(view, 4), pane.place(view, 5), CTRL)
    assert pane.rows(view) == [0, 4]
    assert texts(dragged) == ["gamma\n\ndelta x y", "alpha beta\n\ndelta x y"]
    assert {drag.actions for drag in dragged} == {Qt.DropAction.CopyAction}, "Shift would move"


def test_from_empty_ground_a_rubber_band_chooses(pane, six_pages, dragged):
    grid = pane.pane.grid
    last = grid.visualRect(pane.model.index(5, FILE))
    pane.drag(grid, last.bottomRight() + QPoint(40, 40), pane.place(grid, 0))
    assert dragged == []
    assert {0, 5} <= set(pane.rows(grid))


def test_a_double_click_opens_a_page_and_drags_nothing(pane, view, dragged):
    with pane.qtbot.waitSignal(view.activated):
        pane.click(view, 1)
        pane.qtbot.mouseDClick(view.viewport(), LEFT, pos=pane.place(view, 1))
    pane.qtbot.mouseRelease(view.viewport(), LEFT, pos=pane.place(view, 1))
    assert dragged == []


def test_a_card_is_painted_within_its_place(pane, six_pages):
    """Qt repaints no more than that when it is chosen, or the pointer comes and goes."""
    grid = pane.pane.grid
    grid.setFocus()
    pane.pane.selection.setCurrentIndex(pane.model.index(1, FILE), QItemSelectionModel.SelectionFlag.NoUpdate)
    pane.qtbot.mouseMove(grid.viewport(), QPoint(grid.viewport().width() - 5, grid.viewport().height() - 5))
    before = grid.viewport().grab().toImage()
    pane.click(grid, 1)
    after = grid.viewport().grab().toImage()
    place = grid.visualRect(pane.model.index(1, FILE))
    changed = [
        QPoint(x, y)
        for x in range(place.left() - 10, place.right() + 10)
        for y in range(place.bottom() + 10)
        if before.pixel(x, y) != after.pixel(x, y)
    ]
    assert changed
    assert all(place.contains(point) for point in changed)


def test_the_card_under_the_pointer_stands_out_until_it_leaves(pane, six_pages):
    grid = pane.pane.grid
    place = grid.visualRect(pane.model.index(1, FILE)).topLeft() + QPoint(5, 60)
    plain = grid.viewport().grab().toImage().pixelColor(place)
    pane.qtbot.mouseMove(grid.viewport(), pane.place(grid, 1))
    assert grid.viewport().grab().toImage().pixelColor(place) != plain
    pane.qtbot.mouseMove(grid.viewport(), pane.place(grid, 2))
    assert grid.viewport().grab().toImage().pixelColor(place) == plain


@pytest.mark.parametrize("as_table", [False, True])
def test_a_page_whose_last_word_is_corrected_stays_under_the_hands(qtbot, library, pane, as_table):
    batch_id, pages = batch_of(library, 4)
    for page_id in pages[:3]:
        keep(library, page_id, reading("gamma", confidence=0.3))
    pane.desk.chosen.tell(Change(batch_id))
    pane.desk.chosen.choose_batch(batch_id)
    pane.actions["view_table" if as_table else "view_grid"].trigger()
    view = pane.pane.table if as_table else pane.pane.grid
    pane.pane.show_only(PageFilter.DOUBTFUL)
    pane.click(view, 0)
    library.corrections.keep(pages[0], accepted(library.texts.of(pages[0]).lines[0]))
    pane.desk.chosen.tell(Change(batch_id, frozenset([pages[0]])))
    assert pane.desk.chosen.page().id == pages[0]
    assert pane.model.rowCount() == 3
    pane.click(view, 2)
    qtbot.waitUntil(lambda: pane.model.rowCount() == 2)
    assert pane.desk.chosen.page_ids() == [pages[2]]
