"""Asks where to save a batch, and whether its pictures come along."""

import os
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ocrdesk.engine.batch_file import SUFFIX
from ocrdesk.engine.words import N_, _
from ocrdesk.ui.kit.dialog import Dialog, add_row, form, quiet, side_button
from ocrdesk.ui.kit.file_names import path_from_field, shown_in_field
from ocrdesk.ui.kit.theme import SPACE

_WITH = N_("Everything is included: nothing else needs to be copied.")
_WITHOUT = N_(
    "The text and small previews are included. On another computer, “Locate…” tells ocrdesk where the pictures are."
)


def kinds() -> str:
    """Which files are offered where saved ones are asked for."""
    return _("Saved batches ({pattern})").format(pattern=f"*{SUFFIX}")


class SaveDialog(Dialog):
    """Gives a file and whether it is to have the pictures."""

    def __init__(self, name: str, file: Path, *, with_pictures: bool, parent: QWidget | None = None) -> None:
        """Shows a first choice.

        Args:
            name: Of the batch.
            file: Where it would go.
            with_pictures: Whether its pictures came along the last time.
            parent: The window.
        """
        words = _("All its pages and texts go into the file, which ocrdesk opens on any computer.")
        super().__init__(_("Save “{name}” as one file").format(name=name), words, parent)
        self.setObjectName("saveDialog")
        self._file = QLineEdit(shown_in_field(file), objectName="saveFile")
        browse = side_button(_("Choose…"), "saveBrowse")
        browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self._file, 1)
        row.addWidget(browse)
        self._pictures = QCheckBox(_("With the pictures"), objectName="savePictures")
        self._pictures.setChecked(with_pictures)
        self._note, self._exists = quiet("", "saveNote"), quiet("", "saveExists")
        lines = self._note.fontMetrics().lineSpacing()
        self._note.setMinimumHeight(2 * lines)
        self._exists.setMinimumHeight(lines)
        for label in (self._note, self._exists):
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        named = QVBoxLayout()
        named.setSpacing(2)
        named.addLayout(row)
        named.addWidget(self._exists)
        pictures = QVBoxLayout()
        pictures.setSpacing(2)
        pictures.addWidget(self._pictures)
        pictures.addWidget(self._note)
        rows = form()
        add_row(rows, _("File"), named)
        rows.addRow("", pictures)
        self.content.addLayout(rows)
        self.add_cancel()
        self._save = self.add_button(_("Save"), self.accept, name="saveStart", kind="primary")
        self._file.textChanged.connect(self._follow)
        self._pictures.toggled.connect(self._follow)
        self._follow()

    def file(self) -> Path:
        """Where to save it."""
        return _with_suffix(path_from_field(self._file.text().strip()).expanduser().absolute())

    @property
    def with_pictures(self) -> bool:
        """Whether the pictures come along."""
        return bool(self._pictures.isChecked())

    def show_size(self, size: int) -> None:
        """Tells how many bytes the pictures have, once that is known; none: they cannot be reached."""
        if not size:
            self._pictures.setChecked(False)
            self._pictures.setEnabled(False)
        words = QLocale.c().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
        self._pictures.setText(
            _("With the pictures ({what})").format(what=words if size else _("they cannot be reached now"))
        )

    def _follow(self) -> None:
        self._note.setText(_(_WITH if self.with_pictures else _WITHOUT))
        is_named = bool(Path(self._file.text().strip()).name)
        exists = is_named and os.path.lexists(self.file())
        self._exists.setText(_("This file exists already and will be replaced.") if exists else "")
        self._save.setText(_("Replace") if exists else _("Save"))
        self._save.setEnabled(is_named)

    def _browse(self) -> None:
        chosen = QFileDialog.getSaveFileName(self, self.windowTitle(), shown_in_field(self.file()), kinds())[0]
        if chosen:
            self._file.setText(shown_in_field(_with_suffix(path_from_field(chosen))))


def _with_suffix(file: Path) -> Path:
    return file if file.suffix.lower() == SUFFIX else file.with_name(file.name + SUFFIX)
