"""The rows of small buttons over the picture and over the text of a page."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from ocrdesk.engine.words import _
from ocrdesk.ui.kit.actions import Actions, tool_button
from ocrdesk.ui.kit.spare_words import SpareWords
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.kit.words import percent
from ocrdesk.ui.panel.facts_line import FactsLine

_BESIDE = Qt.ToolButtonStyle.ToolButtonTextBesideIcon


class PictureTools(QWidget):
    """What can be done with the picture; where there is little room, words go, and then how large it is shown."""

    def __init__(self, actions: Actions, worded: Sequence[str]) -> None:
        """Makes the row.

        Args:
            actions: What can be done.
            worded: The commands whose buttons have words where there is room.
        """
        super().__init__()
        with_words = [worded_button(actions, name) for name in worded]
        self._zoom = QToolButton(objectName="zoomPercent")
        self._zoom.setToolTip(_("Fit the width"))
        self._zoom.setAccessibleName(_("Fit the width"))
        self._zoom.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._zoom.clicked.connect(actions["zoom_fit"].trigger)
        self._zoom.setMinimumWidth(self._zoom.fontMetrics().horizontalAdvance("000 %") + 2 * SPACE)
        row = QHBoxLayout(self)
        self._words = SpareWords(row, with_words)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE // 2)
        for name in ("show_lines", "select_area", "add_line", "turn_left", "turn_right"):
            row.addWidget(tool_button(actions[name]))
        row.addWidget(upright_line())
        for button in with_words:
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(upright_line())
        for button in (tool_button(actions["zoom_out"]), self._zoom, tool_button(actions["zoom_in"])):
            row.addWidget(button)

    def show_zoom(self, scale: float) -> None:
        """Tells how large the picture is shown; 0: there is none."""
        if not scale:
            self._zoom.setText("")
            return
        self._zoom.setText(percent(scale + 0.005) if scale < 1 else f"{scale:.0%}".replace("%", " %"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """As narrow as it is without what may go, else it could never lose that."""
        return QSize(self._narrowest(), super().minimumSizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _narrowest(self) -> int:
        return self._words.narrowest() - (0 if self._zoom.isHidden() else self._width_of_zoom())

    def _width_of_zoom(self) -> int:
        return int(self._zoom.sizeHint().width()) + SPACE // 2

    def _fit(self) -> None:
        self._zoom.setVisible(self._narrowest() + self._width_of_zoom() <= self.width())
        self._words.fit(self.width())


class TextBar(QWidget):
    """How the text is shown, how large it is, and a button that copies it.

    Attributes:
        facts: What is told of the page, where its name stands elsewhere.
    """

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("textBar")
        self._actions = actions
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.setSpacing(SPACE // 2)
        how = worded_button(actions, "text_layout")
        _embolden(how)
        row.addWidget(how)
        self.facts = FactsLine("textFacts")
        row.addSpacing(SPACE)
        row.addWidget(self.facts, 1)
        for name, words in (("text_smaller", "A−"), ("text_larger", "A+")):
            button = worded_button(actions, name, words)
            _embolden(button)
            row.addWidget(button)
        row.addWidget(upright_line())
        row.addWidget(worded_button(actions, "copy_page", _("Copy")))

    def show_layout(self, words: str) -> None:
        """Tells how the text is shown."""
        self._actions["text_layout"].setIconText(words)


def worded_button(actions: Actions, name: str, words: str = "") -> QToolButton:
    """A small button of a command with words: its own, or shorter ones."""
    # Of the action: a button asks it for its words again whenever anything about it changes.
    actions[name].setIconText(words or actions[name].text().rstrip("…"))
    button = tool_button(actions[name])
    button.setToolButtonStyle(_BESIDE)
    button.setProperty("opens", actions[name].menu() is not None)
    return button


def _embolden(button: QToolButton) -> None:
    font = button.font()
    font.setWeight(QFont.Weight.DemiBold)
    button.setFont(font)


def upright_line() -> QFrame:
    """A line between two groups of buttons."""
    line = QFrame()
    line.setFrameShape(QFrame.Shape.NoFrame)
    line.setFixedSize(1, 2 * SPACE)
    line.setStyleSheet("background: palette(mid)")
    return line
