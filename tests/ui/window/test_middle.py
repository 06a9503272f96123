from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMainWindow, QWidget

from ocrdesk.ui.kit.under_way import UnderWay
from ocrdesk.ui.window.middle import Middle


class Work(QWidget):
    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(300, 200)


def test_what_goes_on_is_seen_in_the_lowest_window_and_makes_it_no_higher(qtbot):
    window, work, under_way = QMainWindow(), Work(), UnderWay()
    qtbot.addWidget(window)
    window.setCentralWidget(Middle(work, under_way))
    window.resize(window.minimumSizeHint())
    with qtbot.waitExposed(window):
        window.show()
    before = window.size()
    under_way.say("remove", "Removing…")
    qtbot.waitUntil(lambda: under_way.height() >= under_way.sizeHint().height())
    assert window.size() == before == QSize(300, 200)
    assert work.geometry().bottom() < under_way.geometry().top()
    assert under_way.geometry().bottom() < before.height()
    under_way.end("remove")
    qtbot.waitUntil(lambda: work.height() == before.height())
