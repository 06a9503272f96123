"""Files that arrive in a watched folder, once they are completely written."""

import stat
from collections.abc import Callable, Mapping, Set
from pathlib import Path

from ocrdesk.engine.decode.formats import HEAD_BYTES, PAGE_SUFFIXES, seems_whole, sniff
from ocrdesk.engine.document import KnownFile
from ocrdesk.engine.intake.walk import Walk

QUIET_SECONDS = 2.0
"""A file that has its end and has not changed for so long is complete …"""

MIDDLE_QUIET_SECONDS = 10.0
"""… or for so long, where its format does not tell the end …"""

LONG_QUIET_SECONDS = 30.0
"""… or for so long, if it is empty or its end is missing: a slow copy may pause, a broken one never ends."""


class Arrivals:
    """Looks into one folder again and again, and tells which new or changed files have come to rest."""

    def __init__(self, folder: Path, is_product: Callable[[Path], bool] = lambda path: False) -> None:
        """Makes it for a folder; nothing is looked at yet.

        Args:
            folder: The folder.
            is_product: Tells files that the program wrote itself; each is given once, to be listed as left out.
        """
        self._folder = folder
        self._is_product = is_product
        self._seen: dict[Path, tuple[int, int, float]] = {}
        self._no_pages: dict[Path, tuple[int, int]] = {}
        self._folders = {folder}

    @property
    def folders(self) -> set[Path]:
        """The folder and those in it at the last look."""
        return self._folders

    @property
    def are_expected(self) -> bool:
        """Whether some file had not come to rest at the last look."""
        return bool(self._seen)

    def look(
        self,
        known: Mapping[Path, KnownFile],
        now: float,
        cancelled: Callable[[], bool] = lambda: False,
        stay_out: Set[Path] = frozenset(),
    ) -> list[Path]:
        """Gives the files that can be read now and are not known as they are.

        Args:
            known: The files that pages were made of.
            now: Seconds of a clock that only goes forward.
            cancelled: Asked between files.
            stay_out: Files that a person took out of the batch.
        """
        ready = []
        seen: dict[Path, tuple[int, int, float]] = {}
        folders = {self._folder}
        for file in Walk(cancelled=cancelled, entered=folders.add).files(self._folder):
            try:
                status = file.stat()
            except OSError:
                continue  # it went while the folder was being walked
            if not stat.S_ISREG(status.st_mode):
                continue  # opening a pipe or a device would wait for ever
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
        """Whether a file becomes a page, or is to be listed; one that does not is opened only once."""
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
    """Some bytes of a file; none if it is held by the program that writes it."""
    try:
        with file.open("rb") as opened:
            opened.seek(start)
            return opened.read(HEAD_BYTES)
    except OSError:
        return b""
