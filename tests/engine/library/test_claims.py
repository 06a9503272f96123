from dataclasses import replace
from pathlib import Path

import pytest
from fakes import batch_of, claim, claim_page, die_and_reopen, keep, reading, sources, statuses

from ocrdesk.engine.document import Counts, PageStatus
from ocrdesk.engine.facts import Fact

# Claiming


def test_only_wanted_pages_are_claimed_each_once_and_in_order(library):
    batch_id, pages = batch_of(library, 4)
    library.runs.queue(batch_id, [pages[3], pages[1]])
    assert library.runs.claim_next(batch_id).id == pages[1]
    claimed = library.runs.claim_next(batch_id)
    assert (claimed.id, claimed.status) == (pages[3], PageStatus.RUNNING)
    assert library.runs.claim_next(batch_id) is None
    assert statuses(library, batch_id) == ["pending", "running", "pending", "running"]


def test_pages_of_other_batches_are_not_claimed(library):
    first, _ = batch_of(library, 1, Path("/a"))
    second, pages = batch_of(library, 1, Path("/b"))
    library.runs.queue(second)
    assert library.runs.claim_next(first) is None
    assert library.runs.claim_next(second).id == pages[0]


def test_queueing_touches_only_pages_that_wait(library):
    batch_id, (done, failed, waiting) = batch_of(library, 3)
    keep(library, done, reading("text"))
    library.checkpoints.keep_failure(failed, "Damaged.")
    library.runs.queue(batch_id, [done, failed, waiting])
    assert library.runs.claim_next(batch_id).id == waiting
    assert library.runs.claim_next(batch_id) is None
    library.runs.release(waiting)
    library.runs.queue(batch_id)
    assert library.batch(batch_id).counts == Counts(total=3, done=1, failed=1, pending=1, queued=1)


def test_pages_no_longer_wanted_stay_pending(library):
    batch_id, pages = batch_of(library, 2)
    claim(library, batch_id)
    library.runs.unqueue(batch_id)
    assert library.runs.claim_next(batch_id) is None
    assert statuses(library, batch_id) == ["running", "pending"]
    assert library.batch(batch_id).counts.queued == 1, "the page in flight is still wanted"
    keep(library, pages[0], reading("text"))
    assert library.batch(batch_id).counts == Counts(total=2, done=1, pending=1)


def test_a_released_page_is_wanted_as_before(library):
    batch_id, (page_id,) = batch_of(library, 1)
    before = claim(library, batch_id)
    library.runs.release(page_id)
    assert library.runs.claim_next(batch_id) == before


def test_releasing_does_not_undo_a_page_that_is_finished(library):
    _, (page_id,) = batch_of(library, 1)
    keep(library, page_id, reading("text"))
    library.runs.release(page_id)
    assert library.page(page_id).status is PageStatus.DONE


def test_taking_up_a_batch_makes_its_running_pages_wait_and_no_others(library):
    first, _ = batch_of(library, 2, Path("/a"))
    second, _ = batch_of(library, 1, Path("/b"))
    claim(library, first)
    claim(library, second)
    library.runs.requeue_running(first)
    assert statuses(library, first) == ["pending", "pending"]
    assert statuses(library, second) == ["running"]
    assert library.batch(first).counts.queued == 2


def test_taking_up_a_batch_without_running_pages_waits_for_no_other_writer(library):
    batch_id, _ = batch_of(library, 2)
    before = library._connection.writes
    library.runs.requeue_running(batch_id)
    assert library._connection.writes == before


def test_the_wanted_pages_are_told_in_the_order_in_which_they_are_read(library):
    batch_id, (first, second, third, _) = batch_of(library, 4)
    library.runs.queue(batch_id, [first, second, third])
    assert library.runs.claim_next(batch_id).id == first
    library.runs.suspect(first)
    assert library.runs.claim_next(batch_id).id == second
    assert library.runs.wanted(batch_id) == [third, first]


# Suspects


def suspects(library, batch_id) -> list[int]:
    return [page.id for page in library.pages(library.page_ids(batch_id)).values() if page.suspect]


