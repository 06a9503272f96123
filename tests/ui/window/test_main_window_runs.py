"""Cancel, pause, resume, and what happens when a run cannot go on."""

import pytest
from fakes import FIRST_WIDTH, HelperAtHand, KilledHelper, broken_image, draw_pages
from PIL import Image
from PySide6.QtCore import Qt

from ocrdesk.engine.document import PageStatus
from ocrdesk.engine.errors import LibraryError, RecognizerBroken
from ocrdesk.engine.recognition.pool import RecognizerPool
from ocrdesk.runner import RunState
from ocrdesk.ui.batches import batch_commands, run_so_far
from ocrdesk.ui.desk.batch_model import LINE_ROLE

FULL = "The disk is full. Make room on it, then resume."


def widths(*numbers: int) -> list[int]:
    return [FIRST_WIDTH + number - 1 for number in numbers]


class FullDisk:
    """Lets the library keep so many pages and then no more, until there is room."""

    def __init__(self, monkeypatch, library, keeps: int, *, also_release: bool) -> None:
        self.room = keeps
        checkpoint, release = library.checkpoints.keep, library.runs.release

        def keep(*values, **named):
            if not self.room:
                raise LibraryError(FULL)
            self.room -= 1
            checkpoint(*values, **named)

        def put_back(*values):
            if not self.room:
                raise LibraryError(FULL)
            release(*values)

        monkeypatch.setattr(library.checkpoints, "keep", keep)
        if also_release:
            monkeypatch.setattr(library.runs, "release", put_back)


def test_cancel_is_answered_at_once_and_resume_reads_the_rest(slow_desk, scans, gate, slow):
    desk = slow_desk
    draw_pages(scans, 4)
    desk.drop(scans)
    desk.until_reading(gate)
    desk.until(lambda: desk.state.startswith("Reading…"))
    assert not desk.action("actionResume").isVisible()
    desk.click("actionCancel")
    assert desk.state.startswith("Finishing 1 page…")
    assert not desk.action("actionCancel").isEnabled()
    assert desk.statuses() == ["running", "pending", "pending", "pending"]

    gate.let_one_go()
    desk.until(lambda: desk.runner.state is RunState.IDLE)
    assert desk.statuses() == ["done", "pending", "pending", "pending"]
    desk.until(lambda: desk.state == "Stopped · 1 of 4 pages")
    assert desk.page("1.png").text_start == f"width {FIRST_WIDTH}"
    assert not desk.action("actionCancel").isVisible()
    assert desk.notice == ""

    gate.open()
    desk.click("actionResume")
    desk.until_read()
    assert desk.statuses() == ["done"] * 4
    assert slow.widths_read == widths(1, 2, 3, 4), "a page was read twice"
    assert not desk.action("actionResume").isVisible()


def test_what_is_paused_has_no_pace(slow_desk, scans, gate):
    desk = slow_desk
    draw_pages(scans, 5)
    desk.drop(scans)
    for _ in range(3):
        gate.let_one_go()
    desk.until(lambda: "a minute" in desk.state)
    desk.click("actionPause")
    gate.let_one_go()
    desk.until(lambda: desk.state.startswith("Paused"))
    assert desk.state.endswith("of 5 pages")


def test_pause_holds_and_resume_goes_on(slow_desk, scans, gate, slow):
    desk = slow_desk
    draw_pages(scans, 3)
    desk.drop(scans)
    desk.until_reading(gate)
    desk.click("actionPause")
    assert desk.state.startswith("Finishing 1 page…")
    assert desk.action("actionResume").isVisible()
    assert not desk.action("actionPause").isVisible()
    gate.let_one_go()
    desk.until(lambda: desk.state.startswith("Paused"))
    assert desk.statuses() == ["done", "pending", "pending"]
    assert desk.action("actionCancel").isVisible()
    gate.open()
    desk.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    desk.until_read()
    assert slow.widths_read == widths(1, 2, 3)


