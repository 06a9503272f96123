import os
import random
import signal
import subprocess
import sys
from collections import deque
from math import nan
from pathlib import Path

import pytest
from fakes import batch_of, claim, full_disk, keep, line, reading, sources, statuses

import ocrdesk
from ocrdesk.engine.document import Counts, Line, PageStatus, Reading, Source
from ocrdesk.engine.errors import LibraryError, LibraryInUse
from ocrdesk.engine.library import Library, PageFilter, PageOrder
from ocrdesk.engine.library.library import TWO_DEATHS

ROOT = Path(ocrdesk.__file__).parents[1]


def die_and_reopen(library: Library) -> Library:
    """What the next start finds after the program died: nothing was put in order."""
    library.close()
    return Library(library.folder)


def claim_page(library: Library, page_id: int) -> None:
    """Claims just this page."""
    page = library.page(page_id)
    library.unqueue(page.batch_id)
    library.queue(page.batch_id, [page_id])
    assert library.claim_next(page.batch_id).id == page_id


# Checkpoints


def test_lines_come_back_exactly_as_they_were_read(library):
    _, (page_id,) = batch_of(library, 1)
    lines = (
        Line("Größe 发票 ½ €", 0.99609375, ((1.5, 2.25), (100.5, 3.0), (100.0, 30.5), (1.0, 29.75))),
        Line("almost nothing", 0.0009765625, ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))),
        Line("  spaces and\ttab ", 0.0, ((-3.0, 0.0), (9000.5, 0.0), (9000.5, 1.0), (0.0, 1.0))),
        Line("=1+1", 1.0, ((0.0, 5.0), (1.0, 5.0), (1.0, 6.0), (0.0, 6.0))),
    )
    keep(library, page_id, Reading(lines, width=9001, height=31, turn=90), seconds=1.5, rotation=270)
    library = die_and_reopen(library)
    assert library.lines(page_id) == lines
    page = library.page(page_id)
    assert (page.status, page.line_count, page.width, page.height) == (PageStatus.DONE, 4, 9001, 31)
    assert (page.turn, page.rotation, page.seconds, page.recognizer) == (90, 270, 1.5, "fake")
    library.close()


def test_the_mean_confidence_counts_characters_and_not_lines(library):
    _, (page_id,) = batch_of(library, 1)
    keep(library, page_id, Reading((line("ab", confidence=0.5), line("abcdef", confidence=0.9)), 10, 10))
    assert library.page(page_id).confidence == pytest.approx((2 * 0.5 + 6 * 0.9) / 8)


def test_a_page_without_text_is_done_and_has_no_confidence(library):
    batch_id, (page_id,) = batch_of(library, 1)
    keep(library, page_id, Reading((), 10, 10))
    page = library.page(page_id)
    assert page.is_blank
    assert (page.confidence, page.line_count, page.text_start) == (None, 0, "")
    assert library.batch(batch_id).counts == Counts(total=1, done=1, blank=1)


def test_the_text_and_its_beginning_are_in_reading_order(library):
    _, (page_id,) = batch_of(library, 1)
    keep(library, page_id, Reading((line("below", top=50), line("x" * 400, top=0)), 200, 100))
    assert library.text(page_id) == "x" * 400 + "\nbelow"
    assert library.page(page_id).text_start == "x" * 300


def test_a_new_reading_replaces_all_lines_of_the_old_one(library):
    _, (page_id,) = batch_of(library, 1)
    keep(library, page_id, reading("one", "two", "three"))
    keep(library, page_id, reading("only one"))
    assert [kept.text for kept in library.lines(page_id)] == ["only one"]
    assert library.page(page_id).line_count == 1


def test_a_page_is_kept_whole_or_not_at_all(library):
    batch_id, (page_id,) = batch_of(library, 1)
    keep(library, page_id, reading("the old text"))
    before = library.page(page_id)
    with pytest.raises(LibraryError):
        keep(library, page_id, Reading((line("fine"), line("bad", confidence=nan), line("fine", top=40)), 10, 10))
    assert library.page(page_id) == before
    assert library.text(page_id) == "the old text"
    assert library.batch(batch_id).counts.done == 1


