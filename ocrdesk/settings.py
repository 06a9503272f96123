"""What a person can set: one frozen dataclass, kept as one small JSON file."""

import json
import logging
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from ocrdesk.engine.recognition.recognizer import PPOCR_V6

log = logging.getLogger(__name__)

FILE_NAME = "settings.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings.

    Attributes:
        recognizer: Name of the recognizer for pages read from now on.
        workers: How many pages are read at once; 0 means one per core.
        doubtful_below: Mean confidence below which a page counts as doubtful.
        appearance: ``system``, ``light`` or ``dark``.
    """

    recognizer: str = PPOCR_V6
    workers: int = 0
    doubtful_below: float = 0.9
    appearance: str = "system"


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
    return Settings(**usable)


def save_settings(folder: Path, settings: Settings) -> None:
    """Keeps the settings in a folder; the old file stays whole until the new one is written.

    Raises:
        OSError: They cannot be kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    new = folder / f"{FILE_NAME}.new"
    new.write_text(json.dumps(asdict(settings), indent=2), encoding="utf-8")
    new.replace(folder / FILE_NAME)
