from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from ocrdesk.settings import MODES
from ocrdesk.ui.actions import batch_menu, fill_menu_bar, make_actions, page_menu


@pytest.fixture
def window(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def actions(window):
    return make_actions(window)


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
        "actionFind": "Ctrl+F",
        "actionNextDoubtful": "F3",
        "actionKeys": "F1",
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


def test_context_menus_hold_what_concerns_a_page_or_a_batch(window, actions):
    names = [action.objectName() for action in page_menu(window, actions).actions() if not action.isSeparator()]
    assert names[0] == "actionRetry"
    assert names[1:3] == ["actionTurnLeft", "actionTurnRight"]
    assert {"actionRetryFailed", "actionCopyText", "actionCopyTables", "actionOpenPicture", "actionRemovePages"} <= set(
        names
    )
    names = [action.objectName() for action in batch_menu(window, actions).actions() if not action.isSeparator()]
    assert {"actionResume", "actionPause", "actionCancel", "actionRetryFailed", "actionRemoveBatch"} <= set(names)


def test_one_mode_is_checked_at_a_time(actions):
    assert [action.data() for action in actions.modes.actions()] == list(MODES)
    for action in actions.modes.actions():
        action.trigger()
        assert [other for other in actions.modes.actions() if other.isChecked()] == [action]


def test_grid_and_table_exclude_each_other(actions):
    actions.view_grid.setChecked(True)
    actions.view_table.setChecked(True)
    assert (actions.view_grid.isChecked(), actions.view_table.isChecked()) == (False, True)
