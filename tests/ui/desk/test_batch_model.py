import pytest
from fakes import PATIENCE, Maker, SlowRecognizer, batch_of, draw_pages, keep, reading, sources
from PySide6.QtCore import QModelIndex, Qt

from ocrdesk.engine.document import Source
from ocrdesk.runner import BatchRunner, RunState
from ocrdesk.ui.desk.batch_model import BATCH_ROLE, STATE_ROLE, BatchModel

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


def names(model: BatchModel) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]


def states(model: BatchModel) -> list[str]:
    return [model.index(row).data(STATE_ROLE) for row in range(model.rowCount())]


def test_the_newest_batch_is_first_and_qts_rules_are_kept(qtmodeltester, library, model, tmp_path):
    qtmodeltester.check(model)
    assert names(model) == []
    first, _ = batch_of(library, 1, tmp_path / "first")
    second, _ = batch_of(library, 2, tmp_path / "second")
    model.follow(first)
    model.follow(second)
    assert names(model) == ["second", "first"]
    assert [batch.id for batch in model.batches()] == [second, first]
    assert [model.row_of(second), model.row_of(first), model.row_of(99)] == [0, 1, None]

    changed = []
    model.dataChanged.connect(lambda top, bottom: changed.append((top.row(), bottom.row())))
    library.rename_batch(first, "renamed")
    model.follow(first)
    model.follow(second)  # nothing new there
    assert (names(model), changed) == (["second", "renamed"], [(1, 1)])

    library.remove_batch(second)
    model.follow(second)
    model.follow(second)
    assert (names(model), model.batch(second), model.batch(None)) == (["renamed"], None, None)


def test_every_batch_follows_a_setting(library, model, tmp_path):
    for name in ("first", "second"):
        batch_id, pages = batch_of(library, 1, tmp_path / name)
        keep(library, pages[0], reading("text", confidence=0.6))
        model.follow(batch_id)
    assert [batch.counts.doubtful for batch in model.batches()] == [1, 1]
    library.doubtful_below = 0.5
    model.follow(None)
    assert [batch.counts.doubtful for batch in model.batches()] == [0, 0]


def test_states_of_batches_that_rest(library, model, tmp_path):
    def add(name, pages, done=0, failed=0):
        batch_id, page_ids = batch_of(library, pages, tmp_path / name)
        for page_id in page_ids[:done]:
            keep(library, page_id, reading("text"))
        for page_id in page_ids[done : done + failed]:
            library.checkpoint_failure(page_id, "The file is empty.")
        model.follow(batch_id)

    add("a", 0)
    add("b", 3, done=1)
    add("c", 2, done=2)
    add("d", 2, done=1, failed=1)
    assert states(model) == ["Done with problems", "Done", "Stopped", "Empty"]


def test_states_of_a_run(qtbot, library, runner, model, gate, scans, tmp_path):
    paths = draw_pages(scans, 3)
    first, _ = batch_of(library, [Source(path, path.name) for path in paths], scans)
    second, _ = batch_of(library, sources(1), tmp_path / "second")
    for batch_id in (first, second):
        model.follow(batch_id)
    told = []
    model.dataChanged.connect(lambda top, bottom, roles: told.append((top.row(), bottom.row(), roles)))
    runner.start(first)
    runner.start(second)
    assert states(model) == ["Queued", "Reading…"]
    assert (0, 1, [STATE_ROLE]) in told
    gate.wait_until_inside()
    runner.pause()
    assert states(model) == ["Queued", "Finishing 1 page…"]
    gate.let_one_go()
    qtbot.waitUntil(lambda: runner.state is RunState.PAUSED)
    assert states(model) == ["Queued", "Paused"]
    runner.resume()
    gate.wait_until_inside()
    runner.cancel(second)
    runner.cancel(first)
    assert states(model) == ["Stopped", "Finishing 1 page…"]
    with qtbot.waitSignal(runner.run_finished):
        gate.open()
    assert states(model) == ["Stopped", "Stopped"]


def test_a_row_says_how_far_its_batch_is(library, model, tmp_path):
    batch_id, pages = batch_of(library, 4, tmp_path / "letters")
    keep(library, pages[0], reading("text"))
    library.checkpoint_failure(pages[1], "The file is empty.")
    model.follow(batch_id)
    row = model.index(0)
    assert row.data() == "letters"
    assert row.data(Role.ToolTipRole) == str(tmp_path / "letters")
    assert row.data(Role.AccessibleTextRole) == "letters, 1 of 4 pages done, 1 failed, Stopped"
    assert row.data(BATCH_ROLE).counts.pending == 2
    assert row.data(Role.DecorationRole) is None
    assert model.data(QModelIndex()) is None
