"""Pages that are to be read in a mode of their own, and when pages were read."""

import time

import pytest
from fakes import batch_of, claim, claim_page, die_and_reopen, keep, reading

from ocrdesk.engine.document import Mode, PageStatus
from ocrdesk.engine.reading_names import mode_of

ONE = b"1" * 16
NOON = 1_700_000_000


@pytest.fixture
def clock(monkeypatch):
    """The time at which pages are read, in seconds."""
    times = [NOON]
    monkeypatch.setattr(time, "time", lambda: times[0])
    return times


def test_a_page_keeps_the_mode_it_is_wanted_in_over_a_restart(library):
    batch_id, (page_id, other) = batch_of(library, 2)
    keep(library, page_id, reading("old"))
    library.runs.read_in_mode([page_id], Mode.FAST)
    library = die_and_reopen(library)
    page = library.page(page_id)
    assert (page.status, page.content, page.mode_wanted) == (PageStatus.PENDING, None, Mode.FAST)
    assert library.text(page_id) == "old", "the old reading stays until a new one wins"
    assert library.runs.claim_next(batch_id).mode_wanted is Mode.FAST
    assert library.runs.claim_next(batch_id) is None, f"page {other} was not asked for"
    library.close()


def test_read_again_without_a_mode_takes_the_wish_back_and_everything_else_keeps_it(library):
    _, (page_id,) = batch_of(library, 1)
    library.runs.read_in_mode([page_id], Mode.ACCURATE)
    keep(library, page_id, reading("text"))
    library.runs.drop_checkpoints([page_id])  # as for failed pages
    library.runs.turn_pages([page_id], 90)
    assert library.page(page_id).mode_wanted is Mode.ACCURATE
    library.runs.read_in_mode([page_id], None)
    page = library.page(page_id)
    assert (page.mode_wanted, page.turn_wanted, page.status) == (None, 90, PageStatus.PENDING)


def test_a_page_that_is_being_read_gets_no_other_mode(library):
    batch_id, (page_id,) = batch_of(library, 1)
    claim(library, batch_id)
    library.runs.read_in_mode([page_id], Mode.FAST)
    assert (library.page(page_id).status, library.page(page_id).mode_wanted) == (PageStatus.RUNNING, None)


def test_the_modes_of_pages_are_told_each_once(library):
    _, pages = batch_of(library, 4)
    library.runs.read_in_mode(pages[:2], Mode.FAST)
    assert library.runs.modes_of(pages[:2]) == {Mode.FAST}
    assert library.runs.modes_of(pages) == {Mode.FAST, None}
    assert library.runs.modes_of([]) == set()


@pytest.mark.parametrize(
    ("recognizer", "mode"),
    [
        (None, None),
        ("PDF text", None),
        ("PP-OCRv6", Mode.ACCURATE),
        ("PP-OCRv6 fast", Mode.FAST),
        ("PP-OCRv6/fast", Mode.FAST),
        ("PP-OCRv6/rus+eng", Mode.ACCURATE),
        ("PP-OCRv6/auto/fast", Mode.FAST),
        ("PDF text and PP-OCRv6", Mode.ACCURATE),
        ("PDF text and PP-OCRv6 fast", Mode.FAST),
    ],
)
def test_a_reading_tells_in_which_mode_it_was_made(recognizer, mode):
    assert mode_of(recognizer) is mode


# When pages were read


def test_it_is_noted_when_a_page_was_read_last(library, clock):
    batch_id, (page_id, other) = batch_of(library, 2)
    assert (library.page(page_id).read_at, library.batch(batch_id).read_at) == (None, None)
    keep(library, page_id, reading("text"))
    assert (library.page(page_id).read_at, library.batch(batch_id).read_at) == (NOON, NOON)
    clock[0] += 60
    keep(library, other, reading("text"))
    clock[0] += 60
    library.runs.drop_checkpoints([page_id])
    assert library.batch(batch_id).read_at == NOON + 60
    keep(library, page_id, reading("again"))
    assert library.batch(batch_id).read_at == NOON + 120
    library.remove_pages([page_id])
    assert library.batch(batch_id).read_at == NOON + 60


def test_a_page_that_fails_when_it_is_read_again_keeps_the_time_of_its_reading(library, clock):
    batch_id, (page_id, never_read) = batch_of(library, 2)
    keep(library, page_id, reading("text"))
    clock[0] += 60
    library.runs.drop_checkpoints([page_id])
    for failing in (page_id, never_read):
        library.checkpoints.keep_failure(failing, "The file is gone.")
    assert (library.page(page_id).read_at, library.page(never_read).read_at) == (NOON, None)
    assert library.batch(batch_id).read_at == NOON


def test_a_reading_taken_from_another_page_is_as_new_as_that_act_and_its_own_as_old_as_it_is(library, clock):
    _, (first, second) = batch_of(library, 2)
    library.checkpoints.keep(first, reading("text"), seconds=1, rotation=0, recognizer="fake", content=ONE)
    clock[0] += 60
    for page_id in (first, second):
        claim_page(library, page_id) if page_id == second else None
        twin = library.files.twin(library.page(page_id), ONE)
        library.checkpoints.keep_twin(page_id, twin, ONE)
    assert (library.page(first).read_at, library.page(second).read_at) == (NOON, NOON + 60)
