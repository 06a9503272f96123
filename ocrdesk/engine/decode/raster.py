"""Picture files, as Pillow reads them: every mode becomes upright RGB, within bounds of memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from typing import BinaryIO

import numpy as np
from PIL import Image, ImageFile

from ocrdesk.engine.decode.formats import MANY_PAGES, suffix_of_another, words_for
from ocrdesk.engine.decode.picture import (
    HEAVY_BYTES,
    MOST_BYTES,
    OwnText,
    PageCount,
    Permit,
    Picture,
    Pixels,
    StoredPicture,
    scale_within,
    turn_pixels,
)
from ocrdesk.engine.decode.stored import orientation_of, stored_file, stored_image
from ocrdesk.engine.errors import PageUnreadable

MOST_FRAMES = 2_000
"""Pages of one picture file. A file of two megabytes may claim any number, and a scanned volume has fewer."""

MOST_SIDE = 1_000_000
"""No edge of a picture is longer; more is a damaged or hostile file."""

NEARLY_WHOLE = 0.9
"""A cut-off picture is read when so much of its height is there."""

# Pillow's own limit would refuse large scans that this computer can well read; ours is checked on opening.
Image.MAX_IMAGE_PIXELS = None

_ROTATION_OF_ORIENTATION = {1: 0, 2: 0, 3: 180, 4: 180, 5: 270, 6: 90, 7: 90, 8: 270}
_BYTES_OF_MODE = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "I;16L": 2, "I;16N": 2}
_CUT_OFF = {"JPEG", "PNG", "PPM", "TIFF"}
"""Formats stored from the top down, of which the upper part can be had without the lower."""

_DARKEST_LIGHT_TEXT = 160
_STRIP = 1024


class RasterFile:
    """A picture file; each of its frames is a page."""

    def __init__(self, file: BinaryIO, picture_format: str, suffix: str, permit: Permit) -> None:
        """Reads the header.

        Args:
            file: Open for reading; closed by ``close``.
            picture_format: Pillow's name of the format; no other is tried.
            suffix: Of the file's name, to tell a wrong one.
            permit: Asked before much memory is taken.
        """
        self._file = file
        self._format = picture_format
        self._suffix = suffix
        self._permit = permit
        self._image = self._open()

    def close(self) -> None:
        """Closes the file."""
        self._image.close()
        self._file.close()

    @property
    def may_stay_open(self) -> bool:
        """Whether there may be other frames, and the last one holds little memory."""
        return self._format in MANY_PAGES and self._image.width * self._image.height < HEAVY_BYTES // 8

    def own_text(self, frame: int) -> OwnText | None:
        """None: a picture has no text of its own."""
        return None

    def count(self) -> PageCount:
        """Counts the frames, as far as ``MOST_FRAMES``: counting all of a hostile TIFF takes for ever."""
        if self._format == "JPEG":
            return PageCount(1)  # others that a camera puts into it are previews, gain maps or another view
        if self._format != "TIFF":
            frames = int(getattr(self._image, "n_frames", 1))
            return PageCount(min(frames, MOST_FRAMES), max(0, frames - MOST_FRAMES))
        frames = 1
        try:
            while frames <= MOST_FRAMES:
                self._image.seek(frames)
                frames += 1
        except EOFError:
            return PageCount(frames)
        return PageCount(MOST_FRAMES, frames - MOST_FRAMES)

    def load(self, frame: int, longest_edge: int | None) -> Picture:
        """Makes a frame's picture, upright by its EXIF orientation."""
        try:
            return self._load(frame, longest_edge, longest_edge is None)
        except OSError as error:
            in_passes = self._image.info.get("interlace") or self._image.info.get("progressive")
            if error.errno is not None or self._format not in _CUT_OFF or in_passes:
                raise  # what is missing of a picture stored in passes is missing everywhere
            return self._load_cut_off(frame, longest_edge, error)

    def stored(self, frame: int) -> StoredPicture | None:
        """A frame's picture as the file has it, for a document; None where that cannot be without loss."""
        if self._image.tell() == frame == 0 and (stored := stored_file(self._file, self._image)) is not None:
            return stored
        self._go_to(frame)
        self._ask_for(self._image)
        self._image.load()
        return stored_image(self._image)

    def open_anew(self) -> None:
        """Forgets what was made of the file so far, and what went wrong with it."""
        self._image = self._open()

    def _open(self) -> Image.Image:
        self._file.seek(0)
        return Image.open(self._file, formats=[self._format])

    def _load(self, frame: int, longest_edge: int | None, whole: bool) -> Picture:
        image = self._image
        self._go_to(frame)
        size = image.size
        scale = scale_within(*size, longest_edge)
        # JPEG: decodes only the detail needed.
        image.draft(None, (ceil(size[0] * scale), ceil(size[1] * scale)))
        self._ask_for(image)
        # Loading a TIFF applies its orientation and forgets it; asking for that of a PNG loads it and hides its faults.
        stored = orientation_of(image) if self._format == "TIFF" else None
        image.load()
        left = orientation_of(image)
        scale = scale_within(*image.size, longest_edge)
        pixels = _upright(_as_rgb(image, scale), left)
        return Picture(
            pixels, _ROTATION_OF_ORIENTATION.get(stored or left, 0), self._remark(size, pixels) if whole else None
        )

    def _go_to(self, frame: int) -> None:
        image = self._image
        if frame != image.tell():
            if self._format != "TIFF":  # others draw the frames before it on the way
                _refuse_sizes(image)
                self._ask_for(image)
            image.seek(frame)
        _refuse_sizes(image)

    def _load_cut_off(self, frame: int, longest_edge: int | None, error: OSError) -> Picture:
        """Takes what is there of a picture whose end is missing, if that is nearly all."""
        with _lenient():
            self._image = self._open()
            picture = self._load(frame, longest_edge, whole=False)
        # Where the data ends, decoders leave one colour, whichever theirs is.
        rows = np.ptp(turn_pixels(picture.pixels, -picture.rotation), axis=(1, 2)) > 0
        there = int(np.flatnonzero(rows)[-1] + 1) / len(rows) if rows.any() else 0.0
        if there < NEARLY_WHOLE:
            part = f"only the upper {there:.0%} are there" if there >= 0.01 else "nothing of it is there"
            raise PageUnreadable(f"The picture is cut off: {part}. Copy or scan it again, then retry.") from error
        return Picture(picture.pixels, picture.rotation, "The file is damaged near its end. What is there was read.")

    def _ask_for(self, image: Image.Image) -> None:
        need = image.width * image.height * _BYTES_OF_MODE.get(image.mode, 4)
        if need > MOST_BYTES:
            raise PageUnreadable(
                f"The picture has {image.width * image.height / 1e6:,.0f} megapixels, more than the "
                f"{MOST_BYTES / _BYTES_OF_MODE.get(image.mode, 4) / 1e6:,.0f} that can be read of this kind. "
                "Save it smaller or in parts, then retry."
            )
        if need > HEAVY_BYTES:
            self._permit(need)

    def _remark(self, size: tuple[int, int], pixels: Pixels) -> str | None:
        remarks = []
        if suffix_of_another(self._suffix, self._format):
            remarks.append(f"This is a {words_for(self._format)} picture, though its name ends in {self._suffix}.")
        if max(pixels.shape[:2]) < max(size):
            height, width = pixels.shape[:2]
            remarks.append(f"Read at {width:,} × {height:,} pixels; the file has {size[0]:,} × {size[1]:,}.")
        return " ".join(remarks) or None


