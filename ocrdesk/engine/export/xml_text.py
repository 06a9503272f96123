"""Removes characters that XML does not allow."""

import re

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Returns the text without control characters, which no XML file may contain."""
    return _ILLEGAL.sub("", text)
