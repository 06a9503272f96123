"""A newsletter in two columns with a picture."""

from __future__ import annotations

from collections.abc import Iterable

from PIL import Image, ImageDraw

from drawing.paper import PALE, SOFT, Fonts, Sheet


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
