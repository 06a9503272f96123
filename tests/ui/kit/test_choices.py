"""What was chosen in the window is chosen again at the next start."""

import pytest
from PySide6.QtCore import QByteArray, QSettings

from ocrdesk.ui.kit.choices import KEYS, Choices

OTHER = {bool: True, int: 7, str: "a, b; ümlaut", QByteArray: QByteArray(b"\x00\x01")}
"""For each type something else than what holds at first."""


def test_at_first_everything_is_as_the_table_says(qapp, tmp_path):
    choices = Choices(tmp_path / "settings")
    assert {key: choices.get(key) for key in KEYS} == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_what_is_chosen_is_there_at_the_next_start(qapp, tmp_path, key):
    value = OTHER[type(KEYS[key])]
    choices = Choices(tmp_path)
    choices.set(key, value)
    choices.keep()
    again = Choices(tmp_path).get(key)
    assert (again, type(again)) == (value, type(value))


def test_what_is_in_no_table_is_not_kept(qapp, tmp_path):
    with pytest.raises(AssertionError):
        Choices(tmp_path).set("export/colour", "red")


def test_what_earlier_versions_kept_in_files_of_its_own_is_taken_over_once(qapp, tmp_path):
    earlier = QSettings(str(tmp_path / "export.ini"), QSettings.Format.IniFormat)
    earlier.setValue("folder", "/home/anna/out")
    earlier.setValue("tables", True)
    earlier.sync()
    choices = Choices(tmp_path)
    assert (choices.get("export/folder"), choices.get("export/tables")) == ("/home/anna/out", True)
    assert not (tmp_path / "export.ini").exists()
    choices.set("export/folder", "/home/anna/other")
    choices.keep()
    assert Choices(tmp_path).get("export/folder") == "/home/anna/other"


def test_where_nothing_can_be_kept_choices_hold_all_the_same(qapp, tmp_path):
    (tmp_path / "settings").write_text("a file where the folder should be", encoding="utf-8")
    choices = Choices(tmp_path / "settings")
    choices.set("table", True)
    assert choices.get("table") is True
