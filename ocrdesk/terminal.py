"""What is said in a terminal."""

import re
import sys

_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that steer a terminal or the direction of writing, and those that are no Unicode."""


def shown(text: object) -> str:
    """Text, a name or a path as a terminal can take it: whatever a file is called, it clears no screen."""
    return _STEERING.sub("?", str(text))


def say(text: object) -> None:
    """Tells a person something, on stderr."""
    print(shown(text), file=sys.stderr, flush=True)
