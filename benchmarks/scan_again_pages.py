"""Draws pages of several kinds; for ``scan_again.py``."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

Pixels = npt.NDArray[np.uint8]

FONT_FOLDERS = ("/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/opentype/urw-base35", "/usr/share/fonts")
WORDS = (  # noqa: SIM905
    "the harbour was quiet when boats came in at night and nobody counted them before morning except an old clerk "
    "who wrote every name into his book with great care because the company wanted to know what had been landed "
    "barrels of salted herring twelve crates of oranges from Valencia timber iron tools letters for the governor"
).split()
X_HEIGHT = 0.5
"""How high small letters are, in sizes of the font."""

CAPITALS = 0.73
"""How high capital letters and digits are."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page that was drawn.

    Attributes:
        pixels: RGB.
        size: The size of its main font, in pixels.
        letter: How high most of its letters are, in sizes of the font: capitals and digits are higher.
    """

    pixels: Pixels
    size: float
    letter: float = X_HEIGHT


Draw = Callable[[Random], Drawn]


def _font(size: int, *names: str) -> ImageFont.FreeTypeFont:
    for name in names:
        for folder in FONT_FOLDERS:
            for path in sorted(Path(folder).glob(f"**/{name}.*")):
                return ImageFont.truetype(str(path), size)
    found = ImageFont.load_default(size)
    assert isinstance(found, ImageFont.FreeTypeFont)
    return found


def _text(random: Random, words: int) -> str:
    return " ".join(random.choice(WORDS) for _ in range(words)).capitalize() + random.choice(".,;")


def _fitting(random: Random, draw: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont, width: float) -> str:
    """Returns words that just fill a line."""
    text = random.choice(WORDS)
    while draw.textlength(longer := f"{text} {random.choice(WORDS)}", font=font) < width:
        text = longer
    return text


def _sheet(random: Random, width: int, height: int, paper: tuple[int, int, int] = (255, 255, 255)) -> Image.Image:
    return Image.new("RGB", (width, height), paper)


def _prose(
    random: Random, page: Image.Image, box: tuple[int, int, int, int], size: int, name: str, ink: object
) -> None:
    draw, font = ImageDraw.Draw(page), _font(size, name)
    left, top, right, bottom = box
    while top + 1.2 * size < bottom:
        width = (right - left) * (random.uniform(0.3, 0.8) if random.random() < 0.12 else 1)
        draw.text((left, top), _fitting(random, draw, font, width), fill=ink, font=font)
        top += round(1.4 * size)


def letter(random: Random) -> Drawn:
    """A letter in a serif type at 150 to 250 dpi."""
    size = random.randrange(22, 38)
    page = _sheet(random, 34 * size, 44 * size)
    _prose(random, page, (3 * size, 4 * size, 31 * size, 40 * size), size, "DejaVuSerif", "black")
    return Drawn(np.asarray(page), size)


def receipt(random: Random) -> Drawn:
    """A receipt on thermal paper, whose ink is grey."""
    size = random.randrange(20, 30)
    page, level = _sheet(random, 24 * size, 50 * size, (246, 246, 244)), random.randrange(30, 110)
    draw, font = ImageDraw.Draw(page), _font(size, "DejaVuSansMono")
    for row in range(2, 46):
        if random.random() < 0.85:
            price = f"{random.uniform(0.3, 99):.2f}"
            draw.text((size, row * size), random.choice(WORDS).upper()[:9], fill=(level,) * 3, font=font)
            draw.text((23 * size - draw.textlength(price, font=font), row * size), price, fill=(level,) * 3, font=font)
    return Drawn(np.asarray(page), size, CAPITALS)


def table(random: Random) -> Drawn:
    """A ruled table with headings on grey."""
    size = random.randrange(20, 30)
    page = _sheet(random, 48 * size, 36 * size)
    draw, font = ImageDraw.Draw(page), _font(size, "DejaVuSans")
    draw.rectangle((2 * size, 2 * size, 46 * size, 4 * size), fill=(120, 130, 150))
    for row in range(16):
        y = (2 + 2 * row) * size
        draw.line((2 * size, y, 46 * size, y), fill="black", width=2)
        for column in range(4):
            text = random.choice(WORDS).title() if column == 0 or row == 0 else f"{random.uniform(1, 9999):,.2f}"
            draw.text(((2.5 + 11 * column) * size, y + size * 0.3), text, fill="black" if row else "white", font=font)
    return Drawn(np.asarray(page), size, CAPITALS)


def notice(random: Random) -> Drawn:
    """A notice: a large headline, a picture and small print below."""
    size = random.randrange(20, 28)
    page = _sheet(random, 36 * size, 46 * size, (252, 250, 240))
    draw = ImageDraw.Draw(page)
    for row in range(2):
        draw.text(
            (3 * size, (2 + 4 * row) * size),
            _text(random, 2),
            fill=(20, 40, 90),
            font=_font(3 * size, "DejaVuSans-Bold"),
        )
    noise = np.random.default_rng(random.randrange(1 << 30)).integers(0, 255, (12, 12, 3), np.uint8)
    page.paste(Image.fromarray(noise).resize((14 * size, 12 * size), Image.Resampling.BICUBIC), (19 * size, 11 * size))
    _prose(random, page, (3 * size, 11 * size, 17 * size, 42 * size), size, "DejaVuSans", (30, 30, 30))
    return Drawn(np.asarray(page), size)


def screen(random: Random) -> Drawn:
    """What was photographed off a screen by its own computer: small, sharp letters."""
    size = random.randrange(15, 18)
    page = _sheet(random, 60 * size, 40 * size, (240, 241, 243))
    draw, font = ImageDraw.Draw(page), _font(size, "DejaVuSans")
    draw.rectangle((0, 0, 60 * size, 2 * size), fill=(50, 80, 140))
    draw.text((size, size * 0.4), _text(random, 4), fill="white", font=font)
    for row in range(18):
        draw.text(
            (3 * size, (4 + 1.9 * row) * size), _text(random, random.randrange(2, 9)), fill=(30, 30, 30), font=font
        )
    return Drawn(np.asarray(page), size)


def columns(random: Random) -> Drawn:
    """Two columns of small print, of which the margins are narrow."""
    size = random.randrange(20, 28)
    page = _sheet(random, 46 * size, 56 * size)
    for column in range(2):
        left = round((0.8 + 22.7 * column) * size)
        _prose(random, page, (left, size, left + 21 * size, 55 * size), size, "C059-Roman", "black")
    return Drawn(np.asarray(page), size)


def slide(random: Random) -> Drawn:
    """Light letters on a dark ground."""
    size = random.randrange(26, 40)
    page = _sheet(random, 44 * size, 26 * size, (18, 24, 46))
    draw = ImageDraw.Draw(page)
    draw.text((2 * size, size), _text(random, 3), fill=(255, 220, 120), font=_font(2 * size, "NimbusSans-Bold"))
    for row in range(8):
        text = _text(random, random.randrange(3, 7))
        draw.text(
            (3 * size, (5 + 2.2 * row) * size), text, fill=(230, 232, 240), font=_font(size, "NimbusSans-Regular")
        )
    return Drawn(np.asarray(page), size)


def typescript(random: Random) -> Drawn:
    """Old typed paper, brown and spotted, with uneven ink."""
    size = random.randrange(26, 40)
    page = _sheet(random, 38 * size, 48 * size, (214, 196, 160))
    _prose(random, page, (3 * size, 4 * size, 35 * size, 44 * size), size, "NimbusMonoPS-Bold", (60, 50, 45))
    rough = np.random.default_rng(random.randrange(1 << 30)).normal(0, 9, (page.height // 3, page.width // 3))
    rough = cv2.resize(rough, page.size, interpolation=cv2.INTER_LINEAR)
    return Drawn(np.clip(np.asarray(page) + rough[..., None], 0, 255).astype(np.uint8), size)


def photo(random: Random) -> Drawn:
    """A sheet photographed on a table, in light that is not the same everywhere."""
    size = random.randrange(24, 36)
    sheet = _sheet(random, 34 * size, 40 * size)
    _prose(random, sheet, (3 * size, 3 * size, 31 * size, 37 * size), size, "P052-Roman", (25, 25, 25))
    page = _sheet(random, 42 * size, 48 * size, (120, 84, 58))
    page.paste(sheet, (4 * size, 4 * size))
    across = np.linspace(random.uniform(0.55, 0.75), 1, page.width)[None, :, None]
    return Drawn((np.asarray(page) * across).astype(np.uint8), size)


def form(random: Random) -> Drawn:
    """A form with boxes to fill in, on coloured paper."""
    size = random.randrange(20, 30)
    page = _sheet(random, 40 * size, 52 * size, random.choice(((250, 230, 200), (215, 235, 220), (250, 215, 220))))
    draw = ImageDraw.Draw(page)
    for row in range(15):
        y = (2 + 3.2 * row) * size
        draw.rectangle((14 * size, y, 37 * size, y + 2 * size), outline=(90, 90, 90), fill="white", width=2)
        draw.text(
            (2 * size, y + 0.4 * size), random.choice(WORDS).title(), fill="black", font=_font(size, "URWGothic-Book")
        )
        draw.text((15 * size, y + 0.4 * size), _text(random, 3), fill=(30, 40, 120), font=_font(size, "DejaVuSansMono"))
    return Drawn(np.asarray(page), size)


def newspaper(random: Random) -> Drawn:
    """Narrow columns in a condensed type, on grey paper, below headlines."""
    size = random.randrange(22, 32)
    page = _sheet(random, 46 * size, 56 * size, (222, 218, 208))
    draw = ImageDraw.Draw(page)
    for column in range(3):
        left = (2 + 14.5 * column) * size
        headline = _font(2 * size, "NimbusSansNarrow-Bold")
        draw.text((left, 2 * size), _fitting(random, draw, headline, 13 * size), fill=(40, 38, 36), font=headline)
        box = (round(left), 5 * size, round(left + 13 * size), 54 * size)
        _prose(random, page, box, size, "DejaVuSerifCondensed", (40, 38, 36))
    return Drawn(np.asarray(page), size)


def dot_matrix(random: Random) -> Drawn:
    """A list from a printer whose needles print dots, on paper with pale green bars."""
    pitch, across, down = random.randrange(3, 5), 560, 700
    dots = Image.new("1", (across, down))
    draw, font = ImageDraw.Draw(dots), _font(13, "DejaVuSansMono")
    for row in range(2, 40):
        draw.text((30, 17 * row), f"{row:03} {_fitting(random, draw, font, 420)}", fill=1, font=font)
    page = _sheet(random, across * pitch, down * pitch)
    draw = ImageDraw.Draw(page)
    for bar in range(0, 40, 4):
        draw.rectangle((0, 17 * bar * pitch, page.width, 17 * (bar + 2) * pitch), fill=(226, 242, 228))
    radius = 0.62 * pitch
    for y, x in np.argwhere(np.asarray(dots)):
        middle, level = ((x + 0.5) * pitch, (y + 0.5) * pitch), random.randrange(50, 90)
        box = (middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius)
        draw.ellipse(box, fill=(level, level, level + 10))
    return Drawn(np.asarray(page), 13 * pitch)


def leaflet(random: Random) -> Drawn:
    """Heavy letters without serifs, on yellow paper."""
    size = random.randrange(26, 40)
    page = _sheet(random, 36 * size, 46 * size, (250, 226, 120))
    draw, ink = ImageDraw.Draw(page), random.choice(((20, 20, 20), (150, 20, 40), (20, 50, 120)))
    draw.text((3 * size, 2 * size), _text(random, 2), fill=ink, font=_font(3 * size, "URWGothic-Demi"))
    _prose(random, page, (3 * size, 8 * size, 33 * size, 43 * size), size, "URWGothic-Demi", ink)
    return Drawn(np.asarray(page), size)


TUNED = (letter, receipt, table, notice, screen)
"""The kinds that the limits were chosen with."""

ASIDE = (columns, slide, typescript, photo, form)
"""Those that were kept aside until the measure of detail was changed on their account."""

UNSEEN = (newspaper, dot_matrix, leaflet)
"""Those for which nothing was chosen or changed."""
