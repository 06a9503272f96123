import os
from pathlib import Path

import pytest
from fakes import claim, count_pages, draw_pages, keep, many_frames, reading, statuses

from ocrdesk.engine.document import Batch, PageStatus
from ocrdesk.engine.errors import FolderUnreachable, LibraryError, OcrdeskError
from ocrdesk.engine.fingerprint import Fingerprints
from ocrdesk.engine.intake.drops import drops_of, find_pages
from ocrdesk.engine.intake.moved import Reconnected, reconnect
from ocrdesk.engine.library import Library


def add(library: Library, *paths: Path) -> Batch:
    (drop,) = drops_of(paths)
    find_pages(library, drop, count_pages)
    return library.batch(drop.batch_id)


def read_all(library: Library, batch: Batch) -> None:
    """Reads every page that waits as a worker does, in words that tell which it was."""
    fingerprints = Fingerprints()
    library.runs.queue(batch.id)
    while page := library.runs.claim_next(batch.id):
        library.checkpoints.keep(
            page.id,
            reading(f"read as {page.name}"),
            seconds=1,
            rotation=0,
            recognizer="fake",
            content=fingerprints.of(page.path),
        )


def find(library: Library, batch: Batch, folder: Path, **more) -> Reconnected:
    return reconnect(library, Fingerprints(), library.batch(batch.id), folder, **more)


def places(library: Library, batch: Batch) -> list[tuple[str, str]]:
    """Where the pages are now within their batch's folder, and their names."""
    origin = library.batch(batch.id).origin
    found = library.pages(library.page_ids(batch.id))
    shown = ((found[page_id].path, found[page_id].name) for page_id in library.page_ids(batch.id))
    return [
        (str(path.relative_to(origin) if path.is_relative_to(origin) else path).replace(os.sep, "/"),
         name.replace(os.sep, "/"))
        for path, name in shown
    ]  # fmt: skip


def same(*names: str) -> list[tuple[str, str]]:
    return [(name, name) for name in names]


def texts(library: Library, batch: Batch) -> list[str]:
    return [library.text(page_id) for page_id in library.page_ids(batch.id)]


def everything(library: Library) -> tuple:
    """What is kept, and how much was ever written."""
    tables = [[tuple(row) for row in library._connection.read(f"SELECT * FROM {table}")] for table in ("batch", "page")]
    return tables, library._connection._writer.total_changes


