import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSplitter

from ocrdesk.ui.window.window_layout import FRAME, LARGEST, restore_layout


class Screen:
    def __init__(self, size: QSize) -> None:
        self._size = size

    def availableSize(self) -> QSize:  # noqa: N802
        return self._size


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1366, 720), (1920, 1080), (960, 540), (3840, 2160)])
def test_at_its_first_start_the_window_fits_the_screen_with_its_frame(desk, monkeypatch, width, height):
    window = desk.window
    monkeypatch.setattr(type(window), "screen", lambda self: Screen(QSize(width, height)), raising=False)
    panes = desk.child("mainSplitter", QSplitter)
    desk.window.desk.choices.set("geometry", b"")
    restore_layout(window, panes, window.desk)
    assert window.width() + FRAME.width() <= min(width, LARGEST.width())
    assert window.height() + FRAME.height() <= min(height, LARGEST.height())
