import os
import sys
from pathlib import Path

import pytest
from fakes import count_pages, draw_pages, keep, load_page, many_frames, reading, statuses

from ocrdesk.engine.document import LeftOutFile, PageStatus, Source
from ocrdesk.engine.errors import LibraryError, OcrdeskError
from ocrdesk.engine.facts import Fact
from ocrdesk.engine.intake import drops
from ocrdesk.engine.intake.drops import Drop, absolute, drops_of, find_pages


def drop_in(library, *paths: Path, batch_id: int | None = None) -> list[Drop]:
    drops = drops_of(paths, batch_id)
    for drop in drops:
        find_pages(library, drop, count_pages)
    return drops


def names(library, drop: Drop) -> list[str]:
    return names_of(library, drop.page_ids)


def names_in_order(library, drop: Drop) -> list[str]:
    return names_of(library, library.page_ids(drop.batch_id))


def names_of(library, page_ids: list[int]) -> list[str]:
    pages = library.pages(page_ids)
    return [pages[page_id].name.replace(os.sep, "/") for page_id in page_ids]


def left_out(library, drop: Drop) -> list[str]:
    return [file.path.name for file in library.files.left_out(drop.batch_id)]


def test_a_folder_becomes_one_batch_named_after_it(library, scans):
    draw_pages(scans, 2)
    draw_pages(scans / "sub", 1)
    (drop,) = drop_in(library, scans)
    batch = library.batch(drop.batch_id)
    assert (batch.name, batch.origin, batch.counts.total) == ("scans", scans, 3)
    assert names(library, drop) == ["1.png", "2.png", "sub/1.png"]
    assert drop.new == 3


def test_several_folders_become_several_batches(library, scans):
    draw_pages(scans / "a", 1)
    draw_pages(scans / "b", 2)
    first, second = drop_in(library, scans / "a", scans / "b")
    assert first.batch_id != second.batch_id
    assert [library.batch(drop.batch_id).name for drop in (first, second)] == ["a", "b"]


def test_loose_files_of_one_folder_become_one_batch_in_the_order_given(library, scans):
    one, two, three = draw_pages(scans, 3)
    (drop,) = drop_in(library, three, one)
    assert names(library, drop) == ["3.png", "1.png"]
    assert library.batch(drop.batch_id).origin == scans
    assert two not in [page.path for page in library.pages(drop.page_ids).values()]


def test_files_picked_out_of_a_folder_are_another_batch_than_the_whole_folder(library, scans):
    one, _ = draw_pages(scans, 2)
    (whole,) = drop_in(library, scans)
    (picked,) = drop_in(library, one)
    assert whole.batch_id != picked.batch_id
    assert library.batch(whole.batch_id).counts.total == 2
    assert library.batch(picked.batch_id).counts.total == 1


def test_loose_files_of_two_folders_become_two_batches(library, scans):
    (one,) = draw_pages(scans / "a", 1)
    (two,) = draw_pages(scans / "b", 1)
    assert [drop.paths for drop in drops_of([one, two])] == [[one], [two]]


def test_a_folder_without_pictures_makes_no_batch(library, scans):
    (scans / "notes.txt").write_text("words")
    (drop,) = drop_in(library, scans)
    assert (drop.batch_id, drop.page_ids) == (None, [])
    assert str(drop.left_out) == "1 file (1 .txt)"
    assert library.batches() == []


def test_a_folder_dropped_again_gives_the_same_pages_and_nothing_new(library, scans):
    draw_pages(scans, 2)
    (first,) = drop_in(library, scans)
    draw_pages(scans, 1, first=3)
    (second,) = drop_in(library, scans)
    assert second.batch_id == first.batch_id
    assert second.page_ids[:2] == first.page_ids
    assert (len(second.page_ids), second.new) == (3, 1)


def test_the_same_folder_dropped_twice_at_once_is_one_batch_with_each_page_once(library, scans):
    draw_pages(scans, 2)
    put(scans / "notes.txt")
    first, second = drop_in(library, scans, scans)
    assert (first.batch_id, first.page_ids) == (second.batch_id, second.page_ids)
    assert (first.new, second.new) == (2, 0)
    assert library.batch(first.batch_id).counts.total == 2
    assert left_out(library, first) == ["notes.txt"]


