"""The dialog of the settings."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from ocrdesk.engine.machine import cores
from ocrdesk.engine.recognition.catalogue import RECOGNIZERS, available_recognizers
from ocrdesk.engine.recognition.ppocr.devices import available_devices
from ocrdesk.engine.words import N_, _
from ocrdesk.settings import ACCURATE, FAST, QUIET, Settings
from ocrdesk.ui.kit import language
from ocrdesk.ui.kit.dialog import Dialog, add_row, form, quiet, sized
from ocrdesk.ui.kit.fields import choice_field, number_field
from ocrdesk.ui.kit.language import AS_DESKTOP
from ocrdesk.ui.kit.theme import SPACE
from ocrdesk.ui.languages.packs_row import PacksRow

_MODES = {
    ACCURATE: N_("Accurate: the best text"),
    FAST: N_("Fast: more pages a minute, a few more errors"),
    QUIET: N_("In the background: leaves a core free and gives way to other programs"),
}
_DEVICES = {
    "auto": N_("Fastest here"),
    "openvino": N_("OpenVINO (processor)"),
    "onnxruntime": N_("ONNX Runtime (processor)"),
    "cuda": N_("NVIDIA graphics (CUDA)"),
    "directml": N_("Graphics (DirectML)"),
    "coreml": N_("Apple (CoreML)"),
}
_APPEARANCES = {"system": N_("Match the desktop"), "light": N_("Light"), "dark": N_("Dark")}


class SettingsDialog(Dialog):
    """Shows settings and gives changed ones.

    Args:
        settings: As they are now.
        packs: The folder of language packs.
    """

    def __init__(self, settings: Settings, packs: Path, parent: QWidget | None = None) -> None:
        super().__init__(_("Settings"), parent=parent)
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
        self._appearance = _choice("appearanceChoice", _APPEARANCES, settings.appearance)
        as_desktop = {AS_DESKTOP: N_("Match the desktop")}
        self._language = _choice("languageChoice", as_desktop | language.choices(), settings.language)
        self._form = form()
        self.content.addLayout(self._form)
        self._begin(_("Reading pages"))
        self._add(_("Read with"), self._recognizer, _("Which scripts and languages are read, and how well."))
        self._add(
            _("Languages"),
            PacksRow(packs),
            _("Recognized page by page, or chosen in the menu beside “Export…”."),
        )
        self._add(_("Mode"), self._mode, _("Can be changed at any time, also while a batch is being read."))
        if len(devices) > 2:  # more than one beside the choice of the program
            self._add(_("Run on"), self._device, _("“Fastest here” is right for nearly everyone."))
        self._add(_("Pages at once"), self._workers, _("Fewer leave more of the computer to other programs."))
        self._begin(_("Window"))
        self._add(_("Language"), self._language, _("What is being read goes on; the window opens anew in it."))
        self._add(_("Appearance"), self._appearance, _("“Match the desktop” follows it from light to dark and back."))
        self.add_cancel()
        self.add_button(_("Save"), self.accept, name="settingsSave", kind="primary")

    def _begin(self, words: str) -> None:
        """Begins a group of settings."""
        name = QLabel(words)
        name.setFont(sized(name.font(), 1, QFont.Weight.DemiBold))
        if self._form.rowCount():
            name.setContentsMargins(0, SPACE, 0, 0)
        self._form.addRow(name)

    def _add(self, words: str, field: QWidget, help_: str) -> None:
        """Adds a setting with a sentence on what it is good for."""
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(field)
        column.addWidget(quiet(help_))
        add_row(self._form, words, column)

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
            appearance=self._appearance.currentData(),
            language=self._language.currentData(),
        )


def _choice(name: str, words: Mapping[str, str], chosen: str) -> QComboBox:
    """A box that offers values by their words, translated; the first where what was chosen is not among them."""
    box = choice_field(name)
    for value, said in words.items():
        box.addItem(_(said), value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box
