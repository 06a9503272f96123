"""Watched folders, in the real window: what arrives is read, once, when it is whole."""

import pytest
from fakes import FIRST_WIDTH, draw_pages
from PySide6.QtCore import QTimer

from ocrdesk.engine.intake import arrivals
from ocrdesk.engine.intake.arrivals import Arrivals
from ocrdesk.runner import RunState
from ocrdesk.ui.folders import watching

MOMENT = 20
"""Milliseconds between looks here."""


@pytest.fixture(autouse=True)
def looks(monkeypatch) -> list[int]:
    """Makes looks frequent, and lists the number of files each one gave."""
    given: list[int] = []
    look = Arrivals.look

    def look_and_tell(self, *values, **named):
        ready = look(self, *values, **named)
        given.append(len(ready))
        return ready

    monkeypatch.setattr(Arrivals, "look", look_and_tell)
    monkeypatch.setattr(arrivals, "QUIET_SECONDS", MOMENT / 1000)
    monkeypatch.setattr(watching, "SOON", MOMENT)
    monkeypatch.setattr(watching, "NOW_AND_THEN", 2 * MOMENT)  # the system may tell of nothing
    return given


def widths(*numbers: int) -> list[int]:
    return [FIRST_WIDTH + number - 1 for number in numbers]


def until_rested(desk, pages: int, name: str = "scans") -> None:
    """Until so many pages are read and shown, and nothing is going on."""
    words = f"{pages} page{'s' if pages > 1 else ''} · read today "

    def has_rested() -> bool:
        is_read = desk.statuses(name) == ["done"] * pages
        return is_read and desk.runner.state is RunState.IDLE and words in desk.state

    desk.until(has_rested)


def until_looked(desk, looks, times: int = 3) -> None:
    """Until the folder was looked into some more times."""
    so_far = len(looks)
    desk.until(lambda: len(looks) >= so_far + times)


@pytest.fixture
def watching_desk(desk, scans):
    """A window that watches a folder with one page, which is read."""
    draw_pages(scans, 1)
    desk.drop(scans)
    desk.until_read()
    desk.action("actionWatch").trigger()
    return desk


def test_what_is_put_into_a_watched_folder_is_read_once(watching_desk, scans, looks, maker):
    desk = watching_desk
    assert desk.notice == "What arrives in “scans” is read from now on, while ocrdesk is open."
    assert desk.action("actionWatch").isChecked()
    assert desk.batch().is_watched
    assert desk.state.startswith("Watching · 1 page · read ")
    draw_pages(scans, 2, first=2)
    until_rested(desk, 3)
    assert desk.shown == ["1.png", "2.png", "3.png"]
    draw_pages(scans / "new", 1, first=4)
    until_rested(desk, 4)
    assert desk.shown[3].replace("\\", "/") == "new/4.png"
    until_looked(desk, looks)
    assert maker.widths_read == widths(1, 2, 3, 4)
    assert desk.state.startswith("Watching · 4 pages · read ")


def test_files_of_a_new_subfolder_are_found_without_waiting_for_the_next_round(
    watching_desk, scans, looks, monkeypatch
):
    desk = watching_desk
    until_looked(desk, looks)
    rounds = desk.window.folder_commands._watching._now_and_then
    (scans / "new").mkdir()
    until_looked(desk, looks)
    rounds.stop()
    draw_pages(scans / "new", 1, first=4)
    until_rested(desk, 2)


def test_a_file_that_has_not_rested_is_looked_at_again_although_nothing_more_is_told(
    watching_desk, scans, looks, monkeypatch
):
    desk = watching_desk
    until_looked(desk, looks)
    desk.window.folder_commands._watching._now_and_then.stop()
    monkeypatch.setattr(arrivals, "QUIET_SECONDS", 10 * MOMENT / 1000)
    draw_pages(scans, 1, first=4)
    until_rested(desk, 2)


def test_a_file_is_not_read_before_it_is_whole(watching_desk, scans, tmp_path, looks, maker):
    desk = watching_desk
    (elsewhere,) = draw_pages(tmp_path / "elsewhere", 1, first=5)
    whole = elsewhere.read_bytes()
    half = len(whole) // 2
    with (scans / "5.png").open("wb") as file:
        file.write(whole[:half])
        file.flush()
        until_looked(desk, looks, 5)
        assert desk.statuses() == ["done"], "it is not even a page yet"
        assert maker.widths_read == widths(1)
        file.write(whole[half:])
    until_rested(desk, 2)
    assert maker.widths_read == widths(1, 5)
    assert desk.page("5.png").message is None


def test_a_file_that_is_written_over_is_read_again(watching_desk, scans, tmp_path, looks, maker):
    desk = watching_desk
    (elsewhere,) = draw_pages(tmp_path / "elsewhere", 1, first=5)
    elsewhere.replace(scans / "1.png")
    desk.until(lambda: maker.widths_read == widths(1, 5))
    until_rested(desk, 1)
    assert desk.page("1.png").text_start == f"width {widths(5)[0]}"
    until_looked(desk, looks)
    assert maker.widths_read == widths(1, 5)


def test_the_next_window_goes_on_watching_and_takes_what_came_meanwhile(watching_desk, open_desk, scans, maker, looks):
    watching_desk.quit()
    draw_pages(scans, 1, first=2)
    desk = open_desk()
    assert desk.action("actionWatch").isChecked()
    until_rested(desk, 2)
    assert maker.widths_read == widths(1, 2)
    draw_pages(scans, 1, first=3)
    until_rested(desk, 3)
    assert maker.widths_read == widths(1, 2, 3)


