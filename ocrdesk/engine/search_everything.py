"""Search in everything that was read."""

from collections.abc import Callable
from dataclasses import replace

from ocrdesk.engine.library import Library
from ocrdesk.engine.search.found import EVERYWHERE, Found, Hit, Narrowing
from ocrdesk.engine.search.hits import hits_on
from ocrdesk.engine.search.query import Query, parse
from ocrdesk.engine.search.tolerant import with_similar_words

_NEVER = lambda: False  # noqa: E731


class Search:
    """Finds pages of a library, and where on them it stands what was looked for; can be used from any thread."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def find(
        self,
        text: str,
        narrowing: Narrowing = EVERYWHERE,
        tolerant: bool | None = None,
        is_over: Callable[[], bool] = _NEVER,
        most: int | None = None,
    ) -> Found:
        """Returns the pages on which something is found.

        Args:
            text: What was typed; if that is nothing, all pages are found that the narrowing leaves.
            narrowing: Among which pages is searched.
            tolerant: Whether words that may be misreadings of those typed are found, too; None: if nothing else is.
            is_over: Called now and then; once it returns True, the search ends, and what it returns is of no use.
            most: How many pages are wanted at most; None: all.

        Raises:
            LibraryError: The library cannot be searched.
        """
        query = parse(text)
        if query.match is None and text.strip():
            return Found(query)
        if not tolerant:
            found = self._found(query, narrowing, is_over, most)
            if found.pages or tolerant is not None or is_over():
                return found
        similar, other_words = with_similar_words(query, self._library.vocabulary)
        if not tolerant and similar == query:
            return found
        return replace(self._found(similar, narrowing, is_over, most), is_tolerant=True, other_words=other_words)

    def all_of(self, found: Found, narrowing: Narrowing = EVERYWHERE, is_over: Callable[[], bool] = _NEVER) -> Found:
        """Returns all pages on which the same is found as on some; the same arguments as for ``find``."""
        return replace(found, pages=self._library.search.pages(found.query, narrowing, is_over), has_more=False)

    def hits_on(self, page_id: int, query: Query) -> list[Hit]:
        """Returns where something stands on a page; takes milliseconds.

        Args:
            page_id: The page.
            query: The one of ``Found``.
        """
        return hits_on(page_id, self._library.texts.of(page_id), query)

    def _found(self, query: Query, narrowing: Narrowing, is_over: Callable[[], bool], most: int | None) -> Found:
        pages = self._library.search.pages(query, narrowing, is_over, most)
        return Found(query, pages, has_more=most is not None and len(pages) >= most)
