"""What runs in decoding processes of tests: the real thing with other limits, and stand-ins named for what they do."""

import os
import signal
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from ocrdesk.engine.decode import PageCount, files, process, raster
from ocrdesk.engine.decode.picture import Resolution
from ocrdesk.engine.decode.process import Heavy, Pieces, Refusal, serve
from ocrdesk.engine.errors import PageUnreadable

COUNT = PageCount(7)


def crash(connection: Connection) -> None:
    connection.send(None)
    connection.recv()
    os.abort()


def crash_in_the_middle_of_a_picture(connection: Connection) -> None:
    connection.send(None)
    connection.recv()
    connection.send(Pieces((100, 100, 3), 0, None, Resolution()))
    os.kill(os.getpid(), signal.SIGSEGV)


def be_killed(connection: Connection) -> None:
    connection.send(None)
    connection.recv()
    os.kill(os.getpid(), signal.SIGKILL)


def be_told_to_end(connection: Connection) -> None:
    connection.send(None)
    connection.recv()
    os.kill(os.getpid(), signal.SIGTERM)


def crash_once_and_then_be_killed(connection: Connection) -> None:
    connection.send(None)
    request = connection.recv()
    note = request.path.with_suffix(".crashed")
    if note.exists():
        os.kill(os.getpid(), signal.SIGKILL)
    note.touch()
    os.abort()


def hang_up(connection: Connection) -> None:
    connection.send(None)
    connection.recv()
    connection.close()
    threading.Event().wait()


def crash_at_once(connection: Connection) -> None:
    os.abort()


def never_be_ready(connection: Connection) -> None:
    threading.Event().wait()


def hang(connection: Connection) -> None:
    """Opens no file, ever, and leaves a note beside the first that it was to open."""

    def open_file(path: Path, *values: object) -> None:
        path.with_suffix(".busy").touch()
        threading.Event().wait()

    files.open_file = open_file
    serve(connection)


def count_after_asking_for_room(connection: Connection) -> None:
    connection.send(None)
    with suppress(EOFError):
        while True:
            connection.recv()
            connection.send(Heavy(1))
            connection.recv()
            connection.send(COUNT)


def crash_at_the_second_request(connection: Connection) -> None:
    connection.send(None)
    connection.recv()
    connection.send(Heavy(1))
    connection.recv()
    connection.send(COUNT)
    connection.recv()
    os.abort()


def refuse_after_asking_for_room(connection: Connection) -> None:
    connection.send(None)
    connection.recv()
    connection.send(Heavy(1))
    connection.recv()
    connection.send(Refusal(PageUnreadable("The picture is damaged."), ""))
    connection.recv()


def crash_after_asking_for_room(connection: Connection) -> None:
    connection.send(None)
    connection.recv()
    connection.send(Heavy(1))
    connection.recv()
    os.abort()


def hang_after_asking_for_room(connection: Connection) -> None:
    connection.send(None)
    connection.recv()
    connection.send(Heavy(1))
    connection.recv()
    threading.Event().wait()


def serve_and_take_little_for_heavy(connection: Connection) -> None:
    raster.HEAVY_BYTES = 1000
    serve(connection)


def serve_with_little_memory(connection: Connection) -> None:
    process.MEMORY = 60_000_000
    serve(connection)


def serve_and_close_files_soon(connection: Connection) -> None:
    process.KEPT_OPEN_SECONDS = 0.01
    serve(connection)
