"""Pictures from which the ranges of the int8 models are measured: drawn pages and lines in many conditions.

They need no font of the system: the letters come from the sample pages and from the font inside Pillow.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from drawing.columns import NEWS_LEFT, NEWS_RIGHT
from drawing.forms import RECEIPT_ITEMS, money
from drawing.paper import SEED, WHITE

Greys = npt.NDArray[np.float64]
"""A picture: height × width × 1 or 3, 0 to 255."""

LINE = (11, 100)
"""Heights in pixels that a row of ink may have to be one line of text."""

ROWS = ("accents.png", "chinese.png", "letter.png", "two-columns.png", "upside-down.png")
"""Sample pages that can be taken apart into lines."""


def draw_lines(samples: Path, count: int) -> Iterator[Image.Image]:
    """Draw single lines of text, RGB, of many lengths: half of them from the sample pages, one in six Chinese."""
    rng = np.random.default_rng(SEED)
    dice = random.Random(SEED)
    rows = [(row, name == "chinese.png") for name in ROWS for row in rows_of(load_sample(samples, name))]
    dense = [row for row, is_dense in rows if is_dense]
    latin = [row for row, is_dense in rows if not is_dense]
    for number in range(count):
        kind = number % 6
        if kind == 0:
            line = shorten(dice.choice(dense), dice)
        elif kind <= 2:
            line = shorten(dice.choice(latin), dice)
        elif kind == 3:
            line = draw_figures(dice)
        else:
            line = draw_words(dice)
        yield age(frame(line, dice), rng)


def draw_pages(samples: Path) -> Iterator[Image.Image]:
    """Draw pages, RGB: the samples as they are and in worse states, and pages of lines of all sizes."""
    rng = np.random.default_rng(SEED)
    dice = random.Random(SEED)
    for path in sorted((*samples.glob("*.png"), *samples.glob("*.jpg"))):
        page = Image.open(path).convert("RGB")
        yield page
        yield age(page.rotate(dice.uniform(-4, 4), Image.Resampling.BICUBIC, fillcolor=(WHITE,) * 3), rng)
        for share in (0.4, 0.7):
            width, height = page.width * dice.uniform(share, 1), page.height * dice.uniform(share / 2, 1)
            left, top = dice.uniform(0, page.width - width), dice.uniform(0, page.height - height)
            part = page.crop((round(left), round(top), round(left + width), round(top + height)))
            yield age(part.resize((round(width * 1.1), round(height * 1.1))), rng)
    for _ in range(20):
        yield age(draw_mixed(dice), rng)


def load_sample(samples: Path, name: str) -> Image.Image:
    """Return a sample page, grey and upright."""
    page = Image.open(samples / name).convert("L")
    return page.transpose(Image.Transpose.ROTATE_180) if name == "upside-down.png" else page


def rows_of(page: Image.Image) -> list[Image.Image]:
    """Take a page apart into its lines; a page of two columns at its middle."""
    rows = []
    for column in (page.crop((100, 0, 620, page.height)), page.crop((620, 0, page.width - 100, page.height))):
        ink = np.asarray(column) < 140
        edges = np.flatnonzero(np.diff(np.pad(ink.any(axis=1).astype(np.int8), 1)))
        for top, bottom in edges.reshape(-1, 2).tolist():
            across = np.flatnonzero(ink[top:bottom].any(axis=0))
            if LINE[0] <= bottom - top <= LINE[1] and across[-1] - across[0] > 60:
                rows.append(column.crop((int(across[0]), top, int(across[-1]) + 1, bottom)))
    return rows


def shorten(line: Image.Image, dice: random.Random) -> Image.Image:
    """Cut a line off somewhere, or set it beside itself."""
    if dice.random() < 0.3:
        wide = Image.new("L", (2 * line.width + line.height // 2, line.height), WHITE)
        wide.paste(line, (0, 0))
        wide.paste(line, (line.width + line.height // 2, 0))
        return wide
    return line.crop((0, 0, round(line.width * dice.uniform(0.15, 1)), line.height))


def draw_words(dice: random.Random) -> Image.Image:
    """Draw some words of a sample page; letters with marks, which Pillow's font lacks, come from the pages only."""
    words = dice.choice([text for _, text in (*NEWS_LEFT, *NEWS_RIGHT)]).split()
    count = dice.choice((1, 2, 3, 5, 8, 12, 16))
    first = dice.randrange(max(1, len(words) - count))
    text = " ".join(words[first : first + count])
    return draw_text(dice.choice((str, str, str, str.upper))(text), dice)


def draw_figures(dice: random.Random) -> Image.Image:
    """Draw a sum, a date, a number of an account, a line of a receipt or of a table of contents."""
    name, count, price = dice.choice(RECEIPT_ITEMS)
    makers: tuple[Callable[[], str], ...] = (
        lambda: money(dice.randrange(10**7)),
        lambda: f"{dice.randrange(1, 29):02d}.{dice.randrange(1, 13):02d}.{dice.randrange(1950, 2040)}",
        lambda: "".join(dice.choice("0123456789ABCDEFGHKLMNPRSTXYZ-/") for _ in range(dice.randrange(4, 24))),
        lambda: f"{count} x {name}{' ' * dice.randrange(2, 30)}{money(price)}",
        lambda: f"{name} {'.' * dice.randrange(10, 60)} {dice.randrange(400)}",
        lambda: f"({dice.randrange(100)}%) +{dice.randrange(10**8)} & {name}: {money(price)} $ [{count}]",
    )
    return draw_text(dice.choice(makers)(), dice)


