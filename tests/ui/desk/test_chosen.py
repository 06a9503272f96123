"""What is chosen, and the one word on what has changed."""

from types import SimpleNamespace

import pytest
from fakes import Maker, batch_of
from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex

from ocrdesk.engine.library import PageFilter
from ocrdesk.runner import BatchRunner
from ocrdesk.ui.desk import chosen as module
from ocrdesk.ui.desk.batch_model import BatchModel
from ocrdesk.ui.desk.chosen import Change, Chosen
from ocrdesk.ui.kit.selections import RowSelection

ROOT = QModelIndex()


class Pages(QAbstractTableModel):
    """Some pages in a list, as a model of pages is."""

    def __init__(self, page_ids: list[int], library) -> None:
        super().__init__()
        self._page_ids, self._library = page_ids, library

    def rowCount(self, parent=ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._page_ids)

    def columnCount(self, parent=ROOT) -> int:  # noqa: N802
        return 0 if parent.isValid() else 1

    def take(self, page_ids: list[int]) -> None:
        self.beginInsertRows(ROOT, len(self._page_ids), len(self._page_ids) + len(page_ids) - 1)
        self._page_ids = self._page_ids + page_ids
        self.endInsertRows()

    def ids_at(self, rows) -> list[int]:
        return [self._page_ids[row] for row in rows]

    def page_at(self, row):
        return self._library.page(self._page_ids[row])

    def rows_of(self, page_ids) -> list[int]:
        return sorted(self._page_ids.index(page_id) for page_id in page_ids if page_id in self._page_ids)


class Heard:
    """Notes what is told."""

    def __init__(self, chosen: Chosen) -> None:
        self.changes: list[Change] = []
        self.moves = 0
        chosen.changed.connect(self.changes.append)
        chosen.batch_moved.connect(self._on_moved)

    def _on_moved(self) -> None:
        self.moves += 1


@pytest.fixture
def runner(qapp, library, decoder):
    return BatchRunner(library, decoder, Maker(), workers=1)


@pytest.fixture
def batch(library, tmp_path):
    """Number and pages of a batch."""
    return batch_of(library, 4, tmp_path / "first")


@pytest.fixture
def other(library, batch, tmp_path):
    """Number of another batch."""
    return batch_of(library, 2, tmp_path / "other")[0]


@pytest.fixture
def chosen(library, runner, batch, other):
    return Chosen(BatchModel(library, runner), runner)


@pytest.fixture
def heard(chosen):
    return Heard(chosen)


@pytest.fixture
def selection(chosen, batch, library):
    """Of the pages of the first batch, which are shown."""
    pages = Pages(batch[1], library)
    selection = RowSelection(pages)
    chosen.follow_pages(pages, selection)
    yield selection
    del pages


def select(selection, *rows: int) -> None:
    for row in rows:
        selection.select(selection.model().index(row, 0), QItemSelectionModel.SelectionFlag.Select)


def test_at_first_nothing_is_chosen(chosen):
    assert (chosen.batch_id, chosen.batch, chosen.page(), chosen.has_pages) == (None, None, None, False)
    assert chosen.page_ids() == chosen.some_page_ids(5) == chosen.shown_page_ids() == []
    assert not chosen.choose_next_page([1])
    chosen.choose_first_page()
    chosen.choose_no_page()


def test_another_batch_is_told_and_the_same_is_not(chosen, heard, batch, other):
    chosen.choose_batch(batch[0])
    chosen.choose_batch(batch[0])
    assert (chosen.batch.id, heard.moves) == (batch[0], 1)
    chosen.choose_batch(other)
    chosen.choose_batch(None)
    assert (chosen.batch, heard.moves) == (None, 3)


def test_some_pages_of_the_same_batch_are_told(chosen, heard, batch):
    chosen.choose_batch(batch[0])
    chosen.choose_batch(batch[0], PageFilter.FAILED)
    assert (chosen.show, heard.moves) == (PageFilter.FAILED, 2)


def test_several_batches_are_told_once_and_else_the_one_that_is_shown(qtbot, chosen, batch, other):
    assert chosen.batches == []
    chosen.choose_batch(batch[0])
    assert [it.id for it in chosen.batches] == [batch[0]]
    with qtbot.waitSignal(chosen.batches_moved):
        chosen.choose_batches([other, batch[0], 99])
    with qtbot.assertNotEmitted(chosen.batches_moved):
        chosen.choose_batches([other, batch[0], 99])
    assert [it.id for it in chosen.batches] == [other, batch[0]]


def test_a_batch_that_is_not_there_is_not_chosen(chosen, heard, batch):
    chosen.choose_batch(batch[0])
    chosen.choose_batch(99)
    assert (chosen.batch_id, heard.moves) == (batch[0], 1)


def test_the_chosen_pages_are_told_in_the_order_shown(qtbot, chosen, selection, batch):
    with qtbot.waitSignal(chosen.pages_moved):
        select(selection, 2, 0, 3)
    pages = batch[1]
    assert chosen.has_pages
    assert chosen.page_ids() == [pages[0], pages[2], pages[3]]
    assert chosen.shown_page_ids() == pages
    assert len(chosen.some_page_ids(2)) == 2


