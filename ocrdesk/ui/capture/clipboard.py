"""What is in the clipboard and can be read: files, a picture, or text that names files."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage

from ocrdesk.ui.kit.file_names import URI_LIST, paths_of

PNG = "image/png"
_PNG_BEGINS = b"\x89PNG\r\n\x1a\n"

_MOST_NAMES = 10_000
"""Text of more lines is no list of files."""


def png_in(data: QMimeData) -> bytes | None:
    """The picture in the clipboard just as the other program gave it, where that is a PNG file."""
    given = bytes(data.data(PNG).data()) if data.hasFormat(PNG) else b""
    return given if given.startswith(_PNG_BEGINS) else None


def image_in(data: QMimeData) -> QImage | None:
    """The picture in the clipboard in any other form."""
    image = data.imageData() if data.hasImage() else None
    return image if isinstance(image, QImage) and not image.isNull() else None


def png_of(image: QImage) -> bytes:
    """A picture as a PNG file, without any loss; takes seconds for a large one."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data.data())


def files_named_in(text: str) -> list[Path]:
    """The files that text names, by path or address, one a line; none if any line names no file that is there.

    It asks the disk, and so is slow.
    """
    lines = [line.strip().strip("\"'") for line in text.splitlines()]
    lines = [line for line in lines if line]
    if len(lines) > _MOST_NAMES:
        return []
    paths = [path for line in lines if (path := _path(line)) is not None and _is_there(path)]
    return paths if len(paths) == len(lines) else []


def _path(line: str) -> Path | None:
    if line.lower().startswith("file:"):
        address = QMimeData()
        address.setData(URI_LIST, line.encode())
        return next(iter(paths_of(address)), None)
    path = Path(line)
    return path if path.is_absolute() else None


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that no file can have
        return False
