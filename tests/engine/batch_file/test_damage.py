"""Files that are damaged, or made to harm: a sentence, and nothing is left behind."""

import json
import os
import random
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import batch_of
from hostile import damaged, members, pack, with_first_line, with_first_page, with_header
from saved import held, jpeg, source

from ocrdesk.engine.batch_file import open_batch, save_batch, zipped
from ocrdesk.engine.batch_file.records import MEASURED
from ocrdesk.engine.document import Correction
from ocrdesk.engine.errors import BatchFileUnreadable, ExportFailed, OcrdeskError
from ocrdesk.engine.library import Library


@pytest.fixture
def sender(whole) -> Iterator[Library]:
    """What the good file was saved from."""
    with closing(Library(whole.parent / "library")) as library:
        yield library


def refused(library: Library, file: Path) -> str:
    """The sentence with which a file is refused; nothing of it is there."""
    with pytest.raises(BatchFileUnreadable) as error:
        open_batch(library, file)
    assert library.batches() == []
    opened = library.folder / "opened"
    assert not opened.exists() or list(opened.iterdir()) == []
    assert str(error.value).startswith("“a.ocrdesk” ")
    assert str(error.value).endswith(".")
    return str(error.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no such files")
@pytest.mark.timeout(20)
def test_a_pipe_is_no_saved_batch_and_is_not_opened(library, file):
    os.mkfifo(file)
    assert refused(library, file) == "“a.ocrdesk” is a pipe, not a file. Choose a saved batch."


def test_something_else_is_no_saved_batch(other, file):
    for content in (b"", b"%PDF-1.7", b"PK"):
        file.write_bytes(content)
        assert "is not a saved batch" in refused(other, file)
    assert "is not a saved batch" in refused(other, pack(file, {"word/document.xml": b"<a/>"}))
    assert "is not a saved batch" in refused(other, pack(file, {"batch.json": b"[]"}))


def test_a_file_that_is_not_there_and_a_folder_are_told_as_such(other, file):
    assert "is not there" in refused(other, file)
    file.mkdir()
    assert refused(other, file) if os.name == "nt" else "is a folder" in refused(other, file)


def test_a_newer_one_says_so(other, saved):
    assert "made by a newer ocrdesk. Install the newest" in refused(other, with_header(saved, version=2))


@pytest.mark.parametrize("length", [0.2, 0.9, 0.99])
def test_one_that_is_cut_off_is_refused(other, saved, length):
    whole = saved.read_bytes()
    saved.write_bytes(whole[: int(len(whole) * length)])
    assert "is damaged or cut off" in refused(other, saved)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("version", "1"), ("version", True), ("version", -1), ("name", 5), ("name", " "), ("name", "\ud800"),
        ("folder", None), ("whole_folder", 1), ("with_pictures", None), ("pages", 8), ("pages", 10), ("pages", -1),
        ("pages", 10**12), ("pages", 9.0), ("way", "sideways"), ("way", None), ("regions", {}),
        ("regions", [[0, 0, 1, 1]]), ("regions", [[0, 0, 1, 2, True]]), ("regions", [[0, 0, 1, 1, True]] * 2000),
        ("own_fields", {}), ("own_fields", [{"name": "a"}]),
        ("own_fields", [{"name": "a", "label": "b", "side": "left", "words": 1}]),
    ],
)  # fmt: skip
def test_a_header_that_cannot_be_is_refused(other, saved, name, value):
    refused(other, with_header(saved, **{name: value}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("file", "../1.png"), ("file", "/etc/passwd"), ("file", "a/../../b"), ("file", "a//b"), ("file", ""),
        ("file", "a\0b"), ("file", 7), ("file", "x" * 5000), ("file", "\ud800"), ("file", "."), ("was", 5),
        ("frame", -1), ("frame", True), ("frame", 10**30), ("frame", 1.5), ("name", None), ("name", "\udc80"),
        ("size", -1), ("size", 2**63), ("modified", 2**63), ("status", "running"), ("status", ["done"]),
        ("message", 1), ("line_count", 7), ("line_count", None), ("confidence", 1.1), ("confidence", -0.1),
        ("confidence", "1"), ("seconds", 10**400), ("seconds", None), ("width", -1), ("width", None), ("turn", 45),
        ("turn", 90.0), ("rotation", None), ("content", "zz" * 16), ("content", "00"), ("as_picture", 1),
        ("locked", None), ("fields", []), ("fields", {"total": 5}),
        ("turn_wanted", 1), ("way", "sideways"), ("lines", None), ("lines", [5]), ("lines", {}),
        ("mode_wanted", "quiet"), ("read_at", -1), ("read_at", 10**12),
        ("scan", []), ("scan", {}), ("scan", {"letter": 12}), ("scan", dict.fromkeys(MEASURED, "1")),
        ("scan", dict.fromkeys(MEASURED, -1)), ("scan", dict.fromkeys((*MEASURED, "more"), 1)),
        ("rules", {}), ("rules", [5]), ("rules", [[0, 0, 1]]), ("rules", [[0, 0, 1, 0.5]]), ("rules", [[0, 0, 1, "1"]]),
        ("rules", [[0, 0, 1, 10**9]]), ("rules", [[0, 0, 1, True]]), ("rules", [[0, 0, 1, 1]] * 2000),
    ],
)  # fmt: skip
def test_a_page_that_cannot_be_is_refused(other, saved, name, value):
    refused(other, with_first_page(saved, **{name: value}))


