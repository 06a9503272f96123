"""A library of many pages without pictures, to search in."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import accumulate
from pathlib import Path

from ocrdesk.engine.library import Library, search_index
from ocrdesk.engine.library.database import FILE_NAME, connect
from ocrdesk.engine.library.index_words import note_words
from ocrdesk.engine.library.rows import POLYGON
from ocrdesk.engine.library.search_index import INDEX
from ocrdesk.engine.library.stored_text import StoredText
from ocrdesk.engine.library.words import WORD
from ocrdesk.engine.search.folding import indexed

PAGES = 100_000
BATCHES = 8
WORDS = 250
A_LINE = 9
HALF = "remittance"
"""A word on half of the pages."""

_COMMON = (  # noqa: SIM905
    "the of and to in a is that for it as was with be by on not he i this are or his from at which but have an they "
    "were their one all we can her has there been if more when will would who so no said what up its about into than "
    "der die und den von zu das mit sich des auf ist im dem nicht ein eine als auch es an werden aus er hat dass sie "
    "le les et que pour dans est une sur par plus pas ce au il ne se qui sont avec son cette los las por con una para"
).split()
_SYLLABLES = (  # noqa: SIM905
    "ba be bi bo ca ce ci co da de di do fa fe fi fo ga ge gi go ha he hi ho ka ke ki la le li lo lu ma me mi mo mu na "
    "ne ni no nu pa pe pi po ra re ri ro ru sa se si so sü ta te ti to tu va ve vi vo wa we wi zu pre pro con ent tion "
    "ment ing er est sch ung heit keit str ver aus ein ß é"
).split()


class Texts:
    """Draws pages whose words are as unequally common as those of languages, every fifth page in Chinese.

    Attributes:
        words: The words, the most common ones first.
        signs: The Chinese characters, likewise.
    """

    def __init__(self, seed: int) -> None:
        self._chance = chance = random.Random(seed)
        words = dict.fromkeys(_COMMON)
        while len(words) < 60_000:
            words["".join(chance.choices(_SYLLABLES, k=chance.choice((2, 2, 3, 3, 3, 4))))] = None
        self.words = list(words)
        self.signs = [chr(code) for code in chance.sample(range(0x4E00, 0x9FA0), 3500)]
        self._words = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))
        self._signs = list(accumulate((rank + 10) ** -0.9 for rank in range(len(self.signs))))

    def page(self, number: int) -> list[list[str]]:
        """Returns the words of the lines of a page."""
        chance = self._chance
        if number % 5 == 0:
            words = chance.choices(self.signs, cum_weights=self._signs, k=WORDS)
            return [words[start : start + 25] for start in range(0, WORDS, 25)]
        words = chance.choices(self.words, cum_weights=self._words, k=WORDS)
        for place in chance.sample(range(WORDS), 12):
            words[place] = f"{chance.randrange(10_000)},{chance.randrange(100):02}"
        for place in chance.sample(range(WORDS), 3):  # misread
            at = chance.randrange(len(words[place]))
            words[place] = words[place][:at] + chance.choice("abcdelmno01") + words[place][at + 1 :]
        if number % 2:
            words[chance.randrange(WORDS)] = HALF
        return [words[start : start + A_LINE] for start in range(0, WORDS, A_LINE)]


def make_library(folder: Path, pages: int, seed: int = 1) -> None:
    """Makes a library as an earlier version leaves it: read, but not indexed."""
    Library(folder).close()
    texts = Texts(seed)
    with closing(sqlite3.connect(folder / "library.sqlite", isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute(f"DROP TABLE {INDEX}")
        for batch in range(1, BATCHES + 1):
            db.execute(
                "INSERT INTO batch (id, name, origin, whole_folder) VALUES (?1, 'Volume ' || ?1, "
                "CAST('/scans/' || ?1 AS BLOB), 1)",
                (batch,),
            )
        for start in range(0, pages, 2000):
            some = range(start, min(start + 2000, pages))
            db.execute("BEGIN")
            drawn = [texts.page(number) for number in some]
            db.executemany(
                "INSERT INTO page (id, batch_id, position, path, frame, name, size, modified, status, line_count, "
                "confidence, seconds, width, height, recognizer, content, text_start, language, to_check, read_at) "
                "VALUES (?, ?, ?, ?, 0, ?, 1, 1, 'done', ?, ?, 1.5, 2480, 3508, 'benchmark', ?, ?, ?, ?, ?)",
                (
                    (number + 1, 1 + number * BATCHES // pages, number,
                     f"/scans/{number // 500}/{number:06}.png".encode(), f"{number:06}.png", len(lines),
                     0.7 + number % 29 / 100, number.to_bytes(16, "big"),
                     " ".join(map(" ".join, lines))[:300], "zh" if number % 5 == 0 else "en", number % 3,
                     1_700_000_000 + number)
                    for number, lines in zip(some, drawn, strict=True)
                ),
            )  # fmt: skip
            db.executemany(
                "INSERT INTO line (page_id, number, text, confidence, polygon, words) VALUES (?, ?, ?, 0.95, ?, ?)",
                (
                    (number + 1, place, *_line(words, place, parted=number % 5 > 0))
                    for number, lines in zip(some, drawn, strict=True)
                    for place, words in enumerate(lines)
                ),
            )
            db.execute("COMMIT")
            if (start + len(some)) % 20_000 == 0:
                print(f"{start + len(some):,} pages made", flush=True)


def fill_index(folder: Path) -> None:
    """Writes at once into the index what would be written page by page, and compares some of it with that."""
    folded: dict[str, str] = {}

    def fold(text: str) -> str:
        if (known := folded.get(text)) is None:
            known = folded[text] = indexed([text])
        return known

    Library(folder).close()  # which makes it
    with closing(connect(folder / FILE_NAME)) as db:
        db.execute("PRAGMA synchronous = OFF")
        pages = db.execute("SELECT id, name, path FROM page ORDER BY id").fetchall()
        for start in range(0, len(pages), 20):
            db.execute("BEGIN")
            for number, name, path in pages[start : start + 20]:
                lines = [
                    row[0] for row in db.execute("SELECT text FROM line WHERE page_id = ? ORDER BY number", (number,))
                ]
                words = " ".join(fold(word) for line in lines for word in line.split(" "))
                row = (number, words, fold(name.rpartition("/")[2]), indexed([str(Path(path.decode()).parent)]))
                db.execute(f"INSERT INTO {INDEX} (rowid, text, name, folder) VALUES (?, ?, ?, ?)", row)
                note_words(db, words)
            db.execute("COMMIT")
            if start % 20_000 == 0:
                print(f"{start:,} pages in the index", flush=True)
        db.execute("DELETE FROM to_index")
        for page in random.Random(1).sample(pages, 100):
            lines = [line.text for line in StoredText.within(db, page[0]).arranged.lines]
            assert search_index.row_of_page(db, page[0], lines) == search_index.indexed_row(db, page[0])


def _line(words: list[str], place: int, *, parted: bool) -> tuple[str, bytes, bytes]:
    """Returns text, polygon and words of a line in their stored form."""
    top = 200 + 100 * place
    text = (" " if parted else "").join(words)
    return text, POLYGON.pack(200, top, 2200, top, 2200, top + 50, 200, top + 50), b"".join(_packed(words, parted))


def _packed(words: list[str], parted: bool) -> Iterator[bytes]:
    start, length = 0, len(words)
    for number, word in enumerate(words):
        yield WORD.pack(start, start + len(word), number / length, (number + 0.9) / length, 0.95)
        start += len(word) + parted
