"""Pictures of the engine as pictures of Qt."""

from PySide6.QtGui import QImage

from ocrdesk.engine.decode import Pixels


def to_image(pixels: Pixels) -> QImage:
    """Qt's picture of an RGB array; a copy, so the array may go."""
    height, width = pixels.shape[:2]
    data = pixels.tobytes()  # held until the copy is made: the first picture only points at it
    return QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
