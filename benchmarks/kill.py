"""Kills a run with SIGKILL at random moments and checks that no finished page is lost or read again.

    python benchmarks/kill.py FOLDER [--kills 30] [--workers 2]

Each round starts ``ocrdesk run`` on the folder, kills it after some seconds, and looks into the library: what was
printed as finished must be there with the very same reading, and at most one page a worker may have been in flight.
Pages in flight at two deaths in a row are FAILED by design; a last run reads those again.
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


def start(options: argparse.Namespace, home: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    """Starts a run that writes its JSON lines to a file."""
    command = [sys.executable, "-m", "ocrdesk", "run", str(options.folder), "--library", str(home / "library")]
    command += ["--workers", str(options.workers), "--jsonl", str(out), *more]
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
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    known: dict[tuple[str, int], float] = {}
    in_flight = again = 0
    with tempfile.TemporaryDirectory(prefix="ocrdesk-kill-") as folder:
        home = Path(folder)
        for number in range(options.kills):
            out = home / f"{number}.jsonl"
            process = start(options, home, out)
            time.sleep(chance.uniform(1.0, 15.0))
            process.send_signal(signal.SIGKILL)
            process.wait()
            printed = finished_in(out)
            again += sum(known[page] != seconds for page, seconds in printed.items() if page in known)
            known |= printed
            flying = in_flight_now(home / "library")
            in_flight = max(in_flight, flying)
            print(f"kill {number + 1:3}: {len(known):4} pages finished, {flying} in flight", flush=True)
        out = home / "last.jsonl"
        status = start(options, home, out).wait()
        last = finished_in(out)
        lost = sum(page not in last for page in known)
        again += sum(known[page] != seconds for page, seconds in last.items() if page in known)
        failed = sum('"failed"' in line for line in out.read_text(encoding="utf-8").splitlines())
        print(f"last run: exit {status}, {len(last)} done, {failed} failed (in flight at two deaths in a row)")
        status = start(options, home, out, "--retry-failed").wait()
        print(f"retry of those: exit {status}, {len(finished_in(out))} done")
    print(f"lost {lost}, read again {again}, most in flight {in_flight} with {options.workers} workers")
    sys.exit(bool(lost or again or in_flight > options.workers))


def in_flight_now(folder: Path) -> int:
    """How many pages are RUNNING in a library that nobody has opened since the kill."""
    try:
        library = Library(folder, writable=False)
    except LibraryError as error:  # killed before the library was made
        print(f"         ({error})")
        return 0
    try:
        pages = [library.pages(library.page_ids(batch.id)).values() for batch in library.batches()]
        return sum(page.status is PageStatus.RUNNING for batch in pages for page in batch)
    finally:
        library.close()


if __name__ == "__main__":
    main()
