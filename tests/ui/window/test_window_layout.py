import pytest
from fakes import batch_of
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from ocrdesk.engine.document import Counts
from ocrdesk.ui.batches.batches_pane import RAIL, WIDE
from ocrdesk.ui.desk.chosen import Change
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


def test_a_panel_that_was_hidden_while_the_window_was_resized_has_its_share_when_it_comes_back(desk):
    panes, panel = desk.child("mainSplitter", Panes), desk.child("pagePanel")
    desk.window.add([])
    desk.window._stack.setCurrentWidget(panes)
    desk.window.resize(1300, 700)
    QApplication.processEvents()
    panel.hide()
    desk.window.resize(1500, 700)
    QApplication.processEvents()
    assert sum(panes.sizes()[:2]) == pytest.approx(1500, abs=8)
    panel.show()
    QApplication.processEvents()
    assert panel.width() / 1500 == pytest.approx(PANEL, abs=0.01)


def test_in_a_narrow_window_batches_are_their_first_pages_and_in_a_wide_one_as_wide_as_before(desk, tmp_path):
    batch_id, _ = batch_of(desk.library, 2, tmp_path / "letters")
    desk.window.desk.chosen.tell(Change(batch_id))
    panes, pane = desk.child("mainSplitter", Panes), desk.child("batchesPane")
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
    desk.child("mainSplitter", Panes).moveSplitter(280, 1)
    desk.quit()
    desk = open_desk()
    desk.window.resize(900, 700)
    desk.until(lambda: desk.child("batchesPane").width() == RAIL)
    desk.window.resize(1400, 800)
    desk.until(lambda: desk.child("batchesPane").width() == 280)


def test_the_window_can_be_made_small_at_once_and_shows_the_panel_again_where_there_is_room(desk, tmp_path):
    batch_id, _ = batch_of(desk.library, 2, tmp_path / "letters")
    desk.window.desk.chosen.tell(Change(batch_id))
    panel, pages = desk.child("pagePanel"), desk.window.pages_pane
    desk.window.resize(1400, 800)
    desk.until(lambda: panel.width() >= 360)
    desk.window.resize(640, 480)
    desk.until(lambda: desk.window.width() == 640)
    desk.until(lambda: panel.visibleRegion().isEmpty())
    assert pages.mapTo(desk.window, pages.rect().bottomRight()).x() < 640
    desk.window.resize(1400, 800)
    desk.until(lambda: panel.width() >= 360 and not panel.visibleRegion().isEmpty())


def test_whether_the_panel_is_there_hangs_on_the_width_alone_and_not_on_what_is_seen_of_the_pages(desk, tmp_path):
    batch_id, _ = batch_of(desk.library, 2, tmp_path / "letters")
    desk.window.desk.chosen.tell(Change(batch_id))
    panel, button = desk.child("pagePanel"), desk.action("actionPagePanel")
    desk.window.resize(850, 700)
    desk.until(lambda: panel.visibleRegion().isEmpty())
    assert not button.isEnabled(), "it says so"
    many = Counts(total=1500, done=1500, failed=40, doubtful=1200, blank=30, corrected=12, words=9000)
    desk.window.pages_pane.chips.set_counts(many)
    QApplication.processEvents()
    assert desk.window.width() == 850
    assert panel.visibleRegion().isEmpty()
    desk.window.resize(1000, 700)
    desk.until(lambda: not panel.visibleRegion().isEmpty() and button.isEnabled())
    assert button.isChecked()


def test_no_room_is_wider_than_the_smallest_window(desk, tmp_path):
    batch_id, _ = batch_of(desk.library, 2, tmp_path / "letters of a whole winter in the mountains")
    desk.window.desk.chosen.tell(Change(batch_id))
    desk.window.desk.chosen.choose_batch(batch_id)
    desk.until(lambda: len(desk.shown) == 2)
    desk.window.pages_pane.chips.set_counts(Counts(total=1500, done=1500, failed=40, doubtful=1200, blank=30))
    desk.window.desk.chosen.choose_first_page()
    desk.action("actionFullPage").trigger()
    desk.until(lambda: desk.child("fullPage").isVisible())
    desk.window.resize(640, 480)
    desk.until(lambda: desk.window.width() == 640)
    assert desk.window.minimumSizeHint().width() <= 640
    back = desk.child("backToPages")
    assert (back.text(), back.accessibleName()) == ("", "Back to the pages")
    desk.window.resize(1200, 700)
    desk.until(lambda: back.text() == "letters of a whole wint…")