def test_a_page_of_a_file_that_was_saved_before_rules_were_kept_has_none(other, saved):
    contents = members(saved)
    records = [json.loads(record) for record in contents["pages.jsonl"].splitlines()]
    for record in records:
        del record["rules"]
    pages = b"".join(json.dumps(record).encode() + b"\n" for record in records)
    batch_id = open_batch(other, pack(saved, contents | {"pages.jsonl": pages}))
    opened = other.saved.pages(other.page_ids(batch_id))
    assert {page.values["rules"] for _, _, page in opened} == {None}


def test_words_that_were_saved_before_rivals_and_heights_were_kept_have_none(other, saved):
    contents = members(saved)
    records = [json.loads(record) for record in contents["pages.jsonl"].splitlines()]
    assert {rival[2] for rival in next(line["rivals"] for record in records for line in record["lines"])} == {"𝟛", ""}
    for line in (line for record in records for line in record["lines"]):
        line.pop("rivals", None)
        line.pop("white", None)
    pages = b"".join(json.dumps(record).encode() + b"\n" for record in records)
    batch_id = open_batch(other, pack(saved, contents | {"pages.jsonl": pages}))
    lines = [line for page_id in other.page_ids(batch_id) for line in other.texts.lines(page_id)]
    assert {(word.rivals, word.across) for line in lines for word in line.words} == {((), (0.0, 1.0))}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", 1), ("text", "\ud800"), ("confidence", 2), ("confidence", None), ("polygon", [0] * 7),
        ("polygon", [1e30] * 8), ("polygon", [None] * 8), ("polygon", "12345678"), ("words", None),
        ("words", [[0, 1, 0, 1]]), ("words", [[0, 999, 0, 1, 1]]), ("words", [[2, 1, 0, 1, 1]]),
        ("words", [[-1, 1, 0, 1, 1]]), ("words", [[0, 1, 0, 1.5, 1]]), ("words", [[0, 1, 0, 1, "1"]]),
        ("rivals", None), ("rivals", [[0, 1, "a"]]), ("rivals", [[99, 1, "a", 1]]), ("rivals", [[-1, 1, "a", 1]]),
        ("rivals", [[0, 2, "a", 1]]), ("rivals", [[0, 1, "ab", 1]]), ("rivals", [[0, 1, "\ud800", 1]]),
        ("rivals", [[0, 1, "a", 1.5]]), ("rivals", ["word"]), ("white", None), ("white", []), ("white", [[0, 256]] * 2),
        ("white", [[200, 100]] * 2), ("white", [[0, -1]] * 2), ("white", [[0.5, 0]] * 2), ("white", [5, 5]),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_is_refused(other, saved, name, value):
    refused(other, with_first_line(saved, **{name: value}))


PLACE = [0, 0, 9, 0, 9, 9, 0, 9]
CORRECTION = {
    "polygon": PLACE, "after": "Zwölf", "numbers": [0], "before": "Zwolf", "checked": [[0, 2]], "follows": PLACE,
    "made": "2026-01-31 12:00:00",
}  # fmt: skip


