"""The few dialogs: settings, keys, and questions before something is forgotten."""

from collections.abc import Mapping
from dataclasses import replace
from html import escape

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from ocrdesk import __version__
from ocrdesk.engine.machine import cores
from ocrdesk.engine.recognition.devices import available_devices
from ocrdesk.engine.recognition.models import PPOCR_V4, PPOCR_V6, available_recognizers
from ocrdesk.settings import ACCURATE, FAST, QUIET, Settings
from ocrdesk.ui.kit.fields import choice_field, number_field
from ocrdesk.ui.kit.plain import plainly
from ocrdesk.ui.kit.theme import SPACE

_RECOGNIZERS = {
    PPOCR_V6: "PP-OCRv6: Latin letters of Europe and Turkey, Chinese, Japanese",
    PPOCR_V4: "PP-OCRv4: English and Chinese, the generation before",
}
_MODES = {
    ACCURATE: "Accurate: the best text",
    FAST: "Fast: more pages a minute, a few more errors",
    QUIET: "Quiet: leaves a core free and gives way to other programs",
}
_DEVICES = {
    "auto": "Fastest here",
    "openvino": "OpenVINO (processor)",
    "onnxruntime": "ONNX Runtime (processor)",
    "cuda": "NVIDIA graphics (CUDA)",
    "directml": "Graphics (DirectML)",
    "coreml": "Apple (CoreML)",
}
_WIDTH = 420
_APPEARANCES = {"system": "As the desktop", "light": "Light", "dark": "Dark"}


class SettingsDialog(QDialog):
    """Shows settings and gives changed ones."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Settings")
        self.setObjectName("settingsDialog")
        self._settings = settings
        recognizers = {name: _RECOGNIZERS[name] for name in available_recognizers()}
        devices = {name: _DEVICES[name] for name in available_devices()}
        self._recognizer = _choice("recognizerChoice", recognizers, settings.recognizer)
        self._mode = _choice("modeChoice", _MODES, settings.mode)
        self._device = _choice("deviceChoice", devices, settings.device)
        self._workers = number_field("workersChoice", 0, cores(), settings.workers)
        self._mode.currentIndexChanged.connect(self._say_how_many)
        self._say_how_many()
        self._doubtful = number_field("doubtfulChoice", 50, 100, round(settings.doubtful_below * 100))
        self._doubtful.setSuffix(" %")
        self._appearance = _choice("appearanceChoice", _APPEARANCES, settings.appearance)
        form = QFormLayout()
        form.setSpacing(SPACE + 4)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("Read with", self._recognizer)
        form.addRow("Mode", self._mode)
        if len(devices) > 2:  # more than one beside the choice of the program
            form.addRow("Run on", self._device)
        form.addRow("Pages at once", self._workers)
        form.addRow("Doubtful below", self._doubtful)
        form.addRow("Appearance", self._appearance)
        note = QLabel("How pages are read changes with the next page, also while a batch is being read.")
        note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addLayout(form)
        column.addWidget(note)
        column.addWidget(buttons)

    def _say_how_many(self) -> None:
        """What no number of pages at once means; a quiet program leaves a core free."""
        quiet = self._mode.currentData() == QUIET
        words = f"All cores but one ({max(1, cores() - 1)})" if quiet else f"One per core ({cores()})"
        self._workers.setSpecialValueText(words)

    def chosen(self) -> Settings:
        """The settings as they stand in the dialog."""
        return replace(
            self._settings,
            recognizer=self._recognizer.currentData(),
            mode=self._mode.currentData(),
            device=self._device.currentData(),
            workers=self._workers.value(),
            doubtful_below=self._doubtful.value() / 100,
            appearance=self._appearance.currentData(),
        )


def _choice(name: str, words: Mapping[str, str], chosen: str) -> QComboBox:
    """A box that offers values by their words; the first where what was chosen is not among them."""
    box = choice_field(name)
    for value, said in words.items():
        box.addItem(said, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box


class KeysDialog(QDialog):
    """Lists what can be done with keys."""

    def __init__(self, actions: list[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard")
        self.setObjectName("keysDialog")
        keys = [
            (action.text().rstrip("…"), action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
            for action in actions
            if not action.shortcut().isEmpty()
        ]
        keys += [("Show the page", "Return"), ("Back to the pages", "Esc"), ("Zoom the picture", "Ctrl+Wheel")]
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * SPACE)
        grid.setVerticalSpacing(SPACE - 2)
        half = -(-len(keys) // 2)
        for number, (words, key) in enumerate(keys):
            row, column = number % half, 3 * (number // half)
            name = QLabel(key)
            name.setStyleSheet("font-weight: 600")
            grid.addWidget(name, row, column)
            grid.addWidget(QLabel(words), row, column + 1)
        grid.setColumnMinimumWidth(2, 2 * SPACE)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column_box.setSpacing(2 * SPACE)
        column_box.addLayout(grid)
        column_box.addWidget(buttons)


def confirmed(parent: QWidget, question: str, detail: str, yes: str) -> bool:
    """Asks before something is forgotten; the button that keeps it is the default."""
    box = QMessageBox(
        QMessageBox.Icon.Question, "ocrdesk", plainly(question), QMessageBox.StandardButton.Cancel, parent
    )
    box.setInformativeText(plainly(detail))
    agree = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    return box.clickedButton() is agree


def answered(parent: QWidget, title: str, question: str, answer: str = "", *, secret: bool = False) -> str | None:
    """Asks for a few words, beginning with an answer; None: nothing is to be done."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(plainly(question))
    dialog.setTextValue(answer)
    if secret:
        dialog.setTextEchoMode(QLineEdit.EchoMode.Password)
    dialog.resize(_WIDTH, dialog.sizeHint().height())  # a name is longer than the field would be
    return str(dialog.textValue()) if dialog.exec() else None


def show_about(parent: QWidget, library: str) -> None:
    """Tells what this program is and where its things are."""
    QMessageBox.about(
        parent,
        "About ocrdesk",
        f"<h3>ocrdesk {__version__}</h3><p>Reads folders of scans into text, on this computer alone: "
        f"it opens no network connection.</p><p>The library is in<br>{escape(library)}</p><p>Apache License 2.0</p>",
    )


def last_words(text: str) -> None:
    """Tells why the program cannot start; goes away by itself, because nobody may be looking."""
    box = QMessageBox(QMessageBox.Icon.Warning, "ocrdesk", plainly(text), QMessageBox.StandardButton.Close)
    QTimer.singleShot(15_000, box.reject)
    box.exec()
