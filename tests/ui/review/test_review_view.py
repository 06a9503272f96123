from dataclasses import replace

import pytest
from fakes import batch_of, keep
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from reviewed import RIVALS, text_of

from ocrdesk.engine.document import Source
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.library.corrections import Corrections
from ocrdesk.engine.library.doubts import Scope
from ocrdesk.engine.review.doubtful_words import acceptances, doubtful_words
from ocrdesk.engine.review.queue import Outcome
from ocrdesk.ui.desk.chosen import Change

Return = Qt.Key.Key_Return
Shift, Ctrl, Alt = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


def test_words_are_checked_with_keys_alone(review, page):
    assert (review.word, review.field.selectedText(), review.progress[-1][:2]) == ("ovor", "ovor", (1, 3))
    review.type("over")
    review.press(Return)
    assert (review.word, review.count("changed"), review.count("accepted")) == ("qvick", 1, 0)
    review.press(Return)
    assert (review.word, review.count("changed"), review.count("accepted")) == ("jumps", 1, 1)
    review.press(Qt.Key.Key_Delete, Ctrl)
    assert review.end == "3 of 3, 2 changed"
    assert review.library.text(page) == "the qvick fox\nover"
    assert review.library.page(page).to_check == 0


def test_digits_and_spaces_are_text(review, page):
    review.type("1 2")
    review.press(Return)
    assert review.library.text(page) == "the qvick fox\njumps 1 2"


def test_what_is_left_for_later_comes_again(review, page):
    review.press(Qt.Key.Key_Down, Ctrl)
    assert (review.word, review.count("later")) == ("qvick", 1)
    review.press(Return)
    review.press(Return)
    assert review.end == "2 of 3, 0 changed"
    review.qtbot.mouseClick(review.child("reviewRest", QPushButton), Qt.MouseButton.LeftButton)
    assert (review.word, review.end) == ("ovor", "")
    assert review.library.page(page).to_check == 1


def test_who_goes_back_can_change_their_mind(review, page):
    review.type("over there")
    review.press(Return)
    review.press(Return, Shift)
    assert review.word == "over there"
    review.type("over")
    review.press(Return)
    assert (review.word, review.library.text(page)) == ("qvick", "the qvick fox\njumps over")


def test_back_passes_over_what_is_no_text(review, page):
    review.press(Return)
    review.press(Qt.Key.Key_Delete, Ctrl)
    assert review.word == "jumps"
    review.press(Return, Shift)
    assert review.word == "ovor"


def test_undo_goes_back_to_the_word(review, page):
    review.type("over")
    review.press(Return)
    review.press(Return)
    review.press(Return)
    assert review.end
    for word in ("jumps", "qvick", "ovor"):
        review.desk.history.undo()
        review.until(lambda word=word: review.word == word and not review.end)
    assert (review.count("changed"), review.count("accepted")) == (0, 0)
    assert review.library.text(page) == "the qvick fox\njumps ovor"
    assert review.library.corrections.of(page) == ()
    review.desk.history.redo()
    review.until(lambda: review.word == "qvick")
    assert review.library.text(page) == "the qvick fox\njumps over"


def test_undo_in_the_field_is_for_what_was_typed(review, page):
    review.press(Return)
    review.type("x")
    assert review.field.isUndoAvailable()
    review.qtbot.keyClick(review.field, Qt.Key.Key_Z, Ctrl)
    assert (review.word, review.count("accepted")) == ("qvick", 1)


def test_an_alternative_is_taken_with_its_number(review):
    word = text_of(((("ovor", 0.1),),))
    line = word.lines[0]
    with_rivals = replace(line, words=(replace(line.words[0], rival_letters=RIVALS),))
    (page_id,) = review.add_pages(replace(word, lines=(with_rivals,)))
    review.begin()
    assert list(review.view.card.rivals) == ["over", "Ovor", "Over"]
    review.press(Qt.Key.Key_5, Alt)
    assert review.word == "ovor", "there is no fifth"
    review.press(Qt.Key.Key_1, Alt)
    assert review.end == "1 of 1, 1 changed"
    assert review.library.text(page_id) == "over"


def test_what_cannot_be_kept_stays_in_the_field_and_says_so(review, page, monkeypatch):
    def fail(self, *values, **named):
        raise LibraryError("The disk is full. Make room on it, then try again.")

    review.type("over")
    with monkeypatch.context() as full:
        full.setattr(Corrections, "keep", fail)
        review.press(Return)
        review.until(lambda: review.desk.notices.text.startswith("The disk is full."))
    assert (review.word, review.count("changed"), review.progress[-1][0]) == ("over", 0, 1)
    assert review.library.text(page) == "the qvick fox\njumps ovor"
    assert review.desk.history.undo_words == ""
    review.press(Return)
    assert (review.word, review.library.text(page)) == ("qvick", "the qvick fox\njumps over")


