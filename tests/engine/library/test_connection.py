import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from disks import fill, mounted

import ocrdesk
from ocrdesk.engine.errors import LibraryClosing, LibraryError, LibraryInUse, LibraryTooNew
from ocrdesk.engine.library import Library, database, trouble
from ocrdesk.engine.library.connection import Connection, path_from_bytes, path_to_bytes
from ocrdesk.engine.library.database import FILE_NAME
from ocrdesk.engine.library.schema import SCHEMA_VERSION

ADD_BATCH = "INSERT INTO batch (name, origin, whole_folder) VALUES (?, x'2f', 1)"


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def connection(folder):
    connection = Connection(folder, writable=True)
    yield connection
    connection.close()


def add_batch(connection: Connection, name: str = "scans") -> None:
    with connection.write() as db:
        db.execute(ADD_BATCH, (name,))


def batch_names(connection: Connection) -> list[str]:
    return [row["name"] for row in connection.read("SELECT name FROM batch")]


# What makes a commit last


def test_a_commit_is_on_disk_when_it_returns(connection):
    assert connection._writer.execute("PRAGMA synchronous").fetchone()[0] == 2  # FULL
    assert connection._writer.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_lines_go_with_their_page(connection):
    assert connection._writer.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_what_was_written_is_there_after_opening_again(folder):
    for name in ("first", "second"):
        connection = Connection(folder, writable=True)
        connection.read("SELECT * FROM batch")
        with connection.write() as db:
            db.execute("INSERT INTO batch (name, origin, whole_folder) VALUES (?, ?, 1)", (name, name.encode()))
        connection.close()
    connection = Connection(folder, writable=True)
    assert batch_names(connection) == ["first", "second"]
    connection.close()


def test_a_block_that_fails_leaves_nothing(connection):
    with pytest.raises(ZeroDivisionError):
        with connection.write() as db:
            db.execute(ADD_BATCH, ("half",))
            raise ZeroDivisionError
    assert batch_names(connection) == []
    add_batch(connection, "whole")
    assert batch_names(connection) == ["whole"]


def test_a_block_that_is_refused_by_the_schema_leaves_nothing_and_says_so(connection):
    with pytest.raises(LibraryError):
        with connection.write() as db:
            db.execute(ADD_BATCH, ("half",))
            db.execute(ADD_BATCH, (None,))
    assert batch_names(connection) == []


def test_readers_see_nothing_of_a_block_that_is_not_finished_and_do_not_wait_for_it(connection):
    with connection.write() as db:
        db.execute(ADD_BATCH, ("unfinished",))
        assert batch_names(connection) == []
    assert batch_names(connection) == ["unfinished"]


def test_many_threads_can_write_and_read(connection):
    def work():
        for _ in range(10):
            with connection.write() as db:
                db.execute("INSERT INTO batch (name, origin, whole_folder) VALUES ('b', randomblob(8), 1)")
            batch_names(connection)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(batch_names(connection)) == 40


