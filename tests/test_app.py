import logging
import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
import second_start_child
import shiboken6
from fakes import PATIENCE, FakeRecognizer, Gate, SlowRecognizer, draw_pages
from languages import write_catalogue
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from ocrdesk import app
from ocrdesk.engine import words as words_module
from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.errors import LibraryError, OcrdeskError
from ocrdesk.engine.library import Library
from ocrdesk.engine.words import ENGLISH
from ocrdesk.places import find_places
from ocrdesk.runner import BatchRunner
from ocrdesk.settings import FILE_NAME, Settings, load_settings
from ocrdesk.ui.kit.language import speak
from ocrdesk.ui.kit.theme import apply_appearance, is_dark
from ocrdesk.ui.window.main_window import MainWindow


@pytest.fixture(autouse=True)
def tidy(monkeypatch, qapp, lent_decoder):
    """Puts back what a program may set once and for all."""
    handlers, level, hook = list(logging.root.handlers), logging.root.level, sys.excepthook
    monkeypatch.setattr(app, "recognizer_maker", lambda name, **_: FakeRecognizer)
    monkeypatch.setattr(app, "Decoder", lambda: lent_decoder)
    monkeypatch.setattr("ocrdesk.ui.window.closing.LOOKS_SECONDS", PATIENCE)  # or this program would be left
    yield
    sys.excepthook = hook
    logging.root.setLevel(level)
    for handler in [handler for handler in logging.root.handlers if handler not in handlers]:
        logging.root.removeHandler(handler)
        handler.close()
    apply_appearance(QApplication.instance(), "light")


@pytest.fixture
def places(own_home):
    return find_places(own_home)


@pytest.fixture
def use(monkeypatch, qtbot):
    """Stands in for the event loop: does something with the window that was opened, then closes it."""

    def use(act):
        def run_loop(self=None):
            (window,) = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow))
            assert window.isVisible()
            try:
                act(window)
            finally:
                if not window.closing.has_begun:  # asked once more, it would leave at once
                    window.close()
                qtbot.waitUntil(lambda: window.closing.is_over)
                if not window.comes_back:
                    shiboken6.delete(window)  # its timers would outlive a loop that is none
            return 0

        monkeypatch.setattr(QApplication, "exec", run_loop)
        monkeypatch.setattr(QApplication, "exit", lambda *_: None)  # without a loop, the next one would end at once

    return use


def words(places) -> str:
    return (places.log / "ocrdesk.log").read_text(encoding="utf-8")


# What the system lacks


