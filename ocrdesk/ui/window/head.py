"""The head of the window: the menus where a line begins, and the field in which every batch is searched."""

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenuBar, QStyle, QWidget

from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.search.search_field import NARROWEST, WIDEST, SearchField

_LEAST_HEIGHT = 44
"""Device-independent pixels."""


_BESIDE_NAME = 26
"""Device-independent pixels that a menu takes beside its name, with the gap to the next one."""


class Head(QWidget):
    """Lies above all panes. The field is in the middle of the window where the menus leave it that room."""

    def __init__(self, menus: QMenuBar, field: SearchField) -> None:
        super().__init__()
        self.menus, self.field = menus, field
        menus.setParent(self)
        field.setParent(self)

    def sizeHint(self) -> QSize:
        height = max(_LEAST_HEIGHT, self.menus.sizeHint().height(), self.field.sizeHint().height() + SPACE)
        return QSize(self._width_of_menus() + WIDEST, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width_of_menus() + NARROWEST + 2 * SPACE, self.sizeHint().height())

    def _width_of_menus(self) -> int:
        """The width at which all menus are seen.

        Qt counts from the left edge, which where menus begin at the right depends on the width that they have.
        """
        if not self.isRightToLeft():
            return self.menus.sizeHint().width()
        names = [action.text().replace("&", "") for action in self.menus.actions()]
        metrics = self.menus.fontMetrics()
        return sum(metrics.horizontalAdvance(name) + _BESIDE_NAME for name in names) + SPACE

    def show_field(self, is_shown: bool) -> None:
        """Shows the field, or hides it while there is nothing to search."""
        self.field.setVisible(is_shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return bool(super().event(event))

    def _arrange(self) -> None:
        menus = min(self._width_of_menus(), self.width())
        height = self.menus.sizeHint().height()
        self._lay(self.menus, QRect(0, (self.height() - height) // 2, menus, height))
        room = self.width() - menus - 2 * SPACE
        width = min(WIDEST, max(NARROWEST, room))
        left = max(menus + SPACE, (self.width() - width) // 2)
        height = self.field.sizeHint().height()
        self._lay(self.field, QRect(left, (self.height() - height) // 2, width, height))

    def _lay(self, part: QWidget, place: QRect) -> None:
        """Lays a part where it belongs, counted from the side at which reading begins."""
        part.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))
