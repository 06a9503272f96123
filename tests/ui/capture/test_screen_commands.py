"""A part of the screen is drawn, and its text is copied."""

import pytest
from fakes import BlindRecognizer, BrokenRecognizer, Maker
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ocrdesk.ui.capture import screen_commands
from ocrdesk.ui.capture.screen_pictures import ScreenPictures
from ocrdesk.ui.capture.screen_veil import ScreenVeil

LEFT = Qt.MouseButton.LeftButton
KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def clipboard(qapp, monkeypatch):
    monkeypatch.setattr(screen_commands, "HIDES", 0)
    QGuiApplication.clipboard().setText("as it was")
    return QGuiApplication.clipboard()


def veils() -> list[ScreenVeil]:
    return [
        widget for widget in QApplication.topLevelWidgets() if isinstance(widget, ScreenVeil) and widget.isVisible()
    ]


def begin(desk) -> ScreenVeil:
    desk.until(desk.window.isActiveWindow)
    desk.press(Qt.Key.Key_S, KEYS)
    desk.until(veils)
    assert not desk.window.isVisible()
    return veils()[0]


def draw(desk, width: int = 60) -> None:
    veil = begin(desk)
    desk.qtbot.mousePress(veil, LEFT, pos=QPoint(10, 10))
    desk.qtbot.mouseRelease(veil, LEFT, pos=QPoint(9 + width, 40))
    assert desk.window.isVisible()


def test_the_text_of_what_is_drawn_is_copied_and_nothing_is_kept(desk, clipboard):
    draw(desk, 60)
    desk.until(lambda: desk.notice == "Copied 2 words from the screen.")
    assert clipboard.text() == "width 60"
    assert desk.library.batches() == []
    assert not (desk.library.folder / "Pasted").exists()
    desk.until(lambda: not veils())


def test_it_can_be_kept_as_a_page(desk):
    draw(desk, 60)
    desk.until(lambda: "Copied" in desk.notice)
    desk.answer("Keep as a page")
    desk.until_read("Pasted")
    assert desk.page(desk.shown[0], "Pasted").width == 60


def test_esc_shows_the_window_again(desk, clipboard):
    desk.qtbot.keyClick(begin(desk), Qt.Key.Key_Escape)
    assert desk.window.isVisible()
    desk.until(lambda: not veils())
    assert clipboard.text() == "as it was"
    draw(desk, 70)
    desk.until(lambda: clipboard.text() == "width 70")


def test_where_no_text_is_the_clipboard_stays(open_desk, clipboard):
    desk = open_desk(Maker(BlindRecognizer))
    draw(desk)
    desk.until(lambda: desk.notice == "There is no text in this part of the screen.")
    assert clipboard.text() == "as it was"


def test_what_cannot_be_read_is_told(open_desk):
    desk = open_desk(Maker(BrokenRecognizer))
    draw(desk)
    desk.until(lambda: desk.notice == "The session is gone.")
    assert desk.window.desk.under_way.text == ""


def test_where_the_desktop_gives_no_picture_a_message_says_what_to_do(desk, monkeypatch):
    monkeypatch.setattr(QGuiApplication, "screens", staticmethod(list))
    desk.press(Qt.Key.Key_S, KEYS)
    desk.until(lambda: desk.notice.endswith("Take a screenshot, copy it, and paste it here."))
    assert desk.window.isVisible()


def test_a_refusal_is_no_news(desk, monkeypatch):
    monkeypatch.setattr(ScreenPictures, "take", lambda pictures: pictures.refused.emit())
    with desk.qtbot.waitSignal(desk.window.screen_commands._soon.timeout):
        desk.press(Qt.Key.Key_S, KEYS)
    assert desk.window.isVisible()
    assert desk.notice == ""


def test_the_end_of_the_program_ends_the_drawing(desk):
    begin(desk)
    desk.window.close()
    desk.until(lambda: not veils())
