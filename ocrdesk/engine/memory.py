"""Gives memory that a page needed back to the system, where the C library would keep it."""

import ctypes
import sys
from functools import cache


def give_back_memory() -> None:
    """Called after each page; does nothing where the C library is not glibc.

    Pages differ in size, and glibc keeps what each of them left in pieces: over some hundred pages the program would
    grow by half.
    """
    if (trim := _malloc_trim()) is not None:
        trim(0)


@cache
def _malloc_trim() -> "ctypes._NamedFuncPointer | None":
    if not sys.platform.startswith("linux"):
        return None
    return getattr(ctypes.CDLL(None), "malloc_trim", None)
