"""PDF files that the program wrote itself: in a folder that is read they are no new pages."""

import hashlib
import logging
import os
import re
import secrets
from pathlib import Path

from ocrdesk.engine import private
from ocrdesk.engine.decode.formats import HEAD_BYTES, PDF, sniff
from ocrdesk.engine.ordinary_files import open_ordinary

log = logging.getLogger(__name__)

FILE_NAME = "exported.txt"

MARK = "/OcrdeskExport"
"""Where the end of a PDF holds its number."""

_MARK = re.compile(rb"/OcrdeskExport\s*\(([0-9a-f]{32})\)")
_START = re.compile(rb"startxref\s+(\d+)")
_DICTIONARY_BYTES = 4096


def new_mark() -> str:
    """A number that no other file has."""
    return secrets.token_hex(16)


class Products:
    """Knows a file that the program wrote: it bears a mark, and stands in a record with all that was in it.

    The mark alone would hide what another person exported, or what somebody made of an export; the record alone tells
    nothing of a file that took the place of one.
    """

    def __init__(self, folder: Path) -> None:
        """Reads nothing yet.

        Args:
            folder: Of the library, where the record lies: a line a file, appended, so that an export can go on while
                another program holds the library.
        """
        self._path = folder / FILE_NAME
        self._known: dict[str, set[str]] = {}
        self._read = -1

    def note(self, path: Path) -> None:
        """Keeps that the program wrote a file; a file without a mark needs no keeping.

        If the record cannot be written, the file is read like any other some day; that is no reason not to export it.
        """
        try:
            if (mark := _mark_of(path)) is None:
                return
            line = f"{mark} {_content_of(path)}\n"
            with open(self._path, "ab", buffering=0, opener=private.opener) as record:
                record.write(line.encode("ascii"))
        except OSError as error:
            log.warning("It cannot be kept that %s was written", path, exc_info=error)

    def has(self, path: Path) -> bool:
        """Whether the program wrote a file, and nobody changed it."""
        try:
            mark = _mark_of(path)
            return mark is not None and mark in self._marks() and _content_of(path) in self._marks()[mark]
        except OSError as error:
            log.info("Nobody knows who wrote %s", path, exc_info=error)
            return False

    def _marks(self) -> dict[str, set[str]]:
        """The contents of files by their marks, read again where the record has grown."""
        size = self._path.stat().st_size if self._path.exists() else 0
        if size != self._read:
            self._known, self._read = {}, size
            for line in self._path.read_text("ascii", "replace").splitlines() if size else ():
                mark, _, content = line.partition(" ")
                self._known.setdefault(mark, set()).add(content)
        return self._known


def _mark_of(path: Path) -> str | None:
    """The number that a PDF bears, or None."""
    with open_ordinary(path) as file:
        if sniff(file.read(HEAD_BYTES)) != PDF:
            return None
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - HEAD_BYTES))
        starts = _START.findall(file.read())
        if not starts or int(starts[-1]) >= size:
            return None
        file.seek(int(starts[-1]))
        found = _MARK.search(file.read(_DICTIONARY_BYTES))
        return found[1].decode("ascii") if found else None


def _content_of(path: Path) -> str:
    with open_ordinary(path) as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
