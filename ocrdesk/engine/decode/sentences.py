"""What goes wrong with a file, in sentences."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from ocrdesk.engine.errors import PageUnreadable
from ocrdesk.engine.facts import Fact


@contextmanager
def in_sentences() -> Iterator[None]:
    """Turns whatever goes wrong with a file into a ``PageUnreadable``; the cause is chained."""
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
        # A place in the file that cannot be comes as EINVAL.
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            raise PageUnreadable(Fact.FILE_TROUBLE(trouble=str(error.strerror or error))) from error
        raise PageUnreadable(Fact.PICTURE_DAMAGED()) from error
