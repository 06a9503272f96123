"""Measures the search in a library of 100,000 pages: how long each letter that is typed takes, and the index itself.

    python benchmarks/search_speed.py CACHE [--pages 100000] [--index 5000] [--remove] [--seed 2]

CACHE is a folder in which two libraries are kept, some 2.5 GB: one as an earlier version leaves it, and one with an
index, which the first run makes. Of the former, some pages are indexed as the window does it, in a copy. Words are
typed letter by letter, and each letter asks for the first 200 pages, and then for all of them, as the window does.
Times are seconds of the processor, so that others may use the machine.
"""

import argparse
import random
import shutil
import sqlite3
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from search_library import HALF, PAGES, Texts, fill_index, make_library

from ocrdesk.engine.corrections.changes import corrected
from ocrdesk.engine.library import Library, search_index, texts
from ocrdesk.engine.library.database import FILE_NAME
from ocrdesk.engine.search.found import Narrowing
from ocrdesk.engine.search.query import parse
from ocrdesk.engine.search_everything import Search
from ocrdesk.ui.search.searching import FIRST_PAGES

READING = 1.5
"""Seconds of the processor that reading a page takes at least."""

ROUNDS = 40


def index_older(folder: Path, pages: int) -> None:
    """Indexes some pages of a library that an earlier version left, as the window does in the background."""
    begun = time.perf_counter()
    with closing(Library(folder)) as library:
        print(f"opened in {time.perf_counter() - begun:.2f} s")
        stop, cancelled = threading.Event(), [0.0]

        def cancel() -> None:
            cancelled[0] = time.perf_counter()
            stop.set()

        threading.Timer(3, cancel).start()
        library.texts.renew_outdated(stop.is_set)
        print(f"cancelled: ended {1000 * (time.perf_counter() - cancelled[0]):.0f} ms later, "
              f"{len(library.texts.outdated()):,} pages left")  # fmt: skip
        held, count = _Held(library), 0

        def tell(done: int, total: int) -> None:
            nonlocal count
            count = done

        used, begun = time.process_time(), time.perf_counter()
        library.texts.renew_outdated(lambda: count >= pages, tell)
        used, taken = time.process_time() - used, time.perf_counter() - begun
        print(f"{count:,} pages indexed in {used:.0f} s of the processor ({1000 * used / count:.2f} ms a page), "
              f"{taken:.0f} s by the clock; {held}")  # fmt: skip


class _Held:
    """Measures how long the library is locked for others at most: seconds by the clock, and of the processor."""

    def __init__(self, library: Library) -> None:
        self.clock = self.processor = 0.0
        connection = library._connection
        write = connection.write

        @contextmanager
        def measured() -> Iterator[sqlite3.Connection]:
            with write() as db:
                begun, used = time.perf_counter(), time.thread_time()
                yield db
            self.clock = max(self.clock, time.perf_counter() - begun)
            self.processor = max(self.processor, time.thread_time() - used)

        connection.write = measured  # type: ignore[method-assign]

    def __str__(self) -> str:
        return (
            f"the library was locked {1000 * self.clock:.0f} ms by the clock at most, "
            f"{1000 * self.processor:.0f} ms of the processor"
        )


def measure_removing(folder: Path) -> None:
    """Removes pages for good, and looks for words of theirs in all bytes of the file."""
    words = [f"vanishing{number}" for number in range(20)]
    with closing(Library(folder)) as library:
        pages = library.page_ids(library.batches()[0].id)[:1000]
        for word, page_id in zip(words, pages, strict=False):
            line = library.texts.of(page_id).lines[0]
            library.corrections.keep(page_id, corrected(line, word))
        held = _Held(library)
        used, begun = time.process_time(), time.perf_counter()
        library.remove_pages(pages)
        print(f"\n{len(pages):,} pages removed in {time.process_time() - used:.1f} s of the processor; {held}")
        print(f"of {len(words)} words that only they had, {_in_file(folder, words)} are in the file")
        held = _Held(library)
        used, begun = time.process_time(), time.perf_counter()
        library.space.give_back(threading.Event())
        print(f"their words taken out and room given back in {time.process_time() - used:.1f} s of the processor, "
              f"{time.perf_counter() - begun:.0f} s by the clock; {held}")  # fmt: skip
    print(f"of {len(words)} words that only they had, {_in_file(folder, words)} are in the file")


