"""Kills with SIGKILL whatever writes the index, and checks that it agrees with the texts, or says which pages it lacks.

    python benchmarks/search_kills.py FOLDER [--kills 50] [--seed 1]

One third of the kills each fall on ``ocrdesk run`` reading the pictures of FOLDER again, on corrections, which are made
one after another, and on the indexing of a library as an earlier version leaves it, with changes of whole batches in
between. After each kill, ``ocrdesk check`` must find nothing wrong; then the program starts, renews what was noted, and
all pages must be in the index as they are.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from search_library import make_library

from ocrdesk.engine.corrections.changes import corrected
from ocrdesk.engine.document import ReadingOrder
from ocrdesk.engine.layout.regions import Region
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.checking import Checked

PAGES = 150
"""Pages of the library that is indexed and corrected."""


def correct(folder: Path, seed: int) -> None:
    """Corrects lines without an end, in a process that is killed; says each on stdout."""
    chance = random.Random(seed)
    with closing(Library(folder)) as library:
        while True:
            page_id = chance.randrange(PAGES) + 1
            line = chance.choice(library.texts.of(page_id).lines)
            library.corrections.keep(page_id, corrected(line, f"corrected {chance.random()}"))
            print(page_id, flush=True)


def index(folder: Path, seed: int) -> None:
    """Changes batches and indexes them without an end, in a process that is killed; says each step on stdout."""
    chance = random.Random(seed)
    with closing(Library(folder)) as library:
        batches = [batch.id for batch in library.batches()]
        while True:
            library.texts.renew_outdated(tell=lambda done, total: print(done, flush=True))
            batch_id = chance.choice(batches)
            if chance.random() < 0.5:
                library.texts.set_reading_order_of_batch(batch_id, chance.choice(list(ReadingOrder)))
            else:
                library.texts.set_regions(batch_id, [Region(0, 0, 1, chance.uniform(0.3, 1))])


def killed(command: list[str], seconds: float) -> int:
    """Starts a process, waits for its first word, kills it after some seconds; returns how many lines it said."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        said = int(bool(process.stdout.readline()))
        time.sleep(seconds)
        process.kill()
        return said + len(process.stdout.read().splitlines())


def checked(library: Library) -> Checked:
    """Compares the index with all texts."""
    return library.checking.check(mark=False, is_over=lambda: False, tell=lambda done, total: None)


def after_kill(folder: Path, sums: Counter[str]) -> str:
    """Checks a library, starts with it, checks it again; returns what is to be said."""
    with closing(Library(folder)) as library:
        first = checked(library)
        library.texts.renew_outdated()
        second = checked(library)
    sums["kills"] += 1
    sums["noted pages"] += first.waiting
    sums["kills with noted pages"] += bool(first.waiting)
    sums["wrong and not noted"] += first.wrong + first.superfluous + (not first.is_index_sound)
    sums["wrong after the next start"] += second.wrong + second.waiting + (not second.is_sound)
    sums["files damaged"] += not first.is_whole
    return f"{first.pages - first.waiting - first.wrong:,} of {first.pages:,} as they are, {first.waiting:,} noted"


def main() -> None:
    """Runs the rounds."""
    if sys.argv[1] in ("correct", "index"):
        {"correct": correct, "index": index}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance, sums = random.Random(options.seed), Counter[str]()
    with tempfile.TemporaryDirectory(prefix="ocrdesk-search-kills-") as home:
        older, read = Path(home, "older"), Path(home, "read")
        make_library(older, PAGES)
        shutil.copytree(older, Path(home, "correct"))
        with closing(Library(Path(home, "correct"))) as library:
            library.texts.renew_outdated()
        for number in range(options.kills):
            kind = ("run", "correct", "index")[number % 3]
            folder = {"run": read, "correct": Path(home, "correct"), "index": Path(home, "index")}[kind]
            if kind == "run":
                shutil.rmtree(read, ignore_errors=True)
                command = [sys.executable, "-m", "ocrdesk", "run", str(options.folder), "--library", str(read)]
                said = killed([*command, "--jsonl", "-", "--mode", "fast"], chance.uniform(0, 8))
            else:
                if kind == "index" and number % 2:
                    shutil.rmtree(folder, ignore_errors=True)
                    shutil.copytree(older, folder)
                elif kind == "index" and not folder.exists():
                    shutil.copytree(older, folder)
                command = [sys.executable, __file__, kind, str(folder), str(chance.randrange(10**9))]
                said = killed(command, chance.uniform(0, 3))
            print(f"kill {number + 1:3}, {kind:7} after {said:4} steps: {after_kill(folder, sums)}", flush=True)
    print(", ".join(f"{count} {what}" for what, count in sums.items()))
    sys.exit(bool(sums["wrong and not noted"] or sums["wrong after the next start"] or sums["files damaged"]))


if __name__ == "__main__":
    main()
