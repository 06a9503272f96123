import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from ocrdesk.ui.notices import NoticeBar


@pytest.fixture
def bar(qtbot):
    bar = NoticeBar()
    qtbot.addWidget(bar)
    return bar


def buttons(bar: NoticeBar) -> dict[str, QPushButton]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return {button.text(): button for button in bar.findChildren(QPushButton)}


def test_a_message_appears_and_is_spoken(bar):
    assert not bar.isVisible()
    bar.say("5 pages are read.")
    assert bar.isVisible()
    assert bar.text == bar.accessibleName() == "5 pages are read."
    assert buttons(bar) == {}


def test_an_answer_hides_the_message_and_does_what_it_says(qtbot, bar):
    said = []
    bar.warn("Two failed.", [("Show", lambda: said.append(("show", bar.isVisible()))), ("Later", said.clear)])
    assert list(buttons(bar)) == ["Show", "Later"]
    qtbot.mouseClick(buttons(bar)["Show"], Qt.MouseButton.LeftButton)
    assert said == [("show", False)]
    assert not bar.isVisible()


def test_an_answer_may_say_something_itself(qtbot, bar):
    bar.say("Retry?", [("Retry", lambda: bar.warn("There is nothing to retry."))])
    qtbot.mouseClick(buttons(bar)["Retry"], Qt.MouseButton.LeftButton)
    assert bar.isVisible()
    assert bar.text == "There is nothing to retry."
    assert buttons(bar) == {}


def test_a_newer_message_takes_the_place_of_an_older_one_with_its_buttons(qtbot, bar):
    said = []
    bar.warn("Old.", [("Old", lambda: said.append("old")), ("Older", lambda: said.append("older"))])
    bar.say("New.", [("New", lambda: said.append("new"))])
    assert (bar.text, list(buttons(bar))) == ("New.", ["New"])
    qtbot.mouseClick(buttons(bar)["New"], Qt.MouseButton.LeftButton)
    assert said == ["new"]


def test_it_can_be_closed_by_mouse_and_by_key(qtbot, bar):
    bar.say("Well.")
    qtbot.mouseClick(bar.findChild(QToolButton, "noticeClose"), Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    bar.say("Well.", [("Do", lambda: None)])
    qtbot.keyClick(buttons(bar)["Do"], Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_markup_in_a_file_name_is_shown_as_it_is(bar):
    bar.say("<b>scan</b>.png failed.")
    assert bar.text == "<b>scan</b>.png failed."
    bar.adjustSize()
    assert bar.grab().toImage().width() > 0


def test_a_message_is_taken_back_only_while_it_is_the_one_shown(bar):
    bar.say("Not finished.")
    bar.say("Exported.")
    bar.withdraw("Not finished.")
    assert bar.isVisible()
    bar.withdraw("Exported.")
    assert not bar.isVisible()
