"""How a person changes the way pages are read, also while a batch is being read."""

from dataclasses import replace

import pytest
from fakes import Maker, draw_pages
from PySide6.QtWidgets import QComboBox, QDialogButtonBox

from ocrdesk.settings import MODES, Settings, load_settings, save_settings
from ocrdesk.ui.dialogs import SettingsDialog


@pytest.fixture
def asked(desk, monkeypatch):
    """What makers of recognizers were asked for."""
    asked: list[Settings] = []

    def maker_of(settings: Settings) -> Maker:
        asked.append(settings)
        return Maker()

    monkeypatch.setattr(desk.window, "_maker", maker_of)
    return asked


def checked(desk) -> list[str]:
    return [action.data() for action in desk.actions.modes.actions() if action.isChecked()]


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
        dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
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
    monkeypatch.setattr(slow_desk.window, "_maker", lambda settings: fast if settings.mode == "fast" else slow)
    draw_pages(scans, 3)
    slow_desk.drop(scans)
    slow_desk.until_reading(gate)
    slow_desk.action("actionModeFast").trigger()
    gate.open()
    slow_desk.until_read(pages=3)
    assert (len(slow.widths_read), len(fast.widths_read)) == (1, 2)


def test_other_settings_load_nothing_anew(desk, asked):
    settings = desk.window._settings
    desk.window.use_settings(replace(settings, doubtful_below=0.5, appearance="light"))
    assert asked == []
    desk.window.use_settings(replace(settings, device="onnxruntime"))
    assert len(asked) == 1
