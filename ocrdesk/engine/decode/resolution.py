"""How many dots an inch a picture has, as far as its file can be trusted to say so."""

import struct

from PIL import Image

from ocrdesk.engine.decode.picture import Density

SAID_BY_DEFAULT = (72, 96)
"""What programs write into files of which they know nothing."""

LEAST, MOST = 50, 2400
"""No scanner has fewer or more dots an inch: a file that says so is wrong."""

_EXIF_OF_CAMERA = 0x8769
_APERTURE, _FOCAL_LENGTH = 0x829D, 0x920A


def dpi_of(image: Image.Image, density: Density | None) -> float | None:
    """Returns the dots per inch of a decoded picture; None if its file does not say, or says what it cannot know.

    Args:
        image: The picture. A camera does not know how far away the page was.
        density: What it states.
    """
    if density is None or round(max(density)) in SAID_BY_DEFAULT or not LEAST <= min(density) <= max(density) <= MOST:
        return None
    return None if _is_of_camera(image) else max(density)


def _is_of_camera(image: Image.Image) -> bool:
    try:
        taken = image.getexif().get_ifd(_EXIF_OF_CAMERA)
    except (OSError, ValueError, TypeError, SyntaxError, KeyError, struct.error):
        return False  # unreadable EXIF is no reason to refuse the picture
    return _APERTURE in taken or _FOCAL_LENGTH in taken
