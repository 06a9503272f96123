"""Fonts of text that was read, whose letters may be those of any script, and the room that words need."""

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QHeaderView

from ocrdesk.ui.kit.theme import SPACE

_CJK = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
)
"""Families for Chinese and Japanese; the first that is there is taken."""


def reading_font(pixels: int) -> QFont:
    """The desktop's font at a size, with one family after it for Chinese and Japanese.

    Left to itself, Qt takes each letter from whichever family has it, so that thin and bold ones mix.
    """
    font = QFont(QGuiApplication.font())
    font.setFamilies([*font.families(), *_cjk_family()])
    font.setPixelSize(pixels)
    return font


@cache
def _cjk_family() -> tuple[str, ...]:
    there = set(QFontDatabase.families())
    return tuple(name for name in _CJK if name in there)[:1]


def heading_width(header: QHeaderView, number: int) -> int:
    """Returns the width that a column's heading needs."""
    words = header.model().headerData(number, Qt.Orientation.Horizontal)
    return header.fontMetrics().horizontalAdvance(words) + 2 * SPACE
