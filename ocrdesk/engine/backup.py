"""The whole library as one file, and back: with the pictures that lie beside it, which are nowhere else.

The file is a ZIP archive: ``about.json`` says what it is, ``library.sqlite`` is the library, ``pictures/`` has the
folders of pictures that the program keeps itself. Pictures that lie elsewhere are not in it.
"""

import json
import os
import shutil
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from ocrdesk.engine import private
from ocrdesk.engine.batch_file import extracted
from ocrdesk.engine.batch_file.records import is_path
from ocrdesk.engine.errors import DiskFull, LibraryError
from ocrdesk.engine.intake import pasted
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.database import BACKED_UP_NAME, FILE_NAME
from ocrdesk.engine.library.trouble import amount
from ocrdesk.engine.whole_files import failure, written
from ocrdesk.engine.words import _

SUFFIX = ".ocrdesk-library"
_KEPT = "Before restoring %Y-%m-%d %H.%M.%S"
"""The backup of what was in the library before another one took its place, in its folder."""

FOLDERS = (extracted.FOLDER, pasted.FOLDER)
"""Folders of pictures beside the library."""

_ABOUT, _PICTURES = "about.json", "pictures/"
_FORMAT, _VERSION = "ocrdesk library", 1
_CHUNK = 1 << 20
_LARGEST_ABOUT = 10_000

_DAMAGED = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, EOFError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What reading an archive raises that is none of ours, or was tampered with."""

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup says of itself.

    Attributes:
        when: When it was made.
        batches: How many batches it has.
        pages: How many pages they have.
        folder: The folder of the library it is a copy of.
    """

    when: datetime
    batches: int
    pages: int
    folder: Path


def back_up(library: Library, target: Path, stop: threading.Event, tell: Tell) -> bool:
    """Writes the whole library into one file, as it is now; pages may be read meanwhile.

    Args:
        library: The library.
        target: The file; replaced once the new one is complete.
        stop: Set to end this early; no file is written then.
        tell: Called with how much is done, of how much.

    Returns:
        Whether it is written.

    Raises:
        ExportFailed: It cannot be written.
        LibraryError: The library cannot be copied.
    """
    with _copy_beside(library) as copy:
        if not library.copies.write(copy, stop):
            return False
        pictures = [path for folder in FOLDERS for path in sorted((library.folder / folder).rglob("*"))]
        files = [(copy, FILE_NAME)]
        files += [
            (path, _PICTURES + path.relative_to(library.folder).as_posix())
            for path in pictures
            if path.is_file() and not path.is_symlink()
        ]
        total, done = sum(path.stat().st_size for path, _name in files), 0
        try:
            with written(target, is_private=True) as file, zipfile.ZipFile(file, "w") as archive:
                archive.writestr(_ABOUT, json.dumps(_about(library)))
                for path, name in files:
                    packed = zipfile.ZIP_DEFLATED if path is copy else zipfile.ZIP_STORED  # pictures are packed already
                    info = zipfile.ZipInfo(name, datetime.now().timetuple()[:6])
                    info.compress_type = packed
                    with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as entry:
                        while chunk := source.read(_CHUNK):
                            if stop.is_set():
                                raise _Stopped
                            entry.write(chunk)
                            done += len(chunk)
                            tell(done, total)
        except _Stopped:
            return False
        except OSError as error:
            raise failure(error, target) from error
    return True


def look_into(source: Path) -> Backup:
    """Returns what a backup says of itself.

    Raises:
        LibraryError: It is none, or is damaged.
    """
    with _opened(source) as archive:
        return _told_by(archive)


