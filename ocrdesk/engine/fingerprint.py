"""Knows files by what is in them, so that the same bytes are read once and a moved file is found again."""

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
"""Files whose fingerprints are remembered: the pages of a long PDF are read one after another."""

FRESH_SECONDS = 2.0
"""A file changed so shortly ago may change once more without another time of change: FAT counts in two seconds."""


@dataclass(frozen=True, slots=True)
class FileState:
    """What the system says of a file; another one as soon as the file is changed or replaced.

    Attributes:
        size: In bytes.
        modified: Time of the last change of its content, in nanoseconds.
        touched: Time of the last change of anything about it, in nanoseconds; on Windows, when it was made.
        number: Of the file in its file system. A file that replaces it has another one.
        device: The file system.
    """

    size: int
    modified: int
    touched: int
    number: int
    device: int


def state_of(status: os.stat_result) -> FileState:
    """The state of a file, as the system told it."""
    return FileState(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev)


@dataclass(frozen=True, slots=True)
class Seen:
    """A file at one moment.

    Attributes:
        content: Its fingerprint, 16 bytes; None if it could not be read, which the decoder will explain.
        state: What the system said of it, or None if it could not be asked.
        is_fresh: It was changed just before, so that another change may leave the state as it is.
    """

    content: bytes | None
    state: FileState | None = None
    is_fresh: bool = False


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
        self._known: OrderedDict[tuple[Path, FileState], bytes] = OrderedDict()

    def of(self, path: Path) -> bytes | None:
        """The fingerprint of a file's content, 16 bytes; None if it cannot be read."""
        return self.look(path).content

    def look(self, path: Path) -> Seen:
        """Looks at a file before it is read; ``is_unchanged`` tells afterwards whether it was still the same one."""
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
        if not is_same:  # it is being written at this moment
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
        """Whether a file is still what it was, so that what was read of it since then was read of that content."""
        try:
            state = state_of(path.stat())
        except OSError:
            return seen.state is None
        if state != seen.state:
            return False
        return not seen.is_fresh or self.of(path) == seen.content
