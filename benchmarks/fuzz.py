"""Gives thousands of damaged files to the decoder and checks that nothing but a page or a sentence comes out.

    python benchmarks/fuzz.py [FOLDER ...] [--inputs 2000] [--seed 1] [--threads N]

The files are drawn here, one of every kind that can be written, and those in the folders are added. Each is given as it
is and then again and again with random damage, always the same for the same seed. A failure is an exception that is no
PageUnreadable, a picture that is none or that of another file, a drawn file that is refused undamaged, and a request
that takes longer than 20 seconds. Files that failed, crashed a decoding process or were given up are kept.
"""

import argparse
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
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ocrdesk.engine.decode import Decoder, OwnText, Picture
from ocrdesk.engine.errors import PageUnreadable

SLOW_SECONDS, HUNG_SECONDS = 20.0, 180.0
SMALL = 320
KNOWN_SIZE = (17, 5)  # no other picture has it; asked for after each file
CAME = {Picture: "read as pictures", OwnText: "read as text", type(None): "failed"}
LARGEST = 8_000_000  # bytes of a file from a folder; larger ones take too long to be given often

FORMATS: dict[str, tuple[str, str, dict[str, object]]] = {
    "baseline.jpg": ("RGB", "JPEG", {}),
    "progressive.jpg": ("RGB", "JPEG", {"progressive": True}),
    "grey.jpg": ("L", "JPEG", {"exif": b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"}),
    "cmyk.jpg": ("CMYK", "JPEG", {}),
    "rgb.png": ("RGB", "PNG", {}),
    "palette.png": ("P", "PNG", {"transparency": 3}),
    "bilevel.png": ("1", "PNG", {}),
    "grey16.png": ("I;16", "PNG", {}),
    "clear.png": ("RGBA", "PNG", {}),
    "raw.tif": ("RGB", "TIFF", {}),
    "lzw.tif": ("RGB", "TIFF", {"compression": "tiff_lzw"}),
    "deflate.tif": ("L", "TIFF", {"compression": "tiff_adobe_deflate"}),
    "jpeg.tif": ("RGB", "TIFF", {"compression": "jpeg"}),
    "group3.tif": ("1", "TIFF", {"compression": "group3"}),
    "group4.tif": ("1", "TIFF", {"compression": "group4"}),
    "packbits.tif": ("L", "TIFF", {"compression": "packbits"}),
    "zstd.tif": ("RGB", "TIFF", {"compression": "zstd"}),
    "grey16.tif": ("I;16", "TIFF", {}),
    "float.tif": ("F", "TIFF", {}),
    "big.tif": ("L", "TIFF", {"big_tiff": True}),
    "one.gif": ("P", "GIF", {}),
    "lossy.webp": ("RGB", "WEBP", {}),
    "lossless.webp": ("RGBA", "WEBP", {"lossless": True}),
    "rgb.bmp": ("RGB", "BMP", {}),
    "palette.bmp": ("P", "BMP", {}),
    "rgb.ppm": ("RGB", "PPM", {}),
    "bilevel.pbm": ("1", "PPM", {}),
    "rgb.pcx": ("RGB", "PCX", {}),
    "palette.pcx": ("P", "PCX", {}),
    "raw.tga": ("RGB", "TGA", {}),
    "rle.tga": ("RGB", "TGA", {"compression": "tga_rle"}),
    "boxed.jp2": ("RGB", "JPEG2000", {}),
    "stream.j2k": ("L", "JPEG2000", {"no_jp2": True}),
    "photo.avif": ("RGB", "AVIF", {}),
    "pages.tif": ("L", "TIFF", {"compression": "tiff_lzw"}),
    "pages of fax.tif": ("1", "TIFF", {"compression": "group4"}),
    "pages.gif": ("P", "GIF", {}),
    "pages.webp": ("RGB", "WEBP", {}),
    "pages.png": ("RGB", "PNG", {}),
    "pages.avif": ("RGB", "AVIF", {}),
    "pages.pdf": ("RGB", "PDF", {"creationDate": time.gmtime(0), "modDate": time.gmtime(0)}),
}


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
    """One file of every kind that Pillow can write here, and a PDF with text."""
    files = {"text.pdf": text_pdf()}
    for name, (mode, kind, options) in FORMATS.items():
        has_many = name.startswith("pages")
        more = {"save_all": True, "append_images": [draw(mode, 2), draw(mode, 3)]} if has_many else {}
        file = BytesIO()
        try:
            draw(mode).save(file, kind, **options, **more)
        except (OSError, KeyError) as error:  # an encoder that this Pillow was built without
            print(f"{name} cannot be written here ({error})")
            continue
        files[name] = file.getvalue()
    return files


def text_pdf() -> bytes:
    """A PDF of two pages with text of their own, one of them turned."""
    texts = [b" ".join(b"(Line %d of a page with words of its own) Tj 0 -20 Td" % n for n in range(9)) for _ in "ab"]
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R 6 0 R] /Count 2 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(texts):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Rotate %d /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (90 * number, 5 + 2 * number)
        )
        stream = b"BT /F1 12 Tf 20 360 Td " + text + b" ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    out, places = b"%PDF-1.4\n", b"0000000000 65535 f \n"
    for number, body in enumerate(objects, start=1):
        places += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n" % (len(objects) + 1) + places + end


