"""Where the program keeps its things: one folder of its own if told so, else where the system wants them."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

HOME_VARIABLE = "OCRDESK_HOME"


@dataclass(frozen=True, slots=True)
class Places:
    """Folders; made when something is kept in them.

    Attributes:
        library: Holds the library.
        settings: Holds the settings and the window's layout.
        cache: Holds thumbnails and prepared models; may be deleted at any time.
        log: Holds the log.
    """

    library: Path
    settings: Path
    cache: Path
    log: Path

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
    """
    home = library or (Path(os.environ[HOME_VARIABLE]) if os.environ.get(HOME_VARIABLE) else None)
    if home is not None:
        home = home.expanduser().absolute()
        return Places(home, home, home / "cache", home / "log")
    dirs = platformdirs.PlatformDirs("ocrdesk", appauthor=False)
    return Places(dirs.user_data_path, dirs.user_config_path, dirs.user_cache_path, dirs.user_log_path)