def test_a_waiting_batch_can_be_cancelled_without_touching_the_run(slow_desk, scans, tmp_path, gate):
    desk = slow_desk
    draw_pages(scans, 2)
    draw_pages(tmp_path / "next", 2)
    desk.drop(scans)
    desk.until_reading(gate)
    desk.drop(tmp_path / "next")
    desk.until(lambda: desk.state.startswith("Queued"))
    desk.click("actionCancel")
    desk.until(lambda: desk.state.startswith("Stopped"))
    gate.open()
    desk.until_read("scans")
    assert desk.statuses("next") == ["pending", "pending"]
    assert desk.action("actionResume").isVisible()


def test_progress_is_followed_page_by_page(slow_desk, scans, gate):
    desk = slow_desk
    draw_pages(scans, 3)
    desk.drop(scans)
    for done in range(3):
        desk.until_reading(gate)
        desk.until(lambda done=done: desk.child("batchProgress").value() == done)
        assert f"{done} of 3 pages" in desk.state
        desk.until(lambda done=done: desk.model.index(done, 1).data() == "Reading…")
        gate.let_one_go()
    desk.until_read()
    desk.until(lambda: [desk.model.index(row, 1).data() for row in range(3)] == ["Done"] * 3)


@pytest.mark.parametrize("also_release", [False, True])
@pytest.mark.parametrize("keeps", [1, 2])
def test_a_full_disk_is_told_and_loses_nothing(desk, scans, monkeypatch, maker, keeps, also_release):
    """Also on the last page, and also if the page in flight cannot even be put back."""
    draw_pages(scans, 3)
    disk = FullDisk(monkeypatch, desk.library, keeps, also_release=also_release)
    desk.drop(scans)
    desk.until(lambda: desk.notice == FULL and desk.runner.state is RunState.IDLE)
    assert desk.statuses()[:keeps] == ["done"] * keeps
    assert "done" not in desk.statuses()[keeps:]
    desk.until(lambda: desk.state.startswith("Stopped"))
    assert desk.notice == FULL, "nothing else was said instead"
    assert desk.action("actionResume").isVisible()
    disk.room = 99
    desk.answer("Resume")
    desk.until_read()
    assert desk.statuses() == ["done"] * 3
    assert [maker.widths_read.count(width) for width in widths(*range(1, keeps + 1))] == [1] * keeps


def test_resume_after_a_full_disk_goes_on_with_what_was_stopped(desk, scans, tmp_path, monkeypatch):
    draw_pages(scans, 2)
    draw_pages(tmp_path / "other", 1)
    desk.drop(tmp_path / "other")
    desk.until_read("other")
    disk = FullDisk(monkeypatch, desk.library, 1, also_release=False)
    desk.drop(scans)
    desk.until(lambda: desk.notice == FULL)
    desk.show_batch("other")
    assert desk.shown == ["1.png"]
    disk.room = 99
    desk.answer("Resume")
    desk.until_read("scans")


def test_a_page_whose_process_was_ended_waits_and_is_told_with_the_offer_to_go_on(open_desk, scans, monkeypatch):
    """And nothing says that the page is at fault."""
    draw_pages(scans, 3)
    desk = open_desk()
    claim_next = desk.library.runs.claim_next

    def suspect_the_second(batch_id):
        page = desk.library.page(desk.library.page_ids(batch_id)[1])
        if page.status is PageStatus.PENDING and not page.suspect:
            desk.library.runs.claim(page.id)
            desk.library.runs.suspect(page.id)
        return claim_next(batch_id)

    monkeypatch.setattr(desk.library.runs, "claim_next", suspect_the_second)
    with monkeypatch.context() as patched:
        patched.setattr(RecognizerPool, "start_helper", lambda _: KilledHelper())
        desk.drop(scans)
        desk.until(lambda: desk.notice.startswith("1 page is left, because the process that read it was ended"))
    assert desk.notice.endswith("Resume to read it.")
    counts = desk.library.batches()[0].counts
    assert (counts.done, counts.failed, counts.pending) == (2, 0, 1)
    monkeypatch.setattr(RecognizerPool, "start_helper", lambda _: HelperAtHand())
    desk.answer("Resume")
    desk.until_read("scans")


