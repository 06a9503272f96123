import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from fakes import (
    FIRST_WIDTH,
    PATIENCE,
    BrokenRecognizer,
    FakeRecognizer,
    Maker,
    broken_image,
    draw_pages,
    fill_disk,
    many_frames,
    reading,
)

import ocrdesk
from ocrdesk import runner, terminal_run
from ocrdesk.cli import main
from ocrdesk.engine.document import Line, PageStatus, Reading
from ocrdesk.engine.errors import LibraryError, OcrdeskError, RecognizerBroken
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.library import TWO_DEATHS
from ocrdesk.places import find_places
from ocrdesk.settings import Settings, save_settings
from ocrdesk.terminal_run import run_in_terminal

CHILD = Path(__file__).parent / "terminal_child.py"
ROOT = Path(ocrdesk.__file__).parents[1]


class Terminal:
    """Runs ``ocrdesk run … --jsonl -`` in this program and keeps what was said."""

    def __init__(self, capsys, monkeypatch):
        self._capsys = capsys
        self.maker = Maker()
        self.asked_for: list[str] = []

        def make(name, threads):
            self.asked_for.append(name)
            return self.maker(threads)

        monkeypatch.setattr(terminal_run, "make_recognizer", make)

    def run(self, *words: object) -> tuple[int, list[dict]]:
        """The exit status and the records."""
        status = main(["run", *map(str, words), "--jsonl", "-"])
        self.out, self.err = self._capsys.readouterr()
        return status, [json.loads(record) for record in self.out.splitlines()]


@pytest.fixture
def terminal(qapp, capsys, monkeypatch):
    monkeypatch.setattr(runner, "cores", lambda: 1)
    return Terminal(capsys, monkeypatch)


@pytest.fixture
def kept(own_home):
    """Opens the library after a run."""
    opened = []

    def open_library() -> Library:
        opened.append(Library(own_home))
        return opened[-1]

    yield open_library
    for library in opened:
        library.close()


def files(records: list[dict]) -> list[str]:
    return [Path(record["file"]).name for record in records]


# What is written


def test_a_run_gives_a_record_for_each_page_and_ends_with_0(terminal, scans):
    draw_pages(scans, 3)
    status, records = terminal.run(scans)
    assert status == 0
    assert [Path(record["file"]) for record in records] == [scans / f"{number}.png" for number in (1, 2, 3)]
    assert [record["text"] for record in records] == ["width 20", "width 21", "width 22"]


