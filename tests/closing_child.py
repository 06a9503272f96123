"""``python closing_child.py HANGS FOLDER``: the window in a program of its own, in which something hangs.

HANGS is ``page``, ``thumbnail``, ``nothing``, or ``session``: a thumbnail hangs when the session ends without asking
the window. It says on stdout when that hangs and when the window is hidden.
"""

import os
import sys
import threading

import fakes
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from ocrdesk import app, interrupts
from ocrdesk.cli.main import main
from ocrdesk.engine.thumbnail_files import ThumbnailFiles
from ocrdesk.ui.window import closing
from ocrdesk.ui.window.main_window import MainWindow

HANGS = sys.argv[1]


def hang() -> None:
    os.write(1, b"HANGS\n")  # in one piece, whoever else hangs at the same time
    threading.Event().wait()


class HangingRecognizer(fakes.FakeRecognizer):
    """Never comes back from a page."""

    def read(self, picture, turn=None):
        if HANGS == "page":
            hang()
        return super().read(picture, turn)


class DeadDrive(ThumbnailFiles):
    """Looks for files on a drive that does not answer."""

    def of(self, page):
        if HANGS == "session":
            QTimer.singleShot(0, qapp, lambda: qapp.exit(0))
        if HANGS in ("thumbnail", "session"):
            hang()
        return super().of(page)


class Watch(QObject):
    """Tells what becomes of the window."""

    def eventFilter(self, watched, event):  # noqa: N802 - Qt's name
        if isinstance(watched, MainWindow):
            if event.type() == QEvent.Type.Show and HANGS == "nothing":
                print("SHOWN", flush=True)
            if event.type() == QEvent.Type.Hide:
                print("HIDDEN", flush=True)
        return False


if __name__ == "__main__":
    interrupts.LAST_SECONDS = 20.0
    closing.PAGES_SECONDS = 1.5
    closing.LOOKS_SECONDS = 1.0
    app.recognizer_maker = lambda name, **_: HangingRecognizer
    app.ThumbnailFiles = DeadDrive
    qapp = QApplication([])
    watch = Watch()
    qapp.installEventFilter(watch)
    sys.exit(main(sys.argv[2:]))
