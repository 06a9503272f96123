import pytest
from fakes import PATIENCE, Maker, SlowRecognizer, batch_of, keep, reading
from PySide6.QtCore import QDate, QItemSelectionModel, QModelIndex, Qt

from ocrdesk.runner import BatchRunner, RunState
from ocrdesk.ui.desk import batch_model
from ocrdesk.ui.desk.batch_model import BATCH_ROLE, LINE_ROLE, SECTION_ROLE, STATE_ROLE, BatchModel
from ocrdesk.ui.desk.batch_states import Section

Role = Qt.ItemDataRole


@pytest.fixture
def runner(library, decoder, gate, qapp):
    runner = BatchRunner(library, decoder, Maker(SlowRecognizer, gate), workers=1)
    yield runner
    gate.open()
    assert runner.close(PATIENCE)


@pytest.fixture
def model(library, runner):
    return BatchModel(library, runner)


def rows(model: BatchModel, role: int = Role.DisplayRole) -> list:
    return [model.index(row).data(role) for row in range(model.rowCount())]


@pytest.fixture
def add(library, model, tmp_path):
    """Adds a batch of some pages, of which some are read and some failed."""

    def add_one(name: str, pages: int, done: int = 0, failed: int = 0) -> int:
        batch_id, page_ids = batch_of(library, pages, tmp_path / name)
        for page_id in page_ids[:done]:
            keep(library, page_id, reading("text"))
        for page_id in page_ids[done : done + failed]:
            library.checkpoints.keep_failure(page_id, "The file is empty.")
        model.follow(batch_id)
        return batch_id

    return add_one


def finish(library, model, batch_id: int) -> None:
    for page_id in library.page_ids(batch_id):
        keep(library, page_id, reading("text"))
    model.follow(batch_id)


def test_batches_are_in_sections_and_qts_rules_are_kept(qtmodeltester, library, model, add):
    qtmodeltester.check(model)
    assert rows(model) == []
    first, second, third = add("first", 1), add("second", 2), add("third", 1, done=1)
    assert rows(model) == ["Waiting", "first", "second", "Done", "third"]
    assert [batch.id for batch in model.batches()] == [third, second, first], "the newest first"
    assert [model.row_of(it) for it in (first, second, third, 99)] == [1, 2, 4, None]

    changed = []
    model.dataChanged.connect(lambda top, bottom: changed.append((top.row(), bottom.row())))
    library.rename_batch(first, "renamed")
    model.follow(first)
    model.follow(second)  # nothing new there
    assert (rows(model)[1:3], changed) == (["renamed", "second"], [(1, 1)])

    finish(library, model, second)
    assert rows(model) == ["Waiting", "renamed", "Done", "third", "second"]
    for batch_id in (first, first, second):
        library.remove_batch(batch_id)
        model.follow(batch_id)
    assert rows(model) == ["Done", "third"]
    library.remove_batch(third)
    model.follow(None)
    assert (rows(model), model.batch(second), model.batch(None)) == ([], None, None)


