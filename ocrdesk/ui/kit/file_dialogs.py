"""Asks for folders and files. Each kind of question begins in the folder where it was answered last."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from ocrdesk.ui.kit.choices import Choices
from ocrdesk.ui.kit.file_names import path_from_field, shown_in_field

_Places = QStandardPaths.StandardLocation


def ask_for_folder(parent: QWidget, title: str, choices: Choices, key: str) -> Path | None:
    """Asks for a folder; None where the question was cancelled.

    Args:
        parent: The window over which it is asked.
        title: What the folder is for.
        choices: Where the folder is kept in which the next question begins.
        key: The kind of question.
    """
    chosen = QFileDialog.getExistingDirectory(parent, title, shown_in_field(_begin(choices, key)))
    if not chosen:
        return None
    folder = path_from_field(chosen)
    choices.set(key, shown_in_field(folder.parent))  # the next one often lies beside it
    return folder


def ask_for_files(parent: QWidget, title: str, kinds: str, choices: Choices, key: str) -> Sequence[Path]:
    """Asks for files, none where the question was cancelled; ``kinds`` is Qt's filter, the rest as for a folder."""
    names = QFileDialog.getOpenFileNames(parent, title, shown_in_field(_begin(choices, key)), kinds)[0]
    files = [path_from_field(name) for name in names]
    if files:
        choices.set(key, shown_in_field(files[0].parent))
    return files


def ask_where_to_save(parent: QWidget, title: str, kinds: str, name: str, choices: Choices, key: str) -> Path | None:
    """Asks where to write a file that is first called ``name``; None where the question was cancelled."""
    begin = shown_in_field(_begin(choices, key) / name)
    chosen = QFileDialog.getSaveFileName(parent, title, begin, kinds)[0]
    if not chosen:
        return None
    path = path_from_field(chosen)
    choices.set(key, shown_in_field(path.parent))
    return path


def _begin(choices: Choices, key: str) -> Path:
    """Where a question of a kind was answered last, or the nearest folder of it that is still there."""
    kept = choices.get(key)
    begin = path_from_field(kept) if kept else _first_folder()
    return next((folder for folder in (begin, *begin.parents) if folder.is_dir()), Path.home())


def _first_folder() -> Path:
    """Where most people keep what they scan."""
    for place in (_Places.PicturesLocation, _Places.DocumentsLocation):
        folder = QStandardPaths.writableLocation(place)
        if folder and Path(folder).is_dir():
            return Path(folder)
    return Path.home()
