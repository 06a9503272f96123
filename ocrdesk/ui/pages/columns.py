"""The columns of the table of pages: all that is to be said of each."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QLocale

from ocrdesk.engine.document import Page, PageStatus
from ocrdesk.engine.library import PageOrder
from ocrdesk.engine.quality import number_to_check
from ocrdesk.ui.kit.badges import badge_of
from ocrdesk.ui.kit.words import percent


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        heading: What stands over it, to be translated.
        key: Its name in what is kept of the window.
        order: By what a click on that sorts.
        words: What stands in the cell of a page.
        width: How wide it is at first, in pixels; the text takes the room that is left.
        is_number: Whether it holds numbers, which stand at the right.
        is_extra: Whether it is hidden until somebody wants it.
    """

    heading: str
    key: str
    order: PageOrder
    words: Callable[[Page], str]
    width: int
    is_number: bool = False
    is_extra: bool = False


def _text(page: Page) -> str:
    """The beginning of the text, or the reason why there is none."""
    if page.status is PageStatus.FAILED and page.message:
        return str(page.message)
    return page.text_start


def _lines(page: Page) -> str:
    return QLocale().toString(page.line_count) if page.line_count is not None else ""


def _to_check(page: Page) -> str:
    return QLocale().toString(number) if (number := number_to_check(page)) else ""


def _confidence(page: Page) -> str:
    return percent(page.confidence) if page.confidence is not None and page.line_count is not None else ""


def _seconds(page: Page) -> str:
    return QLocale().toString(page.seconds, "f", 1) if page.seconds is not None else ""


def _corrected(page: Page) -> str:
    return QLocale().toString(page.corrected) if page.corrected else ""


COLUMNS = (
    Column("Page", "page", PageOrder.POSITION, lambda page: page.name, 178),
    Column("Status", "status", PageOrder.STATUS, lambda page: badge_of(page).words, 144, is_extra=True),
    Column("Text", "text", PageOrder.TEXT, _text, 150),
    Column("Lines", "lines", PageOrder.LINES, _lines, 54, is_number=True),
    Column("To check", "to_check", PageOrder.TO_CHECK, _to_check, 74, is_number=True),
    Column("Confidence", "confidence", PageOrder.CONFIDENCE, _confidence, 84, is_number=True, is_extra=True),
    Column("Corrected", "corrected", PageOrder.CORRECTED, _corrected, 80, is_number=True, is_extra=True),
    Column("Seconds", "seconds", PageOrder.SECONDS, _seconds, 74, is_number=True, is_extra=True),
)
FILE, STATUS, TEXT, LINES, TO_CHECK, CONFIDENCE, CORRECTED, SECONDS = range(8)
