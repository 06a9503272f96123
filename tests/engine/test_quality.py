"""What is doubtful, to the library and on the screen."""

from pathlib import Path

import pytest
from fakes import batch_of, keep, reading

from ocrdesk.engine.document import Page, PageStatus, Reading
from ocrdesk.engine.library import PageFilter
from ocrdesk.engine.quality import is_doubtful, is_line_doubtful


def page(**values) -> Page:
    return Page(1, 1, Path("/scans/1.png"), 0, "1.png", **values)


def test_a_page_is_doubtful_below_the_threshold_and_not_at_it():
    assert is_doubtful(page(status=PageStatus.DONE, confidence=0.89), 0.9)
    assert not is_doubtful(page(status=PageStatus.DONE, confidence=0.9), 0.9)


def test_a_page_without_text_or_without_a_reading_is_never_doubtful():
    assert not is_doubtful(page(status=PageStatus.DONE, confidence=None), 0.9)
    assert not is_doubtful(page(status=PageStatus.FAILED, confidence=0.1), 0.9)


def test_a_line_is_doubtful_below_the_threshold_and_not_at_it():
    (line,) = reading("some words", confidence=0.7).lines
    assert is_line_doubtful(line, 0.71)
    assert not is_line_doubtful(line, 0.7)


@pytest.mark.parametrize("below", [0.0, 0.5, 0.7, 1.0])
def test_the_library_counts_and_finds_those_that_are_shown_as_doubtful(library, below):
    batch_id, pages = batch_of(library, 7)
    for page_id, confidence in zip(pages, (0.1, 0.5, 0.69, 0.7, 0.95), strict=False):
        keep(library, page_id, reading("some words", confidence=confidence))
    keep(library, pages[5], Reading((), width=20, height=10))
    library.checkpoint_failure(pages[6], "The file is empty. Scan it again.")
    library.doubtful_below = below
    shown = [page_id for page_id, it in library.pages(pages).items() if is_doubtful(it, below)]
    assert sorted(library.page_ids(batch_id, PageFilter.DOUBTFUL)) == sorted(shown)
    assert library.batch(batch_id).counts.doubtful == len(shown)
