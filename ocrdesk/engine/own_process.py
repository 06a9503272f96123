"""Starts processes: Python ones, each of which runs one function of the program and talks to it over a connection.

``multiprocessing.Process`` is not used, because it starts ``python -c``, which looks for modules in the working
directory first: a ``signal.py`` among the pictures would be run. It also starts a second process in the same way.

The packaged program has no Python that could be called, so it calls itself: what comes after ``OWN_PROCESS`` is for
``run``.
"""

import logging
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import ocrdesk
from ocrdesk import environment
from ocrdesk.engine.errors import NoProcess
from ocrdesk.engine.words import LANGUAGE, _
from ocrdesk.resources import is_packaged

log = logging.getLogger(__name__)

OWN_PROCESS = "--own-process"
"""The first argument of the packaged program where it is to be one of its own processes."""

_PROGRAM = """
import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
spec = PathFinder.find_spec("ocrdesk", [sys.argv[1]])
sys.modules["ocrdesk"] = package = module_from_spec(spec)
spec.loader.exec_module(package)
from ocrdesk.engine.own_process import run
run(*sys.argv[2:])
"""
"""Loads this same package without putting its folder into ``sys.path``, since that may be the working directory."""


ENDING_SECONDS = 5.0
"""How long a process may take to end after its connection broke."""

if sys.platform == "win32":
    FAULTS = frozenset(
        {
            3,  # abort()
            0xC0000005,  # access violation
            0xC000001D,  # illegal instruction
            0xC000008E,  # floating-point division by zero
            0xC0000094,  # integer division by zero
            0xC0000096,  # privileged instruction
            0xC00000FD,  # stack overflow
            0xC0000374,  # heap corruption
            0xC0000409,  # abort() and stack corruption
            0xE06D7363,  # uncaught C++ exception
        }
    )
else:
    FAULTS = frozenset(
        -number for number in (signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGILL, signal.SIGFPE)
    )
"""Exit codes of processes that crashed. Others prove nothing: a process that is told to end, at a logout or for lack of
memory, ends by another signal or, on Windows, with another code."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """The last message of a process whose function could not be loaded, or raised an exception.

    Attributes:
        trace: The traceback, for the log.
    """

    trace: str


class OwnProcess:
    """A process that runs one function of the program and ends when that returns or the program has ended.

    It neither reads from the terminal nor writes to it, and the signals by which terminals and sessions end programs do
    not end it.

    Attributes:
        connection: The connection to the process, which breaks when the process ends.
        pid: Its process ID.
    """

    def __init__(self, function: Callable[[Connection], None]) -> None:
        """Starts a process.

        Args:
            function: What the process runs, called with the other end of the connection. It must be at the top level
                of a module, which is imported in the process.

        Raises:
            NoProcess: The system has no process, memory or file handle left for it.
        """
        try:
            self._start(function)
        except OSError as error:
            raise NoProcess(
                _(
                    "The computer cannot start another process ({strerror}). Close other programs, then try again."
                ).format(strerror=error.strerror or error)
            ) from error

    def _start(self, function: Callable[[Connection], None]) -> None:
        with ExitStack() as ours, ExitStack() as theirs:
            self.connection, there = Pipe()
            alive, self._alive = Pipe(duplex=False)  # nothing is ever sent: it breaks when the program ends
            for end in (self.connection, self._alive):
                ours.enter_context(end)
            for end in (there, alive):
                theirs.enter_context(end)
            self._process = _start_python(function, [there.fileno(), alive.fileno()])
            ours.pop_all()
        self.pid = self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it is running; except on Windows, negative if a signal ended it."""
        return self._process.poll()

    @property
    def is_alive(self) -> bool:
        """Whether it is running; the system may have ended it for lack of memory."""
        return self.exit_code is None

    @property
    def has_crashed(self) -> bool:
        """Whether it crashed, and was not ended from outside or for lack of memory elsewhere."""
        return self.join(ENDING_SECONDS) in FAULTS

    def kill(self) -> None:
        """Kills the process, whatever it is doing, without waiting for its end."""
        self._process.kill()

    def join(self, seconds: float) -> int | None:
        """Waits for its end; returns the exit code, or None if it is still running after this many seconds."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return self.exit_code

    def end(self) -> None:
        """Kills it and closes the connection; if a dead network drive blocks it, it only ends when that answers."""
        self.connection.close()
        self.kill()
        self.join(1.0)
        self._alive.close()


def _start_python(function: Callable[[Connection], None], handles: list[int]) -> subprocess.Popen[bytes]:
    name = f"{function.__module__}:{function.__qualname__}"
    return subprocess.Popen(
        [*_program(), name, *map(str, handles), *([] if is_packaged() else _import_path())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment.GIVEN | {LANGUAGE: os.environ[LANGUAGE]} if LANGUAGE in os.environ else environment.GIVEN,
        **_apart(handles),
    )


def _program() -> list[str]:
    """Returns the command that calls ``run`` with the words that follow it."""
    if is_packaged():
        return [sys.executable, OWN_PROCESS]
    flags = {"-E": "ignore_environment", "-s": "no_user_site", "-B": "dont_write_bytecode"}
    given = [option for option, flag in flags.items() if getattr(sys.flags, flag)]
    # -P keeps the working directory out of sys.path; the variable PYTHONSAFEPATH would be ignored under -E. File names
    # are passed between processes as text, so both must encode it in the same way: hence utf8.
    options = ["-P", *given, "-X", f"utf8={sys.flags.utf8_mode}"]
    return [sys.executable, *options, "-c", _PROGRAM, str(Path(ocrdesk.__file__).parents[1])]


def _apart(handles: list[int]) -> dict[str, Any]:
    """Returns options for ``Popen`` that pass these handles to the process and keep the terminal's signals from it."""
    if sys.platform == "win32":
        for handle in handles:
            os.set_handle_inheritable(handle, True)
        startup = subprocess.STARTUPINFO(lpAttributeList={"handle_list": handles})
        return {"startupinfo": startup, "creationflags": subprocess.CREATE_NO_WINDOW}
    return {"pass_fds": handles, "process_group": 0}


