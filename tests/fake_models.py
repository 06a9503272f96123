"""Line models without a network: they read drawn bars, whose white end tells where the text begins.

A bar's shade of grey is its number. The models see just what real ones see: a BGR picture, and crops of lines.
"""

from collections.abc import Sequence

import numpy as np

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.recognition.page_reader import Boxes, cv2

GROUND, MARK = 0, 255


def draw_bars(*bars: tuple[int, int, int, int], width: int = 600, height: int = 400) -> Pixels:
    """A page with bars: left, top, width, height; the first is number 1."""
    page = np.full((height, width, 3), GROUND, np.uint8)
    for number, (left, top, wide, high) in enumerate(bars, start=1):
        page[top : top + high, left : left + wide] = 50 + 4 * number
        page[top : top + high // 2, left : left + min(wide, high)] = MARK
    return page


def stack(count: int, *, wide: int = 400, high: int = 20) -> list[tuple[int, int, int, int]]:
    """Bars one under the other."""
    return [(40, 30 + 2 * high * number, wide, high) for number in range(count)]


class FakeModels:
    """Finds bars and reads them as ``bar 1``; what stands on its head it reads badly."""

    def __init__(self, *, sure: float = 0.95, letters: str = "bar", votes: bool | None = None) -> None:
        self.sure = sure
        self.letters = letters
        self.votes = votes
        self.pictures: list[Pixels] = []
        self.asked: list[int] = []
        self.crops: list[list[Pixels]] = []

    def detect(self, picture: Pixels) -> Boxes:
        self.pictures.append(picture)
        filled = (picture.max(axis=2) > 30).astype(np.uint8)
        found, _ = cv2.findContours(filled, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        boxes = []
        for contour in found:
            x, y, wide, high = cv2.boundingRect(contour)
            boxes.append([[x, y], [x + wide, y], [x + wide, y + high], [x, y + high]])
        boxes.sort(key=lambda box: (box[0][1], box[0][0]))
        return np.asarray(boxes, np.float32).reshape(-1, 4, 2)

    def upside_down(self, crops: Sequence[Pixels]) -> list[bool]:
        self.asked.append(len(crops))
        return [not _is_upright(crop) if self.votes is None else self.votes for crop in crops]

    def recognize(self, crops: Sequence[Pixels]) -> list[tuple[str, float]]:
        self.crops.append(list(crops))
        return [
            (f"{self.letters} {_number(crop)}", self.sure) if _is_upright(crop) else ("??????", 0.2) for crop in crops
        ]


def _is_upright(crop: Pixels) -> bool:
    high, wide = crop.shape[:2]
    return wide > high and bool(crop[high // 4, high // 2].max() > 200)


def _number(crop: Pixels) -> int:
    return round((int(crop[crop.shape[0] // 2, crop.shape[1] // 2].max()) - 50) / 4)
