import json
import os
import subprocess
import sys
import types
from pathlib import Path

import pytest
from fakes import batch_of, draw_pages, keep, reading

import ocrdesk
from ocrdesk import __version__
from ocrdesk.cli.main import main
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.library import Library

ROOT = Path(ocrdesk.__file__).parents[1]


@pytest.fixture
def no_display(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def window(monkeypatch):
    """Takes the place of the window and remembers how it was opened."""
    opened = []

    def open_window(places, paths, interrupts):
        opened.append((places, list(paths)))
        return 0

    monkeypatch.setitem(sys.modules, "ocrdesk.app", types.SimpleNamespace(open_window=open_window))
    monkeypatch.setenv("DISPLAY", ":0")
    return opened


@pytest.fixture
def filled(own_home):
    """A library with two batches; the newer has a page of every kind."""
    library = Library(own_home)
    batch_of(library, 2, Path("/scans/older"))
    _, pages = batch_of(library, 4, Path("/scans/Größe 发票"))
    keep(library, pages[0], reading("text"))
    library.checkpoints.keep_failure(pages[1], "Damaged.")
    library.close()


def refused(*words: str) -> int:
    """The exit status of arguments that are refused."""
    with pytest.raises(SystemExit) as ended:
        main(words)
    return ended.value.code


# Asking


def test_the_version_is_told(capsys):
    assert refused("--version") == 0
    assert capsys.readouterr().out == f"ocrdesk {__version__}\n"


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["list", "--help"]])
def test_help_is_given(capsys, words):
    assert refused(*words) == 0
    assert "usage: ocrdesk" in capsys.readouterr().out


def test_help_names_the_commands_and_the_exit_statuses(capsys):
    refused("--help")
    said = capsys.readouterr().out
    assert "ocrdesk run PATH" in said
    assert "ocrdesk list" in said
    assert "130 interrupted" in said


# The window


def test_the_window_is_opened_with_the_paths_given(window, scans, tmp_path):
    draw_pages(scans, 1)
    assert main([str(scans), str(scans / "1.png"), "--library", str(tmp_path / "mine")]) == 0
    ((places, paths),) = window
    assert paths == [scans, scans / "1.png"]
    assert places.library == tmp_path / "mine"


def test_the_window_is_opened_without_any_path(window):
    assert main([]) == 0
    assert window[0][1] == []


def test_a_missing_path_opens_no_window(window, scans, capsys):
    assert main([str(scans / "gone")]) == 2
    assert window == []
    assert "gone” does not exist. Check the name." in capsys.readouterr().err


def test_without_a_display_the_program_names_the_command_that_needs_none(no_display, capsys):
    assert main([]) == 2
    said = capsys.readouterr()
    assert "no display" in said.err
    assert "ocrdesk run" in said.err
    assert said.out == ""


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_any_sign_of_a_display_is_enough(no_display, window, monkeypatch, name):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setenv(name, "something")
    assert main([]) == 0
    assert len(window) == 1


