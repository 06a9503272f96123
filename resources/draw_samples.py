"""Draw the sample pages that come with the program.

Run ``python resources/draw_samples.py`` to draw all pages anew into ``resources/samples``. The drawing
holds no chance: the same fonts give the same pages. All names, firms and addresses on them are invented.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

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


def draw_letter(fonts: Fonts) -> Image.Image:
    """Draw a business letter."""
    sheet = Sheet(fonts)
    left, right = 150, sheet.width - 150
    sheet.text(left, 168, "Lantern Lane Joinery", "serif-bold", 50)
    sheet.text(left, 206, "Staircases, shelves and windows made to measure", "serif-italic", 25, ink=SOFT)
    for number, line in enumerate(("14 Lantern Lane", "Oxmere OX0 4ZZ", "01632 960 147")):
        sheet.text(right, 142 + 32 * number, line, "sans", 23, ink=SOFT, at="rs")
    sheet.rule(left, 238, right, 3)

    for number, line in enumerate(("Mrs Adela Quill", "The Old Ferry House", "3 Ferry Steps", "Oxmere OX0 2ZY")):
        sheet.text(left, 332 + 34 * number, line, "serif", 26)
    sheet.text(right, 332, "12 March 2024", "serif", 26, at="rs")
    sheet.text(right, 366, "Our reference: LJ-2047", "serif", 26, at="rs")

    sheet.text(left, 548, "Shelves for the reading room", "serif-bold", 29)
    sheet.text(left, 606, "Dear Mrs Quill,", "serif", 26)
    width, leading = right - left, 36
    y = sheet.paragraph(
        left,
        660,
        "Thank you for showing us the reading room last Thursday. The walls are straighter than the age of "
        "the house had led us to expect, so the shelves can stand against them without a frame. We have "
        "kept the window seat as you asked, and the middle shelf now runs right round the room.",
        "serif",
        26,
        width,
        leading,
    )
    y = sheet.paragraph(
        left,
        y + 18,
        "The price below covers the timber, the work in our shop and two days of fitting in your house. It "
        "holds until the end of May.",
        "serif",
        26,
        width,
        leading,
    )
    y += 26
    rows = (
        ("Ash boards, planed and oiled", "1,180.00"),
        ("Making, 46 hours", "1,610.00"),
        ("Delivery and fitting", "540.00"),
    )
    inset = 40
    sheet.text(left + inset, y, "Item", "sans-bold", 22)
    sheet.text(right - inset, y, "Price in pounds", "sans-bold", 22, at="rs")
    sheet.rule(left + inset, y + 14, right - inset, 2)
    for name, price in rows:
        y += 46
        sheet.text(left + inset, y, name, "serif", 26)
        sheet.text(right - inset, y, price, "serif", 26, at="rs")
    sheet.rule(left + inset, y + 18, right - inset, 2)
    y += 56
    sheet.text(left + inset, y, "Total", "serif-bold", 26)
    sheet.text(right - inset, y, "3,330.00", "serif-bold", 26, at="rs")
    y = sheet.paragraph(
        left,
        y + 74,
        "If you would like us to go ahead, please sign the enclosed copy and send it back to us together "
        "with a third of the sum. We could begin on Monday, 8 April, and would be done by that Thursday. "
        "Should the colour of the oil still trouble you, come by: there are nine small boards on our window "
        "sill for you to hold against your floor.",
        "serif",
        26,
        width,
        leading,
    )
    y += 24
    sheet.text(left, y, "Yours sincerely,", "serif", 26)
    sheet.text(left + 4, y + 76, "Tobias Wren", "serif-italic", 46, ink=70)
    sheet.text(left, y + 134, "Tobias Wren, master joiner", "serif", 26)

    sheet.rule(left, 1652, right, 1, PALE)
    foot = "Open Monday to Friday, 8 to 5   |   post@lanternlane.example   |   Account 00 11 22"
    sheet.text(sheet.width / 2, 1690, foot, "sans", 22, ink=SOFT, at="ms")
    return sheet.image


def draw_view(size: tuple[int, int]) -> Image.Image:
    """Draw a small grey picture: a lighthouse by the sea."""
    scale = 4
    width, height = size[0] * scale, size[1] * scale
    image = Image.new("L", (width, height), 221)
    draw = ImageDraw.Draw(image)

    def at(x: float, y: float) -> tuple[float, float]:
        """Turn shares of the picture into pixels."""
        return x * width, y * height

    r = height * 0.13
    sun_x, sun_y = at(0.26, 0.34)
    draw.ellipse((sun_x - r, sun_y - r, sun_x + r, sun_y + r), fill=255)
    draw.rectangle((*at(0, 0.66), *at(1, 1)), fill=153)
    for number, (x, y, length) in enumerate(((0.08, 0.73, 0.2), (0.34, 0.78, 0.16), (0.12, 0.86, 0.24))):
        draw.rounded_rectangle((*at(x, y), *at(x + length, y + 0.018)), 8, fill=204 - 17 * (number % 2))
    draw.polygon([at(0.5, 1), at(0.57, 0.8), at(0.66, 0.7), at(0.86, 0.66), at(1, 0.6), at(1, 1)], fill=85)
    tower = [at(0.73, 0.7), at(0.755, 0.26), at(0.825, 0.26), at(0.85, 0.7)]
    draw.polygon(tower, fill=255)
    for y in (0.36, 0.54):
        inset, lower = 0.025 * (0.7 - y) / 0.44, 0.025 * (0.7 - y - 0.09) / 0.44
        draw.polygon(
            [
                at(0.73 + inset, y),
                at(0.85 - inset, y),
                at(0.85 - lower, y + 0.09),
                at(0.73 + lower, y + 0.09),
            ],
            fill=102,
        )
    draw.rectangle((*at(0.742, 0.235), *at(0.838, 0.265)), fill=51)
    draw.rectangle((*at(0.765, 0.15), *at(0.815, 0.235)), fill=238)
    draw.polygon([at(0.752, 0.155), at(0.79, 0.06), at(0.828, 0.155)], fill=51)
    image = image.resize(size, Image.Resampling.LANCZOS)
    ImageDraw.Draw(image).rectangle((0, 0, size[0] - 1, size[1] - 1), outline=85)
    return image


NEWS_LEFT: tuple[tuple[str, str], ...] = (
    (
        "text",
        "On the first Saturday of spring the doors of the old net loft opened again, and by noon the line of "
        "people reached as far as the fish steps. Nobody had come to buy anything. They carried toasters, "
        "lamps, a garden chair with three legs and a clock that had told the same time for eleven years.",
    ),
    (
        "text",
        "The repair room is the work of nine neighbours who met over a broken kettle. It had cost little and "
        "could not be opened without breaking it further, and one of them said aloud what all of them "
        "thought: that a thing which cannot be mended was never quite yours.",
    ),
    (
        "text",
        "They asked the harbour office for the loft, which had stood empty since the last nets were sold, "
        "and were given the key for a year. It took them the whole winter to sweep it.",
    ),
    ("head", "Tools from every shed"),
    (
        "text",
        "Most of what hangs on the walls was given. There are two lathes, a wall of clamps and a sewing "
        "machine heavy enough to hold down a boat. A retired teacher sorted four thousand screws by length "
        "and thread, and wrote the labels by hand.",
    ),
    (
        "text",
        "Visitors do the work themselves. A helper sits beside them, names the parts and holds the torch. "
        "That is slower than leaving a bag at a counter, but people walk home knowing what a fuse looks "
        "like, and some of them come back the next week to hold the torch for somebody else.",
    ),
    (
        "text",
        "A slate by the stairs keeps the score. On the first day it was wiped and written anew so often that "
        "by closing time a second slate had been carried up from the fish market and hung beside it. Both "
        "are still there.",
    ),
)
NEWS_RIGHT: tuple[tuple[str, str], ...] = (
    (
        "text",
        "Children have a bench of their own by the window. Old radios are theirs to open, and nothing that "
        "falls out has to be put back.",
    ),
    ("head", "What could not be saved"),
    (
        "text",
        "Of the sixty-two things brought in on that first day, forty-one left in working order. Twelve wait "
        "for parts, and nine were beyond help. The nine were taken to pieces all the same, and their motors, "
        "springs and knobs lie in drawers for the next patient.",
    ),
    (
        "text",
        "The clock was among the last to be heard. A moth had died between two wheels. At ten past five it "
        "struck eleven, and everyone in the room clapped.",
    ),
    ("head", "Open every Saturday"),
    (
        "text",
        "The loft is open from ten until four. There is no charge, though a tin stands near the door, and "
        "cake is always welcome. Whoever can solder, darn or listen is asked to call in and put a name on "
        "the list.",
    ),
)


def draw_columns(fonts: Fonts) -> Image.Image:
    """Draw a newsletter page of two columns."""
    sheet = Sheet(fonts)
    left, right, gutter = 110, sheet.width - 110, 56
    middle, column = sheet.width / 2, (right - left - gutter) / 2
    sheet.rule(left, 92, right, 4)
    sheet.spaced(middle, 160, "THE HARBOUR STEPS NEWS", "serif-bold", 48, 5)
    sheet.rule(left, 188, right, 1)
    sheet.text(left, 219, "Number 18", "sans", 22, ink=SOFT)
    sheet.text(middle, 219, "A paper for the lower town", "sans", 22, ink=SOFT, at="ms")
    sheet.text(right, 219, "April 2024", "sans", 22, ink=SOFT, at="rs")
    sheet.rule(left, 234, right, 1)
    sheet.text(left, 328, "Old net loft becomes a repair room", "serif-bold", 63)
    sheet.text(
        left,
        381,
        "Sixty-two broken things came in on the first day, and most walked out whole",
        "serif-italic",
        30,
    )

    def flow(x: float, y: float, parts: Iterable[tuple[str, str]]) -> float:
        """Fill a column; return the baseline after its last line."""
        for number, (kind, text) in enumerate(parts):
            if kind == "head":
                y += 14 if number else 0
                sheet.text(x, y + 2, text, "sans-bold", 25)
                y += 38
            else:
                y = sheet.paragraph(x, y, text, "serif", 24, column, 33, justify=True) + 12
        return y

    top = 460
    flow(left, top, NEWS_LEFT)
    x = right - column
    y = flow(x, top, NEWS_RIGHT)
    bottom = 1637
    view = draw_view((round(column), round(bottom - 44 - y)))
    sheet.image.paste(view, (round(x), round(y) - 4))
    sheet.text(x, bottom - 14, "The light on the point, seen from the loft", "sans", 22, ink=SOFT)
    sheet.draw.line((middle, top - 18, middle, bottom - 10), fill=PALE, width=1)
    sheet.rule(left, 1660, right, 1)
    sheet.text(left, 1692, "Printed by the neighbours of Harbour Steps", "sans", 22, ink=SOFT)
    sheet.text(right, 1692, "Page 1", "sans", 22, ink=SOFT, at="rs")
    return sheet.image


RECEIPT_ITEMS = (
    ("Rye bread 750 g", 1, 385),
    ("Butter unsalted", 2, 249),
    ("Apples loose 1.2 kg", 1, 312),
    ("Goat cheese", 1, 460),
    ("Tomatoes", 3, 95),
    ("Oat milk 1 l", 2, 185),
    ("Dish brush", 1, 275),
    ("Deposit bottle", 2, 25),
)


def money(cents: int) -> str:
    """Write a sum of cents."""
    return f"{cents // 100}.{cents % 100:02d}"


def draw_till_roll(fonts: Fonts, width: int) -> Image.Image:
    """Draw the printed strip of the receipt."""
    sheet = Sheet(fonts, (width, 2000))
    left, right, middle, size = 42, width - 42, width / 2, 23

    def dashes(y: float) -> None:
        """Draw a dashed line."""
        for number in range(29):
            x = left + number * (right - left - 9) / 28
            sheet.rule(x, y, x + 9, 2, 60)

    def pair(y: float, name: str, value: str, face: str = "mono", big: int = size) -> None:
        """Write a name on the left and a value on the right."""
        sheet.text(left, y, name, face, big)
        sheet.text(right, y, value, face, big, at="rs")

    sheet.text(middle, 96, "GREEN BASKET", "mono-bold", 46, at="ms")
    for number, line in enumerate(("Corner shop and bakery", "27 Mill Row, Oxmere", "Tel. 01632 960 188")):
        sheet.text(middle, 140 + 31 * number, line, "mono", size, at="ms")
    dashes(228)
    pair(268, "Receipt 004817", "Till 2")
    pair(300, "16.04.2024", "17:42")
    dashes(320)
    y, total, cash = 364, 0, 4000
    for name, count, price in RECEIPT_ITEMS:
        pair(y, name, money(count * price))
        total += count * price
        y += 34
        if count > 1:
            sheet.text(left + 28, y - 3, f"{count} x {money(price)}", "mono", 21, ink=60)
            y += 33
    dashes(y - 12)
    pair(y + 38, "TOTAL GBP", money(total), "mono-bold", 36)
    dashes(y + 60)
    y += 104
    pair(y, "Cash", money(cash))
    pair(y + 34, "Change", money(cash - total))
    tax = round(total * 5 / 105)
    pair(y + 82, "Net amount", money(total - tax))
    pair(y + 116, "VAT 5 %", money(tax))
    dashes(y + 138)
    sheet.text(middle, y + 188, "Thank you for your visit!", "mono", size, at="ms")
    sheet.text(middle, y + 220, "Goods may be returned within 14 days", "mono", 20, at="ms")
    rng = random.Random(SEED)
    bar, top = middle - 170, y + 250
    while bar < middle + 170:
        wide = rng.choice((2, 2, 4, 6))
        sheet.draw.rectangle((bar, top, bar + wide - 1, top + 62), fill=INK)
        bar += wide + rng.choice((2, 4, 4, 6))
    sheet.text(middle, top + 92, "4 008170 048175", "mono", 21, at="ms")
    return sheet.image.crop((0, 0, width, top + 136))


def grain(size: tuple[int, int], rng: random.Random) -> Image.Image:
    """Return even grey noise about 128, close to a bell curve."""
    count = size[0] * size[1]
    layers = [Image.frombytes("L", size, rng.randbytes(count)) for _ in range(4)]
    pairs = [Image.blend(layers[0], layers[1], 0.5), Image.blend(layers[2], layers[3], 0.5)]
    return Image.blend(pairs[0], pairs[1], 0.5)


def draw_receipt(fonts: Fonts) -> Image.Image:
    """Draw a till receipt as a photograph shows it: tinted paper on a table, soft light, some noise."""
    rng = random.Random(SEED)
    strip = draw_till_roll(fonts, 540)
    width, height = 620, strip.height + 90
    outline = [(0.0, 0.0), (float(strip.width), 0.0)]
    teeth = 45
    for tooth in range(teeth * 2 + 1):
        outline.append((strip.width * (1 - tooth / (teeth * 2)), strip.height - (7.0 if tooth % 2 else 0.0)))
    mask = Image.new("L", strip.size, 0)
    ImageDraw.Draw(mask).polygon(outline, fill=255)

    place = ((width - strip.width) // 2, 44)
    paper = Image.new("L", (width, height), WHITE)
    paper.paste(strip, place)
    cover = Image.new("L", (width, height), 0)
    cover.paste(mask, place)
    turn, how = 0.6, Image.Resampling.BICUBIC
    paper = paper.rotate(turn, how, fillcolor=WHITE).filter(ImageFilter.GaussianBlur(0.5))
    cover = cover.rotate(turn, how)

    # Thermal ink is a dark grey, the paper a warm white.
    ink = Image.merge(
        "RGB",
        [
            paper.point([low + value * (high - low) / 255 for value in range(256)])
            for low, high in ((48, 246), (47, 242), (52, 232))
        ],
    )
    table = Image.new("RGB", (width, height), (112, 106, 100))
    shadow = ImageChops.offset(cover, 6, 9).filter(ImageFilter.GaussianBlur(9)).point([v * 0.55 for v in range(256)])
    table.paste((40, 37, 35), mask=shadow)
    table.paste(ink, mask=cover)

    # Soft light from the upper left, and two faint folds across the strip.
    light = Image.new("L", (32, 64))
    for row in range(64):
        for col in range(32):
            fold = 9 * math.exp(-(((row - 23) / 1.1) ** 2)) + 7 * math.exp(-(((row - 45) / 1.1) ** 2))
            light.putpixel((col, row), round(255 - 0.35 * row - 0.5 * col - fold))
    light = light.resize((width, height), Image.Resampling.BICUBIC)
    photo = ImageChops.multiply(table, Image.merge("RGB", [light] * 3))
    noise = grain((width, height), rng).point([128 + (value - 128) * 0.13 for value in range(256)])
    return ImageChops.add(photo, Image.merge("RGB", [noise] * 3), 1, -128)


def draw_form(fonts: Fonts) -> Image.Image:
    """Draw a form that has been filled in."""
    sheet = Sheet(fonts)
    left, right = 120, sheet.width - 120
    sheet.draw.rectangle((left, 96, right - 1, 206), fill=INK)
    sheet.text(left + 32, 164, "Application for a library card", "sans-bold", 40, ink=WHITE)
    sheet.text(right - 32, 164, "Form L-12", "sans", 26, ink=WHITE, at="rs")
    sheet.text(left, 250, "Oxmere Town Library. Please write in capital letters.", "sans", 25, ink=SOFT)

    def section(y: int, number: int, title: str) -> None:
        """Write the heading of a section."""
        sheet.text(left, y, f"{number}.  {title}", "sans-bold", 28)
        sheet.rule(left, y + 14, right, 2)

    def field(x: float, y: float, width: float, label: str, value: str) -> None:
        """Draw a label, the box below it and the value in the box."""
        sheet.text(x, y, label, "sans", 23, ink=SOFT)
        sheet.draw.rectangle((x, y + 12, x + width - 1, y + 70), outline=SOFT, width=2)
        sheet.text(x + 18, y + 51, value, "mono", 29)

    def choices(y: float, label: str, names: Sequence[tuple[str, bool]], step: int) -> None:
        """Draw a row of boxes to tick."""
        sheet.text(left, y, label, "sans", 23, ink=SOFT)
        for number, (name, ticked) in enumerate(names):
            x = left + number * step
            box = (x, y + 20, x + 31, y + 51)
            sheet.draw.rectangle(box, outline=SOFT, width=2)
            if ticked:
                for ends in ((x + 7, y + 27, x + 24, y + 44), (x + 7, y + 44, x + 24, y + 27)):
                    sheet.draw.line(ends, fill=INK, width=5)
            sheet.text(x + 48, y + 45, name, "sans", 25)

    gap = 30
    half = (right - left - gap) / 2
    section(330, 1, "Your details")
    field(left, 392, half, "Family name", "MARLOWE-FINCH")
    field(left + half + gap, 392, half, "First name", "HENRIETTA")
    field(left, 502, 300, "Date of birth", "07.11.1986")
    field(left + 330, 502, 300, "Place of birth", "OXMERE")
    field(left + 660, 502, right - left - 660, "Nationality", "BRITISH")
    choices(
        616,
        "How should we write to you?",
        (("By e-mail", True), ("By letter", False), ("By text", False)),
        250,
    )

    section(740, 2, "Your address")
    field(left, 802, 700, "Street", "WILLOW BANK")
    field(left + 730, 802, right - left - 730, "House number", "5B")
    field(left, 912, 300, "Postcode", "OX0 7ZX")
    field(left + 330, 912, right - left - 330, "Town", "OXMERE")
    field(left, 1022, half, "Telephone", "01632 960 102")
    field(left + half + gap, 1022, half, "E-mail", "h.finch@post.example")

    section(1164, 3, "Your card")
    choices(1226, "Kind of card", (("Adult", True), ("Child", False), ("Family", False), ("Guest", False)), 250)
    choices(
        1324,
        "I would like to borrow",
        (("Books", True), ("Music", True), ("Films", False), ("Maps", True)),
        250,
    )

    y = sheet.paragraph(
        left,
        1438,
        "I have read the rules of the library and will look after what I borrow. I will tell the library if "
        "my address changes or if I lose my card.",
        "sans",
        23,
        right - left,
        33,
    )
    y += 72
    sheet.text(left + 14, y - 10, "14.05.2024", "mono", 29)
    sheet.text(left + 440, y - 12, "Henrietta Marlowe-Finch", "serif-italic", 42, ink=60)
    sheet.rule(left, y, left + 300, 2, SOFT)
    sheet.rule(left + 420, y, right, 2, SOFT)
    sheet.text(left, y + 30, "Date", "sans", 23, ink=SOFT)
    sheet.text(left + 420, y + 30, "Signature", "sans", 23, ink=SOFT)
    sheet.rule(left, 1650, right, 1, PALE)
    sheet.text(left, 1686, "For the desk: card number 30517, checked 15.05.2024", "sans", 23, ink=SOFT)
    sheet.text(right, 1686, "Page 1 of 1", "sans", 23, ink=SOFT, at="rs")
    return sheet.image


def draw_notice(fonts: Fonts) -> Image.Image:
    """Draw a short typed notice, turned upside down."""
    sheet = Sheet(fonts, A5_ACROSS)
    left, middle, width = 150, sheet.width / 2, sheet.width - 300
    sheet.draw.rectangle((60, 60, sheet.width - 61, sheet.height - 61), outline=INK, width=3)
    sheet.draw.rectangle((70, 70, sheet.width - 71, sheet.height - 71), outline=INK, width=1)
    sheet.text(middle, 186, "NOTICE TO ALL TENANTS", "mono-bold", 46, at="ms")
    sheet.rule(middle - 293, 210, middle + 293, 3)
    y = sheet.paragraph(
        left,
        304,
        "The water will be turned off in the whole house on Tuesday, 4 June, from 9 in the morning until "
        "about 1 in the afternoon. The old pipes in the cellar are to be replaced on that day.",
        "mono",
        28,
        width,
        44,
    )
    y = sheet.paragraph(
        left,
        y + 22,
        "Please fill a jug the evening before and close all taps when you leave. The first water may be "
        "brown: let it run for a minute.",
        "mono",
        28,
        width,
        44,
    )
    sheet.text(left, y + 46, "Oxmere, 24 May 2024", "mono", 28)
    sheet.text(sheet.width - left, y + 46, "The caretaker", "mono", 28, at="rs")
    return sheet.image.transpose(Image.Transpose.ROTATE_180)


CHINESE_TITLE = "河边的旧书店"
CHINESE_TEXT = (
    "小城的河边有一家旧书店，门口挂着一盏黄色的灯。店里只有两个房间，书却从地板一直堆到天花板。"
    "店主说，这里一共有六千三百本书，他每一本都翻过。",
    "下雨的日子，来的人最多。有人进来躲雨，最后却带走了一本诗集；有人只想找一张老地图，"
    "结果坐在窗边读了整个下午。店主从不催促客人，只是悄悄给他们倒上一杯热茶。",
    "去年冬天，河水结了冰，灯也坏了。街坊们一起凑钱，给书店换了新的电线和窗户。"
    "春天再开门的时候，墙上多了一块木板，上面写着：“借书不必急着还，还书时请讲一个故事。”",
    "从那以后，每个星期六的晚上，人们都会来这里听故事。孩子坐在前面，老人坐在后面，那只灰猫总是睡在最高的书架上，一动也不动。",
)
NEVER_FIRST = "，。；：、！？”）》"
NEVER_LAST = "“（《"


def wrap_chinese(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Break Chinese text into lines; no line begins with a stop or ends with an opening mark."""
    lines, line = [], ""
    for letter in text:
        if line and font.getlength(line + letter) > width:
            keep = len(line)
            if letter in NEVER_FIRST:
                keep -= 1
            while keep > 1 and (line[keep - 1] in NEVER_LAST or (keep < len(line) and line[keep] in NEVER_FIRST)):
                keep -= 1
            lines.append(line[:keep])
            line = line[keep:]
        line += letter
    return [*lines, line]


