"""How a batch was exported last, which is offered for it again."""

import json
import logging
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from ocrdesk.engine.export.choices import ExportChoices
from ocrdesk.engine.export.formats import FORMATS, OF_TABLES
from ocrdesk.ui.files.export_words import PER
from ocrdesk.ui.files.goals import GOALS
from ocrdesk.ui.kit.choices import Choices
from ocrdesk.ui.kit.file_names import path_from_field, shown_in_field

log = logging.getLogger(__name__)

MOST = 200
"""Of so many batches it is known; of those exported longest ago it is forgotten first."""

_FIELDS = ("format", "folder", "template", "per", "tables")


def last_of(choices: Choices, batch_id: int | None) -> ExportChoices:
    """How a batch was exported last; if it never was, what was chosen last for any other."""
    of_any = {name: choices.get(f"export/{name}") for name in _FIELDS}
    kept = of_any | _of_batches(choices).get(str(batch_id), {})
    key = kept["format"] if kept["format"] in FORMATS else next(iter(GOALS))
    return ExportChoices(
        key,
        path_from_field(kept["folder"]) if kept["folder"] else first_folder(),
        kept["template"],
        kept["per"] if kept["per"] in PER else None,
        tables=key in OF_TABLES and bool(kept["tables"]),
    )


def keep(choices: Choices, batch_id: int | None, chosen: ExportChoices) -> None:
    """Keeps what was chosen, for the batch and for those that were never exported."""
    values = {
        "format": chosen.format,
        "folder": shown_in_field(chosen.folder),
        "template": chosen.template,
        "per": chosen.per or "",
        "tables": chosen.tables,
    }
    for name, value in values.items():
        choices.set(f"export/{name}", value)
    if batch_id is not None:
        known = _of_batches(choices)
        known.pop(str(batch_id), None)
        newest = [*known.items(), (str(batch_id), values)][-MOST:]
        choices.set("export/batches", json.dumps(dict(newest)))
    choices.keep()


def first_folder() -> Path:
    """Where files go before a folder was ever chosen: one of their own, beside a person's documents."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return (Path(documents) if documents and Path(documents).is_dir() else Path.home()) / "ocrdesk"


def _of_batches(choices: Choices) -> dict[str, dict[str, object]]:
    """What was chosen for each batch, by its number; nothing where the file was changed by others."""
    try:
        known = json.loads(choices.get("export/batches") or "{}")
    except ValueError as error:
        log.info("What was exported last is not known", exc_info=error)
        return {}
    if not isinstance(known, dict):
        return {}
    return {number: kept for number, kept in known.items() if _is_whole(kept)}


def _is_whole(kept: object) -> bool:
    of_type = {name: bool if name == "tables" else str for name in _FIELDS}
    return isinstance(kept, dict) and all(isinstance(kept.get(name), kind) for name, kind in of_type.items())
