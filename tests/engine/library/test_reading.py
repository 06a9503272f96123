"""Libraries that are opened for reading where nothing can be written."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from disks import fill, make_read_only, mounted, unwritable

from ocrdesk.engine.errors import LibraryError, LibraryInUse, LibraryTooNew
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.database import COPY_NAME, FILE_NAME, LOCK_NAME
from ocrdesk.engine.library.schema import SCHEMA_VERSION

MADE = """
import os, sqlite3, sys
from pathlib import Path
from earlier import VERSION_1
from fakes import Library, batch_of, keep, reading
folder, how, end = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
folder.mkdir()
if how == "older":
    (folder / "library.lock").touch()
    library = sqlite3.connect(folder / "library.sqlite")
    library.execute("PRAGMA journal_mode = WAL")
    library.executescript(VERSION_1)
    library.execute("INSERT INTO batch (name, origin, whole_folder) VALUES ('scans', x'2f', 1)")
    for number in (1, 2, 3):
        library.execute(
            "INSERT INTO page (batch_id, position, path, frame, name, size, modified, status, line_count, seconds) "
            "VALUES (1, ?1, CAST(?1 AS BLOB), 0, ?1, 1, 1, 'done', 1, 1)", (number,))
        library.execute("INSERT INTO line VALUES (?1, 0, 'text ' || ?1, 0.9, zeroblob(32))", (number,))
    library.commit()
else:
    library = Library(folder)
    for page_id in batch_of(library, 3)[1]:
        keep(library, page_id, reading(f"text {page_id}"))
if end == "held":
    print("held", flush=True)
    sys.stdin.read()
if end == "killed":
    os._exit(9)
library.close()
"""
"""Makes a library with three pages, of this version or an older one, and then dies, waits, or closes it."""


def texts(folder: Path) -> list[str]:
    """The texts of the only batch, read by somebody who writes nothing."""
    with closing(Library(folder, writable=False)) as library:
        (batch,) = library.batches()
        return [library.text(page_id) for page_id in library.page_ids(batch.id)]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The folder for temporary files, of which nothing may be left."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def child(*words: object) -> subprocess.Popen[str]:
    tests = Path(__file__).parents[2]
    path = os.pathsep.join(map(str, (tests, Path(__file__).parent)))
    return subprocess.Popen(
        [sys.executable, "-c", MADE, *map(str, words)],
        env={**os.environ, "PYTHONPATH": path}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.fixture(params=["new", "older"])
def version(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Callable[[str, str], Path]:
    """Gives the folder of a library that a child made, once for all tests."""

    @cache
    def make(version: str, end: str) -> Path:
        folder = tmp_path_factory.mktemp("made") / "library"
        with child(folder, version, end):
            pass
        assert (folder / f"{FILE_NAME}-wal").exists() == (end == "killed")
        return folder

    return make


@pytest.fixture(params=["closed", "killed"])
def folder(tmp_path, made, version, request) -> Path:
    """The folder of a library that was closed, or whose program was killed: what it kept is in the log only."""
    return Path(shutil.copytree(made(version, request.param), tmp_path / "library"))


@pytest.fixture
def older(tmp_path, made) -> Path:
    """The folder of a library of an earlier version."""
    return Path(shutil.copytree(made("older", "closed"), tmp_path / "older"))


TEXTS = ["text 1", "text 2", "text 3"]


def test_it_is_read_in_a_folder_that_cannot_be_written(folder, temporary):
    before = files(folder).keys()
    with unwritable(folder):
        assert texts(folder) == TEXTS
    assert files(folder).keys() == before


def test_it_is_read_without_the_index_of_its_log(folder, temporary):
    (folder / f"{FILE_NAME}-shm").unlink(missing_ok=True)
    before = files(folder)
    with unwritable(folder):
        assert texts(folder) == TEXTS
    assert files(folder) == before


@pytest.mark.parametrize("kind", ["read-only", "full"])
def test_it_is_read_on_a_real_disk_that_takes_nothing(kind, folder, tmp_path, temporary):
    with mounted(tmp_path / "disk", "2m"):
        there = tmp_path / "disk" / "library"
        shutil.copytree(folder, there)
        if kind == "full":
            fill(tmp_path / "disk")
        else:
            make_read_only(tmp_path / "disk")
        assert texts(there) == TEXTS


@pytest.mark.skipif(os.name == "nt", reason="a file that is open cannot be removed there")
def test_the_copy_of_an_older_one_is_gone_while_it_is_being_read(older, temporary):
    with unwritable(older), closing(Library(older, writable=False)) as library:
        assert list(temporary.iterdir()) == []
        assert library.text(1) == "text 1"


def test_nobody_writes_while_it_is_read_as_it_lies_there(tmp_path, library):
    library.close()
    with unwritable(library.folder):
        reader = Library(library.folder, writable=False)
    with pytest.raises(LibraryInUse):
        Library(library.folder)
    reader.close()
    Library(library.folder).close()


def test_what_another_program_is_writing_is_not_read_as_it_lies_there(tmp_path):
    folder = tmp_path / "library"
    with child(folder, "new", "held") as writer:
        assert writer.stdout.readline() == "held\n"
        (folder / f"{FILE_NAME}-shm").unlink()  # or SQLite itself could read beside the writer
        with unwritable(folder), pytest.raises(LibraryInUse, match="Close the other program"):
            Library(folder, writable=False)


def test_without_room_for_a_copy_it_is_said_where_and_how_much(older, monkeypatch):
    def full(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with unwritable(older), pytest.raises(LibraryError, match=r"Make 1 MB of room there, or let TMPDIR name another"):
        Library(older, writable=False)


# Of another version, where it can be written


@pytest.mark.parametrize("version", ["older"], indirect=True)
def test_an_older_one_is_upgraded_and_copied_before(folder):
    assert texts(folder) == TEXTS
    assert COPY_NAME in files(folder)
    with closing(sqlite3.connect(folder / FILE_NAME)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    Library(folder).close()


def test_an_older_one_that_an_older_program_has_open_is_left_alone(older):
    before = files(older)
    with closing(sqlite3.connect(older / LOCK_NAME, isolation_level=None)) as held:
        held.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LibraryInUse, match=r"open in another ocrdesk, of an earlier version\. Close that one"):
            Library(older, writable=False)
    assert files(older)[FILE_NAME] == before[FILE_NAME]


def test_a_newer_one_is_refused_also_where_nothing_can_be_written(library, temporary):
    library.close()
    with closing(sqlite3.connect(library.folder / FILE_NAME)) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with unwritable(library.folder), pytest.raises(LibraryTooNew):
        Library(library.folder, writable=False)


def test_one_that_was_just_begun_when_its_disk_was_full_holds_nothing(tmp_path, temporary):
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / FILE_NAME).touch()
    with unwritable(folder), closing(Library(folder, writable=False)) as library:
        assert library.batches() == []
