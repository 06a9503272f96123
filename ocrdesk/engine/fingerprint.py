"""Recognizes files by their content, so that the same bytes are read only once and a moved file is found again."""

import hashlib
import logging
import os
import stat
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

log = logging.getLogger(__name__)

BYTES = 16
_KEPT = 64
"""How many files' fingerprints are remembered: the pages of a long PDF are read one after another."""

FRESH_SECONDS = 2.0
"""A file changed no longer ago may change again without a new modification time: FAT counts in steps of two seconds."""


@dataclass(frozen=True, slots=True)
class FileState:
    """What the system reports about a file; it differs as soon as the file is changed or replaced.

    Attributes:
        size: Its size, in bytes.
        modified: Time of the last change of its content, in nanoseconds.
        touched: Time of the last change of anything about it, in nanoseconds; on Windows, when it was created.
        number: Its inode number. A file that replaces it has another one.
        device: The number of its file system.
    """

    size: int
    modified: int
    touched: int
    number: int
    device: int


def state_of(status: os.stat_result) -> FileState:
    """Returns the state of a file, given the system's report on it."""
    return FileState(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev)


@dataclass(frozen=True, slots=True)
class Seen:
    """A file at one moment.

    Attributes:
        content: Its fingerprint, 16 bytes; None if it could not be read, which the decoder will explain.
        state: Its state, or None if that could not be determined.
        is_fresh: Whether it was changed just before, so that another change may leave the state the same.
    """

    content: bytes | None
    state: FileState | None = None
    is_fresh: bool = False


def new_fingerprint() -> hashlib.blake2b:
    """Returns a hash object to be fed with the bytes of a file; its ``digest()`` is the fingerprint."""
    return hashlib.blake2b(digest_size=BYTES)


def fingerprint_of(file: BufferedReader) -> bytes:
    """Returns the fingerprint of an open file, which must be at its beginning and is reset to it."""
    fingerprint = hashlib.file_digest(file, new_fingerprint).digest()
    file.seek(0)
    return fingerprint


class Fingerprints:
    """Computes fingerprints, once for each file while it does not change. It can be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[Path, FileState], bytes] = OrderedDict()

    def of(self, path: Path) -> bytes | None:
        """Returns the fingerprint of a file's content, 16 bytes; None if it cannot be read."""
        return self.look(path).content

    def look(self, path: Path) -> Seen:
        """Examines a file before it is read, for ``is_unchanged`` to check afterwards that it is still the same."""
        state = None
        try:
            status = path.stat()
            state = state_of(status)
            if not stat.S_ISREG(status.st_mode):
                return Seen(None, state)
            key = (path, state)
            with self._lock:
                if key in self._known:
                    self._known.move_to_end(key)
                    return Seen(self._known[key], state)
            is_fresh = time.time_ns() - state.modified < FRESH_SECONDS * 1e9
            with path.open("rb") as file:
                fingerprint = fingerprint_of(file)
                is_same = state_of(os.fstat(file.fileno())) == state
        except OSError as error:
            log.debug("No fingerprint of %s", path, exc_info=error)
            return Seen(None, state)
        if not is_same:  # it is just being written
            return Seen(None, state)
        if not is_fresh:
            self._remember(key, fingerprint)
        return Seen(fingerprint, state, is_fresh)

    def _remember(self, key: tuple[Path, FileState], fingerprint: bytes) -> None:
        with self._lock:
            self._known[key] = fingerprint
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)

    def is_unchanged(self, path: Path, seen: Seen) -> bool:
        """Whether a file is still as it was seen, so that whatever was read since then was read from that content."""
        try:
            state = state_of(path.stat())
        except OSError:
            return seen.state is None
        if state != seen.state:
            return False
        return not seen.is_fresh or self.of(path) == seen.content
