"""Every way in which a run is ended from outside, or loses those who listen to it."""

import json
import os
import signal
import threading

import pytest
from fakes import PATIENCE, draw_pages
from records import files, only_with_signals, start_child, wait_for

from ocrdesk.cli import run as terminal_run
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.runs import Runs

# Interrupts


def test_an_interrupt_between_two_folders_takes_in_no_more(terminal, scans, monkeypatch, interrupt, kept):
    for name in ("a", "b", "c"):
        draw_pages(scans / name, 1)
    taken, take_in = [], terminal_run.find_pages

    def interrupted(library, drop, *values):
        take_in(library, drop, *values)
        taken.append(drop.paths[0].name)
        if len(taken) == 2:
            interrupt()

    monkeypatch.setattr(terminal_run, "find_pages", interrupted)
    status, records = terminal.run(scans / "a", scans / "b", scans / "c")
    assert status == 130
    assert taken == ["a", "b"]
    assert len(records) <= 1
    assert "run the same command again to go on" in terminal.err or len(records) == 1
    library = kept()
    assert sum(batch.counts.queued for batch in library.batches()) == 0


def test_an_interrupt_while_the_library_is_being_written_waits_for_no_lock(terminal, scans, monkeypatch, interrupt):
    draw_pages(scans, 3)
    claim_next, first = Runs.claim_next, threading.Lock()

    def interrupted(runs, batch_id):
        if first.acquire(blocking=False):  # twice would end the run at once
            with runs._connection.write():
                interrupt()
        return claim_next(runs, batch_id)

    monkeypatch.setattr(Runs, "claim_next", interrupted)
    status, records = terminal.run(scans)
    assert status == 130
    assert 1 <= len(records) < 3, "the pages in flight are finished"


def test_an_interrupt_before_the_library_is_open_reads_nothing(terminal, scans, monkeypatch, interrupt):
    draw_pages(scans, 1)

    class Interrupting(Library):
        def __init__(self, *values):
            super().__init__(*values)
            interrupt()

    monkeypatch.setattr(terminal_run, "Library", Interrupting)
    assert terminal.run(scans) == (130, [])
    assert terminal.maker.made == []


@only_with_signals
def test_a_run_that_outlives_its_terminal_is_read_to_its_end(scans):
    draw_pages(scans, 2)
    child = start_child("AskingRecognizer", scans, shell='trap "" HUP; exec "$@"')
    wait_for(child, "READING")
    child.send_signal(signal.SIGHUP)
    out, err = child.communicate("\n\n", PATIENCE)
    assert child.returncode == 0
    assert len(out.splitlines()) == 2
    assert "2 of 2 pages read" in err


@pytest.mark.qt_no_exception_capture
def test_an_error_that_nobody_expects_ends_the_run_with_a_sentence(terminal, scans, monkeypatch):
    draw_pages(scans, 2)

    def fail(*_):
        raise LibraryError("The disk does not answer.")

    monkeypatch.setattr(Library, "page", fail)
    status, records = terminal.run(scans)
    assert (status, records) == (2, [])
    assert "ocrdesk: The disk does not answer." in terminal.err


# Streams that are closed


@only_with_signals
def test_a_run_to_which_nobody_listens_goes_on_in_silence(scans):
    draw_pages(scans, 20)
    child = start_child("FakeRecognizer", scans)
    wait_for(child, "1/20")
    child.stderr.close()
    records = [json.loads(line) for line in child.stdout]
    assert child.wait(PATIENCE) == 0
    assert len(records) == 20
    child.stdin.close()
    child.stdout.close()


@only_with_signals
def test_without_a_place_to_speak_nothing_gets_among_the_records(scans):
    draw_pages(scans, 2)
    child = start_child("FakeRecognizer", scans, shell='exec "$@" 2>&-')
    out, err = child.communicate(timeout=PATIENCE)
    assert (child.returncode, err) == (0, "")
    assert files([json.loads(line) for line in out.splitlines()]) == ["1.png", "2.png"]


@only_with_signals
def test_records_that_nobody_reads_any_more_end_the_run_like_an_interrupt(scans, kept):
    draw_pages(scans, 3)
    child = start_child("AskingRecognizer", scans)
    wait_for(child, "READING")
    child.stdout.close()
    print(file=child.stdin)
    wait_for(child, "1/3")
    child.stdin.write("\n\n")
    child.stdin.close()
    said = child.stderr.read()
    child.stderr.close()
    assert child.wait(PATIENCE) == 130
    assert "Traceback" not in said and "Exception ignored" not in said
    (batch,) = kept().batches()
    assert batch.counts.done in (1, 2)
    assert batch.counts.queued == 0


@only_with_signals
def test_without_a_place_for_the_records_nothing_is_read(scans):
    draw_pages(scans, 1)
    child = start_child("FakeRecognizer", scans, shell='exec "$@" >&-')
    _, err = child.communicate(timeout=PATIENCE)
    assert child.returncode == 2
    assert "standard output is closed" in err


# What is no file


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no such files")
@pytest.mark.timeout(20)
def test_a_pipe_is_refused_and_not_opened(terminal, scans):
    os.mkfifo(scans / "pipe.png")
    assert terminal.run(scans / "pipe.png") == (2, [])
    assert "pipe.png” is a pipe, not a file. Name files and folders." in terminal.err


# A start meanwhile


@only_with_signals
def test_a_start_waits_for_a_run_that_is_about_to_end(scans):
    draw_pages(scans, 2)
    first = start_child("AskingRecognizer", scans)
    wait_for(first, "READING")
    second = start_child("FakeRecognizer", scans)
    _, err = second.communicate(timeout=PATIENCE)
    assert second.returncode == 2, "one that is simply running is not waited for"
    assert "already running" in err
    first.send_signal(signal.SIGINT)
    wait_for(first, "Finishing 1 page")
    second = start_child("FakeRecognizer", scans)
    wait_for(second, "still finishing its last pages")
    first.communicate("\n", PATIENCE)
    assert first.returncode == 130
    out, _ = second.communicate(timeout=PATIENCE)
    assert second.returncode == 0
    assert len(out.splitlines()) == 2
