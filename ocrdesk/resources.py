"""Where the program's own files are: inside the installed package, or beside it in a source tree."""

from pathlib import Path

_INSTALLED = Path(__file__).parent / "resources"
_IN_SOURCE = Path(__file__).parent.parent / "resources"


def icons_folder() -> Path:
    """The folder of the icons, SVG."""
    return _folder("icons")


def samples_folder() -> Path:
    """The folder of the sample pages."""
    return _folder("samples")


def models_folder() -> Path:
    """The folder of the models that are the program's own: smaller ones, made of those of a package."""
    return _folder("models")


def locale_folder() -> Path:
    """The folder of the catalogues of other languages."""
    return _folder("locale")


def _folder(name: str) -> Path:
    installed = _INSTALLED / name
    return installed if installed.is_dir() else _IN_SOURCE / name
