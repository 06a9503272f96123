"""What moves in the window, and that nothing does where the desktop asks for less motion."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListView, QProxyStyle, QStyle, QVBoxLayout, QWidget

from ocrdesk.ui.kit import motion
from ocrdesk.ui.kit.motion import Gliding, GlidingBar
from ocrdesk.ui.kit.notices import NoticeBar

IS_WANTED = motion.is_wanted


@pytest.fixture
def moving(monkeypatch):
    monkeypatch.setattr(motion, "is_wanted", lambda: True)


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(500, 400)
    column = QVBoxLayout(window)
    for widget in (QLineEdit(), QLabel("A page"), GlidingBar("bar")):
        column.addWidget(widget)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


class Still(QProxyStyle):
    def styleHint(self, hint, *rest):  # noqa: N802
        return 0 if hint == QStyle.StyleHint.SH_Widget_Animation_Duration else super().styleHint(hint, *rest)


def fading(window: QWidget) -> list[QWidget]:
    return [child for child in window.findChildren(QWidget) if type(child).__name__ == "_Fading"]


def test_the_desktop_says_whether_anything_moves(qapp, monkeypatch):
    still, moved = Still("fusion"), Still("fusion")
    monkeypatch.setattr(moved, "styleHint", lambda hint, *rest: 200, raising=False)
    for style, wanted in ((still, False), (moved, True)):
        monkeypatch.setattr(QApplication, "style", staticmethod(lambda style=style: style))
        assert IS_WANTED() is wanted


def test_what_was_there_fades_over_what_is_there_next_and_is_in_nobodys_way(qtbot, window, moving):
    label, field = window.findChild(QLabel), window.findChild(QLineEdit)
    field.setFocus()
    places = [child.geometry() for child in (label, field)]
    motion.fade_away(label, window)
    label.setText("Another page")
    (ghost,) = fading(window)
    assert ghost.geometry() == label.geometry()
    assert ghost.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert [child.geometry() for child in (label, field)] == places
    assert field.hasFocus()
    qtbot.waitUntil(lambda: not fading(window))


def test_what_appears_is_seen_within_a_moment_and_at_once_where_nothing_moves(qtbot, window, moving, monkeypatch):
    seen = []
    appearing = motion.Appearing(window, seen.append)
    assert appearing.seen == 1
    appearing.begin()
    assert appearing.seen == 0
    qtbot.waitUntil(lambda: appearing.seen == 1)
    assert seen == sorted(seen)
    assert seen[-1] == 1
    monkeypatch.setattr(motion, "is_wanted", lambda: False)
    appearing.begin()
    assert appearing.seen == 1


def test_who_goes_on_fast_waits_for_no_fading(window, moving):
    label = window.findChild(QLabel)
    motion.fade_away(label, window)
    motion.fade_away(label, window)
    assert not fading(window)


def test_nothing_fades_where_nothing_is_to_move(window):
    motion.fade_away(window.findChild(QLabel), window)
    assert not fading(window)


def test_a_bar_becomes_longer_within_a_moment_and_has_its_value_at_once(qtbot, window, moving):
    bar = window.findChild(GlidingBar)
    bar.glide_to(2, 10)
    assert (bar.value(), bar.maximum(), bar.seen) == (2, 10, 2.0), "of another batch: at once"
    bar.glide_to(6, 10)
    assert bar.value() == 6
    assert bar.seen < 6
    qtbot.waitUntil(lambda: bar.seen == 6.0)
    bar.glide_to(1, 10)
    assert bar.seen == 1.0, "it never goes back slowly"


def test_a_bar_jumps_where_nothing_is_to_move(window):
    bar = window.findChild(GlidingBar)
    bar.glide_to(2, 10)
    bar.glide_to(6, 10)
    assert bar.seen == 6.0


def test_a_message_comes_from_below_to_where_it_stays(qtbot, window, moving):
    bar = NoticeBar()
    bar.lie_over(window, window)
    bar.say("Read.")
    first = bar.geometry()
    assert bar.graphicsEffect().isEnabled()
    assert not bar.isAncestorOf(QApplication.focusWidget() or window)
    qtbot.waitUntil(lambda: not bar.graphicsEffect().isEnabled() and bar.y() < first.y() + 1)
    qtbot.waitUntil(lambda: bar.geometry().bottomLeft() == QPoint(bar.x(), window.height() - 17))
    bar.withdraw("nothing")
    assert bar.isVisible()
    bar._close("info")
    assert not bar.isVisible()
    assert fading(window), "its picture goes slowly"
    qtbot.waitUntil(lambda: not fading(window))


def test_a_number_in_a_view_grows_and_what_is_seen_of_the_view_is_painted(qtbot, window, moving):
    class View(QListView):
        def paintEvent(self, event):  # noqa: N802
            painted.append(number.seen)

    view, painted = View(window), []
    view.resize(80, 80)
    view.show()
    number = Gliding(view)
    number.go_to(3, at_once=True)
    assert number.seen == 3.0
    number.go_to(9)
    assert number.seen < 9
    qtbot.waitUntil(lambda: 9.0 in painted)
    assert painted == sorted(painted)