def draw_chinese(fonts: Fonts) -> Image.Image:
    """Draw a short text in simplified Chinese."""
    sheet = Sheet(fonts)
    left, size, leading = 170, 36, 68
    width = 25 * size
    middle = sheet.width / 2
    sheet.spaced(middle, 236, CHINESE_TITLE, "cjk", 66, 8)
    sheet.text(middle, 312, "本刊编辑部    二〇二四年五月", "cjk", 28, ink=SOFT, at="ms")
    sheet.rule(left, 356, left + width, 2, SOFT)
    font = sheet.fonts("cjk", size)
    y: float = 452
    for paragraph in CHINESE_TEXT:
        lines = wrap_chinese("\u3000\u3000" + paragraph, font, width)
        for number, line in enumerate(lines, 1):
            # Full lines end at the right margin.
            full = number < len(lines) and line[-1] not in NEVER_FIRST
            gap = (width - font.getlength(line)) / (len(line) - 1) if full else 0.0
            x: float = left
            for letter in line:
                sheet.text(x, y, letter, "cjk", size)
                x += font.getlength(letter) + gap
            y += leading
        y += 16
    sheet.rule(left, 1610, left + width, 1, PALE)
    sheet.text(left, 1656, "小城生活  第十二期", "cjk", 26, ink=SOFT)
    sheet.text(left + width, 1656, "第 3 页", "cjk", 26, ink=SOFT, at="rs")
    return sheet.image


