"""Pages that a person turned."""

import pytest
from fakes import batch_of, claim, claim_page, die_and_reopen, keep, line, reading

from ocrdesk.engine.document import PageStatus, Reading

ONE = b"1" * 16


def read(library, page_id: int, turn: int = 0) -> None:
    """Keeps a reading of known bytes as a worker does."""
    kept = Reading((line("text"),), 10, 20, turn)
    library.checkpoints.keep(page_id, kept, seconds=1, rotation=turn, recognizer="fake", content=ONE)


@pytest.mark.parametrize(
    ("was", "by", "wanted"),
    [(0, 90, 90), (0, -90, 270), (270, 90, 0), (90, -90, 0), (90, 180, 270), (180, 180, 0)],
)
def test_a_page_is_turned_on_from_how_it_is(library, was, by, wanted):
    batch_id, (page_id, other) = batch_of(library, 2)
    read(library, page_id, was)
    library.runs.turn_pages([page_id], by)
    library = die_and_reopen(library)
    page = library.page(page_id)
    assert (page.turn_wanted, page.turn) == (wanted, was)
    assert (page.status, page.content, page.message) == (PageStatus.PENDING, None, None)
    assert library.text(page_id) == "text", "the old reading stays until a new one wins"
    assert library.runs.claim_next(batch_id).turn_wanted == wanted
    assert library.runs.claim_next(batch_id) is None, f"page {other} was not asked for"
    library.close()


def test_turning_twice_before_it_is_read_turns_by_both(library):
    _, (page_id,) = batch_of(library, 1)
    library.runs.turn_pages([page_id], 90)
    library.runs.turn_pages([page_id], 90)
    library.runs.turn_pages([page_id], 90)
    assert library.page(page_id).turn_wanted == 270


def test_each_page_is_turned_from_its_own(library):
    _, pages = batch_of(library, 3)
    for page_id, turn in zip(pages, (0, 90, 180), strict=True):
        read(library, page_id, turn)
    library.runs.turn_pages(pages[:2], 90)
    assert [page.turn_wanted for page in library.pages(pages).values()] == [90, 180, None]


def test_a_page_that_is_being_read_is_not_turned(library):
    batch_id, (page_id,) = batch_of(library, 1)
    claim(library, batch_id)
    library.runs.turn_pages([page_id], 90)
    page = library.page(page_id)
    assert (page.status, page.turn_wanted) == (PageStatus.RUNNING, None)


def test_a_failed_page_that_is_turned_waits_without_a_message(library):
    _, (page_id,) = batch_of(library, 1)
    library.checkpoints.keep_failure(page_id, "Damaged.")
    library.runs.turn_pages([page_id], 90)
    page = library.page(page_id)
    assert (page.status, page.message, page.turn_wanted) == (PageStatus.PENDING, None, 90)


def test_reading_and_retry_keep_the_turn_that_is_wanted(library):
    _, (page_id,) = batch_of(library, 1)
    library.runs.turn_pages([page_id], 90)
    claim_page(library, page_id)
    read(library, page_id, 90)
    assert library.page(page_id).turn_wanted == 90
    library.runs.drop_checkpoints([page_id])
    assert library.page(page_id).turn_wanted == 90


def test_a_turned_page_has_no_twin_and_is_none(library):
    _, (turned, other, third) = batch_of(library, 3)
    library.runs.turn_pages([turned], 90)
    read(library, turned, 90)
    assert library.files.twin(library.page(other), ONE) is None
    read(library, other)
    assert library.files.twin(library.page(turned), ONE) is None
    assert library.files.twin(library.page(third), ONE).id == other


def test_a_page_that_takes_the_text_of_its_pdf_is_no_longer_turned(library):
    _, (page_id,) = batch_of(library, 1)
    library.runs.turn_pages([page_id], 90)
    library.files.read_as_picture([page_id], True)
    assert (library.page(page_id).as_picture, library.page(page_id).turn_wanted) == (True, 90)
    library.files.read_as_picture([page_id], False)
    assert (library.page(page_id).as_picture, library.page(page_id).turn_wanted) == (False, None)


def test_a_page_that_was_never_turned_wants_no_turn(library):
    _, (page_id,) = batch_of(library, 1)
    keep(library, page_id, reading("text"))
    assert library.page(page_id).turn_wanted is None


def test_pages_can_be_turned_back_to_how_each_was_wanted(library):
    batch_id, pages = batch_of(library, 3)
    library.runs.turn_pages(pages[1:2], 90)
    before = library.runs.turns_of(pages)
    assert before == {pages[0]: None, pages[1]: 90, pages[2]: None}
    library.runs.turn_pages(pages, 180)
    for page_id in pages:
        claim_page(library, page_id)
        read(library, page_id, library.page(page_id).turn_wanted)
    library.runs.queue(batch_id)
    library.runs.drop_checkpoints(pages[2:])
    assert library.runs.claim_next(batch_id).id == pages[2]
    library.runs.set_turns(before)
    assert library.runs.turns_of(pages) == {**before, pages[2]: 180}, "one that is being read is not turned"
    assert library.runs.wanted(batch_id) == pages[:2]
