"""What runs in a decoding process: it opens files on request, and can be ended at any moment without loss."""

import traceback
import warnings
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from ocrdesk.engine.decode.picture import (
    OwnText,
    PageCount,
    PageFile,
    Picture,
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
"""Bytes a process may take beyond what it needs to start; the system ends greater wishes with a MemoryError."""

KEPT_OPEN_SECONDS = 2.0
"""How long a file of several pages stays open for its next page."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be done with a file.

    Attributes:
        path: The file.
        frame: 0-based number of its page; None asks for their count.
        turn: Degrees clockwise to turn the picture by.
        longest_edge: Pixels a side to reduce it to, or None.
        use_own_text: Whether text that the file has itself is wanted before a picture.
        is_stored: Whether the picture is wanted compressed, for a document.
        password: Of a protected PDF.
        distrusted: Fonts by their numbers; a PDF page is wanted drawn without its own text, but for that in them.
        content: A PDF, of whose first page the letters are wanted; ``path`` then only says where it is from.
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
    """Says that much memory is needed; the process goes on when it is answered."""

    need: int


@dataclass(frozen=True, slots=True)
class Pieces:
    """Says that pixels follow.

    Attributes:
        shape: Of the whole.
        rotation: As in ``Picture``.
        remark: As in ``Picture``.
    """

    shape: tuple[int, int, int]
    rotation: int
    remark: str | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Says why there is nothing.

    Attributes:
        error: With a sentence for a person.
        trace: What led to it, for the log.
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
            files.close()  # who keeps a file open keeps its owner from moving it, on Windows
            connection.poll(None)
        try:
            request = connection.recv()
        except (EOFError, OSError):
            return
        _serve_one(connection, files, request)  # on its own: nothing of a page is held while the next is waited for
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
    from ocrdesk.engine.decode.files import rest_of_page, stored_page
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
        picture = file.load(request.frame, request.longest_edge)
        remark = picture.remark if text is None else together(picture.remark, text.remark)
        return Picture(turn_pixels(picture.pixels, request.turn), picture.rotation + request.turn, remark)
    finally:
        files.give_back()


def _send(connection: Connection, answer: Answer) -> None:
    if not isinstance(answer, Picture):
        connection.send(answer)
        return
    height, width, _ = answer.pixels.shape
    connection.send(Pieces((height, width, 3), answer.rotation % 360, answer.remark))
    send_pixels(connection, answer.pixels)


class _OpenFiles:
    """Keeps the file of the last page open: the next page of a long document is had without reading all before it."""

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
