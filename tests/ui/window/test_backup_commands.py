"""The library as one file, and back, in the window."""

from pathlib import Path

import pytest
from fakes import draw_pages
from PySide6.QtWidgets import QFileDialog

from ocrdesk.ui.window import backup_commands


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Answers the dialogs for files: one backup."""
    target = tmp_path / "kept.ocrdesk-library"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target.with_suffix("")), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(target)], ""))
    return target


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """The questions, all of which are answered with yes."""
    asked: list[str] = []

    def confirm(parent, question, detail, yes):
        asked.append(f"{question} {detail}")
        return True

    monkeypatch.setattr(backup_commands, "confirmed", confirm)
    return asked


def read(desk, folder: Path, pages: int) -> None:
    draw_pages(folder, pages)
    desk.drop(folder)
    desk.until_read(folder.name)


def test_what_was_there_then_is_shown_again(desk, tmp_path, files, asked):
    read(desk, tmp_path / "letters", 2)
    desk.action("actionBackUpLibrary").trigger()
    desk.until(lambda: desk.notice == "The library is backed up in “kept.ocrdesk-library”.")
    read(desk, tmp_path / "more", 1)
    desk.action("actionRestoreLibrary").trigger()
    desk.until(lambda: desk.notice == "The library is restored.")
    assert [batch.name for batch in desk.window.desk.library.batches()] == ["letters"]
    desk.until(lambda: desk.shown == ["1.png", "2.png"])
    assert asked[0].startswith("Replace the library with “kept.ocrdesk-library”? It was made on ")
    assert "has 2 pages in 1 batch." in asked[0]
    assert desk.action("actionBackUpLibrary").isEnabled()


def test_while_pages_are_read_nothing_is_restored(slow_desk, scans, gate, files, asked):
    desk = slow_desk
    draw_pages(scans, 2)
    desk.drop(scans)
    desk.until_reading(gate)
    desk.action("actionRestoreLibrary").trigger()
    assert desk.notice == "Pages are being read. Stop that first, then restore the library."
    assert asked == []
    gate.open()


def test_what_is_no_backup_is_told(desk, files, asked):
    files.write_text("Dear all")
    desk.action("actionRestoreLibrary").trigger()
    desk.until(lambda: desk.notice.startswith("“kept.ocrdesk-library” is not a backup"))
    assert asked == []
