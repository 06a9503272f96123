"""Pages that move to another batch, and batches that become one."""

from pathlib import Path

import pytest
from fakes import batch_of, claim, keep, reading, sources, statuses

from ocrdesk.engine.document import LeftOutFile, ReadingOrder, Source
from ocrdesk.engine.errors import Gone
from ocrdesk.engine.library import Library, moving
from ocrdesk.engine.library.connection import Connection
from ocrdesk.engine.library.moving import Moved


@pytest.fixture
def writes(monkeypatch) -> list[str]:
    """A mark for each transaction."""
    done = []
    write = Connection.write
    monkeypatch.setattr(Connection, "write", lambda self: done.append("write") or write(self))
    return done


@pytest.fixture
def letters(library, tmp_path):
    return batch_of(library, 3, tmp_path / "letters")


@pytest.fixture
def bills(library, tmp_path):
    return batch_of(library, 2, tmp_path / "bills")


def same_files(library: Library, folder: Path, count: int, read: int = 0) -> tuple[int, list[int]]:
    """Another batch of the files that are in ``letters``."""
    batch_id = library.batch_of_folder(folder, whole=False)
    pages = list(library.add_pages(batch_id, sources(count, folder)).page_ids)
    for page_id in pages[:read]:
        keep(library, page_id, reading("read elsewhere"))
    return batch_id, pages


# Pages


def test_pages_go_to_the_end_of_another_batch_with_all_that_was_read(library, letters, bills):
    (letter_id, letter_pages), (bill_id, bill_pages) = letters, bills
    keep(library, letter_pages[2], reading("a letter"))
    assert library.moving.move([letter_pages[2], letter_pages[0]], bill_id) == Moved(moved=2)
    assert library.page_ids(bill_id) == [*bill_pages, letter_pages[2], letter_pages[0]]
    assert library.page_ids(letter_id) == [letter_pages[1]]
    assert library.text(letter_pages[2]) == "a letter"
    assert library.page(letter_pages[2]).batch_id == bill_id
    assert statuses(library, bill_id) == ["pending", "pending", "done", "pending"]
    assert library.batch(bill_id).counts.done == 1


def test_pages_that_went_are_not_added_again_and_are_let_in_where_they_went(library, letters, bills):
    (letter_id, pages), (bill_id, _) = letters, bills
    path = library.page(pages[0]).path
    library.moving.move(pages[:1], bill_id)
    assert library.files.taken_out(letter_id) == {path}
    library.moving.move(pages[:1], letter_id)
    assert library.files.taken_out(letter_id) == set()
    assert library.files.taken_out(bill_id) == {path}
    assert library.page_ids(letter_id) == [*pages[1:], pages[0]]


def test_a_file_is_kept_out_only_when_its_last_page_goes(library, bills):
    frames = [Source(Path("/x.tif"), f"x.tif · {number + 1}", number, 1, 1) for number in range(2)]
    batch_id, pages = batch_of(library, frames)
    library.moving.move(pages[:1], bills[0])
    assert library.files.taken_out(batch_id) == set()
    library.moving.move(pages[1:], bills[0])
    assert library.files.taken_out(batch_id) == {Path("/x.tif")}


def test_a_page_that_is_being_read_stays(library, letters, bills):
    (letter_id, pages), (bill_id, _) = letters, bills
    page = claim(library, letter_id)
    assert library.moving.move(pages, bill_id) == Moved(moved=2, stayed=1)
    assert library.page_ids(letter_id) == [page.id]
    assert library.files.taken_out(letter_id) == {library.page(it).path for it in pages if it != page.id}


def test_a_page_that_is_there_already_is_kept_once_and_the_one_that_was_read_wins(library, letters, tmp_path):
    letter_id, pages = letters
    keep(library, pages[0], reading("read here"))
    _, others = same_files(library, tmp_path / "letters", 3, read=2)
    other_id = library.page(others[0]).batch_id
    assert library.moving.move(others, letter_id) == Moved(moved=1, known=2)
    assert library.page_ids(letter_id) == [pages[0], others[1], pages[2]], "in its place"
    assert library.page_ids(other_id) == [others[0], pages[1], others[2]]
    assert [library.text(page_id) for page_id in (pages[0], others[1])] == ["read here", "read elsewhere"]


