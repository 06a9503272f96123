import json
import os
import threading
import zipfile
from pathlib import Path

import pytest
from fakes import batch_of, draw_pages
from saved import PNG, full_batch, held, jpeg, places, read_batch, source

from ocrdesk.engine.batch_file import Saved, open_batch, remove_extracted, save_batch, size_of_pictures
from ocrdesk.engine.corrections.changes import withdrawn
from ocrdesk.engine.document import PageStatus, Source
from ocrdesk.engine.export.choices import ExportChoices
from ocrdesk.engine.export.export import Export
from ocrdesk.engine.fingerprint import Fingerprints
from ocrdesk.engine.intake.moved import reconnect
from ocrdesk.engine.library.saved import PAGE_VALUES


def move_away(scans: Path) -> Path:
    """What another computer sees of a folder: nothing."""
    return scans.rename(scans.with_name("moved"))


def test_every_column_that_describes_a_page_is_saved(library):
    with library._connection.write() as db:
        columns = {row["name"] for row in db.execute("PRAGMA table_info(page)")}
        of_batches = {row["name"] for row in db.execute("PRAGMA table_info(batch)")}
    of_one_library = {"id", "batch_id", "position", "path", "queued", "suspect", "brought", "content_read"}
    of_corrections = {"corrected", "confidence_read"}
    assert columns - set(PAGE_VALUES) == of_one_library | of_corrections | {"doubts"}, (
        "save the new one too, unless it is made anew"
    )
    of_one_library = {"id", "origin", "created", "watched", "hidden", "back_to", "removed_from"}
    assert of_batches == {"name", "whole_folder", "way", "regions", "own_fields", "languages"} | of_one_library


@pytest.mark.parametrize("with_pictures", [False, True])
def test_all_of_a_batch_comes_back(library, other, scans, file, with_pictures):
    batch_id = full_batch(library, scans)
    saved = save_batch(library, batch_id, file, with_pictures=with_pictures)
    assert saved == Saved(9, 8 if with_pictures else 0)
    there = move_away(scans)
    opened = open_batch(other, file)
    assert held(other, opened) == held(library, batch_id)
    batch = other.batch(opened)
    assert (batch.counts.queued, batch.is_whole_folder, batch.origin) == (0, True, other.folder / "opened" / "scans")
    if with_pictures:
        old = [there / path.relative_to(scans) if path.is_relative_to(scans) else path for path in places(library, 1)]
        assert [path.read_bytes() for path in places(other, opened)] == [path.read_bytes() for path in old]
        assert [path.stat().st_mtime_ns for path in places(other, opened)] == [path.stat().st_mtime_ns for path in old]
        assert all(path.is_relative_to(batch.origin) for path in places(other, opened))
    else:
        assert not batch.origin.exists()


def test_it_is_exported_as_where_it_was_saved(library, other, scans, file, tmp_path):
    batch_id = full_batch(library, scans)
    save_batch(library, batch_id, file, with_pictures=True)
    opened = open_batch(other, file)
    exported = []
    for number, (held_by, batch) in enumerate([(library, batch_id), (other, opened)]):
        choices = ExportChoices("json", tmp_path / f"out {number}", per="batch")
        Export(held_by, None, choices, held_by.page_ids(batch)).run(threading.Event())
        pages = json.loads((choices.folder / "scans.json").read_text("utf-8"))["pages"]
        exported.append([page | {"file": "", "path": "", "status": ""} for page in pages])  # one is being read there
    assert len(exported[0]) == 9
    assert exported[0] == exported[1]


def test_a_page_without_its_corrections_is_again_as_it_was_read(library, other, scans, file):
    batch_id = full_batch(library, scans)
    save_batch(library, batch_id, file)
    opened = open_batch(other, file)
    assert other.batch(opened).counts.corrected == library.batch(batch_id).counts.corrected == 3
    for held_by, batch in ((library, batch_id), (other, opened)):
        for page_id in held_by.page_ids(batch):
            held_by.corrections.keep(page_id, withdrawn(*held_by.corrections.of(page_id)))
    both = [
        {
            page.name: (page.confidence, page.line_count, page.corrected)
            for page in it.pages(it.page_ids(batch)).values()
        }
        for it, batch in ((library, batch_id), (other, opened))
    ]
    assert both[0] == both[1]
    assert both[0]["1.png"] == (pytest.approx(0.3), 1, 0)


