"""Models without weights: they read drawn bars, whose black end tells where the text begins.

A bar's shade of grey is its number. The models see just what real ones see: a page and cut out lines as BGR numbers.
``tiny_onnx`` writes a file that is a model for ONNX Runtime, too.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.recognition.opencv import cv2
from ocrdesk.engine.recognition.ppocr.line_finder import GROWTH
from ocrdesk.engine.recognition.ppocr.sessions import Floats, Steps

GROUND, MARK = 255, 0
SHADE = 50
FAINTEST_SEEN = 230
"""What is lighter than this the fake models do not see."""

LETTERS = "bar0123456789?发票号码"
CHARACTERS = ("", *LETTERS, " ")

Bar = tuple[int, int, int, int]
"""Left, top, width, height."""


def draw_bars(*bars: Bar, width: int = 600, height: int = 400) -> Pixels:
    """A page with bars; the first is number 1."""
    page = np.full((height, width, 3), GROUND, np.uint8)
    for number, (left, top, wide, high) in enumerate(bars, start=1):
        page[top : top + high, left : left + wide] = SHADE + 4 * number
        page[top : top + high // 2, left : left + min(wide, high)] = MARK
    return page


def stack(count: int, *, wide: int = 300, high: int = 20) -> list[Bar]:
    """Bars one under the other."""
    return [(40, 30 + 2 * high * number, wide, high) for number in range(count)]


def faint(page: Pixels) -> Pixels:
    """A page so light that the fake models see nothing on it."""
    return (GROUND - (GROUND - page) // 12).astype(np.uint8)


class FakeModels:
    """Finds bars and reads them as ``bar 1``; what stands on its head it reads badly.

    Attributes:
        pictures: What the detector was given, BGR.
        asked: How many lines the classifier was given each time.
        groups: What the reader was given each time, BGR.
    """

    def __init__(self, *, sure: float = 0.95, letters: str = "bar", votes: bool | None = None) -> None:
        self.sure = sure
        self.letters = letters
        self.votes = votes
        self.pictures: list[Pixels] = []
        self.asked: list[int] = []
        self.groups: list[Pixels] = []

    @property
    def lines(self) -> list[Pixels]:
        """All that the reader was given."""
        return [line for group in self.groups for line in group]

    def detect(self, picture: Floats) -> Floats:
        assert picture.shape[0] == 1
        assert picture.shape[2] % 32 == picture.shape[3] % 32 == 0
        seen = seen_of(picture)[0]
        self.pictures.append(seen)
        bars = (seen.min(axis=2) < FAINTEST_SEEN).astype(np.uint8)
        found, _ = cv2.findContours(bars, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        likely = np.zeros(bars.shape, np.float32)
        for contour in found:
            mark_core(likely, *cv2.boundingRect(contour))
        return likely

    def classify(self, lines: Floats) -> Floats:
        self.asked.append(len(lines))
        votes = [not is_upright(line) if self.votes is None else self.votes for line in seen_of(lines)]
        return np.array([[0.1, 0.9] if vote else [0.9, 0.1] for vote in votes], np.float32)

    def read(self, lines: Floats) -> Steps:
        seen = seen_of(lines)
        self.groups.append(seen)
        return steps_of([self.say(line) for line in seen], lines.shape[3] // 8)

    def say(self, line: Pixels) -> tuple[str, float]:
        """What it reads in one line and how sure it is of it."""
        return (f"{self.letters} {number_of(line)}", self.sure) if is_upright(line) else ("??????", 0.2)


def seen_of(batch: Floats) -> Pixels:
    """What a model is given, as BGR pictures: number × height × width × 3."""
    assert batch.dtype == np.float32
    assert batch.flags.c_contiguous
    assert -1 <= batch.min() <= batch.max() <= 1
    return np.round((batch + 1) * 127.5).astype(np.uint8).transpose(0, 2, 3, 1)


def mark_core(likely: Floats, left: int, top: int, wide: int, high: int) -> None:
    """Marks what grows into a box again, as far as whole pixels allow."""

    def is_off(inset: int) -> float:
        width, height = wide - 2 * inset, high - 2 * inset
        return abs(GROWTH * width * height / (width + height) - 2 * inset)

    inset = min(range(max(1, (min(wide, high) - 1) // 2)), key=is_off)
    likely[top + inset : top + high - inset, left + inset : left + wide - inset] = 0.9


def steps_of(read: Sequence[tuple[str, float]], count: int) -> Steps:
    """What a reader gives for some texts: their letters evenly over the steps, as many as have room."""
    classes = np.zeros((len(read), count), np.int64)
    confidences = np.ones((len(read), count), np.float32)
    for number, (text, confidence) in enumerate(read):
        text = text[: count // 2]
        places = [int((place + 0.5) * count / len(text)) for place in range(len(text))]
        classes[number, places] = [CHARACTERS.index(letter) for letter in text]
        confidences[number, places] = confidence
    return Steps(classes, confidences, np.zeros_like(classes), np.zeros_like(confidences))


def is_upright(line: Pixels) -> bool:
    high, wide = line.shape[:2]
    return wide > high and bool(line[high // 4, high // 2].max() < SHADE // 2)


def number_of(line: Pixels) -> int:
    return max(0, round((int(line[line.shape[0] // 2, line.shape[1] // 2].max()) - SHADE) / 4))


# Files


def varint(value: int) -> bytes:
    parts = [value & 127]
    while value := value >> 7:
        parts.append(value & 127)
    return bytes([*(part | 128 for part in parts[:-1]), parts[-1]])


def field(number: int, content: int | str | bytes) -> bytes:
    """A field of a protobuf message."""
    if isinstance(content, int):
        return varint(number << 3) + varint(content)
    content = content.encode() if isinstance(content, str) else content
    return varint(number << 3 | 2) + varint(len(content)) + content


def metadata(pairs: Iterable[tuple[str, str]]) -> bytes:
    """Entries of an ONNX file's metadata."""
    return b"".join(field(14, field(1, key) + field(2, value)) for key, value in pairs)


def tiny_onnx(*pairs: tuple[str, str]) -> bytes:
    """An ONNX file that gives what it is given, with metadata."""
    numbers = field(2, field(1, field(1, 1)))
    node = field(1, "given") + field(2, "result") + field(4, "Identity")
    graph = field(1, node) + field(2, "tiny" * 50)
    graph += field(11, field(1, "given") + numbers) + field(12, field(1, "result") + numbers)
    return field(1, 8) + field(2, "a test") + field(7, graph) + field(8, field(1, "") + field(2, 13)) + metadata(pairs)
