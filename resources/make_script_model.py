"""Make the model that tells the likely script of lines that could not be read.

Run ``python resources/make_script_model.py FONTS CATALOGUES``; it takes some minutes. Needed for this and not by the
program: fonts of many scripts (``fc-query`` tells what each is for), and gettext catalogues, as in
``/usr/share/locale``, from which the texts are taken. It says how many lines in fonts kept aside are told right.
"""

from __future__ import annotations

import argparse
import gettext
import random
import subprocess
import sys
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from ocrdesk.engine.recognition.likely_script import MODEL, outlines
from ocrdesk.resources import models_folder

TOLD = {
    "Arabic": ("ARABIC", "ar fa"),
    "Cyrillic": ("CYRILLIC", "ru uk bg sr be"),
    "Devanagari": ("DEVANAGARI", "hi mr ne"),
    "Greek": ("GREEK", "el"),
    "Hebrew": ("HEBREW", "he"),
    "Korean": ("HANGUL", "ko"),
    "Thai": ("THAI", "th"),
}
OTHERS = {
    "Latin": ("LATIN", "de fr pl es cs"),
    "Chinese": ("CJK", "zh_CN ja zh_TW"),
    "Bengali": ("BENGALI", "bn bn_IN"),
    "Tamil": ("TAMIL", "ta"),
    "Georgian": ("GEORGIAN", "ka"),
    "Armenian": ("ARMENIAN", "hy"),
    "Gujarati": ("GUJARATI", "gu"),
    "Telugu": ("TELUGU", "te"),
    "Gurmukhi": ("GURMUKHI", "pa"),
    "Kannada": ("KANNADA", "kn"),
    "Malayalam": ("MALAYALAM", "ml"),
}
"""How Unicode names the letters of a script, and the languages whose texts are drawn; fonts are for the first."""

TURNED = "turned"
"""Lines of all scripts upside down."""

READ = ("Latin", "Chinese")
RARELY = 2.0
"""Lines in scripts that are read are rarely left unread, so these are taken for e to the power of this less likely."""

LINES, LIKE_EACH_OTHER, OTHER_LINES = 1300, 2600, 600
"""Lines drawn of a script that is told; of one of three that look like each other; of another."""

WIDE = frozenset({"Chinese", "Korean"})
LONGEST, LONGEST_WIDE = 70, 28
ASIDE = 3
"""Of so many families of fonts, one is kept aside."""

STEPS, RATE, DECAY = 600, 0.05, 1e-4

Floats = npt.NDArray[np.float64]
Grey = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Drawn:
    """The outlines of one line, upright and upside down."""

    script: str
    is_aside: bool
    upright: Floats
    turned: Floats


def texts_of(folder: Path, letters: str, languages: str) -> list[list[str]]:
    """Return the texts that catalogues have in each language, as far as they are in its script."""
    found = []
    for language in languages.split():
        texts = []
        for path in sorted((folder / language / "LC_MESSAGES").glob("*.mo")):
            with path.open("rb") as file:
                entries = gettext.GNUTranslations(file)._catalog.values()  # type: ignore[attr-defined]
            for entry in entries:
                text = " ".join("".join(it if it not in "%&<>_{}[]|\\" else " " for it in str(entry)).split())
                own = [unicodedata.name(it, "").startswith(letters) for it in text if it.isalpha()]
                if len(own) > 3 and sum(own) > 0.8 * len(own):
                    texts.append(text)
        if len(texts) > 50:
            found.append(texts)
    return found


def families_of(folder: Path) -> dict[str, dict[str, list[str]]]:
    """Return the files of fonts for each language, by their families."""
    files = [str(path) for path in sorted(folder.rglob("*")) if path.suffix in (".ttf", ".otf", ".ttc")]
    shape = "%{file}|%{family[0]}|%{lang}\n"
    listed = subprocess.run(["fc-query", "--format", shape, *files], capture_output=True, text=True, check=False).stdout
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in listed.splitlines():
        file, family, *languages = line.split("|")
        for language in languages:
            found[language.split("-")[0]][family].append(file)
    return found


