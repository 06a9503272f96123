"""What goes wrong with a file, in sentences."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from ocrdesk.engine.errors import PageUnreadable


@contextmanager
def in_sentences() -> Iterator[None]:
    """Turns whatever goes wrong with a file into a ``PageUnreadable``; the cause is chained."""
    try:
        yield
    except PageUnreadable:
        raise
    except FileNotFoundError as error:
        raise PageUnreadable("The file is no longer there. Put it back, then retry.") from error
    except PermissionError as error:
        raise PageUnreadable("The file may not be opened. Change its permissions, then retry.") from error
    except EOFError as error:
        raise PageUnreadable("The file has fewer pages than before. Add it again to a new batch.") from error
    except MemoryError as error:
        raise PageUnreadable("The picture needs more memory than there is. Save it smaller, then retry.") from error
    except Exception as error:  # decoders raise anything on a damaged file; the page must end in a state
        # A place in the file that cannot be comes as EINVAL.
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            raise PageUnreadable(
                f"The file could not be read ({error.strerror or error}). Check the disk or network drive, then retry."
            ) from error
        raise PageUnreadable("The picture is damaged or cut off. Copy or scan it again, then retry.") from error
