"""Finds files that arrive in a watched folder, once they are completely written."""

import stat
from collections.abc import Callable, Mapping, Set
from pathlib import Path

from ocrdesk.engine.decode.formats import HEAD_BYTES, PAGE_SUFFIXES, seems_whole, sniff
from ocrdesk.engine.document import KnownFile
from ocrdesk.engine.intake.walk import Walk

QUIET_SECONDS = 2.0
"""A file whose end is there is complete if it has not changed for this long …"""

MIDDLE_QUIET_SECONDS = 10.0
"""… or for this long, if its format does not show where it ends …"""

LONG_QUIET_SECONDS = 30.0
"""… or for this long, if it is empty or its end is missing: a slow copy may pause, an aborted one never ends."""


class Arrivals:
    """Examines one folder repeatedly, and returns new or changed files that have become complete."""

    def __init__(self, folder: Path, is_product: Callable[[Path], bool] = lambda path: False) -> None:
        """Makes the object for a folder; nothing is examined yet.

        Args:
            folder: The folder.
            is_product: Whether the program itself wrote a file; such a file is returned once, to be listed as skipped.
        """
        self._folder = folder
        self._is_product = is_product
        self._seen: dict[Path, tuple[int, int, float]] = {}
        self._no_pages: dict[Path, tuple[int, int]] = {}
        self._folders = {folder}

    @property
    def folders(self) -> set[Path]:
        """The folder and its subfolders when it was last examined."""
        return self._folders

    @property
    def are_expected(self) -> bool:
        """Whether any file was not complete when the folder was last examined."""
        return bool(self._seen)

    def look(
        self,
        known: Mapping[Path, KnownFile],
        now: float,
        cancelled: Callable[[], bool] = lambda: False,
        stay_out: Set[Path] = frozenset(),
    ) -> list[Path]:
        """Returns the files that can be read now and are new or changed.

        Args:
            known: The files of which pages were made.
            now: Seconds of a monotonic clock.
            cancelled: Called between files; returns True to end early.
            stay_out: Files that the user removed from the batch.
        """
        ready = []
        seen: dict[Path, tuple[int, int, float]] = {}
        folders = {self._folder}
        for file in Walk(cancelled=cancelled, entered=folders.add).files(self._folder):
            try:
                status = file.stat()
            except OSError:
                continue  # it disappeared while the folder was being walked
            if not stat.S_ISREG(status.st_mode):
                continue  # opening a pipe or a device could block for ever
            size, modified = status.st_size, status.st_mtime_ns
            kept = known.get(file)
            if kept is not None and (kept.size, kept.modified) == (size, modified):
                continue
            if file in stay_out or self._no_pages.get(file) == (size, modified):
                continue
            before = self._seen.get(file)
            since = before[2] if before is not None and before[:2] == (size, modified) else now
            quiet = now - since
            if quiet < QUIET_SECONDS or (quiet < LONG_QUIET_SECONDS and quiet < _quiet_needed(file, size)):
                seen[file] = (size, modified, since)
            elif self._is_page(file, (size, modified)):
                ready.append(file)
        self._seen, self._folders = seen, folders
        return ready

    def _is_page(self, file: Path, state: tuple[int, int]) -> bool:
        """Whether a file becomes a page or must be listed; any other file is opened only once."""
        if self._is_product(file):
            self._no_pages[file] = state
            return True
        if file.suffix.lower() in PAGE_SUFFIXES:
            return True
        if sniff(_part(file, 0)):
            return True
        self._no_pages[file] = state
        return False


def _quiet_needed(file: Path, size: int) -> float:
    is_whole = size > 0 and seems_whole(_part(file, 0), _part(file, max(0, size - HEAD_BYTES)), size)
    if is_whole is None:
        return MIDDLE_QUIET_SECONDS
    return QUIET_SECONDS if is_whole else LONG_QUIET_SECONDS


def _part(file: Path, start: int) -> bytes:
    """Returns some bytes of a file; none if the program that is writing it has locked it."""
    try:
        with file.open("rb") as opened:
            opened.seek(start)
            return opened.read(HEAD_BYTES)
    except OSError:
        return b""
