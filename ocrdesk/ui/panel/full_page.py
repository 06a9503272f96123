"""The page that is looked at, in the place of all panes."""

from itertools import accumulate

from PySide6.QtCore import QItemSelection, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ocrdesk.engine.words import _
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command, tool_button
from ocrdesk.ui.kit.elided_label import ElidedLabel
from ocrdesk.ui.kit.icons import icon
from ocrdesk.ui.kit.plain import plainly
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.panel.bars import PictureTools, upright_line
from ocrdesk.ui.panel.page_facts import more_of
from ocrdesk.ui.panel.page_strip import PageStrip
from ocrdesk.ui.panel.page_view import PageView

_LONGEST_NAME = 24
"""Letters of the name of a batch on the button that leads back to it."""

_ENOUGH_OF_NAME = 120
"""Device-independent pixels of the name of the page that are seen, or else none of it."""

_ROOM_FOR_STRIP = 640
"""Height from which on the other pages are shown as well."""

_KEYS = (
    (Qt.Key.Key_PageUp, "previous_page"),
    (Qt.Key.Key_Left, "previous_page"),
    (Qt.Key.Key_PageDown, "next_page"),
    (Qt.Key.Key_Right, "next_page"),
)
"""Here they turn pages, but where the picture or the text has a nearer sense for them."""


class FullPage(QWidget):
    """Takes the page from the panel while it is open, and gives it back.

    Attributes:
        opened: It is open, or no longer.
    """

    opened = Signal(bool)

    def __init__(self, desk: Desk, view: PageView, strip: PageStrip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fullPage")
        self._desk = desk
        self._view, self._strip = view, strip
        self._before: QItemSelection | None = None
        self._batch = ""
        actions = desk.actions
        self._back = QPushButton(icon("chevron-left"), "", objectName="backToPages")
        self._back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._back.setToolTip(_("Back to the pages (Esc)"))
        self._back.setAccessibleName(_("Back to the pages"))
        self._back.clicked.connect(self.close_page)
        self._place = QLabel(objectName="pagePlace")
        self._name = ElidedLabel(objectName="fullPageName")
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        self._name.setFont(bold)
        self._tools = PictureTools(actions, ("page_reading_order", "regions", "retry"))
        view.picture.zoomed.connect(self._tools.show_zoom)
        export = QToolButton()
        export.setDefaultAction(actions["export"])
        export.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        export.setProperty("primary", True)
        export.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._way_out = (upright_line(), export)
        self._row = row = QHBoxLayout()
        row.setContentsMargins(SPACE + 4, SPACE, SPACE + 4, SPACE)
        row.setSpacing(SPACE)
        row.addWidget(self._back)
        row.addWidget(upright_line())
        row.addWidget(tool_button(actions["previous_page"]))
        row.addWidget(self._place)
        row.addWidget(tool_button(actions["next_page"]))
        row.addWidget(self._name, 1)
        row.addWidget(self._tools, 3)
        for part in self._way_out:
            row.addWidget(part)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(row)
        self._column.addWidget(strip)
        for key, command in _KEYS:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(actions[command].trigger)
        view.shown.connect(self._show_page)
        desk.chosen.changed.connect(self._show_page)
        actions.join(self)

    def minimumSizeHint(self) -> QSize:
        """As small as it is without the way out and the names, for which there may be no room."""
        # The row itself is not asked: it learns only afterwards that something in it has gone.
        items = [item for number in range(self._row.count()) if (item := self._row.itemAt(number)) is not None]
        least = [item.minimumSize().width() for item in items if item.widget() not in (self._name, *self._way_out)]
        margins = self._row.contentsMargins()
        wide = sum(least) + (len(least) - 1) * self._row.spacing() + margins.left() + margins.right()
        return QSize(wide - (self._width_of_batch() if self._back.text() else 0), super().minimumSizeHint().height())

    def _width_of_way_out(self) -> int:
        return sum(int(part.sizeHint().width()) + SPACE for part in self._way_out)

    def _width_of_batch(self) -> int:
        return int(self._back.fontMetrics().horizontalAdvance(self._batch)) + SPACE // 2

    @Command("Full page", "Show the page in the whole window, picture and text side by side", keys="Ctrl+4",
             icon="full-page", is_checkable=True)  # fmt: skip
    def full_page(self, is_open: bool) -> None:
        """Opens the full page, or goes back to the pages."""
        if is_open and self._view.page is None:
            self._desk.actions["full_page"].setChecked(False)
            return
        if is_open:
            self._before = self._desk.chosen.single_out()
            self._view.looks_around = True
            self._column.insertWidget(1, self._view, 1)
            self._view.picture.pictures.expect(self._desk.chosen.neighbours())
        self.opened.emit(is_open)
        if is_open:
            self._show_page()
            self._view.focus_page()
        elif self._before is not None:
            self._desk.chosen.choose_again(self._before)
            self._before = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._strip.setVisible(self.height() >= _ROOM_FOR_STRIP)

    def _fit(self) -> None:
        """Shows the name of the page, that of the batch and the way out where there is room, the first ones first."""
        room = self.width() - self.minimumSizeHint().width()
        of_name = min(int(self._name.sizeHint().width()), _ENOUGH_OF_NAME) + SPACE
        widths = accumulate((of_name, self._width_of_batch(), self._width_of_way_out()))
        has_name, has_batch, has_way_out = (width <= room for width in widths)
        self._name.setVisible(has_name)
        self._name.setMinimumWidth(of_name - SPACE)
        self._back.setText(self._batch if has_batch else "")
        for part in self._way_out:
            part.setVisible(has_way_out)

    def close_page(self) -> None:
        """Goes back to the pages."""
        self._desk.actions["full_page"].setChecked(False)

    def _show_page(self) -> None:
        chosen, page = self._desk.chosen, self._view.page
        number, count = chosen.place_of_page()
        for name, is_there in (("previous_page", number > 1), ("next_page", 0 < number < count)):
            self._desk.actions[name].setEnabled(is_there)
        if not self._desk.actions["full_page"].isChecked():
            return
        if page is None:
            self.close_page()
            return
        batch = chosen.batch.name if chosen.batch is not None else ""
        self._batch = batch if len(batch) <= _LONGEST_NAME else batch[: _LONGEST_NAME - 1] + "…"
        self._place.setText(_("{number:,} of {count:,}").format(number=number, count=count))
        self._name.setText(page.name)
        self._name.setToolTip(plainly(str(page.path)))
        self._fit()
        self._view.text_bar.facts.show_facts(*self._view.facts, more_of(page))
