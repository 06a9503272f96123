"""What is said in a terminal, and the paths that are given there."""

import argparse
import logging
import os
import re
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from ocrdesk.engine.errors import LibraryClosing, OcrdeskError
from ocrdesk.engine.library import Library
from ocrdesk.engine.steering import harmless
from ocrdesk.engine.words import _
from ocrdesk.interrupts import LAST_SECONDS, Interrupted, Interrupts

_OF_MORE_LINES = re.compile("[\t\n\ud800-\udfff]")
"""What a sentence in one line has none of, and what is no Unicode."""


def shown(text: object) -> str:
    """Text, a name or a path as a terminal can take it: whatever a file is called, it clears no screen."""
    return _OF_MORE_LINES.sub("?", harmless(str(text), "?"))


def say(text: object) -> None:
    """Tells a person something, on stderr. Where nobody listens any more, the work goes on in silence."""
    if sys.stderr is not None:  # or it would be printed on stdout
        with suppress(OSError, ValueError):
            print(shown(text), file=sys.stderr, flush=True)


def print_data(text: str) -> None:
    """Writes a line on stdout, at once.

    Raises:
        Interrupted: Nobody reads it any more.
        OcrdeskError: It cannot be written.
    """
    if sys.stdout is None:
        raise OcrdeskError(_("There is nowhere to write to: the standard output is closed."))
    try:
        print(text, flush=True)
    except BrokenPipeError as error:
        raise Interrupted from error
    except OSError as error:
        raise OcrdeskError(
            _("The standard output cannot be written ({strerror}).").format(strerror=error.strerror)
        ) from error


def open_when_free(open_library: Callable[[], Library], interrupts: Interrupts) -> Library:
    """Opens a library; waits for a program that holds it and is about to end, and says so.

    Raises:
        Interrupted: While it waited.
        OcrdeskError: It cannot be opened.
    """
    end = time.monotonic() + 1.2 * LAST_SECONDS
    is_first = True
    while True:
        try:
            return open_library()
        except LibraryClosing:
            if time.monotonic() > end:
                raise
            if is_first:
                say(_("Another ocrdesk is still finishing its last pages; this one begins when it has ended…"))
            is_first = False
        interrupts.wanted.wait(0.1)
        interrupts.check()


def prepare_streams() -> None:
    """Makes the standard streams fit to be used, whatever the program was started with."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:  # closed: or the next file opened would get what libraries print
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def leave_streams() -> None:
    """Drops what can be written nowhere any more: Python would complain of it while it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)


class Parser(argparse.ArgumentParser):
    """A parser of command lines that says what is wrong with them without what would steer the terminal."""

    def error(self, message: str) -> NoReturn:
        """Ends the program with a message; a word in it may be the name of a file."""
        super().error(shown(message))


class LogLines(logging.Formatter):
    """Formats what is logged without what would steer the terminal that it is shown in, at once or later."""

    def format(self, record: logging.LogRecord) -> str:
        """The lines of a record."""
        return harmless(super().format(record), "?")


def given_path(word: str) -> Path:
    """A path given to a command. An empty word comes of a variable that was not set, and would be the folder one is in.

    Raises:
        ArgumentTypeError: The word is empty.
    """
    if not word:
        raise argparse.ArgumentTypeError(_("a name is empty"))
    return Path(word)