ACCENTS = (
    (
        "Deutsch",
        "Über der Straße hängt süßer Duft: Die Bäckerin öffnet früh ihre Tür. Ein großes Brot kostet 4,80 €, "
        "und für Schüler gibt es Brötchen vom Vortag umsonst.",
    ),
    (
        "Français",
        "Où êtes-vous allés cet été ? À la forêt, près d'un vieux château où l'hôtel était fermé. Le garçon "
        "nous a prêté sa clé et une tasse de thé glacé.",
    ),
    (
        "Español",
        "¿Cuándo volverá la niña con su pequeño burro? Mañana, después del almuerzo, bajarán de la montaña. "
        "¡Qué alegría tendrá el señor Ibáñez!",
    ),
    (
        "Čeština",
        "Říčka teče přes žlutou louku až k našemu domu. Večer tam slýcháme žáby, a když prší, běžíme "
        "zavřít kůlnu a dveře od sklepa.",
    ),
    (
        "Dansk",
        "På øen står et gammelt æbletræ, som blæsten bøjer mod søen. Hvert år får børnene lov til at plukke "
        "de røde æbler.",
    ),
    (
        "Polski",
        "Żółta łódka płynie powoli w stronę brzegu. Łukasz wyciąga sieć, a jego córka liczy źdźbła trawy i "
        "śpiewa cichą pieśń.",
    ),
    ("English", "The café charges £3.50 for a crème brûlée, which is about 4.10 € at today's rate."),
)


