"""The editor of a line in the page, with keys and mouse as a person has them."""

import pytest
from desks import clear_desk, lay_desk
from fakes import batch_of, keep, line, quadrants
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from ocrdesk.engine.document import Reading, Source, Word, slices_of
from ocrdesk.engine.rivals import RivalLetter
from ocrdesk.ui.pages.thumbnails import Thumbnails
from ocrdesk.ui.panel.page_panel import PagePanel
from ocrdesk.ui.panel.page_view import PageView

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def read(text: str, top: float, *doubtful: str, rivals: tuple[RivalLetter, ...] = ()):
    """A line whose words were measured; some of them are doubtful."""
    whole = line(text, left=10, top=top, width=350, height=24, confidence=0.5 if doubtful else 0.99)
    words, place = [], 0
    for part in text.split():
        begin = text.index(part, place)
        place = begin + len(part)
        (polygon,) = slices_of(whole.polygon, [(begin / len(text), place / len(text))])
        is_doubtful = part in doubtful
        words.append(Word(part, 0.5 if is_doubtful else 0.99, polygon, rivals if is_doubtful else ()))
    return type(whole)(text, whole.confidence, whole.polygon, tuple(words))


LINES = (
    read("17 Mill Lame", 20, "Lame", rivals=(RivalLetter(2, 1, "n", 0.6), RivalLetter(2, 1, "t", 0.3))),
    read("New York", 60),
    read("due on 4th Aprll", 100, "4th", "Aprll"),
)
READING = Reading(LINES, width=400, height=200)


@pytest.fixture
def laid(qtbot, library, decoder, tmp_path):
    window = QMainWindow()
    qtbot.addWidget(window)
    desk = lay_desk(window, library, decoder, tmp_path)
    yield desk
    clear_desk(desk)


@pytest.fixture
def page_id(library, scans):
    library.doubtful_below = 0.9
    path = scans / "page.png"
    quadrants(400, 200).save(path)
    _, pages = batch_of(library, [Source(path, "page.png")], scans)
    keep(library, pages[0], READING)
    return pages[0]


@pytest.fixture
def view(qtbot, laid, page_id):
    laid.choices.set("text/printed", True)
    view = PageView(laid, Thumbnails(laid.thumbnails, laid.decoder, laid.tasks))
    panel = PagePanel(laid, view)
    qtbot.addWidget(panel)
    panel.resize(600, 800)
    with qtbot.waitActive(panel):
        panel.show()
    laid.batches.follow(None)
    laid.chosen.choose_batch(laid.library.page(page_id).batch_id)
    with qtbot.waitSignal(view.picture.loaded):
        view.show_page(page_id)
    return view


