import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QListWidget, QMainWindow, QTextBrowser

from ocrdesk.ui.window.help_dialog import HelpDialog
from ocrdesk.ui.window.help_pages import HELP_PAGES
from ocrdesk.ui.window.menus import make_actions


@pytest.fixture
def window(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def actions(window):
    actions = make_actions()
    actions.setParent(window)
    return actions


@pytest.fixture
def shown(qtbot, window, actions):
    dialog = HelpDialog(actions, window)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def titles(dialog) -> list[str]:
    pages = dialog.findChild(QListWidget, "helpPages")
    return [pages.item(row).text() for row in range(pages.count())]


def text(dialog) -> str:
    return dialog.findChild(QTextBrowser, "helpPage").toPlainText()


def search(dialog, words: str) -> list[str]:
    dialog.findChild(QLineEdit, "helpSearch").setText(words)
    return titles(dialog)


def choose(dialog, title: str) -> str:
    pages = dialog.findChild(QListWidget, "helpPages")
    pages.setCurrentRow(titles(dialog).index(title))
    return text(dialog)


def test_there_is_a_page_for_each_task_and_one_with_the_keys(shown):
    assert {
        "Add pages", "Find failed pages", "Correct the reading order", "Export", "Paste and read the screen", "Keys",
    } <= set(titles(shown))  # fmt: skip
    assert text(shown).startswith("Add pages\n")


def test_commands_are_called_as_in_the_menus_and_have_their_keys(shown, actions):
    assert "choose Add folder… (Ctrl+O) or Add files… (Ctrl+Shift+O)" in choose(shown, "Add pages")
    for page in HELP_PAGES:
        for name in re.findall(r"\{(\w+)\}", " ".join(page.paragraphs)):
            assert actions[name].text() in choose(shown, page.title)


def test_no_page_has_braces_left(shown):
    for title in titles(shown):
        assert not set("{}") & set(choose(shown, title)), title


def test_every_key_is_listed(shown, actions):
    rows = choose(shown, "Keys")
    for action in actions.all():
        for shortcut in action.shortcuts():
            key = shortcut.toString(QKeySequence.SequenceFormat.NativeText)
            assert f"{key}\n{action.text().rstrip('…')}\n" in rows, action.objectName()
    assert "Esc\n" in rows


def test_pages_and_keys_are_searched_together(shown):
    assert search(shown, "PASSWORD") == ["Find failed pages"]
    assert "password" in text(shown)
    found = search(shown, "export  again")
    assert found == ["Export", "Keys"]
    assert "Ctrl+Shift+E" in choose(shown, "Keys")
    assert "Ctrl+O\n" not in text(shown)


def test_a_key_is_found_by_its_name(shown):
    assert "Keys" in search(shown, "shift+f5")
    assert "Retry failed" in choose(shown, "Keys")
    assert "Add folder" not in text(shown)


def test_words_are_found_by_their_beginning(shown):
    assert search(shown, "tur") == ["Find failed pages", "Organize and undo", "Keys"]
    assert "Return" not in choose(shown, "Keys")


def test_the_page_of_keys_is_whole_when_it_is_searched_for_by_its_title(shown):
    assert search(shown, "keys") == ["Keys"]
    assert "Ctrl+O" in text(shown)


def test_what_is_not_there_is_said_letter_for_letter(shown):
    assert search(shown, "<b>zebra") == []
    assert text(shown) == "Nothing was found for “<b>zebra”."
    assert search(shown, " ")[0] == "Add pages"
    assert text(shown).startswith("Add pages\n")


def test_arrows_go_through_the_pages_while_something_is_typed(qtbot, shown):
    field = shown.findChild(QLineEdit, "helpSearch")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert text(shown).startswith(f"{titles(shown)[1]}\n")
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert text(shown).startswith("Add pages\n")
