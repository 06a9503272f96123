"""The dialog of the settings."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from ocrdesk.engine.machine import cores
from ocrdesk.engine.recognition.catalogue import RECOGNIZERS, available_recognizers
from ocrdesk.engine.recognition.ppocr.devices import available_devices
from ocrdesk.engine.words import N_, _
from ocrdesk.settings import ACCURATE, FAST, QUIET, Settings
from ocrdesk.ui.kit.fields import choice_field, number_field
from ocrdesk.ui.kit.theme import SPACE

_MODES = {
    ACCURATE: N_("Accurate: the best text"),
    FAST: N_("Fast: more pages a minute, a few more errors"),
    QUIET: N_("Background: leaves a core free and gives way to other programs"),
}
_DEVICES = {
    "auto": N_("Fastest here"),
    "openvino": N_("OpenVINO (processor)"),
    "onnxruntime": N_("ONNX Runtime (processor)"),
    "cuda": N_("NVIDIA graphics (CUDA)"),
    "directml": N_("Graphics (DirectML)"),
    "coreml": N_("Apple (CoreML)"),
}
_APPEARANCES = {"system": N_("As the desktop"), "light": N_("Light"), "dark": N_("Dark")}


class SettingsDialog(QDialog):
    """Shows settings and gives changed ones."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Settings"))
        self.setObjectName("settingsDialog")
        self._settings = settings
        recognizers = {name: f"{name}: {_(RECOGNIZERS[name].reads)}" for name in available_recognizers()}
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
        form.addRow(_("Read with"), self._recognizer)
        form.addRow(_("Mode"), self._mode)
        if len(devices) > 2:  # more than one beside the choice of the program
            form.addRow(_("Run on"), self._device)
        form.addRow(_("Pages at once"), self._workers)
        form.addRow(_("Doubtful below"), self._doubtful)
        form.addRow(_("Appearance"), self._appearance)
        note = QLabel(_("How pages are read changes with the next page, also while a batch is being read."))
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
        words = (
            _("All cores but one ({count})").format(count=max(1, cores() - 1))
            if quiet
            else _("One per core ({count})").format(count=cores())
        )
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
    """A box that offers values by their words, translated; the first where what was chosen is not among them."""
    box = choice_field(name)
    for value, said in words.items():
        box.addItem(_(said), value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box
