"""Paints the values of receipts, each above its strip of the picture, and edits them."""

from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ocrdesk.engine.fields.table import Receipt
from ocrdesk.engine.words import _
from ocrdesk.ui.kit.directions import draw_as_read
from ocrdesk.ui.kit.theme import SPACE, token
from ocrdesk.ui.receipts.receipt_words import shown
from ocrdesk.ui.receipts.receipts_model import RIGHT, ReceiptsModel
from ocrdesk.ui.receipts.value_strips import HEIGHT, ValueStrips

_Index = QModelIndex | QPersistentModelIndex

_AT_END, _IN_MIDDLE = Qt.TextElideMode.ElideRight, Qt.TextElideMode.ElideMiddle

_RING = 2
"""How thick the ring round the present value is."""


class ReceiptCells(QStyledItemDelegate):
    """Paints cells."""

    def __init__(self, strips: ValueStrips, parent: QWidget) -> None:
        super().__init__(parent)
        self._strips = strips
        self._text_height = parent.fontMetrics().height()

    def row_height(self) -> int:
        """How high a row is: a value, its strip, and room around both."""
        return self._text_height + HEIGHT + 3 * SPACE

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), self.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = cast(ReceiptsModel, index.model())  # asked itself: each question by way of Qt takes as long as all here
        receipt, name = model.receipts[index.row()], model.name_of(index.column())
        rect, palette = option.rect, option.palette
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        is_to_check = bool(name) and receipt.is_to_check(name)
        painter.save()
        if is_to_check:
            painter.fillRect(rect, token("amberfill"))
        elif is_selected:
            painter.fillRect(rect, token("sel"))
        inside = rect.adjusted(SPACE, SPACE, -SPACE, -SPACE)
        metrics = option.fontMetrics
        side = model.side_of(index.column())
        if name:
            above = QRect(inside.left(), inside.top(), inside.width(), self._text_height)
            text = shown(name, receipt.value(name)) or (_("not found") if is_to_check else "")
            self._paint_strip(painter, inside, receipt, name, side)
            painter.setPen(token("amber") if is_to_check else palette.color(QPalette.ColorRole.Text))
            if is_to_check:
                font = QFont(painter.font())
                font.setWeight(QFont.Weight.DemiBold)
                painter.setFont(font)
                metrics = painter.fontMetrics()
            if text:
                draw_as_read(painter, above, side, metrics.elidedText(text, _AT_END, above.width()))
        else:
            painter.setPen(palette.color(QPalette.ColorRole.Text))
            painter.drawText(inside, side, metrics.elidedText(receipt.page.name, _IN_MIDDLE, inside.width()))
        if is_selected:  # one cell is, the present one
            painter.setPen(QPen(token("accent"), _RING))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.setPen(palette.color(QPalette.ColorRole.Midlight))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        field = QLineEdit(parent)
        field.setObjectName("receiptField")
        field.setAccessibleName(_("Value"))
        return field

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        field = cast(QLineEdit, editor)
        field.setText(str(index.data(Qt.ItemDataRole.EditRole)))
        field.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: _Index) -> None:
        cast(ReceiptsModel, model).setData(index, cast(QLineEdit, editor).text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        rect = option.rect
        high = self._text_height + 2 * SPACE - 2  # the strip below stays in sight
        editor.setGeometry(QRect(rect.left(), rect.top(), rect.width(), high))

    def _paint_strip(
        self, painter: QPainter, inside: QRect, receipt: Receipt, name: str, side: Qt.AlignmentFlag
    ) -> None:
        strip = self._strips.get(receipt, name, painter.device().devicePixelRatioF())
        if strip is None or strip.isNull():
            return
        size = strip.deviceIndependentSize().toSize()
        place = QRect(inside.left(), inside.bottom() - HEIGHT + 1, min(size.width(), inside.width()), size.height())
        if side is RIGHT:
            place.moveRight(inside.right())
        ratio = strip.devicePixelRatio()
        seen = QRect(0, 0, round(place.width() * ratio), round(place.height() * ratio))
        painter.drawPixmap(place.topLeft(), strip, seen)
        painter.setPen(token("border"))
        painter.drawRect(place.adjusted(0, 0, -1, -1))
