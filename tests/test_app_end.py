"""The end of the window, seen from outside: whatever hangs in it, the program leaves."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from fakes import PATIENCE, draw_pages

import ocrdesk
from ocrdesk.engine.library import Library

CHILD = Path(__file__).with_name("closing_child.py")
ROOT = Path(ocrdesk.__file__).parents[1]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has other signals")


@contextmanager
def window(hangs: str, *words: object):
    child = subprocess.Popen(
        [sys.executable, str(CHILD), hangs, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        text=True,
    )
    with child:
        try:
            yield child
        finally:
            child.kill()


def statuses(home: Path) -> list[str]:
    library = Library(home, writable=False)
    try:
        return [page.status.value for page in library.pages(library.page_ids(1)).values()]
    finally:
        library.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_closes_the_window(number, own_home):
    with window("nothing") as child:
        assert child.stdout.readline() == "SHOWN\n"
        child.send_signal(number)
        assert child.stdout.readline() == "HIDDEN\n"
        assert child.wait(PATIENCE) == 0


def test_a_thumbnail_that_hangs_keeps_no_hidden_program(scans, own_home):
    draw_pages(scans, 1)
    with window("thumbnail", scans) as child:
        assert child.stdout.readline() == "HANGS\n"
        child.send_signal(signal.SIGTERM)
        child.communicate(timeout=PATIENCE)
        assert child.returncode == 0
    Library(own_home).close()  # nobody holds it


def test_a_session_that_ends_without_asking_the_window_is_not_held_up(scans, own_home):
    draw_pages(scans, 1)
    with window("session", scans) as child:
        assert child.stdout.readline() == "HANGS\n"
        child.communicate(timeout=PATIENCE)
        assert child.returncode == 0
    Library(own_home).close()


def test_a_page_that_hangs_is_left_and_waits_for_the_next_start(scans, own_home):
    draw_pages(scans, 1)
    with window("page", scans) as child:
        assert child.stdout.readline() == "HANGS\n"
        child.send_signal(signal.SIGTERM)
        child.communicate(timeout=PATIENCE)
        assert child.returncode == 0
    assert statuses(own_home) == ["pending"]


def test_who_interrupts_twice_ends_it_at_once(scans, own_home):
    draw_pages(scans, 1)
    with window("page", scans) as child:
        assert child.stdout.readline() == "HANGS\n"
        child.send_signal(signal.SIGINT)
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=PATIENCE)
        assert child.returncode in (0, 130)
    assert statuses(own_home) == ["pending"]
