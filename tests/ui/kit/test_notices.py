import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from ocrdesk.ui.kit import notices
from ocrdesk.ui.kit.notices import FROM_EDGE, LEAST, NoticeBar


@pytest.fixture
def bar(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    pages = QLineEdit(window)
    bar = NoticeBar(window)
    bar.move(0, 100)
    window.move(300, 300)  # away from the pointer
    window.show()
    pages.setFocus()
    yield bar


def buttons(bar: NoticeBar) -> dict[str, QPushButton]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return {button.text(): button for button in bar.findChildren(QPushButton)}


def said_by(bar: NoticeBar) -> list[str]:
    """What can be read at present, from the top."""
    bar.layout().activate()
    labels = [label for label in bar.findChildren(QLabel, "noticeText") if label.isVisibleTo(bar)]
    return [label.text() for label in sorted(labels, key=lambda label: label.parentWidget().y())]


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
    assert said_by(bar) == ["The disk is full.", "99 pages are exported."], "the newest lowest"
    bar.warn("The disk is still full.", about="disk")
    assert said_by(bar) == ["99 pages are exported.", "The disk is still full."]
    bar.withdraw("disk")
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
    assert said_by(bar) == ["“letters”: 2 could not be read.", "“scans” is finished."]
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


@pytest.fixture
def briefly(monkeypatch):
    """News goes at once instead of after seconds."""
    monkeypatch.setattr(notices, "GLANCE", 1)
    monkeypatch.setattr(notices, "DECISION", 1)


@pytest.mark.parametrize("answers", [(), [("Show", lambda: None)]])
def test_news_goes_by_itself_and_a_warning_stays(qtbot, bar, briefly, answers):
    bar.warn("The disk is full.")
    bar.say("5 pages are read.", answers)
    qtbot.waitUntil(lambda: said_by(bar) == ["The disk is full."])


def test_what_can_be_answered_is_there_for_longer(bar):
    bar.say("5 pages are read.")
    glance = bar.findChildren(notices.QTimer)[0].remainingTime()
    bar.say("5 pages are exported.", [("Show folder", lambda: None)])
    assert bar.findChildren(notices.QTimer)[0].remainingTime() > glance


def test_news_that_waits_for_an_answer_stays(bar, briefly):
    bar.say("5 pages are read.")
    bar.say("Shall the library be tidied up?", [("Tidy up", lambda: None)], stays=True)
    assert not bar.findChildren(notices.QTimer)[0].isActive()
    assert bar.text == "Shall the library be tidied up?"


def test_what_waits_for_an_answer_is_shown_again_after_other_news(qtbot, bar, briefly):
    answered = []
    bar.say("Resume?", [("Resume", lambda: answered.append("resume"))], about="resuming", stays=True)
    bar.say("5 pages are read.")
    assert said_by(bar) == ["5 pages are read."]
    qtbot.waitUntil(lambda: said_by(bar) == ["Resume?"])
    qtbot.mouseClick(buttons(bar)["Resume"], Qt.MouseButton.LeftButton)
    assert answered == ["resume"]
    assert not bar.isVisible()


def test_news_stays_while_the_keyboard_is_on_it(qtbot, bar, briefly):
    bar.say("5 pages are exported.", [("Show folder", lambda: None)])
    bar.activateWindow()
    buttons(bar)["Show folder"].setFocus()
    qtbot.waitUntil(buttons(bar)["Show folder"].hasFocus)
    with qtbot.waitSignal(bar.findChildren(notices.QTimer)[0].timeout):
        pass
    assert bar.text == "5 pages are exported."
    buttons(bar)["Show folder"].clearFocus()
    qtbot.waitUntil(lambda: not bar.isVisible())


@pytest.mark.parametrize("width", [500, 1600])
def test_messages_lie_over_the_foot_of_the_window_and_move_nothing(qtbot, width):
    window, below = QWidget(), QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(below)
    bar = NoticeBar()
    bar.lie_over(below, window)
    window.resize(width, 400)
    window.show()
    before = below.geometry()
    bar.say("5 pages are read.")
    bar.warn("The disk is full. " * 20)
    assert below.geometry() == before
    assert before.contains(bar.geometry())
    assert bar.geometry().bottom() == before.bottom() - FROM_EDGE
    assert bar.width() == before.width() - 2 * FROM_EDGE, "a long message takes all the room there is"
    texts = bar.findChildren(QLabel, "noticeText")
    assert all(text.height() >= text.heightForWidth(text.width()) for text in texts)
    window.resize(width + 100, 300)
    assert abs(bar.geometry().center().x() - below.geometry().center().x()) <= 1
    assert bar.geometry().bottom() == below.geometry().bottom() - FROM_EDGE


def test_a_message_higher_than_what_it_lies_over_covers_nothing_above_it(qtbot):
    window, above, head = QWidget(), QWidget(), QWidget()
    qtbot.addWidget(window)
    for part, top, high in ((above, 0, 50), (head, 50, 64)):
        part.setParent(window)
        part.setGeometry(0, top, 480, high)
    bar = NoticeBar()
    bar.lie_over(head, window)
    window.resize(480, 400)
    window.show()
    bar.warn("The disk is full. " * 6, [("Show folder", lambda: None), ("Try again", lambda: None)])
    assert bar.height() > head.height() - 2 * FROM_EDGE
    assert bar.y() > head.y()


def test_a_message_that_takes_the_place_of_a_shorter_one_is_seen_whole(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    bar = NoticeBar()
    bar.lie_over(window, window)
    window.resize(480, 400)
    window.show()
    answers = [(words, lambda: None) for words in ("Show failed", "Show list", "Export…")]
    for words, beside in (("3 pages failed. " * 3, answers), ("Saved.", []), ("4 pages failed. " * 4, answers)):
        bar.warn(words, beside)
        assert seen_whole(bar)
    close(qtbot, bar)
    close(qtbot, bar)
    assert bar.text.startswith("3 pages failed")
    assert seen_whole(bar)


def seen_whole(bar: NoticeBar) -> bool:
    for _ in range(3):
        QCoreApplication.processEvents()
    texts = [label for label in bar.findChildren(QLabel, "noticeText") if label.isVisibleTo(bar)]
    return all(text.height() >= text.heightForWidth(text.width()) for text in texts)


def test_while_what_they_lie_over_is_hidden_messages_lie_over_what_is_around_it(qtbot):
    window, pages = QWidget(), QWidget()
    qtbot.addWidget(window)
    pages.setParent(window)
    pages.setGeometry(100, 0, 300, 380)
    bar = NoticeBar()
    bar.lie_over(pages, window)
    window.resize(600, 400)
    window.show()
    bar.say("5 pages are read. " * 20)
    assert pages.geometry().contains(bar.geometry())
    pages.hide()
    assert bar.width() == 600 - 2 * FROM_EDGE
    pages.show()
    assert pages.geometry().contains(bar.geometry())


def test_a_message_is_as_wide_as_its_words(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    bar = NoticeBar()
    bar.lie_over(window, window)
    window.resize(1200, 400)
    window.show()
    bar.say("Read.")
    assert bar.width() == LEAST
    bar.say("“Letters of the year 1843”: 12,345 pages are read.", [("Show failed", print), ("Export…", print)])
    assert LEAST < bar.width() < 1200 - 2 * FROM_EDGE
    text = bar.findChild(QLabel, "noticeText")
    assert text.heightForWidth(text.width()) < 2 * text.fontMetrics().height(), "there is room for one line"


def test_answers_that_would_make_the_text_narrow_stand_below_it(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    bar = NoticeBar()
    bar.lie_over(window, window)
    window.resize(480, 400)
    window.show()
    answers = [("Show failed", print), ("Show list", print), ("Export…", print)]

    def lies_below() -> bool:
        text = bar.findChild(QLabel, "noticeText")
        button = buttons(bar)["Show failed"]
        return button.mapTo(bar, button.rect().topLeft()).y() >= text.mapTo(bar, text.rect().bottomLeft()).y()

    bar.say(
        "“Letters”: 15 pages are read, 5 could not be read. 3 files were skipped, which are pictures of nothing.",
        answers,
    )
    qtbot.waitUntil(lies_below)
    assert bar.findChild(QLabel, "noticeText").width() > 480 // 2
    window.resize(1200, 400)
    qtbot.waitUntil(lambda: not lies_below())


def test_it_knows_what_there_are_messages_about_also_such_that_stay(qtbot):
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.say("“Letters” was not finished.", about="resuming", stays=True)
    assert bar.has("resuming")
    assert not bar.has("undoing")
    bar.withdraw("resuming")
    assert not bar.has("resuming")
