"""Settings that a person changes, also while a batch is being read."""

from dataclasses import replace

import pytest
from fakes import Maker, draw_pages
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QSpinBox

from ocrdesk.settings import MODES, Settings, load_settings, save_settings
from ocrdesk.ui.kit.theme import apply_appearance, is_dark
from ocrdesk.ui.window import settings_commands, settings_dialog
from ocrdesk.ui.window.settings_dialog import SettingsDialog


@pytest.fixture
def asked(desk, monkeypatch):
    """What makers of recognizers were asked for."""
    asked: list[Settings] = []

    def maker_of(settings: Settings) -> Maker:
        asked.append(settings)
        return Maker()

    monkeypatch.setattr(desk.window.settings_commands, "_maker", maker_of)
    return asked


def checked(desk) -> list[str]:
    return [action.data() for action in desk.actions["mode_fast"].actionGroup().actions() if action.isChecked()]


def test_the_mode_is_changed_in_the_menu_and_kept(desk, asked):
    assert checked(desk) == ["accurate"]
    for mode in ("fast", "quiet", "accurate"):
        desk.action(f"actionMode{mode.capitalize()}").trigger()
        assert checked(desk) == [mode]
        assert load_settings(desk.places.settings).mode == mode
        assert desk.runner._crew.quiet == (mode == "quiet")
    assert [settings.mode for settings in asked] == ["fast", "quiet", "accurate"]
    desk.action("actionModeAccurate").trigger()
    assert checked(desk) == ["accurate"]
    assert len(asked) == 3, "what holds already was loaded anew"


def test_the_mode_changed_in_the_settings_is_shown_in_the_menu(desk, asked, monkeypatch):
    def change(dialog: SettingsDialog) -> int:
        dialog.findChild(QComboBox, "modeChoice").setCurrentIndex(MODES.index("quiet"))
        dialog.findChild(QPushButton, "settingsSave").click()
        return dialog.result()

    monkeypatch.setattr(SettingsDialog, "exec", change)
    desk.action("actionSettings").trigger()
    assert checked(desk) == ["quiet"]
    assert [settings.mode for settings in asked] == ["quiet"]


def test_a_kept_mode_is_shown_from_the_start(open_desk, tmp_path):
    save_settings(tmp_path / "home", Settings(mode="fast"))
    assert checked(open_desk()) == ["fast"]


def test_a_mode_changed_while_a_batch_is_read_holds_from_the_next_page_on(slow_desk, slow, gate, scans, monkeypatch):
    fast = Maker()
    maker_of = {"fast": fast}
    monkeypatch.setattr(
        slow_desk.window.settings_commands, "_maker", lambda settings: maker_of.get(settings.mode, slow)
    )
    draw_pages(scans, 3)
    slow_desk.drop(scans)
    slow_desk.until_reading(gate)
    slow_desk.action("actionModeFast").trigger()
    gate.open()
    slow_desk.until_read(pages=3)
    assert (len(slow.widths_read), len(fast.widths_read)) == (1, 2)


def test_another_mode_does_not_dress_the_window_anew(desk, asked, monkeypatch):
    dressed = []
    monkeypatch.setattr(settings_commands, "apply_appearance", lambda app, appearance: dressed.append(appearance))
    desk.action("actionModeFast").trigger()
    assert asked
    assert dressed == []


def test_other_settings_load_nothing_anew(desk, asked):
    commands = desk.window.settings_commands
    settings = commands._settings_now
    commands.use(replace(settings, appearance="light"))
    assert asked == []
    commands.use(replace(settings, device="onnxruntime"))
    assert len(asked) == 1


def test_settings_are_kept_and_followed(desk, monkeypatch):
    monkeypatch.setattr(settings_dialog, "cores", lambda: 4)
    assert not is_dark()

    def change(dialog: SettingsDialog) -> int:
        assert isinstance(dialog, SettingsDialog)
        dialog.findChild(QSpinBox, "workersChoice").setValue(3)
        dialog.findChild(QComboBox, "appearanceChoice").setCurrentIndex(2)
        dialog.findChild(QPushButton, "settingsSave").click()
        return dialog.result()

    monkeypatch.setattr(SettingsDialog, "exec", change)
    desk.action("actionSettings").trigger()
    assert is_dark()
    assert load_settings(desk.places.settings).workers == 3
    assert load_settings(desk.places.settings).appearance == "dark"
    monkeypatch.setattr(SettingsDialog, "exec", lambda dialog: dialog.result())
    desk.action("actionSettings").trigger()
    assert load_settings(desk.places.settings).workers == 3
    apply_appearance(QApplication.instance(), "light")


def test_settings_that_cannot_be_kept_hold_all_the_same(desk, monkeypatch):
    def fail(*values):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ocrdesk.ui.window.settings_commands.save_settings", fail)
    desk.window.settings_commands.use(load_settings(desk.places.settings))
    assert "No space left on device" in desk.notice


def test_the_window_follows_the_desktop_only_if_it_is_told_to(desk, monkeypatch):
    dressed = []
    monkeypatch.setattr(settings_commands, "apply_appearance", lambda app, appearance: dressed.append(appearance))
    commands = desk.window.settings_commands
    for appearance in ("light", "system"):
        commands.use(replace(commands._settings_now, appearance=appearance))
        dressed.clear()
        QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
        assert dressed == (["system"] if appearance == "system" else [])