def _in_file(folder: Path, words: Sequence[str]) -> int:
    content = b"".join(path.read_bytes() for path in sorted(folder.glob(f"{FILE_NAME}*")))
    # A word that follows a similar one is stored in the index as what is other.
    return sum(word.encode() in content for word in words) or content.count(b"vanishing")


def typed(drawn: Texts, chance: random.Random) -> dict[str, list[str]]:
    """Returns what is typed, by kind: each as it is after every letter."""

    def letters(text: str) -> list[str]:
        return [text[:end] for end in range(1, len(text) + 1)]

    common, rare = drawn.words[:200], drawn.words[200:20_000]
    kinds: dict[str, list[str]] = {
        "a word on half of the pages": [HALF, f"{HALF} "] * 4,
        "one Chinese character": [chance.choice(drawn.signs[:100]) for _ in range(ROUNDS)],
        "two Chinese characters": ["".join(chance.choices(drawn.signs[:50], k=2)) for _ in range(ROUNDS)],
        "the beginning of a word, two letters": [word[:2] for word in chance.sample(drawn.words, ROUNDS)],
        "four words": [" ".join(chance.sample(common, 2) + chance.sample(rare, 2)) for _ in range(ROUNDS)],
        "a phrase": [f'"{" ".join(chance.sample(common, 3))}"' for _ in range(ROUNDS)],
        "either of two": [" OR ".join(chance.sample(common, 2)) for _ in range(ROUNDS)],
        "without a word": [f"{HALF} -{chance.choice(common)} " for _ in range(ROUNDS)],
        "a name": [f"name:{chance.randrange(PAGES):06} " for _ in range(ROUNDS)],
    }
    for name, word in (("a common word", common), ("a rare word", rare)):
        kinds[f"{name}, letter by letter"] = [part for _ in range(ROUNDS) for part in letters(chance.choice(word))]
    return kinds


def measure_searches(library: Library, seed: int) -> None:
    """Prints how long each kind of search takes."""
    chance = random.Random(seed)
    drawn = Texts(seed=1)
    all_firsts: list[float] = []
    print(f"\n{'milliseconds of the processor':40} {'first 200: median':>18} {'p95':>7} {'most':>7} {'all: p95':>11}")
    kinds = {name: [(text, Narrowing()) for text in its] for name, its in typed(drawn, chance).items()}
    words = [HALF, drawn.words[0], f"{drawn.words[150]} ", f"{drawn.words[5000]} "] * 5
    for name, narrowing in {
        "in a batch, a language and a confidence": Narrowing([2], confidence_below=0.8, languages=["en"]),
        "in a language, below a confidence": Narrowing(confidence_below=0.8, languages=["en"]),
        "in a language": Narrowing(languages=["en"]),
        "to check, read lately": Narrowing(to_check=True, read_since=1_700_000_000 + PAGES // 2),
        "corrected, which no page is": Narrowing(corrected=True),
    }.items():
        kinds[name] = [(word, narrowing) for word in words]
    for name, searches in kinds.items():
        first, whole = [], []
        for text, narrowing in searches:
            query = parse(text)
            begun = time.thread_time()
            found = library.search.pages(query, narrowing, limit=FIRST_PAGES)
            first.append(1000 * (time.thread_time() - begun))
            begun = time.thread_time()
            everything = library.search.pages(query, narrowing)
            whole.append(1000 * (time.thread_time() - begun))
            assert found == everything[:FIRST_PAGES]
        all_firsts += first
        median, most = statistics.median(first), max(first)
        print(f"{name:40} {median:18.1f} {_p95(first):7.1f} {most:7.1f} {_p95(whole):11.1f}")
    print(f"{'all, each letter counted once':40} {statistics.median(all_firsts):18.1f} {_p95(all_firsts):7.1f} "
          f"{max(all_firsts):7.1f}   ({len(all_firsts)} searches)")  # fmt: skip


def measure_tolerant(library: Library, seed: int) -> None:
    """Prints how long searches that also find similar words take."""
    chance = random.Random(seed)
    drawn = Texts(seed=1)
    common, rare = drawn.words[:200], drawn.words[200:20_000]
    search = Search(library)

    def misread(word: str) -> str:
        place = chance.randrange(len(word))
        return word[:place] + chance.choice("01acelmnorstu") + word[place + 1 :]

    kinds = {
        "a word on half of the pages": [HALF, f"{HALF} "] * 4,
        "a common word": chance.choices(common, k=ROUNDS),
        "a rare word": [f"{word} " for word in chance.choices(rare, k=ROUNDS)],
        "a word with a letter off": [f"{misread(word)} " for word in chance.choices(rare, k=ROUNDS)],
        "one Chinese character": chance.choices(drawn.signs[:100], k=ROUNDS),
        "the beginning of a word, two letters": [word[:2] for word in chance.sample(drawn.words, ROUNDS)],
        "four words": [" ".join(chance.sample(common, 2) + chance.sample(rare, 2)) for _ in range(ROUNDS)],
        "four words with a letter off each": [" ".join(map(misread, chance.sample(rare, 4))) for _ in range(ROUNDS)],
        "a phrase": [f'"{" ".join(chance.sample(common, 3))}"' for _ in range(ROUNDS)],
    }
    begun = time.thread_time()
    search.find("qvarzel ", tolerant=True, most=FIRST_PAGES)
    print(
        f"\nthe first tolerant search takes {1000 * (time.thread_time() - begun):.0f} ms: it loads the lists of words"
    )
    print(f"{'milliseconds of the processor, tolerant':40} {'median':>7} {'p95':>7} {'most':>7}")
    everything: list[float] = []
    for name, texts_typed in kinds.items():
        taken = []
        for text in texts_typed:
            begun = time.thread_time()
            search.find(text, tolerant=True, most=FIRST_PAGES)
            taken.append(1000 * (time.thread_time() - begun))
        everything += taken
        print(f"{name:40} {statistics.median(taken):7.1f} {_p95(taken):7.1f} {max(taken):7.1f}")
    print(f"{'all':40} {statistics.median(everything):7.1f} {_p95(everything):7.1f} {max(everything):7.1f}")


def _p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))]


