from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from ocrdesk.ui.kit.choices import Choices
from ocrdesk.ui.kit.file_dialogs import ask_for_files, ask_for_folder


class Asking:
    """Qt's dialogs: keeps where each began, and answers."""

    def __init__(self) -> None:
        self.began: list[str] = []
        self.answer: list[Path] = []

    def folder(self, parent: QWidget, title: str, begin: str) -> str:
        self.began.append(begin)
        return str(self.answer[0]) if self.answer else ""

    def files(self, parent: QWidget, title: str, begin: str, kinds: str) -> tuple[list[str], str]:
        self.began.append(begin)
        return [str(path) for path in self.answer], ""


@pytest.fixture
def asking(monkeypatch):
    asking = Asking()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", asking.folder)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", asking.files)
    return asking


@pytest.fixture
def parent(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home with the folders that most have."""
    for name in ("Pictures", "Documents"):
        (tmp_path / "home" / name).mkdir(parents=True)
    names = {QStandardPaths.StandardLocation.PicturesLocation: "Pictures"}
    named = lambda place: str(tmp_path / "home" / names.get(place, "Documents"))  # noqa: E731
    monkeypatch.setattr(QStandardPaths, "writableLocation", named)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    return tmp_path / "home"


def test_the_first_question_begins_among_the_pictures_or_the_documents(asking, parent, home, tmp_path):
    choices = Choices(tmp_path / "kept")
    assert ask_for_folder(parent, "Add", choices, "add/folder") is None
    (home / "Pictures").rmdir()
    ask_for_files(parent, "Add", "", choices, "add/files")
    (home / "Documents").rmdir()
    ask_for_files(parent, "Add", "", choices, "add/files")
    assert asking.began == [str(home / "Pictures"), str(home / "Documents"), str(home)]


def test_the_next_question_of_a_kind_begins_where_the_last_one_was_answered_over_restarts_too(
    asking, parent, home, tmp_path
):
    scans, letters = tmp_path / "scans" / "May", tmp_path / "letters"
    scans.mkdir(parents=True)
    letters.mkdir()
    choices = Choices(tmp_path / "kept")
    asking.answer = [scans]
    assert ask_for_folder(parent, "Add", choices, "add/folder") == scans
    asking.answer = [letters / "1.png", letters / "2.png"]
    assert ask_for_files(parent, "Add", "", choices, "add/files") == asking.answer
    asking.answer = []
    choices.keep()
    again = Choices(tmp_path / "kept")
    ask_for_folder(parent, "Add", again, "add/folder")
    ask_for_files(parent, "Add", "", again, "add/files")
    assert asking.began[2:] == [str(tmp_path / "scans"), str(letters)]


def test_where_that_folder_is_gone_it_begins_in_the_nearest_that_is_there(asking, parent, home, tmp_path):
    choices = Choices(tmp_path / "kept")
    choices.set("add/folder", str(tmp_path / "gone" / "deep"))
    ask_for_folder(parent, "Add", choices, "add/folder")
    assert asking.began == [str(tmp_path)]