def test_closing_the_window_ends_the_looks(watching_desk, scans, looks, qtbot):
    desk = watching_desk
    until_looked(desk, looks)
    desk.quit()
    so_far = len(looks)
    draw_pages(scans, 1, first=2)
    later = QTimer(singleShot=True, interval=5 * MOMENT)
    with qtbot.waitSignal(later.timeout):
        later.start()
    assert len(looks) == so_far


def test_watching_is_turned_off(watching_desk, scans, looks, maker):
    desk = watching_desk
    until_looked(desk, looks)
    desk.action("actionWatch").trigger()
    assert desk.notice == "“scans” is no longer watched."
    assert not desk.batch().is_watched
    assert not desk.action("actionWatch").isChecked()
    assert desk.state.startswith("1 page · read ")
    watched = desk.window.folder_commands._watching
    assert watched._system.directories() == []
    assert not watched._now_and_then.isActive()
    draw_pages(scans, 1, first=2)
    watched._look()
    assert desk.statuses() == ["done"]
    assert maker.widths_read == widths(1)


def test_it_can_be_turned_on_again(watching_desk, scans, looks):
    desk = watching_desk
    for _ in range(2):
        desk.action("actionWatch").trigger()
    assert desk.action("actionWatch").isChecked()
    draw_pages(scans, 1, first=2)
    until_rested(desk, 2)


def test_two_folders_are_watched_each_for_its_batch(watching_desk, tmp_path, scans, looks):
    desk = watching_desk
    draw_pages(tmp_path / "other", 1, first=8)
    desk.drop(tmp_path / "other")
    desk.until_read("other")
    assert not desk.action("actionWatch").isChecked(), "the other batch is chosen now"
    desk.action("actionWatch").trigger()
    draw_pages(scans, 1, first=2)
    draw_pages(tmp_path / "other", 1, first=9)
    desk.until(lambda: desk.statuses("scans") == desk.statuses("other") == ["done", "done"])
    desk.action("actionWatch").trigger()
    draw_pages(tmp_path / "other", 1, first=10)
    draw_pages(scans, 1, first=3)
    desk.until(lambda: desk.statuses("scans") == ["done"] * 3)
    assert desk.statuses("other") == ["done", "done"]


def test_a_batch_that_is_removed_is_watched_no_more(watching_desk, scans, looks, monkeypatch):
    desk = watching_desk
    said = []
    monkeypatch.setattr(desk.window.desk.notices, "warn", lambda text, answers=(): said.append(text))
    until_looked(desk, looks)
    desk.action("actionRemoveBatch").trigger()
    draw_pages(scans, 1, first=2)
    watched = desk.window.folder_commands._watching
    desk.until(lambda: not watched._looking)
    watched._look()
    assert not watched._looking, "the folder of a batch that is gone is looked into"
    assert said == []
    assert desk.library.batches() == []
    desk.action("actionUndo").trigger()
    desk.until(lambda: desk.statuses() == ["done", "done"])


def test_a_batch_removed_while_its_folder_is_looked_into_says_nothing(watching_desk, scans, looks, monkeypatch):
    """What was found for it comes when it is gone."""
    desk = watching_desk
    said = []
    monkeypatch.setattr(desk.window.desk.notices, "warn", lambda text, answers=(): said.append(text))
    batch_id = desk.batch().id
    (new,) = draw_pages(scans, 1, first=2)
    desk.library.remove_batch(batch_id)
    desk.window.adding.add_arrived(batch_id, [new])
    desk.until(lambda: not desk.window.adding.is_busy)
    assert said == []


def test_pages_that_a_person_took_out_do_not_come_back_by_themselves(watching_desk, scans, looks, monkeypatch, maker):
    desk = watching_desk
    draw_pages(scans, 1, first=2)
    until_rested(desk, 2)
    desk.choose("2.png")
    desk.action("actionRemovePages").trigger()
    assert desk.statuses() == ["done"]
    until_looked(desk, looks, 6)
    desk.until(lambda: not desk.window.adding.is_busy)
    assert desk.statuses() == ["done"]


def test_text_in_the_folder_gives_no_page_and_no_message(watching_desk, scans, looks):
    desk = watching_desk
    notice = desk.notice
    (scans / "notes.txt").write_text("no picture")
    until_looked(desk, looks, 5)
    draw_pages(scans, 1, first=2)
    until_rested(desk, 2)
    assert desk.notice == notice


def test_a_folder_that_is_gone_for_a_while_is_watched_when_it_is_back(watching_desk, scans, tmp_path, looks, maker):
    desk = watching_desk
    until_looked(desk, looks)
    scans.rename(tmp_path / "away")
    until_looked(desk, looks)
    assert desk.statuses() == ["done"]
    (tmp_path / "away").rename(scans)
    until_looked(desk, looks)
    draw_pages(scans, 1, first=2)
    until_rested(desk, 2)
    assert maker.widths_read == widths(1, 2)


def test_pages_that_arrive_while_others_are_read_are_read_too(slow_desk, scans, gate, slow, looks):
    desk = slow_desk
    draw_pages(scans, 2)
    desk.drop(scans)
    desk.until_reading(gate)
    desk.action("actionWatch").trigger()
    draw_pages(scans, 1, first=3)
    desk.until(lambda: len(desk.statuses()) == 3)
    gate.open()
    until_rested(desk, 3)
    assert slow.widths_read == widths(1, 2, 3)


def test_a_batch_of_single_files_cannot_be_watched(desk, scans):
    (file,) = draw_pages(scans, 1)
    desk.drop(file)
    desk.until_read()
    assert not desk.action("actionWatch").isEnabled()
    assert not desk.action("actionRescan").isEnabled()
