from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QMainWindow,
    QPushButton,
    QSpinBox,
)

from ocrdesk import __version__
from ocrdesk.engine.recognition.ppocr.models import PPOCR_V4, PPOCR_V6
from ocrdesk.settings import Settings
from ocrdesk.ui.window.about_dialog import AboutDialog
from ocrdesk.ui.window.settings_dialog import SettingsDialog

CHANGED = Settings(recognizer=PPOCR_V4, mode="fast", device="onnxruntime", workers=2, appearance="dark")


@pytest.fixture(autouse=True)
def installed(monkeypatch) -> list[str]:
    """The recognizers that are installed."""
    names = [PPOCR_V6, PPOCR_V4]
    monkeypatch.setattr("ocrdesk.ui.window.settings_dialog.available_recognizers", lambda: names)
    monkeypatch.setattr("ocrdesk.ui.window.settings_dialog.cores", lambda: 4)
    return names


@pytest.fixture(autouse=True)
def devices(monkeypatch) -> list[str]:
    """What the models can run on."""
    names = ["auto", "openvino", "onnxruntime"]
    monkeypatch.setattr("ocrdesk.ui.window.settings_dialog.available_devices", lambda: names)
    return names


@pytest.fixture
def window(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def settings_dialog(qtbot, tmp_path):
    def make(settings: Settings) -> SettingsDialog:
        dialog = SettingsDialog(settings, tmp_path)
        qtbot.addWidget(dialog)
        return dialog

    return make


def with_the_dialog(act: Callable[[QDialog], object]) -> None:
    """Does something with the dialog that opens next."""
    QTimer.singleShot(0, lambda: act(QApplication.activeModalWidget()))


def test_settings_come_out_as_they_went_in(settings_dialog):
    assert settings_dialog(Settings()).chosen() == Settings()
    assert settings_dialog(CHANGED).chosen() == CHANGED


def test_settings_can_be_changed(settings_dialog):
    dialog = settings_dialog(Settings())
    dialog.findChild(QComboBox, "recognizerChoice").setCurrentIndex(1)
    dialog.findChild(QComboBox, "modeChoice").setCurrentIndex(1)
    dialog.findChild(QComboBox, "deviceChoice").setCurrentIndex(2)
    dialog.findChild(QSpinBox, "workersChoice").setValue(2)
    dialog.findChild(QComboBox, "appearanceChoice").setCurrentIndex(2)
    assert dialog.chosen() == CHANGED


def test_only_so_many_pages_at_once_as_there_are_cores(settings_dialog):
    dialog = settings_dialog(Settings())
    workers = dialog.findChild(QSpinBox, "workersChoice")
    assert workers.text() == "One per core (4)"
    workers.setValue(99)
    assert workers.value() == 4


def test_a_quiet_program_says_that_it_leaves_a_core_free(settings_dialog):
    dialog = settings_dialog(Settings(mode="quiet"))
    mode, workers = dialog.findChild(QComboBox, "modeChoice"), dialog.findChild(QSpinBox, "workersChoice")
    assert "leaves a core free" in mode.currentText()
    assert workers.text() == "All cores but one (3)"
    mode.setCurrentIndex(0)
    assert workers.text() == "One per core (4)"


def test_what_to_run_on_is_asked_only_where_there_is_a_choice(settings_dialog, devices):
    def is_asked(dialog):
        box = dialog.findChild(QComboBox, "deviceChoice")
        return box is not None and box.isVisibleTo(dialog)

    assert is_asked(settings_dialog(Settings()))
    devices.remove("openvino")
    assert not is_asked(settings_dialog(Settings()))
    devices.append("cuda")
    assert is_asked(settings_dialog(Settings()))
    assert settings_dialog(Settings(device="cuda")).chosen().device == "cuda"
    assert settings_dialog(Settings(device="openvino")).chosen().device == "auto"


def test_a_recognizer_is_offered_only_where_it_is_installed(settings_dialog, installed):
    def offered(dialog):
        box = dialog.findChild(QComboBox, "recognizerChoice")
        return [box.itemData(row) for row in range(box.count())]

    assert offered(settings_dialog(Settings())) == [PPOCR_V6, PPOCR_V4]
    installed.remove(PPOCR_V4)
    assert offered(settings_dialog(Settings())) == [PPOCR_V6]
    assert settings_dialog(CHANGED).chosen().recognizer == PPOCR_V6


def test_the_button_saves_and_escape_does_not(qtbot, settings_dialog):
    dialog = settings_dialog(Settings())
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.findChild(QPushButton, "settingsSave"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_about_tells_where_the_library_is_letter_for_letter(qtbot, window):
    dialog = AboutDialog("/home/<u>z</u>", window)
    label = dialog.findChild(QLabel, "aboutLibrary")
    assert (label.text(), label.textFormat()) == ("/home/<u>z</u>", Qt.TextFormat.PlainText)
    assert dialog.windowTitle() == f"ocrdesk {__version__}"


def test_the_settings_fit_on_a_small_screen_and_all_are_explained(qtbot, window, tmp_path):
    dialog = SettingsDialog(Settings(), tmp_path, window)
    with qtbot.waitExposed(dialog):
        dialog.open()
    assert dialog.height() <= 700
    for label in dialog.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    dialog.close()