def draw_text(text: str, dice: random.Random) -> Image.Image:
    """Draw a text in Pillow's font: thin or bold, upright or slanted, narrow or wide."""
    size = dice.choice((12, 16, 22, 30, 42, 60))
    font = ImageFont.load_default(size)
    stroke = dice.choice((0, 0, 0, 1)) if size > 16 else 0
    left, top, right, bottom = font.getbbox(text, stroke_width=stroke)
    slant = dice.choice((0.0, 0.0, 0.2))
    margin = round(slant * (bottom - top)) + 1
    line = Image.new("L", (round(right - left) + 2 * margin, round(bottom - top)), WHITE)
    ImageDraw.Draw(line).text((margin - left, -top), text, fill=0, font=font, stroke_width=stroke)
    if slant:
        line = line.transform(
            line.size,
            Image.Transform.AFFINE,
            (1, slant, -slant * line.height / 2, 0, 1, 0),
            Image.Resampling.BILINEAR,
            fillcolor=WHITE,
        )
    return line.resize((max(8, round(line.width * dice.uniform(0.75, 1.25))), line.height))


def frame(line: Image.Image, dice: random.Random) -> Image.Image:
    """Set a line on paper as a detector cuts it out: with a little room, sometimes a rule or slightly turned."""
    room = max(1, round(line.height * dice.uniform(0.05, 0.35)))
    paper = Image.new("L", (line.width + 2 * room, line.height + 2 * room), WHITE)
    paper.paste(line, (room, room))
    if dice.random() < 0.1:
        y = paper.height - 1 - room // 2
        ImageDraw.Draw(paper).line((0, y, paper.width, y), fill=40, width=max(1, room // 4))
    if dice.random() < 0.3 and line.width < 20 * line.height:
        paper = paper.rotate(dice.uniform(-1, 1), Image.Resampling.BICUBIC, fillcolor=WHITE)
    return paper


def draw_mixed(dice: random.Random) -> Image.Image:
    """Draw a page of texts of all sizes in one or more columns, with boxes, rules and a grey picture."""
    page = Image.new("L", dice.choice(((960, 1280), (1280, 960), (640, 800), (1280, 320))), WHITE)
    draw = ImageDraw.Draw(page)
    columns = dice.choice((1, 1, 2, 3))
    column = page.width // columns
    for number in range(columns):
        x, y = number * column + 20, dice.randrange(10, 120)
        while y < page.height - 70:
            line = dice.choice((draw_words, draw_words, draw_figures))(dice)
            for _ in range(dice.choice((1, 1, 1, 6))):
                page.paste(line.crop((0, 0, min(line.width, column - 40), line.height)), (x, y))
                y += round(line.height * dice.uniform(1.2, 2))
            kind = dice.random()
            if kind < 0.1:
                draw.rectangle((x, y, x + column - 60, y + 3), fill=dice.randrange(160))
            elif kind < 0.2:
                draw.rectangle((x - 8, y, x + column - 60, y + dice.randrange(30, 200)), outline=0, width=2)
            elif kind < 0.27:
                shade = Image.linear_gradient("L").resize((column // 2, 160))
                page.paste(shade.rotate(dice.choice((0, 90, 180))), (x, y))
                y += 180
    return page.convert("RGB")


def age(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Wear a picture: coloured paper and ink, white on black, uneven light, blur, coarse pixels, noise, JPEG."""
    greys: Greys = np.asarray(picture.convert("RGB"), dtype=np.float64)
    paper = np.full(3, rng.uniform(150, 255)) - rng.uniform(0, 40, 3) * (rng.random() < 0.5)
    ink = np.minimum(rng.uniform(0, 90) + rng.uniform(0, 60, 3) * (rng.random() < 0.3), paper - 50)
    if rng.random() < 0.5:
        paper, ink = np.full(3, 255.0), np.zeros(3)
    if rng.random() < 0.12:
        paper, ink = ink, paper
    greys = ink + greys * (paper - ink) / 255
    if rng.random() < 0.4:
        greys = greys * light(greys.shape, rng)
    aged = as_picture(greys)
    if rng.random() < 0.5:
        aged = aged.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 0.03 * min(64, aged.height) + 0.3)))
    if rng.random() < 0.25:
        share = rng.uniform(0.4, 0.9)
        small = aged.resize((max(8, round(aged.width * share)), max(8, round(aged.height * share))))
        aged = small.resize(aged.size)
    if rng.random() < 0.6:
        noise = rng.normal(0, rng.uniform(1, 16), (aged.height, aged.width, 1 if rng.random() < 0.6 else 3))
        aged = as_picture(np.asarray(aged, dtype=np.float64) + noise)
    if rng.random() < 0.5:
        kept = io.BytesIO()
        aged.save(kept, "JPEG", quality=int(rng.integers(25, 92)))
        aged = Image.open(kept).convert("RGB")
    return aged


def light(shape: Sequence[int], rng: np.random.Generator) -> Greys:
    """Return light that falls off towards one side: height × width × 1, at most 1."""
    down, across = (np.linspace(-1, 1, size) for size in shape[:2])
    slope = rng.uniform(-1, 1) * down[:, None] + rng.uniform(-1, 1) * across[None, :]
    weak: Greys = 1 - rng.uniform(0.1, 0.5) * (slope - slope.min()) / max(1e-6, np.ptp(slope))
    return weak[..., None]


def as_picture(greys: Greys) -> Image.Image:
    """Return the picture of an array of 0 to 255."""
    return Image.fromarray(greys.clip(0, 255).astype(np.uint8))