def _refuse_sizes(image: Image.Image) -> None:
    if not 0 < max(image.size) <= MOST_SIDE or min(image.size) <= 0:
        raise PageUnreadable(
            f"The file claims a picture of {image.width:,} × {image.height:,} pixels, which cannot be. "
            "It is damaged; copy or scan it again."
        )


@contextmanager
def _lenient() -> Iterator[None]:
    """Lets Pillow give the part of a picture that is there."""
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


def _as_rgb(image: Image.Image, scale: float) -> Pixels:
    """Makes RGB of any mode, scaled; strip by strip where it is large, so that no whole second copy is needed."""
    flatten = _Flattening(image)
    is_small = image.width * image.height < HEAVY_BYTES // 4
    if is_small and scale >= 1.0:
        return _three_colours(flatten(image))
    width, height = (max(1, round(side * min(scale, 1.0))) for side in image.size)
    out = np.empty((height, width, 3), np.uint8)
    step = height if is_small else max(1, _STRIP * height // image.height)
    margin = ceil(4 / scale) if scale < 1.0 else 0  # what the resampling of a strip's first and last row looks at
    for first in range(0, height, step):
        last = min(first + step, height)
        top, bottom = first * image.height / height, last * image.height / height
        above, below = max(0, int(top) - margin), min(image.height, ceil(bottom) + margin)
        strip = flatten(image if is_small else image.crop((0, above, image.width, below)))
        if scale < 1.0:
            box = (0.0, top - above, float(image.width), min(bottom - above, float(strip.height)))
            strip = strip.resize((width, last - first), Image.Resampling.BILINEAR, box, reducing_gap=2.0)
        out[first:last] = _three_colours(strip)
    return out


def _three_colours(image: Image.Image) -> Pixels:
    values = np.asarray(image)
    return values if values.ndim == 3 else np.broadcast_to(values[..., np.newaxis], (*values.shape, 3))


class _Flattening:
    """Makes plain RGB or grey of strips of one picture; what it must know of the whole, it looks up once."""

    def __init__(self, image: Image.Image) -> None:
        self._is_deep = image.mode in ("I", "F") or image.mode.startswith("I;16")
        self._is_clear = _may_be_clear(image)
        if self._is_deep:
            self._low, self._high = _extremes(image)
        elif self._is_clear:
            self._ground = _ground(image)

    def __call__(self, strip: Image.Image) -> Image.Image:
        """The strip as RGB or as 8-bit grey."""
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
        """Makes 8 bits of 16 or more by stretching what is there, so that faint scans do not come out black."""
        values = np.asarray(strip, dtype=np.float32)
        factor = 255.0 / max(self._high - self._low, 1e-6)
        grey = np.nan_to_num((values - self._low) * factor, nan=255.0, posinf=255.0, neginf=0.0)
        return Image.fromarray(grey.clip(0.0, 255.0).astype(np.uint8))


def _may_be_clear(image: Image.Image) -> bool:
    """Whether some of a picture may be transparent; most that have an alpha channel are not."""
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
    """What a transparent picture is laid on: white, or black where its own marks are light."""
    step = max(1, min(image.size) // 256)
    small = image.resize((max(1, image.width // step), max(1, image.height // step)), Image.Resampling.NEAREST)
    rgba = np.asarray(small.convert("RGBA"))
    alpha = rgba[..., 3].astype(np.float32)
    weight = float(alpha.sum())
    light = float((rgba[..., :3].mean(axis=2) * alpha).sum()) / weight if weight else 0.0
    mostly_clear = float((alpha > 127).mean()) < 0.5
    return (0, 0, 0) if mostly_clear and light > _DARKEST_LIGHT_TEXT else (255, 255, 255)
