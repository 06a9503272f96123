"""The user's settings: one frozen dataclass, stored as one small JSON file."""

import json
import logging
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from ocrdesk.engine import private
from ocrdesk.engine.machine import cores
from ocrdesk.engine.recognition.catalogue import DEFAULT
from ocrdesk.engine.recognition.ppocr.devices import AUTO

log = logging.getLogger(__name__)

FILE_NAME = "settings.json"

ACCURATE, FAST, QUIET = "accurate", "fast", "quiet"
MODES = (ACCURATE, FAST, QUIET)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings.

    Attributes:
        recognizer: Name of the recognizer for pages read from now on.
        mode: ``accurate`` for the best text, ``fast`` for more pages per minute with a few more errors, or ``quiet``
            for accurate reading that leaves a core free and lets other programs go first.
        device: What the models run on, one of ``available_devices()``; ``auto`` means what is fastest on this computer.
        workers: How many pages are read at once; 0 means one per core.
        appearance: ``system``, ``light`` or ``dark``.
        language: That of the window, such as ``de``; empty for that of the desktop.
    """

    recognizer: str = DEFAULT
    mode: str = ACCURATE
    device: str = AUTO
    workers: int = 0
    appearance: str = "system"
    language: str = ""

    @property
    def workers_here(self) -> int:
        """``workers``, but at most one per core, because the settings may come from a larger computer."""
        return min(self.workers, cores())

    @property
    def reading(self) -> tuple[str, str, str, int]:
        """The settings that affect how pages are read; if they stay the same, nothing needs to be reloaded."""
        return self.recognizer, self.mode, self.device, self.workers


def load_settings(folder: Path) -> Settings:
    """Loads the settings from a folder; what is missing or invalid gets its default."""
    try:
        kept = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        log.warning("The settings cannot be read; the defaults are used", exc_info=error)
        return Settings()
    defaults = Settings()
    usable = {
        field.name: kept[field.name]
        for field in fields(Settings)
        if isinstance(kept, dict) and type(kept.get(field.name)) is type(getattr(defaults, field.name))
    }
    settings = Settings(**usable)
    return settings if settings.mode in MODES else replace(settings, mode=ACCURATE)


def save_settings(folder: Path, settings: Settings) -> None:
    """Saves the settings in a folder; the old file is kept until the new one is complete.

    Raises:
        OSError: They cannot be saved.
    """
    private.make_folder(folder)
    new = folder / f"{FILE_NAME}.new"
    new.unlink(missing_ok=True)  # a killed program may have left one
    with private.create(new) as file:
        file.write(json.dumps(asdict(settings), indent=2).encode())
    new.replace(folder / FILE_NAME)
