"""A page with doubtful words, to be corrected with keys and mouse as a person has them."""

import pytest
from desks import clear_desk, lay_desk
from edited_page import READING
from fakes import batch_of, keep, quadrants
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow

from ocrdesk.engine.document import Source
from ocrdesk.ui.pages.thumbnails import Thumbnails
from ocrdesk.ui.panel.page_panel import PagePanel
from ocrdesk.ui.panel.page_view import PageView


@pytest.fixture
def laid(qtbot, library, decoder, tmp_path):
    window = QMainWindow()
    qtbot.addWidget(window)
    desk = lay_desk(window, library, decoder, tmp_path)
    yield desk
    clear_desk(desk)


@pytest.fixture
def page_id(library, scans):
    library.doubtful_below = 0.9
    path = scans / "page.png"
    quadrants(400, 200).save(path)
    _, pages = batch_of(library, [Source(path, "page.png")], scans)
    keep(library, pages[0], READING)
    return pages[0]


@pytest.fixture
def view(qtbot, laid, page_id):
    laid.choices.set("text/printed", True)
    view = PageView(laid, Thumbnails(laid.thumbnails, laid.decoder, laid.tasks))
    panel = PagePanel(laid, view)
    qtbot.addWidget(panel)
    panel.resize(600, 800)
    with qtbot.waitActive(panel):
        panel.show()
    laid.batches.follow(None)
    laid.chosen.choose_batch(laid.library.page(page_id).batch_id)
    with qtbot.waitSignal(view.picture.loaded):
        view.show_page(page_id)
    return view


@pytest.fixture
def press(qtbot):
    """Presses a key where the keyboard is."""

    def one(key, held=Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(QApplication.focusWidget(), key, held)

    return one


@pytest.fixture
def until(qtbot):
    return lambda condition: qtbot.waitUntil(condition, timeout=3_000)


@pytest.fixture
def texts(library, page_id):
    """What the library holds of the page."""
    return lambda: [line.text for line in library.texts.of(page_id).lines]
