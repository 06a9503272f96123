"""The head of the window: the menus where a line begins, and the field in which every batch is searched."""

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenuBar, QStyle, QWidget

from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.search.search_field import NARROWEST, WIDEST, SearchField

_LEAST_HEIGHT = 44
"""Device-independent pixels."""


class Head(QWidget):
    """Lies above all panes. The field is in the middle of the window where the menus leave it that room."""

    def __init__(self, menus: QMenuBar, field: SearchField) -> None:
        super().__init__()
        self.menus, self.field = menus, field
        menus.setParent(self)
        field.setParent(self)

    def sizeHint(self) -> QSize:
        height = max(_LEAST_HEIGHT, self.menus.sizeHint().height(), self.field.sizeHint().height() + SPACE)
        return QSize(self.menus.sizeHint().width() + WIDEST, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.menus.sizeHint().width() + NARROWEST + 2 * SPACE, self.sizeHint().height())

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
        menus = min(self.menus.sizeHint().width(), self.width())
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
