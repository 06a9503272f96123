"""PDF files in the window: passwords, text of their own, and what is said of a page. The decoder is the real one."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from fakes import FIRST_WIDTH, draw_pages
from pdfs import PROTECTED, picture_pdf, text_pdf
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTextEdit

from ocrdesk.engine.reading_names import OWN_TEXT
from ocrdesk.runner import RunState
from ocrdesk.ui.pages import pdf_commands

LETTER = ("Dear Madam or Sir,", "thank you for your letter of the third of May.", "Yours faithfully")
NEEDED = "This PDF is protected by a password."
ITS_WORDS = b"a password that is a secret"
"""Stand on the pages of the protected PDF, whose password is the last of them."""


class Passwords:
    """Answers the question for a password, and remembers what was asked."""

    def __init__(self) -> None:
        self.answers: list[str | None] = []
        self.questions: list[str] = []
        self.secret: set[bool] = set()

    def ask(self, parent, title, question, verb, *, secret=False):
        self.questions.append(question)
        self.secret.add(secret)
        return self.answers.pop(0)


@pytest.fixture
def passwords(monkeypatch) -> Passwords:
    passwords = Passwords()
    monkeypatch.setattr(pdf_commands, "answered", passwords.ask)
    return passwords


def until_ended(desk, **counts: int) -> None:
    """Until no page waits or is read, and so many ended in each way."""

    def has_ended() -> bool:
        batch = desk.batch()
        is_idle = desk.runner.state is RunState.IDLE and batch is not None and not batch.counts.pending
        return is_idle and all(getattr(batch.counts, name) == count for name, count in counts.items())

    desk.until(has_ended)


def entries(desk) -> set[str]:
    """Which entries for PDF pages the menus have."""
    found = {"actionEnterPassword", "actionReadAsPicture", "actionUseOwnText"}
    return {desk.action(name).text() for name in found if desk.action(name).isVisible()}


@pytest.fixture
def locked_desk(desk, scans):
    """A window with a batch of a picture, a protected PDF of three pages, and a picture."""
    draw_pages(scans, 1)
    draw_pages(scans, 1, first=9)
    (scans / "5.pdf").write_bytes(PROTECTED)
    desk.drop(scans)
    until_ended(desk, done=2, failed=1)
    desk.until(lambda: "could not be read" in desk.notice and desk.shown == ["1.png", "5.pdf", "9.png"])
    return desk


OPENED = ["1.png", "5.pdf · 1", "5.pdf · 2", "5.pdf · 3", "9.png"]


# Passwords


def test_the_end_of_the_run_offers_to_enter_the_password(locked_desk, passwords, maker):
    desk = locked_desk
    assert desk.notice == "“scans”: 2 pages are read, 1 could not be read."
    passwords.answers = ["secret"]
    desk.answer("Enter password…")
    assert passwords.questions == ["Password of “5.pdf”:"]
    assert passwords.secret == {True}
    until_ended(desk, done=5)
    desk.until(lambda: desk.shown == OPENED and desk.state.startswith("5 pages · read "))
    pages = [desk.page(name) for name in OPENED]
    assert [page.recognizer for page in pages] == ["fake", OWN_TEXT, OWN_TEXT, OWN_TEXT, "fake"]
    assert len({page.text_start for page in pages}) == 5
    assert maker.widths_read == [FIRST_WIDTH, FIRST_WIDTH + 8], "the pictures were read once"


def test_return_on_a_protected_page_asks_for_its_password(locked_desk, passwords):
    desk = locked_desk
    desk.choose("5.pdf")
    desk.child("pageGrid").setFocus()
    desk.press(Qt.Key.Key_Return)
    assert desk.child("panelUnlock").hasFocus()
    passwords.answers = ["secret"]
    desk.press(Qt.Key.Key_Return)
    until_ended(desk, done=5)


def test_it_says_that_the_password_is_kept_nowhere(locked_desk, passwords, monkeypatch):
    desk, said = locked_desk, []
    say = desk.window.desk.notices.say
    monkeypatch.setattr(
        desk.window.desk.notices, "say", lambda text, *more, **about: said.append(text) or say(text, *more, **about)
    )
    passwords.answers = ["secret"]
    desk.answer("Enter password…")
    until_ended(desk, done=5)
    assert said[0] == "“5.pdf” is open. The password is kept until you quit, and never on disk."


def test_a_wrong_password_is_asked_for_again(locked_desk, passwords):
    desk = locked_desk
    passwords.answers = ["Secret", "guess", "secret"]
    desk.answer("Enter password…")
    until_ended(desk, done=5)
    wrong = "This is not the password of the PDF. Check capital letters and try again."
    assert passwords.questions == [
        "Password of “5.pdf”:",
        f"{wrong}\n\nPassword of “5.pdf”:",
        f"{wrong}\n\nPassword of “5.pdf”:",
    ]


@pytest.mark.parametrize("answer", [None, ""])
def test_without_a_password_nothing_changes(locked_desk, passwords, answer):
    desk = locked_desk
    before = desk.page("5.pdf")
    passwords.answers = [answer]
    desk.choose("5.pdf")
    desk.action("actionEnterPassword").trigger()
    assert len(passwords.questions) == 1
    assert desk.window.pdf_commands._unlocking._tasks == {}
    assert desk.page("5.pdf") == before
    assert desk.statuses() == ["done", "failed", "done"]


def test_the_context_menu_offers_it_for_protected_pages_only(locked_desk, passwords):
    desk = locked_desk
    desk.choose("1.png")
    assert entries(desk) == set()
    desk.choose("1.png", "5.pdf", "9.png")
    assert entries(desk) == {"Enter password…"}
    desk.choose("5.pdf")
    passwords.answers = ["secret"]
    desk.right_click(desk.child("pageGrid"), 1, "Enter password…")
    until_ended(desk, done=5)


def test_the_panel_has_a_button_for_it(locked_desk, passwords):
    desk = locked_desk
    desk.choose("5.pdf")
    unlock = desk.child("panelUnlock", QPushButton)
    assert unlock.isVisible()
    assert desk.child("pageMessage", QLabel).text() == NEEDED.removesuffix(".")
    assert "Password needed" in desk.child("pageFacts", QLabel).text()
    passwords.answers = ["secret"]
    desk.qtbot.mouseClick(unlock, Qt.MouseButton.LeftButton)
    until_ended(desk, done=5)
    desk.until(lambda: desk.child("pageName", QLabel).text() == "5.pdf · 1")
    desk.until(lambda: desk.child("textView").isVisible())
    assert not unlock.isVisible()
    desk.until(
        lambda: "text from the PDF" in desk.child("pageFacts", QLabel).text()
    )  # the panel follows a moment later


def test_a_page_chosen_while_it_is_read_can_be_unlocked_when_it_fails(slow_desk, scans, gate, passwords):
    desk = slow_desk
    draw_pages(scans, 1)
    (scans / "5.pdf").write_bytes(PROTECTED)
    desk.drop(scans)
    desk.until_reading(gate)
    desk.choose("5.pdf")
    assert entries(desk) == set()
    gate.open()
    until_ended(desk, done=1, failed=1)
    desk.until(lambda: desk.child("panelUnlock").isVisible())
    desk.until(lambda: "1 failed" in desk.state)
    assert entries(desk) == {"Enter password…"}
    passwords.answers = ["secret"]
    desk.qtbot.mouseClick(desk.child("panelUnlock"), Qt.MouseButton.LeftButton)
    until_ended(desk, done=4)


def test_a_damaged_picture_asks_for_no_password(desk, scans):
    draw_pages(scans, 1)
    (scans / "5.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    desk.drop(scans)
    until_ended(desk, done=1, failed=1)
    desk.until(lambda: "could not be read" in desk.notice)
    desk.choose("5.pdf")
    assert not desk.child("panelUnlock").isVisible()
    assert desk.child("panelRetry").isVisible()
    assert entries(desk) == set()
    words = [button.text() for button in desk.window.desk.notices.findChildren(QPushButton)]
    assert "Enter password…" not in words


def test_several_protected_files_are_opened_with_one_password(desk, scans, passwords):
    for name in ("5.pdf", "6.pdf", "7.pdf"):
        (scans / name).write_bytes(PROTECTED)
    desk.drop(scans)
    until_ended(desk, failed=3)
    desk.until(lambda: "could not be read" in desk.notice)
    passwords.answers = ["secret"]
    desk.answer("Enter password…")
    assert passwords.questions == ["Password of “5.pdf” or of 2 other protected files:"]
    until_ended(desk, done=9)


def test_a_pdf_that_is_gone_is_told_and_not_asked_for_again(locked_desk, scans, passwords):
    desk = locked_desk
    (scans / "5.pdf").unlink()
    passwords.answers = ["secret"]
    desk.answer("Enter password…")
    desk.until(lambda: desk.notice)
    assert "no longer" in desk.notice or "not there" in desk.notice, desk.notice
    assert desk.statuses() == ["done", "failed", "done"]


def test_the_thumbnail_and_the_picture_appear_with_the_password(locked_desk, passwords):
    desk = locked_desk
    thumbnails = desk.window.pages_pane.thumbnails
    desk.until(lambda: thumbnails.has_none(desk.page("5.pdf")))
    passwords.answers = ["secret"]
    desk.answer("Enter password…")
    until_ended(desk, done=5)
    desk.until(lambda: desk.shown == OPENED)
    desk.until(lambda: desk.model.index(1, 0).data(Qt.ItemDataRole.DecorationRole) is not None)


def dumped(library: Path) -> bytes:
    """What a library holds but for its index, which has each word of the pages."""
    with closing(sqlite3.connect(library)) as db:
        lines = [line for line in db.iterdump() if "indexed_word" not in line and "page_index" not in line]
    return "\n".join(lines).encode()


def test_nothing_of_the_password_comes_to_disk(locked_desk, passwords, tmp_path, caplog):
    desk = locked_desk
    password, wrong = "secret", "xyzzy-guess-48151623"
    log = tmp_path / "home" / "log.txt"
    handler = logging.FileHandler(log, encoding="utf-8")
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        with caplog.at_level(logging.DEBUG):
            passwords.answers = [wrong, password]
            desk.answer("Enter password…")
            until_ended(desk, done=5)
            desk.until(lambda: desk.shown == OPENED)
            desk.quit()
    finally:
        root.removeHandler(handler)
        handler.close()
    files = [file for file in (tmp_path / "home").rglob("*") if file.is_file()]
    assert {"library.sqlite", "log.txt", "window.ini"} <= {file.name for file in files}
    assert log.stat().st_size > 0
    for file in files:
        content = (dumped(file) if file.suffix == ".sqlite" else file.read_bytes()).replace(ITS_WORDS, b"")
        for word in (password, wrong):
            assert word.encode() not in content, file
            assert word.encode("utf-16-le") not in content, file


# Text of their own, or a picture


@pytest.fixture
def letter_desk(desk, scans):
    """A window with a batch of a PDF with text, a PDF that is a picture, and a picture."""
    (scans / "letter.pdf").write_bytes(text_pdf(*LETTER))
    (scans / "scan.pdf").write_bytes(picture_pdf(Image.new("L", (300, 100), 255)))
    draw_pages(scans, 1)
    desk.drop(scans)
    desk.until_read(pages=3)
    return desk


def read_wide(maker) -> list[int]:
    """The pages of an A4 PDF that were read as pictures."""
    return [width for width in maker.widths_read if width > 1000]


def test_a_pdf_with_text_gives_its_own_and_a_scan_is_read(letter_desk, maker):
    desk = letter_desk
    letter = desk.page("letter.pdf")
    assert letter.recognizer == OWN_TEXT
    assert desk.library.text(letter.id).splitlines() == list(LETTER)
    assert desk.page("scan.pdf").recognizer == "fake"
    assert maker.widths_read == [FIRST_WIDTH, 300]
    desk.choose("letter.pdf")
    assert desk.child("textView", QTextEdit).toPlainText().splitlines() == list(LETTER)
    facts = desk.child("pageFacts", QLabel).text().split(" · ")
    assert facts == ["3 lines", "text from the PDF"]


def test_only_pages_with_text_of_their_own_can_be_read_as_pictures(letter_desk):
    desk = letter_desk
    desk.choose("scan.pdf")
    assert entries(desk) == set()
    desk.choose("letter.pdf")
    assert entries(desk) == {"Read as picture instead"}
    desk.choose("1.png", "letter.pdf", "scan.pdf")
    assert entries(desk) == {"Read as picture instead"}


def test_a_page_is_read_as_a_picture_and_back(letter_desk, maker):
    desk = letter_desk
    desk.choose("1.png", "letter.pdf", "scan.pdf")
    desk.action("actionReadAsPicture").trigger()
    desk.until(lambda: desk.page("letter.pdf").recognizer == "fake")
    desk.until_read(pages=3)
    assert len(read_wide(maker)) == 1
    assert maker.widths_read[:2] == [FIRST_WIDTH, 300], "the others of the choice stay as they are"
    assert len(maker.widths_read) == 3
    assert desk.page("letter.pdf").text_start == f"width {read_wide(maker)[0]}"

    desk.window.pages_pane.selection.clearSelection()
    desk.choose("letter.pdf")
    assert desk.chosen == ["letter.pdf"]
    assert entries(desk) == {"Use the PDF’s text"}
    desk.right_click(desk.child("pageGrid"), desk.shown.index("letter.pdf"), "Use the PDF’s text")
    desk.until(lambda: desk.page("letter.pdf").recognizer == OWN_TEXT)
    desk.until_read(pages=3)
    assert len(maker.widths_read) == 3, "nothing is read for that"
    assert desk.library.text(desk.page("letter.pdf").id).splitlines() == list(LETTER)


def test_the_menu_follows_what_became_of_the_chosen_page(letter_desk):
    desk = letter_desk
    desk.choose("letter.pdf")
    desk.action("actionReadAsPicture").trigger()
    desk.until(lambda: desk.page("letter.pdf").recognizer == "fake")
    desk.until_read(pages=3)
    assert entries(desk) == {"Use the PDF’s text"}
    desk.action("actionUseOwnText").trigger()
    desk.until(lambda: desk.page("letter.pdf").recognizer == OWN_TEXT)
    desk.until_read(pages=3)
    assert entries(desk) == {"Read as picture instead"}


def test_a_page_that_is_read_as_a_picture_stays_so_when_it_is_retried(letter_desk, maker):
    desk = letter_desk
    desk.choose("letter.pdf")
    desk.action("actionReadAsPicture").trigger()
    desk.until(lambda: len(read_wide(maker)) == 1)
    desk.until_read(pages=3)
    desk.action("actionRetry").trigger()
    desk.until(lambda: len(read_wide(maker)) == 2)
    desk.until_read(pages=3)
    assert desk.page("letter.pdf").recognizer == "fake"


def test_a_page_with_text_of_its_own_is_read_as_a_picture_to_be_turned_and_back(letter_desk, maker):
    desk = letter_desk
    desk.choose("letter.pdf")
    desk.action("actionTurnLeft").trigger()
    desk.until(lambda: desk.page("letter.pdf").recognizer == "fake")
    desk.until_read(pages=3)
    assert len(read_wide(maker)) == 1
    assert desk.page("letter.pdf").turn == 270
    assert entries(desk) == {"Use the PDF’s text"}
    desk.action("actionUseOwnText").trigger()
    desk.until(lambda: desk.page("letter.pdf").recognizer == OWN_TEXT)
    desk.until_read(pages=3)
    assert desk.library.text(desk.page("letter.pdf").id).splitlines() == list(LETTER)
    assert desk.page("letter.pdf").turn == 0


# Remarks


def test_a_remark_is_shown_in_the_panel(letter_desk, scans):
    desk = letter_desk
    remark = desk.child("pageRemark", QLabel)
    desk.choose("1.png")
    assert not remark.isVisible()
    (scans / "2.png").write_bytes((scans / "1.png").read_bytes())
    desk.drop(scans)
    desk.until_read(pages=4)
    desk.choose("2.png")
    assert remark.isVisible()
    assert remark.text() == "The same file as “1.png”, so its text was used."
    desk.choose("1.png")
    assert not remark.isVisible()
