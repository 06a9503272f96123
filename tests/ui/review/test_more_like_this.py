"""Words like the one that was corrected are offered and changed at once."""

import pytest
from doubtful_pages import keep_pages
from fakes import PATIENCE
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from ocrdesk.engine.corrections.changes import accepted, corrected
from ocrdesk.ui.desk.correcting import correct
from ocrdesk.ui.review.alike_dialog import AlikeDialog
from ocrdesk.ui.review.more_like_this import MoreLikeThis


@pytest.fixture
def more(qtbot, window, laid):
    """Follows what is corrected on the desk, with the window seen."""
    with qtbot.waitActive(window):
        window.show()
    more = MoreLikeThis(laid)
    assert more._lane.wait(PATIENCE)
    return more


@pytest.fixture
def pages(library, scans, more):
    """On three pages, a 1 was read as an l four times, and once an X was."""
    texts = ("in l944 and",), ("and l944", "or l85l so"), ("mmmm mill", "so l944 it")
    return keep_pages(library, scans, *texts, printed={"mill": "miXX"})


@pytest.fixture
def change(library, laid, more):
    """Gives the first line of a page another text."""

    def change(page_id, text, line=0):
        lines = library.texts.of(page_id).lines
        correct(laid, library.page(page_id), "correct line", [corrected(lines[line], text)])
        assert more._lane.wait(PATIENCE)

    return change


def texts(library, pages):
    return [line.text for page_id in pages[1] for line in library.texts.of(page_id).lines]


def dialog_of(window, laid, qtbot):
    """Looks at what is offered."""
    (look,) = [button for button in laid.notices.findChildren(QPushButton) if button.text() == "Show them"]
    qtbot.mouseClick(look, Qt.MouseButton.LeftButton)
    (dialog,) = window.findChildren(AlikeDialog)
    return dialog


def test_words_that_look_alike_are_changed_in_one_act(qtbot, window, laid, library, pages, change):
    change(pages[1][0], "in 1944 and")
    qtbot.waitUntil(lambda: laid.notices.text == "3 more like this", timeout=int(PATIENCE * 1000))
    dialog = dialog_of(window, laid, qtbot)
    button = dialog.findChild(QPushButton, "alikeChange")
    assert button.text() == "Change 3 words"
    qtbot.waitUntil(button.isEnabled, timeout=int(PATIENCE * 1000))
    assert [member.placed.word.text for member in dialog.cells.model().members] == ["l944", "l85l", "l944"]
    qtbot.keyClick(dialog.cells, Qt.Key.Key_Right)
    qtbot.keyClick(dialog.cells, Qt.Key.Key_Space)
    assert button.text() == "Change 2 words"
    dialog.grab()
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog.cells, Qt.Key.Key_Return)
    assert texts(library, pages) == ["in 1944 and", "and 1944", "or l85l so", "mmmm mill", "so 1944 it"]
    assert laid.history.undo_words == "change 2 words"
    laid.history.undo()
    assert texts(library, pages) == ["in 1944 and", "and l944", "or l85l so", "mmmm mill", "so l944 it"]


def test_a_letter_that_looks_otherwise_is_not_offered(qtbot, window, laid, library, pages, change):
    change(pages[1][2], "mmmm mi11")
    assert laid.notices.text == ""


def test_nothing_is_offered_where_nothing_was_changed_or_it_was_taken_back(qtbot, laid, library, more, pages, change):
    first = pages[1][0]
    change(first, "in l944 and")
    page, (line,) = library.page(first), library.texts.of(first).lines
    correct(laid, page, "accept line", [accepted(line)])
    assert more._lane.wait(PATIENCE)
    QApplication.processEvents()  # what has ended is told
    assert laid.notices.text == ""
    laid.history.undo()
    laid.history.undo()
    assert more._lane.wait(PATIENCE)
    QApplication.processEvents()  # what has ended is told
    assert laid.notices.text == ""


def test_what_was_corrected_before_the_start_is_not_offered_when_something_is_taken_back(qtbot, laid, library, scans):
    _, (first, *_) = keep_pages(library, scans, ("in l944 and", "so l944"), ("and l944",))
    lines = library.texts.of(first).lines
    library.corrections.keep(first, corrected(lines[0], "in 1944 and"))
    more = MoreLikeThis(laid)
    assert more._lane.wait(PATIENCE)
    correct(laid, library.page(first), "correct line", [corrected(lines[1], "os l944")])
    assert more._lane.wait(PATIENCE)
    laid.history.undo()
    assert more._lane.wait(PATIENCE)
    QApplication.processEvents()  # what has ended is told
    assert laid.notices.text == ""


def test_where_the_picture_is_gone_nothing_is_offered(qtbot, laid, pages, change, scans):
    for path in scans.iterdir():
        path.unlink()
    change(pages[1][0], "in 1944 and")
    QApplication.processEvents()  # what has ended is told
    assert laid.notices.text == ""
