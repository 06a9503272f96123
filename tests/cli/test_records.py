import os
import sys
from contextlib import closing
from pathlib import Path

import pytest
from fakes import (
    FIRST_WIDTH,
    BrokenRecognizer,
    FakeRecognizer,
    Maker,
    broken_image,
    count_pages,
    draw_pages,
    line,
    many_frames,
)
from PIL import Image
from records import files

from ocrdesk.cli.main import main
from ocrdesk.engine.corrections.changes import corrected
from ocrdesk.engine.document import Line, Reading, Word
from ocrdesk.engine.facts import Fact

# What is written


class FormRecognizer(FakeRecognizer):
    def read(self, picture, turn=None):
        places = {"Name": (0, 0), "Anna": (200, 0), "Born": (0, 30), "1911": (200, 30)}
        return Reading(tuple(line(text, *place, 60) for text, place in places.items()), width=400, height=100)


def test_the_way_of_reading_is_told_kept_and_changed_without_reading_again(terminal, scans):
    draw_pages(scans, 1)
    terminal.maker = Maker(FormRecognizer)

    def text(*words):
        _, (record,) = terminal.run(scans, *words)
        return record["text"]

    assert text() == "Name\tAnna\nBorn\t1911"
    assert text("--order", "columns").split() == ["Name", "Born", "Anna", "1911"]
    assert text().split() == ["Name", "Born", "Anna", "1911"]
    assert text("--order", "auto") == "Name\tAnna\nBorn\t1911"


def test_a_line_that_a_person_corrected_says_so(terminal, scans, kept):
    draw_pages(scans, 1)
    terminal.maker = Maker(FormRecognizer)
    terminal.run(scans)
    with closing(kept()) as library:
        (page_id,) = library.page_ids(1)
        (anna,) = (it for it in library.texts.of(page_id).lines if it.text == "Anna")
        library.corrections.keep(page_id, corrected(anna, "Hanna"))
    _, (record,) = terminal.run(scans)
    assert record["text"] == "Name\tHanna\nBorn\t1911"
    assert [it["text"] for it in record["lines"] if it.get("corrected")] == ["Hanna"]
    assert [it["confidence"] for it in record["lines"] if "corrected" in it] == [1]


def test_a_run_gives_a_record_for_each_page_and_ends_with_0(terminal, scans):
    draw_pages(scans, 3)
    status, records = terminal.run(scans)
    assert status == 0
    assert [Path(record["file"]) for record in records] == [scans / f"{number}.png" for number in (1, 2, 3)]
    assert [record["text"] for record in records] == ["width 20", "width 21", "width 22"]


def test_a_record_has_all_its_fields(terminal, scans):
    draw_pages(scans, 1)

    class TwoLines(FakeRecognizer):
        def read(self, picture, turn=None):
            below = Line("below", 0.123456, ((1.26, 50.0), (90.0, 50.0), (90.0, 60.0), (1.0, 60.0)))
            size = Word("Größe", 0.87654321, ((1.0, 10.0), (45.5, 10.0), (45.5, 20.0), (1.0, 20.0)))
            above = Line("Größe 发票", 1.0, ((1.0, 10.0), (90.0, 10.0), (90.0, 20.0), (1.0, 20.0)), (size,))
            return Reading((below, above), width=10, height=20, turn=90)

    terminal.maker = Maker(TwoLines)
    _, (record,) = terminal.run(scans / "1.png")
    seconds = record.pop("seconds")
    assert 0 <= seconds < 60
    assert record == {
        "file": str(scans / "1.png"),
        "page": 0,
        "status": "done",
        "text": "Größe 发票\nbelow",
        "paragraphs": ["Größe 发票 below"],
        "lines": [
            {
                "text": "Größe 发票",
                "confidence": 1.0,
                "polygon": [[1.0, 10.0], [90.0, 10.0], [90.0, 20.0], [1.0, 20.0]],
                "words": [
                    {
                        "text": "Größe",
                        "confidence": 0.8955,  # judged
                        "polygon": [[1.0, 10.0], [45.5, 10.0], [45.5, 20.0], [1.0, 20.0]],
                    }
                ],
            },
            {
                "text": "below",
                "confidence": 0.1235,
                "polygon": [[1.3, 50.0], [90.0, 50.0], [90.0, 60.0], [1.0, 60.0]],
            },
        ],
        "rotation": 90,
        "size": [10, 20],
        "error": None,
        "remark": None,
    }
    assert "发票" in terminal.out, "text is written as it is, not escaped"