def test_a_recognition_that_cannot_be_loaded_is_told(open_desk, scans, maker):
    broken = True

    def make():
        if broken:
            raise RecognizerBroken("The text recognition cannot be loaded. Install ocrdesk again.")
        return maker()

    desk = open_desk(make)
    draw_pages(scans, 2)
    desk.drop(scans)
    desk.until(lambda: "cannot be loaded" in desk.notice)
    assert desk.statuses() == ["pending", "pending"]
    broken = False
    desk.click("actionResume")
    desk.until_read()


def test_a_wish_that_cannot_be_kept_is_told(desk, scans, monkeypatch):
    draw_pages(scans, 1)
    desk.drop(scans)
    desk.until_read()
    desk.choose("1.png")

    def fail(*values):
        raise LibraryError(FULL)

    monkeypatch.setattr(desk.library.runs, "read_in_mode", fail)
    desk.action("actionRetry").trigger()
    assert desk.notice == FULL
    assert desk.statuses() == ["done"]


def test_a_batch_can_be_renamed(desk, scans, monkeypatch):
    desk.show_read(scans, 1)
    monkeypatch.setattr(batch_commands, "answered", lambda *values: "Letters of 1912 ")
    desk.press(Qt.Key.Key_F2)
    assert desk.batch("Letters of 1912") is not None
    assert desk.child("batchName").text() == "Letters of 1912"
    for answer in ("  ", None):
        monkeypatch.setattr(batch_commands, "answered", lambda *values, answer=answer: answer)
        desk.press(Qt.Key.Key_F2)
    assert desk.batch("Letters of 1912") is not None


def test_small_acts_are_no_news_and_what_they_mended_is_no_longer_told(desk, scans, monkeypatch):
    draw_pages(scans, 6)
    broken = broken_image(scans / "7.png")
    desk.drop(scans)
    desk.until_read()
    assert desk.notice == "“scans”: 6 pages are read, 1 could not be read."
    Image.new("L", (70, 10), 255).save(broken)
    desk.click("actionRetryFailed")
    desk.until(lambda: desk.statuses() == ["done"] * 7)
    desk.until_read()
    assert desk.notice == ""
    desk.choose("1.png")
    for name in ("actionRetry", "actionTurnLeft"):
        desk.action(name).trigger()
        desk.until_read()
        assert desk.notice == ""
    monkeypatch.setattr(run_so_far, "LONG", -1.0)  # as if it had taken so long
    desk.action("actionRetry").trigger()
    desk.until(lambda: desk.notice == "“scans” is finished: 7 pages are read.")


def test_a_small_act_that_leaves_a_page_unread_is_news_and_others_in_that_batch_are_not(desk, scans):
    draw_pages(scans, 2)
    desk.drop(scans)
    desk.until_read()
    assert desk.notice == ""
    broken_image(scans / "3.png")
    desk.window.add([scans / "3.png"], desk.batch("scans").id)
    desk.until(lambda: desk.notice == "“scans”: 2 pages are read, 1 could not be read.")
    desk.until_read()
    desk.choose("1.png")
    desk.action("actionRetry").trigger()
    desk.until_read()
    assert desk.notice == ""


def test_the_end_of_a_run_of_many_pages_is_news(desk, scans):
    draw_pages(scans, run_so_far.FEW + 1)
    desk.drop(scans)
    desk.until(lambda: desk.notice == "“scans” is finished: 6 pages are read.")


def test_list_and_header_count_alike_while_pages_are_read_and_after(slow_desk, scans, gate):
    """Failed pages need no more reading, either."""
    desk = slow_desk
    draw_pages(scans, 2)
    broken_image(scans / "0.png")
    desk.drop(scans)
    batches = desk.window.desk.batches

    def both() -> tuple[str, str]:
        row = batches.index(batches.row_of(desk.batch("scans").id))
        return row.data(LINE_ROLE), desk.state

    desk.until_reading(gate)
    desk.until(lambda: both() == ("1 of 3", "Reading… · 1 of 3 pages · 1 failed"))
    gate.let_one_go()
    desk.until(lambda: both()[0].startswith("2 of 3") and both()[1].startswith("Reading… · 2 of 3 pages · 1 failed"))
    gate.open()
    desk.until_read()
    assert both()[0].startswith("3 pages · today ")
    assert both()[1].startswith("3 pages · 1 failed · read today ")
