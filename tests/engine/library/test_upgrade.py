"""Libraries that an earlier ocrdesk wrote."""

import errno
import os
import re
import shutil
import sqlite3
import stat
import struct
from contextlib import closing
from importlib import resources
from pathlib import Path
from types import SimpleNamespace

import pytest
from earlier import VERSION_1, VERSION_2
from fakes import claim, keep, reading

from ocrdesk.engine.document import Counts, LeftOutFile, PageStatus, ReadingOrder, Source
from ocrdesk.engine.errors import LibraryError, LibraryNotCopied
from ocrdesk.engine.facts import Fact, has_useless_text
from ocrdesk.engine.layout.regions import Region
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.connection import Connection
from ocrdesk.engine.library.database import COPY_NAME, FILE_NAME
from ocrdesk.engine.library.schema import SCHEMA_VERSION

POLYGON = struct.pack("<8f", 1.5, 2, 90, 2, 90, 20, 1.5, 20)
PAGES = (
    # position, name, status, queued, deaths, message, text_start, lines, confidence, seconds, recognizer
    (1, "done.png", "done", 0, 0, None, "Größe 发票 second", 2, 0.75, 1.5, "PP-OCRv6"),
    (2, "blank.png", "done", 0, 0, None, "", 0, None, 0.5, "PP-OCRv4"),
    (3, "kept.png", "done", 0, 0, "Reading it again failed, the earlier text is kept. Gone.", "old", 1, 0.5, 1.0, "x"),
    (4, "failed.png", "failed", 0, 0, "The file is empty.", "", None, None, None, None),
    (5, "queued.png", "pending", 1, 0, None, "", None, None, None, None),
    (6, "waiting.png", "pending", 0, 1, None, "", None, None, None, None),
    (7, "running.png", "running", 1, 0, None, "", None, None, None, None),
)


def take_back(db: sqlite3.Connection, version: int) -> None:
    """Turns a library of this version into one of an earlier version, by dropping what each upgrade since has added."""
    for newer in range(SCHEMA_VERSION, version, -1):
        script = (resources.files("ocrdesk.engine.library") / f"upgrade_{newer}.sql").read_text(encoding="utf-8")
        for kind, name in re.findall(r"^CREATE (?:UNIQUE )?(INDEX|TABLE) (\w+)", script, re.MULTILINE):
            db.execute(f"DROP {kind} IF EXISTS {name}")  # an index may have gone with its table
        for table, column in re.findall(r"^ALTER TABLE (\w+) ADD COLUMN (\w+)", script, re.MULTILINE):
            db.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    db.execute(f"PRAGMA user_version = {version}")


@pytest.fixture
def folder(tmp_path) -> Path:
    """The folder of a library of version 1 with a batch of pages in all states."""
    folder = tmp_path / "library"
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE_NAME)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(VERSION_1)
        db.execute("INSERT INTO batch VALUES (3, 'Receipts', x'2f7363616e73', 1, '2026-01-02 03:04:05')")
        db.executemany(
            "INSERT INTO page (id, batch_id, position, path, frame, name, size, modified, status, queued, deaths, "
            "message, text_start, line_count, confidence, seconds, recognizer, width, height, turn, rotation) "
            "VALUES (10 + ?1, 3, ?1, CAST('/scans/' || ?2 AS BLOB), 0, ?2, 7, 8, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
            "iif(?8 IS NULL, NULL, 100), iif(?8 IS NULL, NULL, 50), 90, 270)",
            PAGES,
        )
        db.executemany(
            "INSERT INTO line VALUES (?, ?, ?, 0.75, ?)",
            [(11, 0, "Größe 发票", POLYGON), (11, 1, "second", POLYGON), (13, 0, "old", POLYGON)],
        )
        db.commit()
    return folder


@pytest.fixture
def folder_2(folder) -> Path:
    """The same library as version 2 has it."""
    with opened(folder) as db:
        db.executescript(VERSION_2)
    return folder


def opened(folder: Path) -> closing:
    return closing(sqlite3.connect(folder / FILE_NAME))


