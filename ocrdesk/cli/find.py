"""``ocrdesk find``: searches everything that was read, without a window."""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from ocrdesk.cli.export import batch_named
from ocrdesk.engine.document import Page
from ocrdesk.engine.library import Library
from ocrdesk.engine.search.found import Found, Hit, Narrowing
from ocrdesk.engine.search_everything import Search
from ocrdesk.engine.steering import harmless_json
from ocrdesk.engine.words import _, plural
from ocrdesk.engine.written_names import written_path
from ocrdesk.interrupts import Interrupts
from ocrdesk.terminal import print_data, say, shown

FOUND, NOTHING_FOUND = 0, 1

CHUNK = 200
"""How many pages are looked up at a time."""


def find_in_terminal(
    folder: Path,
    words: str,
    interrupts: Interrupts,
    *,
    batches: Sequence[str] = (),
    tolerant: bool | None = None,
    as_json: bool = False,
) -> int:
    """Prints each line in which something is found, with its file; returns the exit status.

    Args:
        folder: The folder of the library.
        words: What is looked for, as it is typed into the window.
        interrupts: Ends it after the current page.
        batches: Only in these batches, given by number or name; none: in all.
        tolerant: Whether similar words are found, too; None: if nothing else is.
        as_json: Whether each line is printed as a JSON record.

    Raises:
        OcrdeskError: The library cannot be read, or there is no such batch.
        Interrupted: The program was interrupted.
    """
    with closing(Library(folder, writable=False)) as library:
        if missing := library.search.not_indexed():
            say(
                plural(
                    "{count} page is not indexed yet, so it may not be found. The window indexes it while it is open.",
                    "{count:,} pages are not indexed yet, so they may not be found. The window indexes them while it "
                    "is open.",
                    missing,
                )
            )
        narrowing = Narrowing([batch_named(library, word).id for word in batches] if batches else None)
        search = Search(library)
        # A word on the command line is complete, as if a space were typed behind it.
        found = search.find(f"{words} ", narrowing, tolerant, interrupts.wanted.is_set)
        interrupts.check()
        if found.is_tolerant and found.pages:
            _tell_similar(found, is_asked_for=bool(tolerant))
        for page, hit in _hits(library, search, found, interrupts):
            print_data(_record(page, hit, found.is_tolerant) if as_json else _row(page, hit))
    return FOUND if found.pages else NOTHING_FOUND


def _tell_similar(found: Found, *, is_asked_for: bool) -> None:
    words = "; ".join(f"{word}: {', '.join(others)}" for word, others in found.other_words.items())
    if not is_asked_for:
        say(_("Nothing was found as it is written, so similar words were looked for, too."))
    if words:
        say(_("Similar words: {words}").format(words=words))


def _hits(library: Library, search: Search, found: Found, interrupts: Interrupts) -> Iterator[tuple[Page, Hit | None]]:
    """Yields what was found, page by page; None for a page that was found by its name alone."""
    for start in range(0, len(found.pages), CHUNK):
        some = [page.page_id for page in found.pages[start : start + CHUNK]]
        pages = library.pages(some)
        for page_id in some:
            interrupts.check()
            if page_id in pages:
                for hit in search.hits_on(page_id, found.query) or (None,):
                    yield pages[page_id], hit


def _row(page: Page, hit: Hit | None) -> str:
    place = _("{path}, page {page}").format(path=shown(page.path), page=page.frame + 1)
    if hit is None:
        return place
    return _("{place}, line {line}: {text}").format(place=place, line=hit.line + 1, text=shown(hit.text))


def _record(page: Page, hit: Hit | None, is_tolerant: bool) -> str:
    record: dict[str, object] = {**written_path("path", page.path), "page": page.frame + 1, "batch": page.batch_id}
    if hit is not None:
        marks = zip(hit.spans, hit.polygons, strict=True)
        record |= {
            "line": hit.line + 1,
            "text": hit.text,
            "found": [
                {
                    "text": hit.text[start:end],
                    "start": start,
                    "polygon": [[round(x, 1), round(y, 1)] for x, y in polygon],
                }
                for (start, end), polygon in marks
            ],
        }
    record["tolerant"] = is_tolerant
    return harmless_json(json.dumps(record, ensure_ascii=False))