def test_pages_that_move_several_times_for_one_reason_are_told_once(qtbot, chosen, selection):
    moves = []
    chosen.pages_moved.connect(lambda: moves.append(len(chosen.page_ids())))
    with chosen.moving_once():
        select(selection, 0, 2)
        assert moves == []
    qtbot.waitUntil(lambda: moves == [2])
    with chosen.moving_once():
        pass
    qtbot.waitUntil(lambda: not chosen._moved.isActive())
    assert moves == [2], "where nothing moved, nothing is told"
    with chosen.moving_once():
        select(selection, 1)
    select(selection, 3)
    qtbot.waitUntil(lambda: not chosen._moved.isActive())
    assert moves == [2, 4], "what is told at once is not told again"


def test_the_page_with_the_focus_comes_before_the_first_one(chosen, selection, batch):
    select(selection, 1, 3)
    assert chosen.page().id == batch[1][1]
    selection.setCurrentIndex(selection.model().index(3, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
    assert chosen.page().id == batch[1][3]
    selection.setCurrentIndex(selection.model().index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
    assert chosen.page().id == batch[1][1], "it is not among the chosen ones"


def test_pages_that_are_not_listed_yet_are_chosen_as_soon_as_they_are(chosen, selection, batch, other):
    chosen.choose_batch(batch[0])
    chosen.choose_pages([71, 72])
    assert chosen.page_ids() == []
    selection.model().take([70, 71, 72])
    assert chosen.page_ids() == [71, 72]
    select(selection, 0)
    selection.model().take([73])
    assert len(chosen.page_ids()) == 3, "only once"
    chosen.choose_pages([74])
    chosen.choose_batch(other)
    selection.model().take([74])
    assert len(chosen.page_ids()) == 3, "not where another batch is shown by now"


def test_the_next_of_some_pages_is_chosen_and_after_the_last_the_first(chosen, selection, batch):
    some = [batch[1][1], batch[1][3]]
    found = []
    for _ in range(3):
        assert chosen.choose_next_page(some)
        found.append(chosen.page_ids())
    assert found == [[some[0]], [some[1]], [some[0]]]
    assert not chosen.choose_next_page([99])


@pytest.mark.parametrize(("going", "beside"), [([1], 2), ([0, 2], 1), ([2, 3], 1), ([0, 1, 2], 3), ([1, 2, 3], 0)])
def test_the_page_after_some_that_go_is_chosen_or_the_one_before(chosen, selection, batch, going, beside):
    select(selection, *going)
    chosen.choose_beside([batch[1][row] for row in going])
    assert chosen.page_ids() == [batch[1][beside]]


def test_where_all_go_none_is_chosen(chosen, selection, batch):
    select(selection, 1)
    chosen.choose_beside(batch[1])
    assert not chosen.has_pages


def test_pages_are_chosen_where_they_are_shown(chosen, selection, batch):
    select(selection, 0)
    chosen.choose_pages([99])
    assert chosen.page_ids() == batch[1][:1], "it is not shown"
    chosen.choose_pages([*batch[1][2:], 99])
    assert chosen.page_ids() == batch[1][2:]
    assert chosen.page().id == batch[1][2]


def test_the_first_page_is_chosen_only_where_none_is(chosen, selection, batch):
    chosen.choose_first_page()
    assert chosen.page_ids() == batch[1][:1]
    chosen.choose_no_page()
    select(selection, 2)
    chosen.choose_first_page()
    assert chosen.page_ids() == [batch[1][2]]


def test_batches_are_read_anew_before_a_change_is_told(chosen, library, batch):
    names = []
    chosen.choose_batch(batch[0])
    chosen.changed.connect(lambda _: names.append(chosen.batch.name))
    library.rename_batch(batch[0], "Letters")
    chosen.tell(Change(batch[0]))
    library.rename_batch(batch[0], "Bills")
    chosen.tell(Change(None))
    assert names == ["Letters", "Bills"]


def test_a_change_concerns_its_batch_or_all():
    assert Change(1).concerns(1)
    assert Change(None).concerns(1)
    assert not Change(2).concerns(1)
    assert not Change(None).concerns(None)


def test_what_workers_do_is_gathered(qtbot, chosen, runner, heard, batch, other):
    runner.batch_id = batch[0]
    runner.page_started.emit(batch[1][0])
    runner.page_finished.emit(batch[1][0])
    runner.page_started.emit(batch[1][1])
    chosen.tell_grown(other)
    chosen.tell_grown(batch[0])
    assert heard.changes == []
    qtbot.waitUntil(lambda: len(heard.changes) == 2)
    told = {change.batch_id: change for change in heard.changes}
    assert told[batch[0]] == Change(batch[0], frozenset(batch[1][:2]), has_more=True)
    assert told[other] == Change(other, frozenset(), has_more=True)


def test_the_screen_rests_longer_than_following_took(qtbot, chosen, heard, other, monkeypatch):
    seconds = iter([0.0, 0.05])
    monkeypatch.setattr(module, "time", SimpleNamespace(perf_counter=lambda: next(seconds)))
    chosen.tell_grown(other)
    qtbot.waitUntil(lambda: bool(heard.changes))
    assert chosen._rest == 500


def test_where_no_page_is_chosen_it_is_told_that_another_one_is_the_first(qtbot, chosen, selection):
    with qtbot.waitSignal(chosen.pages_moved):
        selection.model().take([70])