def contents(folder: Path) -> dict[str, list[tuple]]:
    """Every row of version 1's columns."""
    names = {"batch": [], "page": [], "line": []}
    with closing(sqlite3.connect(":memory:")) as version_1:
        version_1.executescript(VERSION_1)
        for table, columns in names.items():
            columns.extend(row[1] for row in version_1.execute(f"PRAGMA table_info({table})"))
    with opened(folder) as db:
        if db.execute("PRAGMA user_version").fetchone()[0] >= 5:  # where it has another name
            names["page"][names["page"].index("deaths")] = "suspect"
        return {table: list(db.execute(f"SELECT {', '.join(of)} FROM {table}")) for table, of in names.items()}


def structure(folder: Path) -> dict[str, object]:
    """All that makes a schema, but for how its SQL is laid out."""
    with opened(folder) as db:
        made = list(db.execute("SELECT type, name, tbl_name FROM sqlite_master ORDER BY type, name"))
        found: dict[str, object] = {"version": db.execute("PRAGMA user_version").fetchone(), "made": made}
        for kind, name, _ in made:
            if kind == "table":
                for what in ("table_info", "index_list", "foreign_key_list", "table_list"):
                    found[f"{what} {name}"] = sorted(db.execute(f"PRAGMA {what}({name})"), key=str)
            else:
                found[name] = list(db.execute(f"PRAGMA index_xinfo({name})"))
        indexes = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        return found | {f"sql {name}": " ".join(sql.split()) for name, sql in indexes}


def without_order(found: dict[str, object]) -> dict[str, object]:
    """Without the numbers that SQLite gives indexes in the order in which they were made."""
    return {
        name: sorted(row[1:] for row in rows) if name.startswith("index_list") else rows for name, rows in found.items()
    }


# What becomes of it


def test_an_upgraded_library_is_made_like_a_new_one(folder, tmp_path):
    Connection(folder, writable=True).close()
    Connection(tmp_path / "new", writable=True).close()
    upgraded, new = structure(folder), structure(tmp_path / "new")
    assert without_order(upgraded) == without_order(new)
    assert upgraded["version"] == (SCHEMA_VERSION,)
    assert {name for kind, name, _ in new["made"] if kind == "table"} == {
        "batch", "page", "line", "correction", "user_word", "left_out", "sqlite_sequence", "to_index", "indexed_word",
        "page_index", *(f"page_index_{part}" for part in ("data", "idx", "content", "config")),
    }  # fmt: skip


def test_an_upgrade_changes_nothing_that_was_there(folder):
    before = contents(folder)
    assert [len(rows) for rows in before.values()] == [1, 7, 3]
    Connection(folder, writable=True).close()
    assert contents(folder) == before
    Connection(folder, writable=True).close()
    assert contents(folder) == before


def test_everything_of_an_old_library_can_be_seen(folder):
    with closing(Library(folder)) as library:
        (batch,) = library.batches()
        assert (batch.id, batch.name, batch.origin) == (3, "Receipts", Path("/scans"))
        assert (batch.is_whole_folder, batch.is_watched) == (True, False)
        assert batch.counts == Counts(total=7, done=3, failed=1, pending=3, queued=2, doubtful=0, blank=1)
        assert library.page_ids(3) == list(range(11, 18))
        pages = library.pages(range(11, 18))
        for row in PAGES:
            page = pages[10 + row[0]]
            status = "pending" if row[2] == "running" else row[2]  # it was in flight when the program died
            assert (page.name, page.status.value, page.message, page.text_start) == (row[1], status, row[5], row[6])
            assert (page.line_count, page.confidence, page.seconds, page.recognizer) == row[7:]
            assert (page.path, page.turn, page.rotation) == (Path("/scans", row[1]), 90, 270)
            assert (page.content, page.as_picture, page.locked, page.remark) == (None, False, False, None)
        assert library.text(11) == "Größe 发票\tsecond"
        assert library.texts.lines(11)[0].polygon == ((1.5, 2), (90, 2), (90, 20), (1.5, 20))
        assert library.files.left_out(3) == []
        assert {page.values["rules"] for _, _, page in library.saved.pages(range(11, 18))} == {None}