@pytest.fixture
def press(qtbot):
    """Presses a key where the keyboard is."""

    def one(key, held=Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(QApplication.focusWidget(), key, held)

    return one


@pytest.fixture
def until(qtbot):
    return lambda condition: qtbot.waitUntil(condition, timeout=20_000)


def open_line(view, number):
    view.editing.open(number)
    assert view.editing.editor.isVisible()
    return view.editing.editor.field


def texts(library, page_id):
    return [line.text for line in library.texts.of(page_id).lines]


def test_the_doubtful_word_is_selected_and_what_it_may_say_is_offered(view):
    field = open_line(view, 0)
    assert field.hasFocus()
    assert field.selectedText() == "Lame"
    offered = [button.text() for button in view.editing.editor._rivals if button.isVisible()]
    assert offered == ["Lane", "Late"]


def test_return_keeps_what_was_typed_and_goes_on(qtbot, view, library, page_id, press, until):
    field = open_line(view, 0)
    qtbot.keyClicks(field, "Lane")
    press(Qt.Key.Key_Return)
    until(lambda: field.text() == "New York")
    assert texts(library, page_id)[0] == "17 Mill Lane"
    assert field.hasFocus()
    assert view.editing.editor.isVisible()
    assert "17 Mill Lane" in view.text.toPlainText()
    assert [mark.line for mark in view._doubtful] == [2, 2]


def test_it_can_be_undone_and_done_again(qtbot, view, laid, library, page_id, press, until):
    qtbot.keyClicks(open_line(view, 0), "Lane")
    press(Qt.Key.Key_Return)
    until(lambda: texts(library, page_id)[0] == "17 Mill Lane")
    assert laid.history.undo_words == "correction of “17 Mill Lane”"
    laid.history.undo()
    until(lambda: texts(library, page_id)[0] == "17 Mill Lame")
    laid.history.redo()
    until(lambda: texts(library, page_id)[0] == "17 Mill Lane")
    laid.history.undo()
    until(lambda: texts(library, page_id)[0] == "17 Mill Lame")
    assert not library.corrections.of(page_id)


def test_esc_keeps_nothing(qtbot, view, library, page_id, press):
    qtbot.keyClicks(open_line(view, 0), "Lane")
    press(Qt.Key.Key_Escape)
    assert not view.editing.editor.isVisible()
    assert view.text.hasFocus()
    assert not library.corrections.of(page_id)
    assert view.text.toPlainText() == "17 Mill Lame\nNew York\ndue on 4th Aprll"


def test_return_without_a_change_goes_on_and_keeps_nothing(view, library, page_id, press):
    field = open_line(view, 0)
    press(Qt.Key.Key_Return)
    assert field.text() == "New York"
    assert not library.corrections.of(page_id)


def test_ctrl_return_accepts_the_line_as_it_is(view, library, page_id, press, until):
    field = open_line(view, 0)
    press(Qt.Key.Key_Return, CTRL)
    until(lambda: field.text() == "New York")
    (kept,) = library.corrections.of(page_id)
    assert kept.after == "17 Mill Lame"
    assert [mark.line for mark in view._doubtful] == [2, 2]


def test_alt_and_a_digit_take_what_the_word_may_say(view, press):
    field = open_line(view, 0)
    press(Qt.Key.Key_2, ALT)
    assert field.text() == "17 Mill Late"
    assert field.selectedText() == "Late"
    press(Qt.Key.Key_1, ALT)
    assert field.text() == "17 Mill Lane"


def test_tab_goes_from_one_doubtful_word_to_the_next_and_keeps_what_was_typed(
    qtbot, view, library, page_id, press, until
):
    field = open_line(view, 0)
    qtbot.keyClicks(field, "Lane")
    press(Qt.Key.Key_Tab)
    until(lambda: field.text() == "due on 4th Aprll")
    assert field.selectedText() == "4th"
    assert texts(library, page_id)[0] == "17 Mill Lane"
    press(Qt.Key.Key_Tab)
    assert field.selectedText() == "Aprll"
    press(Qt.Key.Key_Backtab, SHIFT)
    assert field.selectedText() == "4th"


def test_an_empty_line_is_removed_without_a_question(view, laid, library, page_id, press, until):
    field = open_line(view, 1)
    field.clear()
    press(Qt.Key.Key_Return)
    until(lambda: texts(library, page_id) == ["17 Mill Lame", "due on 4th Aprll"])
    assert field.text() == "due on 4th Aprll"
    laid.history.undo()
    until(lambda: texts(library, page_id)[1:2] == ["New York"])


def test_what_is_composed_is_no_text_before_it_is_committed(view, library, page_id, press, until):
    field = open_line(view, 1)
    field.selectAll()
    QApplication.sendEvent(field, QInputMethodEvent("niu", []))
    assert "niu" not in field.text()
    committed = QInputMethodEvent("", [])
    committed.setCommitString("纽约")
    QApplication.sendEvent(field, committed)
    assert field.text() == "纽约"
    press(Qt.Key.Key_Return)
    until(lambda: texts(library, page_id)[1] == "纽约")


def test_text_from_right_to_left_and_rare_letters_are_kept(qtbot, view, library, page_id, press, until):
    field = open_line(view, 1)
    field.setText("شارع 𠮷野家 12")
    press(Qt.Key.Key_Return)
    until(lambda: texts(library, page_id)[1] == "شارع 𠮷野家 12")
    assert field.text() == "due on 4th Aprll"


def test_what_was_typed_is_kept_when_another_page_is_shown(qtbot, view, library, page_id, until):
    qtbot.keyClicks(open_line(view, 0), "Lane")
    view.show_page(None)
    until(lambda: texts(library, page_id)[0] == "17 Mill Lane")
    assert not view.editing.is_open


def test_what_was_typed_stays_while_the_page_is_read_again(qtbot, view, library, page_id):
    field = open_line(view, 0)
    qtbot.keyClicks(field, "Lane")
    keep(library, page_id, Reading((*LINES, read("Paid", 140)), width=400, height=200))
    view.refresh()
    assert field.text() == "17 Mill Lane"
    assert view.editing.is_open
    assert "Paid" in view.text.toPlainText()


def test_a_double_click_opens_the_line_with_the_word_selected(qtbot, view):
    place = view.text.cursorRect(view.text.cursor_at(view.text.shown.span(1)[0] + 5)).center()
    qtbot.mouseDClick(view.text.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.editing.editor.field.selectedText() == "York"


def test_return_on_a_line_of_the_text_opens_it_and_on_one_chosen_on_the_picture(qtbot, view, press):
    view.text.setFocus()
    view.text.go_to(1)
    press(Qt.Key.Key_Return)
    assert view.editing.editor.field.text() == "New York"
    press(Qt.Key.Key_Escape)
    view.picture.setFocus()
    view.lines.choose([2])
    press(Qt.Key.Key_Return)
    assert view.editing.editor.field.text() == "due on 4th Aprll"


def test_a_line_that_could_not_be_kept_stays_in_the_editor(qtbot, view, library, page_id, press, monkeypatch, until):
    from ocrdesk.engine.errors import LibraryError

    def fail(*_):
        raise LibraryError("The disk is full.")

    monkeypatch.setattr(library.corrections, "keep", fail)
    field = open_line(view, 0)
    qtbot.keyClicks(field, "Lane")
    press(Qt.Key.Key_Return)
    until(lambda: view._desk.notices.text == "The disk is full.")
    assert field.text() == "17 Mill Lane"
    assert view.editing.is_open


def test_the_card_stands_in_the_place_of_its_line(view):
    open_line(view, 1)
    card = view.editing.editor
    above, below = (view.text.cursorRect(view.text.cursor_at(view.text.shown.span(number)[0])) for number in (0, 2))
    assert above.bottom() <= card.y() + 1
    assert below.top() >= card.y() + card.height() - 1
    assert card.crop.height() > 24
