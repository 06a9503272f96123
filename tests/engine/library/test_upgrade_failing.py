"""Upgrades that fail leave a library as it was, and a copy lies beside one that was upgraded."""

import errno
import os
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from earlier import contents, make_version_1, opened, structure

from ocrdesk.engine.errors import LibraryError, LibraryNotCopied
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.database import COPY_NAME, FILE_NAME


@pytest.fixture
def folder(tmp_path) -> Path:
    return make_version_1(tmp_path / "library")


@pytest.mark.parametrize(
    "obstacle",
    [
        "CREATE TABLE left_out (x)",
        "CREATE INDEX page_locked ON page (name)",  # at the very end
        "ALTER TABLE page ADD COLUMN locked INTEGER",
    ],
)
def test_an_upgrade_that_fails_half_way_leaves_version_1_as_it_was_and_says_so(folder, obstacle):
    with opened(folder) as db:
        db.execute(obstacle)
        db.commit()
    before = contents(folder), structure(folder)
    for _ in range(2):  # the first leaves no lock behind
        with pytest.raises(LibraryError) as caught:
            Library(folder)
        assert str(folder / FILE_NAME) in str(caught.value)
        assert str(caught.value).endswith(".")
        assert isinstance(caught.value.__cause__, sqlite3.Error)
        assert (contents(folder), structure(folder)) == before
    assert before[1]["version"] == (1,)


def test_an_upgrade_without_room_on_the_disk_leaves_version_1_as_it_was(folder, monkeypatch):
    before = contents(folder), structure(folder)
    with monkeypatch.context() as patched:
        connect = sqlite3.connect

        def connect_to_a_full_disk(path, *values, **named):
            connection = connect(path, *values, **named)
            if FILE_NAME in str(path):
                connection.execute("PRAGMA max_page_count = 1")  # stays at what the file has already
            return connection

        patched.setattr(sqlite3, "connect", connect_to_a_full_disk)
        with pytest.raises(LibraryError, match=r"is full\. Make room on it"):
            Library(folder)
    assert (contents(folder), structure(folder)) == before
    with closing(Library(folder)) as library:
        assert library.batch(3).counts.total == 7


def test_an_upgrade_over_several_versions_that_fails_at_the_last_leaves_the_first(folder):
    with opened(folder) as db:
        db.execute("ALTER TABLE batch ADD COLUMN hidden INTEGER")  # which comes with version 5
        db.commit()
    before = contents(folder), structure(folder)
    with pytest.raises(LibraryError):
        Library(folder)
    assert (contents(folder), structure(folder)) == before


# The copy that is made before


def test_a_copy_of_the_old_library_lies_beside_it(folder):
    before = contents(folder), structure(folder)
    with opened(folder) as unfinished:  # what it holds is in its write-ahead log only, in which a program left it
        unfinished.execute("UPDATE batch SET name = 'Changed last'")
        unfinished.commit()
        Library(folder).close()
    copy = folder / COPY_NAME
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith(copy.stem)) == [COPY_NAME]
    if os.name != "nt":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert copy.read_bytes()[18:20] == b"\1\1", "it needs no write-ahead log beside it"
    restored = folder / "restored"
    restored.mkdir()
    copy.rename(restored / FILE_NAME)
    assert contents(restored)["batch"][0][1] == "Changed last"
    assert contents(restored)["line"] == before[0]["line"]
    assert structure(restored) == before[1]
    Library(restored).close()


def test_only_the_last_copy_is_kept_and_none_is_made_without_an_upgrade(folder):
    (folder / COPY_NAME).write_bytes(b"of an earlier upgrade")
    Library(folder).close()
    size = (folder / COPY_NAME).stat().st_size
    assert size > 4096
    (folder / COPY_NAME).unlink()
    Library(folder).close()
    assert not (folder / COPY_NAME).exists()


@pytest.mark.parametrize("says_so", ["before", "while it is made"])
def test_without_room_for_the_copy_it_says_how_much_and_the_old_program_can_go_on(folder, monkeypatch, says_so):
    before = contents(folder), structure(folder)
    (folder / COPY_NAME).write_bytes(b"of an earlier upgrade")
    with monkeypatch.context() as patched:
        if says_so == "before":
            patched.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=1000))
        else:

            def full(descriptor):
                raise OSError(errno.ENOSPC, "No space left on device")

            patched.setattr(os, "fsync", full)
        with pytest.raises(LibraryNotCopied, match=r"Make 1 MB of room on that disk, then try again") as caught:
            Library(folder)
    assert str(folder / FILE_NAME) in str(caught.value)
    assert (contents(folder), structure(folder)) == before
    assert (folder / COPY_NAME).read_bytes() == b"of an earlier upgrade"
    assert not list(folder.glob(".*.part"))
    Library(folder).close()
