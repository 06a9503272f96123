"""The whole library as one file, and back."""

import json
import sqlite3
import threading
import zipfile
from pathlib import Path

import pytest
from fakes import batch_of, keep, reading

from ocrdesk.engine.backup import FOLDERS, SUFFIX, back_up, look_into, restore
from ocrdesk.engine.document import PageStatus
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.library import Library

GO_ON = threading.Event()


def quietly(done: int, total: int) -> None:
    pass


@pytest.fixture
def backup(library, tmp_path) -> Path:
    """A backup of a library with two pages that are read; the library has a third one since."""
    _batch_id, pages = batch_of(library, 2, tmp_path / "scans")
    keep(library, pages[0], reading("alpha"))
    keep(library, pages[1], reading("beta"))
    target = tmp_path / f"kept{SUFFIX}"
    assert back_up(library, target, GO_ON, quietly)
    _other, more = batch_of(library, 1, tmp_path / "later")
    keep(library, more[0], reading("gamma"))
    return target


def texts(library: Library) -> list[str]:
    return [library.text(page) for batch in library.batches() for page in library.page_ids(batch.id)]


def test_a_backup_says_what_it_holds(backup, library):
    told = look_into(backup)
    assert (told.batches, told.pages, told.folder) == (1, 2, library.folder)


def test_what_was_there_then_is_there_again_and_what_came_since_is_kept(backup, library):
    assert texts(library) == ["gamma", "alpha", "beta"]
    assert restore(library, backup, GO_ON, quietly)
    assert texts(library) == ["alpha", "beta"]
    (kept,) = library.folder.glob(f"*{SUFFIX}")
    assert restore(library, kept, GO_ON, quietly)
    assert texts(library) == ["gamma", "alpha", "beta"]


def test_a_restored_library_can_be_written_and_opened_again(backup, library):
    restore(library, backup, GO_ON, quietly)
    page = library.page_ids(library.batches()[0].id)[0]
    library.runs.drop_checkpoints([page])
    keep(library, page, reading("anew"))
    library.close()
    again = Library(library.folder)
    assert texts(again) == ["anew", "beta"]
    assert again.page(page).status is PageStatus.DONE
    again.close()


def test_pictures_beside_the_library_come_along_and_nothing_else_does(library, tmp_path):
    own = library.folder / FOLDERS[0] / "letters" / "1.png"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"a picture")
    (library.folder / "notes.txt").write_text("not ours")
    target = tmp_path / f"kept{SUFFIX}"
    back_up(library, target, GO_ON, quietly)
    own.unlink()
    with zipfile.ZipFile(target) as archive:
        assert sorted(archive.namelist()) == ["about.json", "library.sqlite", f"pictures/{FOLDERS[0]}/letters/1.png"]
    restore(library, target, GO_ON, quietly)
    assert own.read_bytes() == b"a picture"


def test_in_another_folder_its_own_pictures_lie_beside_the_library_there(library, tmp_path):
    own = library.folder / FOLDERS[0] / "letters"
    _batch_id, pages = batch_of(library, 1, own)
    elsewhere = batch_of(library, 1, tmp_path / "scans")[1]
    target = tmp_path / f"kept{SUFFIX}"
    back_up(library, target, GO_ON, quietly)
    other = Library(tmp_path / "other")
    restore(other, target, GO_ON, quietly)
    assert other.page(pages[0]).path.parent == other.folder / FOLDERS[0] / "letters"
    assert other.page(elsewhere[0]).path == library.page(elsewhere[0]).path
    other.close()


def test_stopped_it_writes_nothing_and_changes_nothing(backup, library, tmp_path):
    stop = threading.Event()
    stop.set()
    target = tmp_path / f"other{SUFFIX}"
    assert not back_up(library, target, stop, quietly)
    assert not restore(library, backup, stop, quietly)
    assert texts(library) == ["gamma", "alpha", "beta"]
    assert [path.name for path in tmp_path.glob(f"*{SUFFIX}")] == [backup.name]
    assert not list(library.folder.glob("*backed-up*"))


def test_only_its_owner_can_read_a_backup(backup):
    assert backup.stat().st_mode & 0o077 == 0


def changed(backup: Path, name: str, content: bytes) -> None:
    """Writes a backup anew with another entry."""
    with zipfile.ZipFile(backup) as archive:
        entries = {entry: archive.read(entry) for entry in archive.namelist()}
    entries[name] = content
    with zipfile.ZipFile(backup, "w") as archive:
        for entry, its in entries.items():
            archive.writestr(entry, its)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("about.json", b"{}"),
        ("about.json", b"[]"),
        ("about.json", b"\xff"),
        ("about.json", json.dumps({"format": "ocrdesk library", "version": 1}).encode()),
        ("library.sqlite", b""),
        ("library.sqlite", b"no database" * 1000),
        ("pictures/../../outside.png", b"x"),
        ("pictures/opened/../../outside.png", b"x"),
        ("pictures/elsewhere/1.png", b"x"),
        ("pictures/opened", b"x"),
    ],
)
def test_a_damaged_or_hostile_backup_changes_nothing(backup, library, tmp_path, name, content):
    changed(backup, name, content)
    with pytest.raises(LibraryError):
        restore(library, backup, GO_ON, quietly)
    assert texts(library) == ["gamma", "alpha", "beta"]
    assert not list(tmp_path.rglob("outside.png"))


def test_a_backup_that_would_run_something_is_refused(backup, library, tmp_path):
    copy = tmp_path / "copy.sqlite"
    with zipfile.ZipFile(backup) as archive:
        copy.write_bytes(archive.read("library.sqlite"))
    with sqlite3.connect(copy) as db:
        db.execute("CREATE TRIGGER later AFTER DELETE ON page BEGIN DELETE FROM batch; END")
    db.close()
    changed(backup, "library.sqlite", copy.read_bytes())
    with pytest.raises(LibraryError, match="damaged"):
        restore(library, backup, GO_ON, quietly)


def test_what_is_no_backup_is_called_so(library, tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("Dear all")
    with pytest.raises(LibraryError, match="is not a backup"):
        look_into(file)
    with pytest.raises(LibraryError, match="cannot be read"):
        look_into(tmp_path / "gone")
