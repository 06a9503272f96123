"""Checks before the program begins that the system's limits suffice, so that it does not stop in the middle.

Shells limit what they start (``ulimit``), and so do services and containers. A program that reaches such a limit fails
wherever it happens to be, often inside a library that reports something else or waits for ever.
"""

import os
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.words import _

_MORE_FILES = 1024


@dataclass(frozen=True, slots=True)
class Needs:
    """What a part of the program needs.

    Attributes:
        files: How many files it has open at once.
        memory: Bytes of address space, much of which is never used.
        threads: How many threads or processes it has at once.
    """

    files: int
    memory: int
    threads: int


LITTLE = Needs(files=24, memory=300_000_000, threads=2)
"""Needs of listing and exporting."""

MUCH = Needs(files=64, memory=2_200_000_000, threads=16 + 4 * (os.cpu_count() or 1))
"""Needs of reading and of the window."""


def check_limits(needs: Needs) -> None:
    """Makes sure that the system allows what is needed; raises the limit of open files if the program may do so.

    Raises:
        OcrdeskError: The system does not allow it.
    """
    if sys.platform == "win32":
        return
    import resource

    files = _files_allowed()
    if files < needs.files:
        raise OcrdeskError(
            _(
                "The system lets ocrdesk open only {files} files at once, and it needs {needed}. Allow "
                "more (ulimit -n 1024), then start it again."
            ).format(files=files, needed=needs.files)
        )
    memory = resource.getrlimit(resource.RLIMIT_AS)[0]
    if memory != resource.RLIM_INFINITY and memory < needs.memory:
        raise OcrdeskError(
            _(
                "The system lets ocrdesk have only {memory:,.0f} MB of memory, and it needs "
                "{needed:,.0f} MB. Allow more (ulimit -v unlimited), then start it again."
            ).format(memory=memory / 1e6, needed=needs.memory / 1e6)
        )
    if not _can_start(needs.threads):
        raise OcrdeskError(
            _(
                "The system lets ocrdesk start too few threads. Close other programs or allow more (ulimit -u), "
                "then start it again."
            )
        )


def _files_allowed() -> int:
    """Returns how many files may be open at once, after raising the limit if possible."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return sys.maxsize
    wanted = _MORE_FILES if hard == resource.RLIM_INFINITY else min(_MORE_FILES, hard)
    if soft < wanted:
        with suppress(OSError, ValueError):  # macOS reports higher limits than it grants
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def _can_start(threads: int) -> bool:
    end = threading.Event()
    started = []
    try:
        for _ in range(threads):
            thread = threading.Thread(target=end.wait, daemon=True)
            thread.start()
            started.append(thread)
    except RuntimeError:
        return False
    finally:
        end.set()
        for thread in started:
            thread.join()
    return True
