"""A page in its panel."""

import pytest
from edited_page import READING
from fakes import batch_of, keep, quadrants
from page_views import TWO_COLUMNS
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ocrdesk.engine.document import Source
from ocrdesk.ui.pages.thumbnails import Thumbnails
from ocrdesk.ui.panel.page_panel import PagePanel
from ocrdesk.ui.panel.picture_view import PictureView


@pytest.fixture
def actions(laid):
    return laid.actions


@pytest.fixture
def view(qtbot, library, laid):
    """The page in its panel, the text as it is printed."""
    laid.choices.set("text/printed", True)
    panel = PagePanel(laid, Thumbnails(laid.thumbnails, laid.decoder, laid.tasks))
    qtbot.addWidget(panel)
    panel.resize(400, 600)
    with qtbot.waitActive(panel):
        panel.show()
    return panel.view


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


@pytest.fixture
def edited_id(library, scans):
    """A page with words to check."""
    path = scans / "page.png"
    quadrants(400, 200).save(path)
    _, pages = batch_of(library, [Source(path, "page.png")], scans)
    keep(library, pages[0], READING)
    return pages[0]


@pytest.fixture
def edited(qtbot, laid, edited_id):
    """That page in its panel."""
    laid.choices.set("text/printed", True)
    panel = PagePanel(laid, Thumbnails(laid.thumbnails, laid.decoder, laid.tasks))
    edited = panel.view
    qtbot.addWidget(panel)
    panel.resize(600, 800)
    with qtbot.waitActive(panel):
        panel.show()
    laid.batches.follow(None)
    laid.chosen.choose_batch(laid.library.page(edited_id).batch_id)
    with qtbot.waitSignal(edited.picture.loaded):
        edited.show_page(edited_id)
    return edited


@pytest.fixture
def press(qtbot):
    """Presses a key where the keyboard is."""

    def one(key, held=Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(QApplication.focusWidget(), key, held)

    return one


@pytest.fixture
def until(qtbot):
    return lambda condition: qtbot.waitUntil(condition)


@pytest.fixture
def texts(library, edited_id):
    """What the library holds of the page."""
    return lambda: [line.text for line in library.texts.of(edited_id).lines]
