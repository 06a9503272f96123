"""Replaces control characters, which move the cursor of a terminal or reverse the direction of writing.

They come from file names, from PDF files, and from batch files, which may be from anybody.
"""

import re

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""All of Unicode's control characters except tab and line feed, and those that override or embed a direction."""


def harmless(text: str, instead: str = " ") -> str:
    """Returns the text with each control character replaced, so that all others keep their positions."""
    return _STEERING.sub(instead, text)


def harmless_json(text: str) -> str:
    """Returns JSON with control characters escaped, so that nothing is lost."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
