"""Finds amounts, dates and times that cannot be right as they are written."""

import re

_FIGURE = re.compile(r"[\W_]*(?P<figure>[\w][\w.,:/'’\-]*?)[\W_]*")
_DATE = re.compile(r"(\d{1,4})([./\-])(\d{1,2})\2(\d{1,4})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_GROUPED = re.compile(r"\d{1,3}(?:([.,'’])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?")
_AMOUNT = re.compile(r"\d+[.,]\d+")
_MARKED = re.compile(r"\d[\d.,]*[.,][\d.,]*\d")
_LOOKALIKES = re.compile(r"[\dOoIl|.,:/\-]*[OoIl|][\dOoIl|.,:/\-]*")


def is_odd_figure(word: str) -> bool:
    """Whether a word is a number with a letter in it that looks like a digit, or an amount or date that does not parse.

    Codes of letters and digits are none: anything may be in them.
    """
    found = _FIGURE.fullmatch(word)
    if not found or not any(letter.isdecimal() for letter in word):
        return False
    figure = found["figure"]
    date = _DATE.fullmatch(figure)
    if date and (date[2] != "." or len(date[1] + date[4]) > 4):  # with points and no long year, it may be a section
        return not _is_date(*(int(date[number]) for number in (1, 3, 4)))
    if time := _TIME.fullmatch(figure):
        return int(time[1]) > 24 or int(time[2]) > 59 or int(time[3] or 0) > 59
    if _MARKED.fullmatch(figure) and len(set(re.findall("[.,]", figure))) == 2:
        return not _GROUPED.fullmatch(figure)
    return _LOOKALIKES.fullmatch(figure) is not None and sum(map(str.isdecimal, figure)) >= len(figure) / 2


def _is_date(first: int, second: int, third: int) -> bool:
    """Whether three numbers may be a day, a month and a year, in any of the usual orders."""
    if first > 31:  # the year is first
        return 1 <= second <= 12 and 1 <= third <= 31
    return min(first, second) >= 1 and max(first, second) <= 31 and min(first, second) <= 12
