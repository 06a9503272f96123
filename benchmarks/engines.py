"""Measures reading: engines side by side in speed, memory and accuracy, and the whole program.

    python benchmarks/engines.py compare --pages FOLDER --score score.py [--engines a,b] [--json FILE]
    python benchmarks/engines.py workers --pages FOLDER        the program with 1 and with 2 workers, in turn
    python benchmarks/engines.py memory  --pages FOLDER        two workers, all pages twice in one process
    python benchmarks/engines.py start   --pages FOLDER        how soon the first page is begun and finished
    python benchmarks/engines.py turned  --pages FOLDER        pages that are turned: how many come out upright

FOLDER holds the pictures and ``manifest.json``: a list of pages with ``file`` and ``language``, and for ``compare``
whatever the scorer wants. The scorer is a Python file with ``as_lines``, ``score_one`` and ``aggregate``.

``compare`` keeps each engine in a process of its own and gives each page to all of them in turn, so that they see the
same computer; those that wait do nothing. Starting is counted: it ends with a small picture that is the same for all.
What engines that run side by side share of memory (libraries) is counted in parts: compare memory one by one.
All but ``turned`` and ``start`` work on Linux only.
"""

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from engine_process import ENGINES, Contender, PeakMemory, ProcessTree, is_measurable

STOCK = "rapidocr"
SCORES = {
    "micro_cer_geo": "cer_geo", "micro_cer": "cer", "boc_r": "boc_r", "boc_p": "boc_p", "bow_r": "bow_r",
    "order": "order",
}  # fmt: skip
"""What the scorer calls its figures, and their names in the table."""


def compare(options: argparse.Namespace) -> None:
    """Gives each page to each engine in turn; prints the table."""
    scorer, pages = _load_scorer(options.score), _pages(options)
    contenders = []
    with tempfile.TemporaryDirectory(prefix="ocrdesk-bench-") as folder:
        small = _draw_small(Path(folder))
        for name in options.engines:
            if not ENGINES[name].is_installed:
                _say(f"{name} is not installed and left out")
            elif (contender := Contender(name, small)).trouble:
                _say(f"{name} does not start and is left out: {contender.trouble}")
                contender.close()
            else:
                contenders.append(contender)
    for number, page in enumerate(pages, start=1):
        for contender in contenders:
            contender.read(page, options.pages)
        _say(f"{number}/{len(pages)}  {page['file']}  " + "  ".join(map(_last_page, contenders)))
    results = {contender.name: _result(contender, pages, scorer) for contender in contenders}
    for contender in contenders:
        contender.close()
    stock = results.get(STOCK, {}).get("cpu")
    for result in results.values():
        result["stock_cpu_ratio"] = stock / result["cpu"] if stock else None
    _print_table(results)
    if options.json:
        options.json.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    if options.predictions:
        options.predictions.mkdir(parents=True, exist_ok=True)
        for contender in contenders:
            file = options.predictions / f"{contender.name}.json"
            file.write_text(json.dumps(contender.predictions, ensure_ascii=False, indent=1), encoding="utf-8")


def _last_page(contender: Contender) -> str:
    page = contender.pages[-1]
    return f"{contender.name} " + (f"failed ({page['error']})" if "error" in page else f"{page['wall']:.2f} s")


def _result(contender: Contender, pages: Sequence[dict[str, Any]], scorer: ModuleType) -> dict[str, Any]:
    cpu = contender.cpu
    scored = [
        scorer.score_one(page, scorer.as_lines(contender.predictions[page["file"]]))
        for page in pages
        if page.get("gt_text") is not None
    ]
    total = scorer.aggregate(scored)
    by_file = {score["file"]: _scores(scorer.aggregate([score])) for score in scored}
    return {
        "pages": len(contender.pages),
        "failed": sum("error" in page for page in contender.pages),
        "cpu": cpu,
        "cpu_a_page": cpu / len(pages),
        "pages_a_cpu_second": len(pages) / cpu,
        "wall": sum(page["wall"] for page in contender.pages),
        "peak_mb": contender.peak,
        "start_cpu": contender.start_cpu,
        **_scores(total),
        "by_page": [page | by_file.get(page["file"], {}) for page in contender.pages],
    }


def _scores(total: dict[str, Any]) -> dict[str, float | None]:
    return {name: total[key] for key, name in SCORES.items()}


