import threading

import pytest
from fakes import PATIENCE, end, line, polygon, quadrants
from PIL import Image
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, QPointF, Qt, QThreadPool
from PySide6.QtGui import QCursor, QPalette, QPixmap, QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsPixmapItem, QGraphicsPolygonItem

from ocrdesk.engine.document import Line, Page, PageStatus
from ocrdesk.engine.errors import NoProcess
from ocrdesk.ui.kit.theme import apply_appearance, token
from ocrdesk.ui.panel import pictures as pictures_module
from ocrdesk.ui.panel.picture_view import PictureView
from ocrdesk.ui.panel.shown_text import MarkedWord

SLANTED = ((30.0, 20.0), (190.0, 40.0), (187.0, 64.0), (27.0, 44.0))
LINES = [line("first", left=10, top=100, width=150, height=20), Line("slanted", 0.5, SLANTED)]


@pytest.fixture
def view(qtbot, decoder, lanes):
    view = PictureView(decoder, lanes)
    qtbot.addWidget(view)
    view.resize(300, 300)
    with qtbot.waitExposed(view):
        view.show()
    return view


@pytest.fixture
def picture(scans):
    path = scans / "page.png"
    quadrants(400, 200).save(path)
    return path


def page_of(path, page_id=1, width=400, height=200, turn=0) -> Page:
    return Page(page_id, 1, path, 0, path.name, PageStatus.DONE, width=width, height=height, turn=turn)


def show(qtbot, view, page, lines=LINES) -> bool:
    with qtbot.waitSignal(view.loaded) as loaded:
        view.show_page(page, lines)
    return loaded.args[0]


def drawn_lines(view: PictureView) -> list[QGraphicsPolygonItem]:
    items = [item for item in view.scene().items() if isinstance(item, QGraphicsPolygonItem)]
    return sorted(items, key=lambda item: item.data(0))


def corners(item: QGraphicsPolygonItem) -> tuple:
    return tuple((point.x(), point.y()) for point in item.mapToScene(item.polygon()))


def picture_size(view: PictureView) -> tuple[float, float]:
    (item,) = (item for item in view.scene().items() if isinstance(item, QGraphicsPixmapItem))
    rect = item.sceneBoundingRect()
    assert rect.topLeft() == QPointF(0, 0)
    return rect.width(), rect.height()


def click(qtbot, view, x, y):
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.mapFromScene(QPointF(x, y)))


@pytest.mark.parametrize("most", [3200, 100])
def test_lines_are_drawn_where_they_were_found_even_on_a_reduced_picture(qtbot, view, picture, most, monkeypatch):
    monkeypatch.setattr(pictures_module, "MOST_PIXELS_A_SIDE", most)
    assert show(qtbot, view, page_of(picture))
    assert [corners(item) for item in drawn_lines(view)] == [polygon(10, 100, 150, 20), SLANTED]
    assert picture_size(view) == (400, 200)
    assert all(item.isVisible() for item in drawn_lines(view))


def test_a_page_read_after_it_was_shown_has_its_lines_in_place_too(qtbot, view, picture, monkeypatch):
    monkeypatch.setattr(pictures_module, "MOST_PIXELS_A_SIDE", 100)
    show(qtbot, view, page_of(picture, width=None, height=None), [])
    view.show_page(page_of(picture), LINES)
    assert [corners(item) for item in drawn_lines(view)] == [polygon(10, 100, 150, 20), SLANTED]
    assert picture_size(view) == (400, 200)
    assert view.sceneRect().width() == 400
    assert view.mapFromScene(QPointF(400, 0)).x() <= view.viewport().width(), "it still fits"


def test_lines_lie_on_their_words_though_the_page_was_read_before_its_pixels_were_made_square(qtbot, view, picture):
    assert show(qtbot, view, page_of(picture, width=400, height=100))
    assert picture_size(view) == pytest.approx((400, 100))


def test_lines_are_framed_only_where_that_is_wanted_also_on_the_next_page(qtbot, view, picture):
    def framed():
        return [item.pen().style() is not Qt.PenStyle.NoPen for item in drawn_lines(view)]

    show(qtbot, view, page_of(picture))
    assert framed() == [False, False]
    view.show_lines(True)
    assert framed() == [True, True]
    show(qtbot, view, page_of(picture, page_id=2))
    assert framed() == [True, True]
    view.show_lines(False)
    assert framed() == [False, False]


def test_a_line_pointed_at_in_the_text_is_framed(qtbot, view, picture):
    show(qtbot, view, page_of(picture))
    view.hover(1)
    assert [item.pen().color().name() for item in drawn_lines(view)][1] == token("accent").name()
    assert drawn_lines(view)[0].pen().style() is Qt.PenStyle.NoPen
    view.hover(None)
    assert drawn_lines(view)[1].pen().style() is Qt.PenStyle.NoPen


