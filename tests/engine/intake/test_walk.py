import os
import stat
import struct
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from fakes import Count, broken_image, count_pages, draw_pages, many_frames
from walked import names, put, shown

from ocrdesk.engine.decode import PageCount
from ocrdesk.engine.document import LeftOutFile
from ocrdesk.engine.errors import PageUnreadable, PasswordNeeded, ReadingInterrupted
from ocrdesk.engine.facts import Fact
from ocrdesk.engine.intake import walk
from ocrdesk.engine.intake.walk import LeftOut, Walk, natural_key

only_on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems forbid such files")
with_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")


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


def refuse(*_, **__):
    raise PermissionError(13, "Permission denied")


@pytest.mark.parametrize(
    ("look", "hidden"),
    [
        (lambda follow_symlinks: SimpleNamespace(st_file_attributes=stat.FILE_ATTRIBUTE_HIDDEN | 0x20), True),
        (lambda follow_symlinks: SimpleNamespace(st_file_attributes=0x20), False),
        (lambda follow_symlinks: SimpleNamespace(), False),
        (refuse, False),
    ],
)
def test_what_windows_says_is_hidden_is_hidden_there(monkeypatch, look, hidden):
    monkeypatch.setattr(walk, "os", SimpleNamespace(name="nt"))
    assert walk._is_hidden(SimpleNamespace(name="1.png", stat=look)) is hidden


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
    assert shown(left_out, scans) == [(name, Fact.NO_PAGE()) for name in ("a.txt", "b.TXT", "c.docx", "README")]
    assert str(left_out) == "4 files (2 .txt, 1 .docx, 1 without a suffix)"
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
    left_out.add(Path("/a.txt"), Fact.NO_PAGE())
    left_out.add(Path("/locked"), Fact.NO_FOLDER())
    assert str(left_out) == "1 file (1 .txt) and 1 folder that cannot be opened"
    left_out.add(Path("/long.pdf"), Fact.MORE_PAGES(pages=20_000))
    assert str(left_out) == ("1 file (1 .txt) and 1 folder that cannot be opened and some pages of 1 very long file")
    assert str(LeftOut()) == ""


def test_many_files_are_counted_with_separators():
    left_out = LeftOut()
    for number in range(1200):
        left_out.add(Path(f"/{number}.TXT"), Fact.NO_PAGE())
        left_out.add(Path(f"/{number}"), Fact.NO_FOLDER())
    assert str(left_out) == "1,200 files (1200 .txt) and 1,200 folders that cannot be opened"


def test_only_the_first_files_left_out_are_listed_and_all_are_counted(scans, monkeypatch):
    monkeypatch.setattr(walk, "MOST_LISTED", 2)
    for number in range(1, 6):
        put(scans / f"{number}.txt", b"words")
    left_out = LeftOut()
    assert names(scans, left_out) == []
    assert shown(left_out, scans) == [("1.txt", Fact.NO_PAGE()), ("2.txt", Fact.NO_PAGE())]
    assert left_out.count == 5
    assert str(left_out) == "5 files (5 .txt)"


def test_a_folder_that_cannot_be_opened_is_counted_and_its_neighbours_are_walked(scans, monkeypatch):
    put(scans / "locked" / "1.png")
    put(scans / "open" / "1.png")
    scandir = os.scandir

    monkeypatch.setattr(os, "scandir", lambda path: (refuse if Path(path).name == "locked" else scandir)(path))
    left_out = LeftOut()
    assert names(scans, left_out) == ["open/1.png"]
    assert left_out.files == [LeftOutFile(scans / "locked", "A folder that cannot be opened")]
    assert left_out.count == 1
    assert str(left_out) == "1 folder that cannot be opened"


# Names


@pytest.mark.parametrize(
    "name",
    [
        "Größe & Maß №7.png", "发票 二〇二四.png", "領収書.png", "فاتورة.png", "счёт.png", "ใบเสร็จ.png", "🧾👩‍👩‍👧.png",
        "लेखा.png", "חשבונית.png", "영수증.png", "Cafe\u0301.png", "=SUM(A1:A9).png", " leading space.png",
        "n" * 236 + ".png", "ж" * 118 + ".png",
    ],
)  # fmt: skip
def test_every_name_is_found_and_shown_as_it_is(scans, name):
    put(scans / name)
    (page,) = Walk(count_pages).find_pages(scans)
    assert page.path == scans / name
    assert page.name == name