def test_new_pages_of_a_known_folder_come_between_the_old_ones_where_they_belong(library, scans):
    for number in (1, 10):
        draw_pages(scans, 1, first=number)
        draw_pages(scans / "sub", 1, first=number)
    (first,) = drop_in(library, scans)
    kept = {page_id: f"text {page_id}" for page_id in first.page_ids}
    for page_id, text in kept.items():
        keep(library, page_id, reading(text))
    draw_pages(scans, 1, first=2)
    draw_pages(scans / "sub", 1, first=9)
    draw_pages(scans / "a", 1)
    (second,) = drop_in(library, scans)
    in_order = ["1.png", "2.png", "10.png", "a/1.png", "sub/1.png", "sub/9.png", "sub/10.png"]
    assert names_in_order(library, second) == in_order
    assert library.page_ids(second.batch_id) == second.page_ids
    assert second.new == 3
    assert statuses(library, second.batch_id) == ["done", "pending", "done", "pending", "done", "pending", "done"]
    assert {page_id: library.text(page_id) for page_id in kept} == kept


def test_pages_whose_files_are_gone_or_lie_elsewhere_stay_and_come_last(library, scans):
    draw_pages(scans / "batch", 3)
    (loose,) = draw_pages(scans, 1, first=7)
    (first,) = drop_in(library, scans / "batch")
    drop_in(library, loose, batch_id=first.batch_id)
    (scans / "batch" / "1.png").unlink()
    draw_pages(scans / "batch", 1, first=4)
    (again,) = drop_in(library, scans / "batch")
    assert names(library, again) == ["2.png", "3.png", "4.png"]
    assert names_in_order(library, again) == ["2.png", "3.png", "4.png", "1.png", "7.png"]


def test_nothing_is_put_in_order_where_nothing_is_new(library, scans):
    draw_pages(scans, 3)
    (first,) = drop_in(library, scans)
    library.files.put_in_order(first.batch_id, first.page_ids[::-1])
    drop_in(library, scans)
    assert library.page_ids(first.batch_id) == first.page_ids[::-1]


def test_a_part_of_a_known_folder_is_added_at_the_end(library, scans):
    draw_pages(scans, 1)
    draw_pages(scans / "a", 1)
    (first,) = drop_in(library, scans)
    draw_pages(scans, 1, first=2)
    (part,) = drop_in(library, scans / "2.png", scans / "a", batch_id=first.batch_id)
    assert names_in_order(library, part) == ["1.png", "a/1.png", "2.png"]


def test_the_pages_of_known_unchanged_files_are_not_counted_again(library, scans):
    many_frames(scans / "1.tif", 20, 20)
    many_frames(scans / "2.tif", 20, 20)
    counted = []

    def count(path):
        counted.append(path.name)
        return count_pages(path)

    (first,) = drops_of([scans])
    find_pages(library, first, count)
    os.utime(scans / "2.tif", ns=(1, 1))
    second = Drop([scans], first.batch_id, only_new=True)
    find_pages(library, second, count)
    assert counted == ["1.tif", "2.tif", "2.tif"]
    assert second.page_ids == first.page_ids
    assert names(library, second) == ["1.tif · 1", "1.tif · 2", "2.tif · 1", "2.tif · 2"]
    assert second.new == 2


def test_a_file_that_got_more_pages_gets_them_next_to_its_old_one_and_numbers_in_its_names(library, scans):
    many_frames(scans / "1.tif", 20)
    draw_pages(scans, 1, first=2)
    (first,) = drop_in(library, scans)
    many_frames(scans / "1.tif", 20, 30, 40)
    (second,) = drop_in(library, scans)
    assert names_in_order(library, second) == ["1.tif · 1", "1.tif · 2", "1.tif · 3", "2.png"]
    assert [second.page_ids[0], second.page_ids[3]] == first.page_ids


def test_a_file_that_changed_on_disk_waits_again(library, scans):
    one, _ = draw_pages(scans, 2)
    (first,) = drop_in(library, scans)
    for page_id in first.page_ids:
        library.checkpoints.keep_failure(page_id, "Damaged.")
    os.utime(one, ns=(1, 1))
    (second,) = drop_in(library, scans)
    assert second.new == 1
    assert statuses(library, first.batch_id) == ["pending", "failed"]


