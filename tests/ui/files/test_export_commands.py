import os
import threading

import pytest
from fakes import batch_of, keep, line, reading
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from ocrdesk.engine.document import Reading
from ocrdesk.engine.export.export import Export, Plan
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.files import export_commands
from ocrdesk.ui.files.export_commands import ExportCommands, ask_about_existing
from ocrdesk.ui.files.export_dialog import ExportDialog
from ocrdesk.ui.kit.questions import Question


class Desk:
    def __init__(self, qtbot, library, laid, folder) -> None:
        self.qtbot, self.out = qtbot, folder / "out"
        self.batch_id, self.pages = batch_of(library, 3)
        for page_id in self.pages:
            keep(library, page_id, reading("some", "text"))
        laid.batches.follow(None)
        self.window = laid.window
        self.desk = desk = laid
        self.actions, self.notices, self.under_way = desk.actions, desk.notices, desk.under_way
        self.commands = ExportCommands(desk)
        desk.chosen.choose_batch(self.batch_id)

    def choose(self, *batch_ids) -> None:
        for batch_id in batch_ids:
            self.desk.chosen.tell(Change(batch_id))
        self.desk.chosen.batch_ids = list(batch_ids)

    def when(self, kind, act) -> None:
        """Does something with the next dialog of a kind."""

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, kind):
                act(dialog)
            else:
                QTimer.singleShot(5, look)

        QTimer.singleShot(0, look)

    def export(self, *, accept: bool = True, key: str = "txt", **fields: str) -> None:
        def fill(dialog) -> None:
            dialog.findChild(QPushButton, f"format-{key}").click()
            for name, text in {"Folder": str(self.out), **fields}.items():
                dialog.findChild(QLineEdit, f"export{name}").setText(text)
            (dialog.accept if accept else dialog.reject)()

        self.when(QDialog, fill)
        self.actions["export"].trigger()

    def wait(self) -> None:
        self.qtbot.waitUntil(self.actions["export"].isEnabled)

    def files(self) -> list[str]:
        return sorted(path.name for path in self.out.iterdir()) if self.out.exists() else []

    def answer(self, words: str) -> None:
        def press(question: Question) -> None:
            next(button for button in question.findChildren(QPushButton) if button.text() == words).click()

        self.when(Question, press)


@pytest.fixture
def desk(qtbot, library, laid, tmp_path):
    return Desk(qtbot, library, laid, tmp_path)


def test_pages_are_exported_and_it_is_told(desk):
    assert not desk.actions["export_again"].isEnabled(), "nothing was exported before"
    desk.export()
    desk.wait()
    assert desk.files() == ["1.png.txt", "2.png.txt", "3.png.txt"]
    assert desk.notices.text == "3 pages were written to 3 text files in “out”."
    assert answers(desk) == ["Show folder"]
    assert desk.actions["export_again"].isEnabled()


def test_where_several_batches_are_chosen_it_is_enough_that_one_was_read(desk, library, tmp_path):
    waiting, _ = batch_of(library, 1, tmp_path / "waiting")
    desk.choose(waiting)
    desk.desk.chosen.choose_batch(waiting)
    assert not desk.actions["export"].isEnabled()
    desk.desk.chosen.choose_batches([waiting, desk.batch_id])
    assert desk.actions["export"].isEnabled()


def answers(desk) -> list[str]:
    """What the buttons of the messages say."""
    return [button.text() for button in desk.notices.findChildren(QPushButton) if button.isVisibleTo(desk.window)]


def test_one_file_can_be_opened(desk, monkeypatch):
    opened = []
    monkeypatch.setattr(export_commands, "open_outside", lambda path: opened.append(path) or False)
    desk.export(key="csv")
    desk.wait()
    assert desk.notices.text == "3 pages were written to “scans.csv”."
    assert answers(desk) == ["Show folder", "Open"]
    next(button for button in desk.notices.findChildren(QPushButton) if button.text() == "Open").click()
    assert opened == [desk.out / "scans.csv"]
    assert "No program could be started for “scans.csv”." in desk.notices.text