def files_in(folders: list[Path]) -> dict[str, bytes]:
    """The files of folders, in a fixed order."""
    files = {}
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        if path.stat().st_size > LARGEST:
            print(f"{path} is left out: larger than {LARGEST / 1e6:.0f} MB")
        else:
            files[str(path)] = path.read_bytes()
    return files


# Damage


def place_in(chance: random.Random, data: bytearray) -> int:
    """A place in a file; every other time where the structure of most formats is."""
    near = chance.randrange(min(512, len(data)))
    return chance.choice((near, near, near, len(data) - 1 - near, *[chance.randrange(len(data))] * 4))


def flip(chance: random.Random, data: bytearray, _: bytes) -> None:
    """Turns single bits over."""
    for _n in range(chance.randint(1, 16)):
        data[place_in(chance, data)] ^= 1 << chance.randrange(8)


def overwrite(chance: random.Random, data: bytearray, _: bytes) -> None:
    """Puts noise, zeros or ones over a range."""
    start, size = place_in(chance, data), chance.choice((4, 16, 64, 256, 4096))
    size = min(size, len(data) - start)
    data[start : start + size] = chance.choice((chance.randbytes(size), bytes(size), b"\xff" * size))


def cut(chance: random.Random, data: bytearray, _: bytes) -> None:
    """Takes the end away, or a piece out of the middle."""
    start = chance.randrange(len(data))
    del data[start : chance.choice((len(data), start + chance.randint(1, 2000)))]


def insert(chance: random.Random, data: bytearray, _: bytes) -> None:
    """Puts noise in between."""
    start = place_in(chance, data)
    data[start:start] = chance.randbytes(chance.choice((1, 2, 4, 64, 1000)))


def duplicate(chance: random.Random, data: bytearray, _: bytes) -> None:
    """Repeats a piece, up to a thousand times."""
    start = place_in(chance, data)
    piece = data[start : start + chance.choice((1, 8, 32, 512))]
    data[start:start] = piece * chance.choice((1, 2, 10, 1000))


def splice(chance: random.Random, data: bytearray, other: bytes) -> None:
    """Goes on with another file."""
    data[chance.randrange(len(data)) :] = other[chance.randrange(max(1, len(other))) :]


