"""The one frame of dialogs: a title, a sentence, the content, and the buttons at the foot under a line."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QBitmap,
    QColor,
    QFont,
    QHideEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ocrdesk.engine.words import _
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.kit.words import shortened

WIDE, NARROW = 656, 480
"""Device-independent pixels: the width of dialogs with fields, and of questions."""

PADDING = 3 * SPACE
_TITLE, _SMALL = 20 / 13, 12 / 13
"""Sizes of letters, against those of everything else."""

_RADIUS, _FIELD = 12, 32
_FROM_EDGE = 2 * SPACE
"""From the upper and the lower edge of the screen, which it never reaches."""

_DIMMED = 0.36
"""How black what is behind a dialog becomes."""


class Dialog(QDialog):
    """A dialog that lies over the dimmed window, as high as its content.

    Attributes:
        content: What is between the sentence and the foot.
        above_foot: What stays in sight where the content is scrolled.
        beside_buttons: The left of the foot.
    """

    def __init__(self, title: str, sentence: str = "", parent: QWidget | None = None, *, width: int = WIDE) -> None:
        """Makes the frame; content and buttons follow, the buttons last, which the tab key then reaches last.

        Args:
            title: What it is about.
            sentence: What is to be done here.
            parent: The window that it lies over; None: there is none yet, and the system frames it.
            width: Its width, as long as the screen has that.
        """
        super().__init__(parent)
        self.setWindowTitle(title if parent is not None else "ocrdesk")  # which the system would say twice
        self._veil: Veil | None = None
        self._lines: list[QWidget] = []
        self._is_card = parent is not None
        if self._is_card:
            self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
            self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)  # its corners are round
        name = _plain(" ".join(map(shortened, title.split(" "))), "dialogTitle")
        name.setFont(sized(name.font(), _TITLE, QFont.Weight.DemiBold))
        self._below = below = quiet(sentence, "dialogSentence", small=False)
        below.setVisible(bool(sentence))
        head = QVBoxLayout()
        head.setContentsMargins(PADDING, PADDING, PADDING, 0)
        head.setSpacing(SPACE // 2)
        head.addWidget(name)
        head.addWidget(below)
        middle = _Middle()
        self.content = middle.content
        self.content.setContentsMargins(PADDING, 2 * SPACE, PADDING, 2 * SPACE)
        self.content.setSpacing(2 * SPACE)
        foot = QFrame(objectName="dialogFoot")
        self._foot = QHBoxLayout(foot)
        self._foot.setContentsMargins(PADDING, SPACE + 4, PADDING, SPACE + 4)
        self._foot.setSpacing(SPACE)
        self.above_foot = QVBoxLayout()
        self.above_foot.setContentsMargins(PADDING, SPACE // 2, PADDING, SPACE + 4)
        self.beside_buttons = QHBoxLayout()
        self._foot.addLayout(self.beside_buttons)
        self._foot.addStretch(1)
        self._column = column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # it grows both ways, not downwards
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(middle, 1)
        column.addLayout(self.above_foot)
        column.addWidget(foot)
        self._wide = min(width, self.screen().availableGeometry().width())
        self.setFixedWidth(self._wide)

    def add_line(self) -> None:
        """Draws a line over the whole width below the content so far."""
        line = QWidget()
        line.setFixedHeight(1)
        self.content.addWidget(line)
        self._lines.append(line)

    def set_sentence(self, words: str) -> None:
        """Says something else under the title."""
        self._below.setText(words)

    def add_button(self, words: str, act: Callable[[], object], *, name: str = "", kind: str = "") -> QPushButton:
        """Adds a button at the right of the foot.

        Args:
            words: What it does.
            act: Does it.
            name: Its object name.
            kind: ``primary`` for what is meant most likely, which the return key does as well; ``danger`` for that by
                which something is lost; else empty.
        """
        button: QPushButton = QPushButton(words, objectName=name, autoDefault=True)  # with the focus, Return presses it
        if kind:
            button.setProperty(kind, True)
        button.clicked.connect(lambda: act())
        self._foot.addWidget(button)
        button.setDefault(kind == "primary")  # not before it is in the dialog
        return button

    def add_cancel(self) -> QPushButton:
        """Adds the button that leaves everything as it is."""
        return self.add_button(_("Cancel"), self.reject, name="dialogCancel")

    def fit(self) -> None:
        """Becomes as high as its content, round the same middle."""
        self.setFixedWidth(max(self._wide, self._column.minimumSize().width()))  # what cannot be broken has room
        most = self.screen().availableGeometry().height() - 2 * _FROM_EDGE
        high = min(self._column.totalHeightForWidth(self.width()), most)
        if high != self.height():
            middle = self.geometry().center()
            self.setFixedHeight(high)
            if self.isVisible():
                self.move(self.x(), middle.y() - high // 2)

    def event(self, event: QEvent) -> bool:
        is_done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():  # before, it need not fit yet
            self.fit()
        return bool(is_done)

    def setVisible(self, visible: bool) -> None:
        if visible:
            self.ensurePolished()
            self._column.activate()
            self.fit()
            if (behind := self.parentWidget()) is not None and not self.isVisible():
                self._lie_over(behind.window())
        super().setVisible(visible)

    def _lie_over(self, window: QWidget) -> None:
        """Moves into the middle of a window; left to Qt, some window managers put it into a corner of the screen."""
        place, screen = self.rect(), window.screen().availableGeometry()
        place.moveCenter(window.geometry().center())
        left = max(screen.left(), min(place.left(), screen.right() - place.width()))
        self.move(left, max(screen.top(), min(place.top(), screen.bottom() - place.height())))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._dim)  # the whole window is painted for it

    def _dim(self) -> None:
        if (behind := self.parentWidget()) is not None and self._veil is None and self.isVisible():
            self._veil = Veil(behind.window())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._veil is not None:
            self._veil.lift()
            self._veil = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_card:  # where nothing is translucent, its corners would be black
            mask = QBitmap(self.size())
            mask.clear()
            painter = QPainter(mask)
            painter.setPen(Qt.GlobalColor.color1)
            painter.setBrush(Qt.GlobalColor.color1)
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), _RADIUS, _RADIUS)
            painter.end()
            self.setMask(mask)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Lets it be moved by its ground, to see what is behind it."""
        handle = self.windowHandle()
        if self._is_card and handle is not None and event.button() == Qt.MouseButton.LeftButton:
            handle.startSystemMove()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self.palette()
        if self._is_card:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Mid), 1))
            painter.setBrush(palette.color(QPalette.ColorRole.Window))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        else:
            painter.fillRect(self.rect(), palette.color(QPalette.ColorRole.Window))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for line in self._lines:
            if line.visibleRegion().isEmpty():  # it is scrolled out of sight
                continue
            place = line.mapTo(self, line.rect().topLeft()).y()
            painter.fillRect(1, place, self.width() - 2, 1, palette.color(QPalette.ColorRole.Midlight))
        painter.end()


