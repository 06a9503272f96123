"""How a page looks in the grid."""

import re

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
    QPixmap,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ocrdesk.engine.document import Page, PageStatus
from ocrdesk.engine.words import plural
from ocrdesk.ui.kit.badges import badge_of
from ocrdesk.ui.kit.icons import icon_pixmap
from ocrdesk.ui.kit.theme import SPACE, mixed, status_colour
from ocrdesk.ui.kit.words import reason_and_advice
from ocrdesk.ui.pages.page_model import PAGE_ROLE

SIZES = (92, 136, 204)
"""Heights of the picture on small, medium and large cards."""

_WIDER = 142 / 136
_BADGE = 18
_DASHES = (5, 4)
_LINES = 3
"""Below the picture: the name, and what is to be said, which may take two."""

_AT_THE_FOOT = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
_UNUSED, _EDGE = QPalette.ColorRole.Midlight, QPalette.ColorRole.Mid
"""What is chosen in a view that has not the keyboard."""

_Index = QModelIndex | QPersistentModelIndex


class PageCard(QStyledItemDelegate):
    """Paints a page: its picture, its name, and what is to be said of it. Nothing says that all is well."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self.picture_height = SIZES[1]

    def size(self) -> QSize:
        """The size of each card."""
        text = _LINES * self._view.fontMetrics().height()
        return QSize(round(self.picture_height * _WIDER) + 3 * SPACE, self.picture_height + text + 5 * SPACE // 2)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return self.size()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        page: Page | None = index.data(PAGE_ROLE)
        if page is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if not option.state & QStyle.StateFlag.State_Enabled:  # it is being removed
            painter.setOpacity(0.4)
        palette = option.palette
        card = QRect(option.rect.topLeft(), self.size())
        self._paint_card(painter, card, palette, option.state)
        picture = QRect(card.left() + SPACE, card.top() + SPACE, card.width() - 2 * SPACE, self.picture_height)
        self._paint_picture(painter, picture, page, index.data(Qt.ItemDataRole.DecorationRole), palette)
        self._paint_words(painter, card, picture.bottom() + SPACE, page, palette)
        painter.restore()

    def _paint_card(self, painter: QPainter, card: QRect, palette: QPalette, state: QStyle.StateFlag) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(card).adjusted(1, 1, -1, -1), 8, 8)
        ground, highlight = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Highlight)
        is_in_use = bool(state & QStyle.StateFlag.State_Active)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillPath(shape, mixed(ground, highlight, 0.16) if is_in_use else palette.color(_UNUSED))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillPath(shape, palette.color(QPalette.ColorRole.Midlight))
        if state & QStyle.StateFlag.State_HasFocus:  # also where Ctrl and an arrow key went past what is chosen
            painter.strokePath(shape, QPen(highlight, 2))
        elif state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_On):  # chosen, or looked at unchosen
            painter.strokePath(shape, QPen(mixed(ground, highlight, 0.5) if is_in_use else palette.color(_EDGE), 1))

    def _paint_picture(
        self, painter: QPainter, area: QRect, page: Page, thumbnail: QPixmap | None, palette: QPalette
    ) -> None:
        badge = badge_of(page)
        edge = QPen(palette.color(_EDGE), 1)
        if thumbnail is not None:
            size = thumbnail.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QStyle.alignedRect(Qt.LayoutDirection.LeftToRight, _AT_THE_FOOT, size, area)
            opacity = painter.opacity()
            painter.setOpacity(opacity * (0.45 if page.status is PageStatus.PENDING else 1.0))
            painter.drawPixmap(place, thumbnail)
            painter.setOpacity(opacity)
        else:
            size = QSize(round(area.height() * 0.72), area.height())
            place = QStyle.alignedRect(Qt.LayoutDirection.LeftToRight, _AT_THE_FOOT, size, area)
            if page.status is PageStatus.FAILED:  # nothing of it can be shown, or not yet
                self._paint_icon(painter, place.center(), "failed", status_colour("failed"), 32)
                edge = QPen(palette.color(QPalette.ColorRole.Dark), 1)
                edge.setDashPattern(_DASHES)
            else:
                painter.fillRect(place, palette.color(_UNUSED))
        painter.setPen(edge)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(place).adjusted(-0.5, -0.5, 0.5, 0.5))
        if badge.name == "done" or (badge.name == "failed" and thumbnail is None):
            return  # no mark says that all is well, and one is enough
        corner = place.topRight() + QPoint(-3, 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.Base))
        painter.drawEllipse(corner, _BADGE // 2 + 2, _BADGE // 2 + 2)
        self._paint_icon(painter, corner, badge.name, status_colour(badge.name), _BADGE)

    def _paint_icon(self, painter: QPainter, middle: QPoint, name: str, colour: QColor, size: int) -> None:
        pixmap = icon_pixmap(name, size, colour.name(), self._view.devicePixelRatioF())
        painter.drawPixmap(middle.x() - size // 2, middle.y() - size // 2, pixmap)

    def _paint_words(self, painter: QPainter, card: QRect, top: int, page: Page, palette: QPalette) -> None:
        metrics = painter.fontMetrics()
        width = card.width() - 2 * SPACE
        said, colour = self._what_is_said(page, palette)
        below = in_two_lines(said, painter.font(), width)
        name = lines_of_name(page.name, painter.font(), width, _LINES - len(below))
        lines = [(line, palette.color(QPalette.ColorRole.Text)) for line in name]
        lines += [(line, colour) for line in below]
        for number, (words, shown_in) in enumerate(lines):
            rect = QRect(card.left() + SPACE, top + number * metrics.height(), width, metrics.height())
            painter.setPen(shown_in)
            painter.drawText(rect, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextSingleLine, words)

    def _what_is_said(self, page: Page, palette: QPalette) -> tuple[str, QColor]:
        badge = badge_of(page)
        if page.status is PageStatus.FAILED:
            is_known = page.message and not page.locked
            return _reason(str(page.message)) if is_known else badge.words, status_colour("failed")
        if badge.name == "done":
            corrected = plural("✎ {count} corrected", "✎ {count:,} corrected", page.corrected) if page.corrected else ""
            return corrected, palette.color(QPalette.ColorRole.PlaceholderText)
        return badge.words, status_colour(badge.name)


def lines_of_name(name: str, font: QFont, width: int, most: int) -> list[str]:
    """The name without its folder, which the heading above says.

    One that is too long goes on in a second line if there is one and it has a blank to be broken at; else it is cut in
    its middle.
    """
    name, metrics = name.rpartition("/")[2], QFontMetrics(font)
    if metrics.horizontalAdvance(name) > width and most > 1:
        lines = in_two_lines(name, font, width)
        if len(lines) > 1 and "".join(lines).replace(" ", "") == name.replace(" ", ""):
            return lines
    return [metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, width)]


def _reason(message: str) -> str:
    """Why a page failed, without what to do and the details, which the tooltip and the panel have."""
    return re.split(": |：", reason_and_advice(message)[0])[0]


def in_two_lines(words: str, font: QFont, width: int) -> list[str]:
    """Words as at most two lines of a width, cut off at the end of the second one."""
    layout = QTextLayout(words, font)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    first = words[: line.textLength()] if line.isValid() else ""
    layout.endLayout()
    second = words[len(first) :]
    elided = QFontMetrics(font).elidedText(second, Qt.TextElideMode.ElideRight, width)
    return [line for line in (first.rstrip(), elided) if line]
