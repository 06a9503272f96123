"""Turns errors in opening a file into sentences for the user."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from ocrdesk.engine.errors import PageUnreadable
from ocrdesk.engine.facts import Fact


@contextmanager
def in_sentences() -> Iterator[None]:
    """Turns any error in opening a file into a ``PageUnreadable``, with the cause chained."""
    try:
        yield
    except PageUnreadable:
        raise
    except FileNotFoundError as error:
        raise PageUnreadable(Fact.FILE_GONE()) from error
    except PermissionError as error:
        raise PageUnreadable(Fact.FILE_FORBIDDEN()) from error
    except EOFError as error:
        raise PageUnreadable(Fact.FEWER_PAGES()) from error
    except MemoryError as error:
        raise PageUnreadable(Fact.MEMORY_TO_OPEN()) from error
    except Exception as error:  # decoders raise anything on a damaged file; the page must end in a state
        # Seeking to an impossible offset in a damaged file raises EINVAL.
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            raise PageUnreadable(Fact.FILE_TROUBLE(trouble=str(error.strerror or error))) from error
        raise PageUnreadable(Fact.PICTURE_DAMAGED()) from error
