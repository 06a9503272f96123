import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from ocrdesk.ui.window.panes import PANEL, Panes
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
    panes = desk.child("mainSplitter", Panes)
    desk.window.desk.choices.set("geometry", b"")
    restore_layout(window, panes, window.desk)
    assert window.width() + FRAME.width() <= min(width, LARGEST.width())
    assert window.height() + FRAME.height() <= min(height, LARGEST.height())


def test_the_panel_grows_with_the_window_and_keeps_the_share_that_it_was_given(desk):
    panes, panel = desk.child("mainSplitter", Panes), desk.child("pagePanel")
    desk.window.add([])
    desk.window._stack.setCurrentWidget(panes)

    def shares(*widths):
        for width in widths:
            desk.window.resize(width, 700)
            QApplication.processEvents()
            yield panel.width() / width

    assert list(shares(1300, 1800, 2600, 1300)) == pytest.approx([PANEL, PANEL, PANEL, PANEL], abs=0.01)
    assert list(shares(3000, 900)) == pytest.approx([960 / 3000, 360 / 900], abs=0.01), (
        "neither too wide nor too narrow"
    )
    next(shares(1300))
    batches, pages, _ = panes.sizes()
    assert batches == pytest.approx(232, abs=2)
    panes.moveSplitter(batches + pages - 100, 2)
    wider = panel.width() / 1300
    assert wider > PANEL + 0.05
    assert list(shares(1500)) == pytest.approx([wider], abs=0.01)
    next(shares(1300))
    panes.lay_out_first(1300)
    assert panes.restoreState(desk.window.desk.choices.get("panes")), "it is kept as soon as it is moved"
    assert panel.width() / 1300 == pytest.approx(wider, abs=0.01)
