"""The help: a page for each task and one with all keys, searched together."""

import re
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from ocrdesk.engine.words import _
from ocrdesk.ui.kit.actions import Actions
from ocrdesk.ui.kit.fields import dress_search_field
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.window.help_pages import HELP_PAGES, HelpPage, Run, keys_of

_WIDTH, _HEIGHT, _LIST = 760, 560, 216
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class HelpDialog(QDialog):
    """Stays beside the window, which can be used meanwhile."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("helpDialog")
        self.setWindowTitle(_("Help"))
        self.resize(_WIDTH, _HEIGHT)
        self._texts = [(page, page.runs(actions)) for page in HELP_PAGES]
        self._keys = keys_of(actions)
        self.search = QLineEdit(objectName="helpSearch")
        self.search.setPlaceholderText(_("Search the help and the keys"))
        self.search.setAccessibleName(_("Search the help and the keys"))
        dress_search_field(self.search)
        self.search.setMinimumHeight(4 * SPACE)
        self._list = QListWidget(objectName="helpPages")
        self._list.setAccessibleName(_("Pages of the help"))
        self._page = QTextBrowser(objectName="helpPage")
        self._page.setAccessibleName(_("Page of the help"))
        self._page.document().setDocumentMargin(2 * SPACE)
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        row.addWidget(self._list)
        row.addWidget(self._page, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(self.search)
        column.addLayout(row, 1)
        self._list.currentRowChanged.connect(self._show)
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self._filter()
        self._list.ensurePolished()
        self._list.setFixedWidth(max(_LIST, self._list.sizeHintForColumn(0) + 2 * SPACE))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets arrows go through the pages while something is typed."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _MOVES:
            QApplication.sendEvent(self._list, event)
            return True
        return False

    def _filter(self) -> None:
        """Lists the pages that have all words that were typed, and of the keys those that do."""
        words = self.search.text().casefold().split()
        self._list.clear()
        for page, paragraphs in self._texts:
            text = " ".join(run for paragraph in paragraphs for run, is_command in paragraph)
            if _has(f"{_(page.title)} {text}", words):
                self._add(_(page.title), _page_html(page, paragraphs))
        keys = [(key, does) for key, does in self._keys if _has(f"{key} {does}", words)]
        title = _("Keys")
        if keys or _has(title, words):
            self._add(title, _keys_html(title, keys or self._keys))
        if self._list.count():
            self._list.setCurrentRow(0)
        else:
            nothing = _("Nothing was found for “{words}”.").format(words=self.search.text().strip())
            self._page.setHtml(f"<p>{escape(nothing)}</p>")

    def _add(self, title: str, html: str) -> None:
        item = QListWidgetItem(title)
        item.setData(Qt.ItemDataRole.UserRole, html)
        self._list.addItem(item)

    def _show(self, row: int) -> None:
        if row >= 0:
            self._page.setHtml(self._list.item(row).data(Qt.ItemDataRole.UserRole))


def _has(text: str, words: Sequence[str]) -> bool:
    """Whether a text has words that begin so."""
    return all(re.search(rf"(?<!\w){re.escape(word)}", text.casefold()) for word in words)


def _title_html(title: str) -> str:
    return f'<p style="font-size: x-large; font-weight: 600; margin-bottom: {SPACE}px">{escape(title)}</p>'


def _page_html(page: HelpPage, paragraphs: Sequence[Sequence[Run]]) -> str:
    shown = ("".join(f"<b>{escape(run)}</b>" if strong else escape(run) for run, strong in it) for it in paragraphs)
    lines = "".join(f'<p style="line-height: 130%; margin-bottom: {SPACE}px">{text}</p>' for text in shown)
    return _title_html(_(page.title)) + lines


def _keys_html(title: str, keys: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        f'<tr><td style="padding: 3px {3 * SPACE}px 3px 0"><b>{escape(key)}</b></td>'
        f'<td style="padding: 3px 0">{escape(does)}</td></tr>'
        for key, does in keys
    )
    return f"{_title_html(title)}<table>{rows}</table>"
