"""Processes of the program's own: what they import, what they hold open, and how they end."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import own_process_functions as functions
import pytest
from fakes import PATIENCE

import ocrdesk
from ocrdesk import environment
from ocrdesk.__main__ import main
from ocrdesk.engine import own_process
from ocrdesk.engine.errors import NoProcess
from ocrdesk.engine.own_process import FAULTS, OWN_PROCESS, OwnProcess, Trouble

only_on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is no /proc")


@pytest.fixture
def start():
    started = []

    def start(function) -> OwnProcess:
        started.append(OwnProcess(function))
        return started[-1]

    yield start
    for process in started:
        process.end()


def received(process: OwnProcess) -> object:
    assert process.connection.poll(PATIENCE)
    return process.connection.recv()


def test_a_function_runs_and_talks_and_its_process_ends_with_it(start):
    process = start(functions.echo)
    assert process.is_alive
    assert process.exit_code is None
    process.connection.send(["a", 1])
    assert received(process) == ["a", 1]
    assert process.join(PATIENCE) == 0
    assert not process.is_alive


@only_on_linux
def test_it_holds_nothing_of_the_program_and_is_no_part_of_its_terminal(start):
    told = received(start(functions.tell_about_itself))
    assert told["streams"] == ["/dev/null"] * 3
    assert told["open"] == 3 + 2 + 1, "streams, two connections, and the folder that was listed"
    assert told["group"], "an interrupt from the keyboard goes to the group of the program"


@only_on_linux
def test_it_takes_modules_from_where_the_program_does_but_not_from_the_working_directory(start, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path / "more"))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.syspath_prepend("")
    told = received(start(functions.tell_about_itself))
    assert told["flags"] == (True, bool(sys.flags.ignore_environment), sys.flags.utf8_mode)
    assert str(tmp_path / "more") in told["path"]
    assert not {"", str(tmp_path)} & set(told["path"])


@only_on_linux
def test_it_takes_libraries_from_where_the_program_did_when_it_was_started(start, monkeypatch):
    monkeypatch.setattr(environment, "GIVEN", {name: value for name, value in os.environ.items() if "LD_" not in name})
    monkeypatch.setenv("LD_LIBRARY_PATH", "/opencv:")
    assert received(start(functions.tell_about_itself))["libraries"] is None


@only_on_linux
def test_it_runs_this_very_package_even_from_the_working_directory(start, monkeypatch):
    root = Path(ocrdesk.__file__).parents[1]
    monkeypatch.chdir(root)
    monkeypatch.syspath_prepend(str(root))
    assert received(start(functions.tell_about_itself))["package"] == ocrdesk.__file__


def test_an_error_in_it_is_told_to_the_program(start):
    process = start(functions.raise_an_error)
    trouble = received(process)
    assert isinstance(trouble, Trouble)
    assert trouble.trace.endswith("ValueError: out of luck\n")
    assert process.join(PATIENCE) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="has other exit codes")
@pytest.mark.parametrize(
    ("function", "code", "has_crashed"), [(functions.break_off, 3, False), (functions.die_by_a_fault, -11, True)]
)
def test_how_it_ended_can_be_told(start, function, code, has_crashed):
    process = start(function)
    with pytest.raises(EOFError):
        received(process)
    assert process.join(PATIENCE) == code
    assert process.has_crashed is has_crashed


@pytest.mark.skipif(sys.platform == "win32", reason="has other exit codes")
def test_only_these_signals_are_faults_of_a_process_itself():
    assert {signal.Signals(-code).name for code in FAULTS} == {"SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE"}


def test_a_busy_one_can_be_waited_for_in_vain_and_killed(start):
    process = start(functions.be_busy_for_ever)
    assert received(process) == process.pid
    assert process.join(0.01) is None
    process.kill()
    assert process.join(PATIENCE) != 0
    process.end()
    assert process.connection.closed


def test_where_no_process_can_be_started_a_sentence_says_so(monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "Popen", fail)
    with pytest.raises(NoProcess, match=r"^The computer cannot start another process \(Resource .*Close other prog"):
        OwnProcess(functions.echo)


@only_on_linux
def test_a_start_that_failed_leaves_nothing_open(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    before = len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(NoProcess) as caught:
        OwnProcess(functions.echo)
    assert len(list(Path("/proc/self/fd").iterdir())) == before
    assert isinstance(caught.value.__cause__, FileNotFoundError)


def test_the_packaged_program_calls_itself(monkeypatch):
    called = []
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(subprocess, "Popen", lambda command, **_: called.append(command) or Ended())
    with pytest.raises(EOFError):
        OwnProcess(functions.echo).connection.recv()
    assert called[0][:3] == [sys.executable, OWN_PROCESS, "own_process_functions:echo"]
    assert len(called[0]) == 5, "the function and two handles, and no folders of modules"


def test_what_comes_after_the_option_runs_in_the_packaged_program(monkeypatch):
    ran = []
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(own_process, "run", lambda *words: ran.append(words))
    monkeypatch.setattr(sys, "argv", ["ocrdesk", OWN_PROCESS, "module:function", "3", "4"])
    assert main() == 0
    assert ran == [("module:function", "3", "4")]


class Ended:
    """A process that ended at once."""

    pid = 0
