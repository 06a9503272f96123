"""Nothing leaves the computer: what the program asks of the system, watched from outside in a fresh home.

Libraries open sockets and write files from C++, where nothing in Python sees it.
"""

import importlib.util
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from fakes import PATIENCE
from PIL import Image, ImageDraw, ImageFont
from traced import Traced, end_traced, why_not

WHY_NOT = why_not() if sys.platform.startswith("linux") else "strace is a program of Linux"
pytestmark = pytest.mark.skipif(WHY_NOT is not None, reason=str(WHY_NOT))

OWN = (".local/share/ocrdesk", ".local/state/ocrdesk", ".cache/ocrdesk", ".config/ocrdesk")
"""The program's own folders in a home."""

EVERY_PROGRAMS = {
    ".cache/fontconfig": "fontconfig keeps here what fonts there are, where the place of the system is closed to it",
    ".cache/mesa_shader_cache": "the graphics driver's own",
    ".cache/mesa_shader_cache_db": "the graphics driver's own",
    ".cache/nvidia": "the graphics driver's own",
    ".config/QtProject.conf": "Qt keeps here how its file dialog was left",
    ".dbus": "the session bus keeps here where it listens, when a window is the first to want it",
}
"""What is kept in a home for every program that has a window, and why."""

DEVICES = ("/dev/null", "/dev/tty", "/dev/dri", "/dev/nvidia", "/proc/self", "/sys")
"""What is opened for writing and keeps nothing."""


@pytest.fixture
def traced(tmp_path) -> Traced:
    """A fresh home beside a folder with one page of print."""
    (tmp_path / "pics").mkdir()
    (tmp_path / "home").mkdir()
    page = Image.new("RGB", (500, 100), "white")
    ImageDraw.Draw(page).text((30, 25), "Nothing leaves", fill="black", font=ImageFont.load_default(40))
    page.save(tmp_path / "pics" / "page.png")
    return Traced(tmp_path / "home")


def keeps_to_itself(traced: Traced, *asked_for: str) -> None:
    """Fails if there was a connection, or anything was written that nobody asked for."""
    assert traced.calls
    assert traced.strangers == []
    home, beside = traced.home, traced.home.parent
    allowed = [*(home / folder for folder in (*OWN, *EVERY_PROGRAMS)), traced.temporary]
    allowed += [*map(Path, DEVICES), *(beside / name for name in asked_for)]
    on_the_way = {parent for folder in allowed for parent in folder.parents if parent.is_relative_to(home)}
    elsewhere = [
        path
        for path in traced.written() - on_the_way
        if not any(path == folder or path.is_relative_to(folder) for folder in allowed)
    ]
    assert elsewhere == []
    assert list(traced.temporary.rglob("*")) == []


def test_reading_listing_and_exporting(traced):
    if importlib.util.find_spec("openvino") is None:
        pytest.skip("OpenVINO is not installed")
    pics = traced.home.parent / "pics"
    traced.ocrdesk("run", "pics", "--device", "openvino", "--jsonl", "out.jsonl")
    assert traced.status == 0, traced.words
    assert '"text": "Nothing leaves"' in (traced.home.parent / "out.jsonl").read_text()
    assert any("libopenvino_intel_cpu_plugin" in call for call in traced.calls), "it read"
    keeps_to_itself(traced, "out.jsonl")
    assert traced.ocrdesk("list").words.split()[-1] == f"({pics})"
    keeps_to_itself(traced)
    assert traced.ocrdesk("export", "1", "--format", "docx", "--out", "texts").status == 0
    keeps_to_itself(traced, "texts")
    assert {file.rpartition("/")[0] for file in traced.files} <= {".local/share/ocrdesk", ".cache/ocrdesk/models"}


def test_reading_on_onnx_runtime(traced):
    traced.ocrdesk("run", "pics", "--device", "onnxruntime", "--jsonl", "-")
    assert (traced.status, '"text": "Nothing leaves"' in traced.words) == (0, True), traced.words
    assert any("onnxruntime_pybind11_state" in call for call in traced.calls), "it read"
    keeps_to_itself(traced)
    assert {file.rpartition("/")[0] for file in traced.files} == {".local/share/ocrdesk"}


@contextmanager
def display(platform: str):
    """Variables with which a window opens on a Qt platform."""
    if platform == "offscreen":
        yield {"QT_QPA_PLATFORM": platform}
        return
    if not shutil.which("Xvfb"):
        pytest.skip("Xvfb is not installed")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-nolisten", "tcp", "-screen", "0", "1280x900x24"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with open(reading) as number:
            # Without that, Qt may start a message bus for the session, which goes on for ever and is watched as well.
            no_bus = {"DBUS_SESSION_BUS_ADDRESS": "disabled:"}
            yield {"QT_QPA_PLATFORM": platform, "DISPLAY": f":{number.readline().strip()}", **no_bus}
    finally:
        server.terminate()
        server.wait()


def pages_read(home: Path) -> int:
    library = home / ".local/share/ocrdesk/library.sqlite"
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{library.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT count(*) FROM page WHERE status = 'done'").fetchone()[0]
    return 0


@pytest.mark.parametrize("platform", ["offscreen", "xcb"])
def test_a_window_that_reads_a_page_and_is_closed(traced, platform):
    def close_when_read(strace: subprocess.Popen) -> None:
        """Closes the window as a system that shuts down would, once its one page is read."""
        pause = threading.Event()
        for _ in range(int(3 * PATIENCE / 0.05)):
            if strace.poll() is not None or pages_read(traced.home):
                break
            pause.wait(0.05)
        end_traced(strace, signal.SIGTERM)

    with display(platform) as variables:
        traced.ocrdesk("pics", act=close_when_read, **variables)
    if traced.words.startswith("ocrdesk: The window needs"):
        pytest.skip(traced.words)
    assert traced.status == 0, traced.words
    assert pages_read(traced.home) == 1
    keeps_to_itself(traced)
    assert ".config/ocrdesk/window.ini" in traced.files


# The watch itself

PROGRAM = """
import os, socket, sys, tempfile
socket.socketpair()
with tempfile.TemporaryFile(), open(os.path.expanduser("~/.cache/ocrdesk"), "w"):
    pass
exec(sys.argv[1])
"""


@pytest.mark.parametrize(
    ("code", "is_seen"),
    [
        ("pass", False),
        ("socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9))", True),
        ("socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)", True),
        ("os.mkdir(os.path.expanduser('~/.cache/others'))", True),
        ("os.chdir('pics'); os.open('new', os.O_WRONLY | os.O_CREAT)", True),
        ("os.rename('pics/page.png', 'pics/other.png')", True),
        ("os.symlink('page.png', 'pics/link')", True),
        ("tempfile.mkdtemp()", True),
        ("os.open('pics/page.png', os.O_RDONLY)", False),
    ],
)
def test_what_must_not_be_is_seen(traced, code, is_seen):
    (traced.home / ".cache").mkdir()
    traced.run(sys.executable, "-c", PROGRAM, code)
    assert traced.status == 0, traced.words
    if is_seen:
        with pytest.raises(AssertionError):
            keeps_to_itself(traced)
    else:
        keeps_to_itself(traced)
