from itertools import groupby

import pytest
from fakes import line
from PIL import Image
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QApplication

from ocrdesk.engine.document import Page, PageStatus
from ocrdesk.ui.kit.theme import token
from ocrdesk.ui.panel.line_shapes import _GROUND
from ocrdesk.ui.panel.picture_view import PictureView


@pytest.fixture
def view(qtbot, decoder, lanes, scans):
    """A page of forty lines that lie close to each other, the numbers shown."""
    path = scans / "page.png"
    Image.new("RGB", (400, 900), "white").save(path)
    view = PictureView(decoder, lanes)
    qtbot.addWidget(view)
    view.resize(420, 930)
    view.show_numbers(True)
    with qtbot.waitExposed(view):
        view.show()
    lines = [line(f"line {row}", left=60, top=20.0 * row + 20, width=200, height=14) for row in range(40)]
    page = Page(1, 1, path, 0, path.name, PageStatus.DONE, width=400, height=900)
    with qtbot.waitSignal(view.loaded):
        view.show_page(page, lines)
    return view


def image_of(view) -> QImage:
    return view.viewport().grab().toImage()


def point(view, x: float, y: float) -> None:
    """Tells the view that the pointer moved there; the pointer itself may be over another window."""
    place = QPointF(view.mapFromScene(QPointF(x, y)))
    nothing, no_key = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    everywhere = view.viewport().mapToGlobal(place)
    move = QMouseEvent(QEvent.Type.MouseMove, place, everywhere, nothing, nothing, no_key)
    QApplication.sendEvent(view.viewport(), move)


def numbers(view) -> list[int]:
    """How high each number is that stands at the beginning of the lines, from the top."""
    image = image_of(view)
    column = view.mapFromScene(view.marks.lines[0].polygon().at(0)).x() - 2
    is_ground = (image.pixelColor(column, y) == _GROUND for y in range(image.height()))
    runs = (len(list(run)) for is_number, run in groupby(is_ground) if is_number)
    return [height for height in runs if height > 4]  # else it is a corner


def test_every_line_has_its_number_where_there_is_room(view):
    assert len(numbers(view)) == 40
    view.show_numbers(False)
    assert numbers(view) == []


def test_numbers_stay_as_large_as_they_are_however_small_the_picture_is(view):
    before = numbers(view)
    for _ in range(6):
        view.zoom_out()
    some = numbers(view)
    assert 5 <= len(some) < 40
    assert max(some) <= 1.5 * max(before), "none lies over another"


def test_a_line_under_the_pointer_is_framed_until_the_pointer_leaves(qtbot, view):
    item = view.marks.lines[3]
    assert item.pen().style() is Qt.PenStyle.NoPen
    point(view, 150, 87)
    qtbot.waitUntil(lambda: item.pen().color() == token("accent", 0.4))
    assert item.pen().widthF() == 1
    point(view, 350, 890)
    qtbot.waitUntil(lambda: item.pen().style() is Qt.PenStyle.NoPen)
