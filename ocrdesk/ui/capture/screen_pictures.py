"""Takes pictures of the screens."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QGuiApplication, QImage, QScreen

from ocrdesk.ui.kit.tasks import Lane


@dataclass(frozen=True, slots=True)
class ScreenPicture:
    """What a screen shows."""

    screen: QScreen
    image: QImage


class ScreenPictures(QObject):
    """Takes a picture of every screen, in the way that the desktop allows.

    Attributes:
        taken: Carries a list of ``ScreenPicture``.
        refused: The desktop asked the person, who wants no picture to be taken.
        failed: The desktop gives no pictures of its screens.
    """

    taken = Signal(object)
    refused = Signal()
    failed = Signal()

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self._lane = lane
        self._portal: QObject | None = None

    def take(self) -> None:
        """Takes them; whatever comes of it is told by a signal."""
        if QGuiApplication.platformName().startswith("wayland"):
            self._ask_portal()
            return
        pictures = [ScreenPicture(screen, screen.grabWindow(0).toImage()) for screen in QGuiApplication.screens()]
        self._tell([picture for picture in pictures if not picture.image.isNull()])

    def _ask_portal(self) -> None:
        try:
            from ocrdesk.ui.capture.portal import Portal
        except ImportError:  # some systems package Qt in parts
            self.failed.emit()
            return
        self._portal = portal = Portal(parent=self)
        portal.answered.connect(self._on_answered)
        portal.refused.connect(self.refused)
        portal.ask()

    def _on_answered(self, path: str) -> None:
        if path:
            self._lane.run(partial(_taken_from, Path(path)), self._cut_up, lambda _: self.failed.emit())
        else:
            self.failed.emit()

    def _cut_up(self, image: QImage) -> None:
        """The desktop gives one picture of all screens."""
        screens = QGuiApplication.screens()
        parts = parts_of(image, [QRectF(screen.geometry()) for screen in screens])
        self._tell([ScreenPicture(*pair) for pair in zip(screens, parts, strict=True) if not pair[1].isNull()])

    def _tell(self, pictures: Sequence[ScreenPicture]) -> None:
        if pictures:
            self.taken.emit(pictures)
        else:
            self.failed.emit()


def parts_of(image: QImage, places: Sequence[QRectF]) -> list[QImage]:
    """Cuts a picture of all screens into one of each, by where they stand beside one another."""
    if image.isNull():
        return [QImage() for _ in places]
    whole = QRectF()
    for place in places:
        whole = whole.united(place)
    across, down = image.width() / whole.width(), image.height() / whole.height()
    moved = [place.translated(-whole.topLeft()) for place in places]
    return [
        image.copy(QRectF(at.x() * across, at.y() * down, at.width() * across, at.height() * down).toRect())
        for at in moved
    ]


def _taken_from(path: Path) -> QImage:
    """In a thread: a picture that the desktop put into a file, which is removed: nobody asked for it to be kept."""
    image = QImage(str(path))
    with suppress(OSError):
        path.unlink()
    return image
