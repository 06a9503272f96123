"""What is said in a terminal, and the paths that are given there."""

import argparse
import re
import sys
from pathlib import Path

_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that steer a terminal or the direction of writing, and those that are no Unicode."""


def shown(text: object) -> str:
    """Text, a name or a path as a terminal can take it: whatever a file is called, it clears no screen."""
    return _STEERING.sub("?", str(text))


def say(text: object) -> None:
    """Tells a person something, on stderr."""
    print(shown(text), file=sys.stderr, flush=True)


def given_path(word: str) -> Path:
    """A path given to a command. An empty word comes of a variable that was not set, and would be the folder one is in.

    Raises:
        ArgumentTypeError: The word is empty.
    """
    if not word:
        raise argparse.ArgumentTypeError("a name is empty")
    return Path(word)