def test_other_systems_always_have_a_display(no_display, window, monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert main([]) == 0


def test_missing_parts_of_the_system_are_named(no_display, monkeypatch, capsys):
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setitem(sys.modules, "ocrdesk.app", None)
    assert main([]) == 2
    said = capsys.readouterr().err
    assert "sudo apt install" in said
    assert "ocrdesk run" in said


# Bad use


@pytest.mark.parametrize(
    "words",
    [
        [""],
        ["run"],
        ["run", ""],
        ["run", "x", "--library", ""],
        ["run", "x", "--workers", "0"],
        ["run", "x", "--workers", "-1"],
        ["run", "x", "--workers", "many"],
        ["run", "x", "--recognizer", "Tesseract"],
        ["run", "x", "--mode", "sloppy"],
        ["run", "x", "--order", "backwards"],
        ["run", "x", "--device", "abacus"],
        ["run", "x", "--no-such-option"],
        ["list", "x"],
        ["save", "1", ""],
        ["open", ""],
        ["--no-such-option"],
    ],
)
def test_bad_use_ends_with_2_and_writes_nothing_to_stdout(capsys, words, own_home):
    assert refused(*words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "usage: ocrdesk" in said.err
    assert not own_home.exists()


def test_run_offers_the_devices_that_are_there(monkeypatch, capsys, scans):
    monkeypatch.setattr("ocrdesk.cli.main.available_devices", lambda: ["auto", "cuda"])
    assert refused("run", "--help") == 0
    assert "{auto,cuda}" in capsys.readouterr().out
    assert refused("run", str(scans), "--device", "openvino") == 2


def test_an_interrupt_before_anything_runs_ends_with_130_and_says_nothing(monkeypatch, filled, capsys, interrupt):
    batches = Library.batches

    def interrupted(library):
        interrupt()
        return batches(library)

    monkeypatch.setattr(Library, "batches", interrupted)
    assert main(["list"]) == 130
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "")


# List


def test_list_shows_the_newest_batch_first(filled, capsys):
    assert main(["list"]) == 0
    newer, older = capsys.readouterr().out.splitlines()
    assert newer.split() == ["2", "1", "of", "4", "read,", "1", "failed", "Größe", "发票", "(/scans/Größe", "发票)"]
    assert older.split() == ["1", "0", "of", "2", "read", "older", "(/scans/older)"]


def test_list_gives_a_record_for_each_batch(filled, capsys):
    assert main(["list", "--jsonl"]) == 0
    out = capsys.readouterr().out
    newer, older = map(json.loads, out.splitlines())
    assert newer == {
        "batch": 2,
        "name": "Größe 发票",
        "folder": "/scans/Größe 发票",
        "pages": 4,
        "done": 1,
        "failed": 1,
        "pending": 2,
    }
    assert (older["batch"], older["pending"]) == (1, 2)
    assert "发票" in out


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems forbid such names")
def test_list_can_write_names_that_are_no_valid_unicode(own_home, capsys):
    library = Library(own_home)
    library.batch_of_folder(Path(os.fsdecode(b"/scans/b\xffd")), whole=True)
    library.close()
    assert main(["list"]) == 0
    assert "b?d  (/scans/b?d)" in capsys.readouterr().out
    assert main(["list", "--jsonl"]) == 0
    assert json.loads(capsys.readouterr().out)["folder"] == "/scans/b?d"


def test_list_works_while_another_program_reads(filled, own_home, capsys):
    library = Library(own_home)
    assert main(["list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    library.close()


def test_list_of_another_library(filled, tmp_path, capsys):
    Library(tmp_path / "other").close()
    assert main(["list", "--library", str(tmp_path / "other")]) == 0
    assert capsys.readouterr().out == ""


def test_list_without_a_library_says_so_and_makes_none(own_home, capsys):
    assert main(["list"]) == 2
    said = capsys.readouterr()
    assert "There is no library" in said.err
    assert said.out == ""
    assert not own_home.exists()


def test_an_error_of_the_library_is_a_sentence_and_no_traceback(monkeypatch, filled, capsys):
    def fail(_):
        raise LibraryError("The file is damaged.")

    monkeypatch.setattr(Library, "batches", fail)
    assert main(["list"]) == 2
    assert capsys.readouterr().err == "ocrdesk: The file is damaged.\n"


# As a program


def in_a_program(code: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        check=False,
    )


def test_a_listing_needs_neither_qt_nor_the_models(filled):
    ended = in_a_program(
        "import sys; from ocrdesk.cli.main import main; status = main(['list']); "
        "heavy = {'PySide6', 'onnxruntime', 'openvino', 'cv2', 'rapidocr'} & set(sys.modules); "
        "sys.exit(str(heavy) if heavy else status)"
    )
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_help_names_the_devices_and_loads_none_of_what_they_need(own_home):
    ended = in_a_program(
        "import sys; from ocrdesk.cli.main import main\n"
        "try: main(['run', '--help'])\n"
        "except SystemExit: sys.exit(str({'onnxruntime', 'openvino', 'cv2'} & set(sys.modules) or ''))"
    )
    assert ended.stderr == b"\n"
    assert b"onnxruntime" in ended.stdout


def test_every_name_can_be_written_even_where_the_terminal_speaks_no_utf_8(filled):
    ended = in_a_program(
        "import sys; from ocrdesk.cli.main import main; sys.exit(main(['list']))", PYTHONIOENCODING="ascii", LC_ALL="C"
    )
    assert ended.returncode == 0
    assert "Größe 发票" in ended.stdout.decode("utf-8")


def test_the_package_can_be_run(own_home):
    ended = subprocess.run(
        [sys.executable, "-m", "ocrdesk", "--version"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    assert ended.stdout.decode().split() == ["ocrdesk", __version__]
