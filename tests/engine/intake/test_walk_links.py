"""Links, pipes, sockets and files that come and go while their folder is walked."""

import os
import socket
import sys
from pathlib import Path

import pytest
from fakes import count_pages, draw_pages
from walked import names, put, shown

from ocrdesk.engine.facts import Fact
from ocrdesk.engine.intake.walk import LeftOut, Walk

only_on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems forbid such files")
with_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")


@with_links
def test_a_link_back_to_a_folder_already_walked_ends(scans):
    put(scans / "sub" / "1.png")
    (scans / "sub" / "loop").symlink_to(scans)
    (scans / "again").symlink_to(scans / "sub")
    left_out = LeftOut()
    assert names(scans, left_out) == ["again/1.png"]
    assert left_out.count == 0


@with_links
def test_a_link_that_leads_nowhere_or_to_itself_becomes_a_page(scans):
    (scans / "gone.png").symlink_to(scans / "nothing.png")
    (scans / "itself.png").symlink_to(scans / "itself.png")
    (scans / "notes").symlink_to(scans / "notes.txt")
    left_out = LeftOut()
    walk = Walk(count_pages, left_out)
    assert [(page.name, page.size, page.modified) for page in walk.find_pages(scans)] == [
        ("gone.png", 0, 0),
        ("itself.png", 0, 0),
    ]
    assert shown(left_out, scans) == [("notes", Fact.NO_PAGE())]


def test_a_file_that_goes_while_its_folder_is_walked_is_no_page(scans):
    one, two, three = draw_pages(scans, 3)
    pages = Walk(count_pages).find_pages(scans)
    assert next(pages).path == one
    two.unlink()
    assert [page.path for page in pages] == [three]


def test_every_folder_that_is_opened_is_told_of(scans):
    for name in ("b/inner/1.png", "a/1.png", ".hidden/1.png", "__MACOSX/1.png"):
        put(scans / name)
    entered = []
    assert names(scans, entered=entered.append) == ["a/1.png", "b/inner/1.png"]
    assert entered == [scans, scans / "a", scans / "b", scans / "b" / "inner"]


def test_files_found_before_give_pages_or_are_left_out_as_in_their_folder(scans):
    (page,) = draw_pages(scans / "sub", 1)
    left_out = LeftOut()
    files = [page, put(scans / "notes.txt", b"words"), scans / "gone.png"]
    found = Walk(count_pages, left_out).find_pages_of(files, scans)
    assert [one.name.replace(os.sep, "/") for one in found] == ["sub/1.png"]
    assert shown(left_out, scans) == [("notes.txt", Fact.NO_PAGE())]


@only_on_linux
@pytest.mark.timeout(10)
def test_pipes_and_sockets_are_listed_and_never_opened(scans):
    os.mkfifo(scans / "pipe")
    os.mkfifo(scans / "pipe.tif")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(scans / "s.png"))
    (scans / "tty.png").symlink_to("/dev/null")
    put(scans / "1.png")
    left_out = LeftOut()
    assert names(scans, left_out) == ["1.png"]
    assert shown(left_out, scans) == [
        ("pipe", "A pipe, not a file"),
        ("pipe.tif", "A pipe, not a file"),
        ("s.png", "A socket, not a file"),
        ("tty.png", "A device, not a file"),
    ]
    assert str(left_out) == "4 pipes or devices"


@only_on_linux
@pytest.mark.timeout(10)
def test_a_pipe_named_by_itself_is_no_page(scans):
    os.mkfifo(scans / "pipe.tif")
    left_out = LeftOut()
    assert names(scans / "pipe.tif", left_out) == []
    assert str(left_out) == "1 pipe or device"


@with_links
def test_a_link_to_a_folder_elsewhere_is_listed_and_not_followed(scans, tmp_path):
    put(tmp_path / "elsewhere" / "1.png")
    put(tmp_path / "scans and more" / "2.png")  # its path begins like that of the folder
    (scans / "all").symlink_to("/")
    (scans / "elsewhere").symlink_to(tmp_path / "elsewhere")
    (scans / "more").symlink_to(Path("..") / "scans and more")
    put(scans / "3.png")
    left_out = LeftOut()
    assert names(scans, left_out) == ["3.png"]
    assert shown(left_out, scans) == [
        ("all", Fact.OTHER_FOLDER()),
        ("elsewhere", Fact.OTHER_FOLDER()),
        ("more", Fact.OTHER_FOLDER()),
    ]
    assert str(left_out) == "3 links to folders elsewhere"


@with_links
def test_a_link_that_was_dropped_itself_is_followed_and_so_are_those_that_stay_inside(scans, tmp_path):
    put(scans / ".kept" / "1.png")
    (scans / "a").symlink_to(scans / ".kept")
    (scans / "b").symlink_to(Path(".kept"))
    (tmp_path / "link").symlink_to(scans)
    left_out = LeftOut()
    assert names(tmp_path / "link", left_out) == ["a/1.png"], "once, however many links lead there"
    assert left_out.count == 0


@with_links
def test_a_link_to_a_file_elsewhere_gives_its_page(scans, tmp_path):
    (scans / "1.png").symlink_to(put(tmp_path / "elsewhere" / "other.png"))
    assert names(scans) == ["1.png"]


def test_a_file_named_by_itself_is_always_a_page(scans):
    text = put(scans / "notes.txt", b"words")
    assert names(text) == ["notes.txt"]
    assert names(scans / "missing.png") == ["missing.png"]
