from fakes import (
    FIRST_WIDTH,
    Maker,
    broken_image,
    reading,
    statuses,
)
from runs import add, heard, widths

from ocrdesk.engine.document import PageStatus
from ocrdesk.engine.library import PageFilter

# Retry and turn


def test_retry_of_one_page_reads_only_that_page(qtbot, library, scans, make_runner):
    batch_id, pages = add(library, scans, 4)
    maker = Maker()
    runner = make_runner(maker)
    with qtbot.waitSignal(runner.run_finished):
        runner.start(batch_id, pages[:2])
    with qtbot.waitSignal(runner.run_finished):
        runner.retry(batch_id, pages[:1])
    assert statuses(library, batch_id) == ["done", "done", "pending", "pending"]
    assert maker.widths_read == [FIRST_WIDTH, FIRST_WIDTH, FIRST_WIDTH + 1]


def test_retry_during_a_run_of_the_batch_is_part_of_it(qtbot, library, scans, make_runner, gate, slow):
    batch_id, pages = add(library, scans, 3)
    runner = make_runner(slow)
    ended = heard(runner.run_finished)
    runner.start(batch_id)
    gate.wait_until_inside()
    gate.let_one_go()
    qtbot.waitUntil(lambda: library.page(pages[0]).status is PageStatus.DONE)
    runner.retry(batch_id, pages[:1])
    with qtbot.waitSignal(runner.run_finished):
        gate.open()
    assert statuses(library, batch_id) == ["done"] * 3
    assert slow.widths_read == [FIRST_WIDTH, *widths(3)]
    assert ended == [batch_id]


def test_retry_failed_reads_just_the_failed_pages_again(qtbot, library, scans, make_runner):
    batch_id, pages = add(library, scans, 4)
    for broken in (pages[1], pages[2]):
        library.checkpoints.keep_failure(broken, "Damaged.")
    library.checkpoints.keep(pages[0], reading("kept"), seconds=1, rotation=0, recognizer="fake")
    maker = Maker()
    runner = make_runner(maker)
    with qtbot.waitSignal(runner.run_finished):
        runner.retry(batch_id, library.page_ids(batch_id, PageFilter.FAILED))
    assert statuses(library, batch_id) == ["done", "done", "done", "pending"]
    assert maker.widths_read == widths(2, first=2)
    assert library.text(pages[0]) == "kept"


def test_a_retry_that_fails_keeps_the_earlier_text(qtbot, library, scans, make_runner):
    batch_id, (page_id,) = add(library, scans, 1)
    runner = make_runner()
    with qtbot.waitSignal(runner.run_finished):
        runner.start(batch_id)
    broken_image(scans / "1.png")
    with qtbot.waitSignal(runner.run_finished):
        runner.retry(batch_id, [page_id])
    assert library.page(page_id).status is PageStatus.DONE
    assert library.text(page_id) == f"width {FIRST_WIDTH}"
    assert "earlier text was kept" in library.page(page_id).message


def test_turn_reads_just_those_pages_again_as_they_are_wanted(qtbot, library, scans, make_runner):
    batch_id, pages = add(library, scans, 3)
    maker = Maker()
    runner = make_runner(maker)
    with qtbot.waitSignal(runner.run_finished):
        runner.start(batch_id, pages[:2])
    finished = heard(runner.page_finished)
    with qtbot.waitSignal(runner.run_finished):
        library.runs.turn_pages(pages[:1], -90)
        runner.start_queued(batch_id)
    assert finished == pages[:1]
    assert statuses(library, batch_id) == ["done", "done", "pending"]
    assert [turn for recognizer in maker.made for turn in recognizer.turns] == [None, None, 270]
    assert library.page(pages[0]).turn == 270
