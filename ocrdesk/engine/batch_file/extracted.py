"""The pictures that came with a saved batch: in a folder of their own beside the library, gone when the batch goes."""

import errno
import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from ocrdesk.engine import private
from ocrdesk.engine.batch_file.records import is_path, line_of_json
from ocrdesk.engine.batch_file.zipped import PICTURES, Zipped
from ocrdesk.engine.errors import DiskFull, ExportFailed, OcrdeskError
from ocrdesk.engine.export.naming import A_BATCH, MIRRORED, Named, Naming
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.saved import SavedFile

FOLDER = "opened"
LIST = ".ocrdesk-pictures"
"""Names what was put there, so that nothing else is ever removed; hidden, so that it is taken for no picture."""


def folder_for(library: Library, name: str) -> Path:
    """A folder for a batch that nothing has: no file, and no batch either."""

    def is_free(folder: Path) -> bool:
        return not os.path.lexists(folder) and not library.saved.has_origin(folder)

    return Naming(library.folder / FOLDER, A_BATCH, "").path_of(Named(PurePosixPath("-"), 0, False, 1, name), is_free)


class Places:
    """Where files go in a folder: names that every system takes, that lead nowhere else, and of which none meet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._naming = Naming(folder, MIRRORED, "")
        self._known: dict[str, Path] = {}

    def of(self, name: str) -> Path:
        """The place of a file, always the same."""
        if name not in self._known:
            self._known[name] = self._naming.path_of(Named(PurePosixPath(name), 0, False, 1, ""))
        return self._known[name]


def extract(zipped: Zipped, file: SavedFile, path: Path, copied: Callable[[int], None]) -> None:
    """Takes the picture of a file out, if it came along.

    Raises:
        DiskFull: There is no room for it.
        ExportFailed: It cannot be written.
    """
    if PICTURES + file.name not in zipped:
        return
    chunks = zipped.chunks(PICTURES + file.name)
    try:
        private.make_folder(path.parent)
        target = private.create(path)
    except OSError as error:
        raise _no_place(error, path) from error
    with target:
        for chunk in chunks:
            try:
                target.write(chunk)
            except OSError as error:
                raise _no_place(error, path) from error
            copied(len(chunk))
    with suppress(OSError, OverflowError):  # so that it is seen to be unchanged
        os.utime(path, ns=(file.modified, file.modified))


def keep_list(folder: Path) -> None:
    """Notes what was extracted into a folder."""
    try:
        private.make_folder(folder)
        with private.create(folder / LIST) as file:
            for path in sorted(folder.rglob("*")):
                if path.is_file() and path.name != LIST:
                    status = path.stat()
                    name = path.relative_to(folder).as_posix()
                    file.write(line_of_json({"file": name, "size": status.st_size, "modified": status.st_mtime_ns}))
    except OSError as error:
        raise _no_place(error, folder / LIST) from error


def extracted_folders(library_folder: Path) -> Iterator[Path]:
    """Yields the folders of pictures that came with batches which are, or were, in the library of a folder."""
    for note in (library_folder / FOLDER).glob(f"*/{LIST}"):
        if not note.parent.is_symlink():
            yield note.parent


def is_extracted(library: Library, origin: Path) -> bool:
    """Whether the pictures of a batch with this folder came with it, and go with it."""
    try:
        return origin.parent == library.folder / FOLDER and (origin / LIST).stat().st_size > 0
    except OSError:
        return False


def remove_extracted(library: Library, origin: Path) -> None:
    """Removes the pictures that came with a batch that was removed; what another batch shows, or changed, stays.

    Args:
        library: Where the batch was.
        origin: Its folder; whatever else lies in it stays, and any other folder is left alone.
    """
    if origin.parent != library.folder / FOLDER or not (origin / LIST).is_file():
        return
    used = set(library.saved.files())
    folders = {origin}
    with suppress(OSError, ValueError, KeyError, TypeError):  # a list that somebody changed: nothing more is removed
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
            "There is no room for the pictures. Make room on the disk with the library, then open it again."
        )
    return ExportFailed(
        f"“{path}” cannot be written ({error.strerror or error}). Check the folder of the library, then open it again."
    )