def _print_table(results: dict[str, dict[str, Any]]) -> None:
    columns = [
        ("pages", "pages", 0), ("failed", "failed", 0), ("CPU s", "cpu", 1), ("CPU s/page", "cpu_a_page", 2),
        ("pages/CPU s", "pages_a_cpu_second", 3), ("÷", "stock_cpu_ratio", 2), ("wall s", "wall", 1),
        ("peak MB", "peak_mb", 0), ("start CPU s", "start_cpu", 2), *((name, name, 4) for name in SCORES.values()),
    ]  # fmt: skip
    print(f"{'engine':20}" + "".join(f"  {title:>{max(7, len(title))}}" for title, _, _ in columns))
    for name, result in results.items():
        cells = ((title, "–" if result[key] is None else f"{result[key]:.{places}f}") for title, key, places in columns)
        print(f"{name:20}" + "".join(f"  {cell:>{max(7, len(title))}}" for title, cell in cells))
    print(f"÷: processor seconds of {STOCK} to those of the engine; all with the start. cer_geo and cer are pooled.")


def _load_scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", path)
    assert spec is not None and spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def _draw_small(folder: Path) -> Path:
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", (640, 200), "white")
    ImageDraw.Draw(picture).text((40, 60), "A line to begin with", "black", ImageFont.load_default(48))
    picture.save(folder / "small.png")
    return folder / "small.png"


# The whole program


def workers(options: argparse.Namespace) -> None:
    """Runs the program over all pages with 1 and with 2 workers, in turn."""
    import resource  # there is none on Windows

    files = [str(options.pages / page["file"]) for page in _pages(options)]
    speeds: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(options.rounds):
        for count, speed in speeds.items():
            before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            with tempfile.TemporaryDirectory(prefix="ocrdesk-bench-") as home:
                command = [sys.executable, "-m", "ocrdesk", "run", *files, "--workers", str(count), "--library", home]
                process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
                with PeakMemory(ProcessTree(process.pid)) as peak:
                    status = process.wait()
            wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            speed.append(len(files) / wall)
            print(
                f"{count} worker{'s' if count > 1 else ' '}  wall {wall:7.1f} s  CPU {cpu:7.1f} s  "
                f"{speed[-1]:6.3f} pages/s  peak {peak.megabytes:5.0f} MB  exit {status}",
                flush=True,
            )
    one, two = (statistics.median(speed) for speed in speeds.values())
    print(f"median of {options.rounds}: {one:.3f} and {two:.3f} pages/s, ratio {two / one:.2f}")


def memory(options: argparse.Namespace) -> None:
    """Reads all pages twice with two workers in this process; prints the peak of each time."""
    from PySide6.QtCore import QCoreApplication

    from ocrdesk.engine.decode import Decoder
    from ocrdesk.engine.document import Source
    from ocrdesk.engine.library import Library
    from ocrdesk.engine.recognition.making import recognizer_maker
    from ocrdesk.engine.recognition.ppocr.models import PPOCR_V6
    from ocrdesk.runner import BatchRunner

    app = QCoreApplication([])
    with tempfile.TemporaryDirectory(prefix="ocrdesk-bench-") as home:
        library, decoder = Library(Path(home)), Decoder()
        runner = BatchRunner(library, decoder, recognizer_maker(PPOCR_V6), 2)
        runner.run_finished.connect(app.quit)
        runner.stopped.connect(_say)
        batch = library.batch_of_folder(options.pages.absolute(), whole=False)
        sources = [Source((options.pages / page["file"]).absolute(), page["file"]) for page in _pages(options)]
        page_ids = library.add_pages(batch, sources).page_ids
        for number, read in enumerate((runner.start, runner.retry), start=1):
            with PeakMemory(ProcessTree(os.getpid())) as peak:
                read(batch, page_ids)
                app.exec()
            counts = library.batches()[0].counts
            print(
                f"pass {number}: peak {peak.megabytes:5.0f} MB, {counts.done} read, {counts.failed} failed", flush=True
            )
        runner.close(60)
        decoder.close()
        library.close()


