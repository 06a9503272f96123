"""The pictures that came with a saved batch, in a folder beside the library, which is removed with the batch."""

import errno
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path, PurePosixPath

from ocrdesk.engine import private
from ocrdesk.engine.batch_file.records import is_path, line_of_json
from ocrdesk.engine.batch_file.zipped import PICTURES, Zipped
from ocrdesk.engine.decode.formats import HEAD_BYTES, PAGE_SUFFIXES, format_of, usual_suffix
from ocrdesk.engine.errors import DiskFull, ExportFailed, OcrdeskError
from ocrdesk.engine.fingerprint import new_fingerprint
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.saved import SavedFile
from ocrdesk.engine.naming import A_BATCH, MIRRORED, Named, Naming
from ocrdesk.engine.whole_files import sync_folder
from ocrdesk.engine.words import _

FOLDER = "opened"
LIST = ".ocrdesk-pictures"
"""The list of what was put there, so that nothing else is ever removed; hidden, so that it does not become a page."""

_PART = ".part"


def folder_for(library: Library, name: str) -> Path:
    """Returns a path for a batch's folder that neither exists nor belongs to another batch."""

    def is_free(folder: Path) -> bool:
        return not os.path.lexists(folder) and not library.saved.has_origin(folder)

    return Naming(library.folder / FOLDER, A_BATCH, "").path_of(Named(PurePosixPath("-"), 0, False, 1, name), is_free)


class FileNames:
    """Names files in a folder: valid on every system, never leading out of the folder, and never colliding."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._naming = Naming(folder, MIRRORED, "")
        self._known: dict[str, Path] = {}

    def of(self, name: str, suffix: str = "") -> Path:
        """Returns the path of a file, always the same one; ``suffix`` is added to its name at the first call."""
        if name not in self._known:
            self._known[name] = self._naming.path_of(Named(PurePosixPath(name + suffix), 0, False, 1, ""))
        return self._known[name]


class Extraction:
    """Extracts pictures into the folder of a batch.

    They are put into a hidden folder beside it, which is renamed once all of them are on disk. So neither an error nor
    a crash leaves a batch without its pictures, and what a crash leaves behind is recognized by the hidden folder.
    """

    def __init__(self, places: FileNames) -> None:
        self._places = places
        self._part = places.folder.with_name(f".{secrets.token_hex(8)}{_PART}")

    def take(self, zipped: Zipped, file: SavedFile, copied: Callable[[int], None]) -> bytes | None:
        """Extracts the picture of a file and returns its fingerprint.

        A file that is no picture by its first bytes is not extracted, and None is returned. A picture without the
        suffix of one gets the right suffix, because the system would open it with another program.

        Raises:
            DiskFull: The disk has no room for it.
            ExportFailed: It cannot be written.
        """
        chunks = zipped.chunks(PICTURES + file.name)
        first = next(chunks, b"")
        suffix = PurePosixPath(file.name).suffix.lower()
        if (page_format := format_of(first[:HEAD_BYTES], suffix)) is None:
            return None
        place = self._places.of(file.name, "" if suffix in PAGE_SUFFIXES else usual_suffix(page_format))
        path = self._part / place.relative_to(self._places.folder)
        fingerprint = new_fingerprint()
        try:
            private.make_folder(path.parent)
            target = private.create(path)
        except OSError as error:
            raise _no_place(error, place) from error
        with target:
            for chunk in chain([first], chunks):
                try:
                    target.write(chunk)
                except OSError as error:
                    raise _no_place(error, place) from error
                fingerprint.update(chunk)
                copied(len(chunk))
        with suppress(OSError, OverflowError):  # so that it counts as unchanged
            os.utime(path, ns=(file.modified, file.modified))
        return fingerprint.digest()

    def finish(self) -> None:
        """Lists what was extracted, waits until all of it is on disk, and gives the folder its final name.

        Raises:
            DiskFull: The disk has no room for the list.
            ExportFailed: It cannot be written.
        """
        try:
            private.make_folder(self._part)
            folders = [self._part]
            with private.create(self._part / LIST) as file:
                for path in sorted(self._part.rglob("*")):
                    if path.is_dir():
                        folders.append(path)
                    elif path.name != LIST:
                        _sync(path)
                        status = path.stat()
                        name = path.relative_to(self._part).as_posix()
                        file.write(line_of_json({"file": name, "size": status.st_size, "modified": status.st_mtime_ns}))
                file.flush()
                os.fsync(file.fileno())
            for folder in reversed(folders):
                sync_folder(folder)
            self._part.rename(self._places.folder)
            for folder in (
                self._places.folder.parent,
                self._places.folder.parent.parent,
            ):  # the upper one may be new, too
                sync_folder(folder)
        except OSError as error:
            raise _no_place(error, self._places.folder) from error

    def give_up(self) -> None:
        """Removes what was extracted."""
        for folder in (self._part, self._places.folder):
            shutil.rmtree(folder, ignore_errors=True)


def remove_leftovers(library: Library) -> None:
    """Removes the pictures of batches that were being opened when the program died; not to be called during opening."""
    with suppress(OSError):  # no batch was ever opened
        for folder in list((library.folder / FOLDER).iterdir()):
            if folder.name.startswith(".") and folder.name.endswith(_PART):
                shutil.rmtree(folder, ignore_errors=True)
            elif not library.saved.has_origin(folder):
                remove_extracted(library, folder)


def extracted_folders(library_folder: Path) -> Iterator[Path]:
    """Yields the folders of pictures that came with batches which are or were in the library in a folder."""
    for note in (library_folder / FOLDER).glob(f"*/{LIST}"):
        if not note.parent.is_symlink():
            yield note.parent


def remove_extracted(library: Library, origin: Path) -> None:
    """Removes the pictures that came with a removed batch, except those that another batch shows or that were changed.

    Args:
        library: The library that had the batch.
        origin: Its folder; whatever else is in it is kept, and a folder of any other kind is left alone.
    """
    if origin.parent != library.folder / FOLDER or not (origin / LIST).is_file():
        return
    used = set(library.saved.files())
    folders = {origin}
    with suppress(OSError, ValueError, KeyError, TypeError):  # if the list was tampered with, nothing more is removed
        for line in (origin / LIST).read_bytes().splitlines():
            note = json.loads(line)
            path = origin / note["file"]
            if not is_path(note["file"]) or path in used:
                continue
            folders.update(folder for folder in path.parents if folder.is_relative_to(origin))
            with suppress(OSError):
                status = path.lstat()
                is_same = (status.st_size, status.st_mtime_ns) == (note["size"], note["modified"])
                if is_same and Path(os.path.realpath(path)).is_relative_to(os.path.realpath(origin)):
                    path.unlink()
    with suppress(OSError):
        if not used & {path for path in origin.rglob("*") if path.name != LIST}:
            (origin / LIST).unlink()
    for folder in sorted(folders, key=lambda folder: len(folder.parts), reverse=True):
        with suppress(OSError):  # not empty
            folder.rmdir()


def _no_place(error: OSError, path: Path) -> OcrdeskError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(
            _("There is no room for the pictures. Make room on the disk with the library, then open it again.")
        )
    return ExportFailed(
        _("“{path}” cannot be written ({strerror}). Check the folder of the library, then open it again.").format(
            path=path, strerror=error.strerror or error
        )
    )


def _sync(path: Path) -> None:
    with path.open("r+b") as file:  # Windows only syncs files that are open for writing
        os.fsync(file.fileno())
