"""Reads picture files with Pillow: every mode becomes upright RGB, within limits on memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from math import ceil
from typing import BinaryIO

import numpy as np
from PIL import Image, ImageFile, UnidentifiedImageError

from ocrdesk.engine.decode.formats import MANY_PAGES, suffix_of_another, why_no_usual_jpeg, words_for
from ocrdesk.engine.decode.picture import (
    HEAVY_BYTES,
    MOST_BYTES,
    OwnText,
    PageCount,
    Permit,
    Picture,
    Pixels,
    Resolution,
    StoredPicture,
    scale_within,
    stretch_of,
    turn_pixels,
)
from ocrdesk.engine.decode.resolution import dpi_of
from ocrdesk.engine.decode.stored import density_of, orientation_of, stored_file, stored_image
from ocrdesk.engine.decode.tiff import pages_of
from ocrdesk.engine.decode.tiff_samples import SampledPicture, open_page
from ocrdesk.engine.errors import PageUnreadable
from ocrdesk.engine.facts import Fact, together

MOST_FRAMES = 2_000
"""Most pages of one picture file. A file of two megabytes may claim any number, and a scanned volume has fewer."""

MOST_SIDE = 1_000_000
"""Longest edge of a picture, in pixels; a file with a longer one is damaged or hostile."""

NEARLY_WHOLE = 0.9
"""A cut-off picture is read if at least this share of its height is there."""

# Pillow's own limit would refuse large scans that can well be read; ours is checked when a file is opened.
Image.MAX_IMAGE_PIXELS = None

_ROTATION_OF_ORIENTATION = {1: 0, 2: 0, 3: 180, 4: 180, 5: 270, 6: 90, 7: 90, 8: 270}
_BYTES_OF_MODE = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "I;16L": 2, "I;16N": 2}
_CUT_OFF = {"JPEG", "PNG", "PPM", "TIFF"}
"""Formats stored from the top down, whose upper part can be decoded without the lower one."""

_HEAD_OF_JPEG = 1_000_000
"""The pixels of a JPEG begin within this many bytes: what cameras put before them has some hundred kilobytes."""

_DARKEST_LIGHT_TEXT = 160
_STRIP = 1024


class RasterFile:
    """A picture file; each of its frames is a page."""

    def __init__(self, file: BinaryIO, picture_format: str, suffix: str, permit: Permit) -> None:
        """Reads the header.

        Args:
            file: A file open for reading; ``close`` closes it.
            picture_format: Pillow's name of the format; no other is tried.
            suffix: The suffix of the file's name, to notice a wrong one.
            permit: Called before much memory is allocated.
        """
        self._file = file
        self._format = picture_format
        self._suffix = suffix
        self._permit = permit
        self._tiff_pages = pages_of(file, MOST_FRAMES + 1) if picture_format == "TIFF" else None
        self._frame, self._orientation = 0, 1
        self._image = self._open() if self._tiff_pages is None else None

    def close(self) -> None:
        """Closes the file."""
        if self._image is not None:
            self._image.close()
        self._file.close()

    @property
    def may_stay_open(self) -> bool:
        """Whether there may be other frames, and the last one takes little memory."""
        area = self._image.width * self._image.height if self._image is not None else 0
        return self._format in MANY_PAGES and area < HEAVY_BYTES // 8

    def own_text(self, frame: int) -> OwnText | None:
        """Returns None: a picture has no embedded text."""
        return None

    def count(self) -> PageCount:
        """Counts the frames, up to ``MOST_FRAMES``: counting all of a hostile file would take for ever."""
        if self._format == "JPEG":
            return PageCount(1)  # any other pictures in it are a camera's previews, gain maps or another view
        pages = self._tiff_pages
        frames = len(pages) if pages is not None else int(getattr(self._image, "n_frames", 1))
        return PageCount(min(frames, MOST_FRAMES), max(0, frames - MOST_FRAMES))

    def load(self, frame: int, longest_edge: int | None) -> Picture:
        """Returns a frame's picture, turned upright by its EXIF orientation and with square pixels."""
        try:
            return self._load(frame, longest_edge, longest_edge is None)
        except OSError as error:
            info = self._image.info if self._image is not None else {}
            in_passes = info.get("interlace") or info.get("progressive")
            if error.errno is not None or self._format not in _CUT_OFF or in_passes:
                raise  # a cut-off picture stored in passes lacks detail everywhere
            return self._load_cut_off(frame, longest_edge, error)

    def load_part(self, frame: int, longest_edge: int | None) -> Picture:
        """Returns a frame's picture like ``load``, or what is there of it, for the eye: the rest is left white."""
        try:
            return self.load(frame, longest_edge)
        except (OSError, PageUnreadable):
            with _lenient():
                self.open_anew()
                picture = self._load(frame, longest_edge, whole=False)
            upright = turn_pixels(picture.pixels, -picture.rotation).copy()
            there = _rows_there(upright)
            if not there:
                raise
            upright[there:] = 255
            return Picture(turn_pixels(upright, picture.rotation), picture.rotation, None)

    def stored(self, frame: int) -> StoredPicture | None:
        """Returns a frame's picture as stored in the file, to go into a document; None if that would lose something."""
        image = self._go_to(frame)
        if frame == 0 and (stored := stored_file(self._file, image)) is not None:
            return stored
        self._ask_for(image)
        image.load()
        return stored_image(image)

    def open_anew(self) -> None:
        """Forgets what has been decoded so far, and any errors."""
        self._image = self._open() if self._tiff_pages is None else None

    def _open(self) -> Image.Image:
        self._file.seek(0)
        try:
            return Image.open(self._file, formats=[self._format])
        except UnidentifiedImageError as error:
            self._file.seek(0)
            if self._format == "JPEG" and (why := why_no_usual_jpeg(self._file.read(_HEAD_OF_JPEG))) is not None:
                raise PageUnreadable(why) from error
            raise

    def _load(self, frame: int, longest_edge: int | None, whole: bool) -> Picture:
        image = self._go_to(frame)
        size, density = image.size, density_of(image)
        stretch = stretch_of(density)
        across, down = size[0] * stretch[0], size[1] * stretch[1]
        scale = scale_within(across, down, longest_edge)
        # JPEG: decodes only the detail needed.
        image.draft(None, (ceil(across * scale), ceil(down * scale)))
        self._ask_for(image)
        image.load()
        left = orientation_of(image)  # only after loading: asking a PNG earlier loads it and hides its errors
        across, down = image.width * stretch[0], image.height * stretch[1]
        reduced = scale_within(across, down, longest_edge)
        pixels = _upright(_as_rgb(image, max(1, round(across * reduced)), max(1, round(down * reduced))), left)
        remark = self._remark(size, pixels, scale < 1.0) if whole else None
        orientation = self._orientation if self._tiff_pages is not None else left
        dpi = dpi_of(image, density)
        return Picture(
            pixels,
            _ROTATION_OF_ORIENTATION.get(orientation, 0),
            remark,
            Resolution(dpi * scale if dpi is not None else None),
        )

    def _go_to(self, frame: int) -> Image.Image:
        """Returns the picture of a frame, not decoded yet."""
        image = self._image
        if self._tiff_pages is not None:
            if image is None or frame != self._frame:
                if frame >= len(self._tiff_pages):
                    raise EOFError
                self._image, self._frame = None, frame
                self._image = image = open_page(self._file, self._tiff_pages[frame])
                self._orientation = orientation_of(image)  # loading applies it and forgets it
        else:
            assert image is not None
            if frame != image.tell():
                _refuse_sizes(image)
                self._ask_for(image)  # seeking decodes the frames before it
                image.seek(frame)
        _refuse_sizes(image)
        return image

    def _load_cut_off(self, frame: int, longest_edge: int | None, error: OSError) -> Picture:
        """Loads what is there of a picture whose end is missing, if that is nearly all of it."""
        with _lenient():
            self.open_anew()
            picture = self._load(frame, longest_edge, whole=False)
        upright = turn_pixels(picture.pixels, -picture.rotation)
        there = _rows_there(upright) / len(upright)
        if there < NEARLY_WHOLE:
            why = Fact.PICTURE_CUT_OFF(part=there) if there >= 0.01 else Fact.PICTURE_MISSING()
            raise PageUnreadable(why) from error
        return replace(picture, remark=Fact.DAMAGED_NEAR_END())

    def _ask_for(self, image: Image.Image) -> None:
        each = image.bytes_of_pixel if isinstance(image, SampledPicture) else _BYTES_OF_MODE.get(image.mode, 4)
        need = image.width * image.height * each
        if need > MOST_BYTES:
            raise PageUnreadable(
                Fact.TOO_MANY_PIXELS(has=image.width * image.height / 1e6, most=MOST_BYTES / each / 1e6)
            )
        if need > HEAVY_BYTES:
            self._permit(need)

    def _remark(self, size: tuple[int, int], pixels: Pixels, is_reduced: bool) -> str | None:
        remarks: list[str] = []
        if suffix_of_another(self._suffix, self._format):
            remarks.append(Fact.OTHER_SUFFIX(format=words_for(self._format), suffix=self._suffix))
        if is_reduced:
            height, width = pixels.shape[:2]
            remarks.append(Fact.READ_SMALLER(width=width, height=height, whole_width=size[0], whole_height=size[1]))
        return together(*remarks)


