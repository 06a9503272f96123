"""Pages that a person took out of a batch stay out until the person wants them again."""

from pathlib import Path

from fakes import batch_of, count_pages, draw_pages, many_frames, sources

from ocrdesk.engine.document import KnownFile, LeftOutFile, Source
from ocrdesk.engine.facts import Fact
from ocrdesk.engine.intake.drops import Drop, drops_of, find_pages
from ocrdesk.engine.intake.walk import LeftOut, Walk
from ocrdesk.engine.library import Library


def add(library: Library, *paths: Path, batch_id: int | None = None) -> Drop:
    """Adds files by name, as a person drops them."""
    (drop,) = drops_of(paths, batch_id)
    find_pages(library, drop, count_pages)
    return drop


def look_again(library: Library, batch_id: int, **more) -> Drop:
    """Looks through the folder of a batch for what is new."""
    drop = Drop([library.batch(batch_id).origin], batch_id, only_new=True, **more)
    find_pages(library, drop, count_pages)
    return drop


def names(library: Library, batch_id: int) -> list[str]:
    page_ids = library.page_ids(batch_id)
    pages = library.pages(page_ids)
    return [pages[page_id].name for page_id in page_ids]


def left_out(library: Library, batch_id: int) -> list[tuple[str, str]]:
    return [(file.path.name, file.why) for file in library.files.left_out(batch_id)]


# In the library


def test_a_file_is_taken_out_with_its_last_page(library):
    frames = [Source(Path("/scans/x.tif"), f"x.tif · {number + 1}", number, 1, 1) for number in range(3)]
    batch_id, pages = batch_of(library, [*sources(2), *frames])
    other, _ = batch_of(library, frames, Path("/other"))
    library.remove_pages([pages[0], pages[2]])
    assert library.files.left_out(batch_id) == [LeftOutFile(Path("/scans/1.png"), Fact.TAKEN_OUT())]
    assert library.files.taken_out(batch_id) == {Path("/scans/1.png")}
    library.remove_pages(pages[3:])
    assert library.files.taken_out(batch_id) == {Path("/scans/1.png"), Path("/scans/x.tif")}
    assert library.files.taken_out(other) == set()


def test_all_pages_of_a_file_taken_out_at_once_take_it_out(library):
    frames = [Source(Path("/x.tif"), f"x.tif · {number + 1}", number, 1, 1) for number in range(3)]
    batch_id, pages = batch_of(library, frames)
    library.remove_pages(pages)
    library.remove_pages(pages)
    assert library.files.taken_out(batch_id) == {Path("/x.tif")}


def test_files_left_out_for_another_reason_are_not_taken_out(library):
    batch_id, _ = batch_of(library, 1)
    library.files.keep_left_out(batch_id, [LeftOutFile(Path("/scans/a.txt"), Fact.NO_PAGE())], all_of_it=True)
    assert library.files.taken_out(batch_id) == set()


# While walking


def test_files_taken_out_are_listed_and_not_counted_as_left_out(scans):
    one, two = draw_pages(scans, 2)
    found = LeftOut()
    walk = Walk(count_pages, found, stay_out={one})
    assert [page.path for page in walk.find_pages(scans)] == [two]
    assert found.files == [LeftOutFile(one, Fact.TAKEN_OUT())]
    assert (found.count, str(found)) == (0, "")


def test_pages_taken_out_of_a_file_stay_out_only_where_some_do(scans):
    path = many_frames(scans / "x.tif", 20, 21, 22, 23)
    status = path.stat()
    known = {path: KnownFile(status.st_size, status.st_mtime_ns, frames=(1, 3))}
    again = Walk(count_pages, known=known, stay_out=set())
    assert [page.name for page in again.find_pages(scans)] == ["x.tif · 2", "x.tif · 4"]
    known_last = {path: KnownFile(status.st_size, status.st_mtime_ns, frames=(3,))}
    assert [page.name for page in Walk(count_pages, known=known_last, stay_out=set()).find_pages(scans)] == [
        "x.tif · 4"
    ]
    by_name = Walk(count_pages, known=known)
    assert [page.frame for page in by_name.find_pages(scans)] == [0, 1, 2, 3]


# When its folder is looked through


def test_what_was_taken_out_stays_out_when_the_folder_is_looked_through(library, scans):
    draw_pages(scans, 3)
    batch_id = add(library, scans).batch_id
    library.remove_pages(library.page_ids(batch_id)[1:2])
    (scans / "notes.txt").write_text("words")
    draw_pages(scans, 1, first=4)
    assert look_again(library, batch_id).new == 1
    assert names(library, batch_id) == ["1.png", "3.png", "4.png"]
    assert left_out(library, batch_id) == [("2.png", Fact.TAKEN_OUT()), ("notes.txt", Fact.NO_PAGE())]
    look_again(library, batch_id)
    assert names(library, batch_id) == ["1.png", "3.png", "4.png"]
    assert library.files.taken_out(batch_id) == {scans / "2.png"}


def test_single_pages_of_a_file_stay_out_too(library, scans):
    many_frames(scans / "x.tif", 20, 21, 22)
    batch_id = add(library, scans).batch_id
    library.remove_pages(library.page_ids(batch_id)[:2])
    draw_pages(scans, 1)
    look_again(library, batch_id)
    assert names(library, batch_id) == ["1.png", "x.tif · 3"]


def test_what_was_taken_out_comes_back_where_it_belongs_when_it_is_dropped_again(library, scans):
    draw_pages(scans, 3)
    batch_id = add(library, scans).batch_id
    library.remove_pages(library.page_ids(batch_id)[1:])
    add(library, scans)
    assert names(library, batch_id) == ["1.png", "2.png", "3.png"]
    assert left_out(library, batch_id) == []
    library.remove_pages(library.page_ids(batch_id)[1:])
    add(library, scans / "2.png", batch_id=batch_id)
    assert names(library, batch_id) == ["1.png", "2.png"]
    assert left_out(library, batch_id) == [("3.png", Fact.TAKEN_OUT())]


def test_pages_are_put_in_order_when_the_folder_is_looked_through_even_if_nothing_is_new(library, scans):
    draw_pages(scans, 3)
    drop = add(library, scans)
    library.files.put_in_order(drop.batch_id, drop.page_ids[::-1])
    assert look_again(library, drop.batch_id).new == 0
    assert library.page_ids(drop.batch_id) == drop.page_ids


def test_a_folder_that_was_unplugged_since_takes_nothing_away(library, scans):
    draw_pages(scans / "drive", 1)
    (scans / "drive" / "notes.txt").write_text("words")
    batch_id = add(library, scans / "drive").batch_id
    (scans / "drive").rename(scans / "elsewhere")
    assert look_again(library, batch_id).page_ids == []
    assert names(library, batch_id) == ["1.png"]
    assert left_out(library, batch_id) == [("notes.txt", Fact.NO_PAGE())]
