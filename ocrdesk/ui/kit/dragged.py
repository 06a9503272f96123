"""What is dragged from one place of the window to another: pages and batches, by their numbers."""

import json
from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QMimeData

PAGES = "application/x-ocrdesk-pages"
BATCHES = "application/x-ocrdesk-batches"


def packed(numbers: Sequence[int]) -> QByteArray:
    """Numbers as they are dragged."""
    return QByteArray(json.dumps(list(numbers)).encode())


def numbers_of(data: QMimeData, kind: str) -> list[int]:
    """The numbers that are dragged; none where it is something else."""
    return [int(number) for number in json.loads(bytes(data.data(kind).data()) or b"[]")]