def test_a_page_being_read_waits_and_is_no_work_of_the_other_library(library, other, scans, file):
    batch_id = full_batch(library, scans)
    save_batch(library, batch_id, file)
    pages = other.pages(other.page_ids(open_batch(other, file))).values()
    assert [page.status for page in pages if page.name == "5.png"] == [PageStatus.PENDING]


@pytest.mark.parametrize("with_pictures", [False, True])
def test_the_same_picture_is_read_again_unless_it_came_along(library, other, scans, file, with_pictures):
    save_batch(library, full_batch(library, scans), file, with_pictures=with_pictures)
    opened = open_batch(other, file)
    _, (page_id,) = batch_of(other, [source(scans, "1.png")], scans.parent)
    twin = other.files.twin(other.page(page_id), Fingerprints().of(scans / "1.png"))
    assert (twin.batch_id if twin else None) == (opened if with_pictures else None)


def test_where_it_was_saved_it_is_opened_on_the_originals(library, other, scans, file):
    batch_id = full_batch(library, scans)
    save_batch(library, batch_id, file)
    (scans / "many.tif").write_bytes(b"changed")
    opened = open_batch(other, file)
    here = [path for path in places(other, opened) if path.exists()]
    assert here == [scans.parent / "other" / "9.png", scans / "mai ü" / "1.png", scans / "1.png"], (
        "those that were read and have not changed since"
    )
    assert other.batch(opened).origin == other.folder / "opened" / "scans", "no folder is looked through unasked"
    found = reconnect(other, Fingerprints(), other.batch(opened), scans)
    assert (found.found, found.missing) == (4, 1)
    assert other.batch(opened).origin == scans, "a person said so"
    assert [path.name for path in places(other, opened)] == [path.name for path in places(library, batch_id)]


def test_where_all_pictures_are_at_their_places_a_person_connects_the_folder(library, other, scans, file):
    batch_id = read_batch(library, scans)
    save_batch(library, batch_id, file)
    opened = open_batch(other, file)
    assert places(other, opened) == places(library, batch_id)
    assert not other.batch(opened).origin.exists()
    found = reconnect(other, Fingerprints(), other.batch(opened), scans)
    assert (found.found, found.missing, other.batch(opened).origin) == (0, 0, scans)
    assert other.batch(opened).is_whole_folder


def test_other_files_at_the_same_place_are_not_taken_for_the_originals(library, other, scans, file):
    save_batch(library, full_batch(library, scans), file)
    for path in (*scans.rglob("*.*"), scans.parent / "other" / "9.png"):
        status = path.stat()
        path.write_bytes(path.read_bytes()[:-1] + b"?")
        os.utime(path, ns=(status.st_mtime_ns, status.st_mtime_ns))
    assert [path for path in places(other, open_batch(other, file)) if path.exists()] == []


def test_opened_beside_its_original_it_is_a_batch_of_its_own(library, scans, file):
    batch_id = read_batch(library, scans)
    save_batch(library, batch_id, file)
    twice = [open_batch(library, file), open_batch(library, file)]
    for number, opened in enumerate(twice):
        batch = library.batch(opened)
        assert batch.origin == library.folder / "opened" / ("scans" if not number else "scans (2)")
        assert batch.origin.exists(), "else the window would say that its folder is missing"
        assert not batch.is_whole_folder, "else a rescan would look for new pages in the wrong folder"
        assert places(library, opened) == places(library, batch_id)
        library.remove_batch(opened)
        remove_extracted(library, batch.origin)
    assert not (library.folder / "opened" / "scans").exists()
    assert all(path.exists() for path in places(library, batch_id))


