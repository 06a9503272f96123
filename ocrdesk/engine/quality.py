"""Decides which pages and lines are doubtful, in SQL for the library and in Python for what is shown.

Everything asks this module, so that the number on a filter is that of the pages it shows.
"""

from ocrdesk.engine.document import Line, Page, PageStatus, Word

DOUBTFUL_PAGES = "status = 'done' AND confidence < :doubtful_below"
"""The SQL equivalent of ``is_doubtful``, for a row of ``page``."""


def is_doubtful(page: Page, below: float) -> bool:
    """Whether a page was read with less confidence than ``below``, perhaps because little of it could be read."""
    return page.status is PageStatus.DONE and page.confidence is not None and page.confidence < below


def is_line_doubtful(line: Line, below: float) -> bool:
    """Whether a line was read with less confidence than ``below``."""
    return line.confidence < below


def is_word_doubtful(word: Word, below: float) -> bool:
    """Whether a word was read with less confidence than ``below``."""
    return word.confidence < below