def draw(text: str, file: str, chance: random.Random) -> Grey | None:
    """Draw a line, sometimes small, blurred, noisy or aslant."""
    font = ImageFont.truetype(file, chance.randint(18, 56), layout_engine=ImageFont.Layout.RAQM)
    left, top, right, bottom = (round(side) for side in font.getbbox(text))
    if right - left < 20 or bottom - top < 8:
        return None
    beside, above = chance.randint(2, 8), max(1, int((bottom - top) * chance.uniform(0.03, 0.3)))
    size = right - left + 2 * beside, bottom - top + 2 * above
    sheet = Image.new("L", size, chance.randint(200, 255))
    ImageDraw.Draw(sheet).text((beside - left, above - top), text, font=font, fill=chance.randint(0, 90))
    pixels = np.asarray(sheet).astype(np.float32)
    if chance.random() < 0.5:
        share = chance.uniform(0.35, 0.9)
        pixels = cv2.resize(pixels, None, fx=share, fy=share, interpolation=cv2.INTER_AREA).astype(np.float32)
    if chance.random() < 0.5:
        pixels = cv2.GaussianBlur(pixels, (0, 0), chance.uniform(0.3, 1.4)).astype(np.float32)
    if chance.random() < 0.5:
        noise = np.random.default_rng(chance.getrandbits(30)).normal(0, chance.uniform(2, 16), pixels.shape)
        pixels += noise.astype(np.float32)
    if chance.random() < 0.3:
        height, width = pixels.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), chance.uniform(-1, 1), 1)
        pixels = cv2.warpAffine(pixels, turn, (width, height), borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
    return np.clip(pixels, 0, 255).astype(np.uint8)


def draw_script(script: str, texts: list[list[str]], fonts: dict[str, list[str]], count: int) -> list[Drawn]:
    """Draw lines of a script in all its fonts."""
    chance = random.Random(script)
    families = sorted(fonts)
    chance.shuffle(families)
    aside = set(families[: len(families) // ASIDE])
    longest = LONGEST_WIDE if script in WIDE else LONGEST
    found = []
    for _ in range(count):
        family, some = chance.choice(families), chance.choice(texts)
        text = chance.choice(some)
        while len(text) < longest // 2:
            text += f" {chance.choice(some)}"
        line = draw(text[:longest], chance.choice(fonts[family]), chance)
        if line is None:
            continue
        pixels = np.repeat(line[..., None], 3, axis=2)
        upright, turned = outlines(pixels), outlines(pixels[::-1, ::-1])
        if upright is not None and turned is not None:
            found.append(Drawn(script, family in aside, upright, turned))
    return found


def fit(seen: Floats, classes: npt.NDArray[np.int64], count: int) -> tuple[Floats, Floats]:
    """Fit a logistic regression with several classes (Adam); return its weights and its bias."""
    middle, spread = seen.mean(axis=0), seen.std(axis=0) + 0.01
    looks, wanted = (seen - middle) / spread, np.eye(count)[classes]
    looks = np.hstack([looks, np.ones((len(looks), 1))])
    weights = np.zeros((looks.shape[1], count))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        odds = looks @ weights
        likely = np.exp(odds - odds.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        slope = looks.T @ (likely - wanted) / len(looks)
        slope[:-1] += DECAY * weights[:-1]
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    plain = weights[:-1] / spread[:, None]
    return plain, weights[-1] - middle @ plain


def main() -> int:
    """Draw, fit, and write the model."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("fonts", type=Path, help="folder of fonts")
    parser.add_argument("catalogues", type=Path, help="folder with a folder of gettext catalogues for each language")
    given = parser.parse_args()
    fonts, lines = families_of(given.fonts), []
    for script, (letters, languages) in (TOLD | OTHERS).items():
        count = (
            LIKE_EACH_OTHER if script in ("Latin", "Cyrillic", "Greek") else LINES if script in TOLD else OTHER_LINES
        )
        texts = texts_of(given.catalogues, letters, languages)
        own = fonts[languages.split()[0].lower().partition("_")[0]]
        if not texts or not own:
            sys.exit(f"There are no fonts or no texts for {script}.")
        lines += draw_script(script, texts, own, count)
    names = [*sorted(TOLD | OTHERS), TURNED]
    turned = lines[::3]
    looks = np.array([*(line.upright for line in lines), *(line.turned for line in turned)])
    classes = np.array([*(names.index(line.script) for line in lines), *([len(names) - 1] * len(turned))])
    aside = np.array([line.is_aside for line in (*lines, *turned)])
    weights, bias = fit(looks[~aside], classes[~aside], len(names))
    right = (looks @ weights + bias).argmax(axis=1) == classes
    told = np.isin(classes, [names.index(script) for script in TOLD])
    for whose, some in (("fitted to", told & ~aside), ("kept aside", told & aside)):
        print(f"{right[some].mean():.1%} of {some.sum()} single lines in fonts {whose}")
    bias[[names.index(script) for script in READ]] -= RARELY
    np.savez_compressed(
        models_folder() / MODEL,
        weights=weights.astype(np.float32),
        bias=bias.astype(np.float32),
        names=np.array(names),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
