from pathlib import Path

from PySide6.QtCore import Qt

from ocrdesk.engine.document import Page, PageStatus
from ocrdesk.ui.kit.badges import badge_of
from ocrdesk.ui.pages.columns import STATUS
from ocrdesk.ui.pages.results_table import ResultsTable

LOCKED = Page(1, 1, Path("a.pdf"), 0, "a.pdf", PageStatus.FAILED, locked=True)


def test_the_longest_state_has_room_in_its_column(desk):
    table = desk.child("resultsTable", ResultsTable)
    words = badge_of(LOCKED, 0.7).words
    rect = table.fontMetrics().boundingRect(0, 0, 999, 99, Qt.AlignmentFlag.AlignLeft, words)
    assert rect.width() + 34 <= table.columnWidth(STATUS)
