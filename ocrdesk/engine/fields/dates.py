"""Finds days in a text, however their country writes them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

EARLIEST = 1980
"""Days before this year are none of a receipt."""


class DayOrder(StrEnum):
    """In which order a day is written in figures."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    YEAR_FIRST = "ymd"


@dataclass(frozen=True, slots=True)
class Written:
    """A day in a text.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        days: Which day it is, by the order in which it may be written; one alone where there is no doubt.
    """

    start: int
    end: int
    days: dict[DayOrder, date]

    @property
    def is_certain(self) -> bool:
        """Whether it is the same day in every order."""
        return len(set(self.days.values())) == 1


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene gen janv sty led",
            "feb fev fevr lut uno unor",
            "mar maer marz mrz maart mac brez bre",
            "apr abr avr kwi dub",
            "may mai mei mag maj kve",
            "jun juin giu cze cerv cer",
            "jul juil lug lip cvc",
            "aug ago aou sie srp ogos",
            "sep set wrz zar",
            "oct okt out ott paz rij",
            "nov lis",
            "dec dez dic gru pro des",
        ),
        start=1,
    )
    for name in names.split()
} | {"cervenec": 7, "cervence": 7}
"""The beginnings of the names of months, without accents."""

_SEPARATORS = r"\s?[./\-\u2013年月]\s?"
_FIGURES = re.compile(
    rf"(?<![\d.,/\-])(\d{{1,4}})({_SEPARATORS})(\d{{1,2}})({_SEPARATORS})(\d{{4}}|\d{{1,2}})"
    r"(?:(?![\d/%:：])|(?=\d{1,2}[:：]\d{2}))日?"
)
_NAMED = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er)?[.\s,\-/]{0,2}(?:de\s|of\s)?\s?([^\W\d_]{3,10})"
    r"[.\s,\-/']{0,2}(?:de\s|del\s)?\s?(\d{4}|\d{2})(?!\d)"
)
_MONTH_NAMED = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,10})[.\s]{0,2}(\d{1,2})(?:st|nd|rd|th)?[.\s,]{1,3}(\d{4})(?!\d)")
_ERA = re.compile(r"令和\s?(\d{1,2}|元)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_TIME = re.compile(r"(?<!\d)([01]?\d|2[0-4])\s?[:：h]\s?([0-5]\d)(?:\s?[:：]\s?[0-5]\d)?(?!\d)")


def dates_in(text: str) -> list[Written]:
    """Returns the days in a text from left to right."""
    found: list[Written] = []
    for written in sorted(_all(text), key=lambda it: (it.start, -it.end)):
        if not found or written.start >= found[-1].end:
            found.append(written)
    return found


def times_in(text: str) -> list[tuple[int, int]]:
    """Returns where times of day stand in a text."""
    return [found.span() for found in _TIME.finditer(text)]


def as_date(text: str, order: DayOrder = DayOrder.DAY_FIRST) -> date | None:
    """Returns the day that a person wrote; None if it is none."""
    found = dates_in(text.strip())
    if len(found) != 1:
        return None
    return found[0].days.get(order) or next(iter(found[0].days.values()))


def _all(text: str) -> Iterator[Written]:
    for found in _ERA.finditer(text):
        year = 2018 + (1 if found[1] == "元" else int(found[1]))
        yield from _written(found, {DayOrder.YEAR_FIRST: (year, int(found[2]), int(found[3]))})
    for found in _FIGURES.finditer(text):
        if (days := _orders(found)) is not None:
            yield from _written(found, days)
    for pattern, day, name in ((_NAMED, 1, 2), (_MONTH_NAMED, 2, 1)):
        for found in pattern.finditer(text):
            if month := _month(found[name]):
                yield from _written(found, {DayOrder.DAY_FIRST: (_year(found[3]), month, int(found[day]))})


def _orders(found: re.Match[str]) -> dict[DayOrder, tuple[int, int, int]] | None:
    first, before, second, after, third = (part.strip() for part in found.groups())
    a, b, c = int(first), int(second), int(third)
    if before == "年" or len(first) == 4:
        return {DayOrder.YEAR_FIRST: (a, b, c)} if len(first) in (2, 4) and len(third) <= 2 else None
    if before != after or len(first) > 2 or len(third) not in (2, 4):
        return None
    orders = {DayOrder.DAY_FIRST: (_year(third), b, a)}
    if before != ".":
        orders[DayOrder.MONTH_FIRST] = (_year(third), a, b)
    if len(third) == 2 and len(first) == 2:
        orders[DayOrder.YEAR_FIRST] = (_year(first), b, c)
    return orders


def _written(found: re.Match[str], orders: dict[DayOrder, tuple[int, int, int]]) -> Iterator[Written]:
    days: dict[DayOrder, date] = {}
    for order, numbers in orders.items():
        try:
            day = date(*numbers)
        except ValueError:  # there is no such day
            continue
        if day.year >= EARLIEST:
            days[order] = day
    if days:
        yield Written(found.start(), found.end(), days)


def _year(written: str) -> int:
    return int(written) + (2000 if len(written) == 2 else 0)


def _month(name: str) -> int | None:
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(letter)
    )
    return _MONTHS.get(plain) or _MONTHS.get(plain[:4]) or _MONTHS.get(plain[:3])
