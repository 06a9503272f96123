"""Opening that ends in the middle: a crash, a power cut."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fakes import batch_of
from saved import full_batch, places, read_batch, source

from ocrdesk.engine.batch_file import extracted, open_batch, remove_leftovers, save_batch
from ocrdesk.engine.library import Library

DYING = """
import os, sys
from pathlib import Path
from ocrdesk.engine.batch_file import open_batch
from ocrdesk.engine.batch_file.extracted import Extraction
from ocrdesk.engine.library import Library

library, file, moment = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
library = Library(library)
taken = []
def take(self, *values, whole=Extraction.take):
    content = whole(self, *values)
    taken.append(content)
    if len(taken) == 2 and moment == "in the middle":
        os._exit(9)
    return content
def finish(self, whole=Extraction.finish):
    if moment == "before it has its name":
        os._exit(9)
    whole(self)
    if moment == "before the library knows":
        os._exit(9)
Extraction.take, Extraction.finish = take, finish
open_batch(library, file)
"""
"""Opens a batch and is gone at some moment, as if killed."""


@pytest.mark.parametrize("moment", ["in the middle", "before it has its name", "before the library knows"])
def test_what_a_crash_leaves_goes_at_the_next_start_and_nothing_else(library, scans, file, tmp_path, moment):
    save_batch(library, full_batch(library, scans), file, with_pictures=True)
    home = tmp_path / "there"
    there = Library(home)
    kept = open_batch(there, file)
    there.close()
    died = subprocess.run([sys.executable, "-c", DYING, home, file, moment], check=False, cwd=tmp_path)
    assert died.returncode == 9
    there = Library(home)
    assert [batch.id for batch in there.batches()] == [kept], "no batch without its pictures"
    opened = home / "opened"
    (opened / "mine").mkdir()
    (opened / "mine" / "1.png").write_bytes(b"put there by a person")
    assert len(list(opened.iterdir())) == 3
    remove_leftovers(there)
    assert sorted(path.name for path in opened.iterdir()) == ["mine", "scans"]
    assert all(path.exists() for path in places(there, kept))
    assert (opened / "mine" / "1.png").exists()
    there.close()


def test_pictures_that_another_batch_shows_are_no_leftovers(library, other, scans, file):
    save_batch(library, read_batch(library, scans), file, with_pictures=True)
    opened = open_batch(other, file)
    folder = other.batch(opened).origin
    batch_of(other, [source(folder, "1.png")], folder.parent)
    other.remove_batch(opened)
    remove_leftovers(other)
    assert sorted(path.name for path in folder.iterdir()) == [".ocrdesk-pictures", "1.png"]


def test_where_nothing_was_opened_nothing_is_left(other):
    remove_leftovers(other)
    assert not (other.folder / "opened").exists()


@pytest.mark.skipif(os.name == "nt", reason="folders cannot be synced there")
def test_pictures_are_on_disk_before_the_library_has_the_batch(library, other, scans, file, monkeypatch):
    """Nothing is worth a commit that comes before the pictures: after a power cut they would be missing or empty."""
    save_batch(library, read_batch(library, scans), file, with_pictures=True)
    synced: set[int] = set()
    sync, take_in = os.fsync, other.saved.restore

    def note(descriptor: int) -> None:
        synced.add(os.fstat(descriptor).st_ino)
        sync(descriptor)

    def look(batch, origin: Path, *values):
        put_there = [origin.parent, origin, *origin.rglob("*")]
        assert len(put_there) == 7, "three pictures, the list of them, and three folders"
        assert {path.stat().st_ino for path in put_there} <= synced
        return take_in(batch, origin, *values)

    monkeypatch.setattr(os, "fsync", note)
    monkeypatch.setattr(other.saved, "restore", look)
    assert open_batch(other, file) is not None
    assert (other.batches()[0].origin / extracted.LIST).is_file()
