"""Starts Python processes of the program's own, which run one of its functions and talk to it over a connection.

Not ``multiprocessing.Process``: it starts ``python -c``, which looks for modules in the working directory first, so a
``signal.py`` that lies among the pictures would run; and a second process of its own in the same way.
"""

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
from ocrdesk.engine.words import _

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
"""Loads this very package from where it is, and leaves that out of ``sys.path``: it may be the working directory."""


ENDING_SECONDS = 5.0
"""How long the end of a process may take after its connection broke."""

if sys.platform == "win32":
    FAULTS = frozenset(
        {
            3,  # abort()
            0xC0000005,  # access violation
            0xC000001D,  # illegal instruction
            0xC000008E,  # division of floats by zero
            0xC0000094,  # division of integers by zero
            0xC0000096,  # privileged instruction
            0xC00000FD,  # stack overflow
            0xC0000374,  # damaged heap
            0xC0000409,  # abort() and damaged stack
            0xE06D7363,  # C++ exception that nobody caught
        }
    )
else:
    FAULTS = frozenset(
        -number for number in (signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGILL, signal.SIGFPE)
    )
"""Exit codes of processes that died by a fault of their own. Others prove nothing: who is told to end, at a logout or
for want of memory, ends by another signal, or on Windows with another code."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """The last message of a process whose function could not be loaded, or raised an exception.

    Attributes:
        trace: The traceback, for the log.
    """

    trace: str


class OwnProcess:
    """A process that runs one function of the program and ends when that returns or the program is gone.

    It reads nothing from the terminal and writes nothing to it, and the signals by which terminals and sessions end
    programs do not end it.

    Attributes:
        connection: To the process; it breaks when the process ends.
        pid: Its number in the system.
    """

    def __init__(self, function: Callable[[Connection], None]) -> None:
        """Starts a process.

        Args:
            function: What it runs, given the other end of the connection. It stands at the top of a module that can be
                imported; that module is imported in the process.

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
            alive, self._alive = Pipe(duplex=False)  # nothing is ever sent: that it breaks tells the program's end
            for end in (self.connection, self._alive):
                ours.enter_context(end)
            for end in (there, alive):
                theirs.enter_context(end)
            self._process = _start_python(function, [there.fileno(), alive.fileno()])
            ours.pop_all()
        self.pid = self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative for the signal that ended it, except on Windows."""
        return self._process.poll()

    @property
    def is_alive(self) -> bool:
        """Whether it runs; the system may have ended it for want of memory."""
        return self.exit_code is None

    @property
    def has_crashed(self) -> bool:
        """Whether it ended by a fault of its own, and not by a wish from outside or for want of memory elsewhere."""
        return self.join(ENDING_SECONDS) in FAULTS

    def kill(self) -> None:
        """Ends it at once, whatever it is doing; does not wait for that."""
        self._process.kill()

    def join(self, seconds: float) -> int | None:
        """Waits for its end; gives the exit code, or None if it runs after this many seconds."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return self.exit_code

    def end(self) -> None:
        """Ends it and closes the connection; one that waits for a dead network drive ends when that answers."""
        self.connection.close()
        self.kill()
        self.join(1.0)
        self._alive.close()


def _start_python(function: Callable[[Connection], None], handles: list[int]) -> subprocess.Popen[bytes]:
    flags = {"-E": "ignore_environment", "-s": "no_user_site", "-B": "dont_write_bytecode"}
    given = [option for option, flag in flags.items() if getattr(sys.flags, flag)]
    # -P keeps the working directory out; the variable PYTHONSAFEPATH would be ignored under -E. Names of files go from
    # process to process as text, so both must make the same bytes of it: hence utf8.
    options = ["-P", *given, "-X", f"utf8={sys.flags.utf8_mode}"]
    package = str(Path(ocrdesk.__file__).parents[1])
    name = f"{function.__module__}:{function.__qualname__}"
    return subprocess.Popen(
        [sys.executable, *options, "-c", _PROGRAM, package, name, *map(str, handles), *_import_path()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment.GIVEN,
        **_apart(handles),
    )


def _apart(handles: list[int]) -> dict[str, Any]:
    """Options of ``Popen`` that lend the process these handles, and keep signals of the terminal from it."""
    if sys.platform == "win32":
        for handle in handles:
            os.set_handle_inheritable(handle, True)
        startup = subprocess.STARTUPINFO(lpAttributeList={"handle_list": handles})
        return {"startupinfo": startup, "creationflags": subprocess.CREATE_NO_WINDOW}
    return {"pass_fds": handles, "process_group": 0}


def _import_path() -> list[str]:
    """Where this process looks for modules, without the working directory, which ``python -m`` and ``-c`` put first."""
    try:
        here = str(Path.cwd())
    except FileNotFoundError:  # it was removed
        here = ""
    return [folder for folder in sys.path if folder not in ("", here)]


def run(name: str, connection_handle: str, alive_handle: str, *import_path: str) -> None:
    """What the new process does: it runs the function that is named as ``module:function``."""
    for name_of_end in ("SIGINT", "SIGTERM", "SIGHUP"):  # a session that ends sends these to all its processes
        if hasattr(signal, name_of_end):  # the program finishes its page and then ends this process
            signal.signal(getattr(signal, name_of_end), signal.SIG_IGN)
    connection, alive = _connection(connection_handle), _connection(alive_handle)
    threading.Thread(target=_end_with_program, args=(alive,), daemon=True).start()
    sys.path += [folder for folder in import_path if folder not in sys.path]
    module, _, function = name.partition(":")
    try:
        getattr(import_module(module), function)(connection)
    except Exception:  # noqa: BLE001 - whatever it is, the program must be told why there is no answer
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
