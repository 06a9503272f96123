import threading

import pytest
from fakes import PATIENCE, end, line, polygon, quadrants
from picture_views import LINES, SLANTED, click, corners, drawn_lines, page_of, picture_size, show
from PIL import Image
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, QPointF, Qt, QThreadPool
from PySide6.QtGui import QCursor, QPalette, QWheelEvent
from PySide6.QtWidgets import QApplication

from ocrdesk.engine.errors import NoProcess
from ocrdesk.ui.kit.theme import apply_appearance, token
from ocrdesk.ui.panel import pictures as pictures_module
from ocrdesk.ui.panel.shown_text import MarkedWord


@pytest.mark.parametrize("most", [3200, 100])
def test_lines_are_drawn_where_they_were_found_even_on_a_reduced_picture(
    qtbot, picture_view, picture, most, monkeypatch
):
    monkeypatch.setattr(pictures_module, "MOST_PIXELS_A_SIDE", most)
    assert show(qtbot, picture_view, page_of(picture))
    assert [corners(item) for item in drawn_lines(picture_view)] == [polygon(10, 100, 150, 20), SLANTED]
    assert picture_size(picture_view) == (400, 200)
    assert all(item.isVisible() for item in drawn_lines(picture_view))


def test_a_page_read_after_it_was_shown_has_its_lines_in_place_too(qtbot, picture_view, picture, monkeypatch):
    monkeypatch.setattr(pictures_module, "MOST_PIXELS_A_SIDE", 100)
    show(qtbot, picture_view, page_of(picture, width=None, height=None), [])
    picture_view.show_page(page_of(picture), LINES)
    assert [corners(item) for item in drawn_lines(picture_view)] == [polygon(10, 100, 150, 20), SLANTED]
    assert picture_size(picture_view) == (400, 200)
    assert picture_view.sceneRect().width() == 400
    assert picture_view.mapFromScene(QPointF(400, 0)).x() <= picture_view.viewport().width(), "it still fits"


def test_lines_lie_on_their_words_though_the_page_was_read_before_its_pixels_were_made_square(
    qtbot, picture_view, picture
):
    assert show(qtbot, picture_view, page_of(picture, width=400, height=100))
    assert picture_size(picture_view) == pytest.approx((400, 100))


def test_lines_are_framed_only_where_that_is_wanted_also_on_the_next_page(qtbot, picture_view, picture):
    def framed():
        return [item.pen().style() is not Qt.PenStyle.NoPen for item in drawn_lines(picture_view)]

    show(qtbot, picture_view, page_of(picture))
    assert framed() == [False, False]
    picture_view.show_lines(True)
    assert framed() == [True, True]
    show(qtbot, picture_view, page_of(picture, page_id=2))
    assert framed() == [True, True]
    picture_view.show_lines(False)
    assert framed() == [False, False]


def test_a_line_pointed_at_in_the_text_is_framed(qtbot, picture_view, picture):
    show(qtbot, picture_view, page_of(picture))
    picture_view.hover(1)
    assert [item.pen().color().name() for item in drawn_lines(picture_view)][1] == token("accent").name()
    assert drawn_lines(picture_view)[0].pen().style() is Qt.PenStyle.NoPen
    picture_view.hover(None)
    assert drawn_lines(picture_view)[1].pen().style() is Qt.PenStyle.NoPen


