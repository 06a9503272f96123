"""Gives thousands of damaged files to the decoder and checks that nothing but a page or a sentence comes out.

    python benchmarks/fuzz.py [FOLDER ...] [--inputs 2000] [--seed 1] [--threads N]

The files are drawn here, one of every kind that Pillow can write, and those in the folders are added. Each is given as
it is and then again and again with random damage, always the same for the same seed. A failure is an exception that is
no PageUnreadable, an empty picture or that of another file, a drawn file that is refused undamaged, and a request
that takes longer than 20 seconds. Files that failed, crashed a decoding process or were given up are kept.
"""

import argparse
import faulthandler
import logging
import os
import random
import re
import resource
import shutil
import struct
import sys
import tempfile
import threading
import time
import traceback
import zlib
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ocrdesk.engine.decode import Decoder, OwnText, Picture
from ocrdesk.engine.errors import PageUnreadable

SLOW_SECONDS = 20
HUNG_SECONDS = 180
"""When no input has begun for so long, all threads' stacks are printed and the program ends."""

GIVEN_UP = "took longer than"
SMALL = 320
LARGEST = 8_000_000
"""Bytes of a file; larger ones of a folder take too long to be given often."""

MODES = {
    "RGB": ("jpg", "png", "tif", "webp", "bmp", "ppm", "pcx", "tga", "jp2", "j2k", "avif", "pdf"),
    "L": ("jpg", "png", "tif", "gif", "bmp", "pgm", "pcx", "tga", "jp2", "avif", "pdf"),
    "1": ("png", "tif", "bmp", "pbm", "pcx", "tga", "pdf"),
    "P": ("png", "tif", "gif", "bmp", "pcx", "tga", "pdf"),
    "RGBA": ("png", "tif", "webp", "bmp", "tga", "jp2", "avif"),
    "CMYK": ("jpg", "tif", "pdf"),
    "I;16": ("png", "tif", "pgm", "jp2"),
    "F": ("tif",),
}
TURNED = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"
VARIANTS: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("jpg", "RGB", {"progressive": True}),
    ("jpg", "L", {"exif": TURNED}),
    ("png", "P", {"transparency": 3}),
    ("tif", "L", {"big_tiff": True}),
    ("tga", "RGB", {"compression": "tga_rle"}),
    ("webp", "RGB", {"lossless": True}),
    ("tif", "1", {"compression": "group4", "save_all": True}),
    ("gif", "P", {"save_all": True}),
    *((suffix, "RGB", {"save_all": True}) for suffix in ("tif", "webp", "png", "avif", "pdf")),
    *(("tif", "1", {"compression": name}) for name in ("group3", "group4", "packbits")),
    *(("tif", "RGB", {"compression": name}) for name in ("jpeg", "tiff_lzw", "tiff_adobe_deflate", "zstd", "lzma")),
)


# Files


def draw(mode: str, number: int = 1) -> Image.Image:
    """A small page with some text and some noise."""
    page = Image.new("RGB", (240, 160), "white")
    pen = ImageDraw.Draw(page)
    for line in range(4):
        pen.text((10, 10 + 30 * line), f"Page {number}, line {line}", "navy", ImageFont.load_default(18))
    noise = np.random.default_rng(number).integers(0, 255, (30, 240, 3), dtype=np.uint8)
    page.paste(Image.fromarray(noise), (0, 130))
    if mode == "I;16":
        return Image.fromarray(np.asarray(page.convert("L")).astype(np.uint16) * 257)
    return page.convert(mode)


def drawn_files() -> dict[str, bytes]:
    """One file of every kind, by name."""
    files = {"text.pdf": text_pdf()}
    plain = [(suffix, mode, {}) for mode, suffixes in MODES.items() for suffix in suffixes]
    for suffix, mode, options in [*plain, *VARIANTS]:
        more: dict[str, object] = {}
        if "save_all" in options:
            more["append_images"] = [draw(mode, 2), draw(mode, 3)]
        if suffix == "pdf":
            more |= {"creationDate": time.gmtime(0), "modDate": time.gmtime(0)}
        file = BytesIO()
        try:
            draw(mode).save(file, Image.registered_extensions()[f".{suffix}"], **options, **more)
        except (OSError, KeyError) as error:  # an encoder that this Pillow was built without
            print(f"{mode} {options} cannot be written as .{suffix} here ({error!r})")
            continue
        content = file.getvalue()
        if suffix == "avif":  # one of several pages has the time, which changes
            content = re.sub(rb"((?:mv|tk|md)hd.{4}).{16}", rb"\1" + bytes(16), content, flags=re.DOTALL)
        files[f"{len(files)} {mode.replace(';', '')}.{suffix}"] = content
    return files


