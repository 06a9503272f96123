"""Pages and batches that are removed a part at a time, and what is seen of them meanwhile."""

import threading
from pathlib import Path

import pytest
from fakes import PATIENCE, batch_of, claim, die_and_reopen, full_disk, keep, reading, sources

from ocrdesk.engine.document import LeftOutFile, PageStatus, ReadingOrder
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.library import Library, PageFilter, removing, runs, saved
from ocrdesk.engine.library.connection import Connection
from ocrdesk.engine.library.saved import Incoming, SavedBatch, SavedPage


@pytest.fixture
def writes(monkeypatch) -> list[str]:
    """A mark for each transaction."""
    done = []
    write = Connection.write
    monkeypatch.setattr(Connection, "write", lambda self: done.append("write") or write(self))
    return done


def counted(library: Library, table: str) -> int:
    return library._connection.read(f"SELECT count(*) FROM {table}")[0][0]


def removed_in_part(library: Library, batch_id: int) -> None:
    """As a kill leaves a removal behind."""
    library.removing.hide(batch_id)
    looks = iter([False, True, True])
    library.removing.finish(batch_id, lambda: next(looks))


# Pages


def test_pages_are_taken_out_in_parts_and_their_files_stay_out(library, monkeypatch, writes):
    monkeypatch.setattr(removing, "PART", 2)
    batch_id, pages = batch_of(library, 5)
    del writes[:]
    library.removing.take_out(batch_id, pages[:4])
    assert len(writes) == 4, "for what holds them, two parts, and the end"
    assert library.page_ids(batch_id) == pages[4:]
    assert library.files.taken_out(batch_id) == {Path(f"/scans/{number}.png") for number in range(1, 5)}


def test_a_removal_that_is_over_stops_between_two_parts(library, monkeypatch):
    monkeypatch.setattr(removing, "PART", 2)
    batch_id, pages = batch_of(library, 6)
    looks = iter([False, True])
    library.removing.take_out(batch_id, pages, lambda: next(looks))
    assert library.page_ids(batch_id) == pages[2:]


def test_a_page_is_kept_between_two_parts_of_a_long_write(library):
    """However long the work, who waits for the lock gets it."""
    _, (page_id,) = batch_of(library, 1)
    kept = threading.Event()
    keeping = threading.Thread(target=lambda: (keep(library, page_id, reading("text")), kept.set()))

    def write(db, parts) -> None:
        if parts == [0]:
            keeping.start()

    library._connection.write_in_parts(range(100_000), 1, lambda db, part: write(db, list(part)), kept.is_set)
    assert kept.is_set(), "it had to wait for all parts"
    keeping.join(PATIENCE)


def test_wishes_for_many_pages_are_kept_in_parts(library, monkeypatch, writes):
    monkeypatch.setattr(runs, "MARKED_AT_ONCE", 2)
    batch_id, pages = batch_of(library, 5)
    for wish, parts in (
        (lambda: library.runs.queue(batch_id), 3),
        (lambda: library.runs.unqueue(batch_id), 3),
        (lambda: library.runs.queue(batch_id, pages[:2]), 1),
        (lambda: library.runs.drop_checkpoints(pages), 3),
        (lambda: library.runs.turn_pages(pages[:4], 90), 2),
    ):
        del writes[:]
        wish()
        assert len(writes) == parts
    assert library.batch(batch_id).counts.queued == 5
    assert [library.page(page_id).turn_wanted for page_id in pages] == [90] * 4 + [None]


# Batches


def test_nobody_sees_a_batch_that_is_being_removed(library):
    batch_id, pages = batch_of(library, 3)
    for page_id in pages:
        library.checkpoints.keep(page_id, reading("a"), seconds=1, rotation=0, recognizer="fake", content=b"1" * 16)
    other, (twin,) = batch_of(library, 1, Path("/other"))
    library.files.watch(batch_id, True)
    library.removing.hide(batch_id)
    assert library.batch(batch_id) is None
    assert [batch.id for batch in library.batches()] == [other]
    assert library.find_batch(Path("/scans"), whole=True) is None
    assert library.files.watched() == []
    assert library.saved.has_origin(Path("/scans")), "the folder of pictures that came with it stays its own"
    assert Path("/scans/1.png") in set(library.saved.files()), "no export is written over what can be brought back"
    assert library.pages(pages) == {}
    assert library.text(pages[0]) == ""
    assert not library.are_any(pages, PageStatus.DONE)
    assert library.saved.batch(batch_id) is None
    assert list(library.saved.pages(pages)) == []
    assert library.files.twin(library.page(twin), b"1" * 16) is None, "what was removed lends its text to no other"


def test_its_folder_can_be_added_again_at_once(library):
    old, _ = batch_of(library, 3)
    library.removing.hide(old)
    new, pages = batch_of(library, 2)
    assert new != old
    assert library.find_batch(Path("/scans"), whole=True) == new
    library.removing.finish(old)
    assert library.page_ids(new) == pages
    assert counted(library, "page") == 2


def test_pages_still_found_for_a_removed_batch_are_not_added(library):
    batch_id, _ = batch_of(library, 1)
    library.removing.hide(batch_id)
    added = library.add_pages(batch_id, sources(3), queued=True)
    assert (added.page_ids, added.new) == ((), 0)
    library.removing.finish(batch_id)
    assert library.add_pages(batch_id, sources(3)).page_ids == ()
    assert counted(library, "page") == 0


