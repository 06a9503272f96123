"""What is in the clipboard and can be read: files, a picture, or text that names files."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageReader

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.words import _
from ocrdesk.ui.kit.file_names import URI_LIST, paths_of

PNG = "image/png"
_PNG_BEGINS = b"\x89PNG\r\n\x1a\n"

_MOST_NAMES = 10_000
"""Text of more lines is no list of files."""


def picture_in(data: QMimeData) -> Callable[[], bytes] | None:
    """What gives the picture in the clipboard as a PNG file, in a thread, because it takes seconds for a large one.

    A PNG file is taken just as the other program gave it, and what is another kind of file is decoded in the thread.
    """
    known = [bytes(kind.data()).decode() for kind in QImageReader.supportedMimeTypes()]
    for kind in sorted({*known} & {*data.formats()}, key=lambda kind: kind != PNG):
        if given := bytes(data.data(kind).data()):
            return partial(_png_of_file, given)
    image = data.imageData() if data.hasImage() else None
    return partial(png_of, image) if isinstance(image, QImage) and not image.isNull() else None


def png_of(image: QImage) -> bytes:
    """A picture as a PNG file, without any loss; takes seconds for a large one."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data.data())


def _png_of_file(given: bytes) -> bytes:
    if given.startswith(_PNG_BEGINS):
        return given
    image = QImage.fromData(given)
    if image.isNull():
        raise OcrdeskError(
            _("The picture in the clipboard cannot be read. Copy it again, or save it and add the file.")
        )
    return png_of(image)


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
