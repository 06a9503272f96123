"""Puts tables on the clipboard, so that they become cells where cells are known and text with tabs elsewhere."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from ocrdesk.engine.export.table_html import html_of, tabbed
from ocrdesk.engine.layout.page_text import Table


def copy_tables(tables: Sequence[Table]) -> None:
    """Copies tables, one after the other."""
    content = QMimeData()
    content.setHtml(html_of(tables))
    content.setText(tabbed(tables))
    QGuiApplication.clipboard().setMimeData(content)