def test_a_heading_is_no_batch_and_cannot_be_chosen(model, add):
    add("first", 1)
    heading, row = model.index(0), model.index(1)
    assert heading.data(BATCH_ROLE) is None
    assert not heading.flags() & (Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
    assert row.flags() & Qt.ItemFlag.ItemIsSelectable
    assert row.flags() & Qt.ItemFlag.ItemIsDragEnabled
    assert heading.data(Role.AccessibleTextRole) == "Waiting"


def test_no_row_moves_while_they_are_held(qtmodeltester, library, model, add):
    qtmodeltester.check(model)
    first, _second = add("first", 1), add("second", 1)
    add("done", 1, done=1)
    model.hold(True)
    finish(library, model, first)
    add("new", 1)
    assert rows(model) == ["Waiting", "first", "second", "Done", "done", "new"]
    assert model.index(1).data(SECTION_ROLE) is Section.DONE, "it is seen to be done where it stands"
    library.remove_batch(first)
    model.follow(first)
    assert rows(model) == ["Waiting", "second", "Done", "done", "new"], "what is gone is gone"
    model.hold(False)
    assert rows(model) == ["Waiting", "second", "new", "Done", "done"]


def test_a_heading_goes_with_the_last_batch_below_it_though_rows_are_held(qtmodeltester, library, model, add):
    qtmodeltester.check(model)
    first, done = add("first", 1), add("done", 1, done=1)
    model.hold(True)
    library.remove_batch(first)
    model.follow(first)
    assert rows(model) == ["Done", "done"]
    library.remove_batch(done)
    add("new", 1)
    model.follow(done)
    assert rows(model) == ["Done", "new"], "a batch that comes is below the last heading"
    model.hold(False)
    assert rows(model) == ["Waiting", "new"]


def test_what_is_chosen_stays_chosen_in_another_section(library, model, add):
    first, _second = add("first", 1), add("second", 1)
    chosen = QItemSelectionModel(model)
    chosen.setCurrentIndex(model.index(1), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    finish(library, model, first)
    assert rows(model) == ["Waiting", "second", "Done", "first"]
    assert [index.data() for index in chosen.selectedIndexes()] == [chosen.currentIndex().data()] == ["first"]


def test_batches_are_put_in_order_and_queued_ones_are_read_in_it(qtmodeltester, runner, model, add, gate):
    qtmodeltester.check(model)
    a, b, c, d = (add(name, 1) for name in "abcd")
    for batch_id in (a, b, c, d):
        runner.start(batch_id)
    assert rows(model) == ["Reading", "a", "Waiting", "b", "c", "d"]
    assert model.order_with([d], b, below=False) == [a, d, b, c]
    assert model.order_with([b], d, below=True) == [a, c, d, b]
    assert model.order_with([b, d], c, below=False) == [a, b, d, c]
    assert model.order_with([b, d], b, below=True) == [a, b, c, d], "where they are"
    assert model.order_with([b], a, below=True) == model.order_with([a, b], c, below=True) == []
    model.hold(True)
    model.put_in_order([a, d, b, c])
    assert rows(model) == ["Reading", "a", "Waiting", "d", "b", "c"]
    assert runner.waiting == (d, b, c)
    gate.open()


def test_every_batch_follows_what_concerns_all(library, model, tmp_path):
    first = []
    for name in ("first", "second"):
        batch_id, pages = batch_of(library, 1, tmp_path / name)
        keep(library, pages[0], reading("text", confidence=0.5))
        model.follow(batch_id)
        first += pages
    assert [batch.counts.doubtful for batch in model.batches()] == [1, 1]
    for page_id in first:
        keep(library, page_id, reading("text"))
    model.follow(None)
    assert [batch.counts.doubtful for batch in model.batches()] == [0, 0]


def test_states_of_a_run_are_told(qtbot, runner, model, add, gate):
    first, second = add("first", 1), add("second", 1)
    told = []
    model.dataChanged.connect(lambda top, bottom, roles: told.append((top.row(), bottom.row(), roles)))
    runner.start(first)
    runner.start(second)
    assert rows(model) == ["Reading", "first", "Waiting", "second"]
    assert rows(model, STATE_ROLE) == [None, "Reading…", None, "Queued"]
    assert (0, 3, [STATE_ROLE, LINE_ROLE, SECTION_ROLE]) in told
    runner.cancel(second)
    with qtbot.waitSignal(runner.run_finished):
        gate.open()
    model.follow(None)
    assert rows(model, STATE_ROLE) == [None, "Stopped", "Stopped"]


def test_a_row_says_how_far_its_batch_is(library, model, tmp_path):
    batch_id, pages = batch_of(library, 4, tmp_path / "letters")
    keep(library, pages[0], reading("text"))
    library.checkpoints.keep_failure(pages[1], "The file is empty.")
    model.follow(batch_id)
    row = model.index(1)
    assert row.data() == "letters"
    assert row.data(Role.ToolTipRole) == f"letters\n1 page failed\n{tmp_path / 'letters'}"
    assert row.data(LINE_ROLE) == "Stopped · 2 of 4"
    assert row.data(Role.AccessibleTextRole) == "letters, 1 of 4 pages done, 1 failed, Stopped"
    assert row.data(BATCH_ROLE).counts.pending == 2
    assert row.data(Role.DecorationRole) is None
    assert model.data(QModelIndex()) is None


def test_the_rows_are_told_of_when_another_day_begins(qtbot, library, runner, tmp_path, monkeypatch):
    """And so the header is, which shows words that are no longer true."""
    batch_id, pages = batch_of(library, 1, tmp_path / "letters")
    keep(library, pages[0], reading("text"))
    days = [QDate(2026, 3, 18), QDate(2026, 3, 18), QDate(2026, 3, 19)]

    class Days(QDate):
        @staticmethod
        def currentDate():  # noqa: N802
            return days.pop(0) if len(days) > 1 else days[0]

    monkeypatch.setattr(batch_model, "QDate", Days)
    monkeypatch.setattr(batch_model, "LOOK", 1)
    told = []
    model = BatchModel(library, runner)
    model.dataChanged.connect(lambda top, bottom, roles: told.append((top.row(), bottom.row(), roles)))
    with qtbot.waitSignal(model.day_changed):
        pass
    assert told == [(0, 1, [LINE_ROLE])]
    monkeypatch.setattr(batch_model, "LOOK", 60_000)
    assert "today" in model.index(1).data(LINE_ROLE)
    assert model.headline_of(library.batch(batch_id))[-1].startswith("read today ")


def test_the_pace_is_that_of_the_moment_when_pages_were_counted(qtbot, library, runner, model, add):
    """The list is painted again whenever the pointer moves, while the header stays as it is."""
    batch_id = add("first", 9)
    runner.batch_id, runner.state = batch_id, RunState.RUNNING
    for second in (60, 120, 180):
        runner.pace.page_finished(runner.pace._ends[0] + second)
    library.runs.queue(batch_id)
    model.follow(batch_id)
    said = model.index(1).data(LINE_ROLE), model.headline_of(model.batch(batch_id))
    assert said == ("0 of 9 · 9 min left", ["Reading…", "0 of 9 pages", "1.0 a minute", "9 min left"])
    runner.pace.page_finished(runner.pace._ends[-1] + 1)
    assert (model.index(1).data(LINE_ROLE), model.headline_of(model.batch(batch_id))) == said
    runner.batch_id, runner.state = None, RunState.IDLE
