"""Stand-ins for recognizers, disks and scans, each named for what it does. Nothing here waits on time."""

import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

from ocrdesk.engine.decode import Decoder, PageCount, Picture, Pixels
from ocrdesk.engine.decode.files import at_once, open_file
from ocrdesk.engine.decode.picture import Permit
from ocrdesk.engine.decode.sentences import in_sentences
from ocrdesk.engine.document import Line, Mode, Page, Reading, Source, Word
from ocrdesk.engine.errors import ReadingInterrupted, RecognizerBroken
from ocrdesk.engine.geometry import Polygon
from ocrdesk.engine.layout.page_text import Cell
from ocrdesk.engine.library import Library
from ocrdesk.engine.private import make_folder
from ocrdesk.engine.reading_names import reading_name

PATIENCE = 20.0
"""Seconds after which a test that would hang gives up; nothing ever waits that long on purpose."""

FIRST_WIDTH = 20
CRASHING_WIDTH = FIRST_WIDTH + 2
"""The third page of ``draw_pages`` is this wide."""


# Recognizers


class FakeRecognizer:
    """Reads every picture at once: one line that tells how wide the picture is, whichever way it is turned."""

    name = "fake"

    def __init__(self) -> None:
        self.widths_read: list[int] = []
        self.turns: list[int | None] = []

    def as_wanted(self, mode: Mode | None, languages: Sequence[str] = ()) -> "FakeRecognizer":
        return self if mode is None and not languages else AsWanted(self, mode or Mode.ACCURATE, languages)

    def read(self, picture: Pixels, turn: int | None = None) -> Reading:
        height, width = picture.shape[:2]
        self.widths_read.append(width)
        self.turns.append(turn)
        return replace(reading(f"width {width}", width=width, height=height), turn=turn or 0)

    def read_lines(self, crops: Sequence[Pixels]) -> list[tuple[str, float]]:
        """Makes nothing of them, which proves nothing."""
        return [("", 0.0) for _ in crops]


class AsWanted:
    """Reads as another does, by a name that tells the mode and the languages."""

    def __init__(self, other: FakeRecognizer, mode: Mode, languages: Sequence[str]) -> None:
        self.name = reading_name(other.name, languages or None, mode)
        self.read = other.read
        self.read_lines = other.read_lines


class BlindRecognizer(FakeRecognizer):
    """Finds no text anywhere."""

    def read(self, picture: Pixels, turn: int | None = None) -> Reading:
        return Reading((), width=picture.shape[1], height=picture.shape[0])


class BrokenRecognizer(FakeRecognizer):
    """Breaks on every picture."""

    def __init__(self, error: Exception | None = None) -> None:
        super().__init__()
        self.error = error or RecognizerBroken("The session is gone.")

    def read(self, picture: Pixels, turn: int | None = None) -> Reading:
        super().read(picture, turn)
        raise self.error


class BrokenOnceRecognizer(FakeRecognizer):
    """Breaks on its first picture; whoever goes on using it is told off."""

    def read(self, picture: Pixels, turn: int | None = None) -> Reading:
        super().read(picture, turn)
        if len(self.widths_read) == 1:
            raise RuntimeError("out of luck")
        raise AssertionError("a broken recognizer was used again")


class SlowRecognizer(FakeRecognizer):
    """Stays in each picture until its gate lets it go."""

    def __init__(self, gate: "Gate") -> None:
        super().__init__()
        self._gate = gate

    def read(self, picture: Pixels, turn: int | None = None) -> Reading:
        self._gate.pass_through()
        return super().read(picture, turn)


class CrashingRecognizer(FakeRecognizer):
    """Takes its whole process down on one page, as a fault in a native library does."""

    def read(self, picture: Pixels, turn: int | None = None) -> Reading:
        if picture.shape[1] == CRASHING_WIDTH:
            os.abort()
        return super().read(picture, turn)


class KilledRecognizer(FakeRecognizer):
    """Has its process killed on one page, as the system does for lack of memory."""

    def read(self, picture: Pixels, turn: int | None = None) -> Reading:
        if picture.shape[1] == CRASHING_WIDTH:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().read(picture, turn)


class HelperAtHand(FakeRecognizer):
    """Reads in the process of the test what a helper would read in one of its own."""

    is_alive = True

    def end(self) -> None:
        self.is_alive = False


