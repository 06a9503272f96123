"""The words that are not asked about again."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QListWidget, QWidget

from ocrdesk.engine.words import _
from ocrdesk.engine.written import bare
from ocrdesk.ui.kit.dialog import NARROW, Dialog, side_button
from ocrdesk.ui.kit.theme import SPACE

_ROWS = 10 * 24


class AcceptedWordsDialog(Dialog):
    """Shows words, and gives those that were added and removed."""

    def __init__(self, words: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(
            _("Accepted words"),
            _("A word that you accept twice in the review is not asked about again, nor are those you add here."),
            parent,
            width=NARROW,
        )
        self.setObjectName("acceptedWordsDialog")
        self._before = set(words)
        self._field = QLineEdit(objectName="newWord", placeholderText=_("New word"))
        self._field.setAccessibleName(_("New word"))
        self._field.textChanged.connect(self._follow)
        self._add = side_button(_("Add"), "addWord")
        self._add.clicked.connect(self._add_word)
        self._list = QListWidget(objectName="acceptedWords")
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.setSortingEnabled(True)
        self._list.addItems(sorted(self._before))
        self._list.setMinimumHeight(_ROWS)
        self._list.setAccessibleName(_("Accepted words"))
        self._list.itemSelectionChanged.connect(self._follow)
        self._remove = side_button(_("Remove"), "removeWords")
        self._remove.clicked.connect(self._remove_words)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self._list, self._remove_words).setContext(
            Qt.ShortcutContext.WidgetShortcut
        )
        above, beside = QHBoxLayout(), QHBoxLayout()
        above.setSpacing(SPACE)
        above.addWidget(self._field, 1)
        above.addWidget(self._add)
        beside.setSpacing(SPACE)
        beside.addWidget(self._list, 1)
        beside.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignTop)
        self.content.addLayout(above)
        self.content.addLayout(beside)
        self.add_cancel()
        self._save = self.add_button(_("Save"), self.accept, name="acceptedWordsSave", kind="primary")
        self._follow()

    def changes(self) -> tuple[set[str], set[str]]:
        """Returns the words that were added, and those that were removed."""
        now = self._words()
        return now - self._before, self._before - now

    def _words(self) -> set[str]:
        return {self._list.item(row).text() for row in range(self._list.count())}

    def _add_word(self) -> None:
        word = bare(self._field.text())
        if not word:
            return
        found = self._list.findItems(word, Qt.MatchFlag.MatchExactly)
        if not found:
            self._list.addItem(word)
            found = self._list.findItems(word, Qt.MatchFlag.MatchExactly)
        self._list.clearSelection()
        found[0].setSelected(True)
        self._list.scrollToItem(found[0])
        self._field.clear()
        self._field.setFocus()

    def _remove_words(self) -> None:
        for item in self._list.selectedItems():
            self._list.takeItem(self._list.row(item))
        self._follow()

    def _follow(self) -> None:
        self._add.setEnabled(bool(bare(self._field.text())))
        self._remove.setEnabled(bool(self._list.selectedItems()))
        (self._add if self._field.text() else self._save).setDefault(True)  # what Return does
