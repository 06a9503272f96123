from dataclasses import replace
from pathlib import Path

import pytest
from fakes import batch_of, claim, claim_page, die_and_reopen, full_disk, keep, reading, sources

from ocrdesk.engine.document import KnownFile, LeftOutFile, Page, PageStatus, Reading, Source
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.facts import Fact, together
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.files import PdfState

ONE, TWO = b"1" * 16, b"2" * 16


def read(library: Library, page_id: int, text: str = "text", content: bytes = ONE, **more) -> Page:
    """Keeps a reading of known bytes as a worker does."""
    library.checkpoints.keep(
        page_id,
        reading(text, "second"),
        **{"seconds": 1.5, "rotation": 90, "recognizer": "fake", "content": content, **more},
    )
    return library.page(page_id)


def twin(library: Library, page_id: int, content: bytes = ONE) -> Page | None:
    return library.files.twin(library.page(page_id), content)


def take_twin(library: Library, page_id: int, content: bytes = ONE) -> None:
    library.checkpoints.keep_twin(page_id, twin(library, page_id, content), content)


# Known files


def test_known_files_have_the_state_they_were_added_with_and_the_pages_that_are_left(library):
    frames = [Source(Path("/x.tif"), f"x.tif · {number + 1}", number, 7, 8) for number in (10, 0, 9, 1)]
    batch_id, pages = batch_of(library, [*frames, Source(Path("/发票.png"), "发票.png", 0, 5, 6)])
    batch_of(library, 1, Path("/other"))
    assert library.files.known(batch_id) == {
        Path("/x.tif"): KnownFile(7, 8, frames=(0, 1, 9, 10)),
        Path("/发票.png"): KnownFile(5, 6),
    }
    library.remove_pages(pages[1:3])
    assert library.files.known(batch_id)[Path("/x.tif")].frames == (1, 10)


def test_a_changed_file_is_known_as_it_is_now(library):
    batch_id, _ = batch_of(library, 1)
    library.add_pages(batch_id, [Source(Path("/scans/1.png"), "1.png", 0, 70, 80)])
    assert library.files.known(batch_id) == {Path("/scans/1.png"): KnownFile(70, 80)}


def test_a_file_is_known_with_those_of_its_pages_that_are_in_the_batch(library):
    pdf = [Source(Path("/scans/x.pdf"), f"x.pdf · {number + 1}", number, 1, 1) for number in range(3)]
    batch_id, (_, _, second, _) = batch_of(library, [*sources(1), *pdf])
    library.remove_pages([second])
    assert library.files.known(batch_id) == {
        Path("/scans/1.png"): KnownFile(1, 1),
        Path("/scans/x.pdf"): KnownFile(1, 1, frames=(0, 2)),
    }


def test_only_files_that_were_read_have_contents(library):
    batch_id, (one, two, _) = batch_of(library, 3)
    read(library, one, content=ONE)
    library.checkpoints.keep_failure(two, "Damaged.", content=TWO)
    assert library.files.contents(batch_id) == {Path("/scans/1.png"): ONE, Path("/scans/2.png"): TWO}
    library.runs.drop_checkpoints([one])
    assert library.files.contents(batch_id) == {Path("/scans/2.png"): TWO}


# Twins


def test_what_could_not_be_read_of_the_same_bytes_is_said_of_every_page_that_takes_their_reading(library):
    _, (first, second, third) = batch_of(library, 3)
    unread = replace(reading("text"), unread=0.5)
    library.checkpoints.keep(
        first,
        unread,
        seconds=1,
        rotation=0,
        recognizer="fake",
        content=ONE,
        remark=together("A.", Fact.PDF_TEXT_UNTRUE()),
    )
    take_twin(library, second)
    library.remove_pages([first])
    take_twin(library, third)
    one, two = library.page(second), library.page(third)
    assert (
        one.remark == f"The same file as “1.png”, so its text was used. {Fact.PDF_TEXT_UNTRUE()} {Fact.MUCH_UNREAD()}"
    )
    assert (
        two.remark == f"The same file as “2.png”, so its text was used. {Fact.PDF_TEXT_UNTRUE()} {Fact.MUCH_UNREAD()}"
    )
    assert one.confidence == two.confidence == pytest.approx(0.9375 / 2)