def test_what_a_kill_leaves_of_a_removal_is_removed_later(library, monkeypatch):
    monkeypatch.setattr(removing, "PART", 2)
    batch_id, pages = batch_of(library, 6)
    claim(library, batch_id)
    for page_id in pages:
        keep(library, page_id, reading("one", "two"))
    removed_in_part(library, batch_id)
    library = die_and_reopen(library)
    assert (library.batches(), counted(library, "page")) == ([], 4)
    assert library.removing.hidden() == [batch_id]
    library.removing.finish(batch_id)
    assert library.removing.hidden() == []
    assert [counted(library, table) for table in ("batch", "page", "line", "left_out")] == [0] * 4
    library.close()


def test_a_batch_that_is_seen_is_never_swept_away(library):
    batch_id, pages = batch_of(library, 2)
    library.removing.finish(batch_id)
    assert library.page_ids(batch_id) == pages


# Opening


@pytest.fixture
def incoming():
    incoming = Incoming()
    values = dict.fromkeys(saved.PAGE_VALUES) | {
        "frame": 0, "size": 1, "modified": 1, "status": "done", "text_start": "", "turn": 0, "rotation": 0,
        "as_picture": 0, "locked": 0, "line_count": 1,
    }  # fmt: skip
    for number in range(5):
        lines = [(f"text {number}", 0.9, bytes(32), b"", b"")]
        incoming.add(f"{number}.png", None, SavedPage({**values, "name": f"{number}.png"}, lines))
    yield incoming
    incoming.close()


def open_in(library: Library, incoming: Incoming, place=lambda name: Path("/saved") / name) -> int:
    left_out = [LeftOutFile(Path("/saved/x.txt"), "no picture")]
    return library.saved.restore(
        SavedBatch("saved", True, ReadingOrder.AUTO, "[]"), Path("/saved"), incoming, place, left_out
    )


def test_a_saved_batch_comes_in_in_parts_and_is_seen_when_it_is_whole(library, incoming, monkeypatch, writes):
    monkeypatch.setattr(saved, "PART", 2)
    seen = []

    def place(name: str) -> Path:
        seen.append((library.batches(), library.find_batch(Path("/saved"), whole=True)))
        return Path("/saved") / name

    batch_id = open_in(library, incoming, place)
    assert seen == [([], None)] * 5
    assert len(writes) == 5, "the batch, three parts, and the end"
    batch = library.batch(batch_id)
    assert (batch.counts.total, batch.counts.done, batch.counts.left_out) == (5, 5, 1)
    assert [library.text(page_id) for page_id in library.page_ids(batch_id)] == [
        f"text {number}" for number in range(5)
    ]


def test_a_batch_that_cannot_come_in_leaves_nothing(library, incoming, monkeypatch):
    monkeypatch.setattr(saved, "PART", 2)

    def place(name: str) -> Path:
        if name == "3.png":
            raise ValueError(name)
        return Path("/saved") / name

    with pytest.raises(ValueError, match=r"3\.png"):
        open_in(library, incoming, place)
    assert [counted(library, table) for table in ("batch", "page", "line")] == [0] * 3


def test_what_a_kill_leaves_of_an_opening_is_removed_later(library, incoming, monkeypatch):
    monkeypatch.setattr(saved, "PART", 2)
    monkeypatch.setattr(library.removing, "finish", lambda batch_id: None)  # it was killed before that
    places = iter([Path("/saved/0.png"), Path("/saved/1.png"), Path("/saved/2.png"), None])

    def place(name: str) -> Path:
        if (path := next(places)) is None:
            raise KeyboardInterrupt
        return path

    with pytest.raises(KeyboardInterrupt):
        open_in(library, incoming, place)
    library = die_and_reopen(library)
    assert (library.batches(), counted(library, "page")) == ([], 2)
    assert library.removing.removed() == [], "no person removed it"
    library.removing.finish(*library.removing.hidden())
    assert [counted(library, table) for table in ("batch", "page", "line")] == [0] * 3
    assert open_in(library, incoming)
    library.close()


def test_a_disk_that_fills_up_leaves_nothing_that_is_seen(library, incoming):
    with full_disk(library), pytest.raises(LibraryError, match="is full"):
        open_in(library, many(incoming))
    assert library.batches() == []
    for batch_id in library.removing.hidden():
        library.removing.finish(batch_id)
    assert counted(library, "page") == 0


def many(incoming: Incoming) -> Incoming:
    """The same with as much text as fills a disk."""
    values = dict(next(row for _, _, row in incoming.pages()))
    values = {name: values[name] for name in saved.PAGE_VALUES}
    for number in range(5, 100):
        lines = [("words " * 200, 0.9, bytes(32), b"", b"")] * 20
        incoming.add(f"{number}.png", None, SavedPage({**values, "name": f"{number}.png"}, lines))
    return incoming


def test_whether_some_pages_have_a_status(library):
    _, (read, waiting) = batch_of(library, 2)
    keep(library, read, reading("a"))
    assert library.are_any([waiting, read], PageStatus.DONE)
    assert not library.are_any([waiting], PageStatus.DONE)
    assert not library.are_any([], PageStatus.DONE)


def test_batches_that_a_run_is_wanted_for(library):
    one, pages = batch_of(library, 2)
    batch_of(library, 1, Path("/other"))
    assert library.queued_batches() == []
    library.runs.queue(one, pages[:1])
    assert [batch.id for batch in library.queued_batches()] == [one]
    library.runs.claim_next(one)
    assert [batch.counts.queued for batch in library.queued_batches()] == [1], "a page that could not be put back"
    assert library.page_ids(one, PageFilter.FAILED) == []
