import pytest
from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QImage

from ocrdesk.ui.capture import portal as portal_module
from ocrdesk.ui.capture.screen_pictures import ScreenPictures, parts_of


class Portal(QObject):
    """Stands in for the desktop's, and answers at once."""

    answered = Signal(str)
    refused = Signal()
    path: str | None = ""

    def ask(self) -> None:
        if self.path is None:
            self.refused.emit()
        else:
            self.answered.emit(self.path)


@pytest.fixture
def pictures(lanes):
    return ScreenPictures(lanes.lane())


@pytest.fixture
def wayland(monkeypatch):
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "wayland"))
    monkeypatch.setattr(portal_module, "Portal", lambda parent: Portal(parent))
    return Portal


def drawn() -> QImage:
    """A picture of two screens: red at the left, blue at the right."""
    image = QImage(300, 100, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    for x in range(100):
        for y in range(100):
            image.setPixelColor(x, y, QColor(Qt.GlobalColor.red))
    return image


def test_every_screen_has_its_picture(qtbot, pictures, qapp):
    with qtbot.waitSignal(pictures.taken) as taken:
        pictures.take()
    (picture,) = taken.args[0]
    assert picture.screen is qapp.primaryScreen()
    assert picture.image.size() == picture.screen.size()


def test_where_programs_see_nothing_they_are_told_so(qtbot, pictures, monkeypatch):
    monkeypatch.setattr(QGuiApplication, "screens", staticmethod(list))
    with qtbot.waitSignal(pictures.failed), qtbot.assertNotEmitted(pictures.taken):
        pictures.take()


def test_under_wayland_the_desktop_is_asked_and_its_file_goes(qtbot, pictures, wayland, monkeypatch, tmp_path):
    path = tmp_path / "Screenshot.png"
    drawn().save(str(path))
    monkeypatch.setattr(wayland, "path", str(path))
    with qtbot.waitSignal(pictures.taken) as taken:
        pictures.take()
    assert [picture.image for picture in taken.args[0]] == [drawn()]
    assert not path.exists()


@pytest.mark.parametrize("path", ["", "/no/such/file.png"])
def test_a_desktop_without_an_answer_gives_no_picture(qtbot, pictures, wayland, monkeypatch, path):
    monkeypatch.setattr(wayland, "path", path)
    with qtbot.waitSignal(pictures.failed):
        pictures.take()


def test_a_person_may_refuse(qtbot, pictures, wayland, monkeypatch):
    monkeypatch.setattr(wayland, "path", None)
    with qtbot.waitSignal(pictures.refused):
        pictures.take()


def test_one_picture_of_all_screens_is_cut_up_where_they_stand():
    places = [QRectF(-50, 0, 50, 50), QRectF(0, 0, 100, 50)]
    left, right = parts_of(drawn(), places)
    assert (left.width(), left.height(), right.width(), right.height()) == (100, 100, 200, 100)
    assert left.pixelColor(99, 50) == QColor(Qt.GlobalColor.red)
    assert right.pixelColor(0, 50) == QColor(Qt.GlobalColor.blue)
