"""Files that are there whole or not at all: written beside their target and moved over it when they are on disk."""

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
except ImportError:  # Windows, which lets nobody delete an open file
    fcntl = None  # type: ignore[assignment]

_PART = re.compile(r"\..*\.ocrdesk-[0-9a-f]{8}\.part")
_LONGEST_NAME = 255
_FULL = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY}


@contextmanager
def written(path: Path, *, replace: bool = True, is_private: bool = False) -> Iterator[BinaryIO]:
    """Gives a file to write; when the block ends without an error it takes the place of ``path``, on disk for good.

    After any error, and after a crash at any moment, what stood at ``path`` before stands there still. A file that is
    replaced hands its mode on. Until it is whole, only its owner can read it.

    Args:
        path: The target.
        replace: Whether a file that is there already may be replaced.
        is_private: Whether only its owner may read a new file; else the umask decides.

    Raises:
        ExportFailed: It cannot be written; says what to do.
        DiskFull: There is no room for it.
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
    """Gives a file beside one that is being written, where there is room for it; it is gone when the block ends.

    What a crash leaves of it, ``remove_parts`` removes. Beside a file in memory is the system's folder for such things.
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
    """Makes a folder and those above it where they lack.

    Raises:
        ExportFailed: It cannot be made.
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
    """Removes what an export that was killed left in a folder; what another one is writing just now stays."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _PART.fullmatch(entry.name):
                with suppress(OSError):
                    _remove_part(Path(entry.path))


def failure(error: OSError, path: Path) -> ExportFailed:
    """What a person is told when a file or a folder cannot be written."""
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
    """Gives a file that only its owner can read, and the mode that it has or that the umask would have given it."""
    with private.create(part) if is_private else part.open("xb") as file:
        umasked = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
        _set_mode(file, umasked & private.FILE_MODE)
        if fcntl is not None:
            with suppress(OSError):  # some disks know no locks
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield file, umasked


def _mode_of(path: Path, otherwise: int) -> int:
    """The mode of the file that will be replaced, without what would let it run as somebody else."""
    try:
        found = path.stat().st_mode
    except OSError:
        return otherwise
    return found & 0o777 if stat.S_ISREG(found) else otherwise


def _set_mode(file: BinaryIO, mode: int) -> None:
    if os.name != "nt":
        with suppress(OSError):  # some disks keep no modes
            os.fchmod(file.fileno(), mode)


def _remove_part(part: Path) -> None:
    if fcntl is None:
        part.unlink()
        return
    with part.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # fails while it is being written
        part.unlink()


def sync_folder(folder: Path) -> None:
    """Makes the new name last, where a folder can be synced; the content is on disk already."""
    if os.name == "nt":
        return
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
