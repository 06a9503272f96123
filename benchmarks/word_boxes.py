"""Measures how well the boxes of words fit their ink, on pages whose words are drawn where it is known.

    python benchmarks/word_boxes.py [--seed 1] [--kinds prose,underlined,...]

Prints for each kind of page, the mean overlap (intersection over union) of the words that were read as they were drawn:
along the line alone; with the ink of the word, from its own highest to its own lowest pixel; and with the ink of its
line, from the highest to the lowest pixel of all words that stand in it. Every third page of a kind, in fonts that the
others do not have, is kept aside and counted for itself.
"""

import argparse
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sin, tau
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from ocrdesk.engine.geometry import is_standing
from ocrdesk.engine.recognition.making import recognizer_maker
from ocrdesk.engine.recognition.ppocr.models import PPOCR_V6

WIDTH, HEIGHT, MARGIN = 1240, 640, 90
FONTS = Path("/usr/share/fonts")
DRAWN_WITH = (
    "truetype/dejavu/DejaVuSerif.ttf", "opentype/urw-base35/NimbusSans-Regular.otf",
    "opentype/urw-base35/C059-Italic.otf", "truetype/dejavu/DejaVuSans-Bold.ttf",
)  # fmt: skip
ASIDE = (
    "opentype/urw-base35/NimbusRoman-Regular.otf", "opentype/urw-base35/P052-Bold.otf",
    "truetype/dejavu/DejaVuSans-Oblique.ttf",
)  # fmt: skip
CHINESE = "truetype/droid/DroidSansFallbackFull.ttf"
WORDS = [
    "are", "over", "summer", "seven", "name", "are", "mine", "no", "one", "rose", "some", "cover", "were", "now",
    "can", "see", "sun", "wave", "scene", "ocean", "never", "room", "more", "letter", "table", "field", "house",
    "detail", "height", "better", "child", "hand", "tooth", "find", "looked", "double", "light", "bottle", "blind",
    "shield", "Total", "page", "group", "young", "quarry", "happy", "enjoy", "queen", "spring", "going", "paper",
    "yellow", "apology", "journey", "type", "early", "copy", "eighty", "ground", "Lane", "Station", "June", "Friday",
    "Quay", "Germany", "Jersey", "OFFICE", "UNITED", "LONDON", "PAGE", "1984", "12.50", "3,000", "2026", "48", "7.15",
    "page,", "end.", "(see", "“quote”", "it’s", "–", "£35.20", "No.", "Über", "façade", "Größe", "élan", "mañana",
    "and,", "however;", "question?", "well-known", "x", "=", "15", "%", "a", "I",
]  # fmt: skip
CHARACTERS = (
    "永和九年歲在癸丑暮春之初會于稽山陰蘭亭修禊事也群賢畢至少長咸集"
    "此地有峻領茂林竹又清流激湍映帶左右引以為觴曲水列坐其次"
)

_SEEN = 76
"""A pixel with so much of 255 ink is part of a letter."""

