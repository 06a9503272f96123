import re
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

import ocrdesk.ui
from ocrdesk.settings import MODES
from ocrdesk.ui.desk.commands import Commands
from ocrdesk.ui.kit.actions import commands_of
from ocrdesk.ui.window.menus import (
    BATCH_MENU,
    MENU_BAR,
    PAGE_MENU,
    WHO_DOES_THEM,
    fill_menu_bar,
    make_actions,
    menu_on,
)


@pytest.fixture
def window(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def actions(window):
    return make_actions()


def test_no_key_does_two_things(actions):
    keys = Counter(shortcut.toString() for action in actions.all() for shortcut in action.shortcuts())
    assert [key for key, times in keys.items() if times > 1] == []


def test_keys_are_those_people_know(actions):
    keys = {action.objectName(): action.shortcut().toString() for action in actions.all() if action.shortcut()}
    assert {
        "actionAddFolder": "Ctrl+O",
        "actionAddFiles": "Ctrl+Shift+O",
        "actionRetry": "F5",
        "actionRetryFailed": "Shift+F5",
        "actionTurnLeft": "Alt+Left",
        "actionTurnRight": "Alt+Right",
        "actionRemovePages": "Del",
        "actionCopyText": "Ctrl+C",
        "actionSearch": "Ctrl+F",
        "actionNextDoubtful": "F3",
        "actionShowHelp": "F1",
        "actionQuit": "Ctrl+Q",
        "actionViewGrid": "Ctrl+1",
        "actionViewTable": "Ctrl+2",
    }.items() <= keys.items()


def test_each_action_says_what_it_does_and_with_which_key(actions):
    for action in actions.all():
        assert action.text(), action.objectName()
        tip = action.toolTip()
        assert tip, action.objectName()
        if not action.shortcut().isEmpty():
            assert action.shortcut().toString(QKeySequence.SequenceFormat.NativeText) in tip


def test_every_action_is_in_the_menu_bar_once(window, actions):
    fill_menu_bar(window.menuBar(), actions)
    menus = window.menuBar().findChildren(QMenu)
    found = Counter(action.objectName() for menu in menus for action in menu.actions() if not action.isSeparator())
    assert found == Counter(action.objectName() for action in actions.all())


def test_every_name_in_a_menu_is_a_command_and_every_command_is_in_the_menu_bar():
    declared = Counter(name for kind in WHO_DOES_THEM for name in commands_of(kind))
    in_bar = Counter(name for menu in MENU_BAR.values() for name in menu if name)
    assert declared == in_bar
    assert {name for name in (*PAGE_MENU, *BATCH_MENU) if name} <= set(in_bar)


def test_whoever_declares_commands_is_known_to_the_menus():
    assert set(Commands.__subclasses__()) <= set(WHO_DOES_THEM)


def test_every_name_by_which_a_command_is_called_is_one(actions):
    sources = [path.read_text(encoding="utf-8") for path in Path(ocrdesk.ui.__file__).parent.rglob("*.py")]
    called = {name for source in sources for name in re.findall(r'actions(?:\.call\(|\[)"(\w+)"', source)}
    assert len(called) > 10
    assert called <= set(actions.commands)


def names_in(menu) -> list[str]:
    return [action.objectName() for action in menu.actions() if not action.isSeparator()]


def test_context_menus_hold_what_concerns_a_page_or_a_batch(window, actions):
    names = names_in(menu_on(window, PAGE_MENU, actions))
    assert names[0] == "actionRetry"
    assert names[1:5] == ["actionReadAgainIn", "actionReadAgainInLanguages", "actionTurnLeft", "actionTurnRight"]
    assert {"actionRetryFailed", "actionCopyText", "actionCopyTables", "actionOpenPicture", "actionRemovePages"} <= set(
        names
    )
    names = names_in(menu_on(window, BATCH_MENU, actions))
    assert {"actionResume", "actionPause", "actionCancel", "actionRetryFailed", "actionRemoveBatch"} <= set(names)


def test_one_mode_is_checked_at_a_time(actions):
    modes = actions["mode_accurate"].actionGroup().actions()
    assert [action.data() for action in modes] == list(MODES)
    for action in modes:
        action.trigger()
        assert [other for other in modes if other.isChecked()] == [action]


def test_grid_and_table_exclude_each_other(actions):
    actions["view_grid"].setChecked(True)
    actions["view_table"].setChecked(True)
    assert (actions["view_grid"].isChecked(), actions["view_table"].isChecked()) == (False, True)