def test_pages_from_elsewhere_are_found_by_their_folder(library, other, scans, file):
    batch_id = full_batch(library, scans)
    save_batch(library, batch_id, file)
    there = move_away(scans)
    (scans.parent / "other").rename(scans.parent / "another")
    opened = open_batch(other, file)
    found = reconnect(other, Fingerprints(), other.batch(opened), there)
    assert (found.found, found.missing) == (7, 1), "the one from elsewhere lies elsewhere"
    assert other.batch(opened).origin == there
    assert other.text(other.page_ids(opened)[-1]) == library.text(library.page_ids(batch_id)[-1])


def test_paths_of_another_system_are_no_trouble(library, other, scans, file, tmp_path):
    save_batch(library, full_batch(library, scans), file)
    change(file, "batch.json", lambda says: says | {"folder": "C:\\Scans\\2026"})
    change(file, "pages.jsonl", lambda page: page | ({"was": "D:\\x\\9.png"} if "was" in page else {}))
    opened = open_batch(other, file)
    assert {path.parent.parent.parent for path in places(other, opened)} <= {other.folder, other.folder / "opened"} | {
        other.folder / "opened" / "scans"
    }
    assert reconnect(other, Fingerprints(), other.batch(opened), scans).found == 7


def test_a_folder_in_a_network_is_not_asked_for(library, other, scans, file, monkeypatch):
    save_batch(library, full_batch(library, scans), file)
    change(file, "batch.json", lambda says: says | {"folder": f"/{scans}"})
    assert other.batch(open_batch(other, file)).origin != Path(f"/{scans}")


def test_a_folder_whose_name_is_too_long_here_is_not_there(library, other, scans, file):
    save_batch(library, full_batch(library, scans), file)
    change(file, "batch.json", lambda says: says | {"folder": str(scans / ("票" * 200))})
    assert other.batch(open_batch(other, file)).counts.total > 0


@pytest.mark.parametrize("start", ["//", "\\\\", "/\\", "\\/"])
def test_windows_takes_any_two_slashes_for_a_network(library, other, scans, file, monkeypatch, start):
    save_batch(library, full_batch(library, scans), file)
    change(file, "batch.json", lambda says: says | {"folder": f"{start}host/scans"})
    change(file, "pages.jsonl", lambda page: page | {"was": f"{start}host/a.png"})
    asked = []
    for name in ("is_dir", "stat"):
        real = getattr(Path, name)
        monkeypatch.setattr(Path, name, lambda path, real=real, **how: asked.append(str(path)) or real(path, **how))
    open_batch(other, file)
    assert [path for path in asked if "host" in path] == []


@pytest.mark.skipif(os.name == "nt" or os.sys.platform == "darwin", reason="names there are Unicode")
def test_names_that_other_systems_do_not_take_are_opened_under_others(library, other, scans, file):
    for name in (b"a:b.png", b"a_b.png", b"A_B.png", b"\xff.png", b"con.png", b"back\\slash.png", b"\xfe.png"):
        (scans / os.fsdecode(name)).write_bytes(PNG + name)
    names = sorted(os.listdir(scans))
    batch_id, pages = batch_of(library, [source(scans, name, shown="x") for name in names], scans)
    for page_id, name in zip(pages, names, strict=True):
        library.checkpoints.keep_failure(page_id, "Damaged.", content=Fingerprints().of(scans / name))
    save_batch(library, batch_id, file, with_pictures=True)
    with zipfile.ZipFile(file) as archive:
        assert "pictures/back_slash.png" in archive.namelist(), "Windows would take the other for a folder"
    opened = open_batch(other, file)
    assert [path.read_bytes() for path in places(other, opened)] == [PNG + os.fsencode(name) for name in names]
    assert len({str(path).casefold() for path in places(other, opened)}) == len(names)
    save_batch(library, batch_id, file)
    other.remove_batch(opened)
    assert places(other, open_batch(other, file)) == [scans / name for name in names], "where it was, as it was"


def test_pictures_that_cannot_be_reached_are_counted_and_the_rest_is_saved(library, other, scans, file):
    batch_id = full_batch(library, scans)
    (scans / "many.tif").unlink()
    assert size_of_pictures(library, batch_id) == sum(
        path.stat().st_size for path in {*places(library, 1)} if path.exists()
    )
    assert save_batch(library, batch_id, file, with_pictures=True) == Saved(9, 7, 1)
    opened = open_batch(other, file)
    assert held(other, opened) == held(library, batch_id)
    assert [path.name for path in places(other, opened) if not path.exists()] == ["many.tif"] * 2


