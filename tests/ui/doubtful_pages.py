"""A batch of drawn pages on which letters are unsure."""

from pathlib import Path

from fakes import batch_of, draw_text, keep, polygon
from PIL import Image, ImageFont

from ocrdesk.engine.document import Line, Reading, Source, Word
from ocrdesk.engine.library import Library
from ocrdesk.engine.rivals import RivalLetter

SIZE = 40


FONT = ImageFont.load_default(SIZE)


def unsure_line(text: str, row: int) -> Line:
    """A line as it was drawn, with its words in their places."""
    top, begin, words = SIZE + 2 * SIZE * row, 0, []
    for part in text.split():
        begin = text.index(part, begin)
        left, wide = SIZE + FONT.getlength(text[:begin]), FONT.getlength(part)
        begin += len(part)
        rival = _rival(part)
        words.append(
            Word(
                part,
                0.4 if rival or part.startswith("X") else 0.99,
                polygon(left, top, wide, SIZE + 8),
                (rival,) if rival else (),
            )
        )
    sure = min(word.confidence for word in words)
    return Line(text, sure, polygon(SIZE, top, FONT.getlength(text), SIZE + 8), tuple(words))


def keep_pages(
    library: Library, folder: Path, *pages: tuple[str, ...], printed: dict[str, str] | None = None
) -> tuple[int, list[int]]:
    """A batch of pages with these lines; an l in a word may be a 1, and a 0 an o.

    A word that begins with an X is unsure as a whole. Some words are printed otherwise."""
    printed = printed or {}
    folder.mkdir(exist_ok=True)
    sources = []
    for number in range(1, len(pages) + 1):
        path = folder / f"{number}.png"
        _drawn(pages[number - 1], printed).save(path)
        sources.append(Source(path, path.name, size=path.stat().st_size, modified=path.stat().st_mtime_ns))
    batch_id, page_ids = batch_of(library, sources, folder)
    for page_id, texts in zip(page_ids, pages, strict=True):
        picture = _drawn(texts, printed)
        lines = [unsure_line(text, row) for row, text in enumerate(texts)]
        keep(library, page_id, Reading(tuple(lines), picture.width, picture.height))
    return batch_id, page_ids


def _rival(word: str) -> RivalLetter | None:
    for letter, other in (("l", "1"), ("0", "o")):
        if letter in word:
            return RivalLetter(word.index(letter), 1, other, 0.5)
    return None


def _drawn(texts: tuple[str, ...], printed: dict[str, str]) -> Image.Image:
    return draw_text(*(" ".join(printed.get(word, word) for word in text.split()) for text in texts), size=SIZE)
