"""Measures the export of many pages: how long it takes, and whether memory stays flat.

    python benchmarks/export_many.py [--pages 10000] [--lines 40] [--formats txt,csv,jsonl] [--folder FOLDER]

The pages are made up and kept as checkpoints, so nothing is read. What was made is removed again.
"""

import argparse
import tempfile
import threading
import time
from pathlib import Path

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Line, Reading, Source, Word
from ocrdesk.engine.export.choices import ExportChoices
from ocrdesk.engine.export.export import Export
from ocrdesk.engine.library import Library

WORDS = ["the", "quick", "brown", "fox", "jumps", "over", "a", "lazy", "dog"]
FIRST_LINE, PITCH, HEIGHT, LEFT, LETTER, SPACE = 100, 45, 30, 100, 20, 15
"""Pixels."""


def main() -> None:
    """Makes the pages, and exports them in one format after the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--lines", type=int, default=40, help="of a page, each of nine words")
    parser.add_argument("--formats", default="txt,csv,jsonl")
    parser.add_argument("--folder", type=Path, help="where to write; else the system's folder for such things")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ocrdesk-bench-", dir=options.folder) as folder:
        library, decoder = Library(Path(folder) / "home"), Decoder()
        begun = time.perf_counter()
        page_ids = _keep_pages(library, Path(folder) / "scans", options.pages, options.lines)
        print(f"{len(page_ids):,} pages kept in {time.perf_counter() - begun:.1f} s", flush=True)
        total = 0.0
        for name in options.formats.split(","):
            begun, cpu = time.perf_counter(), time.process_time()
            export = Export(library, decoder, ExportChoices(name, Path(folder) / name), page_ids)
            result = export.run(threading.Event())
            seconds = time.perf_counter() - begun
            total += seconds
            print(
                f"{name:6} {len(result.written):6,} files  {seconds:5.1f} s  {time.process_time() - cpu:5.1f} CPU s  "
                f"peak so far {_peak_mb():.0f} MB  {len(result.failed)} failed",
                flush=True,
            )
        print(f"together {total:.1f} s")
        decoder.close()
        library.close()


def _keep_pages(library: Library, folder: Path, pages: int, lines: int) -> list[int]:
    folder.mkdir()
    batch = library.batch_of_folder(folder, whole=False)
    names = [f"f{number % 100:02}/p{number:05}.jpg" for number in range(pages)]
    page_ids = library.add_pages(batch, [Source(folder / name, name) for name in names]).page_ids
    library.runs.queue(batch)
    reading = Reading(tuple(_line(FIRST_LINE + PITCH * number) for number in range(lines)), width=1700, height=2200)
    while page := library.runs.claim_next(batch):
        library.checkpoints.keep(
            page.id, reading, seconds=0.5, rotation=0, recognizer="made up", content=None, remark=None
        )
    return list(page_ids)


def _line(top: int) -> Line:
    words, left = [], LEFT
    for word in WORDS:
        right = left + LETTER * len(word)
        words.append(Word(word, 0.97, ((left, top), (right, top), (right, top + HEIGHT), (left, top + HEIGHT))))
        left = right + SPACE
    corners = ((LEFT, top), (left, top), (left, top + HEIGHT), (LEFT, top + HEIGHT))
    return Line(" ".join(WORDS), 0.96, corners, tuple(words))


def _peak_mb() -> float:
    import resource  # there is none on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
