"""What was chosen in the window and is chosen again at the next start, in small files beside the settings."""

import logging
from pathlib import Path

from PySide6.QtCore import QSettings

from ocrdesk.engine import private

log = logging.getLogger(__name__)


def kept_choices(folder: Path, name: str) -> QSettings:
    """The choices that are kept in a file of a folder. Where none can be kept, they hold until the program ends."""
    try:
        private.make_folder(folder)
        private.make_file(folder / name)  # Qt keeps the mode of a file that is there
    except OSError as error:
        log.info("Choices cannot be kept in %s", folder, exc_info=error)
    return QSettings(str(folder / name), QSettings.Format.IniFormat)