def restore(library: Library, source: Path, stop: threading.Event, tell: Tell) -> bool:
    """Puts a backup in the place of the library. What is in the library now is kept in a backup in its folder.

    Nothing may be read meanwhile. Up to the last moment the library is as it was, then it is the other one.

    Args:
        library: The library.
        source: The backup.
        stop: Set to end this early; the library is unchanged then.
        tell: Called with how much is done, of how much.

    Returns:
        Whether it was done.

    Raises:
        LibraryError: The backup is damaged or of a newer version, or the library cannot be written.
        ExportFailed: What is in the library now cannot be kept, or the disk has no room.
    """
    if not back_up(library, _free_name(library.folder), stop, lambda done, total: tell(done, 3 * total)):
        return False
    with _opened(source) as archive, _copy_beside(library) as copy:
        about = _told_by(archive)
        names = [info for info in archive.infolist() if info.filename.startswith(_PICTURES) and not info.is_dir()]
        needed = 2 * archive.getinfo(FILE_NAME).file_size + sum(info.file_size for info in names)
        if shutil.disk_usage(library.folder).free < needed:
            raise DiskFull(
                _(
                    "Restoring this backup takes {needed}. Make room on the disk with the library, then try again."
                ).format(needed=amount(needed))
            )
        done = needed // 2
        for info, path in [(archive.getinfo(FILE_NAME), copy), *((info, _place(library, info)) for info in names)]:
            if stop.is_set():
                return False
            _extract(archive, info, path)
            done += info.file_size
            tell(min(done, 2 * needed), 2 * needed)
        library.copies.make_ready(copy, about.folder)
        return library.copies.take_place(copy, stop)


def _free_name(folder: Path) -> Path:
    """A name for the backup of what is there now, which never takes the place of another one."""
    name = f"{datetime.now().astimezone():{_KEPT}}"
    names = (folder / f"{name}{number}{SUFFIX}" for number in ("", *(f" ({count})" for count in range(2, 100))))
    return next(path for path in names if not path.exists())


class _Stopped(Exception):
    """The writing of a backup was stopped."""


@contextmanager
def _copy_beside(library: Library) -> Iterator[Path]:
    """Yields the path of a database beside the library; it is removed afterwards."""
    path = library.folder / BACKED_UP_NAME
    try:
        _remove(path)
        yield path
    finally:
        _remove(path)


def _remove(path: Path) -> None:
    for name in (path.name, f"{path.name}-journal"):
        with suppress(OSError):  # the next one tries again
            path.with_name(name).unlink(missing_ok=True)


def _about(library: Library) -> dict[str, object]:
    batches = library.batches()
    return {
        "format": _FORMAT,
        "version": _VERSION,
        "when": datetime.now().astimezone().isoformat(timespec="seconds"),
        "batches": len(batches),
        "pages": sum(batch.counts.total for batch in batches),
        "folder": os.fsencode(library.folder).decode("utf-8", "surrogateescape"),
    }


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except _DAMAGED as error:
        raise LibraryError(
            _("“{name}” is not a backup of a library, or it is damaged.").format(name=source.name)
        ) from error
    except OSError as error:
        raise LibraryError(
            _("“{name}” cannot be read ({strerror}). Check the disk that it is on.").format(
                name=source.name, strerror=error.strerror or error
            )
        ) from error


def _told_by(archive: zipfile.ZipFile) -> Backup:
    with archive.open(_ABOUT) as file:
        says = json.loads(file.read(_LARGEST_ABOUT))
    if not isinstance(says, dict) or says.get("format") != _FORMAT:
        raise ValueError("it is something else")
    if says.get("version") != _VERSION:
        raise LibraryError(_("This backup was made by a newer ocrdesk. Install the newest version to restore it."))
    folder = Path(os.fsdecode(str(says["folder"]).encode("utf-8", "surrogateescape")))
    archive.getinfo(FILE_NAME)
    return Backup(datetime.fromisoformat(says["when"]), int(says["batches"]), int(says["pages"]), folder)


def _place(library: Library, info: zipfile.ZipInfo) -> Path:
    """Where a picture of the backup belongs; nowhere but in the folders of pictures."""
    name = PurePosixPath(info.filename[len(_PICTURES) :])
    if not is_path(str(name)) or name.parts[0] not in FOLDERS or len(name.parts) < 2:
        raise ValueError(f"{info.filename} lies elsewhere")
    path = library.folder / Path(*name.parts)
    if not path.is_relative_to(library.folder / name.parts[0]):  # a drive of Windows
        raise ValueError(f"{info.filename} lies elsewhere")
    return path


def _extract(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> None:
    try:
        private.make_folder(path.parent)
        with archive.open(info) as source, written(path, is_private=True) as target:
            shutil.copyfileobj(source, target, _CHUNK)
    except OSError as error:
        raise failure(error, path) from error