def test_a_library_of_version_2_keeps_all_it_had_and_has_no_words_and_no_turns(folder_2, tmp_path):
    before = contents(folder_2)
    Connection(folder_2, writable=True).close()
    Connection(tmp_path / "new", writable=True).close()
    assert without_order(structure(folder_2)) == without_order(structure(tmp_path / "new"))
    assert contents(folder_2) == before
    with closing(Library(folder_2)) as library:
        assert library.text(11) == "Größe 发票\tsecond"
        lines = library.texts.lines(11)
        assert [line.polygon for line in lines] == [((1.5, 2), (90, 2), (90, 20), (1.5, 20))] * 2
        assert [line.words for line in lines] == [(), ()]
        page = library.page(11)
        assert (page.content, page.as_picture, page.remark) == (b"\0\xff", True, "Cut off.")
        assert {page.turn_wanted for page in library.pages(range(11, 18)).values()} == {None}
        assert (library.page(14).locked, library.batch(3).is_watched) == (True, True)
        assert library.files.left_out(3) == [LeftOutFile(Path("/scans/a.txt"), "Neither a picture nor a PDF")]
        library.runs.turn_pages([11], 90)
        assert library.page(11).turn_wanted == 180
        assert library.page(11).reading_order is None
        assert (library.batch(3).reading_order, library.texts.regions(3)) == (ReadingOrder.AUTO, ())
        library.texts.set_reading_order_of_pages([11], ReadingOrder.ROWS)
        library.texts.set_regions(3, [Region(0, 0, 1, 0.1)])
        assert (library.page(11).reading_order, library.texts.regions(3)) == (
            ReadingOrder.ROWS,
            (Region(0, 0, 1, 0.1),),
        )


def test_an_upgrade_of_version_2_that_fails_half_way_leaves_it_as_it_was(folder_2):
    with opened(folder_2) as db:
        db.execute("ALTER TABLE line ADD COLUMN words INTEGER")
        db.commit()
    before = contents(folder_2), structure(folder_2)
    with pytest.raises(LibraryError):
        Library(folder_2)
    assert (contents(folder_2), structure(folder_2)) == before


def test_everything_can_be_done_with_an_old_library(folder):
    with closing(Library(folder)) as library:
        assert library.runs.wanted(3) == [15, 17]
        assert library.runs.claim_next(3).id == 15
        assert library.runs.claim_next(3) is None, "the program died while it read the other one"
        assert library.runs.claim(17).suspect
        library.checkpoints.keep(
            15, reading("new"), seconds=1, rotation=0, recognizer="x", content=b"c", remark="Cut off."
        )
        keep(library, 17, reading("new"))
        library.checkpoints.keep_failure(16, "Protected.", locked=True)
        library.files.keep_left_out(3, [LeftOutFile(Path("/scans/a.txt"), "why")], all_of_it=True)
        library.files.watch(3, True)
        added = library.add_pages(3, [Source(Path("/scans/new.png"), "new.png", size=1, modified=1)])
        assert added.page_ids == (18,)
        library.files.put_in_order(3, [18])
    with closing(Library(folder)) as library:
        assert library.page_ids(3) == [18, *range(11, 18)]
        assert (library.text(15), library.page(15).content, library.page(15).remark) == ("new", b"c", "Cut off.")
        batch = library.batch(3)
        assert batch.is_watched
        assert batch.counts == Counts(
            total=8, done=5, failed=2, pending=1, queued=0, doubtful=0, blank=1, left_out=1, locked=1
        )
        library.runs.drop_checkpoints([11])
        assert library.runs.claim_next(3).id == 11
        library.remove_batch(3)
    assert contents(folder) == {"batch": [], "page": [], "line": []}


def test_pages_of_an_earlier_version_are_indexed_later_and_what_is_to_check_on_them_is_counted(folder):
    with opened(folder) as db:
        db.execute("UPDATE line SET confidence = 0.5 WHERE page_id = 13")
        db.commit()
    with closing(Library(folder)) as library:
        pages = library.texts.outdated()
        assert pages == [*range(17, 10, -1)], "also those that were not read: they have names"
        assert library.batch(3).counts.doubtful == 0
        library.texts.renew_outdated(lambda: True)
        assert library.texts.outdated() == pages, "the rest is left for the next start"
        library.texts.renew_outdated()
        assert library.texts.outdated() == []
        assert [library.page(page_id).to_check for page_id in range(11, 15)] == [0, 0, 1, None]
        assert library.batch(3).counts.doubtful == 1


