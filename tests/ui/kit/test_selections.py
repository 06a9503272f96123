"""Selections of many rows, which Qt is given in pieces."""

import pytest
from PySide6.QtCore import QAbstractTableModel, QItemSelection, QItemSelectionModel, QModelIndex

from ocrdesk.ui.kit.selections import PIECE, SEEN, RowSelection, chosen_rows, runs_of

ROOT = QModelIndex()
SELECT = QItemSelectionModel.SelectionFlag.Select
CLEAR = QItemSelectionModel.SelectionFlag.ClearAndSelect
COUNT = 6 * PIECE


class Table(QAbstractTableModel):
    """Rows without content."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    def rowCount(self, parent=ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent=ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else 2

    def put_before(self, count: int) -> None:
        self.beginInsertRows(ROOT, 0, count - 1)
        self._count += count
        self.endInsertRows()

    def make_anew(self) -> None:
        self.beginResetModel()
        self.endResetModel()


class Selection:
    """A selection, and what Qt knows of it."""

    def __init__(self) -> None:
        self.table = Table(COUNT)
        self.rows = RowSelection(self.table)
        self.told: list[int] = []
        self.rows.rows_changed.connect(lambda: self.told.append(len(self.rows.rows())))

    def known(self) -> list[int]:
        """The rows that Qt takes for chosen."""
        return [row for row in range(self.table.rowCount()) if self.rows.isRowSelected(row)]

    def select(self, row: int, command=SELECT) -> None:
        self.rows.select(QItemSelection(self.table.index(row, 0), self.table.index(row, 1)), command)


@pytest.fixture
def selection(qapp):
    return Selection()


SCATTERED = list(range(0, COUNT, 2))


def test_rows_are_known_from_the_top(selection):
    selection.select(5)
    selection.select(2)
    selection.rows.select(QItemSelection(selection.table.index(4, 0), selection.table.index(6, 1)), SELECT)
    assert selection.rows.rows() == [2, 4, 5, 6] == chosen_rows(selection.rows)
    assert [selection.rows.has_row(row) for row in (2, 3, 6, 7)] == [True, False, True, False]
    assert selection.told == [1, 2, 4]


def test_few_runs_are_given_at_once(selection):
    selection.rows.choose_rows([1, 2, 7])
    assert selection.known() == [1, 2, 7] == selection.rows.rows()
    selection.rows.choose_rows([3])
    assert selection.known() == [3]
    assert selection.told == [3, 1]


def test_of_many_runs_those_that_are_seen_come_first_and_all_are_told_once(qtbot, selection):
    selection.rows.choose_rows(SCATTERED, near=3000)
    assert selection.known() == [row for row in SCATTERED if abs(row - 3000) <= SEEN and row < 3000 + SEEN]
    assert selection.rows.rows() == SCATTERED
    qtbot.waitUntil(lambda: selection.rows.isRowSelected(SCATTERED[-1]))
    assert selection.known() == SCATTERED == selection.rows.rows()
    assert selection.told == [len(SCATTERED)]


def test_who_adds_to_what_is_chosen_meanwhile_finds_it_whole(selection):
    selection.rows.choose_rows(SCATTERED)
    selection.select(1)
    assert selection.rows.rows() == sorted([1, *SCATTERED]) == selection.known()


def test_who_asks_qt_what_is_chosen_meanwhile_is_given_all(selection):
    selection.rows.choose_rows(SCATTERED)
    assert selection.rows.selection().count() == len(SCATTERED)


def test_who_chooses_something_else_meanwhile_ends_it(qtbot, selection):
    selection.rows.choose_rows(SCATTERED)
    selection.select(1, CLEAR)
    qtbot.waitUntil(lambda: not selection.rows._more.isActive())
    assert selection.rows.rows() == [1] == selection.known()


def test_rows_that_come_meanwhile_move_it_on(selection):
    selection.rows.rows_changed.disconnect()  # nobody asks for the rows before they move
    selection.rows.choose_rows(SCATTERED)
    selection.table.put_before(3)
    assert selection.rows.rows() == [row + 3 for row in SCATTERED] == selection.known()


def test_of_a_table_that_is_made_anew_meanwhile_nothing_is_chosen(qtbot, selection):
    selection.rows.choose_rows(SCATTERED)
    selection.table.make_anew()
    qtbot.waitUntil(lambda: not selection.rows._more.isActive())
    assert selection.rows.rows() == [] == selection.known()


def test_runs_follow_each_other():
    assert runs_of([]) == []
    assert runs_of([1, 2, 3, 7, 9, 10]) == [(1, 3), (7, 7), (9, 10)]