def test_a_correction_that_can_be_is_taken(other, saved):
    (it,) = (
        it
        for page_id in other.page_ids(open_batch(other, with_first_page(saved, corrections=[CORRECTION])))
        for it in other.corrections.of(page_id)
        if it.made == CORRECTION["made"]
    )
    place = ((0, 0), (9, 0), (9, 9), (0, 9))
    expected = Correction(place, "Zwölf", (0,), "Zwolf", ((0, 2),), (place,), CORRECTION["made"])
    assert replace(it, id=0, page_id=0) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("polygon", None), ("polygon", [0] * 7), ("polygon", [1e30] * 8), ("after", 1), ("after", "\ud800"),
        ("after", "x" * 2_000_000), ("numbers", None), ("numbers", [1]), ("numbers", [-1]), ("numbers", [0, 0]),
        ("numbers", [False]), ("numbers", [0.0]), ("before", None), ("before", 5), ("checked", {}), ("checked", [[0]]),
        ("checked", [[0, 6]]), ("checked", [[2, 1]]), ("checked", [[0, "1"]]), ("follows", [1]), ("follows", {}),
        ("follows", [None] * 8), ("made", None), ("made", "now"), ("made", "2026-01-31 12:00:00 "),
    ],
)  # fmt: skip
def test_a_correction_that_cannot_be_is_refused(other, saved, name, value):
    refused(other, with_first_page(saved, corrections=[CORRECTION | {name: value}]))


@pytest.mark.parametrize("corrections", [None, {}, [5], [CORRECTION] * 10_001])
def test_what_are_no_corrections_is_refused(other, saved, corrections):
    refused(other, with_first_page(saved, corrections=corrections))


def test_a_file_that_was_saved_before_there_were_corrections_has_none(other, saved):
    contents = members(saved)
    records = [json.loads(record) for record in contents["pages.jsonl"].splitlines()]
    assert sum(bool(record.pop("corrections", None)) for record in records)
    pages = b"".join(json.dumps(record).encode() + b"\n" for record in records)
    batch_id = open_batch(other, pack(saved, contents | {"pages.jsonl": pages}))
    assert not any(page.corrections for _, _, page in other.saved.pages(other.page_ids(batch_id)))
    assert other.batch(batch_id).counts.corrected == 0


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "1" * 5000])
def test_what_is_no_number_is_refused(other, saved, number):
    contents = members(saved)
    contents["pages.jsonl"] = contents["pages.jsonl"].replace(b'"seconds":0.1,', f'"seconds":{number},'.encode())
    refused(other, pack(saved, contents))


@pytest.mark.parametrize("content", [b"", b"\n", b"[" * 100_000, b"\xff\xfe", b'{"file"', b"null\n" * 9])
@pytest.mark.parametrize("member", ["pages.jsonl", "batch.json"])
def test_what_is_no_json_is_refused(other, saved, member, content):
    refused(other, pack(saved, members(saved) | {member: content}))


def test_members_that_are_missing_or_twice_are_told(other, saved):
    contents = members(saved)
    for missing in ("pages.jsonl", "left_out.jsonl"):
        refused(other, pack(saved, {name: content for name, content in contents.items() if name != missing}))
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(pack(saved, contents), "a") as archive:
        archive.writestr("pages.jsonl", b"")
    assert "twice" in refused(other, saved)


def test_pages_that_are_twice_are_refused(other, saved):
    contents = members(saved)
    first, _, *rest = contents["pages.jsonl"].splitlines()
    contents["pages.jsonl"] = b"\n".join([first, first, *rest])
    assert "page 2 is there twice" in refused(other, pack(saved, contents))


def test_left_out_files_that_lead_elsewhere_are_refused(other, saved):
    for record in ({"file": "../x", "why": "x"}, {"file": "x"}, []):
        refused(other, pack(saved, members(saved) | {"left_out.jsonl": json.dumps(record).encode()}))


def test_more_than_a_file_can_honestly_hold_is_not_unpacked(other, saved, monkeypatch):
    contents = members(saved) | {"pages.jsonl": b" " * 30_000_000}
    assert "too large" in refused(other, pack(saved, contents, zipfile.ZIP_DEFLATED))
    contents = members(saved) | {"pages.jsonl": members(saved)["pages.jsonl"] + b"{}\n" * 5_000_000}
    refused(other, pack(saved, contents, zipfile.ZIP_DEFLATED))
    monkeypatch.setattr(zipped, "MOST_OF_A_LINE", 100)
    assert "too large" in refused(other, saved)


