"""Names of files between Qt and the system: on Linux they are bytes, and Qt's strings lose those that are no UTF-8."""

import os
import platform
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QMimeData, QUrl

URI_LIST = "text/uri-list"
_LOST = "\ufffd"
"""What stands in a name for bytes that are no letter."""

_LOCAL = re.compile(rb"file:(?://([^/?#]*)(?=/)|(?!//))(/[^?#]*)(?:[?#].*)?", re.IGNORECASE)
"""Host and path of the address of a file."""


def url_of(path: Path) -> QUrl:
    """The address of a file or folder, absolute, whatever bytes are in its name."""
    return QUrl.fromEncoded(path.as_uri().encode("ascii"))


def paths_of(data: QMimeData) -> list[Path]:
    """The files and folders of this computer that are dragged or pasted."""
    if os.name == "nt" or sys.platform == "darwin":  # names are Unicode there
        return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return list(_paths_in(bytes(data.data(URI_LIST).data())))


def shown_in_field(path: Path) -> str:
    """A path as text that a person may change, and that ``path_from_field`` understands."""
    return os.fsencode(path).decode("utf-8", "replace") if os.name != "nt" else str(path)


def path_from_field(text: str) -> Path:
    """The path that a person typed, or chose in a dialog.

    Where letters were lost, it is the one file or folder that looks so; if there is none, or several, the path of the
    text as it is, which then is not there.
    """
    path = Path(text)
    if _LOST not in text or os.path.lexists(path):
        return path
    found = Path(path.anchor)
    for part in path.parts[1:] if path.anchor else path.parts:
        alike = [found / part] if _LOST not in part or os.path.lexists(found / part) else _alike(found, part)
        if len(alike) != 1:
            return path
        found = alike[0]
    return found


def _alike(folder: Path, shown: str) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if _merged(shown_in_field(Path(path.name))) == _merged(shown)]
    except OSError:
        return []


def _merged(shown: str) -> str:
    """Programs put one mark for each lost byte, or one for several."""
    return re.sub(f"{_LOST}+", _LOST, shown)


def _paths_in(uris: bytes) -> Iterator[Path]:
    for line in uris.splitlines():
        if (local := _LOCAL.fullmatch(line.strip())) is None:
            continue
        host, path = (local[1] or b"").decode("ascii", "replace").lower(), unquote_to_bytes(local[2])
        if host in ("", "localhost", platform.node().lower()) and b"\0" not in path:
            yield Path(os.fsdecode(path))
