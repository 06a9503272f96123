"""The languages that can be read, and the folder into which more are put."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ocrdesk.engine import private
from ocrdesk.engine.recognition.languages import available_languages, has_tesseract
from ocrdesk.engine.words import _, listed, plural
from ocrdesk.ui.kit.desktop import open_outside
from ocrdesk.ui.kit.dialog import quiet
from ocrdesk.ui.kit.theme import SPACE

OFTEN = 1000
"""Milliseconds between two looks into the folders while they may be changed."""


class PacksRow(QWidget):
    """Says how many languages can be read beside those of the reader, which files are damaged, and opens their folder.

    Args:
        folder: Into which language packs are put.
    """

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._how_many = QLabel(objectName="languagesCount")
        self._open = QPushButton(_("Open folder"), objectName="openLanguages")
        self._open.setToolTip(_("Put files of language packs into this folder; they are used from the next page on"))
        self._open.clicked.connect(self._open_folder)
        self._trouble = quiet("")
        self._trouble.setObjectName("languagesTrouble")
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self._how_many, 1)
        row.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._trouble)
        timer = QTimer(self, interval=OFTEN)
        timer.timeout.connect(self.look)
        timer.start()
        self.look()

    def look(self) -> None:
        """Looks at the folders anew."""
        languages = available_languages(self._folder).values()
        whole = sorted(language.name for language in languages if not language.trouble)
        self._how_many.setText(plural("{count} more language", "{count:,} more languages", len(whole)))
        self._how_many.setToolTip(listed(whole))
        troubles = [language.trouble for language in languages if language.trouble]
        if not has_tesseract():
            troubles.append(_('For Russian, Arabic, Hindi and many more: pip install "ocrdesk[languages]"'))
        self._trouble.setText("\n".join(troubles))
        self._trouble.setVisible(bool(troubles))

    def _open_folder(self) -> None:
        try:
            private.make_folder(self._folder)
            is_opened = open_outside(self._folder)
        except OSError:
            is_opened = False
        if not is_opened:
            self._trouble.setText(_("Nothing here can open the folder. It is “{folder}”.").format(folder=self._folder))
            self._trouble.show()
