"""Selections of tens of thousands of rows, without what Qt does for each of them."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel

LOOKED_AT = 100
"""A view that is told of more rows paints all that is seen, rather than look where each of them is."""


def chosen_rows(selection: QItemSelectionModel) -> list[int]:
    """The rows of a selection, from the top. Qt's own ``selectedRows`` asks about each cell, and takes long."""
    rows: list[int] = []
    for part in selection.selection().toList():
        top, bottom = part.top(), part.bottom()
        if top == bottom:  # thousands of single rows, where every second one is chosen
            rows.append(top)
        else:
            rows.extend(range(top, bottom + 1))
    return sorted(set(rows))


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
