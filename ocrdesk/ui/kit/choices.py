"""What was chosen in the window and is chosen again at the next start: one small file beside the settings."""

import logging
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from ocrdesk.engine import private

log = logging.getLogger(__name__)

FILE_NAME = "window.ini"

KEYS: dict[str, object] = {
    "geometry": QByteArray(),
    "panes": QByteArray(),
    "table": False,
    "numbers": False,
    "lines": False,
    "picture/above": 58,
    "picture/beside": 56,
    "text/printed": False,
    "text/size": 15,
    "columns": "",
    "batches/order": "",
    "batches/width": 0,
    "add/folder": "",
    "add/files": "",
    "backup/folder": "",
    "export/format": "",
    "export/folder": "",
    "export/template": "",
    "export/per": "",
    "export/tables": False,
    "export/batches": "",
    "export/show": False,
    "receipts/folder": "",
    "save/folder": "",
    "report/folder": "",
    "save/pictures": False,
    "search/saved": "",
    "menu/offered": False,
    "space/declined": 0,
}
"""All that is kept, with what holds where nothing was chosen yet."""

_EARLIER = {"export": "export.ini", "save": "save.ini", "space": "space.ini"}
"""Files of their own in which earlier versions kept some of it, by the first part of the keys."""


class Choices:
    """The choices that are kept. Where none can be kept, they hold until the program ends."""

    def __init__(self, folder: Path) -> None:
        try:
            private.make_folder(folder)
            private.make_file(folder / FILE_NAME)  # Qt keeps the mode of a file that is there
        except OSError as error:
            log.info("Choices cannot be kept in %s", folder, exc_info=error)
        self._kept = QSettings(str(folder / FILE_NAME), QSettings.Format.IniFormat)
        for group, name in _EARLIER.items():
            self._move_in(group, folder / name)

    def get(self, key: str) -> Any:
        """What was chosen last, of the type that the table of keys has."""
        default = KEYS[key]
        if isinstance(default, QByteArray):
            kept = self._kept.value(key)
            return kept if isinstance(kept, QByteArray) else default
        return self._kept.value(key, default, type(default))

    def set(self, key: str, value: object) -> None:
        """Chooses something for the next time."""
        assert key in KEYS, key
        self._kept.setValue(key, value)

    def keep(self) -> None:
        """Puts all of it on disk at once."""
        self._kept.sync()

    def _move_in(self, group: str, file: Path) -> None:
        """Takes over what an earlier version kept in a file of its own."""
        if not file.exists():
            return
        earlier = QSettings(str(file), QSettings.Format.IniFormat)
        for key in earlier.allKeys():
            self._kept.setValue(f"{group}/{key}", earlier.value(key))
        self._kept.sync()
        if self._kept.status() is QSettings.Status.NoError:
            try:
                file.unlink()
            except OSError as error:
                log.info("%s stays, and is looked at again", file, exc_info=error)