def test_the_reading_of_the_same_bytes_is_taken_with_all_its_lines(library):
    _, (first,) = batch_of(library, 1, Path("/a"))
    batch_id, (second,) = batch_of(library, 1, Path("/b"))
    read(library, first)
    claim(library, batch_id)
    take_twin(library, second)
    library = die_and_reopen(library)
    one, two = library.page(first), library.page(second)
    assert library.texts.lines(second) == library.texts.lines(first) == reading("text", "second").lines
    copied = ("text_start", "line_count", "confidence", "seconds", "width", "height", "turn", "rotation", "recognizer")
    assert [getattr(two, name) for name in copied] == [getattr(one, name) for name in copied]
    assert (two.status, two.message, two.content, two.rotation) == (PageStatus.DONE, None, ONE, 90)
    assert two.remark == "The same file as “1.png”, so its text was used."
    assert one.remark is None
    assert library.batch(batch_id).counts.queued == 0
    assert library.runs.claim_next(batch_id) is None
    library.close()


def test_taking_a_twin_takes_the_lines_away_that_were_there(library):
    _, (first, second) = batch_of(library, 2)
    read(library, first, "new")
    keep(library, second, reading("one", "two", "three"))
    take_twin(library, second)
    assert library.text(second) == "new\nsecond"


def test_a_blank_page_has_a_blank_twin(library):
    _, (first, second) = batch_of(library, 2)
    library.checkpoints.keep(first, Reading((), 5, 6), seconds=1, rotation=0, recognizer="fake", content=ONE)
    take_twin(library, second)
    assert library.page(second).is_blank
    assert (library.page(second).width, library.page(second).confidence) == (5, None)


def test_a_page_of_an_unchanged_file_keeps_its_own_reading_and_remark(library):
    batch_id, (other, page_id) = batch_of(library, 2)
    read(library, other, "of the other")
    before = read(library, page_id, "its own", remark="The file is damaged near its end.")
    library.add_pages(batch_id, [Source(before.path, before.name, size=1, modified=99)])
    assert library.page(page_id).status is PageStatus.PENDING
    claim_page(library, page_id)
    assert twin(library, page_id).id == page_id
    take_twin(library, page_id)
    assert library.page(page_id) == before
    assert library.text(page_id) == "its own\nsecond"


def test_the_first_of_several_twins_is_taken(library):
    _, (first, second, third) = batch_of(library, 3)
    read(library, second)
    read(library, first)
    assert twin(library, third).id == first


@pytest.mark.parametrize(
    "source",
    [Source(Path("/scans/other.png"), "other.png", 1, 1, 1), Source(Path("/scans/1.png"), "1.png · 2", 1, 1, 1)],
)
def test_another_frame_is_no_twin(library, source):
    batch_id, (first,) = batch_of(library, 1)
    read(library, first)
    (second,) = library.add_pages(batch_id, [source]).page_ids
    assert twin(library, second) is None
    read(library, second, content=TWO)
    assert twin(library, second) is None
    assert twin(library, second, TWO).id == second


def test_other_bytes_pages_that_were_not_read_and_failures_are_no_twins(library):
    _, (other, failed, waiting, page_id) = batch_of(library, 4)
    read(library, other, content=TWO)
    library.checkpoints.keep_failure(failed, "Damaged.", content=ONE)
    keep(library, waiting, reading("read before there were fingerprints"))
    assert twin(library, page_id) is None
    assert twin(library, failed) is None


def test_a_page_that_is_to_be_read_again_is_no_twin_of_any(library):
    _, (first, second) = batch_of(library, 2)
    read(library, first)
    library.runs.drop_checkpoints([first])
    assert twin(library, second) is None
    assert twin(library, first) is None