class KilledHelper(HelperAtHand):
    """Is ended from outside on every picture."""

    def read(self, picture: Pixels, turn: int | None = None) -> Reading:
        raise ReadingInterrupted("It was killed.")


class AskingRecognizer(FakeRecognizer):
    """Says on stderr that it reads, and goes on when a line comes in on stdin."""

    def read(self, picture: Pixels, turn: int | None = None) -> Reading:
        print("READING", file=sys.stderr, flush=True)
        sys.stdin.readline()
        return super().read(picture, turn)


class Gate:
    """Holds recognizers inside a page until a test lets them go."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._passes = 0
        self._is_open = False
        self.inside = 0

    def pass_through(self) -> None:
        with self._changed:
            self.inside += 1
            self._changed.notify_all()
            went = self._changed.wait_for(lambda: self._is_open or self._passes, PATIENCE)
            self.inside -= 1
            self._passes = max(0, self._passes - 1)
            assert went, "nobody opened the gate"

    def wait_until_inside(self, count: int = 1) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self.inside == count, PATIENCE), f"{self.inside} are reading"

    def let_one_go(self) -> None:
        with self._changed:
            self._passes += 1
            self._changed.notify_all()

    def open(self) -> None:
        with self._changed:
            self._is_open = True
            self._changed.notify_all()


class Maker:
    """Makes recognizers, as a runner or a pool asks for them, and remembers them."""

    def __init__(self, kind: type = FakeRecognizer, *values: object) -> None:
        self._kind = kind
        self._values = values
        self.made: list[FakeRecognizer] = []

    def __call__(self) -> FakeRecognizer:
        self.made.append(self._kind(*self._values))
        return self.made[-1]

    @property
    def widths_read(self) -> list[int]:
        """The pages that were read, in the order of their numbers, once for each time."""
        return sorted(width for recognizer in self.made for width in recognizer.widths_read)


# Decoding


class LentDecoder:
    """A decoder for a program that closes its own: this one stays open."""

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder

    def __getattr__(self, name: str) -> object:
        return getattr(self._decoder, name)

    def close(self) -> None:
        pass


def load_page(
    path: Path, frame: int = 0, longest_edge: int | None = None, password: str | None = None, permit: Permit = at_once
) -> Picture:
    """Loads a page as a decoding process does, in this one."""
    with in_sentences(), closing(open_file(path, password, permit)) as file:
        return file.load(frame, longest_edge)


def count_pages(path: Path) -> PageCount:
    """Counts the pages of a file as a decoding process does, in this one."""
    with in_sentences(), closing(open_file(path)) as file:
        return file.count()


class Count:
    """Counts pages without opening anything, and remembers what it was asked."""

    def __init__(self, count: PageCount | Exception) -> None:
        self._count = count
        self.asked: list[str] = []

    def __call__(self, path: Path) -> PageCount:
        self.asked.append(path.name)
        if isinstance(self._count, Exception):
            raise self._count
        return self._count


# Readings


def polygon(left: float, top: float, width: float, height: float) -> Polygon:
    right, bottom = left + width, top + height
    return (left, top), (right, top), (right, bottom), (left, bottom)


def line(
    text: str, left: float = 0, top: float = 0, width: float = 100, height: float = 10, confidence: float = 0.9375
) -> Line:
    return Line(text, confidence, polygon(left, top, width, height))


def words_line(*words: tuple[str, float], top: float = 0) -> Line:
    """A line whose words are each as wide as ten pixels a letter."""
    found, left = [], 0.0
    for text, confidence in words:
        found.append(Word(text, confidence, polygon(left, top, 10 * len(text), 10)))
        left += 10 * len(text) + 10
    text = " ".join(word.text for word in found)
    return Line(text, min(word.confidence for word in found), polygon(0, top, left - 10, 10), tuple(found))


def cell(*lines: Line, columns: int = 1) -> Cell:
    """A cell of a table, its lines one under the other."""
    return Cell(tuple((line,) for line in lines), columns)


def reading(*texts: str, confidence: float = 0.9375, width: int = 200, height: int = 300) -> Reading:
    """A reading with its texts one under the other."""
    lines = (line(text, top=20.0 * number, confidence=confidence) for number, text in enumerate(texts))
    return Reading(tuple(lines), width=width, height=height)


# The library


def open_library(folder: Path, empty: Path) -> Library:
    """Opens a library, which is a copy of an empty one if there is none.

    It is written without waiting until the disk has it all, which only a loss of power could tell.
    """
    if not (folder / empty.name).exists():
        make_folder(folder)
        shutil.copy(empty, folder)
    library = Library(folder)
    library._connection._writer.execute("PRAGMA synchronous = OFF")
    return library


def sources(count: int, folder: Path = Path("/scans")) -> list[Source]:
    """Pages of files that need not exist."""
    return [Source(folder / f"{number}.png", f"{number}.png", size=1, modified=1) for number in range(1, count + 1)]


def batch_of(library: Library, pages: int | Sequence[Source], folder: Path = Path("/scans")) -> tuple[int, list[int]]:
    """A batch and its pages."""
    batch_id = library.batch_of_folder(folder, whole=True)
    added = library.add_pages(batch_id, sources(pages, folder) if isinstance(pages, int) else pages)
    return batch_id, list(added.page_ids)


def keep(library: Library, page_id: int, kept: Reading, *, seconds: float = 0.5, rotation: int = 0) -> None:
    """Keeps a reading as a worker does."""
    library.checkpoints.keep(page_id, kept, seconds=seconds, rotation=rotation, recognizer="fake")


def claim(library: Library, batch_id: int) -> Page:
    """Claims the next page of a batch whose pages are all wanted."""
    library.runs.queue(batch_id)
    page = library.runs.claim_next(batch_id)
    assert page is not None
    return page


def statuses(library: Library, batch_id: int) -> list[str]:
    pages = library.pages(library.page_ids(batch_id))
    return [pages[page_id].status.value for page_id in library.page_ids(batch_id)]


def end(part: object) -> None:
    """Closes something that works off the GUI thread, and waits until it has ended."""
    part.close()
    assert part.wait(PATIENCE), "it has not ended"


def fill_disk(library: Library) -> None:
    """Lets SQLite meet a full disk when its file has to grow."""
    library._connection._writer.execute("PRAGMA max_page_count = 1")  # stays at what the file has already


@contextmanager
def full_disk(library: Library) -> Iterator[None]:
    """Fills the disk, and makes room on it afterwards."""
    fill_disk(library)
    yield
    library._connection._writer.execute("PRAGMA max_page_count = 4294967294")


# Pictures


def draw_pages(folder: Path, count: int, *, first: int = 1) -> list[Path]:
    """Blank pages ``1.png``, ``2.png``… each one pixel wider than the one before, so that they can be told apart.

    Each file holds its own path: no two are the same, so that the reading of one is not taken for another.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(first, first + count):
        paths.append(folder / f"{number}.png")
        note = PngImagePlugin.PngInfo()
        note.add_text("Source", ascii(paths[-1]))
        Image.new("L", (FIRST_WIDTH + number - 1, 10), 255).save(paths[-1], pnginfo=note)
    return paths


