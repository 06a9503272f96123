"""Questions before something is forgotten or for a few words, and the last words of a program that cannot start."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMessageBox, QWidget

from ocrdesk.ui.kit.plain import plainly

_WIDTH = 420


def confirmed(parent: QWidget, question: str, detail: str, yes: str) -> bool:
    """Asks before something is forgotten; the button that keeps it is the default."""
    box = QMessageBox(
        QMessageBox.Icon.Question, "ocrdesk", plainly(question), QMessageBox.StandardButton.Cancel, parent
    )
    box.setInformativeText(plainly(detail))
    agree = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    return box.clickedButton() is agree


def answered(parent: QWidget, title: str, question: str, answer: str = "", *, secret: bool = False) -> str | None:
    """Asks for a few words, beginning with an answer; None: nothing is to be done."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(plainly(question))
    dialog.setTextValue(answer)
    if secret:
        dialog.setTextEchoMode(QLineEdit.EchoMode.Password)
    dialog.resize(_WIDTH, dialog.sizeHint().height())  # a name is longer than the field would be
    return str(dialog.textValue()) if dialog.exec() else None


def last_words(text: str) -> None:
    """Tells why the program cannot start; goes away by itself, because nobody may be looking."""
    box = QMessageBox(QMessageBox.Icon.Warning, "ocrdesk", plainly(text), QMessageBox.StandardButton.Close)
    QTimer.singleShot(15_000, box.reject)
    box.exec()
