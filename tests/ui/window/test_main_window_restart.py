"""What is kept when the window is closed, and what the next one offers."""

import threading

import pytest
from fakes import FIRST_WIDTH, PATIENCE, draw_pages
from PySide6.QtCore import Qt, QThreadPool

from ocrdesk.engine.library import Library


def widths(*numbers: int) -> list[int]:
    return [FIRST_WIDTH + number - 1 for number in numbers]


@pytest.fixture
def interrupted(open_desk, scans, gate, slow):
    """A library whose window was closed while the second of four pages was being read."""
    desk = open_desk(slow)
    draw_pages(scans, 4)
    desk.drop(scans)
    for number in (1, 2):
        # asked in this order: a page that is done has left the gate
        desk.until(lambda number=number: desk.statuses().count("done") == number - 1 and gate.inside == 1)
        if number == 1:
            gate.let_one_go()
    desk.window.close()
    assert desk.window.isVisible(), "it says what it is finishing"
    assert desk.statuses() == ["done", "running", "pending", "pending"]
    gate.let_one_go()
    desk.until(lambda: not desk.runner.pages_in_flight)  # nobody takes up another page
    desk.quit()
    return slow


def test_closing_keeps_what_is_read_with_the_page_in_flight_and_the_queue(interrupted, tmp_path):
    assert interrupted.widths_read == widths(1, 2)
    library = Library(tmp_path / "home")
    counts = library.batches()[0].counts
    library.close()
    assert (counts.done, counts.pending, counts.queued) == (2, 2, 2)


def test_the_next_window_offers_to_resume_and_reads_only_the_rest(interrupted, open_desk, maker):
    desk = open_desk(maker)
    assert desk.notice == "“scans” was not finished: 2 of 4 pages are done."
    assert desk.state == "Stopped · 2 of 4 pages"
    assert desk.shown == ["1.png", "2.png", "3.png", "4.png"]
    assert maker.made == [], "nothing is read before it is asked for"
    desk.answer("Resume")
    desk.until_read()
    assert maker.widths_read == widths(3, 4)
    assert desk.page("1.png").text_start == f"width {FIRST_WIDTH}"
    desk.quit()
    assert open_desk().notice == ""


def test_the_offer_is_gone_once_the_batch_is_resumed_otherwise(interrupted, open_desk, slow, gate):
    desk = open_desk(slow)
    desk.press(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    desk.until_reading(gate)
    assert desk.notice == ""
    gate.open()
    desk.until_read()


def test_the_pages_have_the_keyboard_at_the_start(interrupted, open_desk, maker):
    desk = open_desk(maker)
    assert desk.child("pageGrid").hasFocus()
    desk.answer("Not now")


def test_not_now_is_not_asked_again_but_can_be_resumed_any_time(interrupted, open_desk, maker):
    desk = open_desk(maker)
    desk.answer("Not now")
    assert desk.notice == ""
    desk.quit()
    desk = open_desk(maker)
    assert desk.notice == ""
    assert maker.made == []
    desk.click("actionResume")
    desk.until_read()
    assert maker.widths_read == widths(3, 4)


def test_closing_without_an_answer_asks_again(interrupted, open_desk):
    open_desk().quit()
    assert "was not finished" in open_desk().notice


def test_several_interrupted_batches_are_offered_together(open_desk, tmp_path, gate, slow, maker):
    desk = open_desk(slow)
    for name in ("first", "second"):
        draw_pages(tmp_path / name, 2)
    desk.drop(tmp_path / "first", tmp_path / "second")
    desk.until(lambda: gate.inside == 1 and len(desk.runner.waiting) == 1)
    desk.window.close()
    gate.open()
    desk.quit()
    desk = open_desk(maker)
    assert desk.notice == "2 batches were not finished: 1 of 4 pages are done."
    desk.answer("Resume")
    desk.until_read("first")
    desk.until_read("second")
    assert len(maker.widths_read) == 3


def test_nothing_is_offered_for_a_batch_that_was_cancelled(open_desk, scans, gate, slow):
    desk = open_desk(slow)
    draw_pages(scans, 2)
    desk.drop(scans)
    desk.until_reading(gate)
    desk.click("actionCancel")
    desk.window.close()
    gate.open()
    desk.quit()
    desk = open_desk()
    assert desk.notice == ""
    assert desk.statuses() == ["done", "pending"]


def test_closing_ends_the_search_of_a_large_folder_and_keeps_what_was_found(open_desk, tmp_path, monkeypatch):
    for number in range(5):
        draw_pages(tmp_path / "scans" / f"{number}", 1)
    desk = open_desk()
    begun, let_go = [], threading.Event()
    add_pages, wait = desk.library.add_pages, QThreadPool.waitForDone

    def add(*values, **named):
        begun.append(True)
        assert let_go.wait(PATIENCE)
        return add_pages(*values, **named)

    def let_go_and_wait(pool, *values):
        if pool is desk.window.adding._adding._lane._threads:  # others are waited for before the search is told to end
            let_go.set()
        return wait(pool, *values)

    monkeypatch.setattr("ocrdesk.engine.intake.drops.CHUNK", 1)
    monkeypatch.setattr(desk.library, "add_pages", add)
    monkeypatch.setattr(QThreadPool, "waitForDone", let_go_and_wait)
    desk.drop(tmp_path / "scans")
    desk.until(lambda: begun)
    desk.window.close()
    desk.until(lambda: desk.window.closing.is_over)
    assert desk.statuses() == ["pending"]
    desk.quit()
    assert "was not finished: 0 of 1 pages" in open_desk().notice


def test_the_window_comes_back_as_it_was_left(open_desk, scans):
    desk = open_desk()
    desk.show_read(scans, 1)
    desk.window.resize(desk.window.width(), 650)
    desk.actions["view_table"].trigger()
    desk.quit()
    desk = open_desk()
    assert desk.child("resultsTable").isVisible()
    assert not desk.child("pageGrid").isVisible()
    assert desk.window.height() == 650
    assert desk.actions["view_table"].isChecked()
    assert not desk.actions["view_grid"].isChecked()


def test_numbers_on_the_lines_are_shown_again_if_they_were(open_desk):
    desk = open_desk()
    assert not desk.actions["number_lines"].isChecked()
    desk.actions["number_lines"].trigger()
    desk.quit()
    again = open_desk()
    assert again.actions["number_lines"].isChecked()
    assert again.window.page_view.picture._numbers_shown
