"""From a file to a page: the one loader for recognition, thumbnail and viewer, in processes of its own."""

from ocrdesk.engine.decode.decoder import Decoder
from ocrdesk.engine.decode.picture import (
    UNSEEN_TEXT,
    OwnText,
    PageCount,
    Picture,
    Pixels,
    Sample,
    ShownLetter,
    StoredPicture,
    both_remarks,
    turn_pixels,
)

__all__ = [
    "UNSEEN_TEXT",
    "Decoder",
    "OwnText",
    "PageCount",
    "Picture",
    "Pixels",
    "Sample",
    "ShownLetter",
    "StoredPicture",
    "both_remarks",
    "turn_pixels",
]
