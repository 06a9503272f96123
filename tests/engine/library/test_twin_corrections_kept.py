"""Corrections of a page that other pages of the same file may take."""

from dataclasses import replace
from pathlib import Path

import pytest
from fakes import batch_of, keep
from letter import AGAIN, correct, letter_in, text_of

from ocrdesk.engine.document import Brought, PageStatus


@pytest.fixture
def page(library):
    return letter_in(library)


@pytest.fixture
def twin(library, page):
    """A page of the same file in another batch."""
    _, (twin,) = batch_of(library, 1, Path("/others"))
    library.checkpoints.keep_twin(page, library.page(page), b"same")
    assert library.checkpoints.keep_twin(twin, library.page(page), b"same")
    return twin


def test_a_twin_takes_corrections_only_where_that_is_wanted(library, page, twin):
    read = text_of(library, twin)
    assert library.corrections.twin(library.page(twin)) is None, "the other page has none"
    correct(library, page, 1, "the goods have come")
    correct(library, page, 0, None)
    library.checkpoints.keep_twin(twin, library.page(page), b"same")
    assert text_of(library, twin) == read and library.page(twin).corrected == 0
    assert library.corrections.twin(library.page(twin)).id == page
    former = library.corrections.take(twin, page)
    assert text_of(library, twin) == ["the goods have come", "Yours"]
    it, other = library.page(twin), library.page(page)
    assert (it.corrected, it.line_count, it.confidence, it.text_start) == (2, 2, other.confidence, other.text_start)
    assert len({it.id for it in (*library.corrections.of(page), *library.corrections.of(twin))}) == 4
    assert library.corrections.twin(it) is None, "it has its own now"
    library.corrections.put_back(former)
    assert text_of(library, twin) == read and len(library.corrections.of(page)) == 2


def test_a_twin_that_was_read_otherwise_takes_corrections_by_their_texts(library, page, twin):
    correct(library, page, 0, "Dear Mr Smith,")
    keep(library, twin, AGAIN)
    library.corrections.take(twin, page)
    assert text_of(library, twin) == ["Dear Mr Smith,", "tho goods havo come", "Yours"]


def test_no_corrections_are_offered_of_pages_that_are_removed_or_came_without_their_picture(library, page, twin):
    correct(library, page, 0, "Dear Mr Smith,")
    it = library.page(twin)
    assert library.corrections.twin(replace(it, status=PageStatus.PENDING)) is None
    assert library.corrections.twin(replace(it, frame=1)) is None
    with library._connection.write() as db:
        db.execute("UPDATE page SET brought = ? WHERE id = ?", (Brought.ALONE, page))
    assert library.corrections.twin(it) is None
    with library._connection.write() as db:
        db.execute("UPDATE page SET brought = 0 WHERE id = ?", (page,))
    assert library.corrections.twin(it) is not None
    library.removing.hide(library.page(page).batch_id)
    assert library.corrections.twin(it) is None
