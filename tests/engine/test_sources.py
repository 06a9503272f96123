import io
import os
import struct
import sys
from pathlib import Path

import pytest
from fakes import broken_image, draw_pages, many_frames
from PIL import Image

from ocrdesk.engine.sources import LeftOut, find_pages, natural_key

only_on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems forbid such files")


def png() -> bytes:
    file = io.BytesIO()
    Image.new("L", (20, 10), 255).save(file, "PNG")
    return file.getvalue()


def put(path: Path, content: bytes | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(png() if content is None else content)
    return path


def names(path: Path, left_out: LeftOut | None = None, **options) -> list[str]:
    return [page.name.replace(os.sep, "/") for page in find_pages(path, left_out or LeftOut(), **options)]


# Order


def test_pages_come_in_natural_order(scans):
    for name in ("scan 10.png", "scan 2.png", "Scan 1.png", "a2b10.png", "a2b9.png", "2.png", "10.png"):
        put(scans / name)
    assert names(scans) == [
        "2.png", "10.png", "a2b9.png", "a2b10.png", "Scan 1.png", "scan 2.png", "scan 10.png",
    ]  # fmt: skip


def test_numbers_and_letters_in_the_same_place_can_be_compared():
    assert sorted(["b", "1", "a1", "", "１２", "²"], key=natural_key) == ["", "1", "１２", "a1", "b", "²"]


def test_subfolders_come_after_the_files_of_their_folder_and_in_natural_order(scans):
    for name in ("z.png", "box 10/1.png", "box 2/1.png", "box 2/inner/1.png", "box 2/9.png"):
        put(scans / name)
    assert names(scans) == ["z.png", "box 2/1.png", "box 2/9.png", "box 2/inner/1.png", "box 10/1.png"]


# What is left out


def test_hidden_and_system_files_are_passed_over_unseen(scans):
    for name in (".hidden.png", ".git/1.png", "_thumbs/1.png", "@eaDir/1.png", "__MACOSX/1.png", "Thumbs.db", "1.png"):
        put(scans / name)
    left_out = LeftOut()
    assert names(scans, left_out) == ["1.png"]
    assert left_out.count == 0


def test_pictures_are_found_by_their_content_whatever_their_name(scans):
    put(scans / "1.dat")
    put(scans / "2")
    put(scans / "3.txt")
    left_out = LeftOut()
    assert names(scans, left_out) == ["1.dat", "2", "3.txt"]
    assert left_out.count == 0


def test_other_files_are_counted_by_suffix(scans):
    for name in ("a.txt", "b.TXT", "c.docx", "README"):
        put(scans / name, b"words")
    put(scans / "1.png")
    left_out = LeftOut()
    assert names(scans, left_out) == ["1.png"]
    assert left_out.suffixes == {".txt": 2, ".docx": 1, "without a suffix": 1}
    assert left_out.count == 4


@pytest.mark.parametrize("content", [b"", b"words"])
def test_a_file_named_like_a_picture_becomes_a_page_that_can_say_what_is_wrong(scans, content):
    put(scans / "scan.JPG", content)
    left_out = LeftOut()
    assert names(scans, left_out) == ["scan.JPG"]
    assert left_out.count == 0


def test_a_folder_without_pictures_says_what_was_found(scans):
    for suffix, count in (("csv", 2), ("log", 1), ("txt", 8), ("md", 3), ("docx", 4)):
        for number in range(count):
            put(scans / f"{number}.{suffix}", b"words")
    left_out = LeftOut()
    assert names(scans, left_out) == []
    assert str(left_out) == "18 files (8 .txt, 4 .docx, 3 .md, 2 .csv, …)"


def test_one_file_is_not_called_files():
    left_out = LeftOut()
    left_out.suffixes[".txt"] += 1
    left_out.unreadable.append(Path("/locked"))
    assert str(left_out) == "1 file (1 .txt) and 1 folder that cannot be opened"
    assert str(LeftOut()) == ""


def test_a_folder_that_cannot_be_opened_is_counted_and_its_neighbours_are_walked(scans, monkeypatch):
    put(scans / "locked" / "1.png")
    put(scans / "open" / "1.png")
    scandir = os.scandir

    def refuse(path):
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    left_out = LeftOut()
    assert names(scans, left_out) == ["open/1.png"]
    assert left_out.unreadable == [scans / "locked"]
    assert str(left_out) == "1 folder that cannot be opened"


# Links, pipes and odd files


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_back_to_a_folder_already_walked_ends(scans):
    put(scans / "sub" / "1.png")
    (scans / "sub" / "loop").symlink_to(scans)
    (scans / "again").symlink_to(scans / "sub")
    left_out = LeftOut()
    assert names(scans, left_out) == ["again/1.png"]
    assert left_out.count == 0


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_that_leads_nowhere_becomes_a_page(scans):
    (scans / "gone.png").symlink_to(scans / "nothing.png")
    assert names(scans) == ["gone.png"]


@only_on_linux
@pytest.mark.timeout(10)
def test_a_pipe_does_not_hang_the_walk(scans):
    os.mkfifo(scans / "pipe")
    os.mkfifo(scans / "pipe.tif")
    put(scans / "1.png")
    left_out = LeftOut()
    assert names(scans, left_out) == ["1.png", "pipe.tif"]
    assert left_out.suffixes == {"without a suffix": 1}


def test_a_file_named_by_itself_is_always_a_page(scans):
    text = put(scans / "notes.txt", b"words")
    assert names(text) == ["notes.txt"]
    assert names(scans / "missing.png") == ["missing.png"]


# Names


@pytest.mark.parametrize(
    "name",
    [
        "Größe & Maß №7.png",
        "发票 二〇二四.png",
        "領収書.png",
        "فاتورة.png",
        "счёт.png",
        "ใบเสร็จ.png",
        "🧾👩‍👩‍👧.png",
        "=SUM(A1:A9).png",
        " leading space.png",
        "n" * 236 + ".png",
    ],
)
def test_every_name_is_found_and_shown_as_it_is(scans, name):
    put(scans / name)
    (page,) = find_pages(scans, LeftOut())
    assert page.path == scans / name
    assert page.name == name


@only_on_linux
def test_a_name_that_is_no_valid_unicode_keeps_its_bytes_and_can_be_shown(scans):
    path = Path(os.fsdecode(os.fsencode(scans) + b"/sc\xffn.png"))
    put(path)
    (page,) = find_pages(scans, LeftOut())
    assert os.fsencode(page.path).endswith(b"/sc\xffn.png")
    assert page.name == "sc?n.png"
    page.name.encode("utf-8")


def test_names_are_relative_to_the_base_if_the_file_lies_in_it(scans):
    put(scans / "sub" / "1.png")
    assert names(scans / "sub", base=scans) == ["sub/1.png"]
    assert names(scans / "sub" / "1.png", base=scans) == ["sub/1.png"]
    assert names(scans / "sub" / "1.png", base=scans / "elsewhere") == ["1.png"]


# Frames


@pytest.mark.parametrize("suffix", ["tif", "gif"])
def test_each_frame_of_a_file_is_a_page(scans, suffix):
    path = many_frames(scans / f"x.{suffix}", 20, 20, 20)
    pages = list(find_pages(scans, LeftOut()))
    assert [(page.name, page.frame) for page in pages] == [
        (f"x.{suffix} · 1", 0),
        (f"x.{suffix} · 2", 1),
        (f"x.{suffix} · 3", 2),
    ]
    assert {page.path for page in pages} == {path}


def test_a_file_with_one_frame_has_no_number_in_its_name(scans):
    many_frames(scans / "x.tif", 20)
    assert names(scans) == ["x.tif"]


def test_a_file_that_claims_endless_frames_ends(scans, monkeypatch):
    monkeypatch.setattr("ocrdesk.engine.sources.MAX_FRAMES", 2)
    many_frames(scans / "x.tif", 20, 20, 20)
    assert names(scans) == ["x.tif · 1", "x.tif · 2"]


def test_a_damaged_file_is_one_page_and_does_not_end_the_walk(scans):
    first = many_frames(scans / "1.tif", 20, 20)
    whole = bytearray(first.read_bytes())
    (start,) = struct.unpack_from("<I", whole, 4)
    (entries,) = struct.unpack_from("<H", whole, start)
    struct.pack_into("<I", whole, start + 2 + 12 * entries, len(whole))  # the second frame has no entries at all
    first.write_bytes(whole + b"\0" * 6)
    put(scans / "2.tif", b"II*\0")
    broken_image(scans / "3.png")
    put(scans / "4.gif", b"GIF89a")
    draw_pages(scans, 1, first=5)
    assert names(scans) == ["1.tif", "2.tif", "3.png", "4.gif", "5.png"]


def test_a_page_knows_the_size_and_time_of_its_file(scans):
    path = put(scans / "1.png")
    os.utime(path, ns=(5, 7_000_000_000))
    (page,) = find_pages(scans, LeftOut())
    assert (page.size, page.modified) == (path.stat().st_size, 7_000_000_000)


# Cancelling


def test_a_cancelled_walk_ends_between_files(scans):
    draw_pages(scans, 3)
    draw_pages(scans / "sub", 3)
    found = []
    for page in find_pages(scans, LeftOut(), cancelled=lambda: len(found) >= 2):
        found.append(page.name)
    assert found == ["1.png", "2.png"]
