"""Reads pages in a separate process, one at a time: if the process dies, no other page can be to blame."""

import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import cast

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.decode.pipe import receive_pixels, send_pixels
from ocrdesk.engine.document import Mode, Reading
from ocrdesk.engine.errors import NoProcess, ReadingInterrupted, RecognizerBroken, RecognizerCrashed
from ocrdesk.engine.machine import give_back_memory, limit_memory
from ocrdesk.engine.own_process import OwnProcess, Trouble
from ocrdesk.engine.recognition.recognizer import Recognizer
from ocrdesk.engine.words import _

MEMORY = 3_000_000_000
"""Bytes that reading may use beyond the loaded models. The largest page allowed, 64 megapixels, used 1.2 GB."""

STARTS = 2
"""How often the helper is started if something ends it while it loads the models."""


Wish = tuple[Mode | None, tuple[str, ...]]
"""The mode and the languages in which a recognizer is to read, as ``Recognizer.as_wanted`` takes them."""


@dataclass(frozen=True, slots=True)
class Failure:
    """The answer of a helper whose recognizer raised an exception.

    Attributes:
        trace: The traceback, for the log.
        needs_memory: Whether it failed for lack of memory.
    """

    trace: str
    needs_memory: bool


class Helper:
    """A recognizer in a separate process, ready once it has been constructed. It cannot be used after an error.

    Attributes:
        name: As in ``Recognizer``.
    """

    def __init__(self, make: Callable[[], Recognizer]) -> None:
        """Starts the process and waits until its models are loaded.

        Args:
            make: Makes the recognizer; called in that process.

        Raises:
            RecognizerBroken: It cannot be loaded there.
            NoProcess: The system cannot start another process, or something ended this one while it started.
        """
        for _attempt in range(STARTS):
            self._process = OwnProcess(serve)
            try:
                self._process.connection.send(make)
                answer = self._process.connection.recv()
            except (EOFError, OSError):
                self.end()
                continue
            if isinstance(answer, str):
                self.name = answer
                return
            self.end()
            raise answer if isinstance(answer, RecognizerBroken) else _broken(answer)
        raise NoProcess(
            _("The process that reads a page alone was ended while it started. Close other programs, then resume.")
        )

    @property
    def is_alive(self) -> bool:
        """Whether the process is running."""
        return self._process.is_alive

    def as_wanted(self, mode: Mode | None, languages: Sequence[str] = ()) -> Recognizer:
        """Returns this helper as it reads in a mode and in languages, like ``Recognizer.as_wanted``."""
        return self if mode is None and not languages else _AsWanted(self, (mode, tuple(languages)))

    def name_as(self, wish: Wish) -> str:
        """Returns the name of this helper as it reads so; raises the same errors as ``read``."""
        answer = self._ask((wish,))
        assert isinstance(answer, str)
        return answer

    def read(self, picture: Pixels, turn: int | None = None, wish: Wish = (None, ())) -> Reading:
        """Reads all text in an RGB picture; takes the same arguments as ``Recognizer.read``, and how it is to read.

        Raises:
            RecognizerBroken: Reading failed.
            RecognizerCrashed: Reading crashed the process.
            MemoryError: Reading needs more than ``MEMORY``.
            ReadingInterrupted: Something else ended the process.
        """
        answer = self._ask((wish, picture.shape, turn), picture)
        assert isinstance(answer, Reading)
        return answer

    def read_lines(self, crops: Sequence[Pixels], wish: Wish = (None, ())) -> list[tuple[str, float]]:
        """Reads pictures of one line each, like ``Recognizer.read_lines``; raises the same errors as ``read``."""
        answer = self._ask((wish, list(crops)))
        assert isinstance(answer, list)
        return answer

    def _ask(self, request: object, picture: Pixels | None = None) -> object:
        try:
            self._process.connection.send(request)
            if picture is not None:
                send_pixels(self._process.connection, picture)
            answer = self._process.connection.recv()
        except (EOFError, OSError) as error:
            raise self._why_it_ended() from error
        if not isinstance(answer, Failure | Trouble):
            return answer
        if isinstance(answer, Failure) and answer.needs_memory:
            raise MemoryError(answer.trace)
        raise _broken(answer)

    def _why_it_ended(self) -> Exception:
        if self._process.has_crashed:
            return RecognizerCrashed(
                _("The process that read the page alone crashed ({exit_code}).").format(
                    exit_code=self._process.exit_code
                )
            )
        return ReadingInterrupted(
            _(
                "The process that read this page alone was ended from outside ({exit_code}). Read the page again."
            ).format(exit_code=self._process.exit_code)
        )

    def end(self) -> None:
        """Ends the process, whatever it is doing."""
        self._process.end()


class _AsWanted:
    """A helper as it reads in a mode and in languages."""

    def __init__(self, helper: Helper, wish: Wish) -> None:
        self.name = helper.name_as(wish)
        self._helper = helper
        self._wish = wish

    def as_wanted(self, mode: Mode | None, languages: Sequence[str] = ()) -> Recognizer:
        return self._helper.as_wanted(mode or self._wish[0], languages)

    def read(self, picture: Pixels, turn: int | None = None) -> Reading:
        return self._helper.read(picture, turn, self._wish)

    def read_lines(self, crops: Sequence[Pixels]) -> list[tuple[str, float]]:
        return self._helper.read_lines(crops, self._wish)


def _broken(answer: Failure | Trouble) -> RecognizerBroken:
    return RecognizerBroken(
        _("The text recognition failed in the process that reads a page alone:\n{trace}").format(trace=answer.trace)
    )


def serve(connection: Connection) -> None:
    """Runs in the separate process: loads a recognizer and reads with it until the connection is closed."""
    make = cast(Callable[[], Recognizer], connection.recv())
    try:
        recognizer = make()
    except RecognizerBroken as error:
        connection.send(error)
        return
    limit_memory(MEMORY)
    connection.send(recognizer.name)
    with suppress(EOFError, OSError):
        while True:
            # What follows are pictures of lines, or the shape and turn of the page that follows; nothing asks the name.
            wish, *request = connection.recv()
            reader = recognizer.as_wanted(*wish)
            if not request:
                connection.send(reader.name)
            elif len(request) == 1:
                connection.send(_answer(reader, request[0], None))
            else:
                connection.send(_answer(reader, receive_pixels(connection, request[0]), request[1]))
            give_back_memory()


def _answer(
    recognizer: Recognizer, picture: Pixels | list[Pixels], turn: int | None
) -> Reading | list[tuple[str, float]] | Failure:
    try:
        return recognizer.read_lines(picture) if isinstance(picture, list) else recognizer.read(picture, turn)
    except Exception as error:  # noqa: BLE001 - a recognition library may raise anything; the answer carries it
        return Failure(traceback.format_exc(), _needs_memory(error))


def _needs_memory(error: Exception) -> bool:
    """Whether an error means lack of memory. C++ libraries only say so in words: std::bad_alloc, failed to allocate."""
    return isinstance(error, MemoryError) or "alloc" in str(error)
