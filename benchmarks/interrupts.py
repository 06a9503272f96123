"""Interrupts runs over many folders at random moments, in every way that a terminal or a session does.

    python benchmarks/interrupts.py [--rounds 50] [--folders 300] [--workers 2] [--ways group process term hup …]

Each round starts ``ocrdesk run`` on folders with a small page each, waits until it hears signals (Linux only) and for a
random time, and interrupts it. The program must end by itself, with the right exit status, leave no process behind and
no page RUNNING in its library.

``group``, ``process``: SIGINT to all processes, as Ctrl+C, or to the program alone. ``term``, ``hup``: likewise with
SIGTERM and SIGHUP, to all. ``stdout``: who reads the JSON lines goes away. In these the exit status must be 130, or 0
where the run had ended already. ``nohup``: SIGHUP to a run that was started with it ignored. ``stderr``: nobody reads
what is said, as with ``2>&1 | head -1``. ``closed``: there is no stderr at all. These must end as if nothing happened.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from ocrdesk.engine.document import PageStatus
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.library import Library

SIGNALS = {"group": signal.SIGINT, "process": signal.SIGINT, "term": signal.SIGTERM, "hup": signal.SIGHUP}
SIGNALS |= {"nohup": signal.SIGHUP}
GO_ON = ("nohup", "stderr", "closed")
WAYS = (*SIGNALS, "stdout", "stderr", "closed")
PATIENCE = 300.0
"""Seconds after which a run counts as one that hangs."""


def draw(folder: Path, count: int) -> list[Path]:
    """Folders with one small page each."""
    font = ImageFont.load_default(28)
    folders = [folder / f"{number:03}" for number in range(count)]
    for number, one in enumerate(folders):
        one.mkdir()
        page = Image.new("L", (420, 120), 255)
        ImageDraw.Draw(page).text((30, 40), f"Receipt number {number}", fill=0, font=font)
        page.save(one / "page.png")
    return folders


def start(way: str, folders: list[Path], home: Path, workers: int) -> subprocess.Popen[bytes]:
    """Starts a run in a process group of its own."""
    command = [sys.executable, "-m", "ocrdesk", "run", *map(str, folders), "--library", str(home)]
    command += ["--workers", str(workers), *(["--jsonl", "-"] if way == "stdout" else [])]
    if way == "closed":
        command = ["sh", "-c", 'exec "$@" 2>&-', "sh", *command]
    if way == "nohup":
        command = ["nohup", *command]
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if way == "stdout" else subprocess.DEVNULL,
        stderr=subprocess.PIPE if way == "stderr" else subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),  # it may be ignored where this is run
    )


def wait_until_it_hears(program: subprocess.Popen[bytes]) -> None:
    """Until Python has started and the program's own first lines have run."""
    hears = 1 << (signal.SIGTERM - 1)
    while program.poll() is None:
        status = Path(f"/proc/{program.pid}/status").read_text(encoding="ascii")
        caught = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:"))
        if int(caught, 16) & hears:
            return
        time.sleep(0.005)


def interrupt(way: str, program: subprocess.Popen[bytes]) -> None:
    """Does to it what the way says."""
    if way == "process":
        program.send_signal(SIGNALS[way])
    elif way in SIGNALS:
        os.killpg(program.pid, SIGNALS[way])
    elif way in ("stdout", "stderr"):
        stream = program.stdout if way == "stdout" else program.stderr
        assert stream is not None
        stream.close()


def running(home: Path) -> int:
    """How many pages are RUNNING in a library."""
    try:
        library = Library(home, writable=False)
    except LibraryError:  # interrupted before it was made
        return 0
    try:
        pages = [library.pages(library.page_ids(batch.id)).values() for batch in library.batches()]
        return sum(page.status is PageStatus.RUNNING for batch in pages for page in batch)
    finally:
        library.close()


def left_behind(group: int) -> int:
    """How many processes of a group are still there, a moment after its program has ended."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return 0
        time.sleep(0.05)
    return 1


def one_round(way: str, folders: list[Path], seconds: float, workers: int) -> tuple[str, float]:
    """Interrupts one run; gives what is wrong with how it ended, and how many seconds that took."""
    with tempfile.TemporaryDirectory(prefix="ocrdesk-interrupts-") as home:
        program = start(way, folders, Path(home), workers)
        wait_until_it_hears(program)
        with suppress(subprocess.TimeoutExpired):
            program.wait(seconds)
        begun = time.monotonic()
        had_ended = program.poll() is not None
        if not had_ended:
            interrupt(way, program)
        try:
            status = program.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()
            return "it hangs", PATIENCE
        took = time.monotonic() - begun
        wrong = []
        allowed = (0,) if way in GO_ON or had_ended else (130,)
        if status not in allowed:
            wrong.append(f"exit status {status}")
        if pages := running(Path(home)):
            wrong.append(f"{pages} pages RUNNING")
        if left_behind(program.pid):
            wrong.append("a process is left behind")
        return ", ".join(wrong), took


def main() -> None:
    """Runs the rounds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--folders", type=int, default=300)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--longest", type=float, default=12.0, help="seconds until the interrupt, at most")
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=WAYS)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    bad = 0
    with tempfile.TemporaryDirectory(prefix="ocrdesk-interrupts-") as folder:
        folders = draw(Path(folder), options.folders)
        for way in options.ways:
            times = []
            for number in range(options.rounds):
                seconds = chance.uniform(0, options.longest)
                wrong, took = one_round(way, folders, seconds, options.workers)
                times.append(took)
                bad += bool(wrong)
                if wrong:
                    print(f"{way} {number + 1}: after {seconds:.1f} s: {wrong}", flush=True)
            times.sort()
            print(
                f"{way:8} {len(times)} rounds, seconds to the end: median {times[len(times) // 2]:.2f}, "
                f"longest {times[-1]:.2f}",
                flush=True,
            )
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
