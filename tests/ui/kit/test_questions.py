"""Questions are asked in the program's own words, and lose nothing by mistake."""

from collections.abc import Callable

import pytest
from fakes import PATIENCE
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMainWindow, QPushButton

from ocrdesk.ui.kit import questions
from ocrdesk.ui.kit.dialog import Dialog
from ocrdesk.ui.kit.questions import answered, choice, confirmed, last_words


@pytest.fixture
def window(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


def with_the_dialog(act: Callable[[Dialog], object]) -> None:
    """Does something with the dialog that opens next."""
    QTimer.singleShot(0, lambda: act(QApplication.activeModalWidget()))


def said(dialog: Dialog) -> list[str]:
    return [dialog.findChild(QLabel, name).text() for name in ("dialogTitle", "dialogSentence")]


def press(dialog: Dialog, words: str) -> None:
    next(button for button in dialog.findChildren(QPushButton) if button.text() == words).click()


def test_a_question_is_answered_by_its_own_words_and_keeps_by_default(qtbot, window):
    def ask(act):
        texts = []
        with_the_dialog(lambda dialog: texts.extend(said(dialog)) or act(dialog))
        answer = confirmed(window, "Remove these 3 pages?", "The files stay.", "Remove 3 pages")
        assert texts == ["Remove these 3 pages?", "The files stay."]
        return answer

    assert ask(lambda dialog: press(dialog, "Remove 3 pages")) is True
    assert ask(lambda dialog: press(dialog, "Cancel")) is False
    assert ask(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return)) is False
    assert ask(lambda dialog: qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)) is False
    assert ask(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape)) is False


def test_of_several_ways_the_return_key_takes_one_that_loses_nothing(qtbot, window):
    ways = {"Replace 2 files": "replace", "Skip": "skip", "Keep both": "both"}

    def ask(act):
        with_the_dialog(act)
        return choice(window, "2 files exist already.", "They would be gone.", ways, losing="replace")

    assert ask(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return)) == "both"
    assert ask(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape)) is None
    for words, way in ways.items():
        assert ask(lambda dialog, words=words: press(dialog, words)) == way


def test_a_button_with_the_focus_is_the_one_that_the_return_key_presses(qtbot, window):
    def go_on(dialog):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)

    with_the_dialog(go_on)
    assert confirmed(window, "Remove this page?", "", "Remove page") is True


def test_names_that_look_like_markup_are_asked_about_letter_for_letter(window):
    texts = []

    def read(dialog):
        labels = [label for label in dialog.findChildren(QLabel) if label.text()]
        texts.extend(label.text() for label in labels)
        assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)
        dialog.reject()

    with_the_dialog(read)
    confirmed(window, "Remove “<b>x</b>”?", "From “<i>y</i>”.", "Remove")
    with_the_dialog(read)
    last_words("No room in “<s>w</s>”.")
    assert len(texts) == 4


def test_last_words_can_be_read_and_go_away_by_themselves(qtbot, monkeypatch):
    delays = []

    def at_once(delay, act):
        delays.append(delay)
        single_shot(0, act)

    single_shot = QTimer.singleShot
    monkeypatch.setattr(questions, "QTimer", type("AtOnce", (), {"singleShot": staticmethod(at_once)}))
    texts = []
    with_the_dialog(lambda dialog: texts.extend(said(dialog)))
    last_words("The library is damaged.")
    assert texts == ["ocrdesk cannot start", "The library is damaged."]
    assert 5_000 <= delays[0] <= 1000 * PATIENCE
    assert not any(isinstance(widget, Dialog) and widget.isVisible() for widget in QApplication.topLevelWidgets())


@pytest.mark.parametrize(
    ("key", "answer"), [(Qt.Key.Key_Return, "A name that is longer than most"), (Qt.Key.Key_Escape, None)]
)
def test_return_gives_the_answer_and_escape_none(qtbot, window, key, answer):
    seen = []

    def press_key(dialog) -> None:
        field = dialog.findChild(QLineEdit)
        seen.append((field.echoMode(), field.width(), field.selectedText(), dialog.focusWidget() is field))
        qtbot.keyClick(field, key)

    with_the_dialog(press_key)
    name = "A name that is longer than most"
    assert answered(window, "Rename batch", "Name", "Rename", name) == answer
    echo, width, selected, has_focus = seen[0]
    assert echo == QLineEdit.EchoMode.Normal
    assert width > 350
    assert (selected, has_focus) == (name, True)


def test_a_password_is_not_shown(window):
    seen = []
    with_the_dialog(lambda dialog: seen.append(dialog.findChild(QLineEdit).echoMode()) or dialog.reject())
    assert answered(window, "Protected PDF", "Password", "Open", secret=True) is None
    assert seen == [QLineEdit.EchoMode.Password]