def put(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


# A folder elsewhere


@pytest.mark.parametrize("was_read", [True, False])
def test_a_renamed_folder_is_followed_with_all_its_pages_and_readings(library, scans, was_read):
    draw_pages(scans / "old", 2)
    draw_pages(scans / "old" / "sub", 1)
    batch = add(library, scans / "old")
    if was_read:
        read_all(library, batch)
    before = statuses(library, batch.id), texts(library, batch)
    (scans / "old").rename(scans / "new")
    assert find(library, batch, scans / "new") == Reconnected(found=3, missing=0)
    assert library.batch(batch.id).origin == scans / "new"
    assert places(library, batch) == same("1.png", "2.png", "sub/1.png")
    assert (statuses(library, batch.id), texts(library, batch)) == before
    again = add(library, scans / "new")
    assert again.id == batch.id
    assert again.counts == library.batch(batch.id).counts
    assert (statuses(library, batch.id), again.counts.total) == (before[0], 3)


def test_pages_that_failed_because_the_folder_was_gone_wait_again(library, scans):
    draw_pages(scans / "old", 2)
    batch = add(library, scans / "old")
    gone, damaged = library.page_ids(batch.id)
    library.checkpoints.keep_failure(gone, "The file is no longer there.")
    library.checkpoints.keep_failure(damaged, "Damaged.", content=b"as it was")
    (scans / "old").rename(scans / "new")
    find(library, batch, scans / "new")
    assert statuses(library, batch.id) == ["pending", "failed"]


def test_a_folder_moved_in_part_has_missing_pages_that_stay_as_they_were(library, scans):
    draw_pages(scans / "old", 3)
    batch = add(library, scans / "old")
    read_all(library, batch)
    (scans / "old").rename(scans / "new")
    (scans / "new" / "2.png").unlink()
    assert find(library, batch, scans / "new") == Reconnected(found=2, missing=1)
    lost = str(scans / "old" / "2.png").replace(os.sep, "/")
    assert places(library, batch) == [("1.png", "1.png"), (lost, "2.png"), ("3.png", "3.png")]
    assert texts(library, batch) == ["read as 1.png", "read as 2.png", "read as 3.png"]


def test_a_file_of_another_size_in_the_same_place_is_another_file(library, scans):
    put(scans / "old" / "1.png", b"the first")
    put(scans / "old" / "2.png", b"the second")
    batch = add(library, scans / "old")
    (scans / "old").rename(scans / "new")
    put(scans / "new" / "2.png", b"another one")
    assert find(library, batch, scans / "new") == Reconnected(found=1, missing=1)
    lost = str(scans / "old" / "2.png").replace(os.sep, "/")
    assert places(library, batch) == [("1.png", "1.png"), (lost, "2.png")]


def test_files_of_one_name_and_size_keep_their_subfolders(library, scans):
    put(scans / "old" / "2" / "1.png", b"aaa")
    put(scans / "old" / "10" / "1.png", b"bbb")
    batch = add(library, scans / "old")
    (scans / "old").rename(scans / "new")
    assert find(library, batch, scans / "new") == Reconnected(found=2, missing=0)
    assert places(library, batch) == same("2/1.png", "10/1.png")


def test_a_file_found_in_its_place_is_not_found_once_more_for_another_of_its_content(library, scans):
    put(scans / "old" / "1.png", b"the same")
    put(scans / "old" / "2.png", b"the same")
    batch = add(library, scans / "old")
    read_all(library, batch)
    (scans / "old").rename(scans / "new")
    (scans / "new" / "2.png").unlink()
    assert find(library, batch, scans / "new") == Reconnected(found=1, missing=1)


def test_what_is_found_later_is_followed_then(library, scans):
    draw_pages(scans / "old", 2)
    batch = add(library, scans / "old")
    read_all(library, batch)
    (scans / "old").rename(scans / "new")
    away = (scans / "new" / "2.png").rename(scans / "away.png")
    find(library, batch, scans / "new")
    away.rename(scans / "new" / "back.png")
    assert find(library, batch, scans / "new") == Reconnected(found=1, missing=0)
    assert places(library, batch) == same("1.png", "back.png")


def test_files_that_wait_for_their_password_are_followed_too(library, scans):
    draw_pages(scans / "old", 1)
    batch = add(library, scans / "old")
    library.checkpoints.keep_failure(library.page_ids(batch.id)[0], "Protected.", content=b"c", locked=True)
    (scans / "old").rename(scans / "new")
    assert find(library, batch, scans / "new") == Reconnected(found=1, missing=0)
    assert places(library, batch) == same("1.png")
    assert library.batch(batch.id).counts.locked == 1


def test_pages_go_on_being_read_where_they_are_now(library, scans):
    draw_pages(scans / "old", 2)
    batch = add(library, scans / "old")
    claimed = claim(library, batch.id)
    (scans / "old").rename(scans / "new")
    find(library, batch, scans / "new")
    assert library.page(claimed.id).status is PageStatus.RUNNING
    assert library.runs.claim_next(batch.id).path == scans / "new" / "2.png"


# Files within a folder


def test_renamed_files_are_known_by_their_content(library, scans):
    draw_pages(scans, 3)
    batch = add(library, scans)
    read_all(library, batch)
    (scans / "1.png").rename(scans / "Rechnung № 1.png")
    (scans / "3.png").rename(scans / "2b")
    assert find(library, batch, scans) == Reconnected(found=2, missing=0)
    assert places(library, batch) == same("Rechnung № 1.png", "2.png", "2b")
    assert texts(library, batch) == ["read as 1.png", "read as 2.png", "read as 3.png"]


def test_files_moved_into_a_subfolder_are_found_there(library, scans):
    draw_pages(scans, 3)
    batch = add(library, scans)
    read_all(library, batch)
    for name in ("2.png", "3.png"):
        (scans / "2024" / "may").mkdir(parents=True, exist_ok=True)
        (scans / name).rename(scans / "2024" / "may" / name)
    assert find(library, batch, scans) == Reconnected(found=2, missing=0)
    assert places(library, batch) == same("1.png", "2024/may/2.png", "2024/may/3.png")
    assert texts(library, batch) == ["read as 1.png", "read as 2.png", "read as 3.png"]


def test_unread_files_are_known_by_their_name_and_size_only(library, scans):
    (one, two) = draw_pages(scans, 2)
    batch = add(library, scans)
    (scans / "sub").mkdir()
    one.rename(scans / "sub" / "1.png")
    two.rename(scans / "renamed.png")
    assert find(library, batch, scans) == Reconnected(found=1, missing=1)
    assert places(library, batch) == same("sub/1.png", "2.png")


def test_an_unread_file_of_another_size_is_another_file(library, scans):
    put(scans / "1.png", b"the first")
    batch = add(library, scans)
    (scans / "1.png").unlink()
    put(scans / "sub" / "1.png", b"another one")
    assert find(library, batch, scans) == Reconnected(found=0, missing=1)


def test_a_file_of_the_same_size_and_another_content_is_not_taken_for_one_that_was_read(library, scans):
    path = put(scans / "1.png", b"content one")
    put(scans / "2.png", b"other bytes")
    batch = add(library, path)
    read_all(library, batch)
    path.unlink()
    put(scans / "a" / "1.png", b"content two")
    before = everything(library)
    assert find(library, batch, scans) == Reconnected(found=0, missing=1)
    assert everything(library) == before
    put(scans / "b" / "9.png", b"content one")
    assert find(library, batch, scans) == Reconnected(found=1, missing=0)
    assert places(library, batch) == same("b/9.png")


def test_a_file_that_another_page_has_already_is_not_taken(library, scans):
    put(scans / "1.png", b"the same")
    put(scans / "2.png", b"the same")
    batch = add(library, scans)
    read_all(library, batch)
    (scans / "1.png").unlink()
    assert find(library, batch, scans) == Reconnected(found=0, missing=1)
    assert places(library, batch) == same("1.png", "2.png")


def test_two_files_of_one_content_get_one_place_each(library, scans):
    put(scans / "1.png", b"the same")
    put(scans / "2.png", b"the same")
    batch = add(library, scans)
    read_all(library, batch)
    (scans / "1.png").rename(scans / "a.png")
    assert find(library, batch, scans) == Reconnected(found=1, missing=0)
    assert places(library, batch) == same("a.png", "2.png")
    for name in ("a.png", "2.png"):
        (scans / "sub").mkdir(exist_ok=True)
        (scans / name).rename(scans / "sub" / f"new {name}")
    assert find(library, batch, scans) == Reconnected(found=2, missing=0)
    assert sorted(places(library, batch)) == same("sub/new 2.png", "sub/new a.png")


def test_one_file_is_not_the_place_of_two(library, scans):
    put(scans / "1.png", b"the same")
    put(scans / "2.png", b"the same")
    batch = add(library, scans)
    read_all(library, batch)
    (scans / "1.png").unlink()
    (scans / "2.png").rename(scans / "3.png")
    assert find(library, batch, scans) == Reconnected(found=1, missing=1)
    assert sum(path == "3.png" for path, _ in places(library, batch)) == 1


def test_all_pages_of_a_file_follow_it_and_keep_their_numbers(library, scans):
    many_frames(scans / "x.tif", 20, 30, 40)
    batch = add(library, scans)
    read_all(library, batch)
    (scans / "x.tif").rename(scans / "y.tif")
    assert find(library, batch, scans) == Reconnected(found=1, missing=0)
    assert places(library, batch) == [("y.tif", f"y.tif · {number}") for number in (1, 2, 3)]
    assert texts(library, batch) == [f"read as x.tif · {number}" for number in (1, 2, 3)]


def test_files_picked_one_by_one_are_found_where_they_lie_side_by_side_now(library, scans):
    one, two, _ = draw_pages(scans / "old", 3)
    batch = add(library, one, two)
    (scans / "old").rename(scans / "new")
    assert find(library, batch, scans / "new") == Reconnected(found=2, missing=0)
    assert not library.batch(batch.id).is_whole_folder
    assert places(library, batch) == same("1.png", "2.png")


def test_a_file_from_elsewhere_is_found_by_its_name(library, scans):
    draw_pages(scans / "batch", 1)
    (loose,) = draw_pages(scans, 1, first=7)
    batch = add(library, scans / "batch")
    (drop,) = drops_of([loose], batch.id)
    find_pages(library, drop, count_pages)
    loose.rename(scans / "batch" / "7.png")
    assert find(library, batch, scans / "batch") == Reconnected(found=1, missing=0)
    assert places(library, batch) == same("1.png", "7.png")


def test_a_file_from_elsewhere_does_not_get_the_place_of_another_of_its_name(library, scans):
    put(scans / "batch" / "1.png", b"the same")
    loose = put(scans / "1.png", b"the same")
    batch = add(library, scans / "batch")
    (drop,) = drops_of([loose], batch.id)
    find_pages(library, drop, count_pages)
    loose.unlink()
    assert find(library, batch, scans / "batch") == Reconnected(found=0, missing=1)
    assert [path for path, _ in places(library, batch)] == ["1.png", str(loose).replace(os.sep, "/")]


def test_the_size_and_time_of_the_file_found_are_kept_so_that_it_is_not_read_again(library, scans):
    (path,) = draw_pages(scans, 1)
    batch = add(library, scans)
    read_all(library, batch)
    path = path.rename(scans / "a.png")
    os.utime(path, ns=(5, 7_000_000_000))
    find(library, batch, scans)
    assert library.files.known(batch.id)[path].modified == 7_000_000_000
    assert add(library, scans).counts.done == 1


# Nothing to follow


def test_where_nothing_is_missing_nothing_changes(library, scans):
    draw_pages(scans, 2)
    batch = add(library, scans)
    before = everything(library)
    assert find(library, batch, scans) == Reconnected(found=0, missing=0)
    assert everything(library) == before


@pytest.mark.parametrize("is_gone", [True, False])
def test_a_folder_with_none_of_the_pages_is_refused_and_nothing_changes(library, scans, is_gone):
    paths = draw_pages(scans / "old", 2)
    put(scans / "new" / "other.png", b"other")
    batch = add(library, scans / "old")
    read_all(library, batch)
    for path in paths if is_gone else ():
        path.unlink()
    before = everything(library)
    with pytest.raises(OcrdeskError, match=r"None of the pages of “old” is in “.*new”\. Choose the folder"):
        find(library, batch, scans / "new")
    assert everything(library) == before


def test_a_folder_that_is_not_there_is_refused_and_nothing_changes(library, scans):
    draw_pages(scans / "old", 2)
    batch = add(library, scans / "old")
    (scans / "old").rename(scans / "new")
    before = everything(library)
    for folder in (scans / "old", scans / "new" / "1.png"):
        with pytest.raises(FolderUnreachable, match="cannot be reached"):
            find(library, batch, folder)
    assert everything(library) == before


def test_a_folder_that_is_another_batch_already_is_refused_and_nothing_changes(library, scans):
    draw_pages(scans / "old", 2)
    batch = add(library, scans / "old")
    (scans / "old").rename(scans / "new")
    add(library, scans / "new")
    before = everything(library)
    with pytest.raises(LibraryError, match="belongs to the batch “new” already"):
        find(library, batch, scans / "new")
    assert everything(library) == before


def test_cancelling_ends_the_search_and_keeps_what_was_found(library, scans):
    for name in ("1.png", "2.png", "3.png"):
        put(scans / name, name.encode())
    batch = add(library, scans)
    read_all(library, batch)
    for name in ("1.png", "2.png", "3.png"):
        (scans / name).rename(scans / f"new {name}")
    asked = iter([False, False, False])
    assert find(library, batch, scans, cancelled=lambda: next(asked, True)) == Reconnected(found=2, missing=1)
    assert [path for path, _ in places(library, batch)] == ["new 1.png", "new 2.png", "3.png"]
    before = everything(library)
    assert find(library, batch, scans, cancelled=lambda: True) == Reconnected(found=0, missing=1)
    assert everything(library) == before


def test_a_page_read_before_there_were_fingerprints_is_known_by_its_name(library, scans):
    (path,) = draw_pages(scans, 1)
    batch = add(library, scans)
    keep(library, library.page_ids(batch.id)[0], reading("text"))
    (scans / "sub").mkdir()
    path.rename(scans / "sub" / "1.png")
    assert find(library, batch, scans) == Reconnected(found=1, missing=0)
    assert places(library, batch) == same("sub/1.png")
