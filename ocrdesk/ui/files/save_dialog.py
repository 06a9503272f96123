"""Asks where to save a batch, and whether its pictures come along."""

import os
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ocrdesk.engine.batch_file import SUFFIX
from ocrdesk.engine.words import N_, _
from ocrdesk.ui.kit.file_names import path_from_field, shown_in_field
from ocrdesk.ui.kit.theme import SPACE

_WITH = N_("The other computer has everything: nothing else needs to be copied.")
_WITHOUT = N_("Texts and small pictures go along. On another computer, “Locate…” tells ocrdesk where the pictures are.")


def kinds() -> str:
    """Which files are offered where saved ones are asked for."""
    return _("Saved batches ({pattern})").format(pattern=f"*{SUFFIX}")


class SaveDialog(QDialog):
    """Gives a file and whether it is to have the pictures."""

    def __init__(self, name: str, file: Path, *, with_pictures: bool, parent: QWidget | None = None) -> None:
        """Shows a first choice.

        Args:
            name: Of the batch.
            file: Where it would go.
            with_pictures: Whether its pictures came along the last time.
            parent: The window.
        """
        super().__init__(parent)
        self.setWindowTitle(_("Save “{name}” as one file").format(name=name))
        self.setObjectName("saveDialog")
        self._file = QLineEdit(shown_in_field(file), objectName="saveFile")
        self._file.setAccessibleName(_("File"))
        browse = QPushButton(_("Choose…"), objectName="saveBrowse")
        browse.setAutoDefault(False)  # or the return key would press it, as the first button there is
        browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self._file, 1)
        row.addWidget(browse)
        self._pictures = QCheckBox(_("With the pictures"), objectName="savePictures")
        self._pictures.setChecked(with_pictures)
        self._note = _muted(QLabel(objectName="saveNote"))
        self._exists = _muted(QLabel(objectName="saveExists"))
        lines = self.fontMetrics().lineSpacing()
        self._note.setMinimumHeight(2 * lines)
        self._exists.setMinimumHeight(lines)
        self._save = QPushButton(_("Save"), objectName="saveStart")
        self._save.setProperty("primary", True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self._save, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addLayout(row)
        column.addWidget(self._exists)
        column.addWidget(self._pictures)
        column.addWidget(self._note)
        column.addSpacing(SPACE)
        column.addWidget(buttons)
        self._save.setDefault(True)  # not before it is in the dialog
        self.setMinimumWidth(520)
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
        self._exists.setText(_("This file exists. It will be replaced.") if exists else "")
        self._save.setText(_("Replace") if exists else _("Save"))
        self._save.setEnabled(is_named)

    def _browse(self) -> None:
        chosen = QFileDialog.getSaveFileName(self, self.windowTitle(), shown_in_field(self.file()), kinds())[0]
        if chosen:
            self._file.setText(shown_in_field(_with_suffix(path_from_field(chosen))))


def _with_suffix(file: Path) -> Path:
    return file if file.suffix.lower() == SUFFIX else file.with_name(file.name + SUFFIX)


def _muted(label: QLabel) -> QLabel:
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label
