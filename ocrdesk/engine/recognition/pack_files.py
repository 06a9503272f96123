"""Says whether the file of a language pack is whole, without loading it."""

import struct
from pathlib import Path

from ocrdesk.engine.recognition.onnx_files import classes_of, metadata_of
from ocrdesk.engine.words import _

TESSERACT, ONNX = ".traineddata", ".onnx"

_PARTS, _NETWORK = 100, 17
"""The most parts that a file of Tesseract has, and the number of the one that reads lines."""


def trouble_of(path: Path) -> str:
    """Returns why a language pack cannot be used, as a sentence to be shown; empty if it can."""
    try:
        if path.suffix == ONNX:
            return _trouble_of_onnx(path.name, path.read_bytes())
        is_whole = _is_whole_tesseract(path)
    except OSError as error:
        return _("“{path}” cannot be read ({strerror}).").format(path=path.name, strerror=error.strerror)
    except (ValueError, IndexError, KeyError):
        is_whole = False
    return "" if is_whole else _("“{path}” is damaged. Copy it into the folder once more.").format(path=path.name)


def _trouble_of_onnx(name: str, model: bytes) -> str:
    characters = metadata_of(model, "character")
    if not characters:
        return _("“{path}” does not say which characters it reads. Use a model that has them in it.").format(path=name)
    # A class more for the blank between letters, and one for the space.
    count, classes = len(characters.splitlines()) + 2, classes_of(model)
    return "" if classes in (None, count) else wrong_count(name, count, classes or 0)


def wrong_count(name: str, characters: int, classes: int) -> str:
    """Returns what is said of a model that has another number of classes than characters."""
    return _("“{path}” lists {characters} characters, but its model has {classes}. Use another file.").format(
        path=name, characters=characters, classes=classes
    )


def _is_whole_tesseract(path: Path) -> bool:
    """Whether all parts of a file of Tesseract lie in it; they follow a table of where each begins, −1 for none."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(4 + 8 * _PARTS)
    count = struct.unpack_from("<i", head)[0] if len(head) >= 4 else 0
    if not _NETWORK < count <= _PARTS or len(head) < 4 + 8 * count:
        return False
    begins = struct.unpack_from(f"<{count}q", head, 4)
    return begins[_NETWORK] >= 0 and all(begin < size for begin in begins)
