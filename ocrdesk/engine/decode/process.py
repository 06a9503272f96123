"""What runs in a decoding process, which opens files on request and can be ended at any time without loss."""

import traceback
import warnings
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path

from ocrdesk.engine.decode.picture import (
    OwnText,
    PageCount,
    PageFile,
    Picture,
    Resolution,
    ShownLetter,
    StoredPicture,
    turn_pixels,
)
from ocrdesk.engine.decode.pipe import send_pixels
from ocrdesk.engine.decode.sentences import in_sentences
from ocrdesk.engine.errors import PageUnreadable
from ocrdesk.engine.facts import together
from ocrdesk.engine.fingerprint import state_of
from ocrdesk.engine.machine import give_back_memory, limit_memory

MEMORY = 1_300_000_000
"""Bytes that a process may use beyond what it needs to start; asking for more raises a MemoryError."""

KEPT_OPEN_SECONDS = 2.0
"""How long a file of several pages stays open for its next page."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be done with a file.

    Attributes:
        path: The file.
        frame: 0-based number of its page; None asks for the number of pages.
        turn: Degrees clockwise by which to turn the picture.
        longest_edge: The most pixels a side to reduce it to, or None. Reduced, a part of a picture that is cut off is
            better than none.
        use_own_text: Whether embedded text is preferred to a picture.
        is_stored: Whether the picture is wanted compressed, to go into a document.
        password: The password of a protected PDF.
        distrusted: If not None, a PDF page is drawn without its embedded text, except text in fonts of these numbers.
        content: If not None, a PDF whose first page's letters are wanted; ``path`` is only used in messages.
    """

    path: Path
    frame: int | None = None
    turn: int = 0
    longest_edge: int | None = None
    use_own_text: bool = False
    is_stored: bool = False
    password: str | None = None
    distrusted: frozenset[int] | None = None
    content: bytes | None = None


Answer = Picture | StoredPicture | OwnText | PageCount | tuple[ShownLetter, ...]


@dataclass(frozen=True, slots=True)
class Heavy:
    """Sent before much memory is allocated; the process waits for an answer."""

    need: int


@dataclass(frozen=True, slots=True)
class Pieces:
    """Sent before the pixels of a picture.

    Attributes:
        shape: The shape of the picture.
        rotation: As in ``Picture``.
        remark: As in ``Picture``.
        resolution: As in ``Picture``.
    """

    shape: tuple[int, int, int]
    rotation: int
    remark: str | None
    resolution: Resolution


@dataclass(frozen=True, slots=True)
class Refusal:
    """Sent when a request fails.

    Attributes:
        error: The error, with a sentence for the user.
        trace: Its traceback, for the log.
    """

    error: PageUnreadable
    trace: str


def serve(connection: Connection) -> None:
    """Answers requests until the connection is closed."""
    import ocrdesk.engine.decode.files
    import ocrdesk.engine.decode.shown_text  # noqa: F401 - the decoders are loaded before memory is limited

    warnings.simplefilter("ignore")
    limit_memory(MEMORY)
    files = _OpenFiles(connection)
    connection.send(None)  # ready
    while True:
        if not connection.poll(KEPT_OPEN_SECONDS):
            files.close()  # on Windows, the user cannot move a file that is open
            connection.poll(None)
        try:
            request = connection.recv()
        except (EOFError, OSError):
            return
        # In a function of its own, so that nothing of a page stays in memory while this waits for the next request.
        _serve_one(connection, files, request)
        give_back_memory()


def _serve_one(connection: Connection, files: "_OpenFiles", request: Request) -> None:
    try:
        with in_sentences():
            answer = _answer(files, request)
    except PageUnreadable as error:
        files.close()
        connection.send(Refusal(error, "".join(traceback.format_exception(error))))
    else:
        _send(connection, answer)


def _answer(files: "_OpenFiles", request: Request) -> Answer:
    from ocrdesk.engine.decode.files import loaded_page, rest_of_page, stored_page
    from ocrdesk.engine.decode.shown_text import shown_letters

    if request.content is not None:
        return shown_letters(request.content)
    file = files.open(request)
    try:
        if request.frame is None:
            return file.count()
        if request.distrusted is not None:
            return rest_of_page(file, request.frame, request.distrusted)
        text = file.own_text(request.frame) if request.use_own_text else None
        if text is not None and text.reading.lines:
            return text
        if request.is_stored:
            return stored_page(file, request.frame)
        picture = loaded_page(file, request.frame, request.longest_edge)
        remark = picture.remark if text is None else together(picture.remark, text.remark)
        return replace(
            picture,
            pixels=turn_pixels(picture.pixels, request.turn),
            rotation=picture.rotation + request.turn,
            remark=remark,
        )
    finally:
        files.give_back()


def _send(connection: Connection, answer: Answer) -> None:
    if not isinstance(answer, Picture):
        connection.send(answer)
        return
    height, width, _ = answer.pixels.shape
    connection.send(Pieces((height, width, 3), answer.rotation % 360, answer.remark, answer.resolution))
    send_pixels(connection, answer.pixels)


class _OpenFiles:
    """Keeps the file of the last page open, so that the next page of a long document loads without finding it anew."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._key: tuple[object, ...] = ()
        self._file: PageFile | None = None

    def open(self, request: Request) -> PageFile:
        from ocrdesk.engine.decode.files import open_file

        key = (request.path, state_of(request.path.stat()), request.password)
        if self._file is None or key != self._key:
            self.close()
            self._file, self._key = open_file(request.path, request.password, self._wait_for_room), key
        return self._file

    def give_back(self) -> None:
        """Closes the file unless it may have more pages."""
        if self._file is not None and not self._file.may_stay_open:
            self.close()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _wait_for_room(self, need: int) -> None:
        self._connection.send(Heavy(need))
        self._connection.recv()
