"""The room of the receipts, on a desk of its own."""

import pytest
from fakes import PATIENCE, batch_of, draw_pages

from ocrdesk.engine.document import Reading, Source
from ocrdesk.ui.receipts.receipts_commands import ReceiptsCommands
from ocrdesk.ui.receipts.receipts_room import ReceiptsRoom
from tests.engine.fields.receipt_lines import lines_of

SURE = ("^Muster GmbH", "Datum 03.04.2024|10:15", "Kunde: 4711", "Summe|14,09 €", "Bar|20,00 €", "Rückgeld|5,91 €")
UNSURE = ("Corner Shop Ltd", "Date: 03/04/2024", "Kunde: 0815", "Total|$5.00", "Cash|5.00")


@pytest.fixture
def page_ids(library, tmp_path):
    """Two pages that were read; on the second one, day and month may be the other way round."""
    folder = tmp_path / "receipts"
    folder.mkdir()
    files = draw_pages(folder, 2)
    _batch, ids = batch_of(library, [Source(file, file.name) for file in files], folder)
    for page_id, rows in zip(ids, (SURE, UNSURE), strict=True):
        reading = Reading(tuple(lines_of(*rows)), 400, 300)
        library.checkpoints.keep(page_id, reading, seconds=1, rotation=0, recognizer="test")
    return ids


@pytest.fixture
def room(qtbot, laid, library, page_ids):
    """The room, open, with everything read and added up."""
    room = ReceiptsRoom(laid)
    laid.window.centralWidget().layout().addWidget(room, 1)
    laid.window.resize(1200, 600)
    laid.window.show()
    ReceiptsCommands(laid, room)
    laid.batches.follow(None)
    laid.chosen.choose_batch(library.page(page_ids[0]).batch_id)
    with qtbot.waitSignal(room._reading.added_up, timeout=1000 * PATIENCE):
        laid.actions.call("receipts_table")
    return room
