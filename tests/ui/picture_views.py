"""A page that is drawn, and what is seen of it in a view of its picture."""

from fakes import line
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsPolygonItem

from ocrdesk.engine.document import Line, Page, PageStatus
from ocrdesk.ui.panel.picture_view import PictureView

SLANTED = ((30.0, 20.0), (190.0, 40.0), (187.0, 64.0), (27.0, 44.0))


LINES = [line("first", left=10, top=100, width=150, height=20), Line("slanted", 0.5, SLANTED)]


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
