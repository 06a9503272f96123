"""What a person can set: one frozen dataclass, kept as one small JSON file."""

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
        mode: ``accurate`` for the best text, ``fast`` for more pages a minute with a few more errors, or ``quiet``: as
            accurate, with a core left free and other programs served first.
        device: What the models run on, one of ``available_devices()``; ``auto`` means what is fastest here.
        workers: How many pages are read at once; 0 means one per core.
        doubtful_below: Confidence below which a line, and in the mean of its letters a page, counts as doubtful.
        appearance: ``system``, ``light`` or ``dark``.
    """

    recognizer: str = DEFAULT
    mode: str = ACCURATE
    device: str = AUTO
    workers: int = 0
    doubtful_below: float = 0.7
    appearance: str = "system"

    @property
    def workers_here(self) -> int:
        """``workers``, but not more than there are cores: the settings may come from a larger computer."""
        return min(self.workers, cores())

    @property
    def reading(self) -> tuple[str, str, str, int]:
        """What decides how pages are read; where it stays the same, nothing need be loaded anew."""
        return self.recognizer, self.mode, self.device, self.workers


def load_settings(folder: Path) -> Settings:
    """Reads the settings of a folder; what is missing or unusable has its default."""
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
    """Keeps the settings in a folder; the old file stays whole until the new one is written.

    Raises:
        OSError: They cannot be kept.
    """
    private.make_folder(folder)
    new = folder / f"{FILE_NAME}.new"
    new.unlink(missing_ok=True)  # an end in the middle left it
    with private.create(new) as file:
        file.write(json.dumps(asdict(settings), indent=2).encode())
    new.replace(folder / FILE_NAME)