def test_words_that_come_after_the_end_are_offered_and_nothing_moves_under_a_key(review):
    sources = [Source(review.folder / f"{number}.png", f"{number}.png", 0, 1, 1) for number in range(2)]
    batch_id, (first, second) = batch_of(review.library, sources, review.folder)
    keep(review.library, first, text_of(((("agaim", 0.2),),)))
    review.begin(Scope(batch_id))
    review.press(Return)
    assert review.end == "1 of 1, 0 changed"
    keep(review.library, second, text_of(((("lator", 0.4), ("evor", 0.3)),)))
    review.desk.chosen.tell(Change(batch_id, frozenset([second])))
    more = review.child("reviewMore", QPushButton)
    review.until(more.isVisible)
    assert (more.text(), review.end) == ("2 more words to check", "1 of 1, 0 changed")
    review.qtbot.keyClick(QApplication.focusWidget(), Return)
    assert review.end
    review.qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    review.until(lambda: review.word == "evor")
    assert (review.end, review.progress[-1][:2]) == ("", (2, 3))


def test_who_worked_in_groups_meanwhile_goes_on_where_they_were(review):
    pages = review.add_pages(text_of(), text_of(((("lator", 0.6),),)), text_of(((("evor", 0.7 - 0.01),),)))
    review.begin()
    review.type("over")
    review.press(Return)
    review.press(Return)
    review.view.end()
    (word,) = doubtful_words(pages[1], review.library.texts.of(pages[1]).lines)
    review.library.corrections.keep(pages[1], *acceptances(review.library.texts.of(pages[1]).lines, [word]))
    review.view.count_elsewhere(Outcome.ACCEPTED, 1)
    review.view.begin(Scope())
    review.until(lambda: review.is_there)
    assert (review.word, review.progress[-1][:2]) == ("jumps", (4, 5))
    assert [review.count(name) for name in ("accepted", "changed", "later")] == [2, 1, 0]
    review.view.end()
    review.desk.history.undo()
    review.view.begin(Scope())
    review.until(lambda: review.is_there)
    assert (review.word, review.count("accepted")) == ("qvick", 1), "what is undone meanwhile is to be checked again"
    review.view.reset()
    review.view.begin(Scope())
    review.until(lambda: review.is_there)
    assert (review.progress[-1][:2], review.count("changed")) == ((1, 3), 0)


def test_a_page_that_was_removed_meanwhile_is_passed_over(review):
    first, second = review.add_pages(text_of(), text_of(((("lator", 0.4),),)))
    review.begin()
    assert (review.word, review.progress[-1][:2]) == ("ovor", (1, 4))
    review.library.remove_pages([first])
    review.desk.chosen.tell(Change(None))
    review.until(lambda: review.word == "lator")
    assert review.progress[-1][:2] == (1, 1)
    review.press(Return)
    assert review.end == "1 of 1, 0 changed"
    assert review.library.page(second).to_check == 0


def test_a_page_that_was_removed_in_the_same_moment_keeps_nothing_and_says_so(review, page):
    review.library.remove_pages([page])
    review.press(Return)
    review.until(lambda: "removed" in review.desk.notices.text)
    assert review.count("accepted") == 0


def test_a_page_that_is_read_again_meanwhile_has_other_words(review, page):
    review.type("over")
    review.press(Return)
    keep(review.library, page, text_of(((("the", 0.99), ("qvick", 0.99), ("fox", 0.99)), (("jumps", 0.99), ("ovor", 0.1)), (("agaim", 0.2),))))  # fmt: skip  # noqa: E501
    review.desk.chosen.tell(Change(review.library.page(page).batch_id, frozenset([page])))
    review.until(lambda: review.word == "agaim")
    assert review.progress[-1][:2] == (2, 2)
    review.press(Return)
    assert review.end == "2 of 2, 1 changed"
    assert "jumps over" in review.library.text(page)


def test_words_of_pages_that_are_read_meanwhile_are_to_be_checked_as_well(review):
    sources = [Source(review.folder / f"{number}.png", f"{number}.png", 0, 1, 1) for number in range(3)]
    batch_id, (first, second, third) = batch_of(review.library, sources, review.folder)
    keep(review.library, first, text_of(((("agaim", 0.2),),)))
    review.begin(Scope(batch_id))
    assert (review.word, review.progress[-1][:2]) == ("agaim", (1, 1))
    keep(review.library, second, text_of(((("lator", 0.4),),)))
    review.desk.chosen.tell(Change(batch_id, frozenset([second])))
    review.until(lambda: review.progress[-1][:2] == (1, 2))
    assert review.word == "agaim"
    review.press(Return)
    review.press(Return)
    assert review.end == "2 of 2, 0 changed"
    review.begin(Scope(batch_id, (first, second)))
    review.until(lambda: review.end == "Nothing to check")
    keep(review.library, third, text_of())
    review.desk.chosen.tell(Change(batch_id, frozenset([third])))
    assert review.items.queue.total == 0


