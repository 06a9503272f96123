"""Tries a packaged program as people get it: ``python packaging/smoke_test.py COMMAND…`` on Linux.

In a new home with a space and an umlaut in its name, COMMAND reads the sample pages and writes them as PDF, reads one
with Tesseract, opens its window on a virtual screen, reads there too, and ends. strace watches that no connection is
opened, and the program's folder must be as it was. Needs only Python's standard library, strace, Xvfb and xdotool.
"""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

SAMPLES = Path(__file__).parent.parent / "resources" / "samples"
RUSSIAN = Path(__file__).parent / "smoke" / "russian.png"

LONGEST = 120.0
"""Seconds for anything."""

_NOT_OPENED = ("AF_INET", "AF_INET6")


class Failed(Exception):
    """The program did not do what it should."""


def main() -> int:
    """Runs all of it; returns the exit status."""
    command = [shutil.which(sys.argv[1]) or sys.argv[1], *sys.argv[2:]]
    program = Path(command[0]).resolve().parent
    before = _state(program)
    try:
        with tempfile.TemporaryDirectory(prefix="hömé of ocrdesk ") as home:
            reading(command, Path(home))
            other_script(command, Path(home))
            own = Path(home, "of the window")
            own.mkdir()
            window(command, own)
        if _state(program) != before:
            raise Failed(f"the program changed its own folder {program}")
    except Failed as error:
        print(f"FAILED: {error}", file=sys.stderr)
        return 1
    print("All is well.")
    return 0


def reading(command: list[str], home: Path) -> None:
    """Reads the samples and writes a PDF of each, and opens no connection."""
    begun = time.monotonic()
    pictures = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".png", ".jpg"))
    pages = home / "pages.jsonl"
    _run(command, home, "run", *pictures, "--jsonl", pages, "--format", "pdf", "--out", home / "PDF files")
    read = [json.loads(line) for line in pages.read_text(encoding="utf-8").splitlines()]
    text = {Path(page["file"]).stem: page["text"] for page in read}
    if len(read) != len(pictures) or any(page["status"] != "done" for page in read):
        raise Failed(f"{len(read)} of {len(pictures)} pages came back")
    if len(text["letter"]) < 1000 or "Dear" not in text["letter"]:
        raise Failed(f"the letter reads as {text['letter'][:100]!r}")
    written = sorted((home / "PDF files").glob("*.pdf"))
    if len(written) != len(pictures) or not all(path.read_bytes().startswith(b"%PDF-") for path in written):
        raise Failed(f"{len(written)} PDF files for {len(pictures)} pages")
    print(f"{len(read)} pages read, {len(written)} PDF files written in {time.monotonic() - begun:.1f} s")


def other_script(command: list[str], home: Path) -> None:
    """Reads a Russian page, for which the program brings Tesseract."""
    pages = home / "other.jsonl"
    _run(command, home, "run", RUSSIAN, "--library", home / "other", "--jsonl", pages)
    (page,) = (json.loads(line) for line in pages.read_text(encoding="utf-8").splitlines())
    if page["status"] != "done" or "старой библиотеки" not in page["text"]:
        raise Failed(f"the Russian page is {page['status']}: {page['text']!r}")
    print("a Russian page read")


def window(command: list[str], home: Path) -> None:
    """Opens the window with a folder, waits until its pages are read, and ends it as a logout does."""
    with _screen() as display:
        variables = _variables(home) | {"DISPLAY": display}
        begun = time.monotonic()
        process = subprocess.Popen([*command, str(SAMPLES)], env=variables, cwd=home, stderr=subprocess.PIPE)
        try:
            shown = _wait(lambda: _is_shown(display, variables), process, "no window came") - begun
            _wait(lambda: _pages_read(home) >= 7, process, "the window did not read")
            time.sleep(1)  # what the last page changes in the window is drawn
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                _, said = process.communicate(timeout=LONGEST)
            except subprocess.TimeoutExpired:
                process.kill()
                raise Failed("the window does not end") from None
    if process.returncode:
        raise Failed(f"the window ended with {process.returncode}: {said.decode(errors='replace')}")
    print(f"the window was on the screen after {shown:.2f} s, read its pages, and ended")


def _run(command: list[str], home: Path, *words: object) -> None:
    """Runs the program to its end under strace."""
    calls = home / "calls"
    watched = ["strace", "-f", "-qq", "-e", "trace=socket,connect", "-o", str(calls)]
    ended = subprocess.run(
        [*watched, *command, *map(str, words)], env=_variables(home), cwd=home, capture_output=True, timeout=LONGEST
    )
    if ended.returncode:
        raise Failed(ended.stderr.decode(errors="replace"))
    opened = [line for line in calls.read_text().splitlines() if any(family in line for family in _NOT_OPENED)]
    if opened:
        raise Failed(f"a connection was opened: {opened[0]}")


def _variables(home: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "HOME": str(home), "LANG": "C.UTF-8", "DBUS_SESSION_BUS_ADDRESS": "disabled:"}


@contextmanager
def _screen() -> Iterator[str]:
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-nolisten", "tcp", "-screen", "0", "1280x800x24"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as number:
            yield f":{number.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def _is_shown(display: str, variables: dict[str, str]) -> bool:
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--class", "ocrdesk"], env=variables, capture_output=True
    )
    return bool(found.stdout.split())


def _pages_read(home: Path) -> int:
    library = home / ".local/share/ocrdesk/library.sqlite"
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{library.as_uri()}?mode=ro", uri=True)) as connection:
        count: int = connection.execute("SELECT count(*) FROM page WHERE status = 'done'").fetchone()[0]
        return count
    return 0


def _wait(is_so: Callable[[], bool], process: subprocess.Popen[bytes], otherwise: str) -> float:
    end = time.monotonic() + LONGEST
    while time.monotonic() < end and process.poll() is None:
        if is_so():
            return time.monotonic()
        time.sleep(0.02)
    raise Failed(otherwise)


def _state(folder: Path) -> dict[str, tuple[int, int]]:
    """All files of a folder, with their sizes and times."""
    return {
        str(path.relative_to(folder)): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


if __name__ == "__main__":
    sys.exit(main())
