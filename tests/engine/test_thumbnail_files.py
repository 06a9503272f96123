import errno
import io
import itertools
import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import broken_image, quadrants
from PIL import Image

from ocrdesk.engine import private, thumbnail_files
from ocrdesk.engine.document import Brought, Page, PageStatus
from ocrdesk.engine.errors import PageUnreadable
from ocrdesk.engine.thumbnail_files import EDGE, ThumbnailFiles

CONTENT = bytes(range(16))
ALONE = Brought.ALONE


@pytest.fixture
def files(tmp_path):
    return ThumbnailFiles(tmp_path / "thumbnails")


@pytest.fixture
def page(scans) -> Page:
    quadrants(2 * EDGE, EDGE).save(scans / "1.png")
    return Page(1, 1, scans / "1.png", 0, "1.png", PageStatus.DONE, content=CONTENT)


def jpeg(width: int = 40) -> bytes:
    file = io.BytesIO()
    quadrants(width).save(file, "JPEG")
    return file.getvalue()


def test_a_thumbnail_is_made_once_and_given_as_a_file(files, decoder, page):
    made = files.jpeg(decoder, page)
    with Image.open(io.BytesIO(made)) as image:
        assert (image.format, image.size) == ("JPEG", (EDGE, EDGE // 2))
    assert files.load(decoder, page).shape == (EDGE // 2, EDGE, 3)
    assert files.of(page).read_bytes() == made
    assert files.jpeg(None, page) == made, "nothing is decoded again"


def test_one_that_was_made_is_found_by_its_content_when_the_file_is_gone(files, decoder, page):
    made = files.jpeg(decoder, page)
    files.of(page)  # notes it by content, too
    page.path.unlink()
    assert files.jpeg(None, page) == made
    assert files.jpeg(None, replace(page, content=None)) is None


def test_what_cannot_be_shown_has_none(files, decoder, page):
    page.path.write_bytes(b"no picture")
    assert files.jpeg(decoder, page) is None


def test_of_a_picture_that_is_cut_off_it_shows_what_is_there(files, decoder, page):
    broken_image(page.path)
    small = files.load(decoder, page)
    assert small.shape == (50, 50, 3)
    assert small[:10].std() > 20
    assert (small[-10:] == 255).all()
    assert files.jpeg(None, page) is not None, "it is kept as any other"


def test_nothing_is_lost_where_nothing_can_be_kept(tmp_path, files, decoder, page):
    (tmp_path / "thumbnails").write_text("a file where the folder should be")
    assert files.jpeg(decoder, page).startswith(b"\xff\xd8")


def test_a_full_disk_keeps_no_half_of_one(tmp_path, files, page, monkeypatch):
    def half(path):
        path.write_bytes(b"half of it")
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(private, "create", half)
    page.path.unlink()
    files.keep(replace(page, brought=ALONE), jpeg())
    assert [path for path in (tmp_path / "thumbnails").rglob("*") if path.is_file()] == []


def test_one_that_came_with_a_page_is_shown_on_a_computer_without_the_file(files, decoder, page):
    page.path.unlink()
    came = replace(page, brought=ALONE)
    files.keep(came, jpeg())
    assert files.jpeg(None, replace(came, id=7)) == jpeg()
    assert files.load(decoder, came).shape == (24, 40, 3)
    assert files.jpeg(None, replace(came, turn=90)) is None, "a page that is turned looks otherwise"


def test_one_that_came_with_a_page_is_no_other_pages_whatever_it_claims_to_show(files, decoder, page):
    """A hostile batch brings a small picture with the fingerprint of a file that is a person's own."""
    gone = page.path.with_name("elsewhere.png")
    came = replace(page, brought=ALONE, path=gone)
    files.keep(came, jpeg())
    assert files.jpeg(None, came) == jpeg()
    made = files.jpeg(decoder, page)
    assert made != jpeg()
    files.of(page)
    page.path.unlink()
    assert files.jpeg(None, page) == made
    assert files.jpeg(None, replace(page, id=9, path=gone)) == made
    assert files.jpeg(None, came) == jpeg(), "nor does it get the picture that was made here"


def test_one_that_came_with_a_page_is_not_kept_where_its_file_is(files, decoder, page):
    for brought in Brought:
        files.keep(replace(page, brought=brought), jpeg())
    assert not files.of(page).exists()
    assert files.jpeg(decoder, replace(page, brought=ALONE)) != jpeg()


def test_one_that_came_with_a_page_is_decoded_in_a_process_of_its_own(files, page):
    class Asked:
        def load_small(self, path, *_):
            asked.append(path)
            raise PageUnreadable("Damaged.")

    asked = []
    page.path.unlink()
    came = replace(page, brought=ALONE)
    files.keep(came, jpeg())
    assert files.load(Asked(), came) is None
    assert asked == [files.of(came)]


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff", jpeg(EDGE + 1), jpeg().replace(b"\x00\x28", b"\xff\xff")])
def test_what_came_with_a_page_and_is_no_thumbnail_is_not_kept(files, page, content):
    page.path.unlink()
    came = replace(page, brought=ALONE)
    files.keep(came, content)
    assert not files.of(came).exists()


def test_a_png_is_not_taken_for_one(files, page):
    content = page.path.read_bytes()
    page.path.unlink()
    came = replace(page, brought=ALONE)
    files.keep(came, content)
    assert not files.of(came).exists()


# Their bound


@pytest.fixture
def small(monkeypatch, files):
    """Thumbnails of which only ten may be kept; gives what keeps the next one, used a minute after the last."""
    monkeypatch.setattr(thumbnail_files, "MOST_BYTES", 10 * len(jpeg()))
    files._room = 0
    used = itertools.count(1_000_000_000, 60)

    def keep_one(page):
        files.keep(page, jpeg())
        os.utime(files.of(page), (0, next(used)))

    return keep_one


@pytest.fixture
def others(page):
    """More pages, whose thumbnails came with them and whose files are not there."""
    came = replace(page, path=page.path.with_name("gone"), brought=ALONE)
    return [replace(came, id=n, content=bytes([n] * 16)) for n in range(1, 25)]


def kept(files, pages) -> list[int]:
    return [page.id for page in pages if files.of(page).exists()]


def test_where_there_are_too_many_those_go_that_were_not_used_for_the_longest_time(files, small, others):
    for other in others:
        small(other)
        assert len(kept(files, others)) <= 11, "the one that was just kept is counted afterwards"
    assert kept(files, others)[-9:] == list(range(16, 25))


def test_one_that_is_looked_at_stays(files, decoder, small, others):
    for other in others[:10]:
        small(other)
    assert files.load(decoder, others[0]) is not None
    for other in others[10:14]:
        small(other)
    files.make_room()
    assert others[0].id in kept(files, others)
    assert others[1].id not in kept(files, others)


def test_no_folder_is_walked_while_there_is_room(files, others, monkeypatch):
    monkeypatch.setattr(os, "scandir", None)
    for other in others:
        files.keep(other, jpeg())
    assert len(kept(files, others)) == len(others)


def test_one_under_two_names_counts_once(files, decoder, page, others, monkeypatch):
    made = files.jpeg(decoder, page)
    files.of(page)
    files.keep(others[0], made)
    monkeypatch.setattr(thumbnail_files, "MOST_BYTES", 2 * len(made))
    files.make_room()
    assert len(list(files._folder.rglob("*.jpg"))) == 3


def test_what_another_program_removed_or_left_half_written_is_no_trouble(files, small, others, monkeypatch):
    for other in others[:10]:
        small(other)
    old, new = (files.of(others[0]).with_name(name) for name in ("old.new", "being written.new"))
    for half in (old, new):
        half.write_bytes(b"half")
    os.utime(old, (0, 0))
    monkeypatch.setattr(thumbnail_files, "MOST_BYTES", 1)
    unlink = Path.unlink
    monkeypatch.setattr(Path, "unlink", lambda path, **_: (unlink(path), unlink(path)))
    files.make_room()
    assert [path.name for path in files._folder.rglob("*.*")] == ["being written.new"]


def test_making_room_ends_when_it_is_told_to(files, small, others, monkeypatch):
    for other in others[:5]:
        small(other)
    monkeypatch.setattr(thumbnail_files, "MOST_BYTES", 1)
    stop = threading.Event()
    stop.set()
    files.make_room(stop)
    assert len(kept(files, others)) == 5