def test_all_pages_being_read_when_the_program_dies_wait_again_as_suspects_and_are_still_wanted(library):
    batch_id, pages = batch_of(library, 3)
    library.runs.queue(batch_id)
    library.runs.claim_next(batch_id)
    library.runs.claim_next(batch_id)
    library = die_and_reopen(library)
    assert statuses(library, batch_id) == ["pending"] * 3
    assert suspects(library, batch_id) == pages[:2]
    assert [library.page(page_id).message for page_id in pages] == [None] * 3
    assert library.batch(batch_id).counts.queued == 3
    assert library.runs.wanted(batch_id) == [pages[2], *pages[:2]]
    library.close()


@pytest.mark.parametrize("deaths", [2, 30])
def test_deaths_of_the_program_prove_nothing_however_many_there_are(library, deaths):
    batch_id, pages = batch_of(library, 2)
    library.runs.queue(batch_id)
    for _ in range(deaths):
        for page_id in pages:
            assert library.runs.claim(page_id)
        library = die_and_reopen(library)
    assert statuses(library, batch_id) == ["pending", "pending"]
    assert library.batch(batch_id).counts.queued == 2
    library.close()


def test_a_suspect_is_not_among_the_pages_that_any_worker_takes_but_can_be_claimed(library):
    batch_id, (page_id, other) = batch_of(library, 2)
    claim(library, batch_id)
    library = die_and_reopen(library)
    assert library.runs.claim_next(batch_id).id == other
    assert library.runs.claim_next(batch_id) is None
    claimed = library.runs.claim(page_id)
    assert (claimed.status, claimed.suspect) == (PageStatus.RUNNING, True)
    assert library.runs.claim(page_id) is None, "it is being read already"
    library.close()


def test_a_page_that_is_no_longer_wanted_cannot_be_claimed(library):
    batch_id, (page_id,) = batch_of(library, 1)
    assert library.runs.claim(page_id) is None
    claim(library, batch_id)
    library.runs.suspect(page_id)
    library.runs.unqueue(batch_id)
    assert library.runs.claim(page_id) is None


@pytest.mark.parametrize("end", ["release", "death", "take up", "failure", "turn"])
def test_a_suspect_stays_one_until_it_was_read(library, end):
    batch_id, (page_id,) = batch_of(library, 1)
    claim(library, batch_id)
    library = die_and_reopen(library)
    library.runs.claim(page_id)
    if end == "death":
        library = die_and_reopen(library)
    elif end == "release":
        library.runs.release(page_id)
    elif end == "take up":
        library.runs.requeue_running(batch_id)
    else:
        library.checkpoints.keep_failure(page_id, "It crashes.")
        library.runs.drop_checkpoints([page_id])
        if end == "turn":
            library.runs.turn_pages([page_id], 90)
    page = library.page(page_id)
    assert (page.status, page.suspect) == (PageStatus.PENDING, True)
    library.close()


@pytest.mark.parametrize("end", ["checkpoint", "twin", "changed file"])
def test_a_page_is_no_suspect_any_more_when_it_was_read_or_has_another_file(library, end):
    batch_id, (page_id, twin) = batch_of(library, 2)
    keep(library, twin, reading("text"))
    claim_page(library, page_id)
    library.runs.suspect(page_id)
    match end:
        case "checkpoint":
            keep(library, page_id, reading("text"))
        case "twin":
            library.checkpoints.keep_twin(page_id, library.page(twin), b"content")
        case "changed file":
            library.add_pages(batch_id, [replace(source, size=2) for source in sources(1)])
    assert suspects(library, batch_id) == []


def test_letting_go_of_a_page_as_a_suspect_does_not_undo_one_that_is_finished(library):
    batch_id, (page_id,) = batch_of(library, 1)
    keep(library, page_id, reading("text"))
    library.runs.suspect(page_id)
    assert statuses(library, batch_id) == ["done"]
    assert suspects(library, batch_id) == []


def test_a_page_with_an_earlier_reading_keeps_it_whatever_becomes_of_the_suspect(library):
    batch_id, (page_id,) = batch_of(library, 1)
    keep(library, page_id, reading("old"))
    library.runs.drop_checkpoints([page_id])
    library.runs.claim_next(batch_id)
    library = die_and_reopen(library)
    assert (library.page(page_id).status, library.text(page_id)) == (PageStatus.PENDING, "old")
    library.checkpoints.keep_failure(page_id, "It crashes.")
    page = library.page(page_id)
    assert (page.status, page.message) == (PageStatus.DONE, f"{Fact.TEXT_KEPT()} It crashes.")
    assert library.text(page_id) == "old"
    library.close()