@pytest.fixture
def on_x11(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("QT_QPA_PLATFORM")


def test_missing_libraries_of_the_window_system_are_named_with_what_to_do(on_x11, monkeypatch, places, use):
    monkeypatch.setattr(app, "_loads", lambda library: "cursor" not in library)
    use(lambda window: pytest.fail("a window opened"))
    with pytest.raises(OcrdeskError) as error:
        app.open_window(places, [])
    assert "sudo apt install libxcb-cursor0." in str(error.value)
    assert "libxcb-icccm4" not in str(error.value)
    assert "ocrdesk run" in str(error.value)


@pytest.mark.parametrize(
    ("name", "value"), [("WAYLAND_DISPLAY", "wayland-0"), ("QT_QPA_PLATFORM", "offscreen"), ("DISPLAY", "")]
)
def test_they_are_asked_for_only_where_they_are_needed(on_x11, monkeypatch, places, use, name, value):
    monkeypatch.setattr(app, "_loads", lambda library: False)
    monkeypatch.setenv(name, value)
    use(lambda window: None)
    assert app.open_window(places, []) == 0


def test_a_library_that_is_there_can_be_loaded(tmp_path):
    (tmp_path / "nothing.so").write_bytes(b"")
    assert not app._loads(str(tmp_path / "nothing.so"))
    assert not app._loads("libno-such-thing.so.99")


# One window


def test_the_window_opens_reads_what_it_was_given_and_ends(qtbot, places, use, scans):
    draw_pages(scans, 2)

    def read(window):
        state = window.findChild(QLabel, "batchState")
        qtbot.waitUntil(lambda: " · read today" in state.text())

    use(read)
    assert app.open_window(places, [scans]) == 0
    library = Library(places.library)  # nobody holds it any more
    assert library.batches()[0].counts.done == 2
    library.close()
    assert "ocrdesk" in words(places)


def test_another_language_opens_the_window_anew_in_it_and_reading_goes_on(
    qtbot, places, use, scans, monkeypatch, tmp_path
):
    write_catalogue(tmp_path / "locale", "de", {"Export…": "Exportieren…"})
    monkeypatch.setattr(words_module, "locale_folder", lambda: tmp_path / "locale")
    monkeypatch.setattr("ocrdesk.runner.cores", lambda: 1)
    draw_pages(scans, 3)
    gate, seen = Gate(), []

    class Held(FakeRecognizer):
        def read(self, picture, turn=None):
            gate.pass_through()
            return super().read(picture, turn)

    monkeypatch.setattr(app, "recognizer_maker", lambda name, **_: Held)

    def choose_or_look(window):
        export = window.desk.actions["export"]
        seen.append(export.text())
        if len(seen) == 1:
            qtbot.waitUntil(lambda: gate.inside == 1)
            window.settings_commands.use(replace(load_settings(places.settings), language="de"))
            gate.open()
        else:
            (batch,) = window.desk.library.batches()
            qtbot.waitUntil(lambda: window.desk.library.batches()[0].counts.done == 3)
            assert window.desk.chosen.batch_id == batch.id

    use(choose_or_look)
    try:
        assert app.open_window(places, [scans]) == 0
    finally:
        monkeypatch.undo()
        speak(QApplication.instance(), ENGLISH)
    assert seen == ["Export…", "Exportieren…"]


def test_the_decoding_processes_end_with_the_window(qtbot, places, use, scans, started, monkeypatch):
    draw_pages(scans, 2)
    monkeypatch.setattr(app, "Decoder", Decoder)

    def read(window):
        state = window.findChild(QLabel, "batchState")
        qtbot.waitUntil(lambda: " · read today" in state.text())
        assert any(process.is_alive for process in started)

    use(read)
    assert app.open_window(places, [scans]) == 0
    assert not any(process.is_alive for process in started)


def test_closing_waits_for_the_page_in_flight_and_keeps_it(qtbot, places, use, scans, monkeypatch):
    gate = Gate()

    class Held(FakeRecognizer):
        def read(self, picture, turn=None):
            gate.pass_through()
            return super().read(picture, turn)

    monkeypatch.setattr(app, "recognizer_maker", lambda name, **_: Held)
    monkeypatch.setattr("ocrdesk.runner.cores", lambda: 1)
    draw_pages(scans, 3)

    def close_while_reading(window):
        qtbot.waitUntil(lambda: gate.inside == 1)
        window.close()
        gate.open()

    use(close_while_reading)
    assert app.open_window(places, [scans]) == 0
    library = Library(places.library)
    counts = library.batches()[0].counts
    library.close()
    assert (counts.done, counts.queued) == (1, 2)


def test_a_second_window_on_the_same_library_is_refused_with_a_sentence(places, monkeypatch, capsys, use):
    first = Library(places.library)
    said = []
    monkeypatch.setattr(app, "last_words", said.append)
    monkeypatch.setattr("ocrdesk.ui.window.second_start.PATIENCE", 0)
    use(lambda window: pytest.fail("a second window opened"))
    try:
        assert app.open_window(places, []) == 2
    finally:
        first.close()
    assert len(said) == 1
    assert said[0].startswith("ocrdesk is already running with this library.")
    assert said[0] in capsys.readouterr().err


def test_a_second_start_gives_its_files_to_the_open_window(tmp_path_factory, monkeypatch, qtbot, use):
    places = find_places(tmp_path_factory.mktemp("l"))
    draw_pages(places.library / "scans", 2)
    monkeypatch.setattr(app, "last_words", lambda words: pytest.fail(words))

    def start_again(window):
        window.showMinimized()
        arguments = [sys.executable, second_start_child.__file__, places.library, places.library / "scans"]
        with subprocess.Popen(arguments) as second:
            qtbot.waitUntil(lambda: second.poll() is not None)
        assert second.returncode == 0
        qtbot.waitUntil(lambda: bool(window.desk.batches.batches()))
        assert window.desk.batches.batches()[0].name == "scans"
        assert not window.isMinimized()

    use(start_again)
    assert app.open_window(places, []) == 0


def test_a_library_that_cannot_be_made_is_told(places, monkeypatch, tmp_path, capsys):
    (tmp_path / "home").write_text("a file where the folder should be")
    said = []
    monkeypatch.setattr(app, "last_words", said.append)
    assert app.open_window(places, []) == 2
    assert len(said) == 1
    assert "cannot be made" in said[0]
    assert "no log can be kept" in capsys.readouterr().err


def test_settings_are_followed_from_the_start(places, use):
    places.settings.mkdir()
    (places.settings / FILE_NAME).write_text('{"appearance": "dark"}')
    seen = []
    use(lambda window: seen.append(is_dark()))
    app.open_window(places, [])
    assert seen == [True]


@pytest.mark.parametrize(("mode", "fast"), [("accurate", False), ("fast", True), ("quiet", False)])
def test_recognizers_are_made_as_the_settings_say(places, monkeypatch, mode, fast):
    asked = []
    monkeypatch.setattr(app, "recognizer_maker", lambda name, **wishes: asked.append((name, wishes)))
    app.maker_of(Settings(recognizer="PP-OCRv4", mode=mode, device="cuda"), places, print)
    wishes = {
        "fast": fast,
        "device": "cuda",
        "say": print,
        "kept": places.cache / "models",
        "packs": places.library / "languages",
    }
    assert asked == [("PP-OCRv4", wishes)]


def test_what_the_makers_of_recognizers_say_is_shown(qtbot, places, use, scans, monkeypatch):
    draw_pages(scans, 2)
    gate = Gate()

    def maker_of(name, *, say, fast, **_):
        def make():
            assert threading.current_thread() is not threading.main_thread()
            say(f"The main processor reads instead, {'fast' if fast else 'accurate'}.")
            return SlowRecognizer(gate)

        return make

    monkeypatch.setattr(app, "recognizer_maker", maker_of)
    monkeypatch.setattr("ocrdesk.runner.cores", lambda: 1)

    def said(window, words):
        qtbot.waitUntil(lambda: window.desk.notices.isVisible() and window.desk.notices.text == words)

    def read(window):
        said(window, "The main processor reads instead, accurate.")
        window.desk.actions["mode_fast"].trigger()
        qtbot.waitUntil(lambda: gate.inside == 1)
        gate.let_one_go()
        said(window, "The main processor reads instead, fast.")
        gate.open()

    use(read)
    assert app.open_window(places, [scans]) == 0


@pytest.mark.parametrize(("mode", "quiet"), [("accurate", False), ("quiet", True)])
def test_a_quiet_program_is_quiet_from_the_start(places, use, monkeypatch, mode, quiet):
    places.settings.mkdir()
    (places.settings / FILE_NAME).write_text(f'{{"mode": "{mode}", "workers": 3}}')
    made = []

    class Watched(BatchRunner):
        def __init__(self, library, decoder, maker, workers, *, quiet):
            super().__init__(library, decoder, maker, workers, quiet=quiet)
            made.append((workers, quiet))

    monkeypatch.setattr(app, "BatchRunner", Watched)
    monkeypatch.setattr("ocrdesk.settings.cores", lambda: 4)
    use(lambda window: None)
    app.open_window(places, [])
    assert made == [(3, quiet)]


# What nobody expected


def raise_in(error: BaseException):
    def fail():
        raise error

    return fail


@pytest.mark.qt_no_exception_capture
def test_an_unexpected_error_is_told_and_logged_and_the_window_stays(qtbot, places, use, monkeypatch):
    seen, opened = [], []

    def break_something(window):
        for error in (ValueError("out of luck"), LibraryError("The disk is full. Make room on it.")):
            QTimer.singleShot(0, raise_in(error))
            qtbot.waitUntil(lambda: window.desk.notices.isVisible() and window.desk.notices.text not in seen)
            seen.append(window.desk.notices.text)
            if "log" in seen[-1]:
                monkeypatch.setattr("ocrdesk.ui.window.window_commands.open_outside", opened.append)
                window.desk.notices.findChildren(QPushButton)[0].click()
        assert window.isVisible()

    use(break_something)
    assert app.open_window(places, []) == 0
    assert seen == [
        "Something went wrong inside ocrdesk. What was read is kept; the log tells more.",
        "The disk is full. Make room on it.",
    ]
    assert opened == [places.log]
    assert "ValueError: out of luck" in words(places)
    assert "Traceback" in words(places)


@pytest.mark.skipif(os.name == "nt", reason="files have no such modes there")
def test_logs_are_private_also_those_of_before(tmp_path):
    log_file = app._LogFile(tmp_path / "ocrdesk.log", maxBytes=100, backupCount=3, encoding="utf-8")
    for _ in range(5):
        log_file.emit(logging.makeLogRecord({"msg": "a name of a document " * 4}))
    log_file.close()
    assert {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == dict.fromkeys(
        ("ocrdesk.log", "ocrdesk.log.1", "ocrdesk.log.2", "ocrdesk.log.3"), 0o600
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_log_on_a_full_disk_says_nothing(capsys):
    log_file = app._LogFile("/dev/full", encoding="utf-8")
    log_file.emit(logging.makeLogRecord({"msg": "lost"}))
    with suppress(OSError):  # what is left in its buffer
        log_file.close()
    assert capsys.readouterr().err == ""
