"""Fonts, sheets of paper, and how pages are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

DPI = 150
A4 = (1240, 1754)
A5_ACROSS = (1240, 877)
SEED = 20240229

INK = 25
SOFT = 72
PALE = 170
WHITE = 255

LIBERATION = (
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/liberation",
    "/usr/share/fonts/liberation-fonts",
    "/usr/share/fonts/liberation-serif",
    "/usr/share/fonts/liberation-sans",
    "/usr/share/fonts/liberation-mono",
    "/usr/share/fonts/liberation-serif-fonts",
    "/usr/share/fonts/liberation-sans-fonts",
    "/usr/share/fonts/liberation-mono-fonts",
)
NOTO_CJK = (
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/google-noto-serif-cjk-fonts",
    "/usr/share/fonts/google-noto-sans-cjk-fonts",
)
FACES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "serif": ("a serif face", LIBERATION, ("LiberationSerif-Regular.ttf",)),
    "serif-bold": ("a bold serif face", LIBERATION, ("LiberationSerif-Bold.ttf",)),
    "serif-italic": ("an italic serif face", LIBERATION, ("LiberationSerif-Italic.ttf",)),
    "sans": ("a sans-serif face", LIBERATION, ("LiberationSans-Regular.ttf",)),
    "sans-bold": ("a bold sans-serif face", LIBERATION, ("LiberationSans-Bold.ttf",)),
    "mono": ("a typewriter face", LIBERATION, ("LiberationMono-Regular.ttf",)),
    "mono-bold": ("a bold typewriter face", LIBERATION, ("LiberationMono-Bold.ttf",)),
    "cjk": ("a Chinese face", NOTO_CJK, ("NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc")),
}


class FontMissingError(Exception):
    """A font file that a page needs cannot be had."""


def find_face(name: str, given: Path | None) -> Path:
    """Return the font file for a face: the one given, or one from the usual system folders."""
    what, folders, files = FACES[name]
    if given is not None:
        if given.is_file():
            return given
        raise FontMissingError(f"There is no font file {given}, given with --{name}.")
    for file in files:
        for folder in folders:
            path = Path(folder, file)
            if path.is_file():
                return path
    raise FontMissingError(
        f"No font file for {what} was found ({' or '.join(files)}): install it, or name one with --{name} FILE."
    )


@cache
def load_font(path: Path, size: int, wanted: str = "") -> ImageFont.FreeTypeFont:
    """Load a font; of a collection, the face whose family name ends with ``wanted``."""
    try:
        font = ImageFont.truetype(path, size, face_index(path, wanted), layout_engine=ImageFont.Layout.BASIC)
    except OSError as error:
        raise FontMissingError(f"The font file {path} cannot be read: {error}.") from error
    return font


@cache
def face_index(path: Path, wanted: str) -> int:
    """Return where the face whose family name ends with ``wanted`` stands in a collection, or 0."""
    if wanted and path.suffix.lower() in {".ttc", ".otc"}:
        for index in range(32):
            try:
                family = ImageFont.truetype(path, 12, index).getname()[0]
            except OSError:
                break
            if family and family.endswith(wanted):
                return index
    return 0


@dataclass(frozen=True)
class Fonts:
    """The font files for all faces."""

    paths: dict[str, Path]

    def __call__(self, name: str, size: int) -> ImageFont.FreeTypeFont:
        """Return one face at a size in pixels."""
        return load_font(self.paths[name], size, " SC" if name == "cjk" else "")


class Sheet:
    """A grey page to draw on."""

    def __init__(self, fonts: Fonts, size: tuple[int, int] = A4) -> None:
        """Start with a white page."""
        self.fonts = fonts
        self.image = Image.new("L", size, WHITE)
        self.draw = ImageDraw.Draw(self.image)
        self.width, self.height = size

    def text(self, x: float, y: float, text: str, face: str, size: int, *, ink: int = INK, at: str = "ls") -> float:
        """Write one line; ``y`` is its baseline. Return its width."""
        font = self.fonts(face, size)
        self.draw.text((round(x), round(y)), text, font=font, fill=ink, anchor=at)
        return font.getlength(text)

    def spaced(self, x: float, y: float, text: str, face: str, size: int, gap: float, ink: int = INK) -> None:
        """Write one line with extra space between its letters, centred on ``x``."""
        font = self.fonts(face, size)
        widths = [font.getlength(letter) for letter in text]
        x -= (sum(widths) + gap * (len(text) - 1)) / 2
        for letter, width in zip(text, widths, strict=True):
            self.text(x, y, letter, face, size, ink=ink)
            x += width + gap

    def rule(self, x0: float, y: float, x1: float, width: int = 2, ink: int = INK) -> None:
        """Draw a level line."""
        self.draw.rectangle((round(x0), round(y), round(x1) - 1, round(y) + width - 1), fill=ink)

    def wrap(self, text: str, face: str, size: int, width: float) -> list[list[str]]:
        """Break a paragraph into lines of words."""
        font = self.fonts(face, size)
        lines: list[list[str]] = [[]]
        for word in text.split():
            if lines[-1] and font.getlength(" ".join([*lines[-1], word])) > width:
                lines.append([])
            lines[-1].append(word)
        return lines

    def justified(self, x: float, y: float, words: Sequence[str], face: str, size: int, width: float) -> None:
        """Write a line of words that fills the width."""
        font = self.fonts(face, size)
        free = width - sum(font.getlength(word) for word in words)
        gap = free / max(1, len(words) - 1)
        for word in words:
            self.text(x, y, word, face, size)
            x += font.getlength(word) + gap

    def paragraph(
        self,
        x: float,
        y: float,
        text: str,
        face: str,
        size: int,
        width: float,
        leading: int,
        *,
        justify: bool = False,
        ink: int = INK,
    ) -> float:
        """Write a paragraph whose first baseline is ``y``; return the baseline that follows it."""
        lines = self.wrap(text, face, size, width)
        for number, words in enumerate(lines, 1):
            if justify and number < len(lines):
                self.justified(x, y, words, face, size, width)
            else:
                self.text(x, y, " ".join(words), face, size, ink=ink)
            y += leading
        return y


def save_png(image: Image.Image, path: Path) -> None:
    """Save a grey picture as a PNG of sixteen greys."""
    levels = image.point([round(value / 17) for value in range(256)])
    small = Image.frombytes("P", levels.size, levels.tobytes())
    small.putpalette([level * 17 for level in range(16) for _ in range(3)])
    small.save(path, optimize=True, bits=4, dpi=(DPI, DPI))