def measure_writing(library: Library) -> None:
    """Prints what the index adds to keeping a page: pages get another text, one in a transaction."""
    used = [0.0]
    index_page = search_index.index_page

    def timed(db: sqlite3.Connection, page_id: int, lines: Sequence[str]) -> None:
        begun = time.thread_time()
        index_page(db, page_id, [*lines, str(time.monotonic())])
        used[0] += time.thread_time() - begun

    pages, commits = list(range(1, 401)), []
    for index in (timed, lambda db, page_id, lines: None):
        texts.index_page = index  # type: ignore[assignment]
        begun = time.thread_time()
        for page_id in pages:
            library.texts.renew([page_id])
        commits.append(1000 * (time.thread_time() - begun) / len(pages))
    texts.index_page = index_page
    library.texts.renew(pages)
    print(f"\nwriting a page into the index takes {1000 * used[0] / len(pages):.2f} ms, with its commit "
          f"{commits[0] - commits[1]:.2f} ms, of {READING} s in which it is read")  # fmt: skip


def main() -> None:
    """Makes what is missing and measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--index", type=int, default=5_000, help="how many pages are indexed as the window does it")
    parser.add_argument("--seed", type=int, default=2, help="of what is typed")
    parser.add_argument("--remove", action="store_true", help="also measure how pages are removed, in a copy")
    options = parser.parse_args()
    older, ready = options.cache / "older", options.cache / "indexed"
    if not (older / "whole").exists():
        shutil.rmtree(older, ignore_errors=True)
        make_library(older, options.pages)
        (older / "whole").touch()
    if not (ready / "whole").exists():
        shutil.rmtree(ready, ignore_errors=True)
        shutil.copytree(older, ready, ignore=shutil.ignore_patterns("whole"))
        fill_index(ready)
        (ready / "whole").touch()
    sizes = [(folder / FILE_NAME).stat().st_size / 1e6 for folder in (older, ready)]
    print(f"the library has {sizes[0]:,.0f} MB without the index and {sizes[1]:,.0f} MB with it")
    if options.index:
        copy = options.cache / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(older, copy)
        index_older(copy, options.index)
        shutil.rmtree(copy)
    with closing(Library(ready)) as library:
        measure_searches(library, options.seed)
        measure_tolerant(library, options.seed)
        measure_writing(library)
    if options.remove:
        shutil.copytree(ready, options.cache / "copy")
        measure_removing(options.cache / "copy")
        shutil.rmtree(options.cache / "copy")


if __name__ == "__main__":
    main()
