"""From a file to a page: the one loader for recognition, thumbnail and viewer, in processes of its own."""

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
