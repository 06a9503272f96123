"""Libraries that an earlier ocrdesk wrote."""

import re
import sqlite3
from contextlib import closing
from importlib import resources
from pathlib import Path

import pytest
from earlier import PAGES, VERSION_2, contents, make_version_1, opened, structure
from fakes import claim, keep, reading

from ocrdesk.engine.document import Counts, LeftOutFile, PageStatus, ReadingOrder, Source
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.facts import Fact, has_useless_text
from ocrdesk.engine.layout.regions import Region
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.connection import Connection
from ocrdesk.engine.library.schema import SCHEMA_VERSION


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
    return make_version_1(tmp_path / "library")


@pytest.fixture
def folder_2(folder) -> Path:
    """The same library as version 2 has it."""
    with opened(folder) as db:
        db.executescript(VERSION_2)
    return folder


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


def test_what_version_10_left_has_no_languages_of_its_own(folder):
    Library(folder).close()
    with opened(folder) as db:
        take_back(db, 10)
        db.commit()
    with closing(Library(folder)) as library:
        assert (library.batch(3).languages, library.page(11).languages_wanted) == ((), None)
        library.reading_languages.set_for_batch(3, ["rus"])
        assert library.reading_languages.to_read(library.page(11)) == ("rus",)


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
