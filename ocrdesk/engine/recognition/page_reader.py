"""One picture's way through a set of line models: find lines, turn upright, cut out, read."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.decode import Pixels, turn_pixels
from ocrdesk.engine.document import Line, Polygon, Reading
from ocrdesk.engine.recognition.opencv import qt_variables_kept
from ocrdesk.engine.recognition.orientation import find_turn

with qt_variables_kept():
    import cv2

Boxes = npt.NDArray[np.float32]
"""Polygons of lines: n × 4 × 2, pixels, clockwise from the top-left corner."""

DETECTION_EDGE = 2000
"""Longest edge, in pixels, at which lines are looked for; they are read from the full picture."""

FAINTEST = 6
"""Levels of grey by which the faintest mark differs from its ground."""

SHORTEST_EDGE = 320
LONGEST_STRIP = 8
"""Detection enlarges a short side to 736 pixels. A low picture or a long strip is padded first: enlarged without bound,
letters fall apart and memory with them."""


class LineModels(Protocol):
    """The three models of a PP-OCR generation. Pictures are BGR, uint8."""

    def detect(self, picture: Pixels) -> Boxes:
        """Finds the lines of a picture."""
        ...

    def upside_down(self, crops: Sequence[Pixels]) -> list[bool]:
        """Tells for each line whether it stands on its head."""
        ...

    def recognize(self, crops: Sequence[Pixels]) -> list[tuple[str, float]]:
        """Reads lines: text and confidence, 0 to 1."""
        ...


def read_picture(models: LineModels, picture: Pixels) -> Reading:
    """Reads an RGB picture, turning it upright first if its lines say so.

    Everything that was read is given; no line is dropped for a low confidence.
    """
    if _is_empty(picture):
        return Reading((), width=picture.shape[1], height=picture.shape[0])
    boxes = _detect(models, picture)
    turn = find_turn(models, picture, boxes, cut_out)
    if turn:
        picture = turn_pixels(picture, turn)
        boxes = _detect(models, picture)
    texts = models.recognize([cut_out(picture, box) for box in boxes]) if len(boxes) else []
    lines = tuple(
        Line(text, float(np.nan_to_num(confidence)), _polygon(box))
        for box, (text, confidence) in zip(boxes, texts, strict=True)
        if text.strip()
    )
    return Reading(lines, width=picture.shape[1], height=picture.shape[0], turn=turn)


def _is_empty(picture: Pixels) -> bool:
    """Whether a picture is all of one colour, so that there is nothing to look for."""
    return all(int(np.ptp(part, axis=(0, 1)).max()) < FAINTEST for part in (picture[::37, ::41], picture))


def _detect(models: LineModels, picture: Pixels) -> Boxes:
    height, width = picture.shape[:2]
    scale = min(1.0, DETECTION_EDGE / max(height, width))
    small = picture
    if scale < 1.0:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
    small_height, small_width = small.shape[:2]
    below = max(0, SHORTEST_EDGE - small_height, -(-small_width // LONGEST_STRIP) - small_height)
    right = max(0, SHORTEST_EDGE - small_width, -(-small_height // LONGEST_STRIP) - small_width)
    if below or right:
        small = cv2.copyMakeBorder(small, 0, below, 0, right, cv2.BORDER_REPLICATE).astype(np.uint8)
    boxes = models.detect(np.ascontiguousarray(small[..., ::-1])).astype(np.float32)
    if len(boxes):
        boxes *= np.array([width / small_width, height / small_height], dtype=np.float32)
        boxes[..., 0] = boxes[..., 0].clip(0, width)
        boxes[..., 1] = boxes[..., 1].clip(0, height)
        flat = np.ptp(boxes, axis=1).min(axis=1) < 1  # lines that lie in the padding alone
        boxes = boxes[~flat]
    return boxes


def cut_out(picture: Pixels, box: Boxes) -> Pixels:
    """Cuts a line (4 × 2) out of an RGB picture and lays it straight, as BGR.

    A line much taller than wide is laid on its side.
    """
    corners = box.astype(np.float32)
    width = max(1, int(max(np.linalg.norm(corners[0] - corners[1]), np.linalg.norm(corners[2] - corners[3]))))
    height = max(1, int(max(np.linalg.norm(corners[0] - corners[3]), np.linalg.norm(corners[1] - corners[2]))))
    straight = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(corners, straight)
    crop = cv2.warpPerspective(
        picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    ).astype(np.uint8)[..., ::-1]  # the models want BGR; turning a large page round in memory would take it twice
    return np.ascontiguousarray(np.rot90(crop) if height >= 1.5 * width else crop)


def _polygon(box: Boxes) -> Polygon:
    a, b, c, d = ((round(float(x), 1), round(float(y), 1)) for x, y in box)
    return a, b, c, d
