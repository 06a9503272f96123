"""The end of the window: what is in hand is finished, visibly and not for ever."""

import time
from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ocrdesk.engine.words import _, plural
from ocrdesk.interrupts import LAST_SECONDS
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.theme import SPACE

PAGES_SECONDS = LAST_SECONDS
"""How long pages in flight, and files being written, may take to be finished."""

LOOKS_SECONDS = 3.0
"""How long everything else may take, by which nothing is lost: a drive that does not answer holds nobody up."""

_LOOK = 50
"""Milliseconds between looks at what is still at work."""


class Part(Protocol):
    """Something that is to be told of the end."""

    def close(self) -> None:
        """Begins nothing more; does not wait for what has begun."""


class Closing(QObject):
    """Ends everything that is at work, and lets the window go when it has ended or its time is over.

    The window stays visible while pages or files are being finished, and says so; it is gone at once where nothing is.

    Attributes:
        over: The window is gone; carries whether everything has ended.
    """

    over = Signal(bool)

    def __init__(self, window: QMainWindow, desk: Desk, parts: Sequence[Part]) -> None:
        """Makes it for a window that stays open for now.

        Args:
            window: The one to be closed.
            desk: Its library is held until the program has ended; who starts meanwhile is told.
            parts: What is told when the end begins.
        """
        super().__init__(window)
        self.is_over = False
        self.has_begun = False
        self._window = window
        self._library = desk.library
        self._runner = desk.runner
        self._tasks = desk.tasks
        self._parts = parts
        self._veil: ClosingVeil | None = None
        self._begun = 0.0
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self._look)

    def close(self) -> None:
        """Begins the end; asked once more, it lets the window go at once."""
        if self.has_begun:
            self._end()
            return
        self.has_begun = True
        self._begun = time.monotonic()
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QDialog) and dialog.isVisible():
                dialog.reject()
        self._library.begin_close()
        self._runner.begin_close()
        for part in self._parts:
            part.close()
        self._tasks.close()
        self._timer.start()
        self._look()

    @Slot()
    def _look(self) -> None:
        seconds = time.monotonic() - self._begun
        words = self._words() if seconds < PAGES_SECONDS else ""
        if words:
            self._say(words)
        elif seconds < LOOKS_SECONDS and not self._has_all_ended():
            self._window.hide()
        else:
            self._end()

    def _words(self) -> str:
        """What must be finished, empty where there is nothing."""
        if not self._runner.has_ended:
            pages = self._runner.pages_in_flight
            return plural("Finishing the last page…", "Finishing {count} pages…", max(pages, 1))
        if not self._tasks.has_finished_files:
            return _("Finishing the file being written…")
        return ""

    def _has_all_ended(self) -> bool:
        return self._runner.has_ended and self._tasks.has_ended

    def _say(self, words: str) -> None:
        if self._veil is None:
            self._veil = ClosingVeil(self._window)
            self._veil.close_now.clicked.connect(self._window.close)
        self._veil.show_words(words)

    def _end(self) -> None:
        if self.is_over:
            return
        self.is_over = True
        self._timer.stop()
        self._window.close()
        self.over.emit(self._has_all_ended())


class ClosingVeil(QWidget):
    """Lies over the window while the last pages are being finished, and keeps everything else from being used."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.setObjectName("closingVeil")
        self._covered = window
        self._words = QLabel(objectName="closingWords", alignment=Qt.AlignmentFlag.AlignCenter)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.4)
        font.setWeight(QFont.Weight.DemiBold)
        self._words.setFont(font)
        detail = QLabel(
            _("ocrdesk closes by itself when that is done.\nWhat was read is kept; the rest waits for the next start."),
            alignment=Qt.AlignmentFlag.AlignCenter,
        )
        detail.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        busy = QProgressBar()
        busy.setRange(0, 0)
        busy.setTextVisible(False)
        self.close_now = QPushButton(_("Close now"), objectName="closeNow", autoDefault=True)
        self.close_now.setToolTip(_("The pages that are being read now will be read again next time"))
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.close_now)
        row.addStretch()
        card = QFrame(objectName="closingCard")
        card.setStyleSheet(
            "#closingCard { background: palette(base); border: 1px solid palette(mid); border-radius: 12px; }"
        )
        inside = QVBoxLayout(card)
        inside.setContentsMargins(5 * SPACE, 4 * SPACE, 5 * SPACE, 3 * SPACE)
        inside.setSpacing(2 * SPACE)
        inside.addWidget(self._words)
        inside.addWidget(busy)
        inside.addWidget(detail)
        inside.addLayout(row)
        middle = QVBoxLayout(self)
        middle.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        window.setAcceptDrops(False)
        for part in (window.menuWidget(), window.centralWidget()):
            if part is not None:
                part.setEnabled(False)
        for action in window.actions():
            window.removeAction(action)  # and with it its keys
        window.installEventFilter(self)
        self._cover()

    def show_words(self, words: str) -> None:
        """Says what is being finished."""
        if self._words.text() != words:
            self._words.setText(words)
            self.setAccessibleName(words)
        if self.isHidden():
            self.show()
            self.raise_()
            self.setFocus()

    def _cover(self) -> None:
        self.setGeometry(self._covered.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._cover()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground = self.palette().color(QPalette.ColorRole.Window)
        ground.setAlpha(190)
        painter.fillRect(self.rect(), ground)
        painter.end()
