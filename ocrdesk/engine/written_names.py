"""Writes file names to JSON, which only has Unicode, while on Linux a name may be any bytes."""

import os
from pathlib import Path
from urllib.parse import quote_from_bytes


def written_path(key: str, path: Path) -> dict[str, str]:
    """Returns the JSON entries that name a file or folder.

    Args:
        key: The key of the name as text, with a question mark for each byte that is no text. If there are any, a second
            entry, whose key ends in ``_bytes``, has all bytes of the name percent-encoded as in a web address: those
            that are not plain letters, digits or one of ``/_.-~`` as ``%`` and two hexadecimal digits.
        path: The file or folder.
    """
    name = os.fspath(path)
    text = name.encode("utf-8", "replace").decode("utf-8")
    return {key: text} if text == name else {key: text, f"{key}_bytes": quote_from_bytes(os.fsencode(path))}
