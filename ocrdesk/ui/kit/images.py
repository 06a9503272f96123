"""Pictures of the engine as pictures of Qt, and back."""

import numpy as np
from PySide6.QtGui import QImage

from ocrdesk.engine.decode import Pixels


def to_image(pixels: Pixels) -> QImage:
    """Qt's picture of an RGB array, as Qt draws it soonest; a copy, so the array may go."""
    height, width = pixels.shape[:2]
    pointed_at = np.ascontiguousarray(pixels)  # held until the copy is made: the first picture only points at it
    there = QImage(pointed_at.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return there.convertToFormat(QImage.Format.Format_RGB32)


def to_pixels(image: QImage) -> Pixels:
    """The RGB array of one of Qt's pictures; a copy, so the picture may go."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    width, height = rgb.width(), rgb.height()
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(height, rgb.bytesPerLine())
    return rows[:, : 3 * width].reshape(height, width, 3).copy()
