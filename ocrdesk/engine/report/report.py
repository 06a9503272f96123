"""A report on pages: a batch, or some pages of the library. Each of its numbers knows the pages it counts."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice

from ocrdesk.engine.document import PageStatus
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.doubts import Scope
from ocrdesk.engine.library.reported import PageRow
from ocrdesk.engine.report.tally import Distribution, Tally
from ocrdesk.engine.scan_quality.flaws import Finding, findings

SLOWEST = 10
"""How many of the slowest pages are named."""

CHUNK = 200
"""How many pages' lines are read at a time: some ten thousand words."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of pages, or of something on them.

    Attributes:
        number: The number.
        page_ids: The pages that it counts, in their order.
    """

    number: int
    page_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ScanAgain:
    """A page that should be scanned again.

    Attributes:
        page_id: Its number.
        name: The name shown.
        findings: Why, the worst reason first.
        to_check: How many of its words are to check.
    """

    page_id: int
    name: str
    findings: tuple[Finding, ...]
    to_check: int


@dataclass(frozen=True, slots=True)
class OfLanguage:
    """The words of pages in one language.

    Attributes:
        language: The language, such as ``en``; None: none was told.
        words: How many words these pages have.
        page_ids: The pages.
    """

    language: str | None
    words: int
    page_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReadBefore:
    """A page whose file is the same as that of an earlier page.

    Attributes:
        page_id: Its number.
        name: The name shown.
        of_page_id: The number of the earlier page.
        of_name: The name of the earlier page.
        of_batch: The name of its batch.
    """

    page_id: int
    name: str
    of_page_id: int
    of_name: str
    of_batch: str


@dataclass(frozen=True, slots=True)
class Slow:
    """A page that took long to read.

    Attributes:
        page_id: Its number.
        name: The name shown.
        seconds: How long reading took.
    """

    page_id: int
    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Report:
    """What there is to know about pages.

    Attributes:
        title: What it is about: the name of a batch.
        pages: How many pages there are.
        waiting: How many were not read yet.
        words: How many words were read.
        to_check: How many of them are to check.
        failed: How many pages could not be read.
        blank: How many have no text.
        turned: How many were turned upright.
        own_text: How many have their text from their PDF.
        confidence: How likely right the words are.
        print_size: How large they are printed.
        scan_again: The pages that should be scanned again.
        languages: The languages, the one of most words first.
        read_before: The pages whose files were read before.
        slowest: The slowest pages, the slowest first.
        seconds: How long reading took, all pages together.
        first_read: When the first of them was read, in seconds since 1970 (UTC); None if that is unknown.
        last_read: When the last of them was read, likewise.
    """

    title: str
    pages: Figure
    waiting: Figure
    words: Figure
    to_check: Figure
    failed: Figure
    blank: Figure
    turned: Figure
    own_text: Figure
    confidence: Distribution
    print_size: Distribution
    scan_again: tuple[ScanAgain, ...]
    languages: tuple[OfLanguage, ...]
    read_before: tuple[ReadBefore, ...]
    slowest: tuple[Slow, ...]
    seconds: float
    first_read: int | None
    last_read: int | None

    @property
    def to_check_in_poor_scans(self) -> int:
        """How many of the words to check are on pages that should be scanned again."""
        return sum(it.to_check for it in self.scan_again)


def report_on(library: Library, scope: Scope, title: str, is_over: Callable[[], bool] = lambda: False) -> Report | None:
    """Returns a report on pages; takes some seconds for tens of thousands.

    Args:
        library: The library.
        scope: Which pages are meant.
        title: What the report is about.
        is_over: Called now and then; once it returns True, the work is given up.

    Returns:
        The report; None if it was given up.

    Raises:
        LibraryError: The library cannot be read.
    """
    pages = list(library.reported.pages(scope, is_over))
    read = [page for page in pages if page.seconds is not None]
    tally = Tally(read)
    in_order = iter(read)
    while some := [page.id for page in islice(in_order, CHUNK)]:
        if is_over():
            return None
        tally.add(library.reported.lines(some, is_over))
    names = {page.id: page.name for page in pages}
    twins = [
        ReadBefore(it.page_id, names.get(it.page_id, ""), *it[1:]) for it in library.reported.twins(scope, is_over)
    ]
    if is_over():
        return None
    by_themselves = [page for page in read if not page.is_taken]
    times = [page.read_at for page in read if page.read_at is not None]
    return Report(
        title=title,
        pages=_figure(pages),
        waiting=_figure(it for it in pages if it.seconds is None and it.status is not PageStatus.FAILED),
        words=Figure(sum(tally.words.values()), tuple(it.id for it in read if tally.words[it.id])),
        to_check=Figure(sum(it.to_check for it in pages), tuple(it.id for it in pages if it.to_check)),
        failed=_figure(it for it in pages if it.status is PageStatus.FAILED),
        blank=_figure(it for it in pages if it.status is PageStatus.DONE and it.line_count == 0),
        turned=_figure(it for it in read if it.turn % 360),
        own_text=_figure(it for it in read if it.is_own_text),
        confidence=tally.confidence(),
        print_size=tally.print_size(),
        scan_again=_scan_again(read),
        languages=_languages(read, tally.words),
        read_before=tuple(twins),
        slowest=tuple(
            Slow(it.id, it.name, it.seconds or 0.0)
            for it in nlargest(SLOWEST, by_themselves, key=lambda it: it.seconds or 0.0)
        ),
        seconds=sum(page.seconds or 0.0 for page in by_themselves),
        first_read=min(times, default=None),
        last_read=max(times, default=None),
    )


def _figure(pages: Iterable[PageRow]) -> Figure:
    page_ids = tuple(page.id for page in pages)
    return Figure(len(page_ids), page_ids)


def _scan_again(pages: Iterable[PageRow]) -> tuple[ScanAgain, ...]:
    found = (
        ScanAgain(page.id, page.name, why, page.to_check)
        for page in pages
        if page.scan is not None and (why := findings(page.scan))
    )
    return tuple(sorted(found, key=lambda it: -it.to_check))


def _languages(pages: Sequence[PageRow], words: Counter[int]) -> tuple[OfLanguage, ...]:
    languages = {page.language for page in pages if words[page.id]}
    found = []
    for language in languages:
        page_ids = tuple(page.id for page in pages if page.language == language and words[page.id])
        found.append(OfLanguage(language, sum(words[page_id] for page_id in page_ids), page_ids))
    return tuple(sorted(found, key=lambda it: (it.language is None, -it.words)))