def test_the_states_of_pages_are_told_once_each(library):
    _, pages = batch_of(library, 4)
    library.files.read_as_picture(pages[:2], True)
    for page_id in pages[2:]:
        read(library, page_id, recognizer="own text")
    states = library.files.pdf_states(pages)
    assert states == {PdfState(False, True, None), PdfState(False, False, "own text")}
    assert library.files.pdf_states(pages[:1]) == {PdfState(False, True, None)}
    library.remove_pages(pages)
    assert library.files.pdf_states(pages) == set()


def test_a_page_read_as_picture_and_one_with_text_of_its_own_are_no_twins(library):
    _, (text, picture, third) = batch_of(library, 3)
    read(library, text)
    library.files.read_as_picture([picture], True)
    assert library.page(picture).as_picture
    assert twin(library, picture) is None
    read(library, picture, "from the picture")
    assert twin(library, third).id == text
    library.files.read_as_picture([third], True)
    assert twin(library, third).id == picture
    library.files.read_as_picture([third], False)
    assert not library.page(third).as_picture
    assert twin(library, third).id == text


def test_a_twin_that_cannot_be_kept_leaves_the_page_as_it_was(library):
    batch_id, (first, second) = batch_of(library, 2)
    library.checkpoints.keep(
        first, reading(*("words " * 200 for _ in range(100))), seconds=1, rotation=0, recognizer="fake", content=ONE
    )
    keep(library, second, reading("the old text"))
    before = library.page(second)
    with full_disk(library), pytest.raises(LibraryError, match="is full"):
        take_twin(library, second)
    assert library.page(second) == before
    assert library.text(second) == "the old text"
    assert library.batch(batch_id).counts.done == 2


def test_a_page_removed_meanwhile_takes_no_twin(library):
    _, (first, second) = batch_of(library, 2)
    found = read(library, first)
    library.remove_pages([second])
    library.checkpoints.keep_twin(second, found, ONE)
    assert library.page(second) is None
    assert len(library._connection.read("SELECT * FROM line")) == 2


# Order


def test_pages_get_the_order_given_and_those_not_named_come_after_them_in_theirs(library):
    batch_id, (a, b, c, d, e) = batch_of(library, 5)
    other, others = batch_of(library, 2, Path("/other"))
    library.files.put_in_order(batch_id, [d, a])
    assert library.page_ids(batch_id) == [d, a, b, c, e]
    library.files.put_in_order(batch_id, [e, b, d])
    assert library.page_ids(batch_id) == [e, b, d, a, c]
    assert library.page_ids(other) == others


def test_pages_are_read_in_their_new_order_and_new_ones_come_last(library):
    batch_id, (a, b) = batch_of(library, 2)
    library.files.put_in_order(batch_id, [b, a])
    (c,) = library.add_pages(batch_id, [Source(Path("/c.png"), "c.png")]).page_ids
    library.runs.queue(batch_id)
    assert [library.runs.claim_next(batch_id).id for _ in range(3)] == [b, a, c]


def test_nothing_is_written_where_the_order_is_right_already(library):
    batch_id, pages = batch_of(library, 3)
    library.remove_pages(pages[:1])
    with full_disk(library):
        for given in ([], pages[1:2], pages[1:]):
            before = library._connection._writer.total_changes
            library.files.put_in_order(batch_id, given)
            assert library._connection._writer.total_changes == before
    library.files.put_in_order(batch_id, [pages[2]])
    assert library.page_ids(batch_id) == [pages[2], pages[1]]


# What is left out


def left_out(*names: str, why: str = "Neither a picture nor a PDF") -> list[LeftOutFile]:
    return [LeftOutFile(Path("/scans", name), why) for name in names]


def test_files_left_out_replace_those_known_or_are_added_to_them(library):
    batch_id, _ = batch_of(library, 1)
    other, _ = batch_of(library, 1, Path("/other"))
    library.files.keep_left_out(batch_id, left_out("b.txt", "a.txt"), all_of_it=True)
    library.files.keep_left_out(other, left_out("b.txt"), all_of_it=True)
    assert library.files.left_out(batch_id) == left_out("a.txt", "b.txt")
    library.files.keep_left_out(batch_id, left_out("发票.txt"), all_of_it=False)
    assert library.files.left_out(batch_id) == left_out("a.txt", "b.txt", "发票.txt")
    assert library.batch(batch_id).counts.left_out == 3
    library.files.keep_left_out(batch_id, left_out("c.txt"), all_of_it=True)
    assert library.files.left_out(batch_id) == left_out("c.txt")
    library.files.keep_left_out(batch_id, [], all_of_it=False)
    assert library.batch(batch_id).counts.left_out == 1
    library.files.keep_left_out(batch_id, [], all_of_it=True)
    assert library.batch(batch_id).counts.left_out == 0
    assert library.files.left_out(other) == left_out("b.txt")