def test_thumbnails_come_along_and_are_given_to_the_pages_they_are_of(library, other, scans, file):
    batch_id = full_batch(library, scans)
    asked, kept = [], []
    save_batch(library, batch_id, file, thumbnail=lambda page: asked.append(page.name) or jpeg())
    move_away(scans)
    open_batch(other, file, keep_thumbnail=lambda page, content: kept.append((page.name, content)))
    assert asked == ["9.png", "many.tif · 2", "many.tif · 1", "mai ü/1.png", "1.png"], "those that were read"
    assert kept == [(name, jpeg()) for name in asked]


def test_the_old_file_stays_until_the_new_one_is_there(library, scans, file):
    batch_id = full_batch(library, scans)
    file.write_bytes(b"old")
    cancel = threading.Event()
    assert (
        save_batch(library, batch_id, file, cancel=cancel, progress=lambda done, _: done == 3 and cancel.set()) is None
    )
    assert file.read_bytes() == b"old"
    assert [path.name for path in file.parent.glob("*ocrdesk*")] == ["a.ocrdesk"], "no part of it is left"
    assert save_batch(library, batch_id, file).pages == 9
    assert zipfile.is_zipfile(file)


def test_progress_counts_to_its_end(library, other, scans, file):
    told = []
    draw_pages(scans, 3)
    (scans / "1.png").write_bytes(PNG + bytes(1_000_000 - len(PNG)))
    batch_id, _ = batch_of(library, [source(scans, f"{number}.png") for number in (1, 2, 3)], scans)
    save_batch(library, batch_id, file, with_pictures=True, progress=lambda *values: told.append(values))
    assert told == [(number, 16) for number in range(1, 17)]
    told.clear()
    open_batch(other, file, progress=lambda *values: told.append(values))
    assert told == [(number, 16) for number in range(1, 17)]


def test_opening_that_is_cancelled_leaves_nothing(library, other, scans, file):
    save_batch(library, full_batch(library, scans), file, with_pictures=True)
    save_batch(library, library.batches()[0].id, file.with_name("b.ocrdesk"))
    assert open_batch(other, file.with_name("b.ocrdesk"), **cancelled_at(9)) is None
    for last in (1, 8, 9):
        assert open_batch(other, file, **cancelled_at(last)) is None
        assert other.batches() == []
        assert not (other.folder / "opened" / "scans").exists()
    assert open_batch(other, file, **cancelled_at(12)) is not None, "what is kept already stays"


def cancelled_at(last: int) -> dict[str, object]:
    cancel = threading.Event()
    return {"cancel": cancel, "progress": lambda done, total: cancel.set() if done == last else None}


def test_pictures_that_came_with_a_batch_go_with_it_and_no_others_do(library, other, scans, file):
    save_batch(library, full_batch(library, scans), file, with_pictures=True)
    opened, again = open_batch(other, file), open_batch(other, file)
    folder = other.batch(opened).origin
    (folder / "mine.png").write_bytes(b"added by a person")
    (folder / "1.png").write_bytes(b"changed by a person")
    shared = folder / "2.png"
    batch_of(other, [Source(shared, "2.png")], folder.parent)
    other.remove_batch(opened)
    remove_extracted(other, folder)
    left = sorted(path.name for path in folder.iterdir())
    assert left == [".ocrdesk-pictures", "1.png", "2.png", "mine.png"]
    assert all(path.exists() for path in places(other, again)), "the same file opened twice has its pictures twice"
    folder = other.batch(again).origin
    other.remove_batch(again)
    remove_extracted(other, folder)
    assert not folder.exists()
    remove_extracted(other, scans)
    assert len(list(scans.iterdir())) == 7


def change(file: Path, member: str, how) -> None:
    """Changes the records of one member of a saved batch."""
    with zipfile.ZipFile(file) as archive:
        members = {info: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, content in members.items():
            if info.filename == member:
                content = b"\n".join(json.dumps(how(json.loads(line))).encode() for line in content.splitlines())
            archive.writestr(info, content)
