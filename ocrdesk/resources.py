"""Finds the program's resource files, in the installed package or beside it in a source tree."""

import sys
from pathlib import Path

from ocrdesk import environment

_INSTALLED = Path(__file__).parent / "resources"
_IN_SOURCE = Path(__file__).parent.parent / "resources"


def icons_folder() -> Path:
    """Returns the folder of the SVG icons."""
    return _folder("icons")


def samples_folder() -> Path:
    """Returns the folder of the sample pages."""
    return _folder("samples")


def models_folder() -> Path:
    """Returns the folder of the program's own models: smaller ones, made from those of a package."""
    return _folder("models")


def tessdata_folder() -> Path:
    """Returns the folder of the models for scripts that the default reader does not read."""
    return _folder("tessdata")


def words_folder() -> Path:
    """Returns the folder of the lists of words."""
    return _folder("words")


def desktop_folder() -> Path:
    """Returns the folder of the icons that systems want as pictures."""
    return _folder("desktop")


def locale_folder() -> Path:
    """Returns the folder of the catalogues of translations."""
    return _folder("locale")


def is_packaged() -> bool:
    """Whether this is a packaged program, which brings its own Python and has no interpreter that could be called."""
    return bool(getattr(sys, "frozen", False))


def program_file() -> Path | None:
    """Returns what a person starts of a packaged program: its file, the AppImage, or the bundle on macOS.

    None for a program that was installed into a Python.
    """
    if not is_packaged():
        return None
    program = Path(environment.GIVEN.get("APPIMAGE") or sys.executable)
    bundles = [folder for folder in program.parents if folder.suffix == ".app"]
    return bundles[-1] if bundles else program


def _folder(name: str) -> Path:
    installed = _INSTALLED / name
    return installed if installed.is_dir() else _IN_SOURCE / name
