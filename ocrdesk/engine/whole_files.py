"""Writes files atomically: beside their target, and moved over it once they are on disk."""

import errno
import os
import re
import secrets
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ocrdesk.engine import private
from ocrdesk.engine.errors import DiskFull, ExportFailed
from ocrdesk.engine.words import _

try:
    import fcntl
except ImportError:  # on Windows, where an open file cannot be deleted anyway
    fcntl = None  # type: ignore[assignment]

_PART = re.compile(r"\..*\.ocrdesk-[0-9a-f]{8}\.part")
_LONGEST_NAME = 255
_FULL = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY}


@contextmanager
def written(path: Path, *, replace: bool = True, is_private: bool = False) -> Iterator[BinaryIO]:
    """Yields a file to write; if the block ends without an error, it replaces ``path`` and is safely on disk.

    After any error, or a crash at any moment, what was at ``path`` before is still there. The new file gets the mode of
    the one that it replaces. Until it is complete, only its owner can read it.

    Args:
        path: The target.
        replace: Whether an existing file may be replaced.
        is_private: Whether only its owner may read a new file; if not, the umask decides.

    Raises:
        ExportFailed: The file cannot be written; the message says what to do.
        DiskFull: The disk has no room for it.
    """
    part = _part_of(path)
    try:
        with _open_part(part, is_private=is_private) as (file, umasked):
            yield file
            file.flush()
            _set_mode(file, _mode_of(path, umasked))
            os.fsync(file.fileno())
        if not replace and os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, "exists", str(path))
        part.replace(path)
        sync_folder(path.parent)
    except BaseException as error:
        with suppress(OSError):
            part.unlink()
        if isinstance(error, OSError):
            raise failure(error, path) from error
        raise


@contextmanager
def set_aside(target: BinaryIO) -> Iterator[BinaryIO]:
    """Yields a temporary file beside one that is being written, on a disk with room; it is removed after the block.

    If a crash leaves it behind, ``remove_parts`` removes it. For a file in memory, it is in the system's temporary
    folder.
    """
    name = getattr(target, "name", None)
    part = _part_of(Path(name) if isinstance(name, str) else Path(tempfile.gettempdir()) / "export")
    try:
        with _open_part(part, is_private=True) as (file, _):
            yield file
    finally:
        with suppress(OSError):
            part.unlink()


def make_folder(folder: Path) -> None:
    """Creates a folder and any missing ones above it.

    Raises:
        ExportFailed: It cannot be created.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise ExportFailed(
            _("The folder “{folder}” cannot be made because a file is in its place. Choose another folder.").format(
                folder=_shown(folder)
            )
        ) from error
    except OSError as error:
        raise failure(error, folder) from error


def remove_parts(folder: Path) -> None:
    """Removes the part files that a killed export left in a folder, but not those that are being written now."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _PART.fullmatch(entry.name):
                with suppress(OSError):
                    _remove_part(Path(entry.path))


def failure(error: OSError, path: Path) -> ExportFailed:
    """Returns the error to show when a file or folder cannot be written."""
    name = _shown(path)
    if error.errno in _FULL:
        return DiskFull(
            _(
                "There is no room for “{name}”. Make room on that disk or choose another folder, then export again."
            ).format(name=name)
        )
    if error.errno == errno.EROFS:
        return ExportFailed(
            _("“{name}” cannot be written because its disk is read-only. Choose another folder.").format(name=name)
        )
    if error.errno in _FORBIDDEN:
        return ExportFailed(
            _(
                "“{name}” may not be written. Close it if it is open in another program, or choose another folder."
            ).format(name=name)
        )
    if error.errno == errno.EEXIST:
        return ExportFailed(
            _("“{name}” exists already and was left as it is. Replace it, keep both, or skip it.").format(name=name)
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return ExportFailed(
            _("“{name}” cannot be written because its folder is not there. Choose another folder.").format(name=name)
        )
    if error.errno == errno.ENAMETOOLONG:
        return ExportFailed(
            _(
                "“{name}” cannot be written because the name is too long. Choose another folder or shorter names."
            ).format(name=name)
        )
    return ExportFailed(
        _("“{name}” cannot be written ({strerror}). Try again or choose another folder.").format(
            name=name, strerror=error.strerror or error
        )
    )


def _shown(path: Path) -> str:
    return os.fspath(path).encode("utf-8", "replace").decode("utf-8")


def _part_of(path: Path) -> Path:
    ending = f".ocrdesk-{secrets.token_hex(4)}.part"
    start = os.fsencode(f".{path.name}")[: _LONGEST_NAME - len(ending)].decode("utf-8", "ignore")
    return path.with_name(start + ending)


@contextmanager
def _open_part(part: Path, *, is_private: bool) -> Iterator[tuple[BinaryIO, int]]:
    """Yields a file that only its owner can read, and the mode that the umask would have given it."""
    with private.create(part) if is_private else part.open("xb") as file:
        umasked = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
        _set_mode(file, umasked & private.FILE_MODE)
        if fcntl is not None:
            with suppress(OSError):  # some file systems have no locks
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield file, umasked


def _mode_of(path: Path, otherwise: int) -> int:
    """Returns the mode of the file that will be replaced, without bits that would let it run as another user."""
    try:
        found = path.stat().st_mode
    except OSError:
        return otherwise
    return found & 0o777 if stat.S_ISREG(found) else otherwise


def _set_mode(file: BinaryIO, mode: int) -> None:
    if os.name != "nt":
        with suppress(OSError):  # some file systems store no modes
            os.fchmod(file.fileno(), mode)


def _remove_part(part: Path) -> None:
    if fcntl is None:
        part.unlink()
        return
    with part.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # fails while it is being written
        part.unlink()


def sync_folder(folder: Path) -> None:
    """Writes a new file name to disk, if the system can sync folders; the content is on disk already."""
    if os.name == "nt":
        return
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
