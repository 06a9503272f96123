"""The grid shows some pages of the batch that were asked for elsewhere, until a person asks for all of them."""

import pytest
from fakes import batch_of
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.pages.pages_pane import PagesPane


@pytest.fixture
def batch(library, laid):
    """Six pages, and a batch of three others."""
    batch_of(library, 3)
    batch_id, pages = batch_of(library, 6, laid.places.library / "six")
    laid.chosen.tell(Change(None))
    return batch_id, pages


@pytest.fixture
def pane(qtbot, laid, batch):
    pane = PagesPane(laid)
    qtbot.addWidget(pane)
    laid.chosen.choose_batch(batch[0])
    qtbot.waitUntil(lambda: pane.model.rowCount() == 6)
    return pane


def heading(pane) -> QWidget:
    return pane.findChild(QWidget, "somePages")


def test_some_pages_are_shown_until_all_are_asked_for(qtbot, laid, pane, batch):
    batch_id, pages = batch
    laid.chosen.show_only(batch_id, [pages[4], pages[1]], "Scan these again")
    qtbot.waitUntil(lambda: pane.model.rowCount() == 2)
    assert pane.model.ids_at(range(2)) == [pages[1], pages[4]]
    assert heading(pane).isVisibleTo(pane)
    assert heading(pane).findChild(QLabel, "somePagesNumber").text() == "2 pages"
    heading(pane).findChild(QPushButton, "allPages").click()
    qtbot.waitUntil(lambda: pane.model.rowCount() == 6)
    assert not heading(pane).isVisibleTo(pane)


def test_another_batch_shows_all_of_its_pages(qtbot, laid, pane, batch):
    batch_id, pages = batch
    laid.chosen.show_only(batch_id, pages[:2], "Some")
    qtbot.waitUntil(lambda: pane.model.rowCount() == 2)
    other = next(it.id for it in laid.batches.batches() if it.id != batch_id)
    laid.chosen.choose_batch(other)
    qtbot.waitUntil(lambda: pane.model.rowCount() == 3)
    assert not heading(pane).isVisibleTo(pane)


def test_pages_of_another_batch_are_shown_at_once(qtbot, laid, pane, batch):
    other = next(it.id for it in laid.batches.batches() if it.id != batch[0])
    page_ids = laid.library.page_ids(other)
    laid.chosen.show_only(other, page_ids[1:], "Some")
    qtbot.waitUntil(lambda: pane.model.ids_at(range(pane.model.rowCount())) == page_ids[1:])
    assert heading(pane).isVisibleTo(pane)
