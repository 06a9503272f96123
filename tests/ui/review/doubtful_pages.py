"""A batch of drawn pages on which letters are unsure."""

from pathlib import Path

import numpy as np
from fakes import batch_of, draw_text, keep, polygon

from ocrdesk.engine.document import Line, Reading, Source, Word, slices_of
from ocrdesk.engine.library import Library
from ocrdesk.engine.rivals import RivalLetter

SIZE = 40


def unsure_line(text: str, row: int, pixels: np.ndarray, unsure: dict[str, RivalLetter]) -> Line:
    """A line as it was drawn; words are unsure in a letter, or doubtful without a rival."""
    top = SIZE + 2 * SIZE * row
    inked = np.nonzero((pixels[top : top + SIZE + 12] < 128).all(axis=2).any(axis=0))[0]
    whole = polygon(float(inked[0]), top, float(inked[-1] - inked[0] + 1), SIZE + 8)
    words, place = [], 0
    for part in text.split():
        begin = text.index(part, place)
        place = begin + len(part)
        (its,) = slices_of(whole, [(begin / len(text), place / len(text))])
        rival = unsure.get(part)
        words.append(Word(part, 0.4 if rival else 0.99, its, (rival,) if rival else ()))
    return Line(text, 0.4 if unsure else 0.99, whole, tuple(words))


def keep_pages(library: Library, folder: Path, *pages: tuple[str, ...]) -> tuple[int, list[int]]:
    """A batch of pages with these lines; an l in a word may be a 1, and an o a 0."""
    folder.mkdir(exist_ok=True)
    sources = []
    for number in range(1, len(pages) + 1):
        path = folder / f"{number}.png"
        draw_text(*pages[number - 1], size=SIZE).save(path)
        sources.append(Source(path, path.name, size=path.stat().st_size, modified=path.stat().st_mtime_ns))
    batch_id, page_ids = batch_of(library, sources, folder)
    for page_id, texts in zip(page_ids, pages, strict=True):
        picture = draw_text(*texts, size=SIZE)
        lines = [
            unsure_line(text, row, np.asarray(picture), {word: _rival(word) for word in text.split() if _rival(word)})
            for row, text in enumerate(texts)
        ]
        keep(library, page_id, Reading(tuple(lines), picture.width, picture.height))
    return batch_id, page_ids


def _rival(word: str) -> RivalLetter | None:
    for letter, other in (("l", "1"), ("0", "o")):
        if letter in word:
            return RivalLetter(word.index(letter), 1, other, 0.5)
    return None