def test_a_record_has_all_its_fields(terminal, scans):
    draw_pages(scans, 1)

    class TwoLines(FakeRecognizer):
        def read(self, picture):
            below = Line("below", 0.123456, ((1.26, 50.0), (90.0, 50.0), (90.0, 60.0), (1.0, 60.0)))
            above = Line("Größe 发票", 1.0, ((1.0, 10.0), (90.0, 10.0), (90.0, 20.0), (1.0, 20.0)))
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
        "lines": [
            {
                "text": "Größe 发票",
                "confidence": 1.0,
                "polygon": [[1.0, 10.0], [90.0, 10.0], [90.0, 20.0], [1.0, 20.0]],
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
    }
    assert "发票" in terminal.out, "text is written as it is, not escaped"


def test_a_page_that_fails_is_a_record_too_and_the_run_ends_with_1(terminal, scans):
    draw_pages(scans, 2)
    broken_image(scans / "2.png")
    status, records = terminal.run(scans)
    assert status == 1
    assert files(records) == ["1.png", "2.png"]
    failed = records[1]
    assert failed["error"].startswith("The picture is damaged or cut off.")
    assert failed == {
        "file": str(scans / "2.png"),
        "page": 0,
        "status": "failed",
        "text": "",
        "lines": [],
        "rotation": 0,
        "size": None,
        "seconds": None,
        "error": failed["error"],
    }


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


def test_progress_is_on_stderr_and_only_data_on_stdout(terminal, scans):
    draw_pages(scans, 3)
    broken_image(scans / "3.png")
    (scans / "notes.txt").write_text("words")
    terminal.run(scans)
    assert len(terminal.out.splitlines()) == 3
    said = terminal.err.splitlines()
    assert "Left out: 1 file (1 .txt)." in said
    assert any(line.startswith("1/3") and "1.png" in line for line in said)
    assert any(line.startswith("3/3") and "failed: The picture is damaged" in line for line in said)
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
    os.utime(one, ns=(1, 1))
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
    from ocrdesk.engine.intake import Drop, take_in

    take_in(library, Drop([one, two, three]), queued=True)
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


# Nothing to read, and bad use


def test_a_folder_without_pictures_says_what_was_found(terminal, scans):
    (scans / "notes.txt").write_text("words")
    status, records = terminal.run(scans)
    assert (status, records) == (0, [])
    assert f"No pictures in “{scans}”: 1 file (1 .txt)." in terminal.err
    assert "0 of 0 pages read" in terminal.err


def test_an_empty_folder_says_so(terminal, scans):
    assert terminal.run(scans) == (0, [])
    assert f"No pictures in “{scans}”: it is empty." in terminal.err


def test_a_missing_path_is_bad_use_and_nothing_is_read(terminal, scans, own_home):
    draw_pages(scans, 1)
    status, records = terminal.run(scans, scans / "gone")
    assert (status, records) == (2, [])
    assert "gone” does not exist" in terminal.err
    assert not own_home.exists()


def test_a_record_file_that_cannot_be_written_is_bad_use(terminal, scans, capsys):
    draw_pages(scans, 1)
    assert main(["run", str(scans), "--jsonl", str(scans / "no" / "out.jsonl")]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert terminal.maker.made == []


def test_a_library_that_another_program_holds_is_bad_use(terminal, scans, own_home):
    draw_pages(scans, 1)
    library = Library(own_home)
    status, _ = terminal.run(scans)
    library.close()
    assert status == 2
    assert "already running with this library" in terminal.err


# Settings


def test_the_recognizer_and_the_workers_come_from_the_settings_unless_they_are_named(
    terminal, scans, own_home, monkeypatch
):
    monkeypatch.setattr(runner, "cores", lambda: 6)
    monkeypatch.setattr("ocrdesk.cli.available_recognizers", lambda: ["PP-OCRv6", "PP-OCRv4"])
    draw_pages(scans, 1)
    save_settings(own_home, Settings(recognizer="PP-OCRv4", workers=3))
    terminal.run(scans)
    assert (set(terminal.asked_for), set(terminal.maker.threads)) == ({"PP-OCRv4"}, {2})
    draw_pages(scans, 1, first=2)
    terminal.asked_for, terminal.maker = [], Maker()
    terminal.run(scans, "--recognizer", "PP-OCRv6", "--workers", 1)
    assert (set(terminal.asked_for), set(terminal.maker.threads)) == ({"PP-OCRv6"}, {6})


def test_places_decide_where_the_library_is(qapp, terminal, scans, tmp_path):
    draw_pages(scans, 1)
    assert run_in_terminal(find_places(tmp_path / "elsewhere"), [scans]) == 0
    library = Library(tmp_path / "elsewhere")
    assert library.batches()[0].counts.done == 1
    library.close()


# What goes wrong in the middle


def test_a_full_disk_ends_the_run_with_a_sentence_and_the_next_run_goes_on(terminal, scans, monkeypatch):
    draw_pages(scans, 2)

    class Talkative(FakeRecognizer):
        def read(self, picture):
            super().read(picture)
            return reading(*["words " * 200] * 100)

    class SmallDisk(Library):
        def take_up(self, batch_id):
            super().take_up(batch_id)
            fill_disk(self)

    terminal.maker = Maker(Talkative)
    with monkeypatch.context() as patched:
        patched.setattr(terminal_run, "Library", SmallDisk)
        status, records = terminal.run(scans)
    assert (status, records) == (1, [])
    assert "is full. Make room on it, then resume." in terminal.err
    assert "2 left: run the same again to go on" in terminal.err
    status, records = terminal.run(scans)
    assert (status, len(records)) == (0, 2)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no full device to write to")
def test_records_that_cannot_be_written_end_the_run_and_lose_no_page(terminal, scans, capsys):
    draw_pages(scans, 3)
    assert main(["run", str(scans), "--jsonl", "/dev/full"]) == 130
    said = capsys.readouterr()
    assert "The results cannot be written (No space left on device)." in said.err
    assert "Traceback" not in said.err
    status, records = terminal.run(scans)
    assert (status, len(records)) == (0, 3)
    assert terminal.maker.widths_read == [FIRST_WIDTH, FIRST_WIDTH + 1, FIRST_WIDTH + 2], "a page was read twice"


def test_a_recognizer_that_cannot_be_loaded_ends_the_run_with_a_sentence(terminal, scans, monkeypatch):
    draw_pages(scans, 2)

    def fail(name, threads):
        raise RecognizerBroken("The text recognition cannot be loaded.")

    monkeypatch.setattr(terminal_run, "make_recognizer", fail)
    status, records = terminal.run(scans)
    assert (status, records) == (1, [])
    assert "The text recognition cannot be loaded." in terminal.err


def test_an_error_while_pages_are_taken_in_is_told(terminal, scans, monkeypatch):
    draw_pages(scans, 2)

    def fail(*_, **__):
        raise LibraryError("The disk is full.")

    monkeypatch.setattr(Library, "add_pages", fail)
    status, records = terminal.run(scans)
    assert (status, records) == (2, [])
    assert "ocrdesk: The disk is full." in terminal.err


def test_signal_handlers_are_put_back_after_a_run(terminal, scans):
    draw_pages(scans, 1)
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    terminal.run(scans)
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


def test_a_run_that_is_bad_use_raises_a_sentence(qapp, scans, own_home):
    with pytest.raises(OcrdeskError, match="does not exist"):
        run_in_terminal(find_places(None), [scans / "gone"])


# In a program of its own

only_with_signals = pytest.mark.skipif(sys.platform == "win32", reason="has other signals")


def start_child(recognizer: str, *words: object) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, str(CHILD), recognizer, "run", *map(str, words), "--workers", "1", "--jsonl", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        text=True,
        bufsize=1,
    )


def wait_for(child: subprocess.Popen, *expected: str) -> None:
    """Reads what the child says until it has said all this, in any order."""
    missing = set(expected)
    for said in child.stderr:
        missing -= {words for words in missing if words in said}
        if not missing:
            return
    raise AssertionError(f"the child ended without saying {missing}")


@only_with_signals
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_finishes_the_page_in_flight_keeps_it_and_ends_with_130(terminal, scans, kept, number):
    draw_pages(scans, 3)
    child = start_child("AskingRecognizer", scans)
    wait_for(child, "READING")
    print(file=child.stdin)
    wait_for(child, "1/3", "READING")
    child.send_signal(number)
    wait_for(child, "Finishing 1 page… (interrupt again to stop at once)")
    out, err = child.communicate("\n")
    assert child.returncode == 130
    assert files([json.loads(record) for record in out.splitlines()]) == ["1.png", "2.png"]
    assert "2 of 3 pages read, 0 failed, 1 left: run the same again to go on" in err
    library = kept()
    (batch,) = library.batches()
    assert (batch.counts.done, batch.counts.pending, batch.counts.queued) == (2, 1, 0)
    library.close()

    status, records = terminal.run(scans)
    assert status == 0
    assert [record["text"] for record in records] == ["width 20", "width 21", "width 22"]
    assert terminal.maker.widths_read == [FIRST_WIDTH + 2], "a finished page was read again"


@only_with_signals
def test_a_second_interrupt_ends_at_once_and_loses_only_the_page_in_flight(terminal, scans):
    draw_pages(scans, 3)
    child = start_child("AskingRecognizer", scans)
    wait_for(child, "READING")
    print(file=child.stdin)
    wait_for(child, "1/3", "READING")
    child.send_signal(signal.SIGINT)
    wait_for(child, "Finishing 1 page")
    child.send_signal(signal.SIGINT)
    assert child.wait(PATIENCE) == 130  # while its page still waits for a line
    out, _ = child.communicate()
    assert len(out.splitlines()) == 1
    status, records = terminal.run(scans)
    assert (status, len(records)) == (0, 3)
    assert terminal.maker.widths_read == [FIRST_WIDTH + 1, FIRST_WIDTH + 2]


@only_with_signals
def test_a_page_that_takes_the_program_down_is_given_up_at_the_third_run(terminal, scans, kept):
    """Otherwise one bad file could keep a folder from ever being read."""
    draw_pages(scans, 5)
    for _ in range(2):
        child = start_child("CrashingRecognizer", scans)
        child.communicate()
        assert child.returncode == -signal.SIGKILL
    child = start_child("CrashingRecognizer", scans)
    out, _ = child.communicate()
    records = {Path(record["file"]).name: record for record in map(json.loads, out.splitlines())}
    assert child.returncode == 1
    assert {name: record["status"] for name, record in records.items()} == {
        "1.png": "done", "2.png": "done", "3.png": "failed", "4.png": "done", "5.png": "done",
    }  # fmt: skip
    assert records["3.png"]["error"] == TWO_DEATHS
    library = kept()
    assert [page.name for page in library.pages(library.failed_page_ids(1)).values()] == ["3.png"]
    assert library.page(1).status is PageStatus.DONE