def test_files_dropped_on_an_open_batch_are_added_to_it(library, scans):
    draw_pages(scans / "batch", 1)
    draw_pages(scans / "batch" / "sub", 1)
    draw_pages(scans / "other", 1)
    (loose,) = draw_pages(scans, 1, first=7)
    (drop,) = drop_in(library, scans / "batch" / "1.png")
    inside = drop_in(library, scans / "batch" / "sub", scans / "other", loose, batch_id=drop.batch_id)
    assert [(found.batch_id, names(library, found)) for found in inside] == [
        (drop.batch_id, ["sub/1.png", "other/1.png", "7.png"])
    ]
    assert library.batch(drop.batch_id).counts.total == 4
    assert len(library.batches()) == 1


# What is left out


def put(path: Path) -> Path:
    path.write_text("words")
    return path


def test_what_is_left_out_is_kept_with_its_reason(library, scans):
    draw_pages(scans, 1)
    notes = put(scans / "notes.txt")
    (drop,) = drop_in(library, scans)
    assert library.files.left_out(drop.batch_id) == [LeftOutFile(notes, Fact.NO_PAGE())]
    assert library.batch(drop.batch_id).counts.left_out == 1


def test_a_rescan_replaces_what_was_left_out_and_empties_it_when_there_is_nothing_any_more(library, scans):
    draw_pages(scans, 1)
    put(scans / "a.txt")
    put(scans / "b.txt")
    (drop,) = drop_in(library, scans)
    assert left_out(library, drop) == ["a.txt", "b.txt"]
    (scans / "a.txt").unlink()
    put(scans / "c.txt")
    drop_in(library, scans)
    assert left_out(library, drop) == ["b.txt", "c.txt"]
    for name in ("b.txt", "c.txt"):
        (scans / name).unlink()
    drop_in(library, scans)
    assert left_out(library, drop) == []
    assert library.batch(drop.batch_id).counts.left_out == 0


def test_what_is_left_out_elsewhere_is_added_to_what_was(library, scans):
    for name in ("batch", "other"):
        draw_pages(scans / name, 1)
        put(scans / name / f"{name}.txt")
    (drop,) = drop_in(library, scans / "batch")
    drop_in(library, scans / "other", batch_id=drop.batch_id)
    assert left_out(library, drop) == ["batch.txt", "other.txt"]
    (one,) = draw_pages(scans, 1, first=7)
    drop_in(library, one, batch_id=drop.batch_id)
    assert left_out(library, drop) == ["batch.txt", "other.txt"]


def test_a_cancelled_rescan_leaves_order_and_what_was_left_out_as_they_were(library, scans):
    draw_pages(scans, 1, first=5)
    put(scans / "z.txt")
    (first,) = drop_in(library, scans)
    draw_pages(scans, 1, first=1)
    (scans / "z.txt").unlink()
    (again,) = drops_of([scans])
    find_pages(library, again, count_pages, cancelled=lambda: True)
    assert left_out(library, first) == ["z.txt"]
    (again,) = drops_of([scans])
    find_pages(library, again, count_pages, cancelled=lambda: bool(again.page_ids))
    assert left_out(library, first) == ["z.txt"]
    assert names_in_order(library, first) == ["5.png", "1.png"]


def test_files_that_arrived_become_pages_named_within_their_folder_or_are_left_out(library, scans):
    draw_pages(scans, 1)
    put(scans / "notes.txt")
    (first,) = drop_in(library, scans)
    (arrived,) = draw_pages(scans / "sub", 1)
    drop = Drop([arrived, put(scans / "more.txt"), scans / "gone.png"], first.batch_id, arrived=True)
    find_pages(library, drop, count_pages)
    assert names_in_order(library, drop) == ["1.png", "sub/1.png"]
    assert left_out(library, drop) == ["more.txt", "notes.txt"]


# On the way


def test_pages_are_kept_in_chunks_while_the_folder_is_still_walked(library, scans, monkeypatch):
    monkeypatch.setattr(drops, "CHUNK", 2)
    draw_pages(scans, 5)
    (drop,) = drops_of([scans])
    seen = []
    find_pages(library, drop, count_pages, lambda so_far: seen.append(library.batch(so_far.batch_id).counts.total))
    assert seen == [2, 4, 5]


