"""Pictures that were pasted: files in a folder beside the library, each kept as long as a page shows it."""

import os
import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from ocrdesk.engine import private
from ocrdesk.engine.errors import DiskFull, ExportFailed, OcrdeskError
from ocrdesk.engine.library import Library
from ocrdesk.engine.whole_files import remove_parts, written
from ocrdesk.engine.words import _

FOLDER = "Pasted"
"""Also the name of the batch of pictures that were pasted where no batch was chosen."""

_NAMED = "Pasted %Y-%m-%d %H.%M.%S"
_OURS = re.compile(r"Pasted \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d( \(\d+\))?\.png")
"""Nothing else in the folder is ever removed."""


def pasted_pages(library: Library, batch_id: int) -> set[int]:
    """Returns the pages of a batch that were pasted: their pictures are removed with them, and are nowhere else."""
    return library.files.pages_in(library.folder / FOLDER, batch_id)


class PastedPictures:
    """Keeps pictures that were pasted; all methods are slow and for one thread at a time."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._folder = library.folder / FOLDER

    def keep(self, png: bytes, when: datetime) -> Path:
        """Stores a picture and returns its path; it is on disk then, and only its owner may read it.

        Args:
            png: The picture as a PNG file.
            when: When it was pasted, from which its name is made.

        Raises:
            DiskFull: The disk has no room for it.
            OcrdeskError: It cannot be written.
        """
        try:
            private.make_folder(self._folder)
            path = self._free(when.strftime(_NAMED))
            with written(path, replace=False, is_private=True) as file:
                file.write(png)
        except DiskFull as error:
            raise DiskFull(
                _("There is no room for the picture. Make room on the disk with the library, then paste it again.")
            ) from error
        except (OSError, ExportFailed) as error:
            raise OcrdeskError(
                _(
                    "The picture cannot be kept in “{folder}”. Check that you may write there, then paste it again."
                ).format(folder=self._folder)
            ) from error
        return path

    def remove_unused(self) -> None:
        """Removes the pictures without a page, because it was removed or the program died before there was one.

        Raises:
            LibraryError: The library cannot be read.
        """
        try:
            kept = [path for path in self._folder.iterdir() if _OURS.fullmatch(path.name)]
        except OSError:  # nothing was ever pasted
            return
        remove_parts(self._folder)
        used = self._library.files.all_in(self._folder)
        for path in kept:
            if path not in used:
                with suppress(OSError):
                    path.unlink()
        if not self._library.saved.has_origin(self._folder):  # else it would seem that the folder of a batch is lost
            with suppress(OSError):  # not empty
                self._folder.rmdir()

    def _free(self, name: str) -> Path:
        number, path = 1, self._folder / f"{name}.png"
        while os.path.lexists(path):
            number += 1
            path = self._folder / f"{name} ({number}).png"
        return path
