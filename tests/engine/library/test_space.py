import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from fakes import batch_of

from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.library import Library, connection, space
from ocrdesk.engine.library.connection import Connection
from ocrdesk.engine.library.database import FILE_NAME, TIDIED_NAME

PAGES = 200
TEXT = "a line of text " * 200


@pytest.fixture
def stop() -> threading.Event:
    return threading.Event()


@pytest.fixture(autouse=True)
def little_is_worth_it(monkeypatch):
    monkeypatch.setattr(space, "WORTH_BYTES", 100_000)
    monkeypatch.setattr(space, "_PAGES_OF_A_STEP", 10)


@pytest.fixture
def untidy(tmp_path):
    """A library as versions made it that kept the room of what was removed, with two batches, of which one is gone."""
    folder = tmp_path / "untidy"
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE_NAME)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("VACUUM")  # the file is begun, without auto_vacuum
    with closing(Library(folder)) as library:
        fill_and_remove(library)
        yield library


def fill_and_remove(library: Library) -> None:
    for folder in ("/stays", "/goes"):
        batch_id, page_ids = batch_of(library, PAGES, Path(folder))
        with library._connection.write() as db:  # quicker than pages that are kept one by one
            rows = ((page_id, TEXT) for page_id in page_ids)
            db.executemany("INSERT INTO line VALUES (?, 0, ?, 0.9, zeroblob(32), x'', x'')", rows)
    library.space.give_back(threading.Event())
    library.remove_batch(batch_id)


def size(library: Library) -> int:
    return (library.folder / FILE_NAME).stat().st_size


def assert_whole(library: Library) -> None:
    (batch,) = library.batches()
    assert batch.counts.total == PAGES
    assert [library.texts.lines(page_id)[0].text for page_id in library.page_ids(batch.id)] == [TEXT] * PAGES
    assert library._connection.read("PRAGMA integrity_check")[0][0] == "ok"


# Giving back


def test_what_was_removed_is_given_back(library, stop):
    fill_and_remove(library)
    before = size(library)
    library.space.give_back(stop)
    assert size(library) < 0.6 * before
    assert (library.folder / f"{FILE_NAME}-wal").stat().st_size == 0
    assert library._connection.read("PRAGMA freelist_count")[0][0] == 0
    assert library.space.untidy() is None
    assert_whole(library)


def test_it_ends_when_it_is_told_to_and_the_next_start_goes_on(library, stop):
    fill_and_remove(library)
    stop.set()
    library.space.give_back(stop)
    left = library._connection.read("PRAGMA freelist_count")[0][0]
    assert left > 100
    library.close()
    again = Library(library.folder)
    again.space.give_back(threading.Event())
    assert again._connection.read("PRAGMA freelist_count")[0][0] == 0
    again.close()


def test_others_write_between_two_steps(library, stop, monkeypatch):
    fill_and_remove(library)
    written = []

    def wait(seconds):
        written.append(library.batch_of_folder(Path(f"/{len(written)}"), whole=True))
        return len(written) == 5

    monkeypatch.setattr(stop, "wait", wait)
    library.space.give_back(stop)
    assert len(library.batches()) == 6


# Tidying up


def test_a_library_of_an_earlier_version_is_tidied_up_once(untidy, stop):
    untidy.space.give_back(stop)
    before = size(untidy)
    offer = untidy.space.untidy()
    assert 0.3 * before < offer.unused < before
    assert offer.needed == 2 * (before - offer.unused)
    assert untidy.space.tidy_up(stop)
    writer = untidy._connection._writer
    settings = ("synchronous", "journal_size_limit", "wal_autocheckpoint")
    found = [writer.execute(f"PRAGMA {setting}").fetchone()[0] for setting in settings]
    assert found == [2, connection._LARGEST_LOG, connection._PAGES_OF_A_LOG], "as at the start: 2 is FULL"
    assert size(untidy) < 0.6 * before
    assert untidy.space.untidy() is None
    assert_whole(untidy)
    assert not list(untidy.folder.glob(f"{TIDIED_NAME}*"))
    (batch,) = untidy.batches()
    untidy.remove_pages(untidy.page_ids(batch.id)[:-1])
    untidy.space.give_back(stop)
    assert size(untidy) < 0.2 * before, "from then on it gives back by itself"


def test_it_is_not_offered_where_it_brings_little(untidy, monkeypatch):
    assert untidy.space.untidy() is not None
    monkeypatch.setattr(space, "WORTH_BYTES", 100_000_000)
    assert untidy.space.untidy() is None


@pytest.mark.parametrize("when", ["while it is copied", "while it is put in place"])
def test_who_writes_goes_first(untidy, stop, monkeypatch, when):
    replace = Connection.replace_all

    def rename() -> None:
        untidy.rename_batch(untidy.batches()[0].id, "renamed")

    def written_before(self, *values):
        rename()
        return replace(self, *values)

    def written_at_once(self, source, since, stop):
        def backup(target, pages, progress):
            writer = threading.Thread(target=rename)
            writers.append(writer)
            writer.start()
            while not self._waiting:
                pass
            source.backup(target, pages=1, progress=progress)

        return replace(self, SimpleNamespace(backup=backup), since, stop)

    writers: list[threading.Thread] = []
    with monkeypatch.context() as patched:
        patched.setattr(Connection, "replace_all", written_before if "copied" in when else written_at_once)
        assert not untidy.space.tidy_up(stop)
    for writer in writers:
        writer.join()
    assert untidy.batches()[0].name == "renamed"
    assert_whole(untidy)
    assert untidy.space.tidy_up(stop)
    assert untidy.batches()[0].name == "renamed"
    assert_whole(untidy)


def test_the_end_of_the_program_ends_it(untidy, stop):
    stop.set()
    before = size(untidy)
    assert not untidy.space.tidy_up(stop)
    assert size(untidy) == before
    assert_whole(untidy)


def test_a_full_disk_is_told_and_leaves_the_library_as_it_was(untidy, stop, monkeypatch):
    def full(self, *values):
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(Connection, "replace_all", full)
        with pytest.raises(LibraryError, match="is full"):
            untidy.space.tidy_up(stop)
    assert not list(untidy.folder.glob(f"{TIDIED_NAME}*"))
    assert_whole(untidy)


def test_free_space_is_told(untidy, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=7))
    assert untidy.space.untidy().free == 7


KILLED = """
import os, sys, threading
from pathlib import Path
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.connection import Connection

def die_after(steps):
    def replace_all(self, source, since, stop):
        class Dying:
            def backup(_, target, pages, progress):
                def count(*_):
                    left.pop()
                    if not left:
                        os._exit(9)
                left = [None] * steps
                source.backup(target, pages=10, progress=count)
        return replace(self, Dying(), since, stop)
    return replace_all

replace = Connection.replace_all
Connection.replace_all = die_after(int(sys.argv[2]))
Library(Path(sys.argv[1])).space.tidy_up(threading.Event())
"""


@pytest.mark.parametrize("steps", [1, 5])
def test_a_program_that_is_killed_at_it_leaves_the_library_as_it_was(untidy, steps):
    untidy.close()
    command = [sys.executable, "-c", KILLED, untidy.folder, str(steps)]
    assert subprocess.run(command, check=False, env=dict(os.environ)).returncode == 9
    with closing(Library(untidy.folder)) as again:
        assert_whole(again)
        assert again.space.untidy() is not None
        again.space.give_back(threading.Event())
        assert not list(again.folder.glob(f"{TIDIED_NAME}*"))
