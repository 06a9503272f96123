"""What all tests share: a home of their own, a library, and folders of drawn pages."""

import gc
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import kept_compiled  # noqa: F401 - before all that follows
import pytest
from fakes import PATIENCE, LentDecoder, open_library
from pytestqt.qtbot import QtBot

from ocrdesk.cli import main as cli
from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.decode import decoder as decoder_module
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.database import FILE_NAME
from ocrdesk.engine.words import ENGLISH, LANGUAGE, follow_environment
from ocrdesk.interrupts import INTERRUPTED, Interrupts

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ[LANGUAGE] = ENGLISH  # the tests know the texts of the source
follow_environment()


def pytest_collection_finish():
    """The tests themselves are no garbage: they need not be looked through at every collection of it."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    """No test may touch the library of the person who runs the tests."""
    home = tmp_path / "home"
    monkeypatch.setenv("OCRDESK_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def stays(monkeypatch):
    """A test in which the program would be left at once fails by name: it would end the process of all tests."""

    def leave(self, status: int = INTERRUPTED) -> NoReturn:
        raise AssertionError(f"the program was left with status {status}")

    monkeypatch.setattr(Interrupts, "leave", leave)


@pytest.fixture(autouse=True)
def patient_qtbot(monkeypatch):
    """A test that waits for the window waits as long as all others, however busy the machine is."""
    for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitActive, QtBot.waitExposed):
        monkeypatch.setitem(wait.__kwdefaults__, "timeout", int(1000 * PATIENCE))


@pytest.fixture(scope="session")
def shared_decoder():
    decoder = Decoder()
    yield decoder
    decoder.close()


@pytest.fixture
def decoder(shared_decoder):
    """The real one, shared by all tests, so that its processes start only once; it knows no password yet."""
    shared_decoder._passwords.clear()
    return shared_decoder


@pytest.fixture
def lent_decoder(decoder):
    """The shared decoder for programs that would close it."""
    return LentDecoder(decoder)


@pytest.fixture
def started(monkeypatch):
    """The decoding processes started from now on."""
    started = []

    class Seen(decoder_module.OwnProcess):
        def __init__(self, function) -> None:
            super().__init__(function)
            started.append(self)

    monkeypatch.setattr(decoder_module, "OwnProcess", Seen)
    return started


@pytest.fixture(scope="session")
def empty_library(tmp_path_factory) -> Path:
    """The file of a library without pages: making its tables takes ten times as long as copying them."""
    folder = tmp_path_factory.mktemp("empty")
    Library(folder).close()
    return folder / FILE_NAME


@pytest.fixture
def library(tmp_path, empty_library):
    library = open_library(tmp_path / "library", empty_library)
    yield library
    library.close()


@pytest.fixture
def scans(tmp_path) -> Path:
    """An empty folder for scans."""
    folder = tmp_path / "scans"
    folder.mkdir()
    return folder


@pytest.fixture
def interrupt(monkeypatch) -> Callable[[], None]:
    """Interrupts a command that runs in this program, and waits until it has heard.

    Writes what Python writes when a signal comes: a real one may find too small a stack where the models ran before.
    """
    begun: list[Interrupts] = []

    class Remembered(Interrupts):
        def __enter__(self):
            begun.append(self)
            return super().__enter__()

    def interrupt() -> None:
        begun[-1]._writing.send(bytes([signal.SIGINT]))
        assert begun[-1].wanted.wait(PATIENCE)

    monkeypatch.setattr(cli, "Interrupts", Remembered)
    return interrupt