def test_what_version_7_left_hidden_is_still_removed_and_pages_can_be_taken_out_and_put_back(folder):
    with closing(Library(folder)) as library:
        library.removing.hide(3)
    with opened(folder) as db:
        take_back(db, 7)
        db.commit()
    with closing(Library(folder)) as library:
        assert library.removing.hidden() == [3]
        assert library.removing.removed() == [], "nobody knows whether a person removed it"
        library.removing.show(3)
        pages = library.page_ids(3)
        library.removing.put_back(library.removing.take_out(3, pages[2:4]), 3)
        assert library.page_ids(3) == pages
    with opened(folder) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_what_version_8_read_has_no_time_and_no_mode_of_its_own(folder):
    Library(folder).close()
    with opened(folder) as db:
        take_back(db, 8)
        db.commit()
    with closing(Library(folder)) as library:
        assert (library.page(11).mode_wanted, library.page(11).read_at, library.batch(3).read_at) == (None, None, None)
        keep(library, 11, reading("new"))
        assert library.batch(3).read_at == library.page(11).read_at is not None


def test_pages_that_failed_because_the_program_died_wait_again_as_suspects(folder):
    """Earlier versions took two deaths of the program for a fault of each page that was being read."""
    with opened(folder) as db:
        db.execute(
            "UPDATE page SET deaths = 2, message = 'The program ended unexpectedly twice while reading this page. "
            "Check the file, then retry the page.' WHERE id = 14"
        )
        db.execute("UPDATE page SET deaths = 3 WHERE id = 16")
        db.commit()
    with closing(Library(folder)) as library:
        page = library.page(14)
        assert (page.status, page.suspect, page.message) == (PageStatus.PENDING, True, None)
        assert library.runs.wanted(3) == [15, 17], "nobody has asked for it yet"
        library.runs.queue(3)
        assert library.runs.wanted(3) == [15, 14, 16, 17]
        assert {page.id for page in library.pages(range(11, 18)).values() if page.suspect} == {14, 16, 17}
    with opened(folder) as db:
        assert list(db.execute("SELECT id, suspect FROM page WHERE suspect")) == [(14, 1), (16, 1), (17, 1)]


def test_a_page_that_was_read_by_an_earlier_version_is_not_read_again_when_its_folder_is_scanned(folder):
    with closing(Library(folder)) as library:
        source = Source(Path("/scans/done.png"), "done.png", size=7, modified=8)
        assert library.add_pages(3, [source]).new == 0
        assert library.page(11).status is PageStatus.DONE
        assert library.files.known(3)[source.path].frames == (0,)
        library.runs.queue(3)
        assert claim(library, 3).id == 15


def test_of_the_sentences_that_were_kept_those_become_facts_that_something_hangs_on(folder_2):
    same = "The same file as “a.pdf”, whose reading was taken."
    with opened(folder_2) as db:
        db.execute("UPDATE page SET remark = ? WHERE id = 12", (f"{same} {Fact.PDF_TEXT_UNTRUE()}",))
        db.execute("INSERT INTO left_out VALUES (3, ?, ?)", (b"/scans/b.png", "Taken out of the batch"))
        db.commit()
    with closing(Library(folder_2)) as library:
        assert has_useless_text(library.page(12).remark)
        assert library.page(12).remark == f"{same} {Fact.PDF_TEXT_UNTRUE()}"
        assert library.page(11).remark == "Cut off."
        assert library.files.taken_out(3) == {Path("/scans/b.png")}
        assert [file.why for file in library.files.left_out(3)] == [
            "Neither a picture nor a PDF",
            "Removed from the batch",
        ]
        library.add_pages(3, [Source(Path("/scans/b.png"), "b.png"), Source(Path("/scans/a.txt"), "a.txt")])
        library.files.keep_left_out(3, [], all_of_it=False)
        assert library.files.left_out(3) == [], "both were added by name"


# What goes wrong


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
