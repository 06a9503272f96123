"""Kills exports with SIGKILL and fills their disk, at random moments, and checks that every file stays whole.

    python benchmarks/export_kill.py [--kills 50] [--fills 50] [--pages 40] [--only FORMAT …]

For each format, a file a page and one file a batch: an export is written over an older one and killed, or the disk, a
small one in memory, takes no more. Every file must be the old one, byte for byte, or the new one, readable by a library
of others and with all its text. What a kill leaves beside them must be gone after the next export, and of a full disk
a person must be told. Filling needs root, to mount that disk; Linux only. Pages are drawn, nothing is recognized.
"""

import argparse
import csv
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from xml.etree import ElementTree

import docx
import openpyxl
import pikepdf
import pypdfium2
from PIL import Image, ImageDraw

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Line, Reading, Source
from ocrdesk.engine.export.choices import ExportChoices
from ocrdesk.engine.export.export import Export
from ocrdesk.engine.export.formats import FORMATS
from ocrdesk.engine.library import Library

WIDTH, HEIGHT = 620, 877
OLD_WORDS, NEW_WORDS = 8, 40
"""In a line; the new text is longer, so that a disk with room for some of it fills in the middle of an export."""

Kind = tuple[str, bool]
"""Key of a format, and whether it is one file a batch."""


