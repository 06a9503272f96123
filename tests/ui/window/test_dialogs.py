from collections.abc import Callable

import pytest
from fakes import PATIENCE
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMessageBox,
    QPushButton,
    QSpinBox,
)

from ocrdesk.engine.recognition.ppocr.models import PPOCR_V4, PPOCR_V6
from ocrdesk.settings import Settings
from ocrdesk.ui.kit import questions
from ocrdesk.ui.kit.questions import answered, confirmed, last_words
from ocrdesk.ui.window.help_dialogs import KeysDialog, show_about
from ocrdesk.ui.window.menus import make_actions
from ocrdesk.ui.window.settings_dialog import SettingsDialog

CHANGED = Settings(
    recognizer=PPOCR_V4, mode="fast", device="onnxruntime", workers=2, doubtful_below=0.75, appearance="dark"
)


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
def settings_dialog(qtbot):
    def make(settings: Settings) -> SettingsDialog:
        dialog = SettingsDialog(settings)
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
    dialog.findChild(QSpinBox, "doubtfulChoice").setValue(75)
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


def test_ok_accepts_and_escape_does_not(qtbot, settings_dialog):
    dialog = settings_dialog(Settings())
    buttons = dialog.findChild(QDialogButtonBox)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_every_shortcut_is_listed(qtbot, window):
    made = make_actions()
    actions = made.all()
    dialog = KeysDialog(actions)
    qtbot.addWidget(dialog)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    for action in actions:
        for shortcut in action.shortcuts():
            assert shortcut.toString(QKeySequence.SequenceFormat.NativeText) in said, action.objectName()
            assert action.text().rstrip("…") in said
    assert {"Return", "Esc"} <= set(said)
    assert len(said) == len({(said[at], said[at + 1]) for at in range(0, len(said), 2)}) * 2


def test_the_list_of_keys_says_undo_whatever_would_be_undone(qtbot, window):
    actions = make_actions()
    actions.setParent(window)
    actions["undo"].setText("Undo remove 3 pages")
    actions["undo"].setIconText("Undo")
    dialog = KeysDialog(actions.all())
    qtbot.addWidget(dialog)
    assert "Undo" in {label.text() for label in dialog.findChildren(QLabel)}


def test_a_question_is_answered_by_its_own_words_and_keeps_by_default(qtbot, window):
    def ask(act):
        texts = []
        with_the_dialog(lambda box: texts.extend((box.text(), box.informativeText())) or act(box))
        answer = confirmed(window, "Remove this page?", "The file stays.", "Remove")
        assert texts == ["Remove this page?", "The file stays."]
        return answer

    def press_remove(box):
        button = next(button for button in box.findChildren(QPushButton) if button.text() == "Remove")
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    assert ask(press_remove) is True
    assert ask(lambda box: qtbot.keyClick(box, Qt.Key.Key_Return)) is False
    assert ask(lambda box: qtbot.keyClick(box, Qt.Key.Key_Escape)) is False


def test_names_that_look_like_markup_are_asked_about_letter_for_letter(window):
    texts = []
    with_the_dialog(lambda box: texts.extend((box.text(), box.informativeText())) or box.reject())
    confirmed(window, "Remove “<b>x</b>”?", "From “<i>y</i>”.", "Remove")
    with_the_dialog(lambda box: texts.append(box.text()) or box.accept())
    show_about(window, "/home/<u>z</u>")
    with_the_dialog(lambda box: texts.append(box.text()) or box.accept())
    last_words("No room in “<s>w</s>”.")
    for text, name in zip(texts, ("b&gt;x", "i&gt;y", "u&gt;z", "s&gt;w"), strict=True):
        assert f"&lt;{name}&lt;/" in text


def test_about_tells_where_the_library_is(qtbot, window, tmp_path):
    texts = []
    with_the_dialog(lambda box: texts.append(box.text()) or box.accept())
    show_about(window, str(tmp_path / "library"))
    assert str(tmp_path / "library") in texts[0]


def test_last_words_can_be_read_and_go_away_by_themselves(qtbot, monkeypatch):
    delays = []

    def at_once(delay, act):
        delays.append(delay)
        single_shot(0, act)

    single_shot = QTimer.singleShot
    monkeypatch.setattr(questions, "QTimer", type("AtOnce", (), {"singleShot": staticmethod(at_once)}))
    texts = []
    with_the_dialog(lambda box: texts.append(box.text()))
    last_words("The library is damaged.")
    assert texts == ["The library is damaged."]
    assert 5_000 <= delays[0] <= 1000 * PATIENCE
    assert not any(isinstance(widget, QMessageBox) and widget.isVisible() for widget in QApplication.topLevelWidgets())


@pytest.mark.parametrize(
    ("key", "answer"), [(Qt.Key.Key_Return, "A name that is longer than most"), (Qt.Key.Key_Escape, None)]
)
def test_return_gives_the_answer_and_escape_none(qtbot, window, key, answer):
    seen = []

    def press() -> None:
        dialog = window.findChild(QInputDialog)
        field = dialog.findChild(QLineEdit)
        seen.append((field.echoMode(), field.width()))
        qtbot.keyClick(field, key)

    QTimer.singleShot(0, press)
    assert answered(window, "Rename batch", "Name", "A name that is longer than most") == answer
    echo, width = seen[0]
    assert echo == QLineEdit.EchoMode.Normal
    assert width > 350


def test_a_password_is_not_shown(qtbot, window):
    seen = []

    def look() -> None:
        dialog = window.findChild(QInputDialog)
        seen.append(dialog.findChild(QLineEdit).echoMode())
        dialog.reject()

    QTimer.singleShot(0, look)
    assert answered(window, "Protected PDF", "Password", secret=True) is None
    assert seen == [QLineEdit.EchoMode.Password]