def test_what_was_typed_stays_while_other_pages_change(review):
    _first, second = review.add_pages(text_of(), text_of(((("lator", 0.4),),)))
    review.begin()
    review.type("ove")
    review.library.remove_pages([second])
    review.desk.chosen.tell(Change(None))
    review.until(lambda: review.progress[-1][1] == 3)
    assert review.word == "ove"


def test_a_word_accepted_twice_is_not_asked_a_third_time(review):
    pages = review.add_pages(*(text_of(((("Xanadv", 0.3 + 0.01 * number),),)) for number in range(4)))
    review.begin()
    review.press(Return)
    review.press(Return)
    review.until(lambda: review.end)
    assert review.end == "2 of 2, 0 changed"
    review.view.end()
    review.until(lambda: not any(review.library.page(page_id).to_check for page_id in pages))


def test_an_input_method_composes_in_the_field_and_its_text_is_kept(review, page):
    QApplication.sendEvent(review.field, QInputMethodEvent("ni", []))
    commit = QInputMethodEvent()
    commit.setCommitString("你")
    QApplication.sendEvent(review.field, commit)
    assert review.word == "你"
    review.press(Return)
    assert review.library.text(page).endswith("jumps 你")


def test_text_from_right_to_left_is_written_as_it_is_read(review):
    (page_id,) = review.add_pages(text_of(((("سلام", 0.99), ("عالم", 0.1), ("طيب", 0.99)),)))
    review.begin()
    assert (review.word, review.field.selectedText()) == ("عالم", "عالم")
    review.type("علم")
    review.press(Return)
    assert review.library.text(page_id) == "سلام علم طيب"


def test_escape_takes_back_what_was_typed_and_then_leaves(review, page):
    review.type("x")
    review.qtbot.keyClick(review.field, Qt.Key.Key_Escape)
    assert (review.word, review.field.selectedText()) == ("ovor", "ovor")
    with review.qtbot.waitSignal(review.view.left):
        review.qtbot.keyClick(review.field, Qt.Key.Key_Escape)


def test_a_picture_that_is_gone_is_no_obstacle(review):
    (page_id,) = review.add_pages(text_of())
    (review.folder / "0.png").unlink()
    review.begin()
    assert review.items.present.strip is None
    assert review.items.present.trouble
    review.type("over")
    review.press(Return)
    assert review.library.text(page_id).endswith("jumps over")


def test_the_word_is_tinted_where_it_is_printed(review, page):
    image = review.child("wordStrip").grab().toImage()
    middle = image.pixelColor(image.width() // 2, image.height() // 2)
    assert middle != QColor("white")
    assert middle.blue() < middle.red() - 40, "amber on white paper"


def test_pictures_are_at_hand_before_they_are_needed_and_few_are_kept(review, monkeypatch):
    monkeypatch.setattr("ocrdesk.ui.review.review_items.AHEAD", 3)
    monkeypatch.setattr("ocrdesk.ui.review.shown_words.BEHIND", 1)
    review.add_pages(*(text_of(((("wrong", 0.01 * number),),)) for number in range(1, 9)))
    review.begin()
    queue = review.items.queue
    for _ in range(5):
        review.until(lambda: all(review.items.of(doubt) for doubt in queue.upcoming(3)))
        review.press(Qt.Key.Key_Down, Ctrl)
        assert review.items.present.strip is not None
    review.until(lambda: all(review.items.of(doubt) for doubt in queue.upcoming(3)))
    assert len(review.items._words.all()) <= 1 + 3 + 1


def test_only_the_pages_asked_for_are_reviewed(review):
    _first, second = review.add_pages(text_of(), text_of(((("lator", 0.4),),)))
    review.begin(Scope(page_ids=(second,)))
    assert (review.word, review.progress[-1][:2]) == ("lator", (1, 1))


def test_where_nothing_is_to_be_checked_it_says_so(review):
    review.add_pages(text_of(((("right", 0.99),),)))
    review.begin()
    assert review.end == "Nothing to check"
    assert review.child("reviewEndSentence", QLabel).text()


@pytest.mark.parametrize(("width", "has_page"), [(1200, True), (1000, False)])
def test_the_page_is_beside_the_word_where_there_is_room(review, page, width, has_page):
    review.window.resize(width, 700)
    assert review.child("pageBeside").isVisible() == has_page
