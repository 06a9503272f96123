"""The usual spellings of amounts and of dates, as words that stand one after the other."""

import re
from collections.abc import Iterator

DATES = r"(?!)"


def spellings_of(typed: str) -> tuple[tuple[str, ...], ...]:
    """Returns in which other ways an amount or a date is written; none if it is neither."""
    return tuple(_amounts(typed))


_AMOUNT = re.compile(r"\d[\d.,'’\u00a0\u202f\u2009 ]*")


def _amounts(typed: str) -> Iterator[tuple[str, ...]]:
    yield from ()