@pytest.mark.parametrize("fails", [False, True])
def test_the_folder_is_shown_afterwards_if_that_is_wanted_and_something_was_written(desk, monkeypatch, fails):
    shown = []
    monkeypatch.setattr(export_commands, "show_folder", lambda path, notices: shown.append(path))
    desk.desk.choices.set("export/show", True)
    if fails:
        desk.out.write_text("a file", encoding="utf-8")
    desk.export()
    desk.wait()
    assert shown == ([] if fails else [desk.out])


def test_a_batch_that_was_never_exported_begins_as_another_was_last(desk, library, tmp_path):
    other, (page_id,) = batch_of(library, 1, tmp_path / "letters")
    keep(library, page_id, reading("a letter"))
    desk.desk.chosen.tell(Change(other))
    seen = []

    def look(dialog) -> None:
        seen.append(dialog.chosen().format)
        dialog.reject()

    for batch_id, key in ((desk.batch_id, "docx"), (other, "md")):
        desk.desk.chosen.choose_batch(batch_id)
        desk.when(ExportDialog, look)
        desk.actions["export"].trigger()
        desk.export(key=key)
        desk.wait()
    for batch_id in (desk.batch_id, other):
        desk.desk.chosen.choose_batch(batch_id)
        desk.when(ExportDialog, look)
        desk.actions["export"].trigger()
    assert seen == ["pdf", "docx", "docx", "md"]


def test_words_can_be_reviewed_first(desk, library, monkeypatch):
    keep(library, desk.pages[0], reading("unsure", confidence=0.1))
    called = []
    monkeypatch.setattr(type(desk.actions), "call", lambda actions, name: called.append(name))
    desk.when(ExportDialog, lambda dialog: dialog.findChild(QPushButton, "exportReviewFirst").click())
    desk.actions["export"].trigger()
    assert desk.files() == []
    assert called == ["review"]


def test_a_dialog_that_is_left_exports_nothing(desk):
    desk.export(accept=False)
    assert desk.files() == []
    assert not desk.actions["export_again"].isEnabled()


def test_the_same_again_needs_no_dialog(desk):
    desk.export()
    desk.wait()
    for path in desk.out.iterdir():
        path.unlink()
    desk.actions["export_again"].trigger()
    desk.wait()
    assert len(desk.files()) == 3


@pytest.mark.parametrize(
    ("answer", "kept", "files"),
    [("Keep both", True, 6), ("Skip", True, 3), ("Replace 3 files", False, 3), ("Cancel", True, 3)],
)
def test_what_exists_is_asked_about_once(desk, answer, kept, files):
    desk.export()
    desk.wait()
    old = desk.out / "1.png.txt"
    old.write_text("mine", encoding="utf-8")
    desk.answer(answer)
    desk.actions["export_again"].trigger()
    desk.wait()
    assert (old.read_text(encoding="utf-8") == "mine") is kept
    assert len(desk.files()) == files


def test_an_export_can_be_cancelled(desk, monkeypatch):
    begun = threading.Event()

    def run(self, cancel, progress):
        begun.set()
        assert cancel.wait(20)
        return real(self, cancel, progress)

    real = Export.run
    monkeypatch.setattr(Export, "run", run)
    desk.export()
    desk.qtbot.waitUntil(begun.is_set)
    assert not desk.actions["export"].isEnabled(), "one at a time"
    assert desk.under_way.text == "Exporting: 0 of 3 pages"
    assert desk.notices.text == ""
    desk.under_way.findChild(QToolButton).click()
    desk.wait()
    assert not desk.under_way.isVisible()
    assert desk.notices.text == "The export was cancelled. No file was written."
    assert answers(desk) == []
    assert desk.files() == []


