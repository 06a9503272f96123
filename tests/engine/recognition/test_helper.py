"""Helpers: recognizers in processes of their own."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import fakes
import numpy as np
import pytest
from fakes import CRASHING_WIDTH, FakeRecognizer, Maker

import ocrdesk
from ocrdesk.engine.document import Mode
from ocrdesk.engine.errors import NoProcess, ReadingInterrupted, RecognizerBroken, RecognizerCrashed
from ocrdesk.engine.recognition import helper as module
from ocrdesk.engine.recognition.helper import Helper
from ocrdesk.engine.recognition.making import recognizer_maker

only_with_signals = pytest.mark.skipif(sys.platform == "win32", reason="has other signals")


def picture(width: int = 30, height: int = 10) -> np.ndarray:
    return np.full((height, width, 3), 255, np.uint8)


def broken_maker() -> FakeRecognizer:
    raise RecognizerBroken("The text recognition “x” is not installed.")


def dying_maker() -> FakeRecognizer:
    os.abort()


class Greedy(FakeRecognizer):
    """Wants more memory for the third page than a helper may take."""

    def read(self, picture, turn=None):
        if picture.shape[1] == CRASHING_WIDTH:
            np.empty(module.MEMORY + 100_000_000, np.uint8)
        return super().read(picture, turn)


class Raising(FakeRecognizer):
    """Says which picture it was."""

    def read(self, picture, turn=None):
        raise IndexError(f"{picture.shape} {picture.mean()}")


class Signalled(FakeRecognizer):
    """Gets the signal whose number is the width of the picture."""

    def read(self, picture, turn=None):
        os.kill(os.getpid(), picture.shape[1])
        return super().read(picture, turn)


def test_a_helper_reads_as_its_recognizer_does_in_a_process_of_its_own():
    with closing_helper(Maker(FakeRecognizer)) as helper:
        assert helper.name == "fake"
        first = helper.read(picture(30), 90)
        large = helper.read(picture(2000, 1500))
    assert (first.lines[0].text, first.turn, first.width) == ("width 30", 90, 30)
    assert (large.lines[0].text, large.turn, large.height) == ("width 2000", 0, 1500)


def closing_helper(make) -> closing:
    """Ends a helper at the end of the block."""
    helper = Helper(make)
    helper.close = helper.end
    return closing(helper)


@only_with_signals
@pytest.mark.parametrize("number", ["SIGABRT", "SIGSEGV"])
def test_a_process_that_dies_by_a_fault_of_its_own_has_crashed(number):
    with closing_helper(Signalled) as helper, pytest.raises(RecognizerCrashed):
        helper.read(picture(signal.Signals[number]))


@only_with_signals
def test_a_process_that_is_ended_from_outside_has_not():
    with closing_helper(Signalled) as helper, pytest.raises(ReadingInterrupted):
        helper.read(picture(signal.SIGKILL))


@only_with_signals
def test_the_end_of_the_session_does_not_reach_a_process_that_reads():
    with closing_helper(Signalled) as helper:
        assert helper.read(picture(signal.SIGTERM)).lines


def test_what_a_recognizer_raises_is_told_with_its_trace():
    with closing_helper(Raising) as helper, pytest.raises(RecognizerBroken, match=r"\(10, 30, 3\) 255\.0") as caught:
        helper.read(picture())
    assert not isinstance(caught.value, RecognizerCrashed)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere nothing limits memory")
def test_a_page_that_needs_too_much_memory_says_so_and_takes_no_other_with_it():
    with closing_helper(Greedy) as helper:
        with pytest.raises(MemoryError):
            helper.read(picture(CRASHING_WIDTH))
        assert helper.read(picture()).width == 30


def test_a_recognizer_that_cannot_be_loaded_says_why():
    with pytest.raises(RecognizerBroken, match="is not installed"):
        Helper(broken_maker)


def test_a_process_that_dies_while_it_starts_is_started_once_more_and_no_page_is_to_blame(monkeypatch):
    started = []

    class Seen(module.OwnProcess):
        def __init__(self, function):
            super().__init__(function)
            started.append(self)

    monkeypatch.setattr(module, "OwnProcess", Seen)
    with pytest.raises(NoProcess, match="was ended while it started"):
        Helper(dying_maker)
    assert [process.is_alive for process in started] == [False] * module.STARTS


def test_what_makes_recognizers_can_be_sent_to_a_helper():
    said = []
    make = recognizer_maker("no such thing", fast=True, say=said.append)
    with pytest.raises(RecognizerBroken, match="“no such thing” is not installed"):
        Helper(make)
    assert said == []


PROGRAM = """
import sys
import fakes
from ocrdesk.engine.recognition.helper import Helper

helper = Helper(fakes.FakeRecognizer)
print(helper._process.pid, flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_a_helper_can_be_told_from_outside_and_ends_with_the_program():
    folders = [Path(ocrdesk.__file__).parents[1], Path(fakes.__file__).parent]
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders)), "PYTHONDONTWRITEBYTECODE": "1"},
        text=True,
    )
    with program:
        helper = int(program.stdout.readline())
        end = os.pidfd_open(helper)
        assert b"ocrdesk.engine.recognition.helper:serve" in Path(f"/proc/{helper}/cmdline").read_bytes()
        program.kill()
    import select

    assert select.select([end], [], [], fakes.PATIENCE)[0], "the helper outlived the program"
    os.close(end)


class Lines(FakeRecognizer):
    """Tells of each line how wide it is."""

    def read_lines(self, crops):
        if not crops:
            raise IndexError("no lines")
        return [(f"width {crop.shape[1]}", 0.5) for crop in crops]


def test_a_helper_reads_single_lines_too_and_pages_after_them():
    with closing_helper(Lines) as helper:
        assert helper.read_lines([picture(30), picture(44, 7)]) == [("width 30", 0.5), ("width 44", 0.5)]
        assert helper.read(picture(50)).lines[0].text == "width 50"


class Modes(Lines):
    """Tells in which mode it reads."""

    def as_wanted(self, mode, languages=()):
        other = Modes()
        other.name = f"modes {mode}"
        return other

    def read(self, picture, turn=None):
        return fakes.reading(f"{self.name}, turned {turn}")

    def read_lines(self, crops):
        return [(self.name, 0.5) for _ in crops]


def test_a_helper_reads_in_the_mode_that_is_asked_for():
    with closing_helper(Modes) as helper:
        fast = helper.as_wanted(Mode.FAST)
        assert fast.name == "modes fast"
        assert [line.text for line in fast.read(picture(), 90).lines] == ["modes fast, turned 90"]
        assert fast.read_lines([picture(), picture()]) == [("modes fast", 0.5)] * 2
        assert fast.as_wanted(Mode.ACCURATE).read_lines([picture()]) == [("modes accurate", 0.5)]
        assert helper.as_wanted(None) is helper


def test_lines_that_cannot_be_read_are_told_of_as_pages_are():
    with closing_helper(Lines) as helper, pytest.raises(RecognizerBroken, match="no lines"):
        helper.read_lines([])