def _refuse_sizes(image: Image.Image) -> None:
    if not 0 < max(image.size) <= MOST_SIDE or min(image.size) <= 0:
        raise PageUnreadable(Fact.IMPOSSIBLE_SIZE(width=image.width, height=image.height))


def _rows_there(pixels: Pixels) -> int:
    """Returns how many rows were decoded: beyond the end of the data, decoders leave a single colour."""
    rows = np.ptp(pixels, axis=(1, 2)) > 0
    return int(np.flatnonzero(rows)[-1] + 1) if rows.any() else 0


@contextmanager
def _lenient() -> Iterator[None]:
    """Lets Pillow return the part of a picture that is there."""
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def _upright(pixels: Pixels, orientation: int) -> Pixels:
    """Applies an EXIF orientation: 1 as it is, 2 to 8 mirrored and turned."""
    if orientation in (5, 7):
        pixels = pixels.transpose(1, 0, 2)
        orientation = {5: 1, 7: 3}[orientation]
    if orientation in (2, 4):
        pixels = pixels[:, ::-1] if orientation == 2 else pixels[::-1]
    pixels = turn_pixels(pixels, {3: 180, 6: 90, 8: 270}.get(orientation, 0))
    return np.ascontiguousarray(pixels)


def _as_rgb(image: Image.Image, width: int, height: int) -> Pixels:
    """Converts a picture in any mode to RGB and scales it, strip by strip, to avoid a second copy of the whole."""
    flatten = _Flattening(image)
    is_small = image.width * image.height < HEAVY_BYTES // 4
    is_as_large = (width, height) == image.size
    if is_small and is_as_large:
        return _three_colours(flatten(image))
    out = np.empty((height, width, 3), np.uint8)
    step = height if is_small else max(1, _STRIP * height // image.height)
    scale = height / image.height
    margin = 0 if is_as_large else ceil(4 / min(scale, 1.0))  # what resampling needs around the first and the last row
    for first in range(0, height, step):
        last = min(first + step, height)
        top, bottom = first / scale, last / scale
        above, below = max(0, int(top) - margin), min(image.height, ceil(bottom) + margin)
        strip = flatten(image if is_small else image.crop((0, above, image.width, below)))
        if not is_as_large:
            box = (0.0, top - above, float(image.width), min(bottom - above, float(strip.height)))
            strip = strip.resize((width, last - first), Image.Resampling.BILINEAR, box, reducing_gap=2.0)
        out[first:last] = _three_colours(strip)
    return out


def _three_colours(image: Image.Image) -> Pixels:
    values = np.asarray(image)
    return values if values.ndim == 3 else np.broadcast_to(values[..., np.newaxis], (*values.shape, 3))


class _Flattening:
    """Converts strips of one picture to plain RGB or grey; what it needs to know of the whole, it finds out once."""

    def __init__(self, image: Image.Image) -> None:
        self._is_deep = image.mode in ("I", "F") or image.mode.startswith("I;16")
        self._is_clear = _may_be_clear(image)
        if self._is_deep:
            self._low, self._high = _extremes(image)
        elif self._is_clear:
            self._ground = _ground(image)

    def __call__(self, strip: Image.Image) -> Image.Image:
        """Returns the strip as RGB or as 8-bit grey."""
        if self._is_deep:
            return self._stretched(strip)
        if self._is_clear:
            marks = strip.convert("RGBA")
            flat = Image.new("RGBA", strip.size, (*self._ground, 255))
            flat.alpha_composite(marks)
            return flat.convert("RGB")
        mode = "L" if strip.mode in ("1", "L") else "RGB"
        return strip if strip.mode == mode else strip.convert(mode)  # converting to the same mode is a copy

    def _stretched(self, strip: Image.Image) -> Image.Image:
        """Reduces 16 or more bits to 8 by stretching the range in use, so that faint scans do not come out black."""
        values = np.asarray(strip, dtype=np.float32)
        factor = 255.0 / max(self._high - self._low, 1e-6)
        grey = np.nan_to_num((values - self._low) * factor, nan=255.0, posinf=255.0, neginf=0.0)
        return Image.fromarray(grey.clip(0.0, 255.0).astype(np.uint8))


def _may_be_clear(image: Image.Image) -> bool:
    """Whether parts of a picture may be transparent; most pictures with an alpha channel have none."""
    if image.mode in ("RGBA", "LA"):
        return bool(image.getchannel("A").getextrema()[0] != 255)
    return image.mode in ("PA", "RGBa", "La") or "transparency" in image.info


def _extremes(image: Image.Image) -> tuple[float, float]:
    lows, highs = [], []
    for top in range(0, image.height, _STRIP):
        values = np.asarray(image.crop((0, top, image.width, min(top + _STRIP, image.height))))
        finite = values[np.isfinite(values)]
        if finite.size:
            lows.append(float(finite.min()))
            highs.append(float(finite.max()))
    return (min(lows), max(highs)) if lows else (0.0, 1.0)


def _ground(image: Image.Image) -> tuple[int, int, int]:
    """Returns the background for a transparent picture: white, or black if its marks are light."""
    step = max(1, min(image.size) // 256)
    small = image.resize((max(1, image.width // step), max(1, image.height // step)), Image.Resampling.NEAREST)
    rgba = np.asarray(small.convert("RGBA"))
    alpha = rgba[..., 3].astype(np.float32)
    weight = float(alpha.sum())
    light = float((rgba[..., :3].mean(axis=2) * alpha).sum()) / weight if weight else 0.0
    mostly_clear = float((alpha > 127).mean()) < 0.5
    return (0, 0, 0) if mostly_clear and light > _DARKEST_LIGHT_TEXT else (255, 255, 255)