def draw_accents(fonts: Fonts) -> Image.Image:
    """Draw sentences in seven languages with their own letters."""
    sheet = Sheet(fonts)
    left, right, indent = 130, sheet.width - 130, 190
    sheet.text(left, 178, "Letters with marks", "serif-bold", 56)
    sheet.text(left, 228, "Seven languages, a few sentences each", "serif-italic", 30, ink=SOFT)
    sheet.rule(left, 262, right, 3)
    y: float = 340
    for number, (language, text) in enumerate(ACCENTS):
        if number:
            sheet.rule(left, y - 57, right, 1, PALE)
        sheet.text(left, y, language, "sans-bold", 25, ink=70)
        y = sheet.paragraph(left + indent, y, text, "serif", 32, right - left - indent, 47) + 63
    return sheet.image


PAGES: dict[str, Callable[[Fonts], Image.Image]] = {
    "letter.png": draw_letter,
    "two-columns.png": draw_columns,
    "receipt.jpg": draw_receipt,
    "form.png": draw_form,
    "upside-down.png": draw_notice,
    "chinese.png": draw_chinese,
    "accents.png": draw_accents,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw all pages; return the exit status."""
    parser = argparse.ArgumentParser(description="Draw the sample pages that come with the program.")
    here = Path(__file__).resolve().parent
    parser.add_argument("--out", type=Path, default=here / "samples", metavar="FOLDER", help="where to write")
    for name, (what, _, _) in FACES.items():
        parser.add_argument(f"--{name}", type=Path, metavar="FILE", help=f"font file for {what}")
    given = parser.parse_args(arguments)
    try:
        fonts = Fonts({name: find_face(name, getattr(given, name.replace("-", "_"))) for name in FACES})
        pages = {name: draw(fonts) for name, draw in PAGES.items()}
    except FontMissingError as error:
        print(error, file=sys.stderr)
        return 1
    given.out.mkdir(parents=True, exist_ok=True)
    for name, image in pages.items():
        if name.endswith(".jpg"):
            image.save(given.out / name, quality=90, optimize=True, dpi=(DPI, DPI))
        else:
            save_png(image, given.out / name)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
