"""The usual spellings of amounts and of dates: 1.234,50 is 1,234.50 and 1234.50, and 3.4.2019 is April 3, 2019."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from ocrdesk.engine.search.folding import words_of

Words = tuple[str, ...]
"""Folded words that stand one after the other."""

_MONTHS = tuple(
    [part.split() for part in row.split("/")]
    for row in (
        "january jan / januar janner janvier janv ene gennaio gen ledna stycznia / enero janeiro",
        "february feb / februar fevrier fevr febbraio fev februari unora lutego / febrero fevereiro",
        "march mar / marz mrz mars maart mrt marts brezna marca / marzo marco",
        "april apr / avril avr abr aprile dubna kwietnia / abril",
        "may / mai maggio mag mei maj kvetna maja / mayo maio",
        "june jun / juni juin giugno giu cervna czerwca / junio junho",
        "july jul / juli juillet juil luglio lug cervence lipca / julio julho",
        "august aug / aout ago augustus augusti srpna sierpnia / agosto",
        "september sep sept / septembre settembre set zari wrzesnia / septiembre setembro",
        "october oct / oktober okt octobre ottobre ott out rijna pazdziernika / octubre outubro",
        "november nov / novembre listopadu listopada / noviembre novembro",
        "december dec / dezember dez decembre dicembre dic prosince grudnia / diciembre dezembro",
    )
)
"""What the months are called in dates, folded: in English; in German, French, Italian, Dutch, Danish, Norwegian,
Swedish, Czech and Polish; and where a “de” stands on both sides, in Spanish and Portuguese."""

_NUMBERS = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er)?(?: de| of)? ([a-z]{3,}) (?:de )?(\d{4})")
_MONTH_FIRST = re.compile(r"([a-z]{3,}) (\d{1,2})(?:st|nd|rd|th)? (\d{4})")
_CHINESE = re.compile("(\\d{4}) 年 (\\d{1,2}) 月 (\\d{1,2}) [日号號]")

_AMOUNT = re.compile(
    r"""
    (?: (?P<first>\d{1,3}) (?P<parting>[.,'’\u0020\u00a0\u202f\u2009]) (?P<groups>\d{3}(?:(?P=parting)\d{3})*)
      | (?P<digits>\d{4,15}) )
    (?: (?P<point>[.,]) (?P<fraction>\d{1,2}) )?
    """,
    re.VERBOSE,
)

MOST_WORDS = 5
"""Of how many words typed an amount or a date consists at most: 3 de abril de 2019."""


@dataclass(frozen=True, slots=True)
class _Date:
    """A day, and whether it was written with the month before it, as in the United States."""

    year: int
    month: int
    day: int
    is_month_first: bool = False

    @property
    def is_real(self) -> bool:
        return 1000 <= self.year < 3000 and 1 <= self.month <= 12 and 1 <= self.day <= 31


def is_date(typed: str) -> bool:
    """Whether it is a day."""
    return _date_in(typed) is not None


def count_belonging(words: Sequence[str]) -> int:
    """Returns how many words at the beginning of these are one amount or one date; 1 if that is nothing of both."""
    for count in range(min(len(words), MOST_WORDS), 1, -1):
        typed = " ".join(words[:count])
        if _date_in(typed) or _is_amount_for_sure(typed):
            return count
    return 1


def spellings_of(typed: str) -> tuple[Words, ...]:
    """Returns how an amount or a date is written, in all usual ways; none if it is neither, or may mean two days."""
    if date := _date_in(typed):
        return tuple(dict.fromkeys(_ways_of_date(date)))
    return tuple(_ways_of_amount(typed))


# Amounts


def _ways_of_amount(typed: str) -> Iterator[Words]:
    found = _amount_in(typed)
    if found is None:
        return
    digits, fraction = found
    groups = f"{int(digits):,}".split(",")
    for end in (fraction, f"{fraction}0") if len(fraction) == 1 else (fraction,):
        yield (digits, end) if end else (digits,)
        yield (*groups, end) if end else tuple(groups)


def _amount_in(typed: str) -> tuple[str, str] | None:
    """Returns the digits of an amount before and behind the point; None where grouping its digits means nothing."""
    found = _AMOUNT.fullmatch(_bare(typed))
    if found is None or (found["point"] and found["point"] == found["parting"]):
        return None
    fraction = found["fraction"] or ""
    digits = found["digits"] or found["first"] + re.sub(r"\D", "", found["groups"])
    is_year = found["digits"] and not fraction and 1900 <= int(digits) < 2100
    return None if is_year or digits.startswith("0") else (digits, fraction)


def _is_amount_for_sure(typed: str) -> bool:
    """Whether words are an amount for sure: two numbers beside each other may be two amounts."""
    found = _amount_in(typed)
    return found is not None and bool(found[1])


def _bare(typed: str) -> str:
    return re.sub(r"^\D+|\D+$", "", typed) if not re.search(r"[^\W\d_]", typed) else ""


# Dates


def _date_in(typed: str) -> _Date | None:
    """Returns the day that is meant, if it is beyond doubt."""
    date = _written_out(typed) or _in_numbers(typed)
    return date if date and date.is_real else None


def _in_numbers(typed: str) -> _Date | None:
    found = _NUMBERS.fullmatch(typed.strip(",;"))
    if found is None:
        return None
    one, two, three = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) == 4:
        return _Date(one, two, three)
    if len(found[4]) != 4 or len(found[1]) > 2:
        return None
    if found[2] == "." or one > 12:
        return _Date(three, two, one)
    return _Date(three, one, two, is_month_first=True) if two > 12 else None


def _written_out(typed: str) -> _Date | None:
    words = " ".join(word for word, _, _ in words_of(typed))
    if found := _CHINESE.fullmatch(words):
        return _Date(int(found[1]), int(found[2]), int(found[3]))
    if (found := _DAY_FIRST.fullmatch(words)) and (month := _month(found[2])):
        return _Date(int(found[3]), month, int(found[1]))
    if (found := _MONTH_FIRST.fullmatch(words)) and (month := _month(found[1])):
        return _Date(int(found[3]), month, int(found[2]), is_month_first=True)
    return None


def _month(name: str) -> int:
    return next((number for number, month in enumerate(_MONTHS, start=1) if name in chain(*month)), 0)


def _ways_of_date(date: _Date) -> Iterator[Words]:
    year = str(date.year)
    days = (str(date.day), f"{date.day:02}")
    for day, month in zip(days, (str(date.month), f"{date.month:02}"), strict=True):
        yield day, month, year
        yield year, month, day
        yield year, "年", month, "月", day, "日"
        if date.is_month_first or date.day > 12:
            yield month, day, year
    yield days[1], f"{date.month:02}", year[2:]
    english, others, with_de = _MONTHS[date.month - 1]
    for day in (*days, _ordinal(date.day)):
        for name in english:
            yield day, name, year
            yield name, day, year
    for day in days:
        for name in others + with_de:
            yield day, name, year
        for name in with_de:
            yield day, "de", name, "de", year


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