def test_cancelling_keeps_what_was_found_before(library, scans, monkeypatch):
    monkeypatch.setattr(drops, "CHUNK", 2)
    draw_pages(scans, 5)
    (drop,) = drops_of([scans])
    find_pages(library, drop, count_pages, cancelled=lambda: len(drop.page_ids) >= 2)
    assert names(library, drop) == ["1.png", "2.png"]


def test_paths_are_made_absolute_and_links_are_kept(scans, monkeypatch):
    monkeypatch.chdir(scans)
    draw_pages(scans / "a", 1)
    assert absolute(Path("a/../a")) == scans / "a"
    assert drops_of([Path("a")])[0].paths == [scans / "a"]


@pytest.mark.skipif(sys.platform == "win32", reason="a folder that a program stands in cannot be removed there")
def test_a_working_directory_that_is_gone_is_told(tmp_path, monkeypatch):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(OcrdeskError, match=r"started in is no longer there\. Go to another folder"):
        absolute(Path("scans"))
    assert absolute(tmp_path) == tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_linked_folder_keeps_the_name_it_was_given_by(library, scans):
    draw_pages(scans / "real", 1)
    (scans / "link").symlink_to(scans / "real")
    (drop,) = drop_in(library, scans / "link")
    assert library.batch(drop.batch_id).origin == scans / "link"


@pytest.mark.parametrize("name", ["发票 📎", "فاتورة", "=1+1", "o" * 236, "50% _off_"])
def test_odd_names_go_the_whole_way_from_the_folder_to_the_picture(library, scans, name):
    (path,) = draw_pages(scans / name, 1)
    path = path.rename(path.with_name(f"{name}.png"))
    (drop,) = drop_in(library, scans / name)
    page = library.page(drop.page_ids[0])
    assert page.path == path
    assert load_page(page.path).pixels.shape == (10, 20, 3)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems forbid such names")
def test_names_that_are_no_valid_unicode_go_the_whole_way_too(library, scans):
    folder = Path(os.fsdecode(os.fsencode(scans) + b"/b\xe4tch"))
    (path,) = draw_pages(folder, 1)
    path = path.rename(Path(os.fsdecode(os.fsencode(folder) + b"/s\xe7an.png")))
    (drop,) = drop_in(library, folder)
    page = library.page(drop.page_ids[0])
    assert page.path == path
    assert page.name == "s?an.png"
    assert library.batch(drop.batch_id).origin == folder
    assert load_page(page.path).pixels.shape == (10, 20, 3)


def test_pages_that_cannot_be_kept_are_an_error_and_not_a_silent_loss(library, scans):
    draw_pages(scans, 1)
    batch_id = library.batch_of_folder(scans, whole=True)
    (drop,) = drops_of([scans])
    library._connection._writer.execute("PRAGMA query_only = 1")
    with pytest.raises(LibraryError, match="is not allowed to write"):
        find_pages(library, drop, count_pages)
    assert drop.page_ids == []
    library._connection._writer.execute("PRAGMA query_only = 0")
    find_pages(library, drop, count_pages)
    assert (drop.batch_id, len(drop.page_ids)) == (batch_id, 1)


def test_a_batch_that_was_removed_meanwhile_takes_nothing_in(library, scans):
    draw_pages(scans, 1)
    (drop,) = drop_in(library, scans, batch_id=99)
    assert (drop.page_ids, library.batches()) == ([], [])


def test_a_missing_file_named_by_itself_becomes_a_page_that_will_say_so(library, scans):
    (drop,) = drop_in(library, scans / "gone.png")
    page = library.page(drop.page_ids[0])
    assert (page.path, page.status) == (scans / "gone.png", PageStatus.PENDING)


def test_a_page_is_added_once_even_if_it_is_named_twice(library, scans):
    (one,) = draw_pages(scans, 1)
    (drop,) = drop_in(library, one, one)
    assert len(set(drop.page_ids)) == 1
    assert library.batch(drop.batch_id).counts.total == 1
    assert library.add_pages(drop.batch_id, [Source(one, "1.png", 0, *_state(one))]).new == 0


def _state(path: Path) -> tuple[int, int]:
    return path.stat().st_size, path.stat().st_mtime_ns