class _Middle(QScrollArea):
    """What is between head and foot: as high as it needs to be, and scrolled where the screen has less."""

    def __init__(self) -> None:
        super().__init__()
        inside = QWidget()
        self.content = QVBoxLayout(inside)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        for ground in (self.viewport(), inside):
            ground.setAutoFillBackground(False)  # the dialog paints it
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        can = self.content.hasHeightForWidth()
        return int(self.content.totalHeightForWidth(width) if can else self.content.totalSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.content.totalMinimumSize().width(), 0)

    def sizeHint(self) -> QSize:
        return self.content.totalSizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tells the dialog that its content is another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return bool(super().eventFilter(watched, event))


class Veil(QWidget):
    """Dims the window behind a dialog."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("veil")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)  # what is drawn over is not changed
        window.installEventFilter(self)
        self._cover()
        self.show()
        self.raise_()

    def lift(self) -> None:
        """Goes away."""
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the window."""
        if event.type() == QEvent.Type.Resize:
            self._cover()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor.fromRgbF(0, 0, 0, _DIMMED))
        painter.end()

    def _cover(self) -> None:
        self.setGeometry(cast(QWidget, self.parent()).rect())


def sized(font: QFont, share: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """A font larger or smaller by a share, of a weight."""
    other = QFont(font)
    if font.pixelSize() > 0:
        other.setPixelSize(round(font.pixelSize() * share))
    else:
        other.setPointSizeF(font.pointSizeF() * share)
    other.setWeight(weight)
    return other


def quiet(words: str, name: str = "", *, small: bool = True) -> QLabel:
    """A label of second rank, as the help below a field."""
    label = _plain(words, name)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    if small:
        label.setFont(sized(label.font(), _SMALL))
    return label


def _plain(words: str, name: str) -> QLabel:
    label: QLabel = QLabel(words, objectName=name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return label


def form() -> QFormLayout:
    """Rows of a field each, with its name at the left."""
    rows = QFormLayout()
    rows.setHorizontalSpacing(2 * SPACE)
    rows.setVerticalSpacing(SPACE)
    rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return rows


def add_row(rows: QFormLayout, words: str, field: QWidget | QLayout) -> None:
    """Adds a field, or several beside each other of which the first has the name, to a form."""
    name = QLabel(words)
    name.setFixedHeight(_FIELD)  # in line with the words in the field
    first: QWidget | QLayout | None = field
    while isinstance(first, QLayout):
        item = first.itemAt(0)
        first = (item.widget() or item.layout()) if item is not None else None
    if first is not None:
        name.setBuddy(first)
        first.setAccessibleName(words)
    rows.addRow(name, field)


def side_button(words: str, name: str) -> QPushButton:
    """A button beside a field, which leaves the return key to the one that is meant most likely."""
    button: QPushButton = QPushButton(words, objectName=name, autoDefault=False)
    button.setFixedHeight(_FIELD)
    return button


def link_button(name: str, words: str = "") -> QPushButton:
    """A button that looks like a link, with its icon after its words."""
    button: QPushButton = QPushButton(words, objectName=name, autoDefault=False)
    button.setProperty("link", True)
    button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    button.setIconSize(QSize(12, 12))
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button
