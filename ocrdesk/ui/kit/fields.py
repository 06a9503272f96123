"""Fields that a style sheet alone does not dress, and keys that are taken later."""

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QSpinBox, QStyledItemDelegate

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


def copy_of(event: QKeyEvent) -> QKeyEvent:
    """A key as it was pressed, to be taken later; Qt takes the event itself back."""
    return QKeyEvent(event.type(), event.key(), event.modifiers(), event.text(), event.isAutoRepeat(), event.count())
