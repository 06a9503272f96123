"""Lends decoding processes to whoever needs a page, and ends those that hang or crash."""

import logging
import os
import threading
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

from ocrdesk.engine.decode.picture import OwnText, PageCount, Picture, ShownLetter, StoredPicture
from ocrdesk.engine.decode.pipe import receive_pixels
from ocrdesk.engine.decode.process import Heavy, Pieces, Refusal, Request, serve
from ocrdesk.engine.errors import PageUnreadable, PasswordNeeded, ReadingInterrupted
from ocrdesk.engine.facts import Fact
from ocrdesk.engine.own_process import OwnProcess, Trouble

log = logging.getLogger(__name__)

SECONDS = 15.0
"""How long opening a page may take, and …"""

SECONDS_PER_MEGABYTE = 1.0
"""… how much longer for each megabyte of its file."""

SECONDS_TO_COMPRESS = 60.0
"""How much longer it may take if the picture is wanted compressed."""

START_SECONDS = 60.0
"""How long a process may take to start on a busy computer."""

SLICE_SECONDS = 1.0
"""Time is counted in steps of this length: however long the whole program is stopped, with the computer suspended or
after Ctrl+Z, at most one step passes."""

SERVED = 500
"""A process is ended after this many requests, which frees any memory that a decoder has leaked."""