def test_a_failure_is_kept_with_its_sentence(library):
    batch_id, (page_id,) = batch_of(library, 1)
    claim(library, batch_id)
    library.checkpoint_failure(page_id, "The file is empty.")
    page = library.page(page_id)
    assert (page.status, page.message, page.line_count) == (PageStatus.FAILED, "The file is empty.", None)
    assert library.batch(batch_id).counts == Counts(total=1, failed=1)


def test_a_full_disk_says_so_and_leaves_the_old_checkpoint_untouched(library):
    batch_id, (page_id,) = batch_of(library, 1)
    keep(library, page_id, reading("the old text"))
    library.drop_checkpoints([page_id])
    claimed = library.claim_next(batch_id)
    large = reading(*("words " * 200 for _ in range(100)))
    with full_disk(library):
        with pytest.raises(LibraryError, match=r"is full\. Make room on it, then resume\."):
            keep(library, page_id, large)
        assert library.page(page_id) == claimed
        assert library.text(page_id) == "the old text"
        library.release(page_id)
    assert library.claim_next(batch_id).id == page_id
    keep(library, page_id, large)
    assert library.lines(page_id) == large.lines


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


# Retry


def test_a_retry_keeps_the_old_reading_until_the_new_one_wins(library):
    batch_id, (page_id, other) = batch_of(library, 2)
    keep(library, page_id, reading("the old text"))
    library.drop_checkpoints([page_id])
    assert library.page(page_id).status is PageStatus.PENDING
    assert library.text(page_id) == "the old text"
    assert library.claim_next(batch_id).id == page_id
    assert library.claim_next(batch_id) is None, f"page {other} was not asked for"
    assert library.text(page_id) == "the old text"
    keep(library, page_id, reading("the new text"))
    assert library.text(page_id) == "the new text"


def test_a_retry_that_fails_keeps_the_old_reading_and_says_so(library):
    batch_id, (page_id,) = batch_of(library, 1)
    keep(library, page_id, reading("the old text"))
    library.drop_checkpoints([page_id])
    library.claim_next(batch_id)
    library.checkpoint_failure(page_id, "The file is empty.")
    page = library.page(page_id)
    assert page.status is PageStatus.DONE
    assert page.message == "Reading it again failed, the earlier text is kept. The file is empty."
    assert library.text(page_id) == "the old text"
    keep(library, page_id, reading("the new text"))
    assert library.page(page_id).message is None


def test_a_retry_leaves_a_page_alone_that_is_being_read(library):
    batch_id, (page_id,) = batch_of(library, 1)
    claim(library, batch_id)
    library.drop_checkpoints([page_id])
    assert library.page(page_id).status is PageStatus.RUNNING
    assert library.claim_next(batch_id) is None


def test_a_retry_of_a_failed_page_takes_its_message_away(library):
    _, (page_id,) = batch_of(library, 1)
    library.checkpoint_failure(page_id, "Damaged.")
    library.drop_checkpoints([page_id])
    assert (library.page(page_id).status, library.page(page_id).message) == (PageStatus.PENDING, None)


# Adding and removing


def test_adding_again_changes_nothing_and_adds_new_pages_at_the_end(library):
    batch_id, pages = batch_of(library, 2)
    keep(library, pages[0], reading("text"))
    added = library.add_pages(batch_id, [*sources(3)][::-1])
    assert added.new == 1
    assert added.page_ids[::-1][:2] == tuple(pages)
    assert library.page_ids(batch_id) == [*pages, added.page_ids[0]]
    assert statuses(library, batch_id) == ["done", "pending", "pending"]


