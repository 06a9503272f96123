"""What runs in processes of the tests of ``own_process``."""

import os
import signal
import sys
import threading
from multiprocessing.connection import Connection

import ocrdesk


def echo(connection: Connection) -> None:
    connection.send(connection.recv())


def tell_about_itself(connection: Connection) -> None:
    connection.send(
        {
            "flags": (sys.flags.safe_path, sys.flags.ignore_environment, sys.flags.utf8_mode),
            "package": ocrdesk.__file__,
            "path": sys.path,
            "libraries": os.environ.get("LD_LIBRARY_PATH"),
            "streams": [os.readlink(f"/proc/self/fd/{number}") for number in range(3)],
            "open": len(os.listdir("/proc/self/fd")),
            "group": os.getpgid(0) == os.getpid(),
        }
    )


def raise_an_error(connection: Connection) -> None:
    raise ValueError("out of luck")


def break_off(connection: Connection) -> None:
    os._exit(3)


def die_by_a_fault(connection: Connection) -> None:
    signal.raise_signal(signal.SIGSEGV)


def be_busy_for_ever(connection: Connection) -> None:
    connection.send(os.getpid())
    threading.Event().wait()
