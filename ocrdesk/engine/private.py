"""Files and folders that only their owner may read: what is kept here are private documents.

On Windows the folders of a user are private already, and none of this changes anything.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

FILE_MODE = 0o600
FOLDER_MODE = 0o700

_OTHERS = 0o077


def opener(path: str, flags: int) -> int:
    """For ``open(…, opener=opener)``: a file that is made is private; one that is there keeps its mode."""
    return os.open(path, flags, FILE_MODE)


def create(path: Path) -> BinaryIO:
    """Opens a new private file for writing.

    Raises:
        FileExistsError: There is one already.
        OSError: It cannot be made.
    """
    return open(path, "xb", opener=opener)


def make_file(path: Path) -> None:
    """Makes an empty private file if there is none, for libraries that would make it with another mode.

    Raises:
        OSError: It cannot be made.
    """
    with suppress(FileExistsError):
        create(path).close()


def make_folder(folder: Path) -> None:
    """Makes a private folder, and those above it that lack. Folders that are there stay as they are.

    Raises:
        OSError: It cannot be made.
    """
    try:
        folder.mkdir(FOLDER_MODE)
    except FileNotFoundError:
        if folder.parent == folder:
            raise
        make_folder(folder.parent)
        make_folder(folder)
    except OSError:  # which of the errors it is differs between systems
        if not folder.is_dir():
            raise


def tighten(path: Path) -> None:
    """Takes a file or a folder away from other users, as far as it is ours; links are not followed."""
    if os.name == "nt":
        return
    with suppress(OSError):  # it is gone, or its disk keeps no modes
        found = path.lstat()
        is_ours = found.st_uid == os.geteuid() and (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode))
        if is_ours and found.st_mode & _OTHERS:
            path.chmod(stat.S_IMODE(found.st_mode) & ~_OTHERS)


def is_tight(folder: Path) -> bool:
    """Whether other users cannot enter a folder, or there is none."""
    try:
        found = folder.lstat()
    except OSError:
        return True
    return os.name == "nt" or not found.st_mode & _OTHERS
