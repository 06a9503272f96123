import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QLabel

from ocrdesk.ui.capture.screen_pictures import ScreenPicture
from ocrdesk.ui.capture.screen_veil import ScreenVeil

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def veil(qtbot, qapp):
    """Over a screen with two device pixels for each of its points."""
    screen = qapp.primaryScreen()
    image = QImage(screen.size() * 2, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    image.setPixelColor(201, 101, QColor(Qt.GlobalColor.red))
    veil = ScreenVeil(ScreenPicture(screen, image))
    qtbot.addWidget(veil)
    with qtbot.waitExposed(veil):
        veil.showFullScreen()
    return veil


def draw(qtbot, veil, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(veil, LEFT, pos=start)
    qtbot.mouseMove(veil, end)
    qtbot.mouseRelease(veil, LEFT, pos=end)


def is_hint_seen(veil) -> bool:
    return veil.findChild(QLabel).isVisible()


def test_what_is_drawn_comes_in_the_pixels_of_the_screen(qtbot, veil):
    for start, end in ((QPoint(100, 50), QPoint(149, 69)), (QPoint(149, 69), QPoint(100, 50))):
        with qtbot.waitSignal(veil.drawn) as drawn:
            draw(qtbot, veil, start, end)
        (image,) = drawn.args
        assert (image.width(), image.height()) == (100, 40)
        assert image.pixelColor(1, 1) == QColor(Qt.GlobalColor.red)


def test_it_covers_its_screen_and_says_what_to_do(veil, qapp):
    assert veil.size() == qapp.primaryScreen().size()
    assert is_hint_seen(veil)
    assert veil.cursor().shape() == Qt.CursorShape.CrossCursor


def test_a_click_draws_nothing(qtbot, veil):
    with qtbot.assertNotEmitted(veil.drawn), qtbot.assertNotEmitted(veil.left):
        draw(qtbot, veil, QPoint(10, 10), QPoint(11, 11))
    assert is_hint_seen(veil)


def test_what_is_drawn_round_is_seen_as_it_is_and_the_rest_darker(qtbot, veil):
    qtbot.mousePress(veil, LEFT, pos=QPoint(200, 200))
    qtbot.mouseMove(veil, QPoint(300, 300))
    seen = veil.grab().toImage()
    assert seen.pixelColor(250, 250) == QColor(Qt.GlobalColor.white)
    assert seen.pixelColor(400, 400).lightness() < 200
    assert not is_hint_seen(veil)


def test_enter_takes_the_whole_screen(qtbot, veil):
    with qtbot.waitSignal(veil.drawn) as drawn:
        qtbot.keyClick(veil, Qt.Key.Key_Return)
    assert drawn.args[0].size() == QGuiApplication.primaryScreen().size() * 2


def test_esc_and_the_other_mouse_button_leave(qtbot, veil):
    with qtbot.waitSignal(veil.left):
        qtbot.keyClick(veil, Qt.Key.Key_Escape)
    with qtbot.waitSignal(veil.left):
        qtbot.mouseClick(veil, Qt.MouseButton.RightButton)
    with qtbot.waitSignal(veil.left):
        veil.close()
