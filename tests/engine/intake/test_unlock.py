"""Protected PDF files of a batch, opened with a password by the real decoder."""

import pytest
from fakes import claim, draw_pages, keep, reading, statuses
from pdfs import PROTECTED

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Batch, Page
from ocrdesk.engine.errors import PageUnreadable, PasswordNeeded, PasswordWrong
from ocrdesk.engine.intake.drops import drops_of, find_pages
from ocrdesk.engine.intake.unlock import unlock
from ocrdesk.engine.library import Library

PASSWORD = "secret"


def add(library: Library, decoder: Decoder, folder) -> Batch:
    (drop,) = drops_of([folder])
    find_pages(library, drop, decoder.count_pages)
    return library.batch(drop.batch_id)


def pages_of(library: Library, batch: Batch) -> list[Page]:
    page_ids = library.page_ids(batch.id)
    found = library.pages(page_ids)
    return [found[page_id] for page_id in page_ids]


def names(library: Library, batch: Batch) -> list[str]:
    return [page.name for page in pages_of(library, batch)]


def read_all(library: Library, decoder: Decoder, batch: Batch) -> None:
    """Reads what waits as a worker does: pictures and open files are read, protected ones fail."""
    library.runs.queue(batch.id)
    while page := library.runs.claim_next(batch.id):
        try:
            decoder.count_pages(page.path)
        except PasswordNeeded as error:
            library.checkpoints.keep_failure(page.id, str(error), locked=True)
        else:
            keep(library, page.id, reading(f"read as {page.name}"))


@pytest.fixture
def batch(library, decoder, scans) -> Batch:
    """A picture, a protected PDF, and another picture; the pictures are read."""
    draw_pages(scans, 1)
    draw_pages(scans, 1, first=9)
    (scans / "5.pdf").write_bytes(PROTECTED)
    batch = add(library, decoder, scans)
    read_all(library, decoder, batch)
    assert names(library, batch) == ["1.png", "5.pdf", "9.png"]
    assert statuses(library, batch.id) == ["done", "failed", "done"]
    return batch


def test_the_right_password_makes_all_pages_wait_where_the_file_stood(library, decoder, batch, scans):
    assert unlock(library, decoder, batch.id, scans / "5.pdf", PASSWORD) == [scans / "5.pdf"]
    assert names(library, batch) == ["1.png", "5.pdf · 1", "5.pdf · 2", "5.pdf · 3", "9.png"]
    assert statuses(library, batch.id) == ["done", "pending", "pending", "pending", "done"]
    assert [page.frame for page in pages_of(library, batch)] == [0, 0, 1, 2, 0]
    counts = library.batch(batch.id).counts
    assert (counts.queued, counts.locked, counts.failed) == (3, 0, 0)
    assert library.files.locked(batch.id) == []
    assert all(page.locked for page in pages_of(library, batch)[1:4]), "after a restart it is asked for again"
    decoder.load_small(scans / "5.pdf", 2, 0, 50)


def test_a_wrong_password_changes_nothing(library, decoder, batch, scans):
    before = pages_of(library, batch)
    with pytest.raises(PasswordWrong, match="not the password"):
        unlock(library, decoder, batch.id, scans / "5.pdf", "guess")
    assert pages_of(library, batch) == before
    assert library.files.locked(batch.id) == [scans / "5.pdf"]
    with pytest.raises(PasswordNeeded):
        decoder.count_pages(scans / "5.pdf")
    unlock(library, decoder, batch.id, scans / "5.pdf", PASSWORD)
    assert statuses(library, batch.id) == ["done", "pending", "pending", "pending", "done"]


def test_files_with_the_same_password_are_opened_together(library, decoder, batch, scans):
    (scans / "7.pdf").write_bytes(PROTECTED)
    add(library, decoder, scans)
    read_all(library, decoder, batch)
    assert unlock(library, decoder, batch.id, scans / "7.pdf", PASSWORD) == [scans / "7.pdf", scans / "5.pdf"]
    middle = [f"{name} · {number}" for name in ("5.pdf", "7.pdf") for number in (1, 2, 3)]
    assert names(library, batch) == ["1.png", *middle, "9.png"]