def broken_image(path: Path) -> Path:
    """A PNG that ends in the middle."""
    noise = np.random.default_rng(1).integers(0, 255, (50, 50, 3), dtype=np.uint8)
    Image.fromarray(noise).save(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def many_frames(path: Path, *widths: int) -> Path:
    """A TIFF or GIF with a blank frame for each width."""
    frames = [Image.new("L", (width, 10), 255 - number) for number, width in enumerate(widths)]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    return path


def draw_text(*texts: str, size: int = 40, width: int = 900) -> Image.Image:
    """A page with lines of text one under the other, in the font that Pillow brings."""
    page = Image.new("RGB", (width, 2 * size * (len(texts) + 1)), "white")
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(size)
    for number, text in enumerate(texts):
        draw.text((size, size + 2 * size * number), text, fill="black", font=font)
    return page


def quadrants(width: int = 40, height: int = 24) -> Image.Image:
    """A picture that looks different however it is turned or mirrored: red, green, blue, black, from the top-left."""
    picture = Image.new("RGB", (width, height), "black")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill="red")
    draw.rectangle((width // 2, 0, width, height // 2 - 1), fill="lime")
    draw.rectangle((0, height // 2, width // 2 - 1, height), fill="blue")
    return picture


def die_and_reopen(library: Library) -> Library:
    """What the next start finds after the program died: nothing was put in order."""
    library.close()
    return Library(library.folder)


def claim_page(library: Library, page_id: int) -> None:
    """Claims just this page."""
    page = library.page(page_id)
    library.runs.unqueue(page.batch_id)
    library.runs.queue(page.batch_id, [page_id])
    assert library.runs.claim_next(page.batch_id).id == page_id
