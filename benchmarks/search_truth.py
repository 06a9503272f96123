"""Measures whether search is right: what it finds for words and phrases of pages of which the printed text is known.

    python benchmarks/search_truth.py LIBRARY MANIFEST [--seed N] [--queries N]

LIBRARY is a folder with a library in which the pages were read (``ocrdesk run … --library LIBRARY``); it is copied, and
some lines of the copy are corrected. MANIFEST is JSON: a list with ``file`` and ``gt_text``, the text that is printed
on the page, for each picture.

Queries are drawn from the printed texts: words, words in capitals, phrases of two and three words, two Chinese
characters that stand together, words that were broken at the end of a line, and phrases that begin or end in a
corrected line. Each is looked for:

- *exactly*: what is found must be precisely what a scan of the texts as they are delivered finds: the text as printed,
  as it is and with words that were broken at the end of a line in one, and the flowing text, compared by ``same``,
  which has nothing in common with how the program compares;
- *tolerantly*: a page is right if the printed text has the query. Recall is the share of the right pages that were
  found, and precision that of the found ones that are right, over all queries together.

Every third page is set aside, by a checksum of its name: the queries of either part are looked for in that part alone.
"""

import argparse
import json
import random
import re
import shutil
import tempfile
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path

from ocrdesk.engine.corrections.changes import corrected
from ocrdesk.engine.library import Library
from ocrdesk.engine.search_everything import Search

_PLAIN = {"ß": "ss", "ẞ": "ss", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "æ": "ae", "Æ": "ae",
          "œ": "oe", "Œ": "oe", "ı": "i", "ð": "d", "þ": "th", "\u00ad": "", "¬": "-", "‐": "-", "‑": "-"}  # fmt: skip

KINDS = {"word": 0.4, "capitals": 0.1, "phrase": 0.2, "chinese": 0.15, "broken": 0.1, "corrected": 0.05}
"""The kinds of queries, and their shares."""


def same(text: str) -> str:
    """Returns a text without what does not count when texts are compared."""
    text = unicodedata.normalize("NFKD", "".join(_PLAIN.get(letter, letter) for letter in text))
    text = "".join(_PLAIN.get(letter, letter) for letter in text if not "\u0300" <= letter <= "\u036f")
    return unicodedata.normalize("NFC", text).lower()


@dataclass(frozen=True)
class Scanned:
    """A page to be scanned.

    Attributes:
        name: Its file.
        page_id: Its number.
        delivered: Its text as it is delivered, in each way, as ``same`` makes it.
        printed: The text that is printed on it, likewise.
    """

    name: str
    page_id: int
    delivered: tuple[str, ...]
    printed: tuple[str, ...]

    @property
    def is_aside(self) -> bool:
        """Whether nothing may be tuned to it."""
        return zlib.crc32(self.name.encode()) % 3 == 0