def test_a_click_on_a_line_tells_its_number_and_a_drag_does_not(qtbot, view, picture):
    show(qtbot, view, page_of(picture))
    told = []
    view.line_pressed.connect(lambda number, held: told.append(number))
    click(qtbot, view, 20, 110)
    click(qtbot, view, 108, 42)
    click(qtbot, view, 350, 180)  # beside all lines
    assert told == [0, 1]
    start = view.mapFromScene(QPointF(20, 110))
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view.viewport(), start + QPoint(30, 0))
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(30, 0))
    assert told == [0, 1]


def test_chosen_lines_are_framed(qtbot, view, picture):
    show(qtbot, view, page_of(picture))

    def framed():
        return [item.data(0) for item in drawn_lines(view) if item.pen().widthF() == 2]

    view.choose_lines([1])
    assert framed() == [1]
    view.choose_lines([0, 1])
    assert framed() == [0, 1]
    view.choose_lines([])
    assert framed() == []


# Marks

WORD = MarkedWord(0, (0, 5), polygon(100, 100, 100, 40), is_standing=False)


def colour_at(view, x, y):
    return view.viewport().grab().toImage().pixelColor(view.mapFromScene(QPointF(x, y)))


@pytest.fixture
def white(qtbot, view, scans):
    """A white page with black print in the middle of its word, shown one to one."""
    image = Image.new("RGB", (400, 200), "white")
    image.paste("black", (140, 110, 160, 130))
    path = scans / "white.png"
    image.save(path)
    view.resize(460, 300)
    show(qtbot, view, page_of(path))
    return view


def test_a_doubtful_word_is_tinted_a_little_longer_than_it_was_measured_and_its_print_stays_black(white):
    white.mark_words([WORD])
    tinted = colour_at(white, 120, 120)
    assert tinted.name() != "#ffffff"
    assert tinted.red() > tinted.green() > tinted.blue()
    assert colour_at(white, 150, 120).name() == "#000000"
    assert colour_at(white, 100 - 0.12 * 40, 120) == tinted
    assert colour_at(white, 200 + 0.07 * 40, 120) == tinted
    assert colour_at(white, 100 - 0.25 * 40, 120).name() == "#ffffff"
    assert colour_at(white, 200 + 0.2 * 40, 120).name() == "#ffffff"


def test_what_was_found_is_marked_and_doubt_is_not_shown_beside_it(white):
    found = MarkedWord(0, (0, 5), polygon(250, 100, 60, 40), is_standing=False)
    white.mark_words([WORD], [found])
    assert colour_at(white, 280, 120) == token("hit")
    assert colour_at(white, 120, 120).name() == "#ffffff"


def test_nothing_is_marked_until_the_picture_is_there(qtbot, view, picture, decoder, monkeypatch):
    let_go = threading.Event()
    load_small = decoder.load_small

    def load(*values):
        assert let_go.wait(PATIENCE)
        return load_small(*values)

    monkeypatch.setattr(decoder, "load_small", load)
    page = page_of(picture)
    small = QPixmap(40, 20)
    small.fill(Qt.GlobalColor.white)
    view.show_page(page, LINES)
    view.mark_words([WORD])
    view.show_lines(True)
    assert view.page_rect().isEmpty()
    view.stand_in(small)
    view.mark_words([WORD])  # the text may come later than the small picture
    assert picture_size(view) == (400, 200), "as large as the page will be"
    assert view.page_rect().isEmpty()
    assert not any(item.isVisible() for item in drawn_lines(view))
    assert colour_at(view, 120, 120).name() == "#ffffff"
    with qtbot.waitSignal(view.loaded):
        let_go.set()
    assert view.page_rect().width() == 400
    assert all(item.isVisible() for item in drawn_lines(view))


def test_the_picture_fits_the_width_until_it_is_zoomed(qtbot, view, picture):
    show(qtbot, view, page_of(picture))

    def scale():
        return view.transform().m11()

    def fit():
        return pytest.approx((view.viewport().width() - 2) / 400)

    assert scale() == fit()
    view.resize(200, 300)
    assert scale() == fit()
    view.zoom_in()
    zoomed = scale()
    view.resize(300, 300)
    assert scale() == zoomed == pytest.approx((200 - 2 - 2 * view.frameWidth()) / 400 * 1.25)
    for _ in range(40):
        view.zoom_out()
    assert 0.01 < scale() < 0.04
    view.zoom_fit()
    assert scale() == fit()


def test_a_page_that_just_fits_is_laid_out_once(qtbot, view, scans):
    path = scans / "tall.png"
    quadrants(400, 900).save(path)
    assert show(qtbot, view, page_of(path, height=900))
    for height in range(600, 720, 2):  # around where its height at full width and beside a scroll bar fits
        view.resize(300, height)
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        resized: list[QEvent.Type] = []
        watch = EventsOf(view.viewport(), QEvent.Type.Resize, resized)
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


