"""The window's search: some pages at once, and then all of them."""

import pytest
from fakes import batch_of, keep, reading

from ocrdesk.engine.search.found import EVERYWHERE, Narrowing
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.search import searching
from ocrdesk.ui.search.found_model import FoundModel
from ocrdesk.ui.search.searching import Searching

NAMES = ("first", "second", "third")


@pytest.fixture
def desk(laid, tmp_path):
    """Three batches of five pages each, all with one word."""
    for name in NAMES:
        for page_id in batch_of(laid.library, 5, tmp_path / name)[1]:
            keep(laid.library, page_id, reading("high tide"))
    laid.chosen.tell(Change(None))
    return laid


@pytest.fixture
def asked(desk, monkeypatch):
    """A search of which so many pages are found at first."""

    def ask(first: int, narrowing=EVERYWHERE) -> tuple[Searching, list, list]:
        monkeypatch.setattr(searching, "FIRST_PAGES", first)
        found, shown = [], []
        search = Searching(desk, FoundModel(desk.window), desk.window)
        search.found.connect(found.append)
        search.found.connect(lambda _: shown.append([(it.name, it.words) for it in search._model.batches]))
        search.ask("tide", narrowing)
        return search, found, shown

    return ask


@pytest.mark.parametrize(
    ("first", "shown_first"),
    [
        (4, [("third", "")]),
        (7, [("third", "5 pages")]),
        (20, [("third", "5 pages"), ("second", "5 pages"), ("first", "5 pages")]),
    ],
)
def test_all_follows_what_is_found_first(qtbot, asked, first, shown_first):
    search, found, shown = asked(first)
    qtbot.waitUntil(lambda: len(search._model.places) == 9)
    assert shown[0] == shown_first
    assert [len(it.pages) for it in found] == ([first, 15] if first < 15 else [15])
    assert not found[-1].has_more
    assert [(it.name, it.words) for it in search._model.batches] == [(name, "5 pages") for name in NAMES[::-1]]


def test_all_is_narrowed_as_the_first_were(qtbot, asked, desk):
    batch_id = next(batch.id for batch in desk.library.batches() if batch.name == "second")
    search, found, _ = asked(4, Narrowing(batch_ids=[batch_id]))
    qtbot.waitUntil(lambda: len(found) == 2)
    assert [(it.name, it.words) for it in search._model.batches] == [("second", "5 pages")]


def test_another_search_takes_the_place_of_one_that_has_more(qtbot, asked):
    search, _, _ = asked(4)
    search.ask("nothing ", EVERYWHERE, tolerant=False)
    qtbot.waitUntil(lambda: not search._is_asking and not search._model.batches)
    with qtbot.assertNotEmitted(search.found, wait=100):
        pass
    assert not search._model.batches
