"""What stays known of a page when its file, or that of its twin, is another or gone."""

from pathlib import Path

from fakes import batch_of, reading

from ocrdesk.engine.document import LeftOutFile
from ocrdesk.engine.facts import Fact


def test_a_file_that_is_damaged_now_needs_no_password_any_more(library):
    batch_id, (page_id,) = batch_of(library, 1)
    library.checkpoints.keep_failure(page_id, "Protected.", locked=True)
    assert library.files.locked(batch_id) == [Path("/scans/1.png")]
    library.checkpoints.keep_failure(page_id, "Damaged.")
    assert library.files.locked(batch_id) == []


def test_a_kept_reading_stays_that_of_the_content_it_was_read_from(library):
    _, (one, two) = batch_of(library, 2)
    library.checkpoints.keep(one, reading("old text"), seconds=1.0, rotation=0, recognizer="fake", content=b"A" * 16)
    library.checkpoints.keep_failure(one, "Damaged.", content=b"B" * 16)
    assert library.page(one).content == b"A" * 16
    assert library.files.twin(library.page(two), b"B" * 16) is None


def test_a_reading_that_was_removed_meanwhile_is_not_taken(library):
    _, (one, two) = batch_of(library, 2)
    library.checkpoints.keep(one, reading("text"), seconds=1.0, rotation=0, recognizer="fake", content=b"A" * 16)
    twin = library.files.twin(library.page(two), b"A" * 16)
    library.remove_pages([one])
    assert library.checkpoints.keep_twin(two, twin, b"A" * 16) is False
    assert library.page(two).status == "pending"


def test_it_stays_known_that_a_file_has_more_pages_than_are_read(library):
    batch_id, _ = batch_of(library, 1)
    more = LeftOutFile(Path("/scans/1.png"), "It has more than 2 pages; the others are skipped")
    library.files.keep_left_out(batch_id, [more, LeftOutFile(Path("/scans/x.txt"), Fact.NO_PAGE())], all_of_it=True)
    library.files.keep_left_out(batch_id, [], all_of_it=True)
    assert library.files.left_out(batch_id) == [more]
