"""Copies files one by one into a folder that the window watches, and checks that each is read once and none in part.

    python benchmarks/arriving.py [--files 500] [--seed 1]

Every eleventh file is written in two parts with a pause between them, half of those with one longer than the program
waits for a file to come to rest. The window is the real one, recognition is replaced by a look at what was decoded: the
files are noise down to their last row. Needs nothing but ocrdesk; works with QT_QPA_PLATFORM=offscreen or on a display.
"""

import argparse
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image
from window import end, make_window, wait

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.document import Line, PageStatus, Reading
from ocrdesk.engine.intake.arrivals import QUIET_SECONDS

FORMATS = {"png": "PNG", "jpg": "JPEG", "tif": "TIFF", "pdf": "PDF", "bmp": "BMP"}
BETWEEN_SECONDS = 0.02
PARTS = (0.5, 0.97)
PAUSES = (0.3, QUIET_SECONDS + 3.0)
REST_SECONDS = 10.0
"""How long nothing may happen after the last page, so that a second reading would be seen."""


class Witness:
    """Stands for a recognizer: says whether a picture is noise down to its last rows, and counts."""

    name = "witness"

    def __init__(self, seen: Counter[str]) -> None:
        self._seen = seen

    def as_wanted(self, mode: object, languages: object = ()) -> "Witness":
        """Sees the same in every mode."""
        return self

    def read(self, picture: Pixels, turn: int | None = None) -> Reading:
        """Gives one line that says what was seen."""
        text = "whole" if picture[-2:].std() > 20 else "in part"
        self._seen[text] += 1
        height, width = picture.shape[:2]
        return Reading((Line(text, 1.0, ((0, 0), (width, 0), (width, height), (0, height))),), width, height)


def content(number: int, suffix: str) -> bytes:
    """A file of noise; no two are the same."""
    noise = np.random.default_rng(number).integers(0, 255, (100 + number // 25, 100 + number % 25 * 10, 3), np.uint8)
    file = BytesIO()
    Image.fromarray(noise).save(file, FORMATS[suffix])
    return file.getvalue()


def copy(folder: Path, options: argparse.Namespace) -> None:
    """Writes the files one by one; every third one into one of seven folders within."""
    chance = random.Random(options.seed)
    for number in range(1, options.files + 1):
        suffix = list(FORMATS)[number % len(FORMATS)]
        data = content(number, suffix)
        place = folder if number % 3 else folder / f"sub {number % 7}"
        place.mkdir(exist_ok=True)
        with (place / f"{number:05}.{suffix}").open("wb") as file:
            if number % 11 == 0:
                part = int(len(data) * chance.choice(PARTS))
                file.write(data[:part])
                file.flush()
                time.sleep(chance.choice(PAUSES))
                file.write(data[part:])
            else:
                file.write(data)
        time.sleep(BETWEEN_SECONDS)


def main() -> None:
    """Copies, waits and counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    seen: Counter[str] = Counter()
    early: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="ocrdesk-arriving-") as home:
        folder = Path(home) / "watched"
        folder.mkdir()
        (folder / "00000.png").write_bytes(content(0, "png"))
        window = make_window(Path(home) / "library", lambda _: lambda: Witness(seen))
        library = window.desk.library

        def note(page_id: int) -> None:
            page = library.pages([page_id])[page_id]
            if page.status is not PageStatus.DONE or page.remark or page.text_start != "whole":
                early[page.path.suffix] += 1

        window.desk.runner.page_finished.connect(note)
        window.add([folder])
        wait(lambda: bool(library.batches()) and library.batches()[0].counts.done == 1, 60)
        batch = library.batches()[0].id
        window.desk.actions["watch"].trigger()
        copying = threading.Thread(target=copy, args=(folder, options))
        started = time.monotonic()
        copying.start()
        wait(lambda: not copying.is_alive(), 3600)
        copied = time.monotonic()
        expected = options.files + 1
        wait(lambda: library.batches()[0].counts.done >= expected, 120)
        finished = time.monotonic()
        wait(lambda: False, REST_SECONDS)
        pages = list(library.pages(library.page_ids(batch)).values())
        wrong = [page for page in pages if page.status is not PageStatus.DONE or page.text_start != "whole"]
        end(window)
    copy_seconds, more_seconds = copied - started, finished - copied
    print(f"{options.files} files copied in {copy_seconds:.1f} s, the last page done {more_seconds:.1f} s later")
    print(
        f"{len(pages)} pages of {expected} files, {len(wrong)} of them wrong in the end; {seen.total()} pictures read"
    )
    print(f"taken before they were whole, and again after: {dict(early) or 'none'}")
    for page in wrong:
        print(f"{page.name}: {page.status}, {page.message or page.remark or page.text_start}")
    failed = bool(wrong or early) or len(pages) != expected or seen.total() != expected
    print("FAILED" if failed else "each was read once, whole")
    sys.stdout.flush()
    os._exit(failed)  # nothing is gained by tearing Qt down


if __name__ == "__main__":
    main()
