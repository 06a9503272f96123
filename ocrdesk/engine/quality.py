"""What of a reading is doubtful: of pages as the library counts and finds them, of pages and lines as they are seen.

All sides ask here, so that the number on a chip is that of the pages it shows.
"""

from ocrdesk.engine.document import Line, Page, PageStatus

DOUBTFUL_PAGES = "status = 'done' AND confidence < :doubtful_below"
"""SQL for ``is_doubtful``, of a row of ``page``."""


def is_doubtful(page: Page, below: float) -> bool:
    """Whether a page was read with less confidence than ``below``; maybe because little of it could be read."""
    return page.status is PageStatus.DONE and page.confidence is not None and page.confidence < below


def is_line_doubtful(line: Line, below: float) -> bool:
    """Whether a line was read with less confidence than ``below``."""
    return line.confidence < below
