"""The decoding processes: nothing that happens to one of them stops the program, and none outlives it."""

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import children
import pytest
from decoding import UPRIGHT, Room, corners, process_of
from fakes import PATIENCE, many_frames
from test_large_pictures import claim

import ocrdesk
from ocrdesk.engine import own_process
from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.decode import decoder as decoder_module
from ocrdesk.engine.decode.process import Request, _OpenFiles
from ocrdesk.engine.errors import PageUnreadable, ReadingInterrupted


def is_running(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    try:
        if status.exists():
            return status.read_text().rpartition(")")[2].split()[0] != "Z"
        os.kill(pid, 0)
    except (FileNotFoundError, ProcessLookupError):
        return False
    return True


def wait_until(condition) -> None:
    """For what another program does and of which it tells nobody."""
    pause = threading.Event()
    for _ in range(int(PATIENCE / 0.01)):
        if condition():
            return
        pause.wait(0.01)
    raise AssertionError("it did not come to pass")


# Processes


def test_one_process_serves_one_request_after_another(make, started, page):
    decoder = make()
    for _ in range(3):
        decoder.load_page(page)
    assert len(started) == 1


def test_a_process_is_replaced_after_it_served_for_long(make, started, page, monkeypatch):
    monkeypatch.setattr(decoder_module, "SERVED", 2)
    decoder = make()
    for _ in range(3):
        decoder.load_page(page)
    first, second = started
    assert (first.is_alive, second.is_alive) == (False, True)


def test_no_more_processes_are_started_than_there_may_be(make, started, page):
    decoder = make(processes=1)
    sizes = []
    threads = [threading.Thread(target=lambda: sizes.append(decoder.load_page(page).pixels.shape)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert sizes == [(24, 40, 3)] * 4
    assert len(started) == 1


def test_a_process_that_died_while_it_was_idle_is_replaced_without_a_word(make, started, page):
    decoder = make()
    decoder.load_page(page)
    started[0].kill()
    started[0].join(PATIENCE)
    assert corners(decoder.load_page(page).pixels) == UPRIGHT
    assert len(started) == 2


@pytest.mark.parametrize(
    "way", [children.crash, children.crash_in_the_middle_of_a_picture, children.crash_after_asking_for_room]
)
def test_a_file_that_crashes_two_processes_is_called_damaged_and_the_next_is_read(
    make, started, page, monkeypatch, way
):
    decoder = make(way)
    with pytest.raises(PageUnreadable) as caught:
        decoder.load_page(page)
    assert not isinstance(caught.value, ReadingInterrupted)
    assert str(caught.value) == (
        "This file makes its decoder crash, so it is damaged. Copy or scan it again, then retry."
    )
    assert len(started) == 2
    assert not any(process.is_alive for process in started)
    monkeypatch.undo()
    assert corners(decoder.load_page(page).pixels) == UPRIGHT


@pytest.mark.parametrize(
    "way",
    [
        children.be_killed,
        children.be_told_to_end,
        children.crash_once_and_then_be_killed,
        children.crash_at_once,
        children.never_be_ready,
        children.hang_up,
    ],
)
def test_a_process_that_is_ended_from_outside_or_does_not_start_proves_nothing_about_the_file(
    make, started, page, monkeypatch, way
):
    monkeypatch.setattr(own_process, "ENDING_SECONDS", 0.1)
    if way is children.never_be_ready:
        monkeypatch.setattr(decoder_module, "START_SECONDS", 0.1)
    decoder = make(way)
    with pytest.raises(ReadingInterrupted, match="was ended from outside or did not start"):
        decoder.load_page(page)
    assert len(started) == 2
    assert not any(process.is_alive for process in started)
    monkeypatch.undo()
    assert corners(decoder.load_page(page).pixels) == UPRIGHT


def test_the_second_process_that_is_tried_has_opened_no_other_file(make, started, page, scans, monkeypatch):
    """An earlier file may have damaged what it left idle."""
    decoder = make(children.crash_at_the_second_request, processes=2)
    room = decoder._room = Room()
    threads = [threading.Thread(target=decoder.count_pages, args=(page,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in threads:
        assert room.asked.acquire(timeout=PATIENCE)
    room.door.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(started) == 2
    assert decoder.count_pages(page) == children.COUNT
    assert len(started) == 3


def test_a_process_that_hangs_is_ended_and_the_next_page_is_read(make, started, page, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(decoder_module, "SECONDS", 0.1)
        patched.setattr(decoder_module, "serve", children.hang)
        decoder = make()
        with pytest.raises(PageUnreadable, match=r"took longer than 0 seconds, so it was given up\. Save it") as caught:
            decoder.load_page(page)
    assert type(caught.value).__module__.startswith("ocrdesk.")
    assert len(started) == 1, "what hung once is not tried again"
    assert not started[0].is_alive
    assert decoder._idle == []
    assert corners(decoder.load_page(page).pixels) == UPRIGHT


def test_time_is_counted_in_steps_so_that_a_suspended_computer_costs_one_step_at_most(one, page):
    """After a night's sleep, or Ctrl+Z, a single wait comes back at once with nothing, however long it was to be."""
    one.load_page(page)
    (process,), waits = one._idle, []

    class Connection:
        def poll(self, seconds):
            waits.append(seconds)
            return len(waits) > 3

        def recv(self):
            return "answer"

    process._connection, connection = Connection(), process._connection
    assert process._receive(3.5) == "answer"
    assert waits == [1, 1, 1, 0.5]
    waits.clear()
    with pytest.raises(PageUnreadable, match="took longer than 3 seconds"):
        process._receive(3.0)
    assert waits == [1, 1, 1]
    process._connection = connection


@pytest.mark.parametrize(("megabytes", "seconds"), [(0, 15.0), (20, 35.0)])
def test_a_large_file_may_take_longer(one, scans, monkeypatch, megabytes, seconds):
    path = scans / "notes.png"
    with path.open("wb") as file:
        file.write(b"words")
        file.truncate(max(5, megabytes * 1_000_000))
    waited = []
    really_receive = decoder_module._Process._receive
    monkeypatch.setattr(
        decoder_module._Process, "_receive", lambda self, most: (waited.append(most), really_receive(self, most))[1]
    )
    with pytest.raises(PageUnreadable):
        one.load_page(path)
    assert waited[-1] == pytest.approx(seconds, abs=0.01)


@pytest.mark.skipif(sys.platform == "win32", reason="has other signals")
def test_an_interrupt_is_left_to_the_program(one, page):
    one.load_page(page)
    before = process_of(one).pid
    os.kill(before, signal.SIGINT)
    one.load_page(page)
    assert process_of(one).pid == before


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere nothing limits memory")
def test_a_file_that_wants_too_much_memory_gets_a_sentence_and_the_process_goes_on(make, started, scans, page):
    decoder = make(children.serve_with_little_memory)
    assert decoder.load_page(page).pixels.shape == (24, 40, 3)
    with pytest.raises(PageUnreadable, match="needs more memory than there is"):
        decoder.load_page(claim(scans / "huge.png", 9000, 9000))
    assert decoder.load_page(page).pixels.shape == (24, 40, 3)
    assert len(started) == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere nobody tells how much memory is taken")
def test_a_process_keeps_nothing_of_a_page_that_it_has_given(make, scans, page):
    """Else there is less room for the next page, and every idle process holds the largest picture it has seen."""

    def taken() -> int:
        status = Path(f"/proc/{process_of(decoder).pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024

    decoder = make()
    decoder.load_page(page)
    before = taken()
    (scans / "large.ppm").write_bytes(b"P6 5000 4000 255\n" + bytes(60_000_000))
    assert decoder.load_page(scans / "large.ppm").pixels.nbytes == 60_000_000
    wait_until(lambda: taken() < before + 30_000_000)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="elsewhere nobody tells which files are open")
def test_a_file_of_several_pages_is_kept_open_for_the_next_page_and_closed_when_none_is_asked_for(make, scans, page):
    path = many_frames(scans / "x.tif", 20, 30)

    def is_open(decoder: Decoder, path: Path) -> bool:
        folder = Path(f"/proc/{process_of(decoder).pid}/fd")
        return any(os.path.realpath(file) == os.path.realpath(path) for file in folder.iterdir())

    decoder = make()
    decoder.load_page(path)
    assert is_open(decoder, path)
    decoder.load_page(page)
    assert not is_open(decoder, path)
    assert not is_open(decoder, page), "it has no other page"
    decoder = make(children.serve_and_close_files_soon)
    decoder.load_page(path)
    wait_until(lambda: not is_open(decoder, path))
    assert decoder.load_page(path, 1).pixels.shape[1] == 30


def test_the_next_page_of_a_file_is_had_from_the_same_opening(scans, page):
    path = many_frames(scans / "x.tif", 20, 30)
    files = _OpenFiles(None)
    opened = files.open(Request(path, 0))
    files.give_back()
    assert files.open(Request(path, 1)) is opened
    assert files.open(Request(path, 1, password="secret")) is not opened
    assert opened._file.closed
    files.close()


# The end


def test_close_ends_all_idle_processes(make, started, page):
    decoder = make(children.count_after_asking_for_room, processes=3)
    room = decoder._room = Room()
    threads = [threading.Thread(target=decoder.count_pages, args=(page,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in threads:
        assert room.asked.acquire(timeout=PATIENCE)
    room.door.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert [process.is_alive for process in started] == [True, True]
    decoder.close()
    assert [process.is_alive for process in started] == [False, False]


def test_a_request_in_flight_when_the_decoder_is_closed_is_answered_and_its_process_ended(make, started, page):
    decoder = make(children.count_after_asking_for_room)
    decoder._room = room = Room()
    counts = []
    thread = threading.Thread(target=lambda: counts.append(decoder.count_pages(page)))
    thread.start()
    assert room.asked.acquire(timeout=PATIENCE)
    decoder.close()
    room.door.set()
    thread.join(PATIENCE)
    assert counts == [children.COUNT]
    assert [process.is_alive for process in started] == [False]


PROGRAM = """
import sys
from pathlib import Path

import children
from ocrdesk.engine import own_process
from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.decode import decoder as decoder_module

if __name__ == "__main__":
    decoder_module.serve = getattr(children, sys.argv[1])
    really_start = decoder_module._Process.__init__

    def start(process):
        really_start(process)
        print(process._process.pid, flush=True)

    decoder_module._Process.__init__ = start
    decoder = Decoder()
    decoder.load_page(Path(sys.argv[2]))
    print("loaded", flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="has other signals")
@pytest.mark.parametrize("child", ["hang", "serve"])
def test_a_process_ends_when_the_program_is_killed_even_while_it_is_busy(tmp_path, page, child):
    (tmp_path / "program.py").write_text(PROGRAM)
    folders = [Path(ocrdesk.__file__).parents[1], Path(children.__file__).parent]
    program = subprocess.Popen(
        [sys.executable, str(tmp_path / "program.py"), child, str(page)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders)), "PYTHONDONTWRITEBYTECODE": "1"},
        text=True,
    )
    with program:
        pid = int(program.stdout.readline())
        if child == "hang":
            wait_until(page.with_suffix(".busy").exists)
        else:
            assert program.stdout.readline() == "loaded\n"
        assert is_running(pid)
        program.kill()
    wait_until(lambda: not is_running(pid))