class OtherPassword:
    """A decoder for which one file has a password of its own."""

    def __init__(self, decoder: Decoder, name: str, password: str) -> None:
        self._decoder = decoder
        self._name = name
        self._password = password

    def count_pages(self, path):
        return self._decoder.count_pages(path)

    def unlock(self, path, password):
        if path.name == self._name:
            password = PASSWORD if password == self._password else "not " + PASSWORD
        return self._decoder.unlock(path, password)


@pytest.fixture
def two_passwords(library, decoder, batch, scans) -> OtherPassword:
    """The batch with a second protected PDF, ``7.pdf`` with the password ``other``."""
    (scans / "7.pdf").write_bytes(PROTECTED)
    add(library, decoder, scans)
    read_all(library, decoder, batch)
    return OtherPassword(decoder, "7.pdf", "other")


def test_a_file_with_another_password_waits_for_it(library, two_passwords, batch, scans):
    assert unlock(library, two_passwords, batch.id, scans / "5.pdf", PASSWORD) == [scans / "5.pdf"]
    assert names(library, batch) == ["1.png", "5.pdf · 1", "5.pdf · 2", "5.pdf · 3", "7.pdf", "9.png"]
    assert library.files.locked(batch.id) == [scans / "7.pdf"]
    assert unlock(library, two_passwords, batch.id, scans / "7.pdf", "other") == [scans / "7.pdf"]
    assert library.files.locked(batch.id) == []


def test_a_password_that_is_that_of_another_file_opens_that_one(library, two_passwords, batch, scans):
    assert unlock(library, two_passwords, batch.id, scans / "5.pdf", "other") == [scans / "7.pdf"]
    assert library.files.locked(batch.id) == [scans / "5.pdf"]
    assert names(library, batch) == ["1.png", "5.pdf", "7.pdf · 1", "7.pdf · 2", "7.pdf · 3", "9.png"]


def test_pages_that_were_read_are_not_read_again(library, decoder, batch, scans):
    """The password is given again, as after a restart."""
    unlock(library, decoder, batch.id, scans / "5.pdf", PASSWORD)
    first = claim(library, batch.id)
    keep(library, first.id, reading("read before"))
    unlock(library, decoder, batch.id, scans / "5.pdf", PASSWORD)
    assert statuses(library, batch.id) == ["done", "done", "pending", "pending", "done"]
    assert library.text(first.id) == "read before"
    read_all(library, decoder, batch)
    unlock(library, decoder, batch.id, scans / "5.pdf", PASSWORD)
    assert statuses(library, batch.id) == ["done"] * 5
    assert library.batch(batch.id).counts.queued == 0


def test_a_page_that_was_taken_out_of_the_batch_comes_back_with_its_file(library, decoder, batch, scans):
    page_id = library.page_ids(batch.id)[1]
    library.remove_pages([page_id])
    unlock(library, decoder, batch.id, scans / "5.pdf", PASSWORD)
    assert sorted(names(library, batch)) == ["1.png", "5.pdf · 1", "5.pdf · 2", "5.pdf · 3", "9.png"]


def test_a_file_that_cannot_be_read_says_why(library, decoder, batch, scans):
    (scans / "5.pdf").unlink()
    with pytest.raises(PageUnreadable) as caught:
        unlock(library, decoder, batch.id, scans / "5.pdf", PASSWORD)
    assert not isinstance(caught.value, PasswordNeeded), "another password would not help"
    assert statuses(library, batch.id) == ["done", "failed", "done"]


def test_a_batch_that_was_removed_meanwhile_stays_removed(library, decoder, batch, scans, monkeypatch):
    really_unlock = decoder.unlock

    def remove_and_unlock(path, password):
        count = really_unlock(path, password)
        library.remove_batch(batch.id)
        return count

    monkeypatch.setattr(decoder, "unlock", remove_and_unlock)
    unlock(library, decoder, batch.id, scans / "5.pdf", PASSWORD)
    assert library.batches() == []
    assert library.pages(range(1, 10)) == {}


def test_the_password_is_not_kept_on_disk(library, decoder, batch, scans):
    unlock(library, decoder, batch.id, scans / "5.pdf", PASSWORD)
    for file in library.folder.iterdir():
        assert PASSWORD.encode() not in file.read_bytes(), file