class Decoder:
    """Opens files in separate processes: a hostile or damaged file can only crash or hang the process that opens it.

    It can be used from any thread; each caller has a process to itself while it waits.
    """

    def __init__(self, processes: int | None = None) -> None:
        """Makes a decoder; its processes start when they are needed.

        Args:
            processes: The most processes at a time; None means one more than there are processors.
        """
        self._free = threading.Semaphore(processes or (os.cpu_count() or 1) + 1)
        self._lock = threading.Lock()
        self._room = threading.Lock()
        self._idle: list[_Process] = []
        self._passwords: dict[Path, str] = {}
        self._is_closed = False

    def load_page(self, path: Path, frame: int = 0, *, as_picture: bool = False) -> Picture | OwnText:
        """Loads one page upright at its full size, or its text if the file contains it.

        Args:
            path: The file.
            frame: 0-based number of the page in the file.
            as_picture: Whether a picture is wanted even if the file contains text.

        Raises:
            PageUnreadable: The file is missing, no picture, damaged, too large, or takes too long to open.
            ReadingInterrupted: The process that opened the file was ended from outside.
            PasswordNeeded: The file is a PDF whose password is not known.
            NoProcess: The system cannot start a process to open the file.
        """
        answer = self._ask(Request(path, frame, use_own_text=not as_picture))
        assert isinstance(answer, Picture | OwnText)
        return answer

    def load_rest(self, path: Path, frame: int, distrusted: frozenset[int]) -> Picture:
        """Loads a PDF page drawn without its embedded text: what remains to be read.

        Args:
            path: The file.
            frame: 0-based number of the page in the file.
            distrusted: The numbers of fonts whose text is drawn nevertheless, because it differs from what is shown.

        Raises:
            PageUnreadable, ReadingInterrupted, NoProcess: As in ``load_page``.
        """
        answer = self._ask(Request(path, frame, distrusted=distrusted))
        assert isinstance(answer, Picture)
        return answer

    def load_small(self, path: Path, frame: int, turn: int, longest_edge: int) -> Picture:
        """Loads one page as a picture reduced to at most ``longest_edge`` pixels a side, to be looked at.

        Of a picture that is cut off it loads what is there.

        Args:
            path: The file.
            frame: 0-based number of the page in the file.
            turn: Degrees clockwise to turn the picture, on top of the file's own orientation.
            longest_edge: In pixels.

        Raises:
            PageUnreadable, NoProcess: As in ``load_page``.
        """
        answer = self._ask(Request(path, frame, turn, longest_edge))
        assert isinstance(answer, Picture)
        return answer

    def load_stored(self, path: Path, frame: int) -> StoredPicture:
        """Loads the picture of one page compressed, to go into a document: as it is stored in the file if possible.

        Args:
            path: The file.
            frame: 0-based number of the page in the file.

        Raises:
            PageUnreadable: As in ``load_page``.
        """
        answer = self._ask(Request(path, frame, is_stored=True))
        assert isinstance(answer, StoredPicture)
        return answer

    def shown_letters(self, path: Path, content: bytes) -> tuple[ShownLetter, ...]:
        """Returns the letters that readers find on the first page of a PDF, including those of forms, notes and stamps.

        Args:
            path: The file that the PDF was made from.
            content: The PDF.

        Raises:
            PageUnreadable: The PDF is damaged.
        """
        answer = self._ask(Request(path, content=content))
        assert isinstance(answer, tuple)
        return answer

    def count_pages(self, path: Path) -> PageCount:
        """Counts the pages of a file.

        Raises:
            PageUnreadable, NoProcess: As in ``load_page``.
        """
        answer = self._ask(Request(path))
        assert isinstance(answer, PageCount)
        return answer

    def unlock(self, path: Path, password: str) -> PageCount:
        """Opens a protected file and remembers its password while the program runs; it is never stored.

        Raises:
            PasswordWrong: The password is wrong.
            PageUnreadable: The file cannot be read.
            NoProcess: As in ``load_page``.
        """
        count = self._ask(Request(path, password=password))
        assert isinstance(count, PageCount)
        self._passwords[path] = password
        return count

    def close(self) -> None:
        """Ends the idle processes now, and the others as soon as they are given back."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for process in idle:
            process.end()

    def _ask(self, request: Request) -> object:
        if request.password is None and request.path in self._passwords:
            request = replace(request, password=self._passwords[request.path])
        try:
            return self._ask_twice(request)
        except PasswordNeeded:
            if request.password is not None:
                raise
            # The file may have been moved, or may have the same password as another one.
            for password in dict.fromkeys(self._passwords.values()):
                with suppress(PasswordNeeded):
                    answer = self._ask_twice(replace(request, password=password))
                    self._passwords[request.path] = password
                    return answer
            raise

    def _ask_twice(self, request: Request) -> object:
        """Asks a process; if it dies, asks a new one, because an earlier file may have damaged it."""
        with self._free:
            try:
                return self._ask_a_process(self._take(), request)
            except _Death as first:
                log.warning("A decoding process died on %s; a new one is tried", request.path, exc_info=True)
                try:
                    return self._ask_a_process(_Process(), request)
                except _Death as second:
                    if first.is_fault and second.is_fault:
                        raise PageUnreadable(Fact.CRASHES_DECODER()) from second
                    raise ReadingInterrupted(Fact.OPENING_INTERRUPTED()) from second

    def _ask_a_process(self, process: "_Process", request: Request) -> object:
        has_answered = False
        try:
            answer = process.ask(request, self._room)
            has_answered = True
        except PageUnreadable as error:
            has_answered = not isinstance(error, _TookTooLong)
            raise
        finally:
            if has_answered:
                self._give_back(process)
            else:
                process.end()
        return answer

    def _take(self) -> "_Process":
        with self._lock:
            while self._idle:
                process = self._idle.pop()
                if process.is_alive:
                    return process
                process.end()
            return _Process()

    def _give_back(self, process: "_Process") -> None:
        with self._lock:
            if not self._is_closed and process.served < SERVED:
                self._idle.append(process)
                return
        process.end()


class _Death(Exception):
    """A process ended before it answered, or never became ready.

    Attributes:
        is_fault: Whether the request crashed it; if not, its death proves nothing about the file.
    """

    def __init__(self, what: str, *, is_fault: bool = False) -> None:
        super().__init__(what)
        self.is_fault = is_fault


class _TookTooLong(PageUnreadable):
    """A process did not answer in time."""


class _Cause(Exception):
    """The traceback of what went wrong in a decoding process."""

    def __str__(self) -> str:
        return f"\n{self.args[0]}"


class _Process:
    """One decoding process and the connection to it.

    Attributes:
        served: How many requests it has been sent.
    """

    def __init__(self) -> None:
        self.served = 0
        self._process = OwnProcess(serve)
        self._connection = self._process.connection

    @property
    def is_alive(self) -> bool:
        """Whether it is running; the system may have ended it for lack of memory."""
        return self._process.is_alive

    def ask(self, request: Request, room: threading.Lock) -> object:
        """Sends a request and waits for its answer.

        Args:
            request: What is wanted.
            room: Held while the process needs much memory.

        Raises:
            PageUnreadable: The process answered so, or did not answer in time.
            _Death: The process died, or never became ready.
        """
        try:
            with ExitStack() as held:
                return self._ask(request, room, held)
        except (EOFError, OSError) as error:
            is_fault = self.served > 0 and self._process.has_crashed
            raise _Death(f"exit code {self._process.exit_code}", is_fault=is_fault) from error

    def _ask(self, request: Request, room: threading.Lock, held: ExitStack) -> object:
        if not self.served:
            try:
                self._receive(START_SECONDS)  # the process says that it is ready
            except _TookTooLong as error:
                raise _Death("it was not ready in time") from error
        self.served += 1
        self._connection.send(request)
        seconds = SECONDS + SECONDS_PER_MEGABYTE * _megabytes(request.path) + SECONDS_TO_COMPRESS * request.is_stored
        answer = self._receive(seconds)
        has_room = False
        while isinstance(answer, Heavy):
            if not has_room:
                held.enter_context(room)
                has_room = True
            self._connection.send(None)
            answer = self._receive(seconds)
        if isinstance(answer, Refusal):
            log.info("Cannot open %s: %s", request.path, answer.error)
            raise answer.error from _Cause(answer.trace)
        return self._picture(answer) if isinstance(answer, Pieces) else answer

    def _receive(self, seconds: float) -> object:
        waited = 0.0
        while not self._connection.poll(min(SLICE_SECONDS, seconds - waited)):
            waited += SLICE_SECONDS
            if waited >= seconds:
                raise _TookTooLong(Fact.TOOK_TOO_LONG(seconds=seconds))
        answer = self._connection.recv()
        if isinstance(answer, Trouble):
            raise _Death(answer.trace)
        return answer

    def _picture(self, pieces: Pieces) -> Picture:
        return Picture(
            receive_pixels(self._connection, pieces.shape), pieces.rotation, pieces.remark, pieces.resolution
        )

    def end(self) -> None:
        """Ends the process, whatever it is doing."""
        self._process.end()


def _megabytes(path: Path) -> float:
    try:
        return path.stat().st_size / 1e6
    except OSError:
        return 0.0