@pytest.mark.parametrize("changed", [{"size": 2}, {"modified": 2}])
def test_a_changed_file_waits_again_and_keeps_its_text_until_then(library, changed):
    batch_id, (page_id, other) = batch_of(library, 2)
    keep(library, page_id, reading("the old text"))
    keep(library, other, reading("text"))
    (first, second) = sources(2)
    renewed = Source(first.path, first.name, **{"size": 1, "modified": 1, **changed})
    assert library.add_pages(batch_id, [renewed, second]).new == 1
    assert statuses(library, batch_id) == ["pending", "done"]
    assert library.text(page_id) == "the old text"
    keep(library, page_id, reading("text"))
    assert library.add_pages(batch_id, [renewed]).new == 0


def test_a_changed_file_that_is_being_read_is_left_alone(library):
    batch_id, (page_id,) = batch_of(library, 1)
    claim(library, batch_id)
    assert library.add_pages(batch_id, [Source(Path("/scans/1.png"), "1.png", size=2, modified=2)]).new == 0
    assert library.page(page_id).status is PageStatus.RUNNING


def test_frames_of_one_file_are_pages_of_their_own(library):
    frames = [Source(Path("/x.tif"), f"x.tif · {number + 1}", number, 1, 1) for number in range(2)]
    _, pages = batch_of(library, frames)
    assert [library.page(page_id).frame for page_id in pages] == [0, 1]


def test_pages_can_be_wanted_from_the_moment_they_are_added(library):
    batch_id, (done, waiting) = batch_of(library, 2)
    keep(library, done, reading("text"))
    added = library.add_pages(batch_id, sources(3), queued=True)
    assert library.batch(batch_id).counts == Counts(total=3, done=1, pending=2, queued=2)
    assert [library.claim_next(batch_id).id for _ in range(2)] == [waiting, added.page_ids[2]]


def test_adding_nothing_is_fine(library):
    batch_id, _ = batch_of(library, 0)
    assert library.add_pages(batch_id, []).page_ids == ()


def test_a_page_removed_while_it_is_read_leaves_no_lines(library):
    batch_id, pages = batch_of(library, 2)
    claim(library, batch_id)
    library.remove_pages([pages[0]])
    keep(library, pages[0], reading("too late"))
    library.checkpoint_failure(pages[0], "too late")
    library.release(pages[0])
    assert library.page_ids(batch_id) == [pages[1]]
    assert library._connection.read("SELECT * FROM line") == []


def test_removing_pages_and_batches_takes_their_lines_along(library):
    batch_id, pages = batch_of(library, 3)
    for page_id in pages:
        keep(library, page_id, reading("text"))
    library.remove_pages(pages[:1])
    assert library.page(pages[0]) is None
    assert len(library._connection.read("SELECT * FROM line")) == 2
    library.remove_batch(batch_id)
    assert library.batch(batch_id) is None
    assert library._connection.read("SELECT * FROM line") == []
    assert library._connection.read("SELECT * FROM page") == []


def test_numbers_of_removed_pages_are_never_given_again(library):
    batch_id, pages = batch_of(library, 2)
    library.remove_pages(pages)
    again = library.add_pages(batch_id, sources(2)).page_ids
    assert not set(again) & set(pages)


# Batches


def test_a_folder_has_one_batch_and_its_picked_files_another(library):
    whole = library.batch_of_folder(Path("/scans"), whole=True)
    picked = library.batch_of_folder(Path("/scans"), whole=False)
    assert whole != picked
    assert library.batch_of_folder(Path("/scans"), whole=True) == whole


def test_a_new_name_of_a_batch_stays_when_its_folder_is_dropped_again(library):
    batch_id = library.batch_of_folder(Path("/scans"), whole=True)
    library.rename_batch(batch_id, "Receipts 2024")
    library.batch_of_folder(Path("/scans"), whole=True)
    assert library.batch(batch_id).name == "Receipts 2024"


def test_the_newest_batch_comes_first(library):
    ids = [library.batch_of_folder(Path(f"/{number}"), whole=True) for number in range(3)]
    assert [batch.id for batch in library.batches()] == ids[::-1]


def test_the_root_folder_has_a_name_too(library):
    assert library.batch(library.batch_of_folder(Path("/"), whole=True)).name == str(Path("/"))


