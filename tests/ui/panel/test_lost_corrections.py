"""Corrections whose line is not there any more."""

import pytest
from edited_page import LINES, read
from fakes import keep
from PySide6.QtWidgets import QPushButton

from ocrdesk.engine.corrections.changes import corrected
from ocrdesk.engine.document import Reading
from ocrdesk.ui.kit.elided_label import ElidedLabel


@pytest.fixture
def lost(edited, library, edited_id):
    """The page was read again, and a line that was corrected is gone."""
    library.corrections.keep(edited_id, corrected(library.texts.of(edited_id).lines[1], "New Yorck"))
    keep(library, edited_id, Reading((LINES[0], read("due on 4th Aprll", 130)), 400, 200))
    edited.refresh()
    assert len(library.corrections.lost()) == 1
    return edited.lost


def button(lost, name) -> QPushButton:
    return lost.findChild(QPushButton, name)


def test_it_is_told_above_the_text_and_listed_when_wanted(lost, edited):
    assert lost.isVisible()
    assert button(lost, "lostCount").text() == "1 correction found no place"
    assert button(lost, "lostCount").x() == lost.layout().contentsMargins().left(), "above what it is about"
    assert not button(lost, "putLost").isVisible()
    button(lost, "lostCount").click()
    assert button(lost, "putLost").isVisible()


def test_the_facts_of_the_page_count_what_is_shown_and_what_found_no_place(lost, edited, library, edited_id):
    assert edited.facts[0][-1] == "1 found no place"
    assert not any("corrected" in fact for fact in edited.facts[0])
    library.corrections.keep(edited_id, corrected(library.texts.of(edited_id).lines[0], "17 Mill Lane"))
    edited.refresh()
    assert edited.facts[0][-2:] == ["1 corrected", "1 found no place"]


def test_it_is_put_on_the_line_that_is_chosen(lost, edited, laid, library, edited_id, until, texts):
    button(lost, "lostCount").click()
    assert not button(lost, "putLost").isEnabled()
    edited.lines.choose([1])
    button(lost, "putLost").click()
    until(lambda: texts() == ["17 Mill Lame", "New Yorck"])
    assert not lost.isVisible()
    laid.history.undo()
    until(lambda: texts() == ["17 Mill Lame", "due on 4th Aprll"])
    until(lost.isVisible)


def test_it_is_removed(lost, laid, library, edited_id, until):
    button(lost, "lostCount").click()
    button(lost, "removeLost").click()
    until(lambda: not library.corrections.of(edited_id))
    assert not lost.isVisible()
    laid.history.undo()
    until(lambda: len(library.corrections.lost()) == 1)


def test_a_page_without_any_says_nothing(edited):
    assert not edited.lost.isVisible()


def test_its_buttons_are_seen_however_long_the_line_is(edited, library, edited_id):
    long = "nineteen hundred and forty-four, " * 8
    library.corrections.keep(edited_id, corrected(library.texts.of(edited_id).lines[1], long))
    keep(library, edited_id, Reading((LINES[0], read("due on 4th Aprll", 130)), 400, 200))
    edited.refresh()
    button(edited.lost, "lostCount").click()
    remove = button(edited.lost, "removeLost")
    assert remove.visibleRegion().boundingRect() == remove.rect()


def test_a_line_that_was_accepted_is_not_shown_as_changed(edited, library, edited_id):
    library.corrections.keep(edited_id, corrected(library.texts.of(edited_id).lines[1], "New York"))
    keep(library, edited_id, Reading((LINES[0], read("due on 4th Aprll", 130)), 400, 200))
    edited.refresh()
    assert edited.lost.findChild(ElidedLabel).text() == "New York (accepted as it is)"


def test_of_long_lines_what_was_and_what_is_are_both_seen(edited, library, edited_id):
    after = "Two dozen lanterns of the better kind, to be paid at once"
    library.corrections.keep(edited_id, corrected(library.texts.of(edited_id).lines[1], after))
    keep(library, edited_id, Reading((LINES[0],), 400, 200))
    edited.refresh()
    button(edited.lost, "lostCount").click()
    (words,) = (label for label in edited.lost.findChildren(ElidedLabel) if "→" in label.text())
    assert words.text().endswith("→ “Two dozen lanterns of th…”")
    assert after in words.toolTip()
