import json
import signal
from pathlib import Path

import pytest
from fakes import (
    FIRST_WIDTH,
    PATIENCE,
    FakeRecognizer,
    Maker,
    draw_pages,
    fill_disk,
    reading,
)
from records import files, only_with_signals, start_child, wait_for

from ocrdesk.cli import run as terminal_run
from ocrdesk.cli.main import main
from ocrdesk.cli.run import run_in_terminal
from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Counts, PageStatus
from ocrdesk.engine.errors import LibraryError, OcrdeskError, RecognizerBroken
from ocrdesk.engine.library import Library, PageFilter
from ocrdesk.places import find_places
from ocrdesk.runner import BatchRunner
from ocrdesk.settings import Settings, save_settings

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


def test_how_pages_are_read_comes_from_the_settings_unless_it_is_named(terminal, scans, own_home, monkeypatch):
    monkeypatch.setattr("ocrdesk.cli.main.available_recognizers", lambda: ["PP-OCRv6", "PP-OCRv4"])
    monkeypatch.setattr("ocrdesk.cli.main.available_devices", lambda: ["auto", "openvino", "onnxruntime"])
    monkeypatch.setattr("ocrdesk.settings.cores", lambda: 4)
    runners = []

    class Watched(BatchRunner):
        def __init__(self, library, decoder, maker, workers, *, quiet):
            super().__init__(library, decoder, maker, workers, quiet=quiet)
            runners.append((workers, quiet))

    def asked_for() -> tuple[object, ...]:
        return *(terminal.asked_for[wish] for wish in ("name", "fast", "device")), *runners[-1]

    monkeypatch.setattr(terminal_run, "BatchRunner", Watched)
    draw_pages(scans, 1)
    save_settings(own_home, Settings(recognizer="PP-OCRv4", mode="quiet", device="onnxruntime", workers=3))
    terminal.run(scans)
    assert asked_for() == ("PP-OCRv4", False, "onnxruntime", 3, True)
    terminal.run(scans, "--recognizer", "PP-OCRv6", "--mode", "fast", "--device", "openvino", "--workers", 1)
    assert asked_for() == ("PP-OCRv6", True, "openvino", 1, False)
    terminal.run(scans, "--mode", "accurate", "--device", "auto")
    assert asked_for() == ("PP-OCRv4", False, "auto", 3, False)
    monkeypatch.setattr("ocrdesk.settings.cores", lambda: 2)
    terminal.run(scans)
    assert asked_for()[3] == 2, "the settings may come from a larger computer"
    terminal.run(scans, "--workers", 8)
    assert asked_for()[3] == 8, "who asks for so many gets them"


def test_what_the_maker_of_recognizers_says_goes_to_stderr(terminal, scans):
    draw_pages(scans, 1)

    class Telling(Maker):
        def __call__(self):
            terminal.asked_for["say"]("The pages are read by the main processor instead.")
            return super().__call__()

    terminal.maker = Telling()
    status, records = terminal.run(scans)
    assert (status, len(records)) == (0, 1)
    assert "The pages are read by the main processor instead.\n" in terminal.err


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
        def read(self, picture, turn=None):
            super().read(picture, turn)
            return reading(*["words " * 200] * 100)

    class SmallDisk(Library):
        def __init__(self, *values, **named):
            super().__init__(*values, **named)
            queue = self.runs.queue

            def queue_and_fill(batch_id, page_ids=None):
                queue(batch_id, page_ids)
                fill_disk(self)

            self.runs.queue = queue_and_fill

    terminal.maker = Maker(Talkative)
    with monkeypatch.context() as patched:
        patched.setattr(terminal_run, "Library", SmallDisk)
        status, records = terminal.run(scans)
    assert (status, records) == (1, [])
    assert "is full. Make room on it, then resume." in terminal.err
    assert "2 left: run the same command again to go on" in terminal.err
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

    def fail():
        raise RecognizerBroken("The text recognition cannot be loaded.")

    terminal.maker = fail
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


def test_the_decoding_processes_end_with_the_run(terminal, scans, started, monkeypatch):
    draw_pages(scans, 2)
    alive = []

    class Looking(FakeRecognizer):
        def read(self, picture, turn=None):
            alive.append(any(process.is_alive for process in started))
            return super().read(picture, turn)

    terminal.maker = Maker(Looking)
    monkeypatch.setattr(terminal_run, "Decoder", Decoder)
    status, records = terminal.run(scans)
    assert (status, [record["text"] for record in records]) == (0, ["width 20", "width 21"])
    assert alive == [True, True]
    assert not any(process.is_alive for process in started)


# In a program of its own


@only_with_signals
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", None)])
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
    assert "2 of 3 pages read, 0 failed, 1 left: run the same command again to go on" in err
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


def run_child(recognizer: str, *words: object) -> tuple[int, dict[str, dict], str]:
    """The exit status, the records by the names of their files, and what was said."""
    child = start_child(recognizer, *words)
    out, err = child.communicate()
    return child.returncode, {Path(record["file"]).name: record for record in map(json.loads, out.splitlines())}, err


@only_with_signals
def test_a_page_that_takes_the_program_down_is_read_last_and_alone_and_fails_only_then(terminal, scans, kept):
    """Otherwise one bad file could keep a folder from ever being read."""
    draw_pages(scans, 5)
    status, records, _ = run_child("CrashingRecognizer", scans)
    assert status == -signal.SIGABRT
    assert list(records) == ["1.png", "2.png"]
    status, records, err = run_child("CrashingRecognizer", scans)
    assert status == 1, err
    assert list(records) == ["1.png", "2.png", "4.png", "5.png", "3.png"]
    assert [record["status"] for record in records.values()] == ["done"] * 4 + ["failed"]
    assert "makes the text recognition crash: it did so twice while it read nothing else" in records["3.png"]["error"]
    assert "4 of 5 pages read, 1 failed (" in err
    library = kept()
    assert [page.name for page in library.pages(library.page_ids(1, PageFilter.FAILED)).values()] == ["3.png"]
    assert library.page(1).status is PageStatus.DONE


@only_with_signals
def test_a_page_on_which_every_process_is_killed_never_fails_and_is_left_each_time(terminal, scans, kept):
    draw_pages(scans, 4)
    assert run_child("KilledRecognizer", scans)[0] == -signal.SIGKILL
    for _ in range(2):
        status, records, err = run_child("KilledRecognizer", scans)
        assert status == 1, err
        assert sorted(records) == ["1.png", "2.png", "4.png"]
        assert "1 page is left, because the process that read it was ended" in err
        assert "3 of 4 pages read, 0 failed, 1 left: run the same command again to go on" in err
    library = kept()
    assert library.batch(1).counts == Counts(total=4, done=3, pending=1, queued=1)
    library.close()
    status, records = terminal.run(scans)
    assert (status, [record["text"] for record in records]) == (0, ["width 20", "width 21", "width 23", "width 22"])
    assert terminal.maker.widths_read == [], "it was read in a process of its own"