def test_pictures_that_are_compressed_are_not_unpacked(other, saved):
    contents = members(saved)
    with zipfile.ZipFile(saved, "w") as archive:
        for name, content in contents.items():
            is_bomb = name.startswith("pictures/")
            kind = zipfile.ZIP_DEFLATED if is_bomb else zipfile.ZIP_STORED
            archive.writestr(zipfile.ZipInfo(name), bytes(10_000_000) if is_bomb else content, kind)
    assert "is compressed" in refused(other, saved)


def test_pictures_that_lie_over_each_other_are_not_unpacked_without_end(other, saved):
    contents = members(saved)
    pages = [json.loads(line) for line in contents["pages.jsonl"].splitlines()]
    names = dict.fromkeys(f"pictures/{page['file']}" for page in pages)
    with zipfile.ZipFile(saved, "w") as archive:
        for name, content in contents.items():
            if name not in names:
                archive.writestr(name, content)
        inner, infos = bytes(300_000), []
        for name in names:  # each holds the ones before it, so that their bytes count many times
            info = zipfile.ZipInfo(name)
            info.file_size = info.compress_size = len(inner)
            info.CRC = zlib.crc32(inner)
            inner = info.FileHeader() + inner
            infos.append((info, len(inner)))
        begin = archive.fp.tell()
        archive.fp.write(inner)
        for info, length in infos:
            info.header_offset = begin + len(inner) - length
            archive.filelist.append(info)
        archive.start_dir = archive.fp.tell()
    assert "more pictures than there is room for" in refused(other, saved) or sys.version_info >= (3, 11, 8)


def test_what_another_program_packed_otherwise_is_refused(other, saved):
    refused(other, pack(saved, members(saved), zipfile.ZIP_BZIP2))
    refused(other, pack(saved, members(saved), zipfile.ZIP_LZMA))


def test_a_thumbnail_that_is_damaged_is_left_out(sender, other, saved):
    save_batch(sender, 1, saved, thumbnail=jpeg)
    contents = members(saved)
    contents["thumbnails/00001.jpg"] = bytes(1_000_000)
    kept = []
    opened = open_batch(other, pack(saved, contents), keep_thumbnail=lambda page, content: kept.append(page.name))
    assert len(kept) == 4
    assert held(other, opened) == held(sender, 1)


def test_what_a_later_version_adds_is_no_matter(sender, other, saved):
    with_header(saved, mood="good")
    with_first_page(saved, mood="good")
    assert held(other, open_batch(other, saved)) == held(sender, 1)


def test_any_damage_gives_a_sentence_or_a_good_batch(sender, other, saved):
    whole, chance = saved.read_bytes(), random.Random(7)
    outcomes = set()
    for _ in range(int(os.environ.get("OCRDESK_DAMAGES", "60"))):
        saved.write_bytes(damaged(whole, chance))
        before = {batch.id for batch in other.batches()}
        folders = set((other.folder / "opened").glob("*"))
        try:
            opened = open_batch(other, saved)
        except OcrdeskError as error:
            assert str(error).endswith(".")
            assert {batch.id for batch in other.batches()} == before
            assert set((other.folder / "opened").glob("*")) == folders
            outcomes.add("refused")
        else:
            assert len(held(other, opened)) == len(held(sender, 1))
            outcomes.add("opened")
    assert "refused" in outcomes


def test_a_file_that_was_read_is_never_written_over(library, scans, file):
    file.write_bytes(b"a picture")
    batch_id, _ = batch_of(library, 1, scans)
    library.add_pages(batch_id, [source(file.parent, file.name)])
    with pytest.raises(ExportFailed, match="was read as a page"):
        save_batch(library, batch_id, file)
    link = file.with_name("link.ocrdesk")
    link.symlink_to(file)
    with pytest.raises(ExportFailed, match="was read as a page"):
        save_batch(library, batch_id, link)
    assert file.read_bytes() == b"a picture"


def test_a_batch_that_is_gone_is_not_saved(library, file):
    with pytest.raises(OcrdeskError, match="removed in the meantime"):
        save_batch(library, 7, file)
    assert not file.exists()