def test_a_page_that_is_being_read_where_it_goes_is_left_alone(library, letters, tmp_path):
    letter_id, _ = letters
    page = claim(library, letter_id)
    _, others = same_files(library, tmp_path / "letters", 1, read=1)
    assert library.moving.move(others, letter_id) == Moved(known=1)
    assert library.page(page.id).status == "running"


def test_queued_pages_stay_queued(library, letters, bills):
    (letter_id, pages), (bill_id, _) = letters, bills
    library.runs.queue(letter_id)
    library.moving.move(pages, bill_id)
    assert library.runs.wanted(bill_id) == pages


def test_the_order_in_which_lines_are_read_stays(library, letters, bills):
    (letter_id, pages), (bill_id, _) = letters, bills
    library.texts.set_reading_order_of_batch(letter_id, ReadingOrder.COLUMNS)
    library.texts.set_reading_order_of_pages(pages[:1], ReadingOrder.ROWS)
    library.moving.move(pages, bill_id)
    orders = [library.page(page_id).reading_order for page_id in pages]
    assert orders == [ReadingOrder.ROWS, ReadingOrder.COLUMNS, ReadingOrder.COLUMNS]
    third, _ = batch_of(library, 0)
    library.texts.set_reading_order_of_batch(third, ReadingOrder.COLUMNS)
    library.moving.move(library.page_ids(bill_id)[:2], third)
    assert [it.reading_order for it in library.pages(library.page_ids(third)).values()] == [ReadingOrder.AUTO] * 2


def test_nothing_moves_to_where_it_is_or_to_a_batch_that_is_gone(library, letters, bills):
    (letter_id, pages), (bill_id, _) = letters, bills
    assert library.moving.move(pages, letter_id) == Moved()
    library.removing.hide(bill_id)
    assert library.moving.move(pages, bill_id) == library.moving.move(pages, 99) == Moved()
    assert library.page_ids(letter_id) == pages
    assert library.files.taken_out(letter_id) == set()


def test_pages_move_in_parts_and_the_rest_stays_when_it_is_over(library, letters, bills, monkeypatch, writes):
    monkeypatch.setattr(moving, "PART", 2)
    (letter_id, pages), (bill_id, others) = letters, bills
    del writes[:]
    looks = iter([False, True])
    assert library.moving.move(pages, bill_id, lambda: next(looks)) == Moved(moved=2)
    assert len(writes) == 1
    assert library.page_ids(letter_id) == pages[2:]
    library.moving.move(pages, bill_id)
    assert library.page_ids(bill_id) == [*others, *pages]


# Batches


def test_batches_become_one_in_their_order(library, letters, bills, tmp_path):
    notes, note_pages = batch_of(library, 1, tmp_path / "notes")
    (letter_id, letter_pages), (bill_id, bill_pages) = letters, bills
    keep(library, letter_pages[1], reading("a letter"))
    left_out = LeftOutFile(tmp_path / "letters" / "a.txt", "It is no picture.")
    library.files.keep_left_out(letter_id, [left_out], all_of_it=True)
    assert library.moving.merge([bill_id, notes, letter_id]) == Moved(moved=4)
    assert [batch.id for batch in library.batches()] == [bill_id]
    assert library.page_ids(bill_id) == [*bill_pages, *note_pages, *letter_pages]
    assert library.text(letter_pages[1]) == "a letter"
    assert library.files.left_out(bill_id) == [left_out]
    assert library.batch_of_folder(tmp_path / "letters", whole=True) != letter_id, "its folder can be added again"


def test_a_page_that_is_in_both_batches_is_there_once(library, letters, tmp_path):
    letter_id, pages = letters
    other_id, others = same_files(library, tmp_path / "letters", 4, read=1)
    assert library.moving.merge([letter_id, other_id]) == Moved(moved=2, known=2)
    assert library.page_ids(letter_id) == [others[0], *pages[1:], others[3]]
    assert library.batch(other_id) is None


def state_of(library: Library) -> list[tuple]:
    """All there is of batches and pages."""
    tables = (
        "SELECT * FROM batch ORDER BY id",
        "SELECT * FROM page ORDER BY id",
        "SELECT * FROM left_out ORDER BY path",
    )
    return [tuple(row) for sql in tables for row in library._connection.read(sql)]


