"""Computes with the polygons of text lines, and cuts text lines out of a page."""

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.geometry import STANDING, Polygon
from ocrdesk.engine.recognition.opencv import cv2

Boxes = npt.NDArray[np.float32]
"""Polygons of text lines: n × 4 × 2, in pixels, clockwise from the top-left corner."""

STRAIGHT = 0.5
"""A line whose corners are less than this many pixels off a level rectangle is cut out without rotating it."""


def sizes_of(boxes: Boxes) -> npt.NDArray[np.float32]:
    """Returns the width and height of each line along its own sides: n × 2, in pixels."""
    top, right, bottom, left = (np.linalg.norm(boxes[:, a] - boxes[:, b], axis=1) for a, b in _SIDES)
    return np.stack([np.maximum(top, bottom), np.maximum(left, right)], axis=1).astype(np.float32)


_SIDES = ((0, 1), (1, 2), (2, 3), (3, 0))


def bounds_of(boxes: Boxes) -> Boxes:
    """Returns the left, top, right and bottom of each box: n × 4."""
    return np.concatenate([boxes.min(axis=1), boxes.max(axis=1)], axis=1)


def is_standing(boxes: Boxes) -> npt.NDArray[np.bool_]:
    """Says which boxes are much taller than wide."""
    sizes = sizes_of(boxes)
    return sizes[:, 1] >= STANDING * sizes[:, 0]


def laid_straight(boxes: Boxes) -> Boxes:
    """Returns the boxes of a skewed page as they would lie if it were deskewed by the median slope of its lines."""
    lying = boxes[~is_standing(boxes)]
    if not len(lying):
        return boxes
    across, down = (lying[:, 1] - lying[:, 0]).T
    slope = np.float32(np.median(down / np.maximum(across, 1)))
    x, y = boxes[..., 0], boxes[..., 1]
    return np.stack([x + slope * y, y - slope * x], axis=-1)


def grown(boxes: Boxes, by: npt.NDArray[np.float32]) -> Boxes:
    """Grows each box by its number of pixels on each side."""
    across, down = (boxes[:, corner] - boxes[:, 0] for corner in (1, 3))
    across, down = (
        side / np.maximum(np.linalg.norm(side, axis=1), 1e-3)[:, None] * by[:, None] for side in (across, down)
    )
    larger: Boxes = (boxes + np.stack([-across - down, across - down, across + down, down - across], axis=1)).astype(
        np.float32
    )
    return larger


def ordered_corners(corners: "cv2.typing.MatLike") -> Boxes:
    """Puts four corners in clockwise order from the top left: the upper of the two leftmost ones comes first."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    left, right = by_x[:2][np.argsort(by_x[:2, 1])], by_x[2:][np.argsort(by_x[2:, 1])]
    return np.array([left[0], right[0], right[1], left[1]], np.float32)


def cut_out(picture: Pixels, box: Boxes) -> Pixels:
    """Cuts a line (4 × 2) out of a picture and makes it level; a vertical one is rotated anticlockwise."""
    corners = box.astype(np.float32)
    (wide, high), standing = sizes_of(corners[None])[0], bool(is_standing(corners[None])[0])
    width, height = max(1, int(wide)), max(1, int(high))
    left, top = corners.min(axis=0)
    right, bottom = corners.max(axis=0)
    if right - left - wide < STRAIGHT and bottom - top - high < STRAIGHT and abs(corners[0, 1] - corners[1, 1]) < 1:
        first_row, first_column = int(top), int(left)
        crop = picture[first_row : max(first_row + 1, round(float(bottom)))]
        crop = crop[:, first_column : max(first_column + 1, round(float(right)))]
    else:
        straight = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
        crop = cv2.warpPerspective(
            picture,
            cv2.getPerspectiveTransform(corners, straight),
            (width, height),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        ).astype(np.uint8)
    return np.rot90(crop) if standing else crop


def polygon_of(box: Boxes) -> Polygon:
    """Returns a box (4 × 2) as a polygon to be stored."""
    a, b, c, d = ((round(float(x), 1), round(float(y), 1)) for x, y in box)
    return a, b, c, d


def as_input(pictures: list[Pixels], height: int, width: int) -> npt.NDArray[np.float32]:
    """Returns pictures of one size as model input: number × 3 × height × width, BGR, −1 to 1."""
    batch = np.empty((len(pictures), 3, height, width), np.float32)
    for number, picture in enumerate(pictures):
        for colour in range(3):
            np.multiply(picture[..., 2 - colour], np.float32(2 / 255), out=batch[number, colour])
    batch -= 1
    return batch
