"""What is to check on pages that an earlier version read."""

import pytest
from fakes import FakeRecognizer, batch_of, keep, reading

from ocrdesk.ui.window import indexing


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(indexing, "SOON", 0)


def test_pages_that_nobody_counted_are_counted_after_the_start(qtbot, at_once, open_desk):
    def prepare(library):
        batch_id, pages = batch_of(library, 2)
        for page_id, confidence in zip(pages, (0.1, 0.99), strict=True):
            keep(library, page_id, reading("a text", confidence=confidence))
        with library._connection.write() as db:
            db.execute("UPDATE page SET to_check = NULL")
        return batch_id

    desk = open_desk(FakeRecognizer)
    batch_id = prepare(desk.library)
    desk.window._indexing.begin()
    qtbot.waitUntil(lambda: not desk.library.texts.outdated())
    qtbot.waitUntil(lambda: desk.window.desk.batches.batch(batch_id).counts.doubtful == 1)