def test_a_file_left_out_for_another_reason_is_listed_once(library):
    batch_id, _ = batch_of(library, 1)
    library.files.keep_left_out(batch_id, left_out("a", why="first"), all_of_it=False)
    library.files.keep_left_out(batch_id, left_out("a", why="second"), all_of_it=False)
    assert library.files.left_out(batch_id) == left_out("a", why="second")


def test_files_left_out_go_with_their_batch_and_are_not_kept_for_one_that_is_gone(library):
    batch_id, _ = batch_of(library, 1)
    library.files.keep_left_out(batch_id, left_out("a.txt"), all_of_it=True)
    library.remove_batch(batch_id)
    library.files.keep_left_out(batch_id, left_out("b.txt"), all_of_it=True)
    assert library._connection.read("SELECT * FROM left_out") == []


# Passwords and watching


def test_pages_without_their_password_are_counted_until_they_are_read(library):
    batch_id, (one, two, damaged) = batch_of(library, 3)
    library.checkpoints.keep_failure(one, "Protected.", locked=True)
    library.checkpoints.keep_failure(two, "Protected.", locked=True)
    library.checkpoints.keep_failure(damaged, "Damaged.")
    counts = library.batch(batch_id).counts
    assert (counts.failed, counts.locked) == (3, 2)
    assert [page.locked for page in library.pages([one, two, damaged]).values()] == [True, True, False]
    assert library.files.locked(batch_id) == [Path("/scans/1.png"), Path("/scans/2.png")]
    library.runs.drop_checkpoints([one])
    assert library.batch(batch_id).counts.locked == 1
    keep(library, two, reading("text"))
    assert library.batch(batch_id).counts.locked == 0
    assert library.files.locked(batch_id) == []


def test_all_pages_of_a_protected_file_are_marked_and_given_in_their_order(library):
    frames = [Source(Path("/scans/x.pdf"), f"x.pdf · {number + 1}", number, 1, 1) for number in (2, 0, 1)]
    batch_id, (third, first, second, other) = batch_of(library, [*frames, *sources(1)])
    batch_of(library, frames, Path("/other"))
    assert library.files.keep_locked(batch_id, Path("/scans/x.pdf")) == [first, second, third]
    assert [library.page(page_id).locked for page_id in (first, second, third, other)] == [True, True, True, False]
    assert library.files.keep_locked(batch_id, Path("/scans/nothing.pdf")) == []


def test_a_batch_is_watched_until_it_is_not(library):
    first, _ = batch_of(library, 0, Path("/a"))
    second, _ = batch_of(library, 0, Path("/b"))
    assert library.files.watched() == []
    library.files.watch(first, True)
    library = die_and_reopen(library)
    assert [batch.is_watched for batch in library.batches()] == [False, True]
    assert library.files.watched() == [first]
    library.files.watch(second, True)
    library.files.watch(first, False)
    assert library.files.watched() == [second]
    library.close()


def test_a_page_knows_which_of_its_batch_it_is(library, scans):
    _, pages = batch_of(library, [Source(scans / f"{name}.png", f"{name}.png", 0, 1, 1) for name in "abc"], scans)
    assert [library.files.place_of(library.page(page_id)) for page_id in pages] == [(1, 3), (2, 3), (3, 3)]
    library.files.put_in_order(library.page(pages[0]).batch_id, [pages[2]])
    assert library.files.place_of(library.page(pages[2])) == (1, 3)
    library.remove_pages([pages[2]])
    assert library.files.place_of(library.page(pages[0])) == (1, 2)
