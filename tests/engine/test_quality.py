"""What is doubtful, to the library and on the screen."""

from dataclasses import replace
from pathlib import Path

import pytest
from fakes import batch_of, keep, line, reading

from ocrdesk.engine.document import Page, PageStatus, Reading, Word
from ocrdesk.engine.library import PageFilter
from ocrdesk.engine.quality import (
    CHECK_ACCEPTED_BELOW,
    CHECK_BELOW,
    count_doubtful,
    is_doubtful,
    is_line_doubtful,
    is_word_doubtful,
    number_to_check,
)

PLACE = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))


def page(**values) -> Page:
    return Page(1, 1, Path("/scans/1.png"), 0, "1.png", **values)


def words(*confidences: float):
    """A line with a word for each confidence."""
    measured = tuple(Word(f"word{number}", it, PLACE) for number, it in enumerate(confidences))
    return replace(line(" ".join(word.text for word in measured), confidence=min(confidences)), words=measured)


def test_a_page_is_doubtful_while_something_on_it_is_to_check():
    assert is_doubtful(page(status=PageStatus.DONE, to_check=1))
    assert not is_doubtful(page(status=PageStatus.DONE, to_check=0))
    assert not is_doubtful(page(status=PageStatus.DONE, to_check=None))
    assert not is_doubtful(page(status=PageStatus.FAILED, to_check=3))


def test_a_line_and_a_word_are_doubtful_below_the_threshold_and_not_at_it():
    (whole,) = reading("some words", confidence=CHECK_BELOW).lines
    assert not is_line_doubtful(whole)
    assert is_line_doubtful(replace(whole, confidence=CHECK_BELOW - 0.01))
    assert not is_word_doubtful(Word("word", CHECK_BELOW, PLACE))
    assert is_word_doubtful(Word("word", CHECK_BELOW - 0.01, PLACE))


def test_an_accepted_word_is_doubtful_only_if_its_letters_are_very_unsure():
    accepted = {"gulden"}
    assert not is_word_doubtful(Word("„Gulden“,", CHECK_ACCEPTED_BELOW, PLACE), accepted)
    assert is_word_doubtful(Word("„Gulden“,", CHECK_ACCEPTED_BELOW - 0.01, PLACE), accepted)
    assert is_word_doubtful(Word("„Guldenx“,", CHECK_ACCEPTED_BELOW, PLACE), accepted)


def test_words_are_counted_and_a_line_without_words_as_one():
    lines = [words(0.1, 0.99, 0.1), line("whole", confidence=0.1), line("sure", confidence=0.99)]
    assert count_doubtful(lines) == 3
    assert count_doubtful([words(0.3, 0.3)], {"word0"}) == 1


@pytest.mark.parametrize(
    ("confidences", "unread", "number"),
    [
        ((0.1, 0.1, 0.99), 0.0, 2),
        ((0.1, 0.1, 0.99), 0.5, 2),
        ((0.1, 0.99), 0.5, 1),
        ((0.99,), 0.5, 1),
        ((0.99,), 0.0, 0),
    ],
)
def test_the_number_on_a_page_is_that_of_its_words_even_if_much_was_not_read(library, confidences, unread, number):
    batch_id, pages = batch_of(library, 1)
    keep(library, pages[0], Reading((words(*confidences),), 20, 10, unread=unread))
    page = library.page(pages[0])
    assert number_to_check(page) == number
    assert is_doubtful(page) == bool(number)
    assert library.batch(batch_id).counts.words == count_doubtful(library.texts.of(page.id).lines)


@pytest.mark.parametrize("confidences", [(0.1, 0.99), (0.99, 0.99), (0.1, 0.1)])
def test_the_library_counts_and_finds_those_that_are_shown_as_doubtful(library, confidences):
    batch_id, pages = batch_of(library, 5)
    for page_id, confidence in zip(pages, confidences, strict=False):
        keep(library, page_id, reading("some words", confidence=confidence))
    keep(library, pages[2], Reading((), width=20, height=10))
    keep(library, pages[3], Reading((), width=20, height=10, unread=1.0))
    library.checkpoints.keep_failure(pages[4], "The file is empty. Scan it again.")
    shown = [page_id for page_id, it in library.pages(pages).items() if is_doubtful(it)]
    assert pages[3] in shown, "what could not be read at all is to check as well"
    assert library.page_ids(batch_id, PageFilter.DOUBTFUL) == shown
    assert library.batch(batch_id).counts.doubtful == len(shown)
