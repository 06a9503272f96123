"""What the tests of decoding share: pictures that tell how they were turned, how others are refused, and a room."""

import threading
from pathlib import Path

import pytest
from fakes import PATIENCE, load_page, quadrants
from PIL import Image

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.errors import PageUnreadable
from ocrdesk.engine.own_process import OwnProcess

RED, GREEN, BLUE, BLACK, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (0, 0, 0), (255, 255, 255)
UPRIGHT = [RED, GREEN, BLUE, BLACK]
CLOCKWISE = {1: 0, 2: 0, 3: 180, 4: 180, 5: 270, 6: 90, 7: 90, 8: 270}
"""Degrees that belong to an orientation."""

UNDONE = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""What makes an upright picture into one that the orientation makes upright again."""


def corners(pixels):
    """The colours near the corners, from the top-left, in reading order; pure, because JPEG is not exact."""
    near = (pixels[3, 3], pixels[3, -4], pixels[-4, 3], pixels[-4, -4])
    return [tuple(255 if value > 127 else 0 for value in colour) for colour in near]


def save_turned(path: Path, orientation: int, size: tuple[int, int] = (40, 24)) -> Path:
    """Saves ``quadrants`` so that the orientation makes it upright."""
    stored = quadrants(*size)
    if orientation in UNDONE:
        stored = stored.transpose(UNDONE[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored.save(path, exif=exif)
    return path


def marked(mode: str, mark, ground) -> Image.Image:
    """A line across the middle of a ground."""
    picture = Image.new(mode, (60, 40), ground)
    picture.paste(mark, (5, 18, 55, 22))
    return picture


def refused(path: Path, frame: int = 0) -> str:
    """The sentence with which a page is refused."""
    with pytest.raises(PageUnreadable) as caught:
        load_page(path, frame)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    return sentence


def process_of(decoder: Decoder) -> OwnProcess:
    """The one idle process."""
    (process,) = decoder._idle
    return process._process


class Room:
    """Lets nobody in before its door is opened, and remembers who came and went."""

    def __init__(self) -> None:
        self.asked, self.door = threading.Semaphore(0), threading.Event()
        self.inside = self.came = 0

    def __enter__(self) -> None:
        self.asked.release()
        assert self.door.wait(PATIENCE), "nobody opened the door"
        self.inside += 1
        self.came += 1

    def __exit__(self, *_: object) -> None:
        self.inside -= 1
