"""The computer: how many cores it has, and its memory, which is given back after each page and can be limited."""

import ctypes
import os
import sys
from functools import cache
from pathlib import Path


def cores() -> int:
    """Returns how many processors this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def give_back_memory() -> None:
    """Gives freed memory back to the system; called after each page. Does nothing if the C library is not glibc.

    Pages differ in size, and glibc keeps the fragments of freed memory: over some hundred pages, the program would grow
    by half.
    """
    if (trim := _malloc_trim()) is not None:
        trim(0)


def limit_memory(more: int) -> None:
    """Limits this process to this many bytes beyond what it has; asking for more raises a MemoryError.

    It only works on Linux: other systems count memory in a way that does not help.
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
