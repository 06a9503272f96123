import signal
import subprocess
import sys
import threading
from contextlib import ExitStack

import pytest
from fakes import PATIENCE

from ocrdesk.interrupts import Interrupted, Interrupts

only_with_signals = pytest.mark.skipif(sys.platform == "win32", reason="has other signals")


def handlers() -> list[object]:
    return [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]


def woken() -> int:
    before = signal.set_wakeup_fd(-1)
    signal.set_wakeup_fd(before)
    return before


def test_what_was_there_before_comes_back():
    before = handlers(), woken()
    with Interrupts():
        assert (handlers(), woken()) != before
    assert (handlers(), woken()) == before
    assert not [thread for thread in threading.enumerate() if thread.name == "interrupts"]


def test_the_handler_itself_does_nothing_so_that_it_can_wait_for_no_lock():
    with Interrupts() as interrupts, interrupts.told(lambda: pytest.fail("it did something")):
        for handler in handlers():
            handler(signal.SIGINT, None)


def test_who_is_told_late_is_told_of_what_was_before():
    told = threading.Event()
    with Interrupts() as interrupts:
        interrupts.check()
        interrupts._writing.send(bytes([signal.SIGINT]))
        assert interrupts.wanted.wait(PATIENCE)
        with pytest.raises(Interrupted):
            interrupts.check()
        with interrupts.told(told.set):
            assert told.wait(PATIENCE)


# In a program of its own


@pytest.fixture
def child():
    """Starts programs, and ends those that are left."""
    begin = (
        "import os, signal, sys, threading, time\n"
        "from ocrdesk import interrupts as module\n"
        "from ocrdesk.interrupts import Interrupts\n"
        "def tell(*words): print(*words, flush=True)\n"
    )
    with ExitStack() as programs:

        def start(body: str, **options: object) -> subprocess.Popen:
            words = [sys.executable, "-c", begin + body]
            program = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **options)
            programs.enter_context(program)
            programs.callback(program.kill)
            return program

        yield start


LISTENING = """
lock = threading.Lock()
def interrupt():
    with lock: tell("interrupted")
with Interrupts() as interrupts, interrupts.told(interrupt, lambda: tell("tidied")):
    tell("ready")
    sys.stdin.readline()
    tell("goes on")
"""

HOLDING = """
lock = threading.Lock()
def interrupt():
    with lock: tell("interrupted")
with Interrupts() as interrupts, interrupts.told(interrupt, lambda: tell("tidied")):
    with lock:
        tell("ready")
        interrupts.wanted.wait()
    sys.stdin.readline()
    tell("goes on")
"""


@only_with_signals
@pytest.mark.parametrize("body", [LISTENING, HOLDING])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_is_told_and_no_more_even_while_the_main_thread_holds_the_lock(child, number, body):
    program = child(body)
    assert program.stdout.readline() == "ready\n"
    program.send_signal(number)
    assert program.stdout.readline() == "interrupted\n"
    assert program.communicate("\n", PATIENCE)[0] == "goes on\n"
    assert program.returncode == 0


@only_with_signals
@pytest.mark.parametrize("numbers", [(2, 2), (signal.SIGTERM, signal.SIGTERM), (signal.SIGHUP, signal.SIGINT)])
def test_who_asks_once_more_ends_it_at_once(child, numbers):
    program = child(LISTENING)
    program.stdout.readline()
    for number in numbers:
        program.send_signal(number)
        program.stdout.readline()
    assert program.wait(PATIENCE) == 130


@only_with_signals
def test_a_terminal_that_is_closed_and_a_session_that_ends_ask_only_once(child):
    program = child(LISTENING)
    program.stdout.readline()
    program.send_signal(signal.SIGTERM)
    program.stdout.readline()
    for _ in range(2):
        program.send_signal(signal.SIGHUP)
    assert program.communicate("\n", PATIENCE)[0] == "goes on\n"
    assert program.returncode == 0


@only_with_signals
def test_a_program_that_cannot_tidy_up_leaves_all_the_same(child):
    program = child(LISTENING.replace('lambda: tell("tidied")', "threading.Event().wait"))
    program.stdout.readline()
    program.send_signal(signal.SIGINT)
    program.stdout.readline()
    program.send_signal(signal.SIGINT)
    assert program.wait(PATIENCE) == 130


@only_with_signals
def test_what_never_ends_is_left_when_its_time_is_over(child):
    program = child("module.LAST_SECONDS = 0.2" + LISTENING)
    program.stdout.readline()
    program.send_signal(signal.SIGHUP)
    assert program.stdout.readline() == "interrupted\n"
    assert program.stdout.readline() == "tidied\n"
    assert program.wait(PATIENCE) == 130


@only_with_signals
def test_a_program_started_so_as_to_outlive_its_terminal_does(child):
    program = child(LISTENING, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    program.stdout.readline()
    program.send_signal(signal.SIGHUP)
    assert program.communicate("\n", PATIENCE)[0] == "goes on\n"
    assert program.returncode == 0
