"""What was removed can be brought back until it is removed for good, and nobody sees it meanwhile."""

from pathlib import Path

import pytest
from fakes import batch_of, claim, die_and_reopen, keep, reading, sources

from ocrdesk.engine.document import Counts, LeftOutFile, PageStatus, ReadingOrder, Source
from ocrdesk.engine.errors import Gone, LibraryError
from ocrdesk.engine.facts import Fact
from ocrdesk.engine.layout.regions import Region
from ocrdesk.engine.library import Library, PageFilter, removing
from ocrdesk.engine.library.removing import Removed
from ocrdesk.engine.search.query import parse


def everything(library: Library, batch_id: int) -> dict[str, object]:
    """All that is seen of a batch."""
    page_ids = library.page_ids(batch_id)
    return {
        "batch": library.batch(batch_id),
        "pages": [library.page(page_id) for page_id in page_ids],
        "texts": [library.text(page_id) for page_id in page_ids],
        "found": library.search.pages(parse('"text 2"')),
        "skipped": library.files.left_out(batch_id),
        "known": library.files.known(batch_id),
    }


@pytest.fixture
def read(library) -> tuple[int, list[int]]:
    """A batch of four pages, of which two were read, one failed, and one is queued."""
    batch_id, pages = batch_of(library, 4)
    library.runs.queue(batch_id)
    claim(library, batch_id)
    keep(library, pages[0], reading("text 1"))
    keep(library, pages[1], reading("text 2"))
    library.checkpoints.keep_failure(pages[2], "It is empty.")
    return batch_id, pages


# Pages


def test_pages_come_back_as_they_were(library, read):
    batch_id, pages = read
    before = everything(library, batch_id)
    holder = library.removing.take_out(batch_id, pages[1:])
    library.removing.put_back(holder, batch_id)
    assert everything(library, batch_id) == before


def test_nobody_sees_pages_that_were_taken_out(library, read):
    batch_id, pages = read
    library.removing.take_out(batch_id, pages[1:])
    assert library.batch(batch_id).counts == Counts(total=1, done=1, taken_out=3)
    assert [batch.id for batch in library.batches()] == [batch_id]
    for show in PageFilter:
        assert not set(library.page_ids(batch_id, show)) & set(pages[1:])
    assert library.search.pages(parse('"text 2"')) == []
    assert list(library.pages(pages)) == pages[:1]
    assert library.text(pages[1]) == ""
    assert not library.are_any(pages[1:], PageStatus.DONE)
    assert [page_id for page_id, _, _ in library.saved.pages(pages)] == pages[:1]
    assert list(library.files.known(batch_id)) == [Path("/scans/1.png")]
    assert library.runs.wanted(batch_id) == []
    assert library.queued_batches() == []


def test_their_files_can_be_added_again_as_if_they_were_gone(library, read):
    batch_id, pages = read
    library.removing.take_out(batch_id, pages)
    added = library.add_pages(batch_id, sources(4))
    assert added.new == 4
    assert not set(added.page_ids) & set(pages)
    assert library.batch(batch_id).counts.pending == 4


def test_a_page_that_was_added_again_stays_and_the_others_come_back(library, read):
    batch_id, pages = read
    holder = library.removing.take_out(batch_id, pages[:2])
    (again,) = library.add_pages(batch_id, sources(1)).page_ids
    library.removing.put_back(holder, batch_id)
    assert set(library.page_ids(batch_id)) == {again, *pages[1:]}


def test_where_all_were_added_again_nothing_comes_back(library, read):
    batch_id, pages = read
    holder = library.removing.take_out(batch_id, pages)
    again = library.add_pages(batch_id, sources(4)).page_ids
    with pytest.raises(Gone, match="again already"):
        library.removing.put_back(holder, batch_id)
    assert library.page_ids(batch_id) == list(again)


def test_why_a_file_was_skipped_before_comes_back_too(library):
    batch_id, pages = batch_of(library, 2)
    more = LeftOutFile(Path("/scans/1.png"), Fact.MORE_PAGES(pages=9))
    library.files.keep_left_out(batch_id, [more], all_of_it=False)
    holder = library.removing.take_out(batch_id, pages)
    assert library.files.taken_out(batch_id) == {Path("/scans/1.png"), Path("/scans/2.png")}
    library.removing.put_back(holder, batch_id)
    assert library.files.left_out(batch_id) == [more]