def text_pdf() -> bytes:
    """A PDF of one page with text of its own, and without a table of its objects, which readers do without."""
    text = b" ".join(b"(Line %d of a page with words of its own) Tj 0 -20 Td" % line for line in range(9))
    stream = b"BT /F1 12 Tf 20 360 Td " + text + b" ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Rotate 90 /Contents 5 0 R"
        b" /Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    bodies = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, body) for number, body in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + bodies + b"trailer\n<< /Size 6 /Root 1 0 R >>\n%%EOF\n"


# Damage


def damaged(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """A file with one kind of damage or several."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        if out:
            damage(chance, out, other)
    return bytes(out[:LARGEST])


def damage(chance: random.Random, data: bytearray, other: bytes) -> None:
    """Damages a file in one way; numbers that become extreme are the most telling."""
    place, size = place_in(chance, data), chance.choice((1, 4, 16, 64, 256, 4096))
    match chance.choice(("flip", "overwrite", "cut", "insert", "repeat", "splice", "number", "number", "number")):
        case "flip":
            for _ in range(chance.randint(1, 16)):
                data[place_in(chance, data)] ^= 1 << chance.randrange(8)
        case "overwrite":
            size = min(size, len(data) - place)
            data[place : place + size] = chance.choice((chance.randbytes(size), bytes(size), b"\xff" * size))
        case "cut":
            del data[place : chance.choice((len(data), place + size))]
        case "insert":
            data[place:place] = chance.randbytes(size)
        case "repeat":
            data[place:place] = data[place : place + size] * chance.choice((1, 2, 10, 1000))
        case "splice":
            data[place:] = other[chance.randrange(len(other) + 1) :]
        case "number":
            for _ in range(chance.randint(1, 3)):
                form = chance.choice("<>") + chance.choice("HI")
                most = 256 ** struct.calcsize(form)
                value = chance.choice((0, 1, 2, 0x4000, most // 16, most // 2 - 1, most // 2, most - 1))
                place = place_in(chance, data) & ~1
                data[place : place + struct.calcsize(form)] = struct.pack(form, value)


def place_in(chance: random.Random, data: bytearray) -> int:
    """A place in a file; every other time near its ends, where the structure of most formats is."""
    near = chance.randrange(min(512, len(data)))
    return chance.choice((near, near, near, len(data) - 1 - near, *[chance.randrange(len(data))] * 4))


# What comes out


class Outcome:
    """Gives files to one decoder and notes what comes out; used by several threads."""

    def __init__(self, folder: Path, kept: Path) -> None:
        self.decoder = Decoder()
        self.came: Counter[str] = Counter()
        self.sentences: Counter[str] = Counter()
        self.crashes: Counter[str] = Counter()
        self.failures: list[str] = []
        self.slowest = (0.0, "")
        self.child_peak = 0
        self._kept = kept
        self._lock = threading.Lock()
        self._known_pixels = np.random.default_rng(0).integers(0, 255, (5, 17, 3), dtype=np.uint8)
        self._known = folder / "known.png"  # a picture unlike all others; asked for after each file
        Image.fromarray(self._known_pixels).save(self._known)
        logging.getLogger("ocrdesk.engine.decode.decoder").addFilter(self._note_crash)

    def give(self, path: Path, must_be_read: bool) -> None:
        """Counts a file's pages, reads the first and the last, and makes a thumbnail, as the program does."""
        count = self._ask(path, lambda: self.decoder.count_pages(path))
        first = self._ask(path, lambda: self.decoder.load_page(path, 0))
        answers = [count, first]
        if (pages := getattr(count, "pages", 1)) > 1:
            answers.append(self._ask(path, lambda: self.decoder.load_page(path, pages - 1)))
        if isinstance(first, OwnText):
            answers.append(self._ask(path, lambda: self.decoder.load_page(path, 0, as_picture=True)))
        small = self._ask(path, lambda: self.decoder.load_small(path, 0, 90, SMALL))
        if isinstance(small, Picture) and max(small.pixels.shape[:2]) > SMALL:
            self._fail(path, f"a thumbnail of {small.pixels.shape}")
        refused = [str(answer) for answer in (*answers, small) if isinstance(answer, PageUnreadable)]
        if must_be_read and refused:
            self._fail(path, f"drawn and undamaged, and refused: {refused}")
        known = self._ask(path, lambda: self.decoder.load_page(self._known))
        if not isinstance(known, Picture) or not np.array_equal(known.pixels, self._known_pixels):
            self._fail(path, f"the next file came out wrong: {known!s:.200}")
        peaks = [peak_of(idle._process.pid) for idle in list(self.decoder._idle)]
        with self._lock:
            self.child_peak = max(self.child_peak, *peaks, 0)
            self.came[type(first).__name__] += 1

    def _ask(self, path: Path, request: Callable[[], object]) -> object:
        """Makes a request of the decoder; gives what came, a PageUnreadable included, and None after a failure."""
        start = time.perf_counter()
        try:
            answer = request()
        except PageUnreadable as error:
            answer = error
        except Exception:  # noqa: BLE001 - this is what is looked for
            self._fail(path, traceback.format_exc())
            return None
        seconds = time.perf_counter() - start
        if seconds > SLOW_SECONDS:
            self._fail(path, f"took {seconds:.1f} seconds")
        with self._lock:
            self.slowest = max(self.slowest, (seconds, path.name))
            if isinstance(answer, PageUnreadable):
                self.sentences[re.sub(r"\d[\d,.]*\d|\d", "N", str(answer))] += 1
        if GIVEN_UP in str(answer):
            self._keep(path)
        if isinstance(answer, Picture) and not answer.pixels.size:
            self._fail(path, f"a picture of {answer.pixels.shape}")
        return answer

    def _note_crash(self, record: logging.LogRecord) -> bool:
        if "crashed" in record.getMessage() and isinstance(record.args, tuple):
            path = Path(str(record.args[0]))
            self._keep(path)
            with self._lock:
                self.crashes[path.name] += 1
        return False  # none is shown as it comes

    def _fail(self, path: Path, what: str) -> None:
        with self._lock:
            self.failures.append(f"{path.name}: {what}")
        self._keep(path)

    def _keep(self, path: Path) -> None:
        self._kept.mkdir(exist_ok=True)
        shutil.copyfile(path, self._kept / path.name)


def peak_of(process: int | None) -> int:
    """The most bytes of memory a process ever took; 0 where there is no /proc, or the process is gone."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    found = re.search(r"VmHWM:\s*(\d+) kB", status)
    return 1024 * int(found[1]) if found else 0


def main() -> None:
    """Makes the inputs, gives them to a decoder, and tells what came out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*", metavar="FOLDER")
    parser.add_argument("--inputs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    drawn = drawn_files()
    paths = sorted(path for folder in options.folders for path in folder.rglob("*") if path.is_file())
    given = {str(path): path.read_bytes() for path in paths if path.stat().st_size <= LARGEST}
    files = list({**drawn, **given}.items())
    kept = Path(tempfile.gettempdir()) / f"ocrdesk-fuzz-kept-{os.getpid()}"
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="ocrdesk-fuzz-") as folder:
        outcome = Outcome(Path(folder), kept)

        def work(number: int) -> int:
            faulthandler.dump_traceback_later(HUNG_SECONDS, exit=True)
            name, data = files[number % len(files)]
            chance = random.Random(f"{options.seed} {number}")
            is_whole = number < len(files)
            data = data if is_whole else damaged(chance, data, chance.choice(files)[1])
            path = Path(folder) / f"{number:06} {Path(name).stem[:40]}{Path(name).suffix}"
            path.write_bytes(data)
            outcome.give(path, is_whole and name in drawn)
            path.unlink()
            if (number + 1) % 200 == 0:
                print(f"{number + 1:6} inputs, {time.perf_counter() - started:.0f} s", flush=True)
            return zlib.crc32(data)

        with ThreadPoolExecutor(options.threads) as threads:
            checksum = sum(threads.map(work, range(options.inputs))) & 0xFFFFFFFF
        outcome.decoder.close()
    for sentence, count in outcome.sentences.most_common():
        print(f"{count:6} × {sentence}")
    for failure in outcome.failures:
        print(f"FAILED {failure}")
    if kept.exists():
        print(f"kept in {kept}: {sorted(path.name for path in kept.iterdir())}")
    given_up = sum(count for sentence, count in outcome.sentences.items() if GIVEN_UP in sentence)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"{options.inputs} inputs of {len(files)} files, {len(drawn)} drawn; checksum of the inputs {checksum:08x}")
    print("first pages:", ", ".join(f"{what} {count}" for what, count in sorted(outcome.came.items())))
    print(f"failures {len(outcome.failures)}, crashes of decoding processes {dict(outcome.crashes) or 0}")
    print(f"requests given up {given_up}, slowest {outcome.slowest[0]:.1f} s ({outcome.slowest[1]})")
    print(f"peak memory: program {own:,.0f} MB, largest decoding process {outcome.child_peak / 1e6:,.0f} MB")
    sys.exit(bool(outcome.failures))


if __name__ == "__main__":
    main()