def change_number(chance: random.Random, data: bytearray, _: bytes) -> None:
    """Makes 16- or 32-bit numbers of the header extreme."""
    for _n in range(chance.randint(1, 3)):
        order, code = chance.choice("<>"), chance.choice("HI")
        most = 1 << (8 * struct.calcsize(code))
        value = chance.choice((0, 1, 2, most - 1, most // 2, most // 2 - 1, most // 16, 0x4000, chance.randrange(most)))
        start = place_in(chance, data) & ~1
        data[start : start + struct.calcsize(code)] = struct.pack(order + code, value)


DAMAGES = (flip, flip, overwrite, cut, insert, duplicate, splice, change_number, change_number, change_number)


def damaged(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """A file with one kind of damage or several."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        if out:
            chance.choice(DAMAGES)(chance, out, other)
    return bytes(out[: 2 * LARGEST])


# What comes out


class Outcome:
    """What came out of all inputs; filled by several threads."""

    def __init__(self, folder: Path, kept: Path) -> None:
        self.folder, self.known, self.kept = folder, folder / "known.png", kept
        self.came: Counter[str] = Counter()
        self.failures: list[str] = []
        self.sentences: Counter[str] = Counter()
        self.crashed: Counter[Path] = Counter()
        self.timeouts: set[Path] = set()
        self.slowest = (0.0, "")
        self.peak = 0
        self.in_flight: dict[int, tuple[float, Path]] = {}
        self.lock = threading.Lock()

    def fail(self, path: Path, what: str) -> None:
        """Notes a failure and keeps its file."""
        with self.lock:
            self.failures.append(f"{path.name}: {what}")
        self.keep(path)

    def keep(self, path: Path) -> None:
        """Keeps a file for whoever wants to see why."""
        self.kept.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, self.kept / path.name)

    def ask(self, path: Path, request: Callable[[], object]) -> object:
        """Makes a request of the decoder; gives what came, a PageUnreadable included, and None after a failure."""
        start = time.perf_counter()
        self.in_flight[threading.get_ident()] = start, path
        answer: object = None
        try:
            answer = request()
        except PageUnreadable as error:
            answer = error
        except Exception:  # noqa: BLE001 - this is what is looked for
            self.fail(path, traceback.format_exc())
        finally:
            del self.in_flight[threading.get_ident()]
        seconds = time.perf_counter() - start
        with self.lock:
            self.slowest = max(self.slowest, (seconds, path.name))
            if isinstance(answer, PageUnreadable):
                self.sentences[re.sub(r"\d[\d,.]*\d|\d", "N", str(answer))] += 1
        if isinstance(answer, PageUnreadable) and "took longer than" in str(answer):
            self.timeouts.add(path)
            self.keep(path)
        if seconds > SLOW_SECONDS:
            self.fail(path, f"took {seconds:.1f} seconds")
        no_sentence = isinstance(answer, PageUnreadable) and not str(answer).endswith(".")
        if no_sentence or (isinstance(answer, Picture) and not is_picture(answer.pixels)):
            self.fail(path, f"no sentence or no picture: {answer!s:.200}")
        return answer


def is_picture(pixels: np.ndarray) -> bool:
    """Whether it is RGB as the engine has it."""
    return bool(pixels.dtype == np.uint8 and pixels.ndim == 3 and pixels.shape[2] == 3 and pixels.size)


class CrashCount(logging.Handler):
    """Counts the crashes of decoding processes by what the decoder logs."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(logging.WARNING)
        self._outcome = outcome

    def emit(self, record: logging.LogRecord) -> None:
        """Looks at one record."""
        if "crashed" in record.getMessage() and isinstance(record.args, tuple):
            self._outcome.crashed[Path(str(record.args[0]))] += 1


def give(decoder: Decoder, outcome: Outcome, path: Path, must_be_read: bool) -> None:
    """Counts the pages of a file, reads the first and the last, and makes a thumbnail, as the program does."""
    count = outcome.ask(path, lambda: decoder.count_pages(path))
    frames = {0, getattr(count, "pages", 1) - 1}
    answers = [outcome.ask(path, lambda frame=frame: decoder.load_page(path, frame)) for frame in sorted(frames)]
    if isinstance(answers[0], OwnText):
        answers.append(outcome.ask(path, lambda: decoder.load_page(path, 0, as_picture=True)))
    small = outcome.ask(path, lambda: decoder.load_small(path, 0, 90, SMALL))
    if isinstance(small, Picture) and max(small.pixels.shape[:2]) > SMALL:
        outcome.fail(path, f"a thumbnail of {small.pixels.shape}")
    with outcome.lock:
        outcome.came[CAME.get(type(answers[0]), "refused with a sentence")] += 1
    refused = [answer for answer in [*answers, small] if not isinstance(answer, Picture | OwnText)]
    if must_be_read and refused:
        outcome.fail(path, f"drawn and undamaged, and refused: {refused}")
    after = outcome.ask(path, lambda: decoder.load_page(outcome.known))
    if not isinstance(after, Picture) or after.pixels.shape != (KNOWN_SIZE[1], KNOWN_SIZE[0], 3):
        outcome.fail(path, f"the next file came out wrong: {type(after)}")
    if path in outcome.crashed:
        outcome.keep(path)


def watch(outcome: Outcome, ended: threading.Event) -> None:
    """Notes the most memory taken, and gives up when nothing goes on."""
    while not ended.wait(0.1):
        outcome.peak = max(outcome.peak, resident())
        for start, path in list(outcome.in_flight.values()):
            if time.perf_counter() - start > HUNG_SECONDS:
                outcome.keep(path)
                print(f"FAILED: {outcome.kept / path.name} hangs for more than {HUNG_SECONDS:.0f} seconds", flush=True)
                os._exit(1)


def resident() -> int:
    """Bytes of memory that this program and its processes take now; 0 where there is no /proc."""
    pages = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            after_name = (process / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if str(os.getpid()) in (process.name, after_name[1]):
                pages += int((process / "statm").read_text(encoding="ascii").split()[1])
        except (OSError, IndexError):
            continue  # it has just ended
    return pages * resource.getpagesize()


def main() -> None:
    """Makes the inputs, gives them to a decoder, and tells what came out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*", metavar="FOLDER")
    parser.add_argument("--inputs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    drawn = drawn_files()
    files = list({**drawn, **files_in(options.folders)}.items())
    decoder, ended, started = Decoder(), threading.Event(), time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="ocrdesk-fuzz-") as folder:
        kept = Path(tempfile.gettempdir()) / f"ocrdesk-fuzz-kept-{os.getpid()}"
        outcome = Outcome(Path(folder), kept)
        Image.new("RGB", KNOWN_SIZE).save(outcome.known)
        logging.getLogger("ocrdesk").addHandler(CrashCount(outcome))
        threading.Thread(target=watch, args=(outcome, ended), daemon=True).start()

        def work(number: int) -> None:
            name, data = files[number % len(files)]
            chance = random.Random(f"{options.seed} {number}")
            is_whole = number < len(files)
            path = outcome.folder / f"{number:06} {Path(name).stem[:40]}{Path(name).suffix}"
            path.write_bytes(data if is_whole else damaged(chance, data, chance.choice(files)[1]))
            give(decoder, outcome, path, is_whole and name in drawn)
            path.unlink()
            if (number + 1) % 200 == 0:
                print(f"{number + 1:6} inputs, {time.perf_counter() - started:.0f} s", flush=True)

        try:
            with ThreadPoolExecutor(options.threads) as threads:
                list(threads.map(work, range(options.inputs)))
        finally:
            ended.set()
            decoder.close()
    report(outcome, options, len(files))
    sys.exit(bool(outcome.failures))


def report(outcome: Outcome, options: argparse.Namespace, files: int) -> None:
    """Prints the numbers."""
    for sentence, count in outcome.sentences.most_common():
        print(f"{count:6} × {sentence}")
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    print(f"{options.inputs} inputs of {files} files, seed {options.seed}, {options.threads} threads")
    print(", ".join(f"{what} {count}" for what, count in sorted(outcome.came.items())))
    print(f"crashes survived {outcome.crashed.total()} by {len(outcome.crashed)} inputs")
    seconds, name = outcome.slowest
    print(f"given up after a time {len(outcome.timeouts)}, slowest request {seconds:.1f} s ({name})")
    print(f"most memory at a time {outcome.peak / 1e6:,.0f} MB, largest decoding process {largest:,.0f} MB")
    print(*(f"FAILED: {failure}" for failure in outcome.failures), sep="\n")
    if outcome.kept.exists():
        print(f"kept in {outcome.kept}: {sorted(path.name for path in outcome.kept.iterdir())}")
    print(f"failures {len(outcome.failures)}")


if __name__ == "__main__":
    main()