@pytest.mark.skipif(os.name == "nt", reason="files have no such modes there")
@pytest.mark.parametrize("is_new", [True, False])
def test_nobody_else_can_read_a_file_of_it_from_the_first_moment_on(folder, is_new):
    if not is_new:  # as an earlier version left it
        Connection(folder, writable=True).close()
        for path in folder.iterdir():
            path.chmod(0o644)
    before = os.umask(0)
    try:
        opened = Connection(folder, writable=True)
        add_batch(opened)
    finally:
        os.umask(before)
    assert {path.name for path in folder.iterdir()} >= {FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm"}
    assert {oct(path.stat().st_mode & 0o777) for path in folder.iterdir()} == {"0o600"}
    opened.close()


# Who may open it


def test_a_library_of_a_newer_version_is_refused_and_left_alone(folder):
    Connection(folder, writable=True).close()
    with sqlite3.connect(folder / FILE_NAME) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    db.close()
    before = (folder / FILE_NAME).read_bytes()
    for writable in (True, False):
        with pytest.raises(LibraryTooNew, match="newest version"):
            Connection(folder, writable=writable)
    assert (folder / FILE_NAME).read_bytes() == before


def test_a_second_program_is_told_that_the_library_is_in_use(connection, folder):
    with pytest.raises(LibraryInUse, match="already running"):
        Connection(folder, writable=True)


def test_closing_lets_the_next_program_in(connection, folder):
    connection.close()
    Connection(folder, writable=True).close()


def test_a_library_can_be_read_while_another_program_writes(connection, folder):
    add_batch(connection, "before")
    reader = Connection(folder, writable=False)
    assert batch_names(reader) == ["before"]
    with connection.write() as db:
        db.execute("UPDATE batch SET name = 'after'")
        assert batch_names(reader) == ["before"]
    assert batch_names(reader) == ["after"]
    reader.close()


def test_nothing_can_be_written_through_a_connection_for_reading(connection, folder):
    reader = Connection(folder, writable=False)
    with pytest.raises(LibraryError, match="reading only"):
        add_batch(reader)
    reader.close()


def test_reading_makes_no_library_where_there_is_none(folder):
    with pytest.raises(LibraryError, match="no library"):
        Connection(folder, writable=False)
    assert not folder.exists()


# What goes wrong


def test_a_damaged_file_says_so(folder):
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(b"no database at all" * 1000)
    for writable in (True, False):
        with pytest.raises(LibraryError, match="damaged"):
            Connection(folder, writable=writable)


def test_a_file_damaged_inside_says_so_when_it_is_read(folder):
    connection = Connection(folder, writable=True)
    with connection.write() as db:
        db.executemany(
            "INSERT INTO batch (name, origin, whole_folder) VALUES (?, randomblob(8), 1)", [("n" * 500,)] * 100
        )
    connection.close()
    with (folder / FILE_NAME).open("r+b") as file:
        file.seek(4096)  # after the header, which is still fine
        file.write(b"\xff" * 20 * 4096)
    with pytest.raises(LibraryError, match="damaged"):
        connection = Connection(folder, writable=True)
        try:
            batch_names(connection)
        finally:
            connection.close()


def test_a_library_that_could_not_be_opened_is_not_held_any_more(folder):
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(b"no database at all" * 1000)
    with pytest.raises(LibraryError) as caught:
        Connection(folder, writable=True)
    (folder / FILE_NAME).unlink()
    Connection(folder, writable=True).close()
    assert "Move it away to start a new one" in str(caught.value)


def test_a_folder_that_cannot_be_made_says_so(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match="cannot be made"):
        Connection(tmp_path / "file" / "library", writable=True)


def test_a_library_that_another_program_locks_says_so(connection, folder):
    connection._writer.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LibraryError, match="Another program is using"):
        add_batch(connection)
    other.close()
    add_batch(connection)


def test_a_library_that_may_not_be_written_says_so(connection):
    connection._writer.execute("PRAGMA query_only = 1")
    with pytest.raises(LibraryError, match="is not allowed to write"):
        add_batch(connection)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (sqlite3.SQLITE_FULL, "is full. Make room on it, then resume."),
        (sqlite3.SQLITE_IOERR, "does not answer as it should"),
        (sqlite3.SQLITE_IOERR_FSYNC, "does not answer as it should"),
        (sqlite3.SQLITE_READONLY, "Change its permissions"),
        (sqlite3.SQLITE_CORRUPT, "damaged"),
        (sqlite3.SQLITE_BUSY, "Close it"),
        (sqlite3.SQLITE_CANTOPEN, "cannot open"),
    ],
)
def test_every_error_of_the_disk_has_a_sentence_that_names_the_file(connection, folder, code, sentence):
    error = sqlite3.OperationalError("from SQLite")
    error.sqlite_errorcode = code
    with pytest.raises(LibraryError, match=sentence) as caught:
        with connection.write():
            raise error
    assert str(folder / FILE_NAME) in str(caught.value)
    add_batch(connection)


