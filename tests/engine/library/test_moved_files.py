"""Files of a batch that lie elsewhere now."""

from pathlib import Path

import pytest
from fakes import batch_of, keep, reading, statuses

from ocrdesk.engine.document import KnownFile, Source
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.library import MovedPage

ONE = b"1" * 16


def moved(page_id: int, name: str, folder: str = "/new") -> MovedPage:
    return MovedPage(page_id, Path(folder, name), name, size=70, modified=80)


def test_pages_follow_their_files_and_the_batch_its_folder(library):
    batch_id, (one, two) = batch_of(library, 2)
    library.checkpoints.keep(one, reading("text", "second"), seconds=1.5, rotation=90, recognizer="fake", content=ONE)
    before = library.page(one)
    library.files.move(batch_id, Path("/new"), [moved(one, "發票.png")])
    page = library.page(one)
    assert (page.path, page.name, page.status, page.content) == (Path("/new/發票.png"), "發票.png", before.status, ONE)
    assert library.text(one) == "text\nsecond"
    assert library.page(two).path == Path("/scans/2.png")
    assert library.batch(batch_id).origin == Path("/new")
    assert library.find_batch(Path("/new"), whole=True) == batch_id
    assert library.find_batch(Path("/scans"), whole=True) is None
    assert library.files.known(batch_id)[page.path] == KnownFile(70, 80)
    source = Source(page.path, page.name, size=70, modified=80)
    assert library.add_pages(batch_id, [source]).new == 0


def test_pages_that_failed_because_their_file_was_gone_wait_again_and_no_others(library):
    batch_id, (gone, damaged, done, waiting) = batch_of(library, 4)
    library.checkpoints.keep_failure(gone, "The file is no longer there.")
    library.checkpoints.keep_failure(damaged, "Damaged.", content=ONE)
    keep(library, done, reading("text"))
    library.files.move(batch_id, Path("/new"), [moved(page, f"{page}.png") for page in (gone, damaged, done, waiting)])
    assert statuses(library, batch_id) == ["pending", "failed", "done", "pending"]
    assert (library.page(gone).message, library.page(damaged).message) == (None, "Damaged.")
    assert library.batch(batch_id).counts.queued == 0


def test_a_batch_is_not_moved_to_the_folder_of_another(library):
    batch_id, (one,) = batch_of(library, 1)
    other, _ = batch_of(library, 1, Path("/new"))
    library.rename_batch(other, "Receipts")
    with pytest.raises(LibraryError, match=r"belongs to the batch “Receipts” already\. Remove one of the two"):
        library.files.move(batch_id, Path("/new"), [moved(one, "1.png")])
    assert library.batch(batch_id).origin == Path("/scans")
    assert library.page(one).path == Path("/scans/1.png")
    library.files.move(batch_id, Path("/scans"), [moved(one, "2.png")])
    assert library.page(one).path == Path("/new/2.png")


def test_a_batch_of_picked_files_may_have_the_folder_of_a_whole_one(library):
    batch_id, _ = batch_of(library, 1)
    picked = library.batch_of_folder(Path("/picked"), whole=False)
    library.files.move(picked, Path("/scans"), [])
    assert library.find_batch(Path("/scans"), whole=False) == picked
    assert library.find_batch(Path("/scans"), whole=True) == batch_id
    assert (library.batch(picked).is_whole_folder, library.batch(batch_id).is_whole_folder) == (False, True)


def test_a_page_is_not_moved_onto_another(library):
    batch_id, (one, two) = batch_of(library, 2)
    library.files.move(batch_id, Path("/scans"), [moved(one, "2.png", "/scans")])
    assert [library.page(page_id).path.name for page_id in (one, two)] == ["1.png", "2.png"]
