"""Kills a run with SIGKILL at random moments and checks that no finished page is lost or read again.

    python benchmarks/kill.py FOLDER [--kills 30] [--workers 2] [--seconds 15]

Each round starts ``ocrdesk run`` on the folder, kills it after some seconds, and looks into the library: what was
printed as finished must be there with the very same reading, at most one page a worker may have been in flight, and
none may be FAILED. A last run reads the rest. For a batch of two pages, take fewer seconds than they are read in.
"""

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ocrdesk.engine.document import PageStatus
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.library import Library


def start(options: argparse.Namespace, home: Path, out: Path) -> subprocess.Popen[bytes]:
    """Starts a run that writes its JSON lines to a file."""
    command = [sys.executable, "-m", "ocrdesk", "run", str(options.folder), "--library", str(home / "library")]
    command += ["--workers", str(options.workers), "--jsonl", str(out)]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


def finished_in(out: Path) -> dict[tuple[str, int], float]:
    """The pages that were printed as done, with the seconds of their reading."""
    lines = out.read_text(encoding="utf-8").splitlines() if out.exists() else []
    records = [json.loads(line) for line in lines if line.endswith("}")]
    return {(record["file"], record["page"]): record["seconds"] for record in records if record["status"] == "done"}


def main() -> None:
    """Runs the rounds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=15.0, help="the longest time until a kill (default: 15)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    known: dict[tuple[str, int], float] = {}
    in_flight = again = failed = 0
    with tempfile.TemporaryDirectory(prefix="ocrdesk-kill-") as folder:
        home = Path(folder)
        for number in range(options.kills):
            out = home / f"{number}.jsonl"
            process = start(options, home, out)
            time.sleep(chance.uniform(1.0, options.seconds))
            process.send_signal(signal.SIGKILL)
            process.wait()
            printed = finished_in(out)
            again += sum(known[page] != seconds for page, seconds in printed.items() if page in known)
            known |= printed
            stands = statuses_now(home / "library")
            flying = stands.count(PageStatus.RUNNING)
            in_flight = max(in_flight, flying)
            failed = max(failed, stands.count(PageStatus.FAILED))
            print(f"kill {number + 1:3}: {len(known):4} pages finished, {flying} in flight", flush=True)
        out = home / "last.jsonl"
        status = start(options, home, out).wait()
        last = finished_in(out)
        lost = sum(page not in last for page in known)
        again += sum(known[page] != seconds for page, seconds in last.items() if page in known)
        failed = max(failed, statuses_now(home / "library").count(PageStatus.FAILED))
        print(f"last run: exit {status}, {len(last)} done")
    print(
        f"failed {failed}, lost {lost}, finished pages read again {again}, "
        f"most in flight {in_flight} with {options.workers} workers"
    )
    sys.exit(bool(status or failed or lost or again or in_flight > options.workers))


def statuses_now(folder: Path) -> list[PageStatus]:
    """Where the pages of a library stand that nobody has opened since the kill."""
    try:
        library = Library(folder, writable=False)
    except LibraryError as error:  # killed before the library was made
        print(f"         ({error})")
        return []
    try:
        pages = [library.pages(library.page_ids(batch.id)).values() for batch in library.batches()]
        return [page.status for batch in pages for page in batch]
    finally:
        library.close()


if __name__ == "__main__":
    main()