def test_a_page_that_fails_is_a_record_too_and_the_run_ends_with_1(terminal, scans):
    draw_pages(scans, 2)
    broken_image(scans / "2.png")
    status, records = terminal.run(scans)
    assert status == 1
    assert files(records) == ["1.png", "2.png"]
    failed = records[1]
    assert failed["error"].startswith("The picture is cut off: only the upper ")
    assert failed == {
        "file": str(scans / "2.png"),
        "page": 0,
        "status": "failed",
        "text": "",
        "paragraphs": [],
        "lines": [],
        "rotation": 0,
        "size": None,
        "seconds": None,
        "error": failed["error"],
        "remark": None,
    }


def test_files_stay_apart_whose_names_differ_only_in_bytes_and_a_remark_is_told(terminal, scans):
    draw_pages(scans, 1)
    content = (scans / "1.png").read_bytes()
    for number, name in enumerate((b"Z\xfcrich.jpg", b"Z\xf6rich.jpg")):
        Path(os.fsdecode(bytes(scans) + b"/" + name)).write_bytes(content + bytes(number))
    (scans / "1.png").unlink()
    _, records = terminal.run(scans)
    assert [Path(record["file"]).name for record in records] == ["Z?rich.jpg"] * 2
    assert [record["file_bytes"].rpartition("/")[2] for record in records] == ["Z%F6rich.jpg", "Z%FCrich.jpg"]
    assert [record["remark"] for record in records] == ["This is a PNG picture, though its name ends in .jpg."] * 2


def test_frames_are_told_apart_by_the_number_of_the_page(terminal, scans):
    many_frames(scans / "x.tif", 30, 31)
    _, records = terminal.run(scans)
    assert [(Path(record["file"]).name, record["page"], record["text"]) for record in records] == [
        ("x.tif", 0, "width 30"),
        ("x.tif", 1, "width 31"),
    ]


@pytest.mark.parametrize("given", [".", "scans", "scans/", "./scans/../scans", "scans/sub", "scans/sub/1.png"])
def test_files_are_named_by_the_path_that_was_given(terminal, scans, monkeypatch, given):
    draw_pages(scans / "sub", 1)
    monkeypatch.chdir(scans.parent)
    _, (record,) = terminal.run(given)
    below = {".": "scans/sub/1.png", "scans/sub": "1.png", "scans/sub/1.png": ""}.get(given, "sub/1.png")
    assert record["file"] == os.fspath(Path(given) / below)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems forbid such names")
def test_names_that_are_no_valid_unicode_can_be_written(terminal, scans):
    (path,) = draw_pages(scans, 1)
    path.rename(Path(os.fsdecode(os.fsencode(scans) + b"/sc\xffn.png")))
    status, (record,) = terminal.run(scans)
    assert (status, record["file"]) == (0, f"{scans}/sc?n.png")


def test_records_can_be_written_to_a_file(terminal, scans, tmp_path, capsys):
    draw_pages(scans, 2)
    target = tmp_path / "out.jsonl"
    assert main(["run", str(scans), "--jsonl", str(target)]) == 0
    assert capsys.readouterr().out == ""
    assert len(target.read_text(encoding="utf-8").splitlines()) == 2


