"""What is done in the background with pages whose texts are not in the index as they are."""

import threading

import pytest
from fakes import PATIENCE, FakeRecognizer, batch_of, keep, reading
from PySide6.QtWidgets import QToolButton

from ocrdesk.engine.search.query import parse
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.window import indexing


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(indexing, "SOON", 0)


def test_pages_of_an_earlier_version_are_indexed_after_the_start_and_counted(qtbot, at_once, open_desk):
    desk = open_desk(FakeRecognizer).window.desk
    batch_id, pages = batch_of(desk.library, 2)
    for page_id, confidence in zip(pages, (0.1, 0.99), strict=True):
        keep(desk.library, page_id, reading("a text", confidence=confidence))
    with desk.library._connection.write() as db:
        db.execute("UPDATE page SET to_check = NULL")
        db.execute("DELETE FROM page_index")
        db.execute("INSERT INTO to_index SELECT id FROM page")
    desk.window._indexing.begin()
    qtbot.waitUntil(lambda: (batch := desk.batches.batch(batch_id)) is not None and batch.counts.doubtful == 1)
    assert desk.library.texts.outdated() == []
    assert len(desk.library.search.pages(parse("text "))) == 2


def test_what_changes_is_indexed_soon_after(qtbot, at_once, open_desk):
    desk = open_desk(FakeRecognizer).window.desk
    batch_id, _ = batch_of(desk.library, 2)
    desk.chosen.tell(Change(batch_id))
    qtbot.waitUntil(lambda: not desk.library.texts.outdated())


def test_it_tells_how_far_it_is_and_ends_when_cancelled_until_the_next_start(qtbot, at_once, open_desk, monkeypatch):
    desk = open_desk(FakeRecognizer).window.desk
    begun = []
    ended = threading.Event()

    def renew(is_over, tell):
        begun.append(1)
        tell(12_000, 100_000)
        for _ in range(int(100 * PATIENCE)):
            if is_over():
                ended.set()
                return 100_000
            ended.wait(0.01)
        return 0

    monkeypatch.setattr(desk.library.texts, "renew_outdated", renew)
    desk.window._indexing.begin()
    qtbot.waitUntil(lambda: desk.under_way.text == "Indexing 12,000 of 100,000 pages")
    desk.under_way.findChild(QToolButton).click()
    assert desk.under_way.text == ""
    qtbot.waitUntil(ended.is_set)
    qtbot.waitUntil(lambda: not desk.window._indexing._is_busy)
    desk.chosen.tell(Change(None))
    assert not desk.window._indexing._soon.isActive()
    assert begun == [1]