Corners = npt.NDArray[np.float32]
Bend = Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A word that was drawn.

    Attributes:
        text: Its text.
        own: The corners of its own ink.
        lined: The same, as high as the ink of its line.
    """

    text: str
    own: Corners
    lined: Corners


class Sheet:
    """A page that is drawn."""

    def __init__(self, chance: random.Random, font: str, size: int, paper: int = 250, pen: int = 20) -> None:
        self.chance, self.size, self.pen = chance, size, pen
        self.font = ImageFont.truetype(FONTS / font, size)
        self.image = Image.new("L", (WIDTH, HEIGHT), paper)
        self.draw = ImageDraw.Draw(self.image)
        self.words: list[Drawn] = []

    def put(self, left: float, base: float, text: str) -> tuple[str, float, float, float, float]:
        """Draws a word; returns it with the box of its ink."""
        self.draw.text((left, base), text, self.pen, self.font, anchor="ls")
        alone = Image.new("L", (round(self.font.getlength(text)) + 4 * self.size, 4 * self.size))
        at = 2 * self.size + left % 1, 3 * self.size + base % 1
        ImageDraw.Draw(alone).text(at, text, 255, self.font, anchor="ls")
        a, b, c, d = alone.point(lambda level: 255 * (level > _SEEN)).getbbox() or (*at, *at)
        return text, a - at[0] + left, b - at[1] + base, c - at[0] + left, d - at[1] + base

    def line(self, left: float, base: float, right: float, words: Sequence[str] | None = None) -> tuple[float, float]:
        """Draws words up to some place; returns where the ink of the line begins and ends, from top to bottom."""
        placed, x = [], left
        space = self.font.getlength(" ")
        for number in range(len(words) if words else 99):
            text = words[number] if words else self.chance.choice(WORDS)
            length = self.font.getlength(text)
            if x + length > right:
                break
            placed.append(self.put(x, base, text))
            x += length + space
        if not placed:
            return base, base
        top, bottom = min(it[2] for it in placed), max(it[4] for it in placed)
        for text, a, b, c, d in placed:
            self.words.append(Drawn(text, _box(a, b, c, d), _box(a, top, c, bottom)))
        return top, bottom


def _box(left: float, top: float, right: float, bottom: float) -> Corners:
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def prose(sheet: Sheet, pitch: float = 1.6) -> None:
    """Lines of prose."""
    for base in np.arange(MARGIN + sheet.size, HEIGHT - MARGIN, pitch * sheet.size):
        sheet.line(MARGIN, round(base), WIDTH - MARGIN)


def close(sheet: Sheet) -> None:
    """Lines set so close that descenders nearly touch what is below."""
    prose(sheet, 1.12)


def underlined(sheet: Sheet) -> None:
    """Every line has a rule right below its baseline, as links have."""
    for base in np.arange(MARGIN + sheet.size, HEIGHT - MARGIN, 1.9 * sheet.size):
        sheet.line(MARGIN, round(base), WIDTH - MARGIN)
        y = round(base) + max(2, sheet.size // 9)
        sheet.draw.line((MARGIN, y, WIDTH - MARGIN, y), sheet.pen, max(1, sheet.size // 16))


def on_rules(sheet: Sheet) -> None:
    """A few words on a rule each, as in a form that was filled in."""
    for base in np.arange(MARGIN + sheet.size, HEIGHT - MARGIN, 2.1 * sheet.size):
        sheet.line(MARGIN + 40, round(base), WIDTH / 2)
        y = round(base) + max(3, sheet.size // 3)
        sheet.draw.line((MARGIN, y, WIDTH - MARGIN, y), 60, 2)


def cells(sheet: Sheet) -> None:
    """A ruled table."""
    columns = np.linspace(MARGIN, WIDTH - MARGIN, 5).round().astype(int).tolist()
    rows = np.arange(MARGIN, HEIGHT - MARGIN, 1.7 * sheet.size).round().astype(int).tolist()
    for top, bottom in pairwise(rows):
        for left, right in pairwise(columns):
            sheet.draw.rectangle((left, top, right, bottom), outline=40, width=2)
            sheet.line(left + 10, bottom - round(0.5 * sheet.size), right - 8)


def downwards(sheet: Sheet) -> None:
    """Chinese, written downwards."""
    step = 1.08 * sheet.size
    for left in np.arange(MARGIN, WIDTH - MARGIN, 2 * sheet.size):
        placed = []
        for base in np.arange(MARGIN + sheet.size, HEIGHT - MARGIN, step):
            text = sheet.chance.choice(CHARACTERS)
            placed.append(sheet.put(left, base, text))
        first, last = min(it[1] for it in placed), max(it[3] for it in placed)
        sheet.words += [Drawn(text, _box(a, b, c, d), _box(first, b, last, d)) for text, a, b, c, d in placed]


def across(sheet: Sheet) -> None:
    """Chinese, written across."""
    for base in np.arange(MARGIN + sheet.size, HEIGHT - MARGIN, 1.7 * sheet.size):
        text = "".join(sheet.chance.choice(CHARACTERS) for _ in range(int((WIDTH - 2 * MARGIN) / sheet.size)))
        placed = []
        for number, letter in enumerate(text):
            placed.append(sheet.put(MARGIN + number * sheet.size, round(base), letter))
        top, bottom = min(it[2] for it in placed), max(it[4] for it in placed)
        sheet.words += [Drawn(text, _box(a, b, c, d), _box(a, top, c, bottom)) for text, a, b, c, d in placed]


KINDS: dict[str, Callable[[Sheet], None]] = {
    "prose": prose, "small": prose, "large": prose, "close": close, "light": prose, "grainy": prose, "tilted": prose,
    "bent": prose, "turned over": prose, "underlined": underlined, "on rules": on_rules, "cells": cells,
    "downwards": downwards, "across": across,
}  # fmt: skip
SIZES = {"small": 17, "large": 64, "downwards": 40, "across": 40}


def page_of(kind: str, font: str, chance: random.Random) -> tuple[npt.NDArray[np.uint8], list[Drawn]]:
    """Returns a page and its words."""
    is_chinese = kind in ("downwards", "across")
    light = (40, 235) if kind == "light" else (250, 20)
    size = SIZES.get(kind, 30) + chance.randrange(-3, 4)
    sheet = Sheet(chance, CHINESE if is_chinese else font, size, *light)
    KINDS[kind](sheet)
    pixels, words = np.asarray(sheet.image).copy(), sheet.words
    if kind == "tilted":
        turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), chance.choice((-4.0, -2.5, 2.5, 4.0)), 1)
        pixels = cv2.warpAffine(pixels, turn, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC, borderValue=250)
        words = [_moved(word, lambda points: points @ turn[:, :2].T + turn[:, 2]) for word in words]
    elif kind == "bent":
        sag = chance.choice((-10.0, 8.0, 14.0))
        y, x = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
        fall = (sag * np.sin(x / WIDTH * tau / 2)).astype(np.float32)
        pixels = cv2.remap(pixels, x, y - fall, cv2.INTER_CUBIC, borderValue=250)
        bend: Bend = lambda points: np.stack(  # noqa: E731
            [points[:, 0], points[:, 1] + [sag * sin(it / WIDTH * tau / 2) for it in points[:, 0]]], axis=1
        )
        words = [_moved(word, bend) for word in words]
    elif kind == "grainy":
        noise = np.random.default_rng(chance.randrange(999)).normal(0, 22, pixels.shape)
        pixels = np.clip(cv2.GaussianBlur(pixels, (0, 0), 0.8) + noise, 0, 255).astype(np.uint8)
    elif kind == "turned over":
        pixels = pixels[::-1, ::-1].copy()
    return np.repeat(pixels[..., None], 3, axis=2), words


def _moved(word: Drawn, move: Bend) -> Drawn:
    own, lined = (move(box.astype(np.float64)).astype(np.float32) for box in (word.own, word.lined))
    return Drawn(word.text, own, lined)


def overlap(one: Corners, other: Corners) -> float:
    """Returns the intersection of two convex polygons over their union."""
    shared, _ = cv2.intersectConvexConvex(one, other)
    both = cv2.contourArea(one) + cv2.contourArea(other) - shared
    return float(shared / both) if both > 0 else 0.0


def along(one: Corners, other: Corners, *, standing: bool) -> float:
    """Returns the same along the line alone."""
    axis = 1 if standing else 0
    a, b, c, d = one[:, axis].min(), one[:, axis].max(), other[:, axis].min(), other[:, axis].max()
    return float(max(0.0, min(b, d) - max(a, c)) / (max(b, d) - min(a, c)))


def main() -> None:
    """Draws, reads and measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--rounds", type=int, default=1, help="how many pages there are in each font")
    asked = parser.parse_args()
    recognizer = recognizer_maker(PPOCR_V6)()
    table: dict[tuple[str, bool], list[tuple[float, float, float]]] = {}
    missing: dict[str, int] = {}
    for kind in asked.kinds.split(","):
        for number, font in enumerate([*DRAWN_WITH, *ASIDE] * asked.rounds):
            chance = random.Random(f"{asked.seed} {kind} {number}")
            pixels, words = page_of(kind, font, chance)
            reading = recognizer.read(pixels)
            read = [
                (word.text, np.array(line.box_of(word), np.float32), is_standing(line.polygon))
                for line in reading.lines
                for word in line.words
            ]
            middles = np.array([box.mean(axis=0) for _, box, _ in read])
            for word in words:
                reach = np.ptp(word.lined, axis=0) / 2 + 2
                near = np.flatnonzero((np.abs(middles - word.lined.mean(axis=0)) <= reach).all(axis=1))
                same = [read[it] for it in near if read[it][0] == word.text]
                if not same:
                    missing[kind] = missing.get(kind, 0) + 1
                    continue
                _, box, standing = max(same, key=lambda it: overlap(it[1], word.own))
                measured = along(box, word.own, standing=standing), overlap(box, word.own), overlap(box, word.lined)
                table.setdefault((kind, font in ASIDE), []).append(measured)
    print(f"{'kind':14}{'words':>7}{'along':>8}{'word':>8}{'line':>8}   aside: the same")
    for kind in [*asked.kinds.split(","), "all"]:
        row = []
        for is_aside in (False, True):
            some = [
                it for (its, aside), all_ in table.items() if aside == is_aside and kind in (its, "all") for it in all_
            ]
            mean = np.mean(some, axis=0) if some else np.full(3, np.nan)
            row.append(f"{len(some):7}" + "".join(f"{value:8.3f}" for value in mean))
        print(f"{kind:14}{'   '.join(row)}   not read so: {missing.get(kind, sum(missing.values()))}")


if __name__ == "__main__":
    main()