def test_without_a_place_for_records_nothing_is_written_to_stdout(terminal, scans, capsys):
    draw_pages(scans, 2)
    assert main(["run", str(scans)]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "2 of 2 pages read" in said.err


def test_a_page_that_could_not_be_read_says_so_in_its_record_and_in_the_progress(terminal, scans):
    draw_pages(scans, 1)

    class Blind(FakeRecognizer):
        def read(self, picture, turn=None):
            return Reading((), width=10, height=20, unread=1.0)

    terminal.maker = Maker(Blind)
    status, (record,) = terminal.run(scans)
    remark = f"{Fact.MUCH_UNREAD()} {Fact.LANGUAGES_MISSING()}"
    assert (status, record["status"], record["lines"], record["remark"]) == (0, "done", [], remark)
    assert f"1.png  0 lines  {remark}" in terminal.err


def test_progress_is_on_stderr_and_only_data_on_stdout(terminal, scans):
    draw_pages(scans, 3)
    broken_image(scans / "3.png")
    (scans / "notes.txt").write_text("words")
    terminal.run(scans)
    assert len(terminal.out.splitlines()) == 3
    said = terminal.err.splitlines()
    assert "Skipped: 1 file (1 .txt)." in said
    assert any(line.startswith("1/3") and "1.png" in line for line in said)
    assert any(line.startswith("3/3") and "failed: The picture is cut off" in line for line in said)
    assert said[-1].startswith("2 of 3 pages read, 1 failed")


# Again


def test_a_repeated_run_reads_nothing_again_and_gives_equal_records(terminal, scans):
    draw_pages(scans, 3)
    broken_image(scans / "2.png")
    first_status, first = terminal.run(scans)
    terminal.maker = Maker(BrokenRecognizer)
    second_status, second = terminal.run(scans)
    assert terminal.maker.made == []
    assert (second_status, second) == (first_status, first)
    assert [record["seconds"] for record in second] == [record["seconds"] for record in first]


def test_a_repeated_run_reads_only_what_is_new_or_has_changed(terminal, scans):
    one, _ = draw_pages(scans, 2)
    terminal.run(scans)
    draw_pages(scans, 1, first=5)
    Image.new("L", (FIRST_WIDTH, 10), 9).save(one)
    terminal.maker = Maker()
    status, records = terminal.run(scans)
    assert status == 0
    assert sorted(files(records)) == ["1.png", "2.png", "5.png"]
    assert terminal.maker.widths_read == [FIRST_WIDTH, FIRST_WIDTH + 4]


def test_failed_pages_are_read_again_only_on_request(terminal, scans):
    _, two = draw_pages(scans, 2)
    broken_image(two)
    assert terminal.run(scans)[0] == 1
    changed = two.stat()
    draw_pages(scans, 1, first=2)
    os.truncate(two, 0)
    two.write_bytes((scans / "1.png").read_bytes().ljust(changed.st_size, b"\0"))
    os.utime(two, ns=(changed.st_atime_ns, changed.st_mtime_ns))
    terminal.maker = Maker()
    assert terminal.run(scans)[0] == 1
    assert terminal.maker.widths_read == []
    status, records = terminal.run(scans, "--retry-failed")
    assert status == 0
    assert [record["status"] for record in records] == ["done", "done"]
    assert terminal.maker.widths_read == [FIRST_WIDTH]


def test_a_run_is_restricted_to_the_paths_given(terminal, scans, kept):
    one, two, three = draw_pages(scans, 3)
    draw_pages(scans.parent / "other", 1)
    library = kept()
    batch_id = library.batch_of_folder(scans, whole=False)
    library.close()
    status, records = terminal.run(two)
    assert (status, files(records)) == (0, ["2.png"])
    status, records = terminal.run(one, three)
    assert (status, files(records)) == (0, ["1.png", "3.png"])
    library = kept()
    assert library.batch(batch_id).counts.total == 3
    assert len(library.batches()) == 1


def test_pages_of_the_same_batch_that_were_not_named_stay_unread(terminal, scans, kept):
    one, two, three = draw_pages(scans, 3)
    library = kept()
    batch_id = library.batch_of_folder(scans, whole=False)
    from ocrdesk.engine.intake.drops import Drop, find_pages

    find_pages(library, Drop([one, two, three]), count_pages, queued=True)
    library.close()
    status, records = terminal.run(two)
    assert (status, files(records)) == (0, ["2.png"])
    assert terminal.maker.widths_read == [FIRST_WIDTH + 1]
    assert kept().batch(batch_id).counts.pending == 2


def test_several_folders_and_files_are_read_in_one_run(terminal, scans):
    draw_pages(scans / "a", 2)
    draw_pages(scans / "b", 1)
    (loose,) = draw_pages(scans, 1, first=9)
    status, records = terminal.run(scans / "a", scans / "b", loose, scans / "a")
    assert status == 0
    assert [record["file"] for record in records] == [
        str(scans / "a" / "1.png"), str(scans / "a" / "2.png"), str(scans / "b" / "1.png"), str(scans / "9.png"),
    ]  # fmt: skip