@only_on_linux
def test_a_name_that_is_no_valid_unicode_keeps_its_bytes_and_can_be_shown(scans):
    path = Path(os.fsdecode(os.fsencode(scans) + b"/sc\xffn.png"))
    put(path)
    (page,) = Walk(count_pages).find_pages(scans)
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
    pages = list(Walk(count_pages).find_pages(scans))
    assert [(page.name, page.frame) for page in pages] == [
        (f"x.{suffix} · 1", 0),
        (f"x.{suffix} · 2", 1),
        (f"x.{suffix} · 3", 2),
    ]
    assert {page.path for page in pages} == {path}


def test_a_file_with_one_frame_has_no_number_in_its_name(scans):
    many_frames(scans / "x.tif", 20)
    assert names(scans) == ["x.tif"]


def test_a_file_with_too_many_pages_gives_those_that_are_read_and_is_listed(scans):
    many_frames(scans / "x.tif", 20)
    left_out = LeftOut()
    assert names(scans, left_out, count_pages=Count(PageCount(2, left_out=7))) == ["x.tif · 1", "x.tif · 2"]
    assert shown(left_out, scans) == [("x.tif", "It has more than 2 pages; the others are skipped")]
    assert left_out.count == 1
    assert str(left_out) == "some pages of 1 very long file"
    assert Fact.MORE_PAGES(pages=20_000).startswith("It has more than 20,000 pages")


def test_only_files_that_may_have_several_pages_are_opened_to_count_them(scans):
    draw_pages(scans, 1)
    many_frames(scans / "2.tif", 20)
    put(scans / "3.pdf", b"%PDF-1.7")
    put(scans / "4.jpg", b"")
    count = Count(PageCount(1))
    assert names(scans, count_pages=count) == ["1.png", "2.tif", "3.pdf", "4.jpg"]
    assert count.asked == ["2.tif", "3.pdf"]


def test_a_file_in_another_format_than_its_name_says_is_counted_by_its_content(scans):
    many_frames(scans / "x.tif", 20, 20).rename(scans / "x.jpg")
    assert names(scans) == ["x.jpg · 1", "x.jpg · 2"]


@pytest.mark.parametrize("error", [PageUnreadable("Damaged."), PasswordNeeded("Protected.")])
def test_a_file_whose_pages_cannot_be_counted_is_one_page(scans, error):
    put(scans / "1.tif", b"II*\0")
    put(scans / "2.pdf", b"%PDF-1.7")
    left_out = LeftOut()
    count = Count(error)
    assert names(scans, left_out, count_pages=count) == ["1.tif", "2.pdf"]
    assert count.asked == ["1.tif", "2.pdf"]
    assert left_out.count == 0


def test_a_file_whose_counting_was_ended_from_outside_is_one_page_and_says_so(scans):
    put(scans / "1.pdf", b"%PDF-1.7")
    left_out = LeftOut()
    assert names(scans, left_out, count_pages=Count(ReadingInterrupted("It was killed."))) == ["1.pdf"]
    assert [file.why for file in left_out.files] == [Fact.NOT_COUNTED()]


def test_the_real_decoder_counts_pages_too(scans, decoder):
    many_frames(scans / "x.tif", 20, 20)
    assert names(scans, count_pages=decoder.count_pages) == ["x.tif · 1", "x.tif · 2"]


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
    (page,) = Walk(count_pages).find_pages(scans)
    assert (page.size, page.modified) == (path.stat().st_size, 7_000_000_000)


# Cancelling


def test_a_cancelled_walk_ends_between_files(scans):
    draw_pages(scans, 3)
    draw_pages(scans / "sub", 3)
    found = []
    for page in Walk(count_pages, cancelled=lambda: len(found) >= 2).find_pages(scans):
        found.append(page.name)
    assert found == ["1.png", "2.png"]
