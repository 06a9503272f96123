"""Selections of tens of thousands of rows, without what Qt does for each of them."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from typing import overload

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QTimer,
    Signal,
)

LOOKED_AT = 100
"""A view that is told of more rows paints all that is seen, rather than look where each of them is."""

PIECE = 1000
"""How many runs of rows Qt is given at once: each takes a few microseconds."""

SEEN = 250
"""How far around a row others are given to Qt before all that follows."""

_Index = QModelIndex | QPersistentModelIndex
_Flag = QItemSelectionModel.SelectionFlag


class RowSelection(QItemSelectionModel):
    """Which rows of a table are chosen.

    Knows them by their numbers, since Qt takes long to say which they are where thousands of single ones are chosen.
    Qt takes as long to be given them, so it gets those that are seen first, and the rest in pieces while the window
    goes on; whoever changes what is chosen meanwhile finds it whole.

    Attributes:
        rows_changed: Other rows are chosen. Unlike ``selectionChanged`` it is told once of rows given in pieces.
    """

    rows_changed = Signal()

    def __init__(self, model: QAbstractTableModel) -> None:
        super().__init__(model, model)
        self._table = model
        self._rows: list[int] | None = []  # None: Qt is to be asked
        self._rest: Iterator[tuple[int, int]] | None = None
        self._gathered = QItemSelection()
        self._is_giving = False
        self._more = QTimer(self, interval=0)
        self._more.timeout.connect(self._gather)
        self.selectionChanged.connect(self._on_changed)
        for about_to_change in (model.rowsAboutToBeInserted, model.rowsAboutToBeRemoved, model.layoutAboutToBeChanged):
            about_to_change.connect(self._give_rest)
        for changed in (model.rowsInserted, model.rowsRemoved, model.layoutChanged):
            changed.connect(self._forget)

    def rows(self) -> list[int]:
        """The rows, from the top."""
        if self._rows is None:
            self._rows = chosen_rows(self)
        return self._rows

    def has_row(self, row: int) -> bool:
        """Whether a row is chosen."""
        rows = self.rows()
        place = bisect_left(rows, row)
        return place < len(rows) and rows[place] == row

    def choose_rows(self, rows: list[int], near: int = 0) -> None:
        """Chooses rows, which are given from the top, and no others.

        Args:
            rows: The rows.
            near: One among those that are seen.
        """
        runs = runs_of(rows)
        self._drop_rest()
        self._rows = rows
        if len(runs) <= PIECE:
            self._give(self._with_runs(QItemSelection(), runs))
        else:
            first = bisect_left(runs, (near - SEEN, 0))
            last = bisect_left(runs, (near + SEEN, 0))
            self._give(self._with_runs(QItemSelection(), runs[first:last]))
            self._rest = iter(runs)
            self._more.start()
        self.rows_changed.emit()

    def _gather(self) -> None:
        """Makes Qt's words for some more rows, and gives it all of them once they are made."""
        assert self._rest is not None
        some = list(islice(self._rest, PIECE))
        self._with_runs(self._gathered, some)
        if len(some) < PIECE:
            gathered = self._gathered
            self._drop_rest()
            self._give(gathered)

    def _give_rest(self) -> None:
        while self._rest is not None:
            self._gather()

    def _drop_rest(self) -> None:
        self._more.stop()
        self._rest, self._gathered = None, QItemSelection()

    def _give(self, selection: QItemSelection) -> None:
        self._is_giving = True
        super().select(QItemSelection(), _Flag.Clear)  # or Qt would compare each run with all that were there
        super().select(selection, _Flag.Select)
        self._is_giving = False

    def _with_runs(self, selection: QItemSelection, runs: list[tuple[int, int]]) -> QItemSelection:
        index, last = self._table.createIndex, self._table.columnCount() - 1  # ``index`` asks for the numbers of rows
        for top, bottom in runs:
            selection.select(index(top, 0), index(bottom, last))
        return selection

    def _on_changed(self) -> None:
        if not self._is_giving:
            self._forget()
            self.rows_changed.emit()

    def _forget(self) -> None:
        self._rows = None

    # What Qt asks, and what it is told

    def selection(self) -> QItemSelection:
        self._give_rest()
        return super().selection()

    @overload
    def select(self, what: QItemSelection, command: QItemSelectionModel.SelectionFlag, /) -> None: ...
    @overload
    def select(self, what: _Index, command: QItemSelectionModel.SelectionFlag, /) -> None: ...
    def select(self, what: _Index | QItemSelection, command: QItemSelectionModel.SelectionFlag) -> None:
        if command & _Flag.Clear:
            self._drop_rest()
        else:
            self._give_rest()
        super().select(what, command)

    def reset(self) -> None:
        self._drop_rest()
        self._rows = []
        super().reset()


def chosen_rows(selection: QItemSelectionModel) -> list[int]:
    """The rows of a selection, from the top. Qt's own ``selectedRows`` asks about each cell, and takes long."""
    rows: list[int] = []
    for top, bottom in sorted((part.top(), part.bottom()) for part in selection.selection().toList()):
        rows.extend(range(max(top, rows[-1] + 1 if rows else 0), bottom + 1))
    return rows


def runs_of(rows: list[int]) -> list[tuple[int, int]]:
    """Runs of rows that follow each other, as first and last."""
    ends = [place for place in range(1, len(rows)) if rows[place] != rows[place - 1] + 1]
    return [(rows[first], rows[end - 1]) for first, end in zip([0, *ends], [*ends, len(rows)], strict=True) if rows]


def is_small(selection: QItemSelection) -> bool:
    """Whether a selection is small enough for Qt to look where each of its rows is."""
    return selection.count() <= LOOKED_AT and sum(part.height() for part in selection.toList()) <= LOOKED_AT


def choose_all(selection: QItemSelectionModel) -> None:
    """Chooses all rows. Qt's own ``selectAll`` looks at each of them, and compares it with all pieces chosen before."""
    model = selection.model()
    if model.rowCount():
        selection.clearSelection()
        last = model.index(model.rowCount() - 1, model.columnCount() - 1)
        selection.select(QItemSelection(model.index(0, 0), last), QItemSelectionModel.SelectionFlag.Select)
