"""The group check, with the keys and the mouse of a person."""

from dataclasses import replace
from threading import Event

import pytest
from doubtful_pages import keep_pages
from fakes import PATIENCE, keep
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QListView, QPushButton

from ocrdesk.engine.document import Reading
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.library import PageFilter
from ocrdesk.engine.library.doubts import Scope
from ocrdesk.engine.review.doubtful_words import acceptances, doubtful_words
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.kit import tasks
from ocrdesk.ui.review import group_view
from ocrdesk.ui.review.corrections_at_once import correct_at_once
from ocrdesk.ui.review.group_search import Found

NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def press(qtbot, view):
    """Presses keys one after another, as soon as all cells are seen."""

    accept = button(view, "groupAccept")

    def press(*keys, held=NONE):
        for key in keys:
            qtbot.waitUntil(lambda: accept.isEnabled() or not accept.isVisible(), timeout=int(PATIENCE * 1000))
            qtbot.keyClick(view.cells, key, held)
            QApplication.processEvents()

    return press


def words(view):
    return [member.placed.word.text for member in view.model.members]


def marked(view):
    return [member.placed.word.text for member in view.model.marked]


def button(view, name):
    return view.findChild(QPushButton, name)


def title(view):
    return view.findChild(QLabel, "groupTitle").text()


def names(view):
    model = view.findChild(QListView, "groupList").model()
    return [model.index(row).data() for row in range(model.rowCount())]


@pytest.fixture
def to_check(library, batch):
    """How many words are to be checked, as the pages say."""

    def to_check():
        pages = library.pages(library.page_ids(batch[0], PageFilter.DONE)).values()
        return sum(page.to_check or 0 for page in pages)

    return to_check


def texts(library, page_id):
    return [line.text for line in library.texts.of(page_id).lines]


def test_the_largest_group_is_shown_first_and_pictures_arrive(qtbot, view):
    assert title(view) == "3 times read as “l”"
    assert words(view) == ["mill", "l944", "lo"]
    assert names(view) == ["Read as", "1 or l", "0 or o"]
    assert view.counts == (0, 5)
    pictures = view.cells.cells._pictures
    qtbot.waitUntil(lambda: all(pictures.get(it) for it in view.model.members), timeout=int(PATIENCE * 1000))


def test_return_accepts_all_in_one_act_and_the_next_group_is_shown(view, press, laid, to_check):
    assert button(view, "groupAccept").text() == "Accept all 3"
    press(Qt.Key.Key_Return)
    assert title(view) == "2 times read as “0”"
    assert names(view) == ["Read as", "0 or o", "Done", "1 or l"]
    assert to_check() == 2
    assert laid.history.undo_words == "accept 3 words"
    laid.history.undo()
    assert to_check() == 5
    assert words(view) == ["mill", "l944", "lo"]
    assert view.counts == (0, 5)
    laid.history.redo()
    assert to_check() == 2
    assert view.counts == (3, 5)
    assert names(view) == ["Read as", "0 or o", "Done", "1 or l"]