def main() -> None:
    """Goes through the formats and prints a row for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--fills", type=int, default=50)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=list(FORMATS), default=list(FORMATS))
    given = parser.parse_args()
    kinds = [(key, False) for key in given.only if FORMATS[key].a_page]
    kinds += [(key, True) for key in given.only if FORMATS[key].a_batch]
    whole = True
    with tempfile.TemporaryDirectory(prefix="ocrdesk-export-") as home:
        bench = Bench(Path(home), given.pages, random.Random(given.seed))
        print(
            f"{'':16}{'rounds':>7}{'in time':>8}{'old':>7}{'new':>7}{'broken':>7}{'parts':>6}{'left':>5}  unsaid",
            flush=True,
        )
        for kind in sorted(kinds, key=lambda kind: given.only.index(kind[0])):
            whole &= bench.kill(kind, given.kills)
            if given.fills:
                with small_disk(Path(home) / "disk") as disk:
                    whole &= bench.fill(kind, given.fills, disk)
    print("every file whole" if whole else "NOT every file whole, or something was left or left unsaid")
    sys.exit(not whole)


class Bench:
    """Two libraries of the same pages, of which the newer has more text, and exports from one over the other."""

    def __init__(self, home: Path, pages: int, chance: random.Random) -> None:
        self._home, self._chance = home, chance
        draw_pages(home / "pages", pages)
        self._libraries = {age: home / age for age in ("old", "new")}
        keep_pages(self._libraries["old"], home / "pages", "old", OLD_WORDS)
        keep_pages(self._libraries["new"], home / "pages", "new", NEW_WORDS)
        self._seen: dict[tuple[str, bytes], object] = {}

    def kill(self, kind: Kind, rounds: int) -> bool:
        """Kills exports of one kind; gives whether all was well."""
        old, new, seconds = self._references(kind)
        counts: Counter[str] = Counter()
        target = self._home / "target"
        for _ in range(rounds):
            shutil.copytree(old, target)
            process = os.fork()
            if process == 0:
                self._export(kind, "new", target)
            time.sleep(self._chance.uniform(0, 1.1 * seconds))
            os.kill(process, signal.SIGKILL)
            _, status = os.waitpid(process, 0)
            counts["in time"] += os.WIFSIGNALED(status)
            self._look(kind, old, new, target, counts)
            counts["parts"] += len(parts_in(target))
            os.waitpid(self._started(kind, "new", target), 0)
            counts["left"] += len(parts_in(target))
            after: Counter[str] = Counter()
            self._look(kind, old, new, target, after)
            counts["broken"] += after["old"] + after["broken"]
            shutil.rmtree(target)
        return self._told(kind, "killed", rounds, counts)

    def fill(self, kind: Kind, rounds: int, disk: Path) -> bool:
        """Exports to a disk that fills; gives whether all was well."""
        old, new, _ = self._references(kind)
        sizes = {
            age: [file.stat().st_size for file in files_in(folder)] for age, folder in (("old", old), ("new", new))
        }
        most = round(1.2 * (max(sizes["new"]) + max(0, sum(sizes["new"]) - sum(sizes["old"])))) + 8192
        counts: Counter[str] = Counter()
        for number in range(rounds):
            target, said = disk / "target", self._home / "said.json"
            said.unlink(missing_ok=True)
            shutil.copytree(old, target)
            # More than the files need is sometimes still too little where rows are put down beside them first.
            fill_up(disk, self._chance.randrange(most) * self._chance.choice((1, 8, 64)))
            # Whatever is put down in the system's folder for temporary files is on the full disk too, every other time.
            process = self._started(kind, "new", target, said, disk if number % 2 else None)
            _, status = os.waitpid(process, 0)
            failed = json.loads(said.read_text("utf-8")) if status == 0 else [f"status {status}"]
            counts["in time"] += bool(failed)
            counts["unsaid"] += status != 0 or any("no room for" not in sentence for sentence in failed)
            (disk / "filler").unlink()
            here: Counter[str] = Counter()
            self._look(kind, old, new, target, here)
            counts["unsaid"] += bool(here["old"]) != bool(failed)
            counts += here
            left = len(parts_in(target)) + sum(entry != target for entry in disk.iterdir())
            counts["parts"] += left
            counts["left"] += left
            shutil.rmtree(target)
            for entry in disk.iterdir():
                entry.unlink()
        return self._told(kind, "disk full", rounds, counts)

    def _references(self, kind: Kind) -> tuple[Path, Path, float]:
        """The export as it was before, as it is to be, and the seconds that one takes."""
        folders = []
        seconds = 0.0
        for age in self._libraries:
            folder = self._home / f"{kind[0]} {kind[1]} {age}"
            if not folder.exists():
                os.waitpid(self._started(kind, age, folder), 0)
            folders.append(folder)
        scratch = self._home / "scratch"
        start = time.monotonic()
        os.waitpid(self._started(kind, "new", scratch), 0)
        seconds = time.monotonic() - start
        shutil.rmtree(scratch)
        return folders[0], folders[1], seconds

    def _started(self, kind: Kind, age: str, target: Path, said: Path | None = None, aside: Path | None = None) -> int:
        process = os.fork()
        if process == 0:
            self._export(kind, age, target, said, aside)
        return process

    def _export(self, kind: Kind, age: str, target: Path, said: Path | None = None, aside: Path | None = None) -> None:
        """Exports in this process, which is a child, and ends it."""
        if aside is not None:
            tempfile.tempdir = str(aside)
        try:
            library, decoder = Library(self._libraries[age], writable=False), Decoder()
            page_ids = library.page_ids(library.batches()[0].id)
            choices = ExportChoices(kind[0], target, per="batch" if kind[1] else "page", existing="replace")
            result = Export(library, decoder, choices, page_ids).run(threading.Event())
            decoder.close()
            library.close()
            if said is not None:
                said.write_text(json.dumps(result.failed), "utf-8")
        except BaseException:  # noqa: BLE001 - whatever it is, the child ends here
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
        os._exit(0)

    def _look(self, kind: Kind, old: Path, new: Path, target: Path, counts: Counter[str]) -> None:
        """Counts the files that are old, new and neither."""
        for reference in files_in(new):
            name = reference.relative_to(new)
            content = (target / name).read_bytes() if (target / name).exists() else b""
            if content == (old / name).read_bytes():
                counts["old"] += 1
            elif self._read(kind[0], content) == self._read(kind[0], reference.read_bytes()):
                counts["new"] += 1
            else:
                counts["broken"] += 1
        counts["broken"] += len(files_in(target)) - len(files_in(new)) - len(parts_in(target))

    def _read(self, key: str, content: bytes) -> object:
        if (key, content) not in self._seen:
            if len(self._seen) > 1000:
                self._seen.clear()
            try:
                self._seen[key, content] = READERS[key](content)
            except Exception as error:  # noqa: BLE001 - whatever a reader of others says of a broken file
                return f"broken: {error!r}"
        return self._seen[key, content]

    def _told(self, kind: Kind, what: str, rounds: int, counts: Counter[str]) -> bool:
        name = f"{kind[0]} {'batch' if kind[1] else 'page'}"
        columns = [("in time", 8), ("old", 7), ("new", 7), ("broken", 7), ("parts", 6), ("left", 5)]
        row = "".join(f"{counts[column]:{width}}" for column, width in columns)
        print(f"{name:11}{what:>9}{rounds:3}{row}{counts['unsaid']:8}", flush=True)
        return not counts["broken"] + counts["left"] + counts["unsaid"]


# What programs of others read in a file: two readings are alike when nothing is missing


def _pdf(content: bytes) -> object:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        problems = pdf.check_pdf_syntax()
    with closing(pypdfium2.PdfDocument(content)) as document:
        pages = []
        for page in document:
            with closing(page.get_textpage()) as text:
                pages.append((page.get_size(), text.get_text_range()))
            page.close()
    return problems, pages


def _docx(content: bytes) -> object:
    return [(its.style.name, its.text) for its in docx.Document(io.BytesIO(content)).paragraphs]


def _xlsx(content: bytes) -> object:
    with closing(openpyxl.load_workbook(io.BytesIO(content), read_only=True)) as book:
        return [(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in book]


def _csv(content: bytes) -> object:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _xml(content: bytes) -> object:
    dates = ("Created", "LastChange")
    parts = ElementTree.fromstring(content).iter()
    return [(part.tag, part.attrib, part.text) for part in parts if not part.tag.endswith(dates)]


def _not_empty(content: bytes) -> object:
    return content.decode("utf-8") or None


READERS = {
    "txt": _not_empty,
    "md": _not_empty,
    "docx": _docx,
    "pdf": _pdf,
    "csv": _csv,
    "xlsx": _xlsx,
    "json": json.loads,
    "jsonl": lambda content: [json.loads(row) for row in content.splitlines()],
    "hocr": _xml,
    "alto": _xml,
    "page": _xml,
}


# The pages, and the disk


def draw_pages(folder: Path, count: int) -> None:
    """Draws pages as JPEG, half of them in a folder of their own."""
    (folder / "more").mkdir(parents=True)
    for number in range(1, count + 1):
        image = Image.new("L", (WIDTH, HEIGHT), 255)
        ImageDraw.Draw(image).text((40, 40), f"Page {number}", 0)
        image.save(folder / ("more" if number % 2 else ".") / f"{number:03}.jpg", dpi=(75, 75))


def keep_pages(home: Path, folder: Path, age: str, words: int) -> None:
    """Makes a library in which the pages were read."""
    library = Library(home)
    batch = library.batch_of_folder(folder, whole=True)
    files = sorted(folder.rglob("*.jpg"))
    sources = [Source(file, file.relative_to(folder).as_posix(), size=1, modified=1) for file in files]
    for number, page_id in enumerate(library.add_pages(batch, sources).page_ids, start=1):
        said = tuple(line_at(f"{age} page {number} line {at}" + words * " Größe", at) for at in range(40))
        library.checkpoints.keep(page_id, Reading(said, WIDTH, HEIGHT), seconds=0.5, rotation=0, recognizer="none")
    library.close()


def line_at(text: str, number: int) -> Line:
    """A line of text in its place on a page."""
    top = 60.0 + 20 * number
    return Line(text, 0.9, ((40.0, top), (580.0, top), (580.0, top + 12), (40.0, top + 12)))


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk in memory, mounted at a folder."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def fill_up(disk: Path, room: int) -> None:
    """Leaves so many bytes free on a disk."""
    state = os.statvfs(disk)
    with (disk / "filler").open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, state.f_bavail * state.f_frsize - room))


def files_in(folder: Path) -> list[Path]:
    """All files in a tree, parts of a killed export too."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def parts_in(folder: Path) -> list[Path]:
    """What a killed export left in a tree."""
    return [path for path in files_in(folder) if path.name.endswith(".part")]


if __name__ == "__main__":
    main()
