"""A page in its panel."""

import pytest
from desks import clear_desk, lay_desk
from fakes import batch_of, keep, quadrants
from page_views import TWO_COLUMNS
from PySide6.QtWidgets import QMainWindow

from ocrdesk.engine.document import Source
from ocrdesk.ui.pages.thumbnails import Thumbnails
from ocrdesk.ui.panel.page_panel import PagePanel
from ocrdesk.ui.panel.page_view import PageView
from ocrdesk.ui.panel.picture_view import PictureView


@pytest.fixture
def laid(qtbot, library, decoder, tmp_path):
    window = QMainWindow()
    qtbot.addWidget(window)
    desk = lay_desk(window, library, decoder, tmp_path)
    yield desk
    clear_desk(desk)


@pytest.fixture
def actions(laid):
    return laid.actions


@pytest.fixture
def view(qtbot, library, laid):
    """The page in its panel, the text as it is printed."""
    laid.choices.set("text/printed", True)
    view = PageView(laid, Thumbnails(laid.thumbnails, laid.decoder, laid.tasks))
    panel = PagePanel(laid, view)
    qtbot.addWidget(panel)
    panel.resize(400, 600)
    with qtbot.waitActive(panel):
        panel.show()
    return view


@pytest.fixture
def page_id(library, scans):
    path = scans / "page.png"
    quadrants(400, 200).save(path)
    _, pages = batch_of(library, [Source(path, "letters/page.png")], scans)
    keep(library, pages[0], TWO_COLUMNS, seconds=1.26)
    return pages[0]


@pytest.fixture
def picture_view(qtbot, decoder, lanes):
    picture_view = PictureView(decoder, lanes)
    qtbot.addWidget(picture_view)
    picture_view.resize(300, 300)
    with qtbot.waitExposed(picture_view):
        picture_view.show()
    return picture_view


@pytest.fixture
def picture(scans):
    path = scans / "page.png"
    quadrants(400, 200).save(path)
    return path
