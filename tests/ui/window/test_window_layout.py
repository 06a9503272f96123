import pytest
from fakes import batch_of
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSplitter

from ocrdesk.ui.batches.batches_pane import RAIL, WIDE
from ocrdesk.ui.desk.chosen import Change
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


def test_in_a_narrow_window_batches_are_their_first_pages_and_in_a_wide_one_as_wide_as_before(desk, tmp_path):
    batch_id, _ = batch_of(desk.library, 2, tmp_path / "letters")
    desk.window.desk.chosen.tell(Change(batch_id))
    panes, pane = desk.child("mainSplitter", QSplitter), desk.child("batchesPane")
    desk.window.resize(1400, 800)
    desk.until(lambda: pane.width() == WIDE)
    panes.moveSplitter(260, 1)
    assert pane.width() == 260
    desk.window.resize(1099, 800)
    desk.until(lambda: pane.width() == RAIL)
    assert panes.sizes()[0] == RAIL
    assert not desk.child("batchesCount").isVisible()
    assert desk.child("batchList").visualRect(desk.index_of("letters")).width() < RAIL
    desk.window.resize(1400, 800)
    desk.until(lambda: pane.width() == 260)
    assert desk.child("batchesCount").isVisible()
    desk.quit()


def test_the_width_of_the_batches_is_kept_and_comes_back_after_a_narrow_window(open_desk, tmp_path):
    desk = open_desk()
    batch_id, _ = batch_of(desk.library, 2, tmp_path / "letters")
    desk.window.desk.chosen.tell(Change(batch_id))
    desk.window.resize(1400, 800)
    desk.until(lambda: desk.child("batchesPane").width() == WIDE)
    desk.child("mainSplitter", QSplitter).moveSplitter(280, 1)
    desk.quit()
    desk = open_desk()
    desk.window.resize(900, 700)
    desk.until(lambda: desk.child("batchesPane").width() == RAIL)
    desk.window.resize(1400, 800)
    desk.until(lambda: desk.child("batchesPane").width() == 280)