def test_pages_of_a_file_that_go_one_by_one_come_back_one_by_one(library):
    frames = [Source(Path("/scans/x.tif"), f"x.tif · {number + 1}", number, 1, 1) for number in range(3)]
    batch_id, pages = batch_of(library, frames)
    first = library.removing.take_out(batch_id, pages[:1])
    rest = library.removing.take_out(batch_id, pages[1:])
    assert library.files.taken_out(batch_id) == {Path("/scans/x.tif")}
    library.removing.put_back(rest, batch_id)
    assert (library.page_ids(batch_id), library.files.taken_out(batch_id)) == (pages[1:], set())
    library.removing.put_back(first, batch_id)
    assert library.page_ids(batch_id) == pages


def test_a_page_that_is_being_read_when_it_is_taken_out_comes_back_read(library):
    batch_id, (page_id,) = batch_of(library, 1)
    library.texts.set_regions(batch_id, [Region(0, 0, 0.5, 0.5)])
    library.texts.set_reading_order_of_batch(batch_id, ReadingOrder.ROWS)
    library.runs.queue(batch_id)
    assert library.runs.claim_next(batch_id).id == page_id
    holder = library.removing.take_out(batch_id, [page_id])
    keep(library, page_id, reading("text"))
    assert library.batch(batch_id).counts == Counts(taken_out=1)
    library.removing.put_back(holder, batch_id)
    page = library.page(page_id)
    assert (page.status, page.text_start) == (PageStatus.DONE, library.text(page_id)), "as its batch wants it"


def test_what_was_removed_for_good_does_not_come_back(library, read):
    batch_id, pages = read
    holder = library.removing.take_out(batch_id, pages[:2])
    assert library.removing.finish(holder) is None, "no folder is its own"
    with pytest.raises(Gone, match="removed for good"):
        library.removing.put_back(holder, batch_id)
    holder = library.removing.take_out(batch_id, pages[2:])
    library.removing.hide(batch_id)
    with pytest.raises(Gone, match="removed for good"):
        library.removing.put_back(holder, batch_id)


def test_a_kill_while_pages_come_back_leaves_none_behind(library, read, monkeypatch):
    monkeypatch.setattr(removing, "PART", 1)
    batch_id, pages = read
    holder = library.removing.take_out(batch_id, pages)
    looks = iter([False, False, True, True, True])
    library.removing.put_back(holder, batch_id, lambda: next(looks))
    assert len(library.page_ids(batch_id)) == 2
    library = die_and_reopen(library)
    assert library.page_ids(batch_id) == pages
    library.removing.finish(holder)
    assert library.page_ids(batch_id) == pages
    library.close()


class Killed(BaseException):
    """Ends a program as a kill does."""


@pytest.mark.parametrize("problem", [Killed(), LibraryError("The disk is full. Make room on it.")])
def test_pages_that_were_taken_out_in_part_are_all_put_back(library, read, monkeypatch, problem):
    """By the next start, if the program is killed; and at once, if it can go on."""
    monkeypatch.setattr(removing, "PART", 1)
    batch_id, pages = read
    before = everything(library, batch_id)
    looks = iter([False, False])

    def is_over() -> bool:
        if next(looks, None) is None:
            raise problem
        return False

    with pytest.raises(type(problem)):
        library.removing.take_out(batch_id, pages, is_over)
    if isinstance(problem, Killed):
        assert library.page_ids(batch_id) == pages[2:]
        library = die_and_reopen(library)
    assert everything(library, batch_id) == before
    assert library.removing.hidden() == []
    library.close()


def test_what_the_end_of_the_program_leaves_of_taking_out_stays_and_the_rest_is_out(library, read, monkeypatch):
    monkeypatch.setattr(removing, "PART", 1)
    batch_id, pages = read
    looks = iter([False, True])
    library.removing.take_out(batch_id, pages, lambda: next(looks))
    library = die_and_reopen(library)
    assert library.page_ids(batch_id) == pages[1:]
    for hidden in library.removing.hidden():
        library.removing.finish(hidden)
    assert library.page_ids(batch_id) == pages[1:]
    library.close()


# Batches


def test_a_batch_comes_back_as_it_was(library, read):
    batch_id, _ = read
    library.files.watch(batch_id, True)
    before = everything(library, batch_id)
    library.removing.hide(batch_id)
    library.removing.show(batch_id)
    assert everything(library, batch_id) == before


def test_a_batch_whose_folder_is_another_one_by_now_waits_for_that_to_go(library, read):
    batch_id, pages = read
    library.removing.hide(batch_id)
    other, _ = batch_of(library, 1)
    with pytest.raises(LibraryError, match=r"as the batch “scans”\. Remove that one first"):
        library.removing.show(batch_id)
    assert [batch.id for batch in library.batches()] == [other]
    library.removing.hide(other)
    library.removing.show(batch_id)
    assert library.page_ids(batch_id) == pages


