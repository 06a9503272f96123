import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from ocrdesk.ui.kit.notices import NoticeBar


@pytest.fixture
def bar(qtbot):
    bar = NoticeBar()
    qtbot.addWidget(bar)
    return bar


def buttons(bar: NoticeBar) -> dict[str, QPushButton]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return {button.text(): button for button in bar.findChildren(QPushButton)}


def said_by(bar: NoticeBar) -> list[str]:
    """What can be read at present, from the top."""
    return [label.text() for label in bar.findChildren(QLabel, "noticeText") if label.isVisibleTo(bar)]


def counted(bar: NoticeBar) -> str:
    return "".join(label.text() for label in bar.findChildren(QLabel, "noticeCount") if label.isVisibleTo(bar))


def close(qtbot, bar: NoticeBar) -> None:
    """Closes the message at the top."""
    closing = [button for button in bar.findChildren(QToolButton, "noticeClose") if button.isVisibleTo(bar)]
    qtbot.mouseClick(closing[0], Qt.MouseButton.LeftButton)


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


def test_newer_news_take_the_place_of_older_ones_with_their_buttons(qtbot, bar):
    said = []
    bar.say("Old.", [("Old", lambda: said.append("old")), ("Older", lambda: said.append("older"))])
    bar.say("New.", [("New", lambda: said.append("new"))])
    assert (bar.text, list(buttons(bar))) == ("New.", ["New"])
    qtbot.mouseClick(buttons(bar)["New"], Qt.MouseButton.LeftButton)
    assert said == ["new"]
    assert not bar.isVisible()


def test_a_warning_stays_whatever_else_is_told(qtbot, bar):
    bar.warn("The disk is full.", [("Resume", lambda: None)])
    for number in range(100):
        bar.say(f"{number} pages are exported.")
    assert said_by(bar) == ["99 pages are exported.", "The disk is full."]
    close(qtbot, bar)
    assert said_by(bar) == ["The disk is full."]
    qtbot.mouseClick(buttons(bar)["Resume"], Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_of_several_warnings_none_is_lost(qtbot, bar):
    for words in ("One failed.", "Two failed.", "The disk is full."):
        bar.warn(words)
    bar.warn("Two failed.")  # once more
    assert (said_by(bar), counted(bar)) == (["Two failed."], "1 of 3")
    close(qtbot, bar)
    assert (said_by(bar), counted(bar)) == (["The disk is full."], "1 of 2")
    close(qtbot, bar)
    assert (said_by(bar), counted(bar)) == (["One failed."], "")
    close(qtbot, bar)
    assert not bar.isVisible()


def test_what_is_told_later_about_the_same_takes_its_place(bar):
    bar.warn("“scans”: 1 could not be read.", about="scans")
    bar.warn("“letters”: 2 could not be read.", about="letters")
    bar.say("“scans” is finished.", about="scans")
    assert said_by(bar) == ["“scans” is finished.", "“letters”: 2 could not be read."]
    assert counted(bar) == ""


def test_it_can_be_closed_by_mouse_and_by_key(qtbot, bar):
    bar.say("Well.")
    close(qtbot, bar)
    assert not bar.isVisible()
    bar.say("Well.", [("Do", lambda: None)])
    qtbot.keyClick(buttons(bar)["Do"], Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_markup_in_a_file_name_is_shown_as_it_is(bar):
    bar.say("<b>scan</b>.png failed.")
    assert bar.text == "<b>scan</b>.png failed."
    bar.adjustSize()
    assert bar.grab().toImage().width() > 0


def test_a_message_is_taken_back_that_is_true_no_longer(bar):
    bar.say("Not finished.", about="resuming")
    bar.warn("One failed.")
    bar.warn("The disk is full.", about="resuming")
    assert said_by(bar) == ["The disk is full."]
    bar.withdraw("resuming")
    assert said_by(bar) == ["One failed."]
    bar.withdraw("resuming")
    assert bar.text == "One failed."
