"""What can be done with the regions of the chosen batch."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from ocrdesk.engine.layout.regions import Region
from ocrdesk.engine.words import _
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.desk.history import Act
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
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), desk.window)  # wherever the focus is
        self._escape.activated.connect(self.leave)
        self._escape.setEnabled(False)
        layer.wanted.connect(self._keep)
        layer.chosen_changed.connect(lambda: bar.show_chosen(layer.describe_chosen()))
        bar.only_chosen.connect(layer.draw_only)
        bar.undo_wanted.connect(desk.history.undo)
        desk.history.changed.connect(self._show_undo)
        bar.done.connect(self.leave)
        self.update()

    def follow(self) -> None:
        """Follows the chosen batch: regions are drawn for one batch only."""
        if self._desk.actions["regions"].isChecked() and self._desk.chosen.batch_id != self._batch_id:
            self.leave()

    def leave(self) -> None:
        """Ends the drawing."""
        self._desk.actions["regions"].setChecked(False)

    @Command("Regions…", "Draw what to ignore on every page of this batch, or the only parts to read", icon="regions",
             needs=Needs.BATCH, is_checkable=True)  # fmt: skip
    def regions(self, drawing: bool) -> None:
        """Begins or ends the drawing."""
        self._batch_id = self._desk.chosen.batch_id if drawing else None
        self._show_undo()
        self._bar.setVisible(drawing)
        self._layer.set_active(drawing)
        self._escape.setEnabled(drawing)
        if drawing:
            self._desk.chosen.choose_first_page()
            if not self._desk.actions["full_page"].isChecked():
                has_panel = self._desk.actions["page_panel"].isEnabled()  # else there is no room for it
                self._desk.actions["page_panel" if has_panel else "full_page"].setChecked(True)

    def _keep(self, regions: tuple[Region, ...]) -> None:
        if (batch_id := self._batch_id) is None:
            return
        before: list[tuple[Region, ...]] = []

        def keep() -> None:
            before[:] = [self._texts.regions(batch_id)]
            self._texts.set_regions(batch_id, regions)

        def put_back() -> None:
            self._texts.set_regions(batch_id, before[0])

        self._desk.history.do(Act(self._words(), keep, put_back, partial(self._follow, batch_id)))

    def _words(self) -> str:
        batch = self._desk.batches.batch(self._batch_id)
        return _("change the regions of “{name}”").format(name=batch.name) if batch is not None else ""

    def _follow(self, batch_id: int, is_undo: bool) -> None:
        """Shows what is kept now."""
        if is_undo:
            self._desk.chosen.choose_batch(batch_id)
        if batch_id == self._batch_id:
            self._layer.show_regions(self._texts.regions(batch_id))
        self._desk.chosen.tell(Change(batch_id, has_other_texts=True))

    def _show_undo(self) -> None:
        """Offers to undo what was drawn last, unless something else was done since."""
        self._bar.show_undo(self._batch_id is not None and self._desk.history.undo_words == self._words())
