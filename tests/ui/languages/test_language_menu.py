"""Languages ticked in a menu."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from ocrdesk.engine.recognition.languages import Language, Origin
from ocrdesk.ui.languages.language_menu import LanguageMenu

WAYS = {None: "As the batch", (): "Automatic"}


@pytest.fixture
def menu(qtbot):
    menu = LanguageMenu()
    qtbot.addWidget(menu)
    return menu


@pytest.fixture
def decided(menu) -> list[object]:
    decided: list[object] = []
    menu.decided.connect(decided.append)
    return decided


def filled(menu, *ticked):
    languages = [Language(key, Path(f"{key}.traineddata"), Origin.SHIPPED) for key in ("ukr", "ara", "ell")]
    menu.fill(WAYS, languages, set(ticked))
    return {entry.text(): entry for entry in menu.actions() if entry.text()}


def ticked(entries) -> list[str]:
    return [words for words, entry in entries.items() if entry.isChecked()]


def test_languages_stand_by_name_below_the_ways_to_tick_none(menu):
    assert list(filled(menu, ())) == ["As the batch", "Automatic", "Arabic", "Greek", "Ukrainian"]


@pytest.mark.parametrize(
    ("present", "expected"),
    [
        ([None], ["As the batch"]),
        ([()], ["Automatic"]),
        ([("ell", "ara")], ["Arabic", "Greek"]),
        ([("ell",), None], []),
        ([], []),
    ],
)
def test_what_is_set_is_ticked_and_nothing_where_pages_differ(menu, present, expected):
    assert ticked(filled(menu, *present)) == expected


def test_what_was_ticked_is_told_when_it_is_closed_and_not_before(menu, decided):
    entries = filled(menu, None)
    entries["Greek"].trigger()
    entries["Arabic"].trigger()
    assert ticked(entries) == ["Arabic", "Greek"]
    assert decided == []
    menu.aboutToHide.emit()
    assert decided == [("ara", "ell")]
    menu.aboutToHide.emit()
    assert len(decided) == 1


def test_a_way_to_tick_none_takes_the_ticks_away(menu, decided):
    entries = filled(menu, ("ell", "ara"))
    entries["As the batch"].trigger()
    assert ticked(entries) == ["As the batch"]
    menu.aboutToHide.emit()
    assert decided == [None]


def test_where_the_last_tick_is_taken_away_the_reader_chooses(menu, decided):
    entries = filled(menu, ("ell",))
    entries["Greek"].trigger()
    assert ticked(entries) == ["Automatic"]
    menu.aboutToHide.emit()
    assert decided == [()]


def test_whoever_only_looks_changes_nothing(menu, decided):
    filled(menu, ("ell",), None)
    menu.aboutToHide.emit()
    assert decided == []


def test_it_stays_open_for_the_next_tick_by_mouse_and_keys(qtbot, menu, decided):
    entries = filled(menu, ())
    menu.popup(menu.pos())
    qtbot.waitUntil(menu.isVisible)
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entries["Greek"]).center())
    menu.setActiveAction(entries["Ukrainian"])
    qtbot.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible()
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not menu.isVisible())
    assert decided == [("ell", "ukr")]
