"""``python window_child.py PAGES PATH…``: the window in a program of its own, with a stand-in for the recognizer.

It closes itself when the thumbnails of so many pages are kept.
"""

import sys
from pathlib import Path

import fakes
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

import ocrdesk.app
from ocrdesk.places import find_places
from ocrdesk.ui.window.main_window import MainWindow

if __name__ == "__main__":
    ocrdesk.app.recognizer_maker = lambda name, **_: fakes.FakeRecognizer
    places, pages = find_places(), int(sys.argv[1])
    app = QApplication(sys.argv[:1])

    def look() -> None:
        if len(list(places.thumbnails.rglob("*.jpg"))) >= pages:
            for window in app.topLevelWidgets():
                if isinstance(window, MainWindow):
                    window.desk.actions["mode_fast"].trigger()  # keeps the settings
                    window.close()

    timer = QTimer(interval=20)
    timer.timeout.connect(look)
    timer.start()
    sys.exit(ocrdesk.app.open_window(places, [Path(word) for word in sys.argv[2:]]))
