import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import second_start_child
from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalSocket

from ocrdesk.ui.window import second_start
from ocrdesk.ui.window.second_start import SOCKET_NAME, SecondStarts, hand_over

NAMES = ["a page.png", "ü.pdf"] + ([os.fsdecode(b"caf\xe9.png")] if sys.platform == "linux" else [])


@pytest.fixture
def library(tmp_path_factory) -> Path:
    """A folder with a name that is short enough for a socket in it."""
    return tmp_path_factory.mktemp("l")


@pytest.fixture
def first(qtbot, library):
    parent = QObject()
    first = SecondStarts(library, parent)
    yield first
    first.close()


@pytest.fixture
def start_again(library):
    """Starts again with some files; gives a process."""
    started = []

    def start_again(*names: str) -> subprocess.Popen:
        command = [sys.executable, second_start_child.__file__, str(library), *names]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        return started[-1]

    yield start_again
    for process in started:
        process.kill()
        process.communicate()


def has_heard(qtbot, process: subprocess.Popen) -> bool:
    qtbot.waitUntil(lambda: process.poll() is not None)
    return process.returncode == 0


def test_the_open_window_hears_of_files_whatever_their_names_are(
    qtbot, library, first, start_again, monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    with qtbot.waitSignal(first.asked) as asked:
        second = start_again(*NAMES)
    assert asked.args == [[tmp_path / name for name in NAMES]]
    assert has_heard(qtbot, second)


def test_a_start_without_files_asks_for_the_window(qtbot, library, first, start_again):
    for _ in range(2):
        with qtbot.waitSignal(first.asked) as asked:
            second = start_again()
        assert asked.args == [[]]
        assert has_heard(qtbot, second)


@pytest.mark.skipif(sys.platform == "win32", reason="no file there")
def test_only_the_owner_can_reach_it(library, first):
    assert stat.S_IMODE((library / SOCKET_NAME).stat().st_mode) & 0o077 == 0
    assert list(library.iterdir()) == [library / SOCKET_NAME]


@pytest.mark.skipif(sys.platform == "win32", reason="no file there")
def test_the_socket_of_a_program_that_was_killed_is_replaced(qtbot, library, start_again):
    (library / SOCKET_NAME).write_text("what was left")
    parent = QObject()
    first = SecondStarts(library, parent)
    with qtbot.waitSignal(first.asked):
        start_again()
    first.close()
    assert not (library / SOCKET_NAME).exists()


def test_where_no_window_is_open_nobody_hears(library, monkeypatch):
    monkeypatch.setattr(second_start, "PATIENCE", 0)
    assert not hand_over(library, [])


def test_a_window_that_is_still_opening_is_waited_for(qtbot, library, start_again):
    second = start_again("/a.png")
    assert second.stdout.readline() == "NOBODY\n"
    parent = QObject()
    first = SecondStarts(library, parent)
    with qtbot.waitSignal(first.asked) as asked:
        pass
    assert asked.args == [[Path("/a.png").absolute()]]
    assert has_heard(qtbot, second)
    first.close()


@pytest.mark.parametrize("words", [b"not JSON\n", b'{"a": 1}\n', b'["zz"]\n', b"[17]\n", b"\xff\xfe\n"])
def test_what_cannot_be_understood_does_no_harm(qtbot, library, first, words):
    socket = QLocalSocket()
    socket.connectToServer(second_start._socket_of(library))
    assert socket.waitForConnected(1000)
    with qtbot.waitSignal(first.asked) as asked:
        socket.write(words)
        socket.flush()
    assert asked.args == [[]]


def test_a_flood_is_cut_off(qtbot, library, first, monkeypatch):
    monkeypatch.setattr(second_start, "LONGEST", 1000)
    socket = QLocalSocket()
    socket.connectToServer(second_start._socket_of(library))
    assert socket.waitForConnected(1000)
    with qtbot.waitSignal(socket.disconnected):
        socket.write(b"x" * 5000)
        socket.flush()
