import pytest
from PySide6.QtCore import Qt

from ocrdesk.ui.search.search_field import SearchField

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def field(qtbot):
    field = SearchField()
    qtbot.addWidget(field)
    return field


def test_what_is_typed_is_told_once_after_a_pause(qtbot, field):
    told = []
    field.typed.connect(told.append)
    qtbot.keyClicks(field, "lane")
    qtbot.waitUntil(lambda: told == ["lane"])


def test_return_does_not_wait_and_then_goes_on(qtbot, field):
    told, walked = [], []
    field.typed.connect(told.append)
    field.walked.connect(walked.append)
    qtbot.keyClicks(field, "lane")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (told, walked) == (["lane"], [])
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Return, SHIFT)
    assert (told, walked) == (["lane"], [1, -1])


def test_an_emptied_field_is_told_at_once(field):
    told = []
    field.setText("lane")
    field.typed.connect(told.append)
    field.clear()
    assert told == [""]


@pytest.mark.parametrize(("key", "signal"), [(Qt.Key.Key_Down, "list_wanted"), (Qt.Key.Key_Escape, "left")])
def test_keys_that_lead_away(qtbot, field, key, signal):
    with qtbot.waitSignal(getattr(field, signal)):
        qtbot.keyClick(field, key)
