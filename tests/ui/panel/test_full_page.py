"""The page in the place of all panes, on a desk of its own."""

import pytest
from fakes import batch_of, keep, quadrants
from page_views import TWO_COLUMNS
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from ocrdesk.engine.document import Source
from ocrdesk.ui.pages.thumbnails import Thumbnails
from ocrdesk.ui.panel.full_page import FullPage
from ocrdesk.ui.panel.page_view import PageView

NAME = "A letter of the northern office.png"


@pytest.fixture
def full_page(qtbot, library, laid, scans):
    """The full page, open on a page with a long name in a batch with a longer one."""
    folder = scans / "Letters of the office"
    folder.mkdir()
    quadrants(400, 200).save(folder / NAME)
    batch_id, pages = batch_of(library, [Source(folder / NAME, NAME)], folder)
    keep(library, pages[0], TWO_COLUMNS)
    view = PageView(laid, Thumbnails(laid.thumbnails, laid.decoder, laid.tasks))
    full_page = FullPage(laid, view, QWidget())
    qtbot.addWidget(full_page)
    laid.batches.follow(None)
    laid.chosen.choose_batch(batch_id)
    view.show_page(pages[0])
    laid.actions["full_page"].setChecked(True)
    with qtbot.waitExposed(full_page):
        full_page.show()
    return full_page


def test_the_name_of_the_page_has_room_or_is_not_there(full_page):
    name, back = full_page.findChild(QLabel, "fullPageName"), full_page.findChild(QPushButton, "backToPages")
    assert name.text() == NAME
    seen = []
    for width in range(full_page.minimumSizeHint().width(), 1000, 20):
        full_page.resize(width, 500)
        QApplication.sendPostedEvents()  # which lay it out
        assert not name.isVisible() or name.width() >= 120
        seen.append((name.isVisible(), bool(back.text())))
    assert seen == sorted(seen), "the name of the batch is there only beside that of the page"
    assert (seen[0], seen[-1]) == ((False, False), (True, True))
