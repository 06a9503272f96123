"""What can be done with the regions of the chosen batch."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ocrdesk.engine.layout.regions import Region
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command, Needs
from ocrdesk.ui.regions.region_bar import RegionBar
from ocrdesk.ui.regions.region_layer import RegionLayer


class RegionCommands(Commands):
    """Lets regions be drawn while its action is checked, and keeps every change at once."""

    def __init__(self, desk: Desk, layer: RegionLayer, bar: RegionBar) -> None:
        super().__init__(desk)
        self._texts = desk.library.texts
        self._layer = layer
        self._bar = bar
        self._batch_id: int | None = None
        self._before: list[tuple[Region, ...]] = []
        self._keys = [
            _shortcut(desk.window, QKeySequence(QKeySequence.StandardKey.Undo), self.undo),
            _shortcut(desk.window, QKeySequence(Qt.Key.Key_Escape), self.leave),
        ]
        layer.wanted.connect(self._keep)
        layer.chosen_changed.connect(lambda: bar.show_chosen(layer.describe_chosen()))
        bar.only_chosen.connect(layer.draw_only)
        bar.undo_wanted.connect(self.undo)
        bar.done.connect(self.leave)
        self.update()

    def follow(self) -> None:
        """Follows the chosen batch: regions are drawn for one batch only."""
        if self._desk.actions["regions"].isChecked() and self._desk.chosen.batch_id != self._batch_id:
            self.leave()

    def leave(self) -> None:
        """Ends the drawing."""
        self._desk.actions["regions"].setChecked(False)

    def undo(self) -> None:
        """Takes the last change since the drawing began back."""
        if self._before and self._batch_id is not None:
            self._texts.set_regions(self._batch_id, self._before[-1])
            self._before.pop()
            self._follow(self._batch_id)

    @Command("Regions…", "Draw what to ignore on every page of this batch, or the only parts to read", icon="regions",
             needs=Needs.BATCH, is_checkable=True)  # fmt: skip
    def regions(self, drawing: bool) -> None:
        """Begins or ends the drawing."""
        self._batch_id = self._desk.chosen.batch_id if drawing else None
        self._before.clear()
        self._bar.show_undo(False)
        self._bar.setVisible(drawing)
        self._layer.set_active(drawing)
        for key in self._keys:
            key.setEnabled(drawing)
        if drawing:
            if not self._desk.actions["full_page"].isChecked():
                self._desk.actions["page_panel"].setChecked(True)
            self._desk.chosen.choose_first_page()

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
        self._desk.chosen.tell(Change(batch_id, has_other_texts=True))


def _shortcut(window: QWidget, keys: QKeySequence, act: Callable[[], None]) -> QShortcut:
    """A key of the whole window, wherever the focus is: the pages are gone through while regions are drawn."""
    shortcut = QShortcut(keys, window)
    shortcut.activated.connect(act)
    shortcut.setEnabled(False)
    return shortcut