def undo(library: Library, moved: Moved) -> None:
    for batch_id in moved.merged:
        library.removing.show(batch_id)
    library.moving.undo(moved)


def test_what_was_moved_is_moved_back_to_its_place(library, letters, bills, tmp_path, monkeypatch):
    monkeypatch.setattr(moving, "PART", 2)
    (letter_id, pages), (bill_id, _) = letters, bills
    library.texts.set_reading_order_of_batch(letter_id, ReadingOrder.COLUMNS)
    _, others = same_files(library, tmp_path / "letters", 4, read=2)
    keep(library, pages[0], reading("read here"))
    before = state_of(library)
    for page_ids, into in ((pages, bill_id), (pages[1:2], bill_id), (others, letter_id)):
        moved = library.moving.move(page_ids, into)
        assert state_of(library) != before
        undo(library, moved)
        assert state_of(library) == before


def test_what_was_merged_is_as_before(library, letters, bills, tmp_path, monkeypatch):
    monkeypatch.setattr(moving, "PART", 2)
    (letter_id, _), (bill_id, _) = letters, bills
    other_id, _ = same_files(library, tmp_path / "letters", 4, read=1)
    left_out = LeftOutFile(tmp_path / "bills" / "a.txt", "It is no picture.")
    library.files.keep_left_out(bill_id, [left_out], all_of_it=True)
    before = state_of(library)
    moved = library.moving.merge([letter_id, bill_id, other_id])
    assert [batch.id for batch in library.batches()] == [letter_id]
    assert library.files.left_out(letter_id) == [left_out]
    undo(library, moved)
    assert state_of(library) == before


def test_a_page_that_was_moved_twice_goes_all_the_way_back(library, bills, tmp_path):
    """It comes with one batch, and makes room for the same page of the next one, which was read."""
    unread, _ = batch_of(library, 1, tmp_path / "letters")
    read, _ = same_files(library, tmp_path / "letters", 1, read=1)
    before = state_of(library)
    moved = library.moving.merge([bills[0], unread, read])
    assert moved == Moved(moved=2, known=0)
    undo(library, moved)
    assert state_of(library) == before


def test_a_page_that_is_being_read_is_not_moved_back_and_what_is_gone_is_told(library, letters, bills):
    (letter_id, pages), (bill_id, others) = letters, bills
    moved = library.moving.move(pages, bill_id)
    for page_id in others:
        keep(library, page_id, reading("text"))
    page = claim(library, bill_id)
    undo(library, moved)
    assert library.page_ids(letter_id) == [page_id for page_id in pages if page_id != page.id]
    library.remove_batch(letter_id)
    library.remove_batch(bill_id)
    with pytest.raises(Gone):
        library.moving.undo(moved)


def test_a_batch_in_which_a_page_is_being_read_stays_with_it(library, letters, bills):
    (letter_id, _pages), (bill_id, _) = letters, bills
    page = claim(library, letter_id)
    assert library.moving.merge([bill_id, letter_id]) == Moved(moved=2, stayed=1)
    assert library.page_ids(letter_id) == [page.id]


def test_nothing_is_lost_whenever_a_merge_ends(library, letters, bills, monkeypatch):
    monkeypatch.setattr(moving, "PART", 1)
    (letter_id, pages), (bill_id, others) = letters, bills
    for looks in range(1, 6):
        steps = iter([False] * looks + [True] * 9)
        library.moving.merge([bill_id, letter_id], lambda steps=steps: next(steps))
        left = library.page_ids(letter_id) if library.batch(letter_id) else []
        assert library.page_ids(bill_id) + left == [*others, *pages]
    assert library.batch(letter_id) is None


def test_pages_stay_when_the_first_batch_is_gone(library, letters, bills):
    (letter_id, pages), (bill_id, _) = letters, bills
    library.remove_batch(bill_id)
    assert library.moving.merge([bill_id, letter_id]) == Moved()
    assert library.page_ids(letter_id) == pages


def test_what_was_moved_away_counts_as_no_skipped_file(library):
    letters, pages = batch_of(library, 3, Path("/letters"))
    bills, _ = batch_of(library, 1, Path("/bills"))
    library.moving.move(pages[:2], bills)
    counts = library.batch(letters).counts
    assert (counts.total, counts.left_out, counts.taken_out) == (1, 0, 2)
