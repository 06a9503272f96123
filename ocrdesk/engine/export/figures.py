"""Finds numbers among the texts of a table: only unambiguous ones, which lose nothing when they become numbers.

``1,234`` is more than a thousand in one country and a little over one in another. What a comma or a point means is
taken from unambiguous numbers on the same page (``1,234.50``, ``0.5``, ``1,234,567``); if there are none, or they
contradict each other, such numbers stay text. So do codes: numbers that begin with a zero, and those as long as account
numbers. A column with anything that may not be a number (a date, a range, a code) stays text as a whole, because a sum
over half of it would be silently wrong.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

LONGEST = 11
"""Most digits of an integer: longer ones are codes, and spreadsheets no longer show them in full."""

MOST_DIGITS = 15
"""How many digits a spreadsheet keeps."""

_FIGURE = re.compile(r"(?P<before>[$€£¥]\s?)?(?P<sign>[-\u2212])?(?P<digits>[0-9][0-9.,]*)(?P<after>\s?[$€£¥])?")
_SIGNED = re.compile(r"[+\-\u2212]?\s?[\d.,\s]*\d\s?%?")
"""Texts that begin as a formula might but are none."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number for a spreadsheet.

    Attributes:
        value: Its value.
        shape: The number format with which it looks as printed.
    """

    value: int | float
    shape: str


def is_signed_figure(text: str) -> bool:
    """Whether a text is only digits and a sign, which cannot be a formula."""
    return _SIGNED.fullmatch(text) is not None


def numbers_in(rows: Sequence[Sequence[str]], beside: Iterable[str] = ()) -> list[list[Number | None]]:
    """Returns the numbers of a table, or None where a text must stay text.

    Args:
        rows: The texts of its cells, in rows of equal length.
        beside: Texts of other tables of its page, in which a comma means the same.
    """
    mark = _decimal_mark([*(text for row in rows for text in row), *beside])
    found = [[_number(text, mark) for text in row] for row in rows]
    columns = zip(zip(*rows, strict=True), zip(*found, strict=True), strict=True)
    kept = [
        numbers if all(number or not _has_digits(text) for text, number in zip(texts, numbers, strict=True)) else None
        for texts, numbers in columns
    ]
    return [[column[row] if column else None for column in kept] for row in range(len(rows))]


def _has_digits(text: str) -> bool:
    """Whether a text is a figure rather than words: it has digits, and no letters."""
    return any(letter.isdigit() for letter in text) and not any(letter.isalpha() for letter in text)


def _decimal_mark(texts: Sequence[str]) -> str | None:
    """Returns the decimal mark of a table, a comma or a point, if it is certain."""
    said = {mark for text in texts for mark in _said_by(text)}
    return said.pop() if len(said) == 1 else None


def _said_by(text: str) -> Iterator[str]:
    figure = _FIGURE.fullmatch(text)
    if not figure or not (marks := re.findall("[.,]", figure["digits"])):
        return
    last, other = marks[-1], "," if marks[-1] == "." else "."
    before, after = figure["digits"].rsplit(last, 1)
    if len(set(marks)) == 2:
        yield last
    elif len(marks) > 1:
        yield other
    elif len(after) != 3 or len(before) > 3 or before == "0":
        yield last


def _number(text: str, mark: str | None) -> Number | None:
    figure = _FIGURE.fullmatch(text)
    if not figure:
        return None
    digits, has_marks = figure["digits"], re.search("[.,]", figure["digits"]) is not None
    if has_marks and mark is None:
        return None
    whole, _, decimals = digits.partition(mark or ".")
    grouped = "," if mark == "." else "."
    parts = whole.split(grouped)
    is_grouped = len(parts) > 1
    if is_grouped and (not 1 <= len(parts[0]) <= 3 or any(len(part) != 3 for part in parts[1:])):
        return None
    plain = "".join(parts)
    if not plain.isdecimal() or (decimals and not decimals.isdecimal()) or digits.endswith((".", ",")):
        return None
    is_code = (plain[0] == "0" and len(plain) > 1) or (len(plain) > LONGEST and not has_marks)
    if is_code or len(plain) + len(decimals) > MOST_DIGITS:
        return None
    value = float(f"{plain}.{decimals}") if decimals else int(plain)
    shape = ("#,##0" if is_grouped else "0") + (f".{'0' * len(decimals)}" if decimals else "")
    return Number(-value if figure["sign"] else value, _quoted(figure["before"]) + shape + _quoted(figure["after"]))


def _quoted(currency: str | None) -> str:
    return f'"{currency}"' if currency else ""
