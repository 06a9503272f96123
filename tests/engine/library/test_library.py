from pathlib import Path

import pytest
from fakes import batch_of, claim, claim_page, keep, reading, sources, statuses

from ocrdesk.engine.corrections.changes import corrected
from ocrdesk.engine.document import Counts, PageStatus, Reading, Source
from ocrdesk.engine.errors import LibraryError, LibraryInUse
from ocrdesk.engine.library import Library, PageFilter, PageOrder
from ocrdesk.engine.library.runs import Runs

# Adding and removing


def test_adding_again_changes_nothing_and_adds_new_pages_at_the_end(library):
    batch_id, pages = batch_of(library, 2)
    keep(library, pages[0], reading("text"))
    added = library.add_pages(batch_id, [*sources(3)][::-1])
    assert added.new == 1
    assert added.page_ids[::-1][:2] == tuple(pages)
    assert library.page_ids(batch_id) == [*pages, added.page_ids[0]]
    assert statuses(library, batch_id) == ["done", "pending", "pending"]


def test_a_batch_knows_its_first_page(library, tmp_path):
    batch_id, pages = batch_of(library, 3)
    empty, _ = batch_of(library, 0, tmp_path / "empty")
    assert (library.batch(batch_id).first_page, library.batch(empty).first_page) == (pages[0], None)
    library.files.put_in_order(batch_id, pages[::-1])
    assert library.batch(batch_id).first_page == pages[2]
    library.remove_pages([pages[2]])
    assert library.batches()[1].first_page == pages[1]


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


def test_a_file_that_turns_out_to_have_several_pages_gets_their_numbers_into_its_name(library):
    batch_id, (first, other) = batch_of(library, [Source(Path("/x.pdf"), "x.pdf", 0, 1, 1), *sources(1)])
    keep(library, first, reading("text"))
    frames = [Source(Path("/x.pdf"), f"x.pdf · {number + 1}", number, 1, 1) for number in range(2)]
    added = library.add_pages(batch_id, frames)
    assert (added.page_ids[0], added.new) == (first, 1)
    pages = library.pages([*added.page_ids, other])
    assert [pages[page_id].name for page_id in (*added.page_ids, other)] == ["x.pdf · 1", "x.pdf · 2", "1.png"]
    assert pages[first].status is PageStatus.DONE


def test_pages_can_be_wanted_from_the_moment_they_are_added(library):
    batch_id, (done, waiting) = batch_of(library, 2)
    keep(library, done, reading("text"))
    added = library.add_pages(batch_id, sources(3), queued=True)
    assert library.batch(batch_id).counts == Counts(total=3, done=1, pending=2, queued=2)
    assert [library.runs.claim_next(batch_id).id for _ in range(2)] == [waiting, added.page_ids[2]]


def test_adding_nothing_is_fine(library):
    batch_id, _ = batch_of(library, 0)
    assert library.add_pages(batch_id, []).page_ids == ()


def test_a_page_removed_while_it_is_read_leaves_no_lines(library):
    batch_id, pages = batch_of(library, 2)
    claim(library, batch_id)
    library.remove_pages([pages[0]])
    keep(library, pages[0], reading("too late"))
    library.checkpoints.keep_failure(pages[0], "too late")
    library.runs.release(pages[0])
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
    assert library.texts.lines(7) == ()
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
    library.checkpoints.keep_failure(failed, "Damaged.")
    library.corrections.keep(sure, corrected(library.texts.of(sure).lines[1], "Total:"))
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
        PageFilter.CORRECTED: [sure],
    }
    assert library.page_ids(batch_id, PageFilter.FAILED) == [failed]


def test_the_counts_agree_with_the_filters_and_the_page_in_flight_is_still_wanted(mixed):
    library, batch_id, _ = mixed
    assert library.batch(batch_id).counts == Counts(
        total=6, done=3, failed=1, pending=1, queued=1, doubtful=1, blank=1, corrected=1, words=1
    )


@pytest.mark.parametrize(
    ("order", "first_to_last"),
    [
        (PageOrder.POSITION, [0, 1, 2, 3, 4, 5]),
        (PageOrder.STATUS, [0, 1, 2, 3, 4, 5]),
        (PageOrder.TEXT, [2, 3, 4, 5, 1, 0]),
        (PageOrder.LINES, [3, 4, 5, 2, 1, 0]),
        (PageOrder.CONFIDENCE, [2, 3, 4, 5, 1, 0]),
        (PageOrder.SECONDS, [3, 4, 5, 1, 2, 0]),
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


def test_many_pages_can_be_asked_for_at_once(library):
    _, pages = batch_of(library, 2500)
    assert list(library.pages(pages)) == pages


# Several programs


def test_a_library_that_could_not_put_its_pages_in_order_is_not_held_any_more(tmp_path, monkeypatch):
    def fail(_):
        raise LibraryError("The disk is full.")

    with monkeypatch.context() as patched, pytest.raises(LibraryError) as caught:
        patched.setattr(Runs, "recover", fail)
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


def test_folders_are_told_in_the_order_of_the_pages(library):
    batch_id = library.batch_of_folder(Path("/scans"), whole=True)
    names = ["1.png", "april/1.png", "april/2.pdf · 1", "april/more/3.png", "may/4.png"]
    page_ids = library.add_pages(batch_id, [Source(Path("/scans", name), name) for name in names]).page_ids
    told = [(folder.name, folder.count) for folder in library.folders(batch_id, page_ids)]
    assert told == [("", 1), ("april", 2), ("april/more", 1), ("may", 1)]
    assert [folder.name for folder in library.folders(batch_id, page_ids[::-1])] == ["may", "april/more", "april", ""]
