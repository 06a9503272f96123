"""The picture of a page on the screen."""

from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsPixmapItem, QStyleOptionGraphicsItem, QWidget

from ocrdesk.ui.panel.pictures import ShownPicture


class PictureItem(QGraphicsPixmapItem):
    """Is painted from the smallest of its sizes that has a pixel for each of the screen."""

    def __init__(self, picture: ShownPicture) -> None:
        self._sizes = [QPixmap.fromImage(image) for image in picture.sizes]
        super().__init__(self._sizes[0])

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        scale = painter.worldTransform().m11() * painter.device().devicePixelRatioF()
        width = scale * self._sizes[0].width()
        fitting = next((pixmap for pixmap in reversed(self._sizes) if pixmap.width() >= width), self._sizes[0])
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self.boundingRect(), fitting, fitting.rect().toRectF())
