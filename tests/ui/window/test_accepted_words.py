import pytest
from fakes import batch_of, keep, words_line
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QPushButton

from ocrdesk.engine.document import Reading
from ocrdesk.ui.window import settings_commands
from ocrdesk.ui.window.accepted_words_dialog import AcceptedWordsDialog


@pytest.fixture
def dialog(qtbot):
    dialog = AcceptedWordsDialog({"smith", "bäcker"})
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def words(dialog) -> list[str]:
    shown = dialog.findChild(QListWidget, "acceptedWords")
    return [shown.item(row).text() for row in range(shown.count())]


def add(qtbot, dialog, word: str) -> None:
    field = dialog.findChild(QLineEdit, "newWord")
    field.setText(word)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_words_are_added_as_lists_have_them_and_each_once(qtbot, dialog):
    assert words(dialog) == ["bäcker", "smith"]
    for word in ("“Jones”,", "SMITH", "  ", "--"):
        add(qtbot, dialog, word)
    assert words(dialog) == ["bäcker", "jones", "smith"]
    assert dialog.isVisible(), "Return added a word and did not close the dialog"
    assert dialog.changes() == ({"jones"}, set())


def test_words_are_removed(qtbot, dialog):
    button = dialog.findChild(QPushButton, "removeWords")
    assert not button.isEnabled()
    dialog.findChild(QListWidget, "acceptedWords").setCurrentRow(1)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert dialog.changes() == (set(), {"smith"})
    add(qtbot, dialog, "Smith")
    assert dialog.changes() == (set(), set())


def test_pages_with_a_word_that_was_added_or_removed_are_counted_anew(desk, monkeypatch):
    _, pages = batch_of(desk.library, 2)
    for page_id, word in zip(pages, ("Xanadu", "Kubla"), strict=True):
        keep(desk.library, page_id, Reading((words_line((word, 0.5)),), 200, 100))
    desk.library.user_words.add("Kubla")
    desk.library.texts.renew(pages)

    def counts() -> list[int]:
        return [desk.library.page(page_id).to_check for page_id in pages]

    assert counts() == [1, 0]

    class Answered(AcceptedWordsDialog):
        """Is answered at once."""

        def exec(self):
            return self.DialogCode.Accepted

        def changes(self):
            return {"xanadu"}, {"kubla"}

    monkeypatch.setattr(settings_commands, "AcceptedWordsDialog", Answered)
    desk.action("actionAcceptedWords").trigger()
    desk.until(lambda: counts() == [0, 1])
    assert desk.library.user_words.known() == {"xanadu"}
