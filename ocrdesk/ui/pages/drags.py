"""What is dragged out of the window: pages, as their text and as their files."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QMetaType, QMimeData, QPoint, QRect, QRectF, QSize, Qt, QUrl
from PySide6.QtGui import QDrag, QFont, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView

from ocrdesk.engine.document import Brought, Page
from ocrdesk.engine.library import Library
from ocrdesk.engine.ordinary_files import opens_as_picture
from ocrdesk.engine.words import plural, written_number
from ocrdesk.ui.kit import dragged
from ocrdesk.ui.kit.file_names import URI_LIST, url_of
from ocrdesk.ui.kit.theme import SPACE

MOST_AS_TEXT = 100
"""The text of this many pages is given: whoever lets go of thousands does not wait for them."""

MIME_TYPES = _TEXT, _FILES, _PAGES = "text/plain", URI_LIST, dragged.PAGES
_EDGE = 112
"""Of the picture under the pointer, in device-independent pixels."""
_SHEET = 4
"""How far a sheet looks out from under the one above it."""


class DraggedPages(QMimeData):
    """Gives the text of pages, as “Copy text” does, and their files: each once, and only where it is there.

    Both are looked up when a program asks for them, not when the drag begins. The window itself asks which pages they
    are.
    """

    def __init__(self, library: Library, page_ids: Sequence[int]) -> None:
        super().__init__()
        self._library = library
        self._page_ids = page_ids
        self._given: dict[str, str | list[QUrl]] = {}

    def formats(self) -> list[str]:
        return list(MIME_TYPES)

    def retrieveData(self, mime_type: str, kind: QMetaType | QMetaType.Type) -> Any:
        if mime_type == _PAGES:
            return dragged.packed(self._page_ids)
        if mime_type not in self._given:  # some programs ask at every move of the pointer
            if mime_type == _TEXT:
                self._given[_TEXT] = self._text()
            elif mime_type == _FILES:
                self._given[_FILES] = self._files()
        return self._given.get(mime_type)

    def _text(self) -> str:
        text = self._library.texts.flowing(self._page_ids[:MOST_AS_TEXT])
        if rest := len(self._page_ids[MOST_AS_TEXT:]):
            missing = plural(
                "The text of {count} more page is not given here. Export gives the text of all.",
                "The text of {count:,} more pages is not given here. Export gives the text of all.",
                rest,
            )
            text += f"\n\n[{missing}]"
        return text

    def _files(self) -> list[QUrl]:
        known = self._library.pages(self._page_ids)
        pages = {known[page_id].path: known[page_id] for page_id in self._page_ids if page_id in known}
        return [url_of(path) for path, page in pages.items() if _is_given(page)]


def _is_given(page: Page) -> bool:
    """Whether the file of a page is handed to other programs; one that a batch file named, only as a picture."""
    return page.path.exists() if page.brought is Brought.NO else opens_as_picture(page.path)


def drag_rows(view: QAbstractItemView, rows: Sequence[int], actions: Qt.DropAction) -> None:
    """Drags rows of a view, at least one, until they are let go of."""
    model, current = view.model(), view.currentIndex().row()
    shown = model.index(current if current in rows else rows[0], 0)
    drag = QDrag(view)
    drag.setMimeData(model.mimeData([model.index(row, 0) for row in rows]))
    picture = _picture(shown.data(Qt.ItemDataRole.DecorationRole), len(rows), view)
    drag.setPixmap(picture)
    drag.setHotSpot(QRect(QPoint(), picture.deviceIndependentSize().toSize()).center())
    drag.exec(actions)


def _picture(thumbnail: QPixmap | None, count: int, view: QAbstractItemView) -> QPixmap:
    """A page, or a pile of pages and how many there are."""
    ratio, palette = view.devicePixelRatioF(), view.palette()
    size = (thumbnail.size() if thumbnail is not None else QSize(_EDGE * 3 // 4, _EDGE)).scaled(
        _EDGE, _EDGE, Qt.AspectRatioMode.KeepAspectRatio
    )
    below = min(count, 3) - 1
    pile = size + QSize(1, 1) * (_SHEET * below + 2 * SPACE)
    picture = QPixmap(pile * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Dark), 1))
    painter.setBrush(palette.color(QPalette.ColorRole.Base))
    for sheet in range(below, -1, -1):
        place = QRect(QPoint(SPACE, SPACE) + QPoint(1, 1) * (_SHEET * sheet), size)
        painter.drawRect(QRectF(place).adjusted(-0.5, -0.5, 0.5, 0.5))
    if thumbnail is not None:
        smooth = Qt.TransformationMode.SmoothTransformation
        scaled = thumbnail.scaled(size * ratio, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
        painter.drawPixmap(place, scaled)
    if count > 1:
        _paint_count(painter, written_number(count), QRect(QPoint(), pile), view)
    painter.end()
    return picture


def _paint_count(painter: QPainter, words: str, area: QRect, view: QAbstractItemView) -> None:
    font = QFont(view.font())
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    metrics = painter.fontMetrics()
    height = metrics.height() + SPACE // 2
    pill = QRectF(0, 0, max(height, metrics.horizontalAdvance(words) + 2 * SPACE), height)
    pill.moveBottomRight(area.bottomRight().toPointF())
    painter.setPen(QPen(view.palette().color(QPalette.ColorRole.Base), 1))
    painter.setBrush(view.palette().color(QPalette.ColorRole.Highlight))
    painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), height / 2, height / 2)
    painter.setPen(view.palette().color(QPalette.ColorRole.HighlightedText))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
