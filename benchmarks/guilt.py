"""Ends whichever process reads one chosen page, from outside, and looks what becomes of the page and of the others.

    python benchmarks/guilt.py [--signal ABRT] [--trials 20] [--workers 8] [--pages 60]

Each trial draws a folder of small pages, chooses one, and starts ``ocrdesk run`` on it again and again until a run ends
by itself. All that this script knows of the runs it is told by the system: the library, opened for reading only, says
which page is being read, and whether alone; ``/proc`` shows the processes. While the page is read by the program
itself, that gets the signal; while it is read alone, the helper does, a child of the program whose command line has
``helper:serve`` in it. With ABRT, SEGV and the like the chosen page must be FAILED in the end and no other; with KILL,
TERM and the like none. Linux only.
"""

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FAULTS = ("ABRT", "SEGV", "BUS", "ILL", "FPE")
MOST_RUNS = 12
"""In a trial; the script says so when a run never ends by itself."""


def draw(folder: Path, pages: int) -> list[str]:
    """Draws small pages, each with another text; gives the names of their files."""
    folder.mkdir()
    font = ImageFont.load_default(28)
    names = [f"{number:03}.png" for number in range(1, pages + 1)]
    for name in names:
        page = Image.new("L", (420, 90), 255)
        ImageDraw.Draw(page).text((20, 25), f"This is page {name[:3]}", fill=0, font=font)
        page.save(folder / name)
    return names


def state_of(library: Path, name: str) -> tuple[str, bool]:
    """Where a page stands, and whether it is a suspect; nothing while the library is being made."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{library}?mode=ro", uri=True, timeout=1)) as db:
        row = db.execute("SELECT status, suspect FROM page WHERE name = ?", (name,)).fetchone()
        if row is not None:
            return row[0], bool(row[1])
    return "", False


def helper_of(program: int) -> int | None:
    """The process that reads a suspect for a program."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with suppress(OSError):
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                if parent == program and b"helper:serve" in (folder / "cmdline").read_bytes():
                    return int(folder.name)
    return None


def run_until_it_ends(options: argparse.Namespace, home: Path, chosen: str) -> tuple[int, list[str], str]:
    """Runs again each time the program is killed; gives the exit status, whom the signals hit, and what was said."""
    number = signal.Signals[f"SIG{options.signal}"]
    library = home / "library" / "library.sqlite"
    command = [sys.executable, "-m", "ocrdesk", "run", str(home / "pages"), "--library", str(home / "library")]
    hit: list[str] = []
    for _ in range(MOST_RUNS):
        with (home / "said").open("w") as said:
            program = subprocess.Popen([*command, "--workers", str(options.workers)], stderr=said)
        is_recovered = False  # until then the library says what was read when the run before it died
        hit_last = None
        while program.poll() is None:
            status, alone = state_of(library, chosen)
            is_recovered = is_recovered or status != "running"
            if is_recovered and status == "running":
                victim = helper_of(program.pid) if alone else program.pid
                if victim is not None and victim != hit_last:
                    with suppress(ProcessLookupError):
                        os.kill(victim, number)
                        hit.append("helper" if alone else "program")
                        hit_last = victim
            time.sleep(0.002)
        if program.returncode >= 0 and program.returncode != 130:
            return program.returncode, hit, (home / "said").read_text().splitlines()[-1]
    return -1, hit, f"no run of {MOST_RUNS} ended by itself"


def main() -> None:
    """Runs the trials."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signal", default="ABRT", help="without SIG (default: ABRT)")
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    is_fault = options.signal in FAULTS
    bad = 0
    for trial in range(1, options.trials + 1):
        with tempfile.TemporaryDirectory(prefix="ocrdesk-guilt-") as folder:
            home = Path(folder)
            names = draw(home / "pages", options.pages)
            chosen = chance.choice(names)
            begun = time.monotonic()
            status, hit, said = run_until_it_ends(options, home, chosen)
            with closing(sqlite3.connect(home / "library" / "library.sqlite")) as db:
                states = dict(db.execute("SELECT name, status FROM page"))
                message = db.execute("SELECT message FROM page WHERE name = ?", (chosen,)).fetchone()[0]
        failed = [name for name, state in states.items() if state == "failed"]
        others = {state for name, state in states.items() if name != chosen}
        is_good = others == {"done"} and failed == ([chosen] if is_fault else [])
        bad += not is_good
        print(
            f"trial {trial:2}: {chosen} is {states[chosen]}, of the others {len(failed) - (chosen in failed)} failed; "
            f"hit {', '.join(hit)}; exit {status}, {time.monotonic() - begun:.0f} s; {message or said}"
            + ("" if is_good else "   BAD"),
            flush=True,
        )
    print(f"{options.trials - bad} of {options.trials} trials as they should be")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
