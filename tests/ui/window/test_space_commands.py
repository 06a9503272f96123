import threading
from contextlib import closing
from dataclasses import replace

import pytest
from fakes import batch_of
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QToolButton

from ocrdesk.engine.library import Library
from ocrdesk.engine.library.space import Space, Untidy
from ocrdesk.runner import RunState
from ocrdesk.ui.window import removal_commands, space_commands
from ocrdesk.ui.window.space_commands import SpaceCommands

UNTIDY = Untidy(unused=1_234_000_000, needed=3_000_000_000, free=9_000_000_000, minutes=4)
OFFER = (
    "Removed pages left 1.2 GB of the library’s file unused. Tidying up once gives it back: it takes about 4 minutes "
    "in the background, and 3.0 GB of free space for that time."
)


class FakeRunner(QObject):
    run_finished = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.state = RunState.IDLE


class UntidyLibrary:
    """Says that it is untidy, and does what it is told to only when told how that ends."""

    def __init__(self) -> None:
        self.untidy_now: Untidy | None = UNTIDY
        self.given_back = 0
        self.ends = [True]
        self.threads: set[threading.Thread] = set()
        self.space = self

    def give_back(self, stop) -> None:
        self.threads.add(threading.current_thread())
        self.given_back += 1

    def untidy(self) -> Untidy | None:
        return self.untidy_now

    def tidy_up(self, stop) -> bool:
        self.threads.add(threading.current_thread())
        return self.ends.pop()


class Room:
    def __init__(self, laid) -> None:
        self.library, self.runner = UntidyLibrary(), FakeRunner()
        self.desk = replace(laid, library=self.library, runner=self.runner)
        self.notices = self.desk.notices
        self.desk.window.show()

    def begin(self) -> SpaceCommands:
        self.commands = commands = SpaceCommands(self.desk)
        commands.begin()
        return commands

    @property
    def buttons(self) -> list[QPushButton]:
        """Those of the messages, by which they are answered."""
        return [button for button in self.notices.findChildren(QPushButton) if not button.isHidden()]

    def answer(self, words: str) -> None:
        next(button for button in self.buttons if button.text() == words).click()


@pytest.fixture
def room(laid, monkeypatch):
    monkeypatch.setattr(space_commands, "SOON", 0)
    monkeypatch.setattr(space_commands, "LATER", 0)
    room = Room(laid)
    yield room
    room.commands.close()


def test_what_was_removed_is_given_back_when_the_window_opens_and_whenever_something_goes(qtbot, room):
    room.library.untidy_now = None
    commands = room.begin()
    qtbot.waitUntil(lambda: room.library.given_back == 1)
    commands.give_back()
    qtbot.waitUntil(lambda: room.library.given_back == 2)
    assert threading.current_thread() not in room.library.threads
    assert room.notices.isHidden()


def test_tidying_up_is_offered_once_and_done_in_the_background(qtbot, room):
    commands = room.begin()
    qtbot.waitUntil(lambda: room.notices.text == OFFER)
    room.answer("Tidy up")
    qtbot.waitUntil(lambda: "has been tidied up" in room.notices.text)
    assert threading.current_thread() not in room.library.threads
    for close in room.notices.findChildren(QToolButton, "noticeClose"):
        if close.isVisible():
            close.click()
    before = room.library.given_back
    commands.give_back()
    qtbot.waitUntil(lambda: room.library.given_back > before)
    commands.close()
    assert room.notices.isHidden()


def test_who_says_not_now_is_asked_again_when_it_is_twice_as_much(qtbot, room):
    room.begin()
    qtbot.waitUntil(lambda: room.notices.isVisible())
    room.answer("Not now")
    room.commands.close()
    for unused, is_asked in ((UNTIDY.unused * 3 // 2, False), (UNTIDY.unused * 2, True)):
        room.library.untidy_now = Untidy(unused, 1, 2, 1)
        before = room.library.given_back
        room.begin()
        if is_asked:
            qtbot.waitUntil(lambda: room.notices.isVisible())
        else:
            qtbot.waitUntil(lambda before=before: room.library.given_back > before)
            room.commands.close()
            assert room.notices.isHidden()


def test_the_offer_waits_until_nothing_else_is_said_and_nothing_read(qtbot, room):
    room.notices.say("Something that matters more.")
    room.runner.state = RunState.RUNNING
    room.begin()
    qtbot.waitUntil(lambda: room.library.given_back >= 2)
    assert room.notices.text == "Something that matters more."
    for close in room.notices.findChildren(QToolButton, "noticeClose"):
        if close.isVisible():
            close.click()
    before = room.library.given_back
    qtbot.waitUntil(lambda: room.library.given_back >= before + 2)
    assert room.notices.isHidden()
    room.runner.state = RunState.IDLE
    qtbot.waitUntil(lambda: room.notices.text == OFFER)


def test_tidying_up_waits_for_a_run_and_begins_anew_where_it_gave_way(qtbot, room):
    room.library.ends = [True, False, False]
    room.begin()
    qtbot.waitUntil(lambda: room.notices.text == OFFER)
    room.runner.state = RunState.RUNNING
    room.answer("Tidy up")
    qtbot.waitUntil(lambda: room.commands._again.isActive())
    assert len(room.library.ends) == 3
    room.runner.state = RunState.IDLE
    qtbot.waitUntil(lambda: "has been tidied up" in room.notices.text)
    assert room.library.ends == []


def test_without_room_it_says_what_to_do_and_has_no_button(qtbot, room):
    room.library.untidy_now = Untidy(UNTIDY.unused, UNTIDY.needed, 500_000_000, 4)
    room.begin()
    qtbot.waitUntil(lambda: room.notices.isVisible())
    assert "takes 3.0 GB of free space for a while; 500 MB are free. Make room" in room.notices.text
    assert room.buttons == []


def test_a_window_gives_back_what_is_removed_in_it(open_desk, tmp_path, monkeypatch):
    calls = []
    monkeypatch.setattr(space_commands, "SOON", 0)
    monkeypatch.setattr(removal_commands, "confirmed", lambda *words: True)
    monkeypatch.setattr(Space, "give_back", lambda self, stop: calls.append(self))
    with closing(Library(tmp_path / "home")) as kept:
        batch_of(kept, 1)
    desk = open_desk()
    desk.until(lambda: calls)
    calls.clear()
    desk.actions["remove_batch"].trigger()
    desk.actions["remove_for_good"].trigger()
    desk.until(lambda: calls)
    assert desk.library.batches() == []
