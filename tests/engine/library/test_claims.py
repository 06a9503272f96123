from pathlib import Path

from fakes import batch_of, claim, claim_page, die_and_reopen, keep, reading, statuses

from ocrdesk.engine.document import Counts, PageStatus
from ocrdesk.engine.library.library import TWO_DEATHS

# Claiming


def test_only_wanted_pages_are_claimed_each_once_and_in_order(library):
    batch_id, pages = batch_of(library, 4)
    library.queue(batch_id, [pages[3], pages[1]])
    assert library.claim_next(batch_id).id == pages[1]
    claimed = library.claim_next(batch_id)
    assert (claimed.id, claimed.status) == (pages[3], PageStatus.RUNNING)
    assert library.claim_next(batch_id) is None
    assert statuses(library, batch_id) == ["pending", "running", "pending", "running"]


def test_pages_of_other_batches_are_not_claimed(library):
    first, _ = batch_of(library, 1, Path("/a"))
    second, pages = batch_of(library, 1, Path("/b"))
    library.queue(second)
    assert library.claim_next(first) is None
    assert library.claim_next(second).id == pages[0]


def test_queueing_touches_only_pages_that_wait(library):
    batch_id, (done, failed, waiting) = batch_of(library, 3)
    keep(library, done, reading("text"))
    library.checkpoint_failure(failed, "Damaged.")
    library.queue(batch_id, [done, failed, waiting])
    assert library.claim_next(batch_id).id == waiting
    assert library.claim_next(batch_id) is None
    library.release(waiting)
    library.queue(batch_id)
    assert library.batch(batch_id).counts == Counts(total=3, done=1, failed=1, pending=1, queued=1)


def test_pages_no_longer_wanted_stay_pending(library):
    batch_id, pages = batch_of(library, 2)
    claim(library, batch_id)
    library.unqueue(batch_id)
    assert library.claim_next(batch_id) is None
    assert statuses(library, batch_id) == ["running", "pending"]
    assert library.batch(batch_id).counts.queued == 1, "the page in flight is still wanted"
    keep(library, pages[0], reading("text"))
    assert library.batch(batch_id).counts == Counts(total=2, done=1, pending=1)


def test_a_released_page_is_wanted_as_before(library):
    batch_id, (page_id,) = batch_of(library, 1)
    before = claim(library, batch_id)
    library.release(page_id)
    assert library.claim_next(batch_id) == before


def test_releasing_does_not_undo_a_page_that_is_finished(library):
    _, (page_id,) = batch_of(library, 1)
    keep(library, page_id, reading("text"))
    library.release(page_id)
    assert library.page(page_id).status is PageStatus.DONE


def test_taking_up_a_batch_makes_its_running_pages_wait_and_no_others(library):
    first, _ = batch_of(library, 2, Path("/a"))
    second, _ = batch_of(library, 1, Path("/b"))
    claim(library, first)
    claim(library, second)
    library.take_up(first)
    assert statuses(library, first) == ["pending", "pending"]
    assert statuses(library, second) == ["running"]
    assert library.batch(first).counts.queued == 2


# Deaths of the program


def test_a_page_the_program_died_on_once_waits_and_is_still_wanted_but_comes_last(library):
    batch_id, (page_id, other) = batch_of(library, 2)
    claim(library, batch_id)
    library = die_and_reopen(library)
    assert statuses(library, batch_id) == ["pending", "pending"]
    assert library.page(page_id).message is None
    assert [library.claim_next(batch_id).id for _ in range(2)] == [other, page_id]
    library.close()


def test_a_page_the_program_died_on_twice_in_a_row_fails_with_a_sentence(library):
    batch_id, (page_id, _) = batch_of(library, 2)
    claim(library, batch_id)
    library = die_and_reopen(library)
    claim_page(library, page_id)
    library = die_and_reopen(library)
    page = library.page(page_id)
    assert (page.status, page.message) == (PageStatus.FAILED, TWO_DEATHS)
    library.queue(batch_id)
    assert library.claim_next(batch_id).id != page_id
    library.close()


def test_a_death_on_other_pages_in_between_starts_the_count_anew(library):
    batch_id, (page_id, other) = batch_of(library, 2)
    for dying in (page_id, other, page_id):
        claim_page(library, dying)
        library = die_and_reopen(library)
    assert statuses(library, batch_id) == ["pending", "pending"]
    claim_page(library, page_id)
    library = die_and_reopen(library)
    assert statuses(library, batch_id) == ["failed", "pending"]
    library.close()


def test_a_start_without_a_death_in_between_does_not_start_the_count_anew(library):
    batch_id, (page_id,) = batch_of(library, 1)
    claim(library, batch_id)
    library = die_and_reopen(library)
    library = die_and_reopen(library)
    claim_page(library, page_id)
    library = die_and_reopen(library)
    assert statuses(library, batch_id) == ["failed"]
    library.close()


def test_all_pages_in_flight_share_a_death_and_the_innocent_ones_recover(library):
    batch_id, (guilty, innocent) = batch_of(library, 2)
    library.queue(batch_id)
    library.claim_next(batch_id)
    library.claim_next(batch_id)
    library = die_and_reopen(library)
    assert statuses(library, batch_id) == ["pending", "pending"]
    claim_page(library, innocent)
    keep(library, innocent, reading("text"))
    claim_page(library, guilty)
    library = die_and_reopen(library)
    assert statuses(library, batch_id) == ["failed", "done"]
    library.close()


def test_a_retry_forgives_deaths(library):
    batch_id, (page_id,) = batch_of(library, 1)
    for _ in range(2):
        library.drop_checkpoints([page_id])
        assert library.claim_next(batch_id)
        library = die_and_reopen(library)
    assert statuses(library, batch_id) == ["pending"]
    library.close()