def test_marked_ones_stay_doubtful_and_are_told_to_be_looked_at_first(qtbot, view, press, to_check):
    press(Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert marked(view) == ["l944"]
    assert button(view, "groupAccept").text() == "Accept the other 2"
    with qtbot.waitSignal(view.put_aside) as told:
        press(Qt.Key.Key_Return)
    assert [placed.word.text for placed in told.args[0]] == ["l944"]
    assert to_check() == 3
    press(Qt.Key.Key_Return)
    assert to_check() == 1
    assert view.counts == (5, 5)
    assert view.groups_left == 0
    assert "1 word is left to check one by one" in view.findChild(QLabel, "groupNothing").text()


def test_undo_brings_marked_ones_back_with_the_accepted_ones(view, press, laid):
    press(Qt.Key.Key_Space, Qt.Key.Key_Return)
    laid.history.undo()
    assert words(view) == ["mill", "l944", "lo"]
    assert marked(view) == ["mill"]


def test_a_click_marks_and_another_one_takes_the_mark_away(qtbot, view):
    place = view.cells.visualRect(view.model.index(2)).center()
    qtbot.mouseClick(view.cells.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert marked(view) == ["lo"]
    qtbot.mouseClick(view.cells.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert marked(view) == []
    qtbot.mouseClick(view.cells.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(500, 400))
    assert marked(view) == []


def test_all_are_marked_and_changed_to_what_they_may_be_instead(view, press, library, laid, batch):
    assert not button(view, "groupChange").isVisible()
    press(Qt.Key.Key_A, held=CTRL)
    assert len(marked(view)) == 3
    assert button(view, "groupChange").text() == "Change to “1”"
    press(Qt.Key.Key_Space)
    assert marked(view) == ["l944", "lo"]
    press(Qt.Key.Key_Return, held=CTRL)
    assert texts(library, batch[1][0]) == ["mill 1944", "and 1o"]
    assert words(view) == ["mill"]  # the others stay to be checked
    assert view.counts == (2, 5)
    laid.history.undo()
    assert texts(library, batch[1][0]) == ["mill l944", "and lo"]
    assert words(view) == ["mill", "l944", "lo"]


def test_tab_leaves_a_group_as_it_is(view, press, to_check):
    press(Qt.Key.Key_Tab)
    assert title(view) == "2 times read as “0”"
    press(Qt.Key.Key_Tab)
    assert title(view) == "3 times read as “l”"
    assert to_check() == 5
    assert view.cells.hasFocus()


def test_a_group_is_chosen_in_the_list(qtbot, view):
    rows = view.findChild(QListView, "groupList")
    place = rows.visualRect(rows.model().index(2, 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert title(view) == "2 times read as “0”"
    assert view.cells.hasFocus()


def test_only_what_is_seen_is_accepted(qtbot, view, window, press, to_check):
    window.resize(640, 480)
    for room in (2, 1):
        view.cells.setFixedSize(room * 142 + 8, 120)
        qtbot.waitUntil(lambda room=room: view.cells.room == room, timeout=int(PATIENCE * 1000))
    assert words(view) == ["mill"]
    press(Qt.Key.Key_Return)
    assert to_check() == 4
    assert words(view) == ["l944"]


def test_it_fits_the_smallest_window_and_leaves_out_what_is_least_needed(qtbot, view, window, press):
    press(Qt.Key.Key_Space)
    assert button(view, "groupMark").isVisible()
    assert view.minimumSizeHint().width() <= 640
    window.resize(640, 480)
    qtbot.waitUntil(lambda: view.width() <= 640, timeout=int(PATIENCE * 1000))
    assert not button(view, "groupMark").isVisible()
    accept = button(view, "groupAccept")
    assert accept.isVisible()
    change = button(view, "groupChange")
    qtbot.waitUntil(lambda: accept.width() >= accept.sizeHint().width(), timeout=int(PATIENCE * 1000))
    qtbot.waitUntil(lambda: change.width() >= change.sizeHint().width(), timeout=int(PATIENCE * 1000))
    assert change.isVisible()
    assert accept.mapTo(view, QPoint(accept.width(), 0)).x() <= view.width()


def test_what_is_corrected_elsewhere_goes(view, library, laid, batch):
    keep(library, batch[1][0], Reading((), width=900, height=240))
    laid.chosen.tell(Change(batch[0], frozenset([batch[1][0]])))
    assert names(view) == ["Read as", "0 or o"]
    assert title(view) == "2 times read as “0”"


def test_where_one_page_cannot_be_kept_nothing_is_done_on_any(library, laid, batch, to_check, monkeypatch):
    kept = library.corrections.keep

    def keep_or_not(page_id, *changes, **named):
        if to_check() < 5:
            raise LibraryError("The disk is full. Make room and try again.")
        return kept(page_id, *changes, **named)

    placed = [it for page_id in batch[1] for it in doubtful_words(page_id, library.texts.of(page_id).lines)]
    told = []
    with monkeypatch.context() as patch:
        patch.setattr(library.corrections, "keep", keep_or_not)
        correct_at_once(laid, "accept words", placed, acceptances, told.append)
    assert told == [False]
    assert laid.notices.text == "The disk is full. Make room and try again."
    assert to_check() == 5


def test_what_is_not_seen_yet_is_not_accepted(qtbot, view, to_check):
    view.cells.cells._pictures.forget()
    view.skip()
    view.skip()
    assert not button(view, "groupAccept").isEnabled()
    view.accept()
    qtbot.waitUntil(button(view, "groupAccept").isEnabled, timeout=int(PATIENCE * 1000))
    assert to_check() == 5


def test_a_cell_whose_page_cannot_be_shown_tells_what_was_read(qtbot, view, scans):
    pictures = view.cells.cells._pictures
    (scans / "2.png").unlink()
    pictures.forget()
    view.skip()
    qtbot.waitUntil(lambda: all(map(pictures.has_none, view.model.members)), timeout=int(PATIENCE * 1000))
    assert words(view) == ["g0", "fr0m"]
    view.cells.grab()


def test_it_is_about_some_pages_or_all_batches(qtbot, view, batch):
    view.begin(Scope(batch[0], (batch[1][1],)))
    qtbot.waitUntil(lambda: names(view) == ["Read as", "0 or o"], timeout=int(PATIENCE * 1000))
    view.begin(Scope())
    qtbot.waitUntil(lambda: names(view) == ["Read as", "1 or l", "0 or o"], timeout=int(PATIENCE * 1000))


def test_words_accepted_as_a_whole_are_not_asked_about_again(qtbot, view, library, scans, laid, press):
    batch_id, pages = keep_pages(library, scans / "more", ("Xanadu", "Xanadu"), ("Xanadu",), ("Xanadu.",))
    library.user_words.add("other")
    view.begin(Scope(batch_id))
    qtbot.waitUntil(lambda: title(view) == "3 times read as “Xanadu”", timeout=int(PATIENCE * 1000))
    press(Qt.Key.Key_Return)
    assert library.user_words.known() == {"other", "xanadu"}
    laid.history.undo()
    assert library.user_words.known() == {"other"}
    laid.history.redo()
    assert library.user_words.known() == {"other", "xanadu"}
    view.end()
    qtbot.waitUntil(lambda: library.page(pages[2]).to_check == 0, timeout=int(PATIENCE * 1000))
    laid.history.undo()
    assert library.user_words.known() == {"other"}
    assert library.user_words.accept("Xanadu") is False
    assert library.user_words.accept("Xanadu") is True


def test_words_of_which_one_letter_was_looked_at_are_not_taken_as_known(view, press, library):
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert library.user_words.known() == frozenset()


@pytest.fixture
def gate(library, batch, view, monkeypatch):
    """Lets the second page be looked through once it is set; the first groups are told at once."""
    gate, of = Event(), library.texts.of

    def wait(page_id):
        if page_id == batch[1][1]:
            assert gate.wait(PATIENCE)
        return of(page_id)

    view.end()
    view.begin(Scope(None, ()))
    monkeypatch.setattr(tasks, "MOMENT", 0)
    monkeypatch.setattr("ocrdesk.ui.review.group_search.FIRST", -1.0)
    monkeypatch.setattr(library.texts, "of", wait)
    yield gate
    gate.set()


def test_the_first_groups_are_checked_while_other_pages_are_looked_through(qtbot, view, batch, gate, press):
    view.begin(Scope(batch[0]))
    qtbot.waitUntil(lambda: words(view) == ["mill", "l944", "lo"], timeout=int(PATIENCE * 1000))
    assert view.findChild(QLabel, "groupsLooked").text() == "1 of 2 pages seen"
    assert button(view, "groupsCancel").isVisible()
    press(Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.counts == (3, 3), timeout=int(PATIENCE * 1000))
    gate.set()
    qtbot.waitUntil(lambda: words(view) == ["g0", "fr0m"], timeout=int(PATIENCE * 1000))
    assert view.counts == (3, 5), "what was checked meanwhile does not come again"
    assert not button(view, "groupsCancel").isVisible()


def test_cancel_leaves_it_at_the_pages_seen_so_far(qtbot, view, library, scans, batch, gate):
    _, unseen = keep_pages(library, scans / "more", ("Xanadu Xanadu Xanadu",))
    view.begin(Scope(None, (*batch[1], *unseen)))
    qtbot.waitUntil(lambda: bool(words(view)), timeout=int(PATIENCE * 1000))
    view.model.toggle(view.model.index(1))
    qtbot.mouseClick(button(view, "groupsCancel"), Qt.MouseButton.LeftButton)
    gate.set()
    qtbot.waitUntil(lambda: not button(view, "groupsCancel").isVisible(), timeout=int(PATIENCE * 1000))
    assert marked(view) == ["l944"]
    assert names(view) == ["Read as", "1 or l", "0 or o"]


def test_what_is_looked_at_stays_where_it_is_when_more_is_found(view):
    """What comes before it on earlier pages, or is read more often, comes after it."""
    pages, (ones, zeros) = view._pictures.pages, view._groups
    shown = words(view)
    more = replace(ones, members=(*(replace(it, placed=replace(it.placed, page_id=99)) for it in ones.members), *ones.members))  # fmt: skip  # noqa: E501
    view.cells.setFixedSize(142 * 3 + 8, 120)
    QApplication.processEvents()
    assert view.cells.room == 3
    view._on_found(Found(pages, [zeros, more], 2, 2))
    assert (words(view), title(view)) == (shown, "3 times read as “l”")
    assert all(member.placed.page_id != 99 for member in view.model.members)


def test_what_was_accepted_and_undone_is_counted(view, press, laid):
    counted = []
    view.counted.connect(lambda outcome, count: counted.append((str(outcome), count)))
    press(Qt.Key.Key_Space, Qt.Key.Key_Return)
    laid.history.undo()
    laid.history.redo()
    assert counted == [("accepted", 2), ("accepted", -2), ("accepted", 2)]


def test_a_screen_that_nobody_can_have_seen_is_not_accepted_and_it_says_so(view, press, to_check, monkeypatch):
    press(Qt.Key.Key_Return)
    monkeypatch.setattr(group_view, "SEEN", int(1000 * PATIENCE))
    press(Qt.Key.Key_Return)
    assert (title(view), to_check()) == ("2 times read as “0”", 2)
    assert view.findChild(QLabel, "groupTask").text().startswith("That key came before these pictures.")
    monkeypatch.setattr(group_view, "SEEN", 0)
    QApplication.sendEvent(view.cells, QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Return, NONE, "\r", True))
    assert to_check() == 2, "a key that is held down does not look at anything"
    press(Qt.Key.Key_Return)
    assert to_check() == 0


def test_a_key_that_comes_before_the_pictures_is_not_taken_and_it_says_so(view, to_check, monkeypatch):
    monkeypatch.setattr(view.cells.cells._pictures, "is_there", lambda members: False)
    view.accept()
    assert to_check() == 5
    assert view.findChild(QLabel, "groupTask").text().startswith("That key came before these pictures.")


def test_a_key_that_comes_while_a_screen_is_kept_is_said_to_be_not_taken_on_the_next(
    view, qtbot, library, to_check, monkeypatch
):
    monkeypatch.setattr(tasks, "MOMENT", 0)
    may_keep, kept = Event(), library.corrections.keep

    def keep_later(*what, **how):
        assert may_keep.wait(PATIENCE)
        return kept(*what, **how)

    monkeypatch.setattr(library.corrections, "keep", keep_later)
    for _ in range(2):
        qtbot.keyClick(view.cells, Qt.Key.Key_Return)
    may_keep.set()
    qtbot.waitUntil(lambda: title(view) == "2 times read as “0”", timeout=int(PATIENCE * 1000))
    assert to_check() == 2
    said = view.findChild(QLabel, "groupTask")
    qtbot.waitUntil(lambda: said.text().startswith("That key came before these pictures."))


def test_what_is_said_of_a_screen_stays_when_the_same_words_are_found_again(qtbot, view, monkeypatch):
    pictures = view.cells.cells._pictures
    with monkeypatch.context() as patched:
        patched.setattr(pictures, "is_there", lambda members: False)
        view.accept()
    with qtbot.waitSignal(view._search.found, timeout=int(PATIENCE * 1000)):
        view.begin(Scope(view._scope.batch_id))
    assert words(view) == ["mill", "l944", "lo"]
    assert view.findChild(QLabel, "groupTask").text().startswith("That key came before these pictures.")
    view.skip()
    assert not view.findChild(QLabel, "groupTask").text().startswith("That key")