@pytest.mark.parametrize("code", [sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_WRITE])
def test_a_full_disk_is_called_so_whatever_sqlite_calls_it(connection, monkeypatch, code):
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = code
    monkeypatch.setattr(trouble, "is_full", lambda folder: folder == connection.path.parent)
    with pytest.raises(LibraryError, match=r"is full\. Make room on it, then resume"), connection.write():
        raise error


def test_a_full_disk_with_temporary_files_is_named(connection, monkeypatch):
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    temporary = tempfile.gettempdir()
    monkeypatch.setattr(trouble, "is_full", lambda folder: folder != connection.path.parent)
    with pytest.raises(LibraryError, match=f"with temporary files in “{temporary}” is full"), connection.write():
        raise error


def test_a_disk_is_asked_whether_it_is_full(tmp_path):
    assert not trouble.is_full(tmp_path)
    assert not trouble.is_full(tmp_path / "not there")
    with mounted(tmp_path / "disk", "64k"):
        rest = fill(tmp_path / "disk")
        assert trouble.is_full(tmp_path / "disk")
        with pytest.raises(LibraryError, match="is full"):
            Connection(tmp_path / "disk" / "library", writable=True)
        rest.unlink()
        assert list((tmp_path / "disk").glob("*")) == [tmp_path / "disk" / "library"]


def test_a_large_log_gives_its_room_back_when_it_is_emptied(connection, folder):
    log = folder / f"{FILE_NAME}-wal"
    with connection.write() as db:
        db.executemany(
            "INSERT INTO batch (name, origin, whole_folder) VALUES (?, randomblob(8), 1)", [("n" * 4000,)] * 500
        )
    assert log.stat().st_size > 2_000_000
    connection.empty_log()
    assert log.stat().st_size == 0
    assert len(batch_names(connection)) == 500
    add_batch(connection, "afterwards")


# Paths


@pytest.mark.parametrize("kept", [b"/scans/1.png", "/größe/发票.png".encode(), b"/sc\xff\xfen"])
@pytest.mark.skipif(os.name == "nt", reason="paths are Unicode there")
def test_paths_are_kept_as_the_bytes_they_are(kept):
    assert path_to_bytes(path_from_bytes(kept)) == kept


# Who starts while another program ends


def test_a_program_that_is_about_to_end_is_told_from_one_that_is_open(tmp_path):
    first = Library(tmp_path)
    with pytest.raises(LibraryInUse) as refused:
        Library(tmp_path)
    assert not isinstance(refused.value, LibraryClosing)
    first.begin_close()
    first.begin_close()
    with pytest.raises(LibraryClosing, match="still finishing its last pages"):
        Library(tmp_path)
    first.close()
    second = Library(tmp_path)
    with pytest.raises(LibraryInUse) as refused:
        Library(tmp_path)
    assert not isinstance(refused.value, LibraryClosing), "what the first one said is forgotten"
    second.close()


def test_a_program_that_dies_while_it_ends_is_not_waited_for(tmp_path):
    code = (
        "import os, sys; from pathlib import Path; from ocrdesk.engine.library import Library\n"
        "library = Library(Path(sys.argv[1])); library.begin_close(); os._exit(9)"
    )
    env = {**os.environ, "PYTHONPATH": str(Path(ocrdesk.__file__).parents[1])}
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], env=env, check=False).returncode == 9
    Library(tmp_path).close()


def test_one_that_ends_just_when_it_is_asked_is_no_reason_to_refuse(tmp_path, monkeypatch):
    first = Library(tmp_path)
    is_locked = database._is_locked

    def ends_meanwhile(path):
        first.close()
        return is_locked(path)

    monkeypatch.setattr(database, "_is_locked", ends_meanwhile)
    Library(tmp_path).close()


def test_who_only_reads_neither_waits_nor_makes_others_wait(library):
    library.begin_close()
    reader = Library(library.folder, writable=False)
    reader.begin_close()
    reader.close()
