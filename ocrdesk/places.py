"""Where the program keeps its things: one folder of its own if told so, else where the system wants them."""

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

HOME_VARIABLE = "OCRDESK_HOME"
LOG_NAME = "ocrdesk.log"

_SETTINGS = ("settings.json", "window.ini", "export.ini", "save.ini")
"""What versions that did not yet make private files kept with the settings."""


@dataclass(frozen=True, slots=True)
class Places:
    """Folders; made when something is kept in them.

    Attributes:
        library: Holds the library.
        settings: Holds the settings and the window's layout.
        cache: Holds thumbnails and prepared models; may be deleted at any time.
        log: Holds the log.
        are_ours: Whether these are folders of the program alone, and not one that a person named.
    """

    library: Path
    settings: Path
    cache: Path
    log: Path
    are_ours: bool = False

    @property
    def models(self) -> Path:
        """Holds models that took time to prepare."""
        return self.cache / "models"

    @property
    def thumbnails(self) -> Path:
        """Holds the small pictures of pages."""
        return self.cache / "thumbnails"


def find_places(library: Path | None = None) -> Places:
    """The folders to use.

    Args:
        library: Puts everything into this one folder; else the variable OCRDESK_HOME does, if set.

    Raises:
        OcrdeskError: The folder is told from a working directory that is gone, or from the home of nobody.
    """
    home = library or (Path(os.environ[HOME_VARIABLE]) if os.environ.get(HOME_VARIABLE) else None)
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


def tighten(places: Places) -> threading.Thread:
    """Takes what versions that made no private files left in the program's folders away from other users.

    In a thread that ends with the program, since there may be many thumbnails; what it did not reach waits for the
    next start. A folder that a person named keeps its mode, and so does whatever else lies in it.
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
                private.tighten(Path(parent))  # after its files, so that a folder that is tight need not be looked into


def _few(places: Places) -> Iterator[Path]:
    """Yields the files of which there are few, and the program's own folders."""
    yield from (places.library / name for name in (*file_names(), products.FILE_NAME))
    yield from (places.settings / name for name in _SETTINGS)
    yield from places.log.glob(f"{LOG_NAME}*")
    yield from places.models.glob("*.model")
    if places.are_ours:
        yield from (places.library, places.settings, places.cache, places.log, places.thumbnails, places.models)
        if places.log.parent.name == places.library.name:  # on Linux the log has a folder in that of the program
            yield places.log.parent


def _many(places: Places) -> Iterator[Path]:
    """Yields folders that only the program makes, with many files: of thumbnails, and of pictures that came along."""
    yield from (folder for folder in places.thumbnails.glob("[0-9a-f][0-9a-f]") if not folder.is_symlink())
    yield from extracted_folders(places.library)
