"""One loader for recognition, thumbnail and viewer: files become upright RGB arrays."""

import logging
import stat
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from ocrdesk.engine.errors import PageUnreadable
from ocrdesk.engine.formats import sniff

log = logging.getLogger(__name__)

Pixels = npt.NDArray[np.uint8]
"""RGB, height × width × 3."""

MAX_PIXELS = 300_000_000

# Pillow's own limit would refuse large scans that this computer can well read; ours is checked on opening.
Image.MAX_IMAGE_PIXELS = None

_EXIF_ORIENTATION = 0x0112
_ROTATION_OF_ORIENTATION = {1: 0, 2: 0, 3: 180, 4: 180, 5: 270, 6: 90, 7: 90, 8: 270}
_BY_SUFFIX_ONLY = {".tga": "TGA", ".pcx": "PCX"}
_DARKEST_LIGHT_TEXT = 160


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded page.

    Attributes:
        pixels: RGB, uint8, height × width × 3.
        rotation: Degrees clockwise by which the stored picture was turned to become this one.
    """

    pixels: Pixels
    rotation: int


def load_page(path: Path, frame: int = 0, turn: int = 0) -> Picture:
    """Loads one page at its full size, upright.

    Args:
        path: The file.
        frame: 0-based number of the picture in the file.
        turn: Degrees clockwise to turn it by after the file's own EXIF orientation.

    Raises:
        PageUnreadable: The file is missing, no picture, damaged or too large.
    """
    return _load(path, frame, turn, longest_edge=None)


def load_small(path: Path, frame: int, turn: int, longest_edge: int) -> Picture:
    """Loads one page reduced to at most ``longest_edge`` pixels a side; otherwise as ``load_page``."""
    return _load(path, frame, turn, longest_edge)


def _load(path: Path, frame: int, turn: int, longest_edge: int | None) -> Picture:
    with _sentences(path), _open(path) as image:
        if frame:
            image.seek(frame)
        if image.width * image.height > MAX_PIXELS:
            raise PageUnreadable(
                f"The picture has {image.width * image.height / 1e6:,.0f} megapixels, more than the "
                f"{MAX_PIXELS / 1e6:,.0f} that can be read. Save it smaller or in parts, then retry."
            )
        if longest_edge is not None:
            image.draft("RGB", (longest_edge, longest_edge))  # JPEG: decodes only the detail needed
        rotation = _ROTATION_OF_ORIENTATION.get(_orientation(image), 0)
        shown: Image.Image = _as_rgb(image)
        if longest_edge is not None:
            shown.thumbnail((longest_edge, longest_edge), Image.Resampling.BILINEAR, reducing_gap=2.0)
        if rotation or _orientation(image) > 1:
            shown.getexif()[_EXIF_ORIENTATION] = _orientation(image)
            shown = ImageOps.exif_transpose(shown)
        pixels = np.asarray(shown)
    return Picture(turn_pixels(pixels, turn), (rotation + turn) % 360)


def turn_pixels(pixels: Pixels, turn: int) -> Pixels:
    """Turns a picture clockwise by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(pixels, -turn // 90)) if turn % 360 else pixels


@contextmanager
def _open(path: Path) -> Iterator[Image.Image]:
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise PageUnreadable("This is a folder, not a picture. Remove it from the batch.")
    if not stat.S_ISREG(status.st_mode):
        raise PageUnreadable("This is not an ordinary file. Remove it from the batch.")
    if status.st_size == 0:
        raise PageUnreadable("The file is empty (0 bytes). Copy or scan it again, then retry.")
    with path.open("rb") as file:
        head = file.read(64)
        picture_format = sniff(head) or _BY_SUFFIX_ONLY.get(path.suffix.lower())
        if picture_format is None:
            raise PageUnreadable(_unknown(head))
        file.seek(0)
        with Image.open(file, formats=[picture_format]) as image:
            yield image


def _unknown(head: bytes) -> str:
    if head.startswith(b"%PDF"):
        what = "This is a PDF document"
    elif head.startswith((b"%!PS", b"\xc5\xd0\xd3\xc6")):
        what = "This is a PostScript document"
    elif head.lstrip().lower().startswith((b"<!doc", b"<html", b"<?xml", b"<svg")):
        what = "This is a web page or an XML file"
    elif head.startswith(b"PK"):
        what = "This is a ZIP archive or an office document"
    else:
        what = "The content of this file is no picture format that can be read"
    return f"{what}. Save it as PNG, JPEG or TIFF and add that file."


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_EXIF_ORIENTATION, 1))
    except (OSError, ValueError, TypeError, SyntaxError, struct.error):
        return 1  # unreadable EXIF is no reason to refuse the picture


def _as_rgb(image: Image.Image) -> Image.Image:
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        return _stretched(image)
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        return _on_ground(image.convert("RGBA"))
    return image.convert("RGB")


def _stretched(image: Image.Image) -> Image.Image:
    """Makes 8 bits of 16 or more by stretching what is there, so that faint scans do not come out black."""
    values = np.asarray(image, dtype=np.float32)
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    grey = np.nan_to_num((values - low) * (255.0 / max(high - low, 1e-6)), nan=255.0, posinf=255.0, neginf=0.0)
    return Image.fromarray(grey.astype(np.uint8)).convert("RGB")


def _on_ground(image: Image.Image) -> Image.Image:
    """Lays a transparent picture on white, or on black where its own marks are light."""
    rgba = np.asarray(image.reduce(max(1, min(image.size) // 256)))
    alpha = rgba[..., 3].astype(np.float32)
    weight = float(alpha.sum())
    light = float((rgba[..., :3].mean(axis=2) * alpha).sum()) / weight if weight else 0.0
    mostly_clear = float((alpha > 127).mean()) < 0.5
    ground = (0, 0, 0) if mostly_clear and light > _DARKEST_LIGHT_TEXT else (255, 255, 255)
    flat = Image.new("RGBA", image.size, (*ground, 255))
    flat.alpha_composite(image)
    return flat.convert("RGB")


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    """Turns what goes wrong with a file into sentences; the cause is chained and logged."""
    try:
        yield
    except PageUnreadable:
        raise
    except FileNotFoundError as error:
        raise PageUnreadable("The file is no longer there. Put it back, then retry.") from error
    except PermissionError as error:
        raise PageUnreadable("The file may not be opened. Change its permissions, then retry.") from error
    except EOFError as error:
        raise PageUnreadable("The file has fewer pages than before. Add it again to a new batch.") from error
    except MemoryError as error:
        raise PageUnreadable("The picture needs more memory than there is. Save it smaller, then retry.") from error
    except Exception as error:  # Pillow's readers raise anything on a damaged file; the page must end in a state
        log.info("Cannot decode %s", path, exc_info=error)
        if isinstance(error, OSError) and error.errno is not None:
            raise PageUnreadable(
                f"The file could not be read ({error.strerror or error}). Check the disk or network drive, then retry."
            ) from error
        raise PageUnreadable("The picture is damaged or cut off. Copy or scan it again, then retry.") from error
