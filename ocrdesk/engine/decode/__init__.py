"""Loads pages from files, in separate processes, for recognition, thumbnails and the viewer alike."""

from ocrdesk.engine.decode.decoder import Decoder
from ocrdesk.engine.decode.picture import (
    OwnText,
    PageCount,
    Picture,
    Pixels,
    Sample,
    ShownLetter,
    StoredPicture,
    turn_pixels,
)

__all__ = [
    "Decoder",
    "OwnText",
    "PageCount",
    "Picture",
    "Pixels",
    "Sample",
    "ShownLetter",
    "StoredPicture",
    "turn_pixels",
]
