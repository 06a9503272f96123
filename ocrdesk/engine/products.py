"""Recognizes PDF files that the program itself exported: they do not become pages when their folder is read."""

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
"""The key under which the trailer of a PDF has its mark."""

_MARK = re.compile(rb"/OcrdeskExport\s*\(([0-9a-f]{32})\)")
_START = re.compile(rb"startxref\s+(\d+)")
_DICTIONARY_BYTES = 4096


def new_mark() -> str:
    """Returns a mark that no other file has."""
    return secrets.token_hex(16)


class Products:
    """Recognizes a file that the program wrote: it has a mark, which a record lists with a hash of the file's content.

    By the mark alone, files that another person exported or edited afterwards would be skipped, too.
    """

    def __init__(self, folder: Path) -> None:
        """Makes the object without reading the record yet.

        Args:
            folder: The library's folder, which has the record. One line is appended for each file, so that exports work
                even while another program uses the library.
        """
        self._path = folder / FILE_NAME
        self._known: dict[str, set[str]] = {}
        self._read = -1

    def note(self, path: Path) -> None:
        """Records that the program wrote a file; a file without a mark is not recorded.

        If the record cannot be written, the file may be read like any other later, which is no reason not to export it.
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
        """Whether the program wrote a file that nobody has changed since."""
        try:
            mark = _mark_of(path)
            return mark is not None and mark in self._marks() and _content_of(path) in self._marks()[mark]
        except OSError as error:
            log.info("Nobody knows who wrote %s", path, exc_info=error)
            return False

    def _marks(self) -> dict[str, set[str]]:
        """Returns the hashes of recorded files by their marks, read again if the record has grown."""
        size = self._path.stat().st_size if self._path.exists() else 0
        if size != self._read:
            self._known, self._read = {}, size
            for line in self._path.read_text("ascii", "replace").splitlines() if size else ():
                mark, _, content = line.partition(" ")
                self._known.setdefault(mark, set()).add(content)
        return self._known


def _mark_of(path: Path) -> str | None:
    """Returns the mark of a PDF, or None."""
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
