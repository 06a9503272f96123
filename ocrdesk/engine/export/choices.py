"""What a person chose for an export, and what follows from it for the format."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from ocrdesk.engine.errors import BadTemplate, ExportFailed
from ocrdesk.engine.export.formats import FORMATS, OF_TABLES
from ocrdesk.engine.export.pages import Format, Per
from ocrdesk.engine.naming import A_BATCH, A_FILE, A_FOLDER, FIELDS, MIRRORED, Naming, fields_of
from ocrdesk.engine.words import _

Existing = Literal["ask", "replace", "keep both", "skip"]
"""What becomes of files that are there already; with "ask" they are left alone, and the export says so."""

_TEMPLATES: dict[Per, str] = {"page": MIRRORED, "file": A_FILE, "folder": A_FOLDER, "batch": A_BATCH}
_FIELDS: dict[Per, set[str]] = {
    "page": set(FIELDS),
    "file": set(FIELDS) - {"page"},
    "folder": {"folder", "batch", "date", "index"},
    "batch": {"batch", "date", "index"},
}
"""Those that a file of several pages can have in its name."""


@dataclass(frozen=True, slots=True)
class ExportChoices:
    """What a person chose.

    Attributes:
        format: Key of the format.
        folder: Where the files go; made if it lacks.
        template: For their names; empty: the tree of folders as it is, or the name of the folder or the batch.
        per: What one file is made of; None: as is usual for the format, and formats that cannot do so do as they can.
        existing: What becomes of files that are there already.
        tables: Whether only the tables of the pages are wanted, cell by cell.
    """

    format: str
    folder: Path
    template: str = ""
    per: Per | None = None
    existing: Existing = "ask"
    tables: bool = False


def check_choices(choices: ExportChoices) -> None:
    """Looks at choices without making anything.

    Raises:
        BadTemplate: The template cannot be followed.
        ExportFailed: There is no such format, or none for tables.
    """
    if choices.format not in FORMATS:
        raise ExportFailed(
            _("There is no format “{format}”. Choose one of {names}.").format(
                format=choices.format, names=", ".join(FORMATS)
            )
        )
    if choices.tables and choices.format not in OF_TABLES:
        raise ExportFailed(
            _("Tables alone are written as {names}. Choose one of these formats.").format(names=" or ".join(OF_TABLES))
        )
    naming_of(choices)
    per = per_of(choices)
    if per != "page" and (wrong := fields_of(choices.template) - _FIELDS[per]):
        *others, last = (f"{{{name}}}" for name in sorted(_FIELDS[per]))
        raise BadTemplate(
            _("“{{{wrong}}}” is of a page, but a file has all pages of a {per}. Use {names} or {last}.").format(
                wrong=min(wrong), per=per, names=", ".join(others), last=last
            )
        )


def format_of(choices: ExportChoices) -> Format:
    """The format chosen."""
    return OF_TABLES[choices.format] if choices.tables else FORMATS[choices.format]


def per_of(choices: ExportChoices) -> Per:
    """What one file is made of, as far as the format allows what was chosen."""
    known = format_of(choices)
    if not known.a_batch:
        return "page"
    per = choices.per or known.usual
    return per if known.a_page or per != "page" else "batch"


def template_of(choices: ExportChoices) -> str:
    """What names are made of: the template chosen, or that which goes without saying."""
    return choices.template or _TEMPLATES[per_of(choices)]


def apart(choices: ExportChoices) -> ExportChoices:
    """The choices for several batches: the files of each go into a folder with its name, unless names were chosen."""
    if choices.template or per_of(choices) == "batch":
        return choices
    return replace(choices, template=f"{A_BATCH}/{template_of(choices)}")


def naming_of(choices: ExportChoices) -> Naming:
    """Names the files as was chosen.

    Raises:
        BadTemplate: The template cannot be followed.
    """
    return Naming(choices.folder, template_of(choices), format_of(choices).suffix)