def test_unknown_numbers_give_nothing(library):
    assert library.batch(7) is None
    assert library.page(7) is None
    assert library.pages([7]) == {}
    assert library.lines(7) == ()
    assert library.text(7) == ""


# What is shown


@pytest.fixture
def mixed(library):
    """A batch with a page of every kind: sure, doubtful, blank, failed, waiting, being read."""
    batch_id, pages = batch_of(library, 6)
    sure, doubtful, blank, failed, _, running = pages
    keep(library, sure, reading("Invoice", "Total", confidence=0.9), seconds=3)
    keep(library, doubtful, reading("apples", confidence=0.5), seconds=1)
    keep(library, blank, Reading((), 10, 10), seconds=2)
    library.checkpoint_failure(failed, "Damaged.")
    claim_page(library, running)
    return library, batch_id, pages


def test_filters_show_the_pages_they_name(mixed):
    library, batch_id, (sure, doubtful, blank, failed, waiting, running) = mixed
    shown = {show: library.page_ids(batch_id, show) for show in PageFilter}
    assert shown == {
        PageFilter.ALL: [sure, doubtful, blank, failed, waiting, running],
        PageFilter.DONE: [sure, doubtful, blank],
        PageFilter.DOUBTFUL: [doubtful],
        PageFilter.BLANK: [blank],
        PageFilter.FAILED: [failed],
    }
    assert library.failed_page_ids(batch_id) == [failed]


def test_the_counts_agree_with_the_filters_and_the_page_in_flight_is_still_wanted(mixed):
    library, batch_id, _ = mixed
    assert library.batch(batch_id).counts == Counts(total=6, done=3, failed=1, pending=1, queued=1, doubtful=1, blank=1)


def test_a_page_at_the_threshold_is_not_doubtful_and_the_threshold_can_be_changed(mixed):
    library, batch_id, (sure, doubtful, *_) = mixed
    library.doubtful_below = 0.95
    assert library.page_ids(batch_id, PageFilter.DOUBTFUL) == [sure, doubtful]
    assert library.batch(batch_id).counts.doubtful == 2


@pytest.mark.parametrize(
    ("order", "first_to_last"),
    [
        (PageOrder.POSITION, [0, 1, 2, 3, 4, 5]),
        (PageOrder.STATUS, [0, 1, 2, 3, 4, 5]),
        (PageOrder.TEXT, [2, 3, 4, 5, 1, 0]),
        (PageOrder.LINES, [3, 4, 5, 2, 1, 0]),
        (PageOrder.CONFIDENCE, [2, 3, 4, 5, 1, 0]),
        (PageOrder.SECONDS, [3, 4, 5, 1, 2, 0]),
        (PageOrder.MESSAGE, [0, 1, 2, 4, 5, 3]),
    ],
)
def test_pages_are_sorted_by_what_is_asked(mixed, order, first_to_last):
    library, batch_id, pages = mixed
    assert library.page_ids(batch_id, order=order) == [pages[number] for number in first_to_last]


def test_the_other_way_round_equal_pages_keep_their_positions(mixed):
    library, batch_id, pages = mixed
    backwards = library.page_ids(batch_id, order=PageOrder.LINES, descending=True)
    assert backwards == [pages[number] for number in (0, 1, 2, 3, 4, 5)]
    assert library.page_ids(batch_id, descending=True) == pages[::-1]


@pytest.mark.parametrize(
    ("containing", "found"),
    [
        ("", [0, 1, 2, 3, 4]),
        ("   ", [0, 1, 2, 3, 4]),
        ("INVOICE", [0]),
        (" invoice ", [0]),
        ("100%", [1]),
        ("%", [1]),
        ("a_b", [2]),
        ("_", [2]),
        ("\\", [3]),
        ("c:\\x", [3]),
        ("second line", [0]),
        ("4.png", [3]),
        ("'; DROP TABLE page; --", []),
        ("nowhere", []),
    ],
)
def test_pages_are_found_by_their_text_and_name_as_it_is_typed(library, containing, found):
    batch_id, pages = batch_of(library, 5)
    texts = (("Invoice", "the second line"), ("100% wool",), ("a_b",), ("C:\\x",), ("100 per cent axb",))
    for page_id, text in zip(pages, texts, strict=True):
        keep(library, page_id, reading(*text))
    assert library.page_ids(batch_id, containing=containing) == [pages[number] for number in found]


