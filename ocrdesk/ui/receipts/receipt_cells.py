"""Paints the values of receipts, each above its strip of the picture, and edits them."""

from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ocrdesk.engine.fields.table import Receipt
from ocrdesk.engine.words import _
from ocrdesk.ui.kit.theme import SPACE, token
from ocrdesk.ui.receipts.receipts_model import CHECK_ROLE, PAGE_COLUMN, RECEIPT_ROLE, ReceiptsModel
from ocrdesk.ui.receipts.value_strips import HEIGHT, ValueStrips

_Index = QModelIndex | QPersistentModelIndex

_RING = 2
"""How thick the ring round the present value is."""


class ReceiptCells(QStyledItemDelegate):
    """Paints cells."""

    def __init__(self, strips: ValueStrips, parent: QWidget) -> None:
        super().__init__(parent)
        self._strips = strips

    def row_height(self) -> int:
        """How high a row is: a value, its strip, and room around both."""
        return self._text_height() + HEIGHT + 3 * SPACE

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), self.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        rect = option.rect
        state = option.state
        palette = option.palette
        is_to_check = bool(index.data(CHECK_ROLE))
        if is_to_check:
            painter.fillRect(rect, token("amberfill"))
        elif state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, token("sel"))
        inside = rect.adjusted(SPACE, SPACE, -SPACE, -SPACE)
        if index.column() == PAGE_COLUMN:
            self._write(painter, palette, inside, index, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        else:
            above = QRect(inside.left(), inside.top(), inside.width(), self._text_height())
            self._write(painter, palette, above, index, index.data(Qt.ItemDataRole.TextAlignmentRole))
            self._paint_strip(painter, inside, index)
        if state & QStyle.StateFlag.State_Selected:  # one cell is selected, the present one
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
        high = self._text_height() + 2 * SPACE - 2  # the strip below stays in sight
        editor.setGeometry(QRect(rect.left(), rect.top(), rect.width(), high))

    def _write(self, painter: QPainter, palette: QPalette, rect: QRect, index: _Index, side: Qt.AlignmentFlag) -> None:
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        is_to_check = bool(index.data(CHECK_ROLE))
        painter.setPen(token("amber") if is_to_check else palette.color(QPalette.ColorRole.Text))
        font = QFont(painter.font())
        font.setWeight(QFont.Weight.DemiBold if is_to_check else QFont.Weight.Normal)
        painter.setFont(font)
        if not text and is_to_check:
            text = _("not found")
        elide = Qt.TextElideMode.ElideMiddle if index.column() == PAGE_COLUMN else Qt.TextElideMode.ElideRight
        painter.drawText(rect, side, painter.fontMetrics().elidedText(text, elide, rect.width()))

    def _paint_strip(self, painter: QPainter, inside: QRect, index: _Index) -> None:
        receipt = cast(Receipt, index.data(RECEIPT_ROLE))
        name = cast(ReceiptsModel, index.model()).name_of(index.column())
        strip = self._strips.get(receipt, name, painter.device().devicePixelRatioF())
        if strip is None or strip.isNull():
            return
        size = strip.deviceIndependentSize().toSize()
        place = QRect(inside.left(), inside.bottom() - HEIGHT + 1, min(size.width(), inside.width()), size.height())
        if index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight:
            place.moveRight(inside.right())
        painter.save()
        painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
        painter.drawPixmap(place.topLeft(), strip)
        painter.restore()
        painter.setPen(token("border"))
        painter.drawRect(place.adjusted(0, 0, -1, -1))

    def _text_height(self) -> int:
        return cast(QWidget, self.parent()).fontMetrics().height()
