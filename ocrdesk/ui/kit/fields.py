"""Fields that a style sheet alone does not dress, and keys that are taken later."""

from collections.abc import Sequence

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QSpinBox, QSplitter, QStyledItemDelegate

from ocrdesk.engine.words import _
from ocrdesk.ui.kit.icons import icon
from ocrdesk.ui.kit.theme import SPACE

SHOWN = 16
"""Rows of a list that are seen without scrolling."""


def choice_field(name: str) -> QComboBox:
    """A field to choose from a list, whose rows follow the style sheet."""
    field = QComboBox(objectName=name)
    field.setItemDelegate(QStyledItemDelegate(field))
    field.setMaxVisibleItems(SHOWN)
    return field


def number_field(name: str, least: int, most: int, value: int) -> QSpinBox:
    """A field for a number, with as much room before it as other fields have."""
    field = QSpinBox(objectName=name)
    field.setRange(least, most)
    field.setValue(value)
    field.lineEdit().setTextMargins(SPACE - 1, 0, 0, 0)
    return field


def dress_search_field(field: QLineEdit) -> None:
    """Gives a field the symbol of a search, and a button that empties it, with names for those who cannot see them."""
    field.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
    for button in field.findChildren(QAbstractButton):
        button.setAccessibleName(_("Search"))
    field.setClearButtonEnabled(True)
    for button in field.findChildren(QAbstractButton):
        if not button.accessibleName():
            button.setAccessibleName(_("Clear the field"))


def name_dividers(split: QSplitter, names: Sequence[str]) -> None:
    """Names what is dragged between the parts of a split, for those who cannot see it."""
    for number, name in enumerate(names, 1):
        split.handle(number).setAccessibleName(name)


def copy_of(event: QKeyEvent) -> QKeyEvent:
    """A key as it was pressed, to be taken later; Qt takes the event itself back."""
    return QKeyEvent(event.type(), event.key(), event.modifiers(), event.text(), event.isAutoRepeat(), event.count())
