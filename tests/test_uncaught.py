import sys
import threading

import pytest
from PySide6.QtCore import QRunnable, QThreadPool, QTimer

from ocrdesk.uncaught import Uncaught

pytestmark = pytest.mark.qt_no_exception_capture


class FailingRunnable(QRunnable):
    """Raises an error in a thread of a pool."""

    def run(self):
        raise ValueError("out of luck")


def fail():
    raise ValueError("out of luck")


def begin_in_a_thread():
    threading.Thread(target=fail).start()


def begin_in_the_loop():
    QTimer.singleShot(0, fail)


def begin_in_a_pool():
    QThreadPool.globalInstance().start(FailingRunnable())


@pytest.mark.parametrize("begin", [begin_in_a_thread, begin_in_the_loop, begin_in_a_pool])
def test_errors_are_told_in_the_gui_thread_wherever_they_were_raised(qtbot, begin):
    told = []
    with Uncaught(lambda error: told.append((str(error), threading.current_thread()))):
        begin()
        qtbot.waitUntil(lambda: bool(told))
    assert told == [("out of luck", threading.main_thread())]


def test_the_hooks_of_before_come_back(qapp):
    before = sys.excepthook, threading.excepthook
    with Uncaught(print):
        assert sys.excepthook is not before[0] and threading.excepthook is not before[1]
    assert (sys.excepthook, threading.excepthook) == before
