"""Keeps what is chosen in a list, and which part of it is seen, when the list is made anew."""

from PySide6.QtCore import QItemSelectionModel, QObject, QPoint
from PySide6.QtWidgets import QAbstractItemView

from ocrdesk.ui.desk.chosen import Chosen
from ocrdesk.ui.kit.selections import RowSelection
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.pages.page_model import PageModel

LOOKED_AT = 1000
"""How many pages from the topmost one on may take its place there."""


class KeptPlace(QObject):
    """Stands beside the views of a page model; made after they were given the model, whose resets they see first."""

    def __init__(
        self, model: PageModel, chosen: Chosen, selection: RowSelection, views: list[QAbstractItemView]
    ) -> None:
        super().__init__(model)
        self._model = model
        self._chosen = chosen
        self._selection = selection
        self._views = views
        self._chosen_ids: list[int] = []
        self._batch_id = model.batch_id
        self._current: int | None = None
        self._is_current_seen = False
        self._seen: list[int] = []
        model.modelAboutToBeReset.connect(self._note)
        model.modelReset.connect(self._restore)
        model.rowsAboutToBeRemoved.connect(self._note_current)
        for changed in (model.rowsRemoved, model.folders_changed):  # the views see both first
            changed.connect(self._see_current)

    def _note(self) -> None:
        current = self._selection.currentIndex()
        self._chosen_ids = self._model.ids_at(self._selection.rows())
        self._current = self._model.ids_at([current.row()])[0] if current.isValid() else None
        self._is_current_seen, self._seen = False, []
        if (view := self._view()) is not None:
            self._is_current_seen = view.viewport().rect().intersects(view.visualRect(current))
            top = view.indexAt(QPoint(view.viewport().width() // 8, SPACE))
            if top.isValid():
                self._seen = self._model.ids_at(range(top.row(), min(top.row() + LOOKED_AT, self._model.rowCount())))

    def _note_current(self) -> None:
        view, current = self._view(), self._selection.currentIndex()
        self._is_current_seen = view is not None and view.viewport().rect().intersects(view.visualRect(current))

    def _see_current(self) -> None:
        """Brings the page that is looked at back into sight if what went moved it out of there."""
        current = self._selection.currentIndex()
        if self._is_current_seen and current.isValid() and (view := self._view()) is not None:
            view.scrollTo(current.siblingAtColumn(0))

    def _restore(self) -> None:
        current = self._model.row_of(self._current) if self._current is not None else None
        top = next((row for page_id in self._seen if (row := self._model.row_of(page_id)) is not None), None)
        is_current_seen = current is not None and self._is_current_seen
        with self._chosen.moving_once():
            self._choose(current, near=(current if is_current_seen else top) or 0)
        is_other_batch, self._batch_id = self._batch_id != self._model.batch_id, self._model.batch_id
        if is_other_batch:
            for each in self._views:
                each.scrollToTop()
        if (view := self._view()) is None:
            return
        if current is not None and is_current_seen:
            view.scrollTo(self._model.index(current, 0))
        elif top is not None:
            view.scrollTo(self._model.index(top, 0), QAbstractItemView.ScrollHint.PositionAtTop)

    def _choose(self, current: int | None, near: int) -> None:
        """Chooses what was chosen, as far as it is shown."""
        if current is not None:
            self._selection.setCurrentIndex(self._model.index(current, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        self._selection.choose_rows(self._model.rows_of(self._chosen_ids), near)

    def _view(self) -> QAbstractItemView | None:
        """The view that is seen."""
        return next((view for view in self._views if view.isVisible()), None)
