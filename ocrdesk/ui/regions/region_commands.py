"""What can be done with the regions of the chosen batch."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ocrdesk.engine.layout.regions import Region
from ocrdesk.engine.library.texts import PageTexts
from ocrdesk.ui.kit.actions import Actions
from ocrdesk.ui.regions.region_bar import RegionBar
from ocrdesk.ui.regions.region_layer import RegionLayer


class RegionCommands(QObject):
    """Lets regions be drawn while its action is checked, and keeps every change at once.

    Attributes:
        batch_changed: A batch has other regions, and so other text; carries its number.
        page_wanted: Regions are to be drawn: a page of the batch is to be seen.
    """

    batch_changed = Signal(int)
    page_wanted = Signal()

    def __init__(
        self,
        window: QWidget,
        actions: Actions,
        texts: PageTexts,
        layer: RegionLayer,
        bar: RegionBar,
        chosen: Callable[[], int | None],
    ) -> None:
        super().__init__(window)
        self._action = actions.regions
        self._texts = texts
        self._layer = layer
        self._bar = bar
        self._chosen = chosen
        self._batch_id: int | None = None
        self._before: list[tuple[Region, ...]] = []
        self._keys = [
            _shortcut(window, QKeySequence(QKeySequence.StandardKey.Undo), self.undo),
            _shortcut(window, QKeySequence(Qt.Key.Key_Escape), self.leave),
        ]
        self._action.toggled.connect(self._on_toggled)
        layer.wanted.connect(self._keep)
        layer.chosen_changed.connect(lambda: bar.show_chosen(layer.describe_chosen()))
        bar.only_chosen.connect(layer.draw_only)
        bar.undo_wanted.connect(self.undo)
        bar.done.connect(self.leave)
        self.update_actions()

    def update_actions(self) -> None:
        """Follows the chosen batch: regions are drawn for one batch only."""
        batch_id = self._chosen()
        self._action.setEnabled(batch_id is not None)
        if self._action.isChecked() and batch_id != self._batch_id:
            self.leave()

    def leave(self) -> None:
        """Ends the drawing."""
        self._action.setChecked(False)

    def undo(self) -> None:
        """Takes the last change since the drawing began back."""
        if self._before and self._batch_id is not None:
            self._texts.set_regions(self._batch_id, self._before[-1])
            self._before.pop()
            self._follow(self._batch_id)

    def _on_toggled(self, drawing: bool) -> None:
        self._batch_id = self._chosen() if drawing else None
        self._before.clear()
        self._bar.show_undo(False)
        self._bar.setVisible(drawing)
        self._layer.set_active(drawing)
        for key in self._keys:
            key.setEnabled(drawing)
        if drawing:
            self.page_wanted.emit()

    def _keep(self, regions: tuple[Region, ...]) -> None:
        if (batch_id := self._batch_id) is not None:
            before = self._texts.regions(batch_id)
            self._texts.set_regions(batch_id, regions)
            self._before.append(before)
            self._follow(batch_id)

    def _follow(self, batch_id: int) -> None:
        """Shows what is kept now."""
        self._layer.show_regions(self._texts.regions(batch_id))
        self._bar.show_undo(bool(self._before))
        self.batch_changed.emit(batch_id)


def _shortcut(window: QWidget, keys: QKeySequence, act: Callable[[], None]) -> QShortcut:
    """A key of the whole window, wherever the focus is: the pages are gone through while regions are drawn."""
    shortcut = QShortcut(keys, window)
    shortcut.activated.connect(act)
    shortcut.setEnabled(False)
    return shortcut
