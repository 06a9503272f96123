"""Questions before something is forgotten or for a few words, and the last words of a program that cannot start."""

from collections.abc import Mapping
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from ocrdesk.engine.words import _
from ocrdesk.ui.kit.dialog import NARROW, Dialog

_Choice = TypeVar("_Choice")


class Question(Dialog):
    """A question that is answered by a button; the one that loses nothing has the focus and the return key."""

    def __init__(self, parent: QWidget, question: str, detail: str) -> None:
        super().__init__(question, detail, parent, width=NARROW)
        self.setObjectName("question")
        self.chosen: object | None = None

    def offer(self, answers: Mapping[str, object], *, losing: object) -> None:
        """Adds a button for each answer, and one for none before them.

        Args:
            answers: What the buttons say, and what that means.
            losing: The answer by which something is lost.
        """
        keeping = self.add_cancel()
        for words, answer in answers.items():
            is_losing = answer == losing
            button = self.add_button(words, partial(self._choose, answer), kind="danger" if is_losing else "")
            keeping = keeping if is_losing else button
        keeping.setDefault(True)
        keeping.setFocus()

    def _choose(self, answer: object) -> None:
        self.chosen = answer
        self.accept()


def confirmed(parent: QWidget, question: str, detail: str, yes: str) -> bool:
    """Asks before something is forgotten; the button that keeps it is the default."""
    return choice(parent, question, detail, {yes: True}, losing=True) is True


def choice(
    parent: QWidget, question: str, detail: str, answers: Mapping[str, _Choice], *, losing: _Choice
) -> _Choice | None:
    """Asks which of some ways to take; None: none of them.

    Args:
        parent: The window.
        question: As short as a title.
        detail: What there is to know about it, in a sentence.
        answers: What the buttons say, and what that means.
        losing: The answer by which something is lost; the last of the others is the default.
    """
    dialog = Question(parent, question, detail)
    dialog.offer(answers, losing=losing)
    dialog.exec()
    dialog.deleteLater()
    return dialog.chosen  # type: ignore[return-value]


def answered(
    parent: QWidget, title: str, question: str, verb: str, answer: str = "", *, secret: bool = False
) -> str | None:
    """Asks for a few words, beginning with an answer; None: nothing is to be done.

    Args:
        parent: The window.
        title: What it is about.
        question: What the words are.
        verb: What is done with them.
        answer: What the field has at first.
        secret: Whether nobody may look over one's shoulder.
    """
    dialog = Dialog(title, question, parent, width=NARROW)
    dialog.setObjectName("answerDialog")
    field = QLineEdit(answer, objectName="answerField")
    field.setAccessibleName(question)
    if secret:
        field.setEchoMode(QLineEdit.EchoMode.Password)
    dialog.content.addWidget(field)
    dialog.add_cancel()
    dialog.add_button(verb, dialog.accept, name="answerGive", kind="primary")
    field.selectAll()
    field.setFocus()
    is_given = dialog.exec()
    dialog.deleteLater()
    return field.text() if is_given else None


def last_words(text: str) -> None:
    """Tells why the program cannot start; goes away by itself, because nobody may be looking."""
    dialog = Dialog(_("ocrdesk cannot start"), text, width=NARROW)
    dialog.add_button(_("Close"), dialog.reject, kind="primary")
    QTimer.singleShot(15_000, dialog.reject)
    dialog.exec()
