"""Where the program keeps its files: in one folder if the user names it, else in the system's usual places."""

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from ocrdesk.engine import private, products
from ocrdesk.engine.batch_file.extracted import extracted_folders
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.intake.drops import absolute
from ocrdesk.engine.library.database import file_names
from ocrdesk.engine.words import _
from ocrdesk.resources import program_file

HOME_VARIABLE = "OCRDESK_HOME"
LOG_NAME = "ocrdesk.log"

PORTABLE = "portable"
"""Name of the file beside a packaged program that makes it portable."""

_PORTABLE_HOME = "ocrdesk library"

_SETTINGS = ("settings.json", "window.ini", "export.ini", "save.ini")
"""Files that earlier versions, which did not yet create private files, kept with the settings."""


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of the program; created when something is stored in them.

    Attributes:
        library: The folder of the library.
        settings: The folder of the settings and the window's layout.
        cache: The folder of thumbnails and compiled models; may be deleted at any time.
        log: The folder of the log.
        are_ours: Whether these folders belong to the program alone, and are not one that the user named.
    """

    library: Path
    settings: Path
    cache: Path
    log: Path
    are_ours: bool = False

    @property
    def models(self) -> Path:
        """The folder of models that took time to compile."""
        return self.cache / "models"

    @property
    def languages(self) -> Path:
        """The folder into which the user puts language packs."""
        return self.library / "languages"

    @property
    def thumbnails(self) -> Path:
        """The folder of the thumbnails of pages."""
        return self.cache / "thumbnails"


def find_places(library: Path | None = None) -> Places:
    """Returns the folders to use.

    Args:
        library: A single folder for everything; if None, the variable OCRDESK_HOME names one, if it is set. A packaged
            program with a file ``portable`` beside it, on a memory stick, keeps everything beside it as well.

    Raises:
        OcrdeskError: The folder is relative to a working directory that is gone, or to the home of an unknown user.
    """
    home = library or (Path(os.environ[HOME_VARIABLE]) if os.environ.get(HOME_VARIABLE) else None) or _beside_program()
    if home is not None:
        try:
            home = absolute(home.expanduser())
        except RuntimeError as error:
            raise OcrdeskError(
                _("There is no folder “{home}” ({error}). Name another one.").format(home=home, error=error)
            ) from error
        return Places(home, home, home / "cache", home / "log")
    dirs = platformdirs.PlatformDirs("ocrdesk", appauthor=False)
    return Places(dirs.user_data_path, dirs.user_config_path, dirs.user_cache_path, dirs.user_log_path, are_ours=True)


def _beside_program() -> Path | None:
    """Returns the folder of a portable program, or None if it is none."""
    program = program_file()
    is_portable = program is not None and (program.parent / PORTABLE).exists()
    return program.parent / _PORTABLE_HOME if program is not None and is_portable else None


def tighten(places: Places) -> threading.Thread:
    """Makes files private that earlier versions, which did not create private files, left in the program's folders.

    This runs in a thread that ends with the program, because there may be many thumbnails; the next start does the
    rest. A folder that the user named keeps its mode, and so does anything else in it.
    """
    thread = threading.Thread(target=_tighten, args=(places,), name="tighten", daemon=True)
    thread.start()
    return thread


def _tighten(places: Places) -> None:
    for path in _few(places):
        private.tighten(path)
    for folder in _many(places):
        if not private.is_tight(folder):
            for parent, _, files in os.walk(folder, topdown=False):
                for file in files:
                    private.tighten(Path(parent, file))
                private.tighten(Path(parent))  # after its files, so that a private folder needs no further check


def _few(places: Places) -> Iterator[Path]:
    """Yields single files, and the program's own folders."""
    yield from (places.library / name for name in (*file_names(), products.FILE_NAME))
    yield from (places.settings / name for name in _SETTINGS)
    yield from places.log.glob(f"{LOG_NAME}*")
    yield from places.models.glob("*.model")
    if places.are_ours:
        yield from (places.library, places.settings, places.cache, places.log, places.thumbnails, places.models)
        if places.log.parent.name == places.library.name:  # on Linux, the log is in a subfolder of the program's folder
            yield places.log.parent


def _many(places: Places) -> Iterator[Path]:
    """Yields folders with many files that only the program creates: of thumbnails, and of pictures of saved batches."""
    yield from (folder for folder in places.thumbnails.glob("[0-9a-f][0-9a-f]") if not folder.is_symlink())
    yield from extracted_folders(places.library)