def test_a_click_on_a_line_tells_its_number_and_a_drag_does_not(qtbot, picture_view, picture):
    show(qtbot, picture_view, page_of(picture))
    told = []
    picture_view.line_pressed.connect(lambda number, held: told.append(number))
    click(qtbot, picture_view, 20, 110)
    click(qtbot, picture_view, 108, 42)
    click(qtbot, picture_view, 350, 180)  # beside all lines
    assert told == [0, 1]
    start = picture_view.mapFromScene(QPointF(20, 110))
    qtbot.mousePress(picture_view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(picture_view.viewport(), start + QPoint(30, 0))
    qtbot.mouseRelease(picture_view.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(30, 0))
    assert told == [0, 1]


def test_chosen_lines_are_framed(qtbot, picture_view, picture):
    show(qtbot, picture_view, page_of(picture))

    def framed():
        return [item.data(0) for item in drawn_lines(picture_view) if item.pen().widthF() == 2]

    picture_view.choose_lines([1])
    assert framed() == [1]
    picture_view.choose_lines([0, 1])
    assert framed() == [0, 1]
    picture_view.choose_lines([])
    assert framed() == []


def test_the_picture_fits_the_width_until_it_is_zoomed(qtbot, picture_view, picture):
    show(qtbot, picture_view, page_of(picture))

    def scale():
        return picture_view.transform().m11()

    def fit():
        return pytest.approx((picture_view.viewport().width() - 2) / 400)

    assert scale() == fit()
    picture_view.resize(200, 300)
    assert scale() == fit()
    picture_view.zoom_in()
    zoomed = scale()
    picture_view.resize(300, 300)
    assert scale() == zoomed == pytest.approx((200 - 2 - 2 * picture_view.frameWidth()) / 400 * 1.25)
    for _ in range(40):
        picture_view.zoom_out()
    assert 0.01 < scale() < 0.04
    picture_view.zoom_fit()
    assert scale() == fit()


def test_a_page_that_just_fits_is_laid_out_once(qtbot, picture_view, scans):
    path = scans / "tall.png"
    quadrants(400, 900).save(path)
    assert show(qtbot, picture_view, page_of(path, height=900))
    for height in range(600, 720, 2):  # around where its height at full width and beside a scroll bar fits
        picture_view.resize(300, height)
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        resized: list[QEvent.Type] = []
        watch = EventsOf(picture_view.viewport(), QEvent.Type.Resize, resized)
        for _ in range(3):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        assert not resized, f"at a height of {height} the scroll bar comes and goes"
        watch.deleteLater()


class EventsOf(QObject):
    """Notes the events of one type that an object gets."""

    def __init__(self, watched, kind, events):
        super().__init__(watched)
        self._kind, self._events = kind, events
        watched.installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802 - Qt's name
        if event.type() == self._kind:
            self._events.append(event.type())
        return False


def test_ctrl_and_wheel_zoom_the_wheel_alone_does_not(qtbot, picture_view, picture):
    show(qtbot, picture_view, page_of(picture))
    before = picture_view.transform().m11()

    def turn_wheel(delta, keys):
        place = QPointF(picture_view.viewport().rect().center())
        wheel = (QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False)
        QApplication.sendEvent(
            picture_view.viewport(), QWheelEvent(place, picture_view.viewport().mapToGlobal(place), *wheel)
        )

    turn_wheel(120, Qt.KeyboardModifier.NoModifier)
    assert picture_view.transform().m11() == before
    turn_wheel(120, Qt.KeyboardModifier.ControlModifier)
    assert picture_view.transform().m11() == pytest.approx(before * 1.25)
    turn_wheel(-120, Qt.KeyboardModifier.ControlModifier)
    assert picture_view.transform().m11() == pytest.approx(before)


def test_a_broken_picture_is_no_error_and_can_be_mended(qtbot, picture_view, scans):
    page = page_of(scans / "page.png")
    page.path.write_bytes(b"no picture")
    assert not show(qtbot, picture_view, page, [])
    assert picture_view.scene().items() == []
    Image.new("RGB", (400, 200), "white").save(page.path)
    assert show(qtbot, picture_view, page)
    assert picture_size(picture_view) == (400, 200)


def test_a_page_passed_over_in_haste_is_neither_loaded_nor_shown(qtbot, picture_view, decoder, scans, monkeypatch):
    let_go, names, threads = threading.Event(), [], set()
    load_small = decoder.load_small

    def load(path, *values):
        names.append(path.name)
        threads.add(threading.get_ident())
        assert let_go.wait(PATIENCE)
        return load_small(path, *values)

    monkeypatch.setattr(decoder, "load_small", load)
    pages = []
    for number in range(1, 6):
        path = scans / f"{number}.png"
        Image.new("RGB", (100 * number, 50), "white").save(path)
        pages.append(page_of(path, page_id=number, width=100 * number, height=50))
    picture_view.show_page(pages[0], [])
    qtbot.waitUntil(lambda: names == ["1.png"])
    for page in pages[1:]:
        picture_view.show_page(page, [])
    with qtbot.waitSignal(picture_view.loaded) as loaded:
        let_go.set()
    assert loaded.args == [True]
    assert names == ["1.png", "5.png"]
    assert picture_size(picture_view) == (500, 50)
    assert threading.get_ident() not in threads


@pytest.mark.parametrize("way", [(1, 2), (1, 2, 1)])
def test_a_picture_is_shown_however_late_the_window_comes_to_look(
    qtbot, picture_view, decoder, scans, monkeypatch, way
):
    """All pictures are loaded before the window handles the first signal."""
    let_go, begun = threading.Event(), threading.Semaphore(0)
    load_small = decoder.load_small

    def load(*values):
        begun.release()
        assert let_go.wait(PATIENCE)
        return load_small(*values)

    monkeypatch.setattr(decoder, "load_small", load)
    pages = {}
    for number in (1, 2):
        path = scans / f"{number}.png"
        Image.new("RGB", (100 * number, 50), "white").save(path)
        pages[number] = page_of(path, page_id=number, width=100 * number, height=50)
    picture_view.show_page(pages[1], [])
    assert begun.acquire(timeout=PATIENCE)
    for number in way[1:]:
        picture_view.show_page(pages[number], [])
    let_go.set()
    if way[-1] != 1:
        assert begun.acquire(timeout=PATIENCE)
    assert picture_view.pictures._lane._threads.waitForDone(int(PATIENCE * 1000))  # for the second
    told = []
    picture_view.loaded.connect(told.append)
    qtbot.waitUntil(lambda: bool(told))
    QApplication.processEvents()
    assert told == [True]
    assert picture_size(picture_view) == (100 * way[-1], 50)


def test_beside_a_picture_that_is_not_there_yet_there_are_no_scroll_bars(qtbot, picture_view, picture, scans):
    far_down = [line("far down", left=10, top=4000, width=3000, height=20)]
    picture_view.show_page(page_of(scans / "missing.png", page_id=7, width=4000, height=5000), far_down)
    picture_view.mark_words([MarkedWord(0, (0, 3), polygon(10, 4000, 3000, 20), is_standing=False)])
    with qtbot.waitSignal(picture_view.loaded):
        pass
    QApplication.processEvents()
    assert not picture_view.has_anything
    bars = (picture_view.horizontalScrollBar(), picture_view.verticalScrollBar())
    assert [(bar.minimum(), bar.maximum()) for bar in bars] == [(0, 0), (0, 0)]


def test_no_page_is_an_empty_view(qtbot, picture_view, picture):
    show(qtbot, picture_view, page_of(picture))
    picture_view.show_page(None, [])
    assert picture_view.scene().items() == []


def test_close_waits_for_the_picture_being_loaded(qtbot, picture_view, decoder, lanes, picture, monkeypatch):
    begun, let_go, ended = threading.Event(), threading.Event(), []
    load_small = decoder.load_small

    def load(*values):
        begun.set()
        assert let_go.wait(PATIENCE)
        loaded = load_small(*values)
        ended.append(True)
        return loaded

    wait = QThreadPool.waitForDone

    def let_go_and_wait(pool, *values):
        let_go.set()
        return wait(pool, *values)

    monkeypatch.setattr(decoder, "load_small", load)
    monkeypatch.setattr(QThreadPool, "waitForDone", let_go_and_wait)
    picture_view.show_page(page_of(picture), [])
    assert begun.wait(PATIENCE)
    end(lanes)
    was_ended = list(ended)
    let_go.set()
    assert was_ended == [True]


def test_another_page_is_shown_from_its_top(qtbot, picture_view, scans):
    paths = [scans / "1.png", scans / "2.png"]
    for path in paths:
        quadrants(900, 3600).save(path)
    first, second = (page_of(path, number, 900, 3600) for number, path in enumerate(paths, 1))
    picture_view.move(100, 100)
    show(qtbot, picture_view, first)
    bar = picture_view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    QCursor.setPos(picture_view.mapToGlobal(QPoint(-40, -40)))  # else the page would be held where the pointer is
    show(qtbot, picture_view, second)
    assert bar.value() == bar.minimum()


def test_a_picture_that_fails_unexpectedly_is_known_not_to_be_there(
    qtbot, picture_view, picture, monkeypatch, decoder, caplog
):
    def fail(*_):
        raise NoProcess("The computer cannot start another process.")

    monkeypatch.setattr(decoder, "load_small", fail)
    with qtbot.waitSignal(picture_view.loaded) as told:
        picture_view.show_page(page_of(picture), [])
    assert told.args == [False]
    assert "cannot be shown" in caplog.text


def test_a_ring_shows_that_it_has_the_keyboard_but_not_after_a_click(qtbot, picture_view, picture):
    show(qtbot, picture_view, page_of(picture))

    def has_ring():
        return picture_view.grab().toImage().pixelColor(0, 100) == picture_view.palette().color(
            QPalette.ColorRole.Highlight
        )

    apply_appearance(QApplication.instance(), "light")
    picture_view.activateWindow()
    qtbot.waitUntil(picture_view.isActiveWindow)
    for reason, ringed in (
        (Qt.FocusReason.TabFocusReason, True),
        (Qt.FocusReason.MouseFocusReason, False),
        (Qt.FocusReason.OtherFocusReason, False),  # as where the full page opens
    ):
        picture_view.clearFocus()
        picture_view.setFocus(reason)
        assert has_ring() is ringed


def test_a_word_is_brought_into_view_also_if_the_picture_comes_later(qtbot, picture_view, scans):
    quadrants(900, 3600).save(scans / "1.png")
    word = MarkedWord(0, (0, 5), polygon(100, 3000, 200, 40), is_standing=False)
    picture_view.move(100, 100)
    QCursor.setPos(picture_view.mapToGlobal(QPoint(-40, -40)))
    with qtbot.waitSignal(picture_view.loaded):
        picture_view.show_page(page_of(scans / "1.png", 1, 900, 3600), [])
        picture_view.see_word(word)

    def is_seen() -> bool:
        return picture_view.viewport().rect().contains(picture_view.mapFromScene(QPointF(200, 3020)))

    assert is_seen()
    picture_view.verticalScrollBar().setValue(0)
    assert not is_seen()
    picture_view.see_word(word)
    assert is_seen()
