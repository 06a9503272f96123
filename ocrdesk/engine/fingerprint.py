"""Knows files by what is in them, so that the same bytes are read once and a moved file is found again."""

import hashlib
import logging
import os
import stat
import threading
from collections import OrderedDict
from io import BufferedReader
from pathlib import Path

log = logging.getLogger(__name__)

BYTES = 16
_KEPT = 64
"""Files whose fingerprints are remembered: the pages of a long PDF are read one after another."""


def new_fingerprint() -> hashlib.blake2b:
    """What the bytes of a file are fed to, piece by piece; its ``digest()`` is the fingerprint."""
    return hashlib.blake2b(digest_size=BYTES)


def fingerprint_of(file: BufferedReader) -> bytes:
    """The fingerprint of an open file, which stands at its beginning before and after."""
    fingerprint = hashlib.file_digest(file, new_fingerprint).digest()
    file.seek(0)
    return fingerprint


class Fingerprints:
    """Computes fingerprints, each file's once while it does not change. Usable from every thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[Path, int, int], bytes] = OrderedDict()

    def of(self, path: Path) -> bytes | None:
        """The fingerprint of a file's content, 16 bytes; None if it cannot be read, which the decoder will explain."""
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                return None
            key = (path, status.st_size, status.st_mtime_ns)
            with self._lock:
                if key in self._known:
                    self._known.move_to_end(key)
                    return self._known[key]
            with path.open("rb") as file:
                fingerprint = fingerprint_of(file)
                is_same = os.fstat(file.fileno()).st_mtime_ns == status.st_mtime_ns
        except OSError as error:
            log.debug("No fingerprint of %s", path, exc_info=error)
            return None
        if not is_same:
            return None  # it is being written at this moment
        with self._lock:
            self._known[key] = fingerprint
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return fingerprint
