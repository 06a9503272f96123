"""What the window shows before there is anything: one big drop target and the other ways to begin."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QFont, QIcon, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ocrdesk.engine.words import _
from ocrdesk.ui.kit.actions import Actions
from ocrdesk.ui.kit.icons import icon_pixmap
from ocrdesk.ui.kit.key_cap import KeyCapButton
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.window.empty_picture import EmptyPicture

_ICON = 16
_TITLE, _WORDS = 24 / 13, 15 / 13
"""Sizes of letters, against those of everything else."""


class EmptyState(QWidget):
    """The drop target. Dropping itself is the main window's, which accepts drops everywhere."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emptyState")
        title = QLabel(_("Drop folders, pictures or PDFs here"), alignment=Qt.AlignmentFlag.AlignCenter)
        title.setFont(_font(self.font(), _TITLE, QFont.Weight.DemiBold))
        words = QLabel(
            _("They are read into text at once, on this computer alone. The files\nthemselves are never changed."),
            alignment=Qt.AlignmentFlag.AlignCenter,
        )
        formats = QLabel(
            _("PDF · JPEG · PNG · TIFF with several pages · HEIC · WebP · GIF · BMP · JPEG 2000 · AVIF"),
            alignment=Qt.AlignmentFlag.AlignCenter,
        )
        words.setFont(_font(self.font(), _WORDS))
        words.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        formats.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch()
        add_folder = QPushButton(objectName="emptyAddFolder")
        add_folder.setProperty("primary", True)
        add_files = QPushButton(objectName="emptyAddFiles")
        paste = KeyCapButton(actions["paste"].shortcut(), objectName="emptyPaste")
        samples = QPushButton(objectName="emptyTrySamples")
        samples.setProperty("link", True)
        samples.setCursor(Qt.CursorShape.PointingHandCursor)
        white = self.palette().color(QPalette.ColorRole.HighlightedText).name()
        add_folder.setIcon(QIcon(icon_pixmap("add-folder", _ICON, white, self.devicePixelRatioF())))
        add_files.setIcon(actions["add_files"].icon())
        paste.setIcon(actions["paste"].icon())
        for button, name in ((add_folder, "add_folder"), (add_files, "add_files"), (paste, "paste")):
            _connect(button, actions[name])
            button.setMinimumHeight(40)
            button.setIconSize(QSize(_ICON, _ICON))
            buttons.addWidget(button)
        _connect(samples, actions["try_samples"])
        samples.setText(_("Try it with seven sample pages"))
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * SPACE, 5 * SPACE, 5 * SPACE, 5 * SPACE)
        column.addStretch(3)
        column.addWidget(EmptyPicture(), 0, Qt.AlignmentFlag.AlignCenter)
        column.addSpacing(2 * SPACE)
        column.addWidget(title)
        column.addSpacing(SPACE)
        column.addWidget(words)
        column.addSpacing(3 * SPACE)
        column.addLayout(buttons)
        column.addSpacing(SPACE)
        column.addWidget(samples, 0, Qt.AlignmentFlag.AlignCenter)
        column.addSpacing(3 * SPACE)
        column.addWidget(formats)
        column.addStretch(4)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(palette.color(QPalette.ColorRole.Dark), 1.5, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([5, 5])
        painter.setPen(pen)
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(20.5, 20.5, -20.5, -20.5), 14, 14)
        painter.end()


def _font(font: QFont, share: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    other = QFont(font)
    other.setPointSizeF(font.pointSizeF() * share)
    other.setWeight(weight)
    return other


def _connect(button: QPushButton, action: QAction) -> None:
    button.setText(action.text())
    button.setToolTip(action.toolTip())
    button.setAutoDefault(True)  # the return key presses it as well
    button.clicked.connect(action.trigger)
