"""Output to a terminal, and the paths that are given there."""

import argparse
import gettext
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
from ocrdesk.engine.words import DOMAIN, _
from ocrdesk.interrupts import LAST_SECONDS, Interrupted, Interrupts
from ocrdesk.resources import locale_folder

_OF_MORE_LINES = re.compile("[\t\n\ud800-\udfff]")
"""Tabs and line feeds, which a one-line message must not have, and what is not valid Unicode."""


def shown(text: object) -> str:
    """Returns a text, a name or a path without characters that could control a terminal."""
    return _OF_MORE_LINES.sub("?", harmless(str(text), "?"))


def say(text: object) -> None:
    """Prints a message for the user on stderr; if that is closed, the work continues silently."""
    if sys.stderr is not None:  # otherwise print() would use stdout
        with suppress(OSError, ValueError):
            print(shown(text), file=sys.stderr, flush=True)


def print_data(text: str) -> None:
    """Writes a line on stdout, at once.

    Raises:
        Interrupted: The reader of the output has closed it.
        OcrdeskError: The line cannot be written.
    """
    if sys.stdout is None:
        raise OcrdeskError(_("There is nowhere to write to: standard output is closed."))
    try:
        print(text, flush=True)
    except BrokenPipeError as error:
        raise Interrupted from error
    except OSError as error:
        raise OcrdeskError(
            _("Standard output cannot be written to ({strerror}).").format(strerror=error.strerror)
        ) from error


def open_when_free(open_library: Callable[[], Library], interrupts: Interrupts) -> Library:
    """Opens a library; if another program uses it but is about to end, says so and waits.

    Raises:
        Interrupted: The program was interrupted while it waited.
        OcrdeskError: The library cannot be opened.
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
    """Makes the standard streams usable, however the program was started."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:  # it is closed; otherwise, the next file opened would get what libraries print
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def leave_streams() -> None:
    """Drops output that cannot be written any more, because Python would report it at its end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)


gettext.bindtextdomain(DOMAIN, locale_folder())
gettext.textdomain(DOMAIN)  # where argparse looks its own texts up


class Parser(argparse.ArgumentParser):
    """A parser of command lines whose error messages have no characters that could control the terminal."""

    def error(self, message: str) -> NoReturn:
        """Ends the program with a message, which may contain the name of a file."""
        super().error(shown(message))


class LogLines(logging.Formatter):
    """Formats log records without characters that could control a terminal that shows them, now or later."""

    def format(self, record: logging.LogRecord) -> str:
        """Returns the lines of a record."""
        return harmless(super().format(record), "?")


def given_path(word: str) -> Path:
    """Returns a path given to a command.

    An empty word comes from an unset variable, and would mean the working directory.

    Raises:
        ArgumentTypeError: The word is empty.
    """
    if not word:
        raise argparse.ArgumentTypeError(_("a name is empty"))
    return Path(word)
