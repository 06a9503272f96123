"""What the user chose for an export, and what that means for the format."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from ocrdesk.engine.errors import BadTemplate, ExportFailed
from ocrdesk.engine.export.formats import FORMATS, OF_TABLES
from ocrdesk.engine.export.pages import Format, Per
from ocrdesk.engine.naming import A_BATCH, A_FILE, A_FOLDER, FIELDS, MIRRORED, Naming, fields_of
from ocrdesk.engine.words import _, listed

Existing = Literal["ask", "replace", "keep both", "skip"]
"""What to do with files that already exist; with "ask" they are left alone, and the export reports them."""

_TEMPLATES: dict[Per, str] = {"page": MIRRORED, "file": A_FILE, "folder": A_FOLDER, "batch": A_BATCH}
_FIELDS: dict[Per, set[str]] = {
    "page": set(FIELDS),
    "file": set(FIELDS) - {"page"},
    "folder": {"folder", "batch", "date", "index"},
    "batch": {"batch", "date", "index"},
}
"""The fields that the name of a file with several pages can have."""


@dataclass(frozen=True, slots=True)
class ExportChoices:
    """What the user chose for an export.

    Attributes:
        format: Key of the format.
        folder: The target folder; created if missing.
        template: The template for file names; if empty, they follow from ``per``.
        per: What each file is made of; None: what is usual for the format. A format that does not support it uses what
            it does support.
        existing: What to do with files that already exist.
        tables: Whether only the tables of the pages are wanted, cell by cell.
    """

    format: str
    folder: Path
    template: str = ""
    per: Per | None = None
    existing: Existing = "ask"
    tables: bool = False


def check_choices(choices: ExportChoices) -> None:
    """Checks choices without writing anything.

    Raises:
        BadTemplate: The template is invalid.
        ExportFailed: There is no such format, or it does not support tables.
    """
    if choices.format not in FORMATS:
        raise ExportFailed(
            _("There is no format “{format}”. Choose one of {names}.").format(
                format=choices.format, names=", ".join(FORMATS)
            )
        )
    if choices.tables and choices.format not in OF_TABLES:
        raise ExportFailed(
            _("Tables alone are written as {names}. Choose one of these formats.").format(
                names=_(" or ").join(OF_TABLES)
            )
        )
    naming_of(choices)
    per = per_of(choices)
    if per != "page" and (wrong := fields_of(choices.template) - _FIELDS[per]):
        *others, last = (f"{{{name}}}" for name in sorted(_FIELDS[per]))
        raise BadTemplate(
            _(
                "“{{{wrong}}}” names a single page, but there is one file for several pages. Use {names} or {last}."
            ).format(wrong=min(wrong), names=listed(others), last=last)
        )


def format_of(choices: ExportChoices) -> Format:
    """Returns the chosen format."""
    return OF_TABLES[choices.format] if choices.tables else FORMATS[choices.format]


def per_of(choices: ExportChoices) -> Per:
    """Returns what each file is made of, as chosen if the format supports that."""
    known = format_of(choices)
    if not known.a_batch:
        return "page"
    per = choices.per or known.usual
    return per if known.a_page or per != "page" else "batch"


def template_of(choices: ExportChoices) -> str:
    """Returns the template for file names: the chosen one or the default."""
    return choices.template or _TEMPLATES[per_of(choices)]


def apart(choices: ExportChoices) -> ExportChoices:
    """Returns the choices for several batches: unless a template was chosen, each gets a folder of its own name."""
    if choices.template or per_of(choices) == "batch":
        return choices
    return replace(choices, template=f"{A_BATCH}/{template_of(choices)}")


def naming_of(choices: ExportChoices) -> Naming:
    """Returns what names the files, as chosen.

    Raises:
        BadTemplate: The template is invalid.
    """
    return Naming(choices.folder, template_of(choices), format_of(choices).suffix)
