"""The machine: how many cores there are, and memory, which is given back after each page and can be limited."""

import ctypes
import os
import sys
from functools import cache
from pathlib import Path


def cores() -> int:
    """How many processors this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def give_back_memory() -> None:
    """Called after each page; does nothing where the C library is not glibc.

    Pages differ in size, and glibc keeps what each of them left in pieces: over some hundred pages the program would
    grow by half.
    """
    if (trim := _malloc_trim()) is not None:
        trim(0)


def limit_memory(more: int) -> None:
    """Lets this process take this many bytes beyond what it has; the system ends greater wishes with a MemoryError.

    Does nothing but on Linux: others count in a way that does not help.
    """
    if not sys.platform.startswith("linux"):
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])  # of data and stack
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = pages * resource.getpagesize() + more
    for limit in (soft, hard):
        if limit != resource.RLIM_INFINITY:
            most = min(most, limit)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


@cache
def _malloc_trim() -> "ctypes._NamedFuncPointer | None":
    if not sys.platform.startswith("linux"):
        return None
    return getattr(ctypes.CDLL(None), "malloc_trim", None)