def test_ctrl_and_wheel_zoom_the_wheel_alone_does_not(qtbot, view, picture):
    show(qtbot, view, page_of(picture))
    before = view.transform().m11()

    def turn_wheel(delta, keys):
        place = QPointF(view.viewport().rect().center())
        wheel = (QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False)
        QApplication.sendEvent(view.viewport(), QWheelEvent(place, view.viewport().mapToGlobal(place), *wheel))

    turn_wheel(120, Qt.KeyboardModifier.NoModifier)
    assert view.transform().m11() == before
    turn_wheel(120, Qt.KeyboardModifier.ControlModifier)
    assert view.transform().m11() == pytest.approx(before * 1.25)
    turn_wheel(-120, Qt.KeyboardModifier.ControlModifier)
    assert view.transform().m11() == pytest.approx(before)


def test_a_broken_picture_is_no_error_and_can_be_mended(qtbot, view, scans):
    page = page_of(scans / "page.png")
    page.path.write_bytes(b"no picture")
    assert not show(qtbot, view, page, [])
    assert view.scene().items() == []
    Image.new("RGB", (400, 200), "white").save(page.path)
    assert show(qtbot, view, page)
    assert picture_size(view) == (400, 200)


def test_a_page_passed_over_in_haste_is_neither_loaded_nor_shown(qtbot, view, decoder, scans, monkeypatch):
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
    view.show_page(pages[0], [])
    qtbot.waitUntil(lambda: names == ["1.png"])
    for page in pages[1:]:
        view.show_page(page, [])
    with qtbot.waitSignal(view.loaded) as loaded:
        let_go.set()
    assert loaded.args == [True]
    assert names == ["1.png", "5.png"]
    assert picture_size(view) == (500, 50)
    assert threading.get_ident() not in threads


@pytest.mark.parametrize("way", [(1, 2), (1, 2, 1)])
def test_a_picture_is_shown_however_late_the_window_comes_to_look(qtbot, view, decoder, scans, monkeypatch, way):
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
    view.show_page(pages[1], [])
    assert begun.acquire(timeout=PATIENCE)
    for number in way[1:]:
        view.show_page(pages[number], [])
    let_go.set()
    if way[-1] != 1:
        assert begun.acquire(timeout=PATIENCE)
    assert view.pictures._lane._threads.waitForDone(int(PATIENCE * 1000))  # for the second
    told = []
    view.loaded.connect(told.append)
    qtbot.waitUntil(lambda: bool(told))
    QApplication.processEvents()
    assert told == [True]
    assert picture_size(view) == (100 * way[-1], 50)


def test_no_page_is_an_empty_view(qtbot, view, picture):
    show(qtbot, view, page_of(picture))
    view.show_page(None, [])
    assert view.scene().items() == []


def test_close_waits_for_the_picture_being_loaded(qtbot, view, decoder, lanes, picture, monkeypatch):
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
    view.show_page(page_of(picture), [])
    assert begun.wait(PATIENCE)
    end(lanes)
    was_ended = list(ended)
    let_go.set()
    assert was_ended == [True]


def test_another_page_is_shown_from_its_top(qtbot, view, scans):
    paths = [scans / "1.png", scans / "2.png"]
    for path in paths:
        quadrants(900, 3600).save(path)
    first, second = (page_of(path, number, 900, 3600) for number, path in enumerate(paths, 1))
    view.move(100, 100)
    show(qtbot, view, first)
    bar = view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    QCursor.setPos(view.mapToGlobal(QPoint(-40, -40)))  # else the page would be held where the pointer is
    show(qtbot, view, second)
    assert bar.value() == bar.minimum()


def test_a_picture_that_fails_unexpectedly_is_known_not_to_be_there(qtbot, view, picture, monkeypatch, decoder, caplog):
    def fail(*_):
        raise NoProcess("The computer cannot start another process.")

    monkeypatch.setattr(decoder, "load_small", fail)
    with qtbot.waitSignal(view.loaded) as told:
        view.show_page(page_of(picture), [])
    assert told.args == [False]
    assert "cannot be shown" in caplog.text


def test_a_ring_shows_that_it_has_the_keyboard_but_not_after_a_click(qtbot, view, picture):
    show(qtbot, view, page_of(picture))

    def has_ring():
        return view.grab().toImage().pixelColor(0, 100) == view.palette().color(QPalette.ColorRole.Highlight)

    apply_appearance(QApplication.instance(), "light")
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    for reason, ringed in ((Qt.FocusReason.TabFocusReason, True), (Qt.FocusReason.MouseFocusReason, False)):
        view.clearFocus()
        view.setFocus(reason)
        assert has_ring() is ringed
