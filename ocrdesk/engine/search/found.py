"""What is found: pages, and the places on them where it stands; and among which pages is searched."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ocrdesk.engine.document import PageStatus
from ocrdesk.engine.geometry import Polygon
from ocrdesk.engine.search.query import Query


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Among which pages is searched; what is None does not matter.

    Attributes:
        batch_ids: Only pages of these batches.
        status: Only pages in this state.
        read_since: Only pages read at this time or later, in seconds since 1970 (UTC).
        read_until: Only pages read before this time.
        to_check: Only pages on which something is to check, or only those on which nothing is.
        confidence_below: Only pages with a lower confidence, 0 to 1.
        languages: Only pages in one of these languages, such as ``en``.
        corrected: Only pages that a person corrected, or only others.
    """

    batch_ids: Collection[int] | None = None
    status: PageStatus | None = None
    read_since: int | None = None
    read_until: int | None = None
    to_check: bool | None = None
    confidence_below: float | None = None
    languages: Collection[str] | None = None
    corrected: bool | None = None


EVERYWHERE = Narrowing()


class FoundPage(NamedTuple):
    """A page on which something was found, and its batch."""

    page_id: int
    batch_id: int


@dataclass(frozen=True, slots=True)
class Found:
    """What was found.

    Attributes:
        query: What was looked for, with the other spellings of a tolerant search: ``Search.hits_on`` wants it.
        pages: The pages, batch by batch, those of the newest first; no more than were wanted.
        has_more: Whether there may be more than were wanted.
        is_tolerant: Whether words that are similar were found, too.
        other_words: The similar words that there are, by the word for which they were taken.
    """

    query: Query
    pages: Sequence[FoundPage] = ()
    has_more: bool = False
    is_tolerant: bool = False
    other_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A line in which something was found.

    Attributes:
        page_id: Its page.
        line: Its place among the lines of the page in reading order, from 0.
        text: Its text.
        spans: Where each found word begins and ends in it. A phrase over two lines has some in both.
        polygons: Where each of them is on the picture, in pixels of the upright page.
        line_polygon: Where the line is.
    """

    page_id: int
    line: int
    text: str
    spans: tuple[tuple[int, int], ...]
    polygons: tuple[Polygon, ...]
    line_polygon: Polygon
