"""JSON Lines: one page per line, as described in ``json_document``."""

from collections.abc import Iterable
from typing import BinaryIO

from ocrdesk.engine.export.json_document import json_of
from ocrdesk.engine.export.pages import ExportedPage, Format


def _write(pages: Iterable[ExportedPage], file: BinaryIO) -> None:
    for page in pages:
        file.write(json_of(page) + b"\n")


FORMAT = Format(key="jsonl", name="JSON Lines", suffix=".jsonl", a_page=False, a_batch=True, write=_write)
