"""A till receipt and a form that is filled in."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from drawing.paper import INK, PALE, SEED, SOFT, WHITE, Fonts, Sheet

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