def start(options: argparse.Namespace) -> None:
    """Starts the program some times on one page; the first time, which may find nothing in memory, is not counted."""
    page = options.pages / _pages(options)[0]["file"]
    times: dict[str, list[float]] = {"begun": [], "finished": []}
    for number in range(options.rounds + 1):
        with tempfile.TemporaryDirectory(prefix="ocrdesk-bench-") as home:
            begun = time.monotonic()
            command = [sys.executable, __file__, "first", str(page), home]
            answer = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
        for word, moment in (line.split() for line in answer.splitlines()):
            seconds = float(moment) - begun
            print(
                f"{'first start' if not number else f'start {number}':12} page {word} after {seconds:.2f} s", flush=True
            )
            if number:
                times[word].append(seconds)
    for word, measured in times.items():
        print(f"median of {options.rounds}: page {word} after {statistics.median(measured):.2f} s")


def first(options: argparse.Namespace) -> None:
    """Runs the program and prints when its page is begun and finished, by a clock that all processes share."""
    from PySide6.QtCore import Qt

    from ocrdesk.cli import main as cli
    from ocrdesk.cli import run as terminal_run

    class Watched(terminal_run.BatchRunner):
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            for signal, word in (self.page_started, "begun"), (self.page_finished, "finished"):
                signal.connect(lambda _, word=word: print(word, time.monotonic()), Qt.ConnectionType.DirectConnection)

    terminal_run.BatchRunner = Watched
    sys.exit(cli.main(["run", str(options.page), "--library", str(options.home)]))


def turned(options: argparse.Namespace) -> None:
    """Has each page read in four turns and counts how many come out upright."""
    from ocrdesk.engine.decode import Decoder
    from ocrdesk.engine.decode.picture import turn_pixels
    from ocrdesk.engine.recognition.making import recognizer_maker
    from ocrdesk.engine.recognition.ppocr.models import PPOCR_V6

    decoder, recognizer = Decoder(), recognizer_maker(PPOCR_V6, fast=options.fast)()
    upright = dict.fromkeys((0, 90, 180, 270), 0)
    pages = _pages(options)
    for page in pages:
        pixels = decoder.load_page(options.pages / page["file"], 0, as_picture=True).pixels
        for turn in upright:
            reading = recognizer.read(turn_pixels(pixels, turn))
            if (reading.turn + turn) % 360 == 0:
                upright[turn] += 1
            else:
                print(f"{page['file']}  turned by {turn}, turned back by {reading.turn}", flush=True)
    decoder.close()
    by_turn = ", ".join(f"{count} at {turn}°" for turn, count in upright.items())
    print(f"{sum(upright.values())} of {4 * len(pages)} upright; of {len(pages)} pages each: {by_turn}")


def _pages(options: argparse.Namespace) -> list[dict[str, Any]]:
    pages = json.loads((options.pages / "manifest.json").read_text(encoding="utf-8"))
    return list(pages[:: options.step][: options.limit])


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _engines(text: str) -> list[str]:
    names = text.split(",")
    if unknown := [name for name in names if name not in ENGINES]:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: not among {', '.join(ENGINES)}")
    return names


def main() -> None:
    """Runs one of the measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, metavar="{compare,workers,memory,start,turned}")
    for measure in (compare, workers, memory, start, turned):
        command = commands.add_parser(measure.__name__)
        command.set_defaults(measure=measure)
        command.add_argument("--pages", type=Path, required=True, metavar="FOLDER")
        command.add_argument("--limit", type=int, metavar="N", help="only the first N pages")
        command.add_argument("--step", type=int, default=1, metavar="K", help="only every Kth page")
        if measure is compare:
            command.add_argument("--score", type=Path, required=True, metavar="FILE")
            command.add_argument("--engines", type=_engines, default=list(ENGINES), metavar="A,B", help="default: all")
            command.add_argument("--json", type=Path, metavar="FILE", help="all figures, with those of each page")
            command.add_argument("--predictions", type=Path, metavar="FOLDER", help="what each engine read")
        if measure in (workers, start):
            command.add_argument("--rounds", type=int, default=3 if measure is workers else 5, metavar="N")
        if measure is turned:
            command.add_argument("--fast", action="store_true", help="in the fast mode")
    command = commands.add_parser("first")  # what start starts
    command.add_argument("page", type=Path)
    command.add_argument("home", type=Path)
    command.set_defaults(measure=first)
    options = parser.parse_args()
    if options.measure in (compare, workers, memory) and not is_measurable():
        sys.exit("Processor time and memory of processes are measured on Linux only.")
    options.measure(options)


if __name__ == "__main__":
    main()
