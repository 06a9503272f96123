"""Characters that are no text: they move the cursor of a terminal, or turn the direction of writing round.

They come from names of files, from PDF files, and from batch files, which may be anybody's.
"""

import re

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""All that Unicode calls controls but the tab and the end of a line, and what overrides or embeds a direction."""


def harmless(text: str, instead: str = " ") -> str:
    """The text with something else in place of each character that steers, so that all others keep their places."""
    return _STEERING.sub(instead, text)


def harmless_json(text: str) -> str:
    """JSON with such characters written as JSON can escape them; nothing is lost."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
