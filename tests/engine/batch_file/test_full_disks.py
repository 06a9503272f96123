"""Disks that fill up while a batch is saved or opened: a sentence, and nothing is left behind."""

import errno
import os

import pytest
from fakes import full_disk
from hostile import with_first_line
from saved import full_batch

from ocrdesk.engine import private
from ocrdesk.engine.batch_file import open_batch, save_batch
from ocrdesk.engine.errors import DiskFull, LibraryError
from ocrdesk.engine.library.saved import Incoming


def test_a_full_disk_leaves_the_old_file(library, scans, file, monkeypatch):
    batch_id = full_batch(library, scans)
    file.write_bytes(b"old")

    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull, match=r"no room for “a.ocrdesk”.*then save again\."):
        save_batch(library, batch_id, file)
    assert file.read_bytes() == b"old"
    assert len(list(file.parent.glob("*ocrdesk*"))) == 1


def test_a_full_disk_with_the_library_leaves_nothing(other, saved):
    with_first_line(saved, text="x" * 100_000)
    with full_disk(other), pytest.raises(LibraryError, match="is full"):
        open_batch(other, saved)
    assert other.batches() == []
    assert list((other.folder / "opened").iterdir()) == []
    assert open_batch(other, saved) is not None


def test_no_room_for_the_pictures_leaves_nothing(other, saved, monkeypatch):
    class Full:
        def __init__(self, path):
            self.file = path.open("xb")

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.file.close()

        def write(self, chunk):
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(private, "create", Full)
    with pytest.raises(DiskFull, match="no room for the pictures"):
        open_batch(other, saved)
    assert other.batches() == []
    assert list((other.folder / "opened").iterdir()) == []


def test_no_room_for_temporary_files_says_so(other, saved, monkeypatch):
    def small(self):
        begin(self)
        self._db.execute("PRAGMA max_page_count = 1")

    begin = Incoming.__init__
    monkeypatch.setattr(Incoming, "__init__", small)
    with_first_line(saved, text="x" * 100_000)
    with pytest.raises(LibraryError, match="temporary files"):
        open_batch(other, saved)