def test_a_search_stays_within_its_filter(mixed):
    library, batch_id, (_, doubtful, *_) = mixed
    assert library.page_ids(batch_id, PageFilter.DOUBTFUL, containing="p") == [doubtful]
    assert library.page_ids(batch_id, PageFilter.FAILED, containing="apples") == []


def test_many_pages_can_be_asked_for_at_once(library):
    _, pages = batch_of(library, 2500)
    assert list(library.pages(pages)) == pages


# Several programs


def test_a_library_that_could_not_put_its_pages_in_order_is_not_held_any_more(tmp_path, monkeypatch):
    def fail(_):
        raise LibraryError("The disk is full.")

    with monkeypatch.context() as patched, pytest.raises(LibraryError) as caught:
        patched.setattr(Library, "_recover", fail)
        Library(tmp_path / "library")
    Library(tmp_path / "library").close()
    assert str(caught.value) == "The disk is full."


def test_a_second_program_is_refused_and_may_still_list(library):
    batch_id, _ = batch_of(library, 1)
    with pytest.raises(LibraryInUse):
        Library(library.folder)
    listing = Library(library.folder, writable=False)
    assert [batch.id for batch in listing.batches()] == [batch_id]
    listing.close()


def test_a_listing_does_not_disturb_pages_that_are_being_read(library):
    batch_id, _ = batch_of(library, 1)
    claim(library, batch_id)
    Library(library.folder, writable=False).close()
    assert statuses(library, batch_id) == ["running"]


# Killed

KILLED_CHILD = """
import sys
from pathlib import Path
from ocrdesk.engine.document import Line, Reading
from ocrdesk.engine.library import Library

library = Library(Path(sys.argv[1]))
(batch,) = library.batches()
library.queue(batch.id)
while page := library.claim_next(batch.id):
    lines = tuple(Line(f"page {page.id} line {n}", 0.5, ((0, n), (9, n), (9, n + 1), (0, n + 1))) for n in range(50))
    library.checkpoint(page.id, Reading(lines, 9, 50), seconds=1, rotation=0, recognizer="fake")
    print(page.id, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="has no kill -9")
def test_no_page_is_lost_by_kill_9_once_its_checkpoint_returned(library):
    _, pages = batch_of(library, 2000)
    library.close()
    chance = random.Random(9)
    kept: set[int] = set()
    for _ in range(8):
        child = subprocess.Popen(
            [sys.executable, "-c", KILLED_CHILD, str(library.folder)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            text=True,
        )
        seen = [int(child.stdout.readline()) for _ in range(chance.randrange(1, 40))]
        deque(range(chance.randrange(100_000)), maxlen=0)  # so that it dies at any moment of a page
        child.send_signal(signal.SIGKILL)
        seen += [int(printed) for printed in child.stdout.read().splitlines()]
        child.stdout.close()
        assert child.wait() == -signal.SIGKILL
        assert not kept & set(seen), "a finished page was read again"
        kept |= set(seen)

        library = Library(library.folder)
        found = library.pages(pages)
        assert all(found[page_id].status is PageStatus.DONE for page_id in kept)
        for page_id in seen:
            assert [kept_line.text for kept_line in library.lines(page_id)] == [
                f"page {page_id} line {number}" for number in range(50)
            ]
        for page_id in pages:
            if found[page_id].status is not PageStatus.DONE:
                assert found[page_id].status is PageStatus.PENDING
                assert library.lines(page_id) == ()
        library.close()
    assert len(kept) < len(pages), "the child was killed too late to tell anything"