def test_a_batch_that_was_removed_for_good_does_not_come_back(library, read):
    batch_id, _ = read
    library.removing.hide(batch_id)
    assert library.removing.finish(batch_id) == Path("/scans")
    with pytest.raises(Gone):
        library.removing.show(batch_id)


# What the next start offers


def test_what_a_person_removed_is_offered_after_a_restart_pages_before_batches(library, read, tmp_path):
    batch_id, pages = read
    other, _ = batch_of(library, 1, tmp_path / "other")
    library.removing.hide(other)
    holder = library.removing.take_out(batch_id, pages[1:3])
    library = die_and_reopen(library)
    assert library.removing.removed() == [
        Removed(holder, batch_id, "scans", tuple(pages[1:3])),
        Removed(other, other, "other"),
    ]
    library.removing.hide(batch_id)
    assert [one.holder for one in library.removing.removed()] == [holder, batch_id, other]
    for one in reversed(library.removing.removed()):
        if one.pages:
            library.removing.put_back(one.holder, one.batch_id)
        else:
            library.removing.show(one.holder)
    assert library.page_ids(batch_id) == pages
    assert library.removing.removed() == library.removing.hidden() == []
    library.close()


def test_what_is_offered_no_more_can_still_be_brought_back(library, read):
    batch_id, pages = read
    holder = library.removing.take_out(batch_id, pages[:2])
    library.removing.offer_no_more([holder])
    assert library.removing.removed() == []
    library.removing.put_back(holder, batch_id)
    assert library.page_ids(batch_id) == pages


def test_pages_of_a_batch_that_went_for_good_are_not_offered(library, read):
    batch_id, pages = read
    library.removing.take_out(batch_id, pages[:2])
    library.removing.hide(batch_id)
    library.removing.finish(batch_id)
    assert library.removing.removed() == []


def test_pages_that_are_in_their_batch_again_are_not_offered(library, read):
    batch_id, pages = read
    holder = library.removing.take_out(batch_id, pages[:1])
    library.add_pages(batch_id, sources(1))
    with pytest.raises(Gone):
        library.removing.put_back(holder, batch_id)
    assert library.removing.hidden() == [holder]
    assert library.removing.removed() == []


def test_batches_that_were_merged_are_not_offered(library, read, tmp_path):
    batch_id, _ = read
    other, others = batch_of(library, 2, tmp_path / "other")
    holder = library.removing.take_out(other, others[:1])
    library.moving.merge([batch_id, other])
    assert library.removing.hidden() == [other, holder]
    assert library.removing.removed() == []


# Files


def test_only_pages_of_some_files_are_put_back(library, read):
    batch_id, pages = read
    holder = library.removing.take_out(batch_id, pages)
    back = library.removing.put_back_files(holder, batch_id, [Path("/scans/2.png"), Path("/scans/4.png"), Path("/x")])
    assert back == {pages[1]: Path("/scans/2.png"), pages[3]: Path("/scans/4.png")}
    assert library.page_ids(batch_id) == [pages[1], pages[3]]
    assert library.files.taken_out(batch_id) == {Path("/scans/1.png"), Path("/scans/3.png")}
    library.removing.put_back(holder, batch_id)
    assert library.page_ids(batch_id) == pages
    assert holder not in library.removing.hidden(), "nothing is left in it"


def test_that_a_file_was_skipped_is_forgotten(library):
    batch_id, _ = batch_of(library, 1)
    files = [LeftOutFile(Path(f"/scans/{name}.txt"), Fact.NO_PAGE()) for name in "ab"]
    library.files.keep_left_out(batch_id, files, all_of_it=True)
    library.files.forget_left_out(batch_id, [Path("/scans/a.txt"), Path("/scans/other")])
    assert library.files.left_out(batch_id) == files[1:]


# What is changed of a batch that was removed


def test_a_removed_batch_cannot_be_changed(library, read):
    batch_id, _ = read
    library.removing.hide(batch_id)
    for change in (
        lambda: library.rename_batch(batch_id, "x"),
        lambda: library.texts.set_regions(batch_id, []),
        lambda: library.texts.set_reading_order_of_batch(batch_id, ReadingOrder.ROWS),
        lambda: library.rename_batch(99, "x"),
    ):
        with pytest.raises(Gone, match="was removed in the meantime"):
            change()


def test_pages_by_reading_order(library, read):
    _, pages = read
    library.texts.set_reading_order_of_pages(pages[1:3], ReadingOrder.ROWS)
    assert library.texts.by_reading_order(pages) == {None: [pages[0], pages[3]], ReadingOrder.ROWS: pages[1:3]}
