"""The groups, largest first, and below them those that are done."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ocrdesk.engine.review.groups import Group
from ocrdesk.engine.words import N_, _, plural, written_number
from ocrdesk.ui.kit.dialog import sized
from ocrdesk.ui.kit.directions import draw_as_read
from ocrdesk.ui.kit.icons import icon_pixmap
from ocrdesk.ui.kit.theme import SPACE, token
from ocrdesk.ui.review.group_words import name_of

GROUP_ROLE = Qt.ItemDataRole.UserRole
"""The ``Group`` of a row; None for a heading."""

DONE_ROLE = Qt.ItemDataRole.UserRole + 1
"""Whether it is done."""

_HEADING, _ROW = 36, 40
_SMALL = 12 / 13

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class GroupList(QAbstractListModel):
    """A row a group, and one for the heading of each part that has any."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[str | Group] = []
        self._done: Sequence[Group] = ()

    def show_groups(self, groups: Sequence[Group], done: Sequence[Group]) -> None:
        """Shows other groups: those to be checked, and those that are done."""
        self.beginResetModel()
        self._done = done
        self._rows = []
        for heading, some in ((N_("Read as"), groups), (N_("Done"), done)):
            self._rows += [heading, *some] if some else []
        self.endResetModel()

    def row_of(self, group: Group) -> int | None:
        """The row of a group."""
        return next((row for row, it in enumerate(self._rows) if it is group), None)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.ItemNeverHasChildren  # a heading cannot be chosen
        is_done = bool(index.data(DONE_ROLE))
        return Qt.ItemFlag.ItemNeverHasChildren if is_done else super().flags(index)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        words = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if isinstance(row, str):
            return _(row) if role in words else None
        is_done = any(row is other for other in self._done)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name_of(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                count = plural("{count} word", "{count:,} words", len(row.members))
                return f"{name_of(row)}, {count}, {_('Done')}" if is_done else f"{name_of(row)}, {count}"
            case _ if role == GROUP_ROLE:
                return row
            case _ if role == DONE_ROLE:
                return is_done
        return None


class GroupRows(QStyledItemDelegate):
    """Paints a group as its name and how many words it has."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, _ROW if index.data(GROUP_ROLE) is not None else _HEADING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        group: Group | None = index.data(GROUP_ROLE)
        rect, words = option.rect, str(index.data())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if group is None:
            painter.setFont(sized(option.font, _SMALL, QFont.Weight.DemiBold))
            painter.setPen(token("text2"))
            painter.drawText(rect.adjusted(SPACE + 4, 0, -SPACE, -4), Qt.AlignmentFlag.AlignBottom, words)
            painter.restore()
            return
        is_done = bool(index.data(DONE_ROLE))
        state = option.state
        ground = (
            "sel" if state & QStyle.StateFlag.State_Selected
            else "hover" if state & QStyle.StateFlag.State_MouseOver and not is_done
            else ""
        )  # fmt: skip
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(token(ground))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 8, 8)
        inner = rect.adjusted(SPACE + 4, 0, -SPACE - 4, 0)
        count = written_number(len(group.members))
        painter.setFont(sized(option.font, _SMALL))
        painter.setPen(token("text2"))
        wide = painter.fontMetrics().horizontalAdvance(count)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, count)
        name = QRect(inner.left(), inner.top(), inner.width() - wide - SPACE, inner.height())
        if is_done:
            tick = icon_pixmap("check", 14, token("text3").name(), painter.device().devicePixelRatioF())
            painter.drawPixmap(name.left(), name.center().y() - 6, tick)
            name.setLeft(name.left() + 14 + SPACE)
            painter.setFont(option.font)
        else:
            painter.setFont(sized(option.font, 1.0, QFont.Weight.DemiBold))
            painter.setPen(option.palette.text().color())
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, name.width())
        draw_as_read(painter, name, middle | Qt.AlignmentFlag.AlignAbsolute, shown)
        painter.restore()


def group_rows(model: GroupList) -> QListView:
    """The view of the groups."""
    view = QListView(objectName="groupList")
    view.setModel(model)
    view.setItemDelegate(GroupRows(view))
    view.setMouseTracking(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are those of the cells
    view.setAccessibleName(_("Groups"))
    return view
