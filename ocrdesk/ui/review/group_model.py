"""The cells of a screen as a list for Qt."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ocrdesk.engine.review.groups import Member
from ocrdesk.engine.words import _

MEMBER_ROLE = Qt.ItemDataRole.UserRole
"""The ``Member`` of a cell."""

MARKED_ROLE = Qt.ItemDataRole.UserRole + 1
"""Whether it is marked."""

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class GroupModel(QAbstractListModel):
    """A row a cell. What is marked stays so while other screens are shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._members: Sequence[Member] = ()
        self._marked: set[object] = set()

    def show_members(self, members: Sequence[Member]) -> None:
        """Shows other cells."""
        self.beginResetModel()
        self._members = members
        self.endResetModel()

    @property
    def members(self) -> Sequence[Member]:
        """What is shown."""
        return self._members

    @property
    def marked(self) -> list[Member]:
        """What is marked of what is shown."""
        return [member for member in self._members if member.placed.key in self._marked]

    @property
    def unmarked(self) -> list[Member]:
        """The rest of what is shown."""
        return [member for member in self._members if member.placed.key not in self._marked]

    def toggle(self, index: _Index) -> None:
        """Marks a cell, or takes its mark away."""
        if index.isValid() and index.row() < len(self._members):
            self._marked ^= {self._members[index.row()].placed.key}
            self._tell(index.row(), index.row())

    def mark_all(self, is_marked: bool) -> None:
        """Marks all that is shown, or takes its marks away."""
        shown = {member.placed.key for member in self._members}
        self._marked = self._marked | shown if is_marked else self._marked - shown
        self._tell(0, len(self._members) - 1)

    def picture_arrived(self, key: object) -> None:
        """Has the cell of a word painted anew."""
        for row, member in enumerate(self._members):
            if member.placed.key == key:
                self._tell(row, row)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._members)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._members):
            return None
        member = self._members[index.row()]
        is_marked = member.placed.key in self._marked
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return member.placed.word.text
            case Qt.ItemDataRole.AccessibleTextRole:
                words = _("“{text}” in “{line}”").format(text=member.placed.word.text, line=member.placed.line.text)
                return _("{words}, marked").format(words=words) if is_marked else words
            case _ if role == MEMBER_ROLE:
                return member
            case _ if role == MARKED_ROLE:
                return is_marked
        return None

    def _tell(self, first: int, last: int) -> None:
        if self._members:
            self.dataChanged.emit(self.index(first), self.index(last))
