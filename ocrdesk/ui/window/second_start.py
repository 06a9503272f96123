"""A second start with the same library hands its files to the window that is open, and ends.

One local socket for each library, in the library's folder, which only its owner may enter: no other person and no other
computer can reach it.
"""

import json
import logging
import os
import sys
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from ocrdesk.engine.intake.drops import absolute

log = logging.getLogger(__name__)

SOCKET_NAME = "library.socket"
LONGEST = 16_000_000
"""Bytes of a message: some hundred thousand names."""

PATIENCE = 2.0
"""Seconds for which a second start looks for the window of the first, which may still be opening."""

_STEP = 100
_ANSWER = 3_000
"""Milliseconds between two looks, and until the open window has answered."""

_HEARD = b"heard\n"


class SecondStarts(QObject):
    """Listens for other starts.

    Attributes:
        asked: Another start asks for the window, with the files and folders that it was given: a list of paths.
    """

    asked = Signal(list)

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        name = _socket_of(library)
        QLocalServer.removeServer(name)  # left by a program that was killed; the library is held, so nobody listens
        if not self._server.listen(name):
            log.info("Other starts are not heard: %s", self._server.errorString())

    def close(self) -> None:
        """Listens no longer."""
        self._server.close()

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda socket=socket: self._on_words(socket))
            self._on_words(socket)

    def _on_words(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > LONGEST:
            socket.abort()
        elif socket.canReadLine():
            paths = _paths_in(bytes(socket.readLine().data()))
            socket.write(_HEARD)
            socket.flush()
            socket.disconnectFromServer()
            self.asked.emit(paths)


def hand_over(library: Path, paths: Sequence[Path]) -> bool:
    """Gives files to the window that has a library open; tells whether there is one that heard it.

    Args:
        library: The library's folder.
        paths: Files and folders.
    """
    end = time.monotonic() + PATIENCE
    socket = QLocalSocket()
    while not _connects(socket, library):
        if time.monotonic() > end:
            return False
        time.sleep(_STEP / 1000)
    socket.write(json.dumps([os.fsencode(absolute(path)).hex() for path in paths]).encode() + b"\n")
    heard = socket.waitForReadyRead(_ANSWER) and bytes(socket.readAll().data()) == _HEARD
    socket.close()
    return heard


def _connects(socket: QLocalSocket, library: Path) -> bool:
    socket.connectToServer(_socket_of(library))
    return socket.waitForConnected(_STEP)


def _paths_in(words: bytes) -> list[Path]:
    try:
        return [Path(os.fsdecode(bytes.fromhex(name))) for name in json.loads(words)]
    except (ValueError, TypeError) as error:
        log.info("Another start said what cannot be understood", exc_info=error)
        return []


def _socket_of(library: Path) -> str:
    """The socket of a library. Windows has no sockets in folders, but names that belong to a person."""
    if sys.platform == "win32":
        return f"ocrdesk-{sha256(os.fsencode(absolute(library))).hexdigest()[:32]}"
    return str(absolute(library) / SOCKET_NAME)