def _import_path() -> list[str]:
    """Returns ``sys.path`` without the working directory, which ``python -m`` and ``python -c`` put first."""
    try:
        here = str(Path.cwd())
    except FileNotFoundError:  # it was removed
        here = ""
    return [folder for folder in sys.path if folder not in ("", here)]


def call(command: list[str], seconds: float) -> None:
    """Runs a program of the system to its end, quietly; where it does not work, the log says so.

    Args:
        command: The program and its arguments.
        seconds: How long it may take.
    """
    try:
        subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment.GIVEN,
            timeout=seconds,
        )
    except (OSError, subprocess.TimeoutExpired):
        log.warning("%s does not work", command[0], exc_info=True)


def run(name: str, connection_handle: str, alive_handle: str, *import_path: str) -> None:
    """Runs in the new process: calls the function that is named as ``module:function``."""
    for name_of_end in ("SIGINT", "SIGTERM", "SIGHUP"):  # when a session ends, all its processes get these
        if hasattr(signal, name_of_end):  # the program finishes its page and then ends this process
            signal.signal(getattr(signal, name_of_end), signal.SIG_IGN)
    connection, alive = _connection(connection_handle), _connection(alive_handle)
    threading.Thread(target=_end_with_program, args=(alive,), daemon=True).start()
    sys.path += [folder for folder in import_path if folder not in sys.path]
    module, _, function = name.partition(":")
    try:
        getattr(import_module(module), function)(connection)
    except Exception:  # noqa: BLE001 - whatever it is, the program must learn why there is no answer
        with suppress(OSError):  # the program is gone
            connection.send(Trouble(traceback.format_exc()))
        sys.exit(1)


def _connection(handle: str) -> Connection:
    if sys.platform == "win32":
        from multiprocessing.connection import PipeConnection

        return PipeConnection(int(handle))
    return Connection(int(handle))


def _end_with_program(alive: Connection) -> None:
    with suppress(EOFError, OSError):
        alive.recv()
    os._exit(0)
