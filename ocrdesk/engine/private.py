"""Creates files and folders that only their owner may read, because the program stores private documents.

On Windows, a user's folders are already private, and none of this changes anything.
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
    """For ``open(…, opener=opener)``: a new file is private; an existing one keeps its mode."""
    return os.open(path, flags, FILE_MODE)


def create(path: Path) -> BinaryIO:
    """Opens a new private file for writing.

    Raises:
        FileExistsError: The file already exists.
        OSError: It cannot be created.
    """
    return open(path, "xb", opener=opener)


def make_file(path: Path) -> None:
    """Creates an empty private file if there is none, for libraries that would create it with another mode.

    Raises:
        OSError: It cannot be created.
    """
    with suppress(FileExistsError):
        create(path).close()


def make_folder(folder: Path) -> None:
    """Creates a private folder and any missing ones above it. Existing folders stay as they are.

    Raises:
        OSError: It cannot be created.
    """
    try:
        folder.mkdir(FOLDER_MODE)
    except FileNotFoundError:
        if folder.parent == folder:
            raise
        make_folder(folder.parent)
        make_folder(folder)
    except OSError:  # which error an existing folder raises differs between systems
        if not folder.is_dir():
            raise


def tighten(path: Path) -> None:
    """Denies other users access to a file or folder that belongs to this user; links are not followed."""
    if os.name == "nt":
        return
    with suppress(OSError):  # it is gone, or its file system stores no modes
        found = path.lstat()
        is_ours = found.st_uid == os.geteuid() and (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode))
        if is_ours and found.st_mode & _OTHERS:
            path.chmod(stat.S_IMODE(found.st_mode) & ~_OTHERS)


def is_tight(folder: Path) -> bool:
    """Whether other users have no access to a folder, or it does not exist."""
    try:
        found = folder.lstat()
    except OSError:
        return True
    return os.name == "nt" or not found.st_mode & _OTHERS
