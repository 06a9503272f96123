"""What is said in a terminal, and the paths that are given there."""

import argparse
import logging
import re
import sys
from pathlib import Path
from typing import NoReturn

from ocrdesk.engine.steering import harmless

_OF_MORE_LINES = re.compile("[\t\n\ud800-\udfff]")
"""What a sentence in one line has none of, and what is no Unicode."""


def shown(text: object) -> str:
    """Text, a name or a path as a terminal can take it: whatever a file is called, it clears no screen."""
    return _OF_MORE_LINES.sub("?", harmless(str(text), "?"))


def say(text: object) -> None:
    """Tells a person something, on stderr."""
    print(shown(text), file=sys.stderr, flush=True)


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
        raise argparse.ArgumentTypeError("a name is empty")
    return Path(word)
