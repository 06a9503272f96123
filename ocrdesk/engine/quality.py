"""Decides which pages, lines and words are doubtful, in SQL for the library and in Python for what is shown.

Everything asks this module, so that the number on a filter is that of the pages it shows, and the number on a page is
that of the words marked on it. How likely a word is right is computed once, when its page is read (``engine/doubt/``).
"""

from collections.abc import Container, Iterable, Iterator

from ocrdesk.engine.document import Line, Page, PageStatus, Word
from ocrdesk.engine.facts import Fact, tells
from ocrdesk.engine.written import bare

CHECK_BELOW = 0.7
"""A word that is less likely right than this is worth a look."""

CHECK_ACCEPTED_BELOW = 0.2
"""The same for a word that a person has accepted twice: its letters themselves must be very unsure."""

DOUBTFUL_PAGES = "status = 'done' AND to_check > 0"
"""The SQL equivalent of ``is_doubtful``, for a row of ``page``."""


def is_doubtful(page: Page) -> bool:
    """Whether something on a page is worth a look: a word, or letters that could not be read at all."""
    return page.status is PageStatus.DONE and bool(page.to_check)


def number_to_check(page: Page) -> int:
    """Returns the number that is shown on a page: its words that are worth a look.

    Letters that could not be read at all are no word, and count only where they are all that is worth a look.
    """
    number = page.to_check or 0
    return number - 1 if number > 1 and tells(page.remark, Fact.MUCH_UNREAD) else number


def is_line_doubtful(line: Line) -> bool:
    """Whether a line is worth a look."""
    return line.confidence < CHECK_BELOW


def is_word_doubtful(word: Word, accepted: Container[str] = ()) -> bool:
    """Whether a word is worth a look.

    Args:
        word: The word.
        accepted: The words that a person has accepted, as ``bare`` makes them.
    """
    if word.confidence >= CHECK_BELOW:
        return False
    return word.confidence < CHECK_ACCEPTED_BELOW or bare(word.text) not in accepted


def doubtful_words(lines: Iterable[Line], accepted: Container[str] = ()) -> Iterator[Word]:
    """Yields the words of lines that are worth a look; a line whose words were not measured counts as one word."""
    for line in lines:
        if line.is_corrected and line.confidence == 1:
            continue  # a person checked every word; making them takes time
        if line.words:
            yield from (word for word in line.words if is_word_doubtful(word, accepted))
        elif is_line_doubtful(line):
            yield Word(line.text, line.confidence, line.polygon)


def count_doubtful(lines: Iterable[Line], accepted: Container[str] = ()) -> int:
    """Returns how many words of lines are worth a look."""
    return sum(1 for _ in doubtful_words(lines, accepted))