def test_a_folder_that_cannot_be_made_is_told(desk, tmp_path):
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    desk.export()
    desk.wait()
    assert "out" in desk.notices.text
    assert "No file was written." in desk.notices.text
    assert answers(desk) == [], "there is nothing to be shown"


def test_without_a_batch_nothing_can_be_exported(desk):
    desk.desk.chosen.choose_batch(None)
    assert not desk.actions["export"].isEnabled()
    assert not desk.actions["export_again"].isEnabled()


@pytest.mark.parametrize(
    ("existing", "words"),
    [
        (["a/1.txt"], "“1.txt” exists already · In “{}/a”."),
        (["a/1.txt", "a/2.txt"], "2 of 3 files exist already · In “{}/a”."),
        (["a/1.txt", "a/2.txt", "b/c/3.txt"], "All 3 files exist already · In “{}”."),
    ],
)
def test_it_says_how_many_exist_and_where_all_of_them_are(qtbot, tmp_path, existing, words):
    window, seen = QWidget(), []
    qtbot.addWidget(window)
    targets = tuple(tmp_path / name for name in ("a/1.txt", "a/2.txt", "b/c/3.txt"))
    plan = Plan(targets, tuple(tmp_path / name for name in existing))

    def look() -> None:
        question = window.findChild(Question)
        said = (question.findChild(QLabel, name).text() for name in ("dialogTitle", "dialogSentence"))
        seen.append(" · ".join(said))
        qtbot.keyClick(question, Qt.Key.Key_Escape)

    QTimer.singleShot(0, look)
    assert ask_about_existing(window, plan) is None
    assert seen[0].startswith(words.replace("/", os.sep).format(tmp_path))


def test_several_batches_each_in_a_folder_of_its_own(desk, library, tmp_path):
    other, pages = batch_of(library, 2, tmp_path / "letters")
    for page_id in pages:
        keep(library, page_id, reading("a letter"))
    third, (page_id,) = batch_of(library, 1, tmp_path / "unwanted")
    keep(library, page_id, reading("not wanted"))
    desk.choose(desk.batch_id, other)
    desk.export()
    desk.wait()
    assert desk.files() == ["letters", "scans"]
    assert len(list((desk.out / "scans").iterdir())) == 3
    desk.choose(desk.batch_id, other, third)
    desk.answer("Skip")
    desk.actions["export_again"].trigger()
    desk.wait()
    desk.qtbot.waitUntil(lambda: "unwanted" in desk.files())


def test_names_that_were_chosen_hold_for_several_batches_too(desk, library, tmp_path):
    other, pages = batch_of(library, 2, tmp_path / "letters")
    for page_id in pages:
        keep(library, page_id, reading("a letter"))
    desk.choose(desk.batch_id, other)
    desk.export(Template="{index}")
    desk.wait()
    assert desk.files() == [f"{number}.txt" for number in range(1, 6)]


def test_tables_alone_are_exported_again_as_chosen_last(desk, library):
    cells = [line(f"{name}{row}", left, 20 * row, 40) for row in range(3) for name, left in (("a", 0), ("b", 90))]
    keep(library, desk.pages[1], Reading(tuple(cells), 200, 300))

    def choose(dialog) -> None:
        dialog.findChild(QPushButton, "format-csv").click()
        dialog.findChild(QCheckBox, "exportTables").setChecked(True)
        dialog.findChild(QLineEdit, "exportFolder").setText(str(desk.out))
        dialog.accept()

    desk.when(QDialog, choose)
    desk.actions["export"].trigger()
    desk.wait()
    assert desk.files() == ["2.png-t1.csv"]
    (desk.out / "2.png-t1.csv").unlink()
    desk.commands.export_again()
    desk.wait()
    assert desk.files() == ["2.png-t1.csv"]
    keep(library, desk.pages[1], reading("no table any more"))
    desk.commands.export_again()
    desk.wait()
    assert "No table was found" in desk.notices.text
