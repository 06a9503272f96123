"""What goes on in the background, at the foot of the window: quiet lines that come and go by themselves."""

from collections.abc import Callable, Hashable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ocrdesk.engine.words import _
from ocrdesk.ui.kit.elided_label import ElidedLabel
from ocrdesk.ui.kit.theme import SPACE


class UnderWay(QWidget):
    """A line for each thing that is going on, such as an export. Nothing here asks to be read or closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("underWay")
        self._lines: dict[Hashable, _Line] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2 * SPACE, SPACE // 2, 2 * SPACE, SPACE // 2)
        self._column.setSpacing(0)
        self.hide()

    @property
    def text(self) -> str:
        """What it says at present."""
        return "\n".join(line.words.text() for line in self._lines.values())

    def say(self, what: Hashable, words: str, cancel: Callable[[], object] | None = None) -> None:
        """Tells how far something is.

        Args:
            what: Tells it from the others that go on.
            words: How far it is.
            cancel: Ends it, if it can be ended.
        """
        if what not in self._lines:
            self._lines[what] = line = _Line(cancel)
            self._column.addWidget(line)
        self._lines[what].words.setText(words)
        self.show()

    def end(self, what: Hashable) -> None:
        """Takes the line away of what has ended."""
        if (line := self._lines.pop(what, None)) is not None:
            line.hide()
            line.deleteLater()
            self.setVisible(bool(self._lines))


class _Line(QWidget):
    def __init__(self, cancel: Callable[[], object] | None) -> None:
        super().__init__()
        self.words = ElidedLabel()
        self.words.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.words, 1)
        if cancel is not None:
            button = QToolButton(text=_("Cancel"))
            button.setProperty("link", True)
            button.setToolTip(_("End what goes on here"))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(cancel)
            row.addWidget(button)
