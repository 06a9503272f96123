"""Draw the sample pages that come with the program.

Run ``python resources/draw_samples.py`` to draw all pages anew into ``resources/samples``. The drawing
holds no chance: the same fonts give the same pages. All names, firms and addresses on them are invented.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from drawing.columns import draw_columns
from drawing.forms import draw_form, draw_receipt
from drawing.letters import draw_letter, draw_notice
from drawing.paper import DPI, FACES, FontMissingError, Fonts, find_face, save_png
from drawing.scripts import draw_accents, draw_chinese
from PIL import Image

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