def has(text: str, query: str) -> bool:
    """Whether a text, as ``same`` makes it, has the words of a query one after the other."""
    words = re.findall(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+", same(query))
    parts = []
    for word in words:
        is_sign = re.match(r"[\u3040-\u30ff\u3400-\u9fff]", word)
        letters = r"[^\W_\u3040-\u30ff\u3400-\u9fff]"
        parts.append(word if is_sign else rf"(?<!{letters}){re.escape(word)}(?!{letters})")
    return re.search(r"[\W_]*".join(parts), text) is not None


def joined(text: str) -> str:
    """Returns a printed text with words that were broken at the end of a line in one."""
    return re.sub(r"(?<=[^\W\d_])[-¬\u00ad‐]\s*\n\s*(?=[^\W\d_])", "", text)


def main() -> None:
    """Draws queries, looks for them and prints two tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--queries", type=int, default=300)
    options = parser.parse_args()
    printed = {Path(item["file"]).name: item["gt_text"] for item in json.loads(options.manifest.read_text("utf-8"))}
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(options.library, Path(folder) / "library")
        with closing(Library(copy)) as library:
            phrases = _correct_some(library, chance)
            library.texts.renew(library.texts.outdated())
            pages = list(_scanned(library, printed))
            for is_aside in (False, True):
                part = [page for page in pages if page.is_aside is is_aside]
                ids = {page.page_id for page in part}
                queries = _drawn(part, [phrase for page, phrase in phrases if page in ids], chance, options.queries)
                print(f"\n{'Set aside' if is_aside else 'Tuned on'}: {len(part)} pages, {len(queries)} queries")
                _measure(Search(library), part, queries)


def _correct_some(library: Library, chance: random.Random) -> list[tuple[int, str]]:
    """Corrects a line of each second page; returns phrases that begin or end in it, with their pages."""
    phrases = []
    for batch in library.batches():
        for page_id in library.page_ids(batch.id)[::2]:
            lines = library.texts.of(page_id).lines
            places = [place for place in range(len(lines) - 1) if re.fullmatch(r"[\w ]+\w", lines[place].text)]
            if places:
                place = chance.choice(places)
                new = f"{lines[place].text} Korrektür{chance.randrange(1000)}"
                library.corrections.keep(page_id, corrected(lines[place], new))
                after = [line.text for line in library.texts.of(page_id).lines]
                here = after.index(new)
                following = after[here + 1].split()[0] if here + 1 < len(after) else ""
                phrases.append((page_id, f"{new.split()[-1]} {following}"))
    return phrases


def _scanned(library: Library, printed: dict[str, str]) -> Iterator[Scanned]:
    for batch in library.batches():
        for page in library.pages(library.page_ids(batch.id)).values():
            if page.path.name in printed:
                text, truth = library.texts.of(page.id), printed[page.path.name]
                delivered = tuple(same(way) for way in (text.text, joined(text.text), text.flowing))
                yield Scanned(page.path.name, page.id, delivered, tuple(same(way) for way in (truth, joined(truth))))


def _drawn(
    pages: Sequence[Scanned], corrected_phrases: Sequence[str], chance: random.Random, count: int
) -> list[tuple[str, str]]:
    """Returns queries with their kinds."""
    words, capitals, phrases, chinese, broken = (set[str]() for _ in range(5))
    for page in pages:
        for line in page.printed[0].split("\n"):
            found = re.findall(r"[a-zа-я0-9]{3,}", line)
            words.update(found)
            phrases.update(re.findall(r"(?<!\w)[a-z]{2,} [a-z]{2,}(?: [a-z]{2,})?(?!\w)", line))
            chinese.update(
                line[place : place + 2] for place in range(len(line)) if _is_chinese(line[place : place + 2])
            )
        for way in page.delivered:
            ends = re.findall(r"([a-z]{2,})-\n([a-z]{2,})", way)
            broken.update("".join(parts) for parts in ends)
    capitals = {word.upper() for word in words if word.isalpha()}
    pools = {"word": words, "capitals": capitals, "phrase": phrases, "chinese": chinese, "broken": broken,
             "corrected": set(corrected_phrases)}  # fmt: skip
    drawn = []
    for kind, share in KINDS.items():
        pool = sorted(pools[kind])
        drawn += [(kind, query) for query in chance.sample(pool, min(len(pool), round(share * count)))]
    return drawn


def _is_chinese(text: str) -> bool:
    return re.fullmatch("[\u4e00-\u9fff]{2}", text) is not None


@dataclass
class Counted:
    """What was counted for the queries of a kind: queries, those as scanned, pages found without a hit, and pages."""

    queries: int = 0
    as_scanned: int = 0
    unmarked: int = 0
    right: int = 0
    exact: int = 0
    exact_right: int = 0
    tolerant: int = 0
    tolerant_right: int = 0

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(*(one + its for one, its in zip(astuple(self), astuple(other), strict=True)))

    def __str__(self) -> str:
        misread = self.right - self.exact_right
        return (
            f"{self.queries:7} {self.as_scanned:10} {self.unmarked:8} | {_share(self.exact_right, self.right):>6} "
            f"{_share(self.exact_right, self.exact):>9} | {_share(self.tolerant_right, self.right):>6} "
            f"{_share(self.tolerant_right, self.tolerant):>9} | {self.tolerant_right - self.exact_right:4} of {misread}"
        )


def _measure(search: Search, pages: Sequence[Scanned], queries: Sequence[tuple[str, str]]) -> None:
    ids = {page.page_id for page in pages}
    by_kind = {kind: Counted() for kind in KINDS}
    for kind, query in queries:
        typed = f'"{query}"' if " " in query else f"{query} "
        exact = search.find(typed, tolerant=False)
        found = {page.page_id for page in exact.pages} & ids
        scanned = {page.page_id for page in pages if any(has(way, query) for way in page.delivered)}
        tolerant = {page.page_id for page in search.find(typed, tolerant=True).pages} & ids
        right = {page.page_id for page in pages if any(has(way, query) for way in page.printed)}
        if kind == "corrected":  # what is not printed anywhere cannot be found there
            right = scanned
        if found != scanned:
            print(f"  differs: {kind} {query!r}: only found {found - scanned}, only scanned {scanned - found}")
        by_kind[kind] += Counted(
            1,
            found == scanned,
            sum(1 for page_id in found if not search.hits_on(page_id, exact.query)),
            len(right),
            len(found),
            len(right & found),
            len(tolerant),
            len(right & tolerant),
        )
    print("  kind       queries as scanned unmarked | exact: recall precision | tolerant: recall precision | misread")
    for kind, counted in {**by_kind, "all": sum(by_kind.values(), Counted())}.items():
        print(f"  {kind:10} {counted}")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


if __name__ == "__main__":
    main()
