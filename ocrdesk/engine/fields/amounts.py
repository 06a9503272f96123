"""Finds amounts of money in a text, however their country writes them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ocrdesk.engine.fields.labels import currencies

CENT = Decimal("0.01")

MOST_DIGITS = 9
"""A longer figure is a number of something."""

_FIGURE = re.compile(
    r"(?<![\d.,/:#])(?=[\d.,(\u2212-])(?P<sign>[-\u2212(]\s?)?"
    r"(?P<whole>\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+|\d{1,9})?"
    r"(?P<decimals>[.,]\s?\d{1,2})?(?P<dash>[.,][-–—]+)?(?P<after>\s?-)?"
    r"(?![\d/]|[.,:]\d)"
)
_PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s?[%％‰]|@\s?\d+(?:[.,]\d+)?")
_SPACES = re.compile(r"[\u00a0\u202f ]")
_ANY_SPACE, _NO_DIGIT, _LETTERS = re.compile(r"\s"), re.compile(r"\D"), re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in a text.

    Attributes:
        value: How much.
        start: Where it begins in the text.
        end: Where it ends.
        currencies: What its sign may stand for; none where no sign is beside it.
        has_decimals: Whether cents were written.
        is_grouped: Whether thousands are parted.
    """

    value: Decimal
    start: int
    end: int
    currencies: tuple[str, ...] = ()
    has_decimals: bool = True
    is_grouped: bool = False

    @property
    def is_money(self) -> bool:
        """Whether it cannot well be anything else."""
        return self.has_decimals or bool(self.currencies)


def amounts_in(text: str, masked: Iterable[tuple[int, int]] = ()) -> list[Amount]:
    """Returns the amounts in a text from left to right, also figures that may be none.

    Args:
        text: The text.
        masked: The parts of it that are something else, such as dates.
    """
    plain = list(text)
    for start, end in [*masked, *(found.span() for found in _PERCENT.finditer(text))]:
        plain[start:end] = "%" * (end - start)
    found = (_amount(text, it) for it in _FIGURE.finditer("".join(plain)))
    return [amount for amount in found if amount is not None]


def _amount(text: str, found: re.Match[str]) -> Amount | None:
    whole, decimals = found["whole"] or "", _ANY_SPACE.sub("", found["decimals"] or "")
    if not whole and len(decimals) != 3:
        return None
    if _SPACES.search(whole) and len(decimals) != 3:  # figures that stand beside each other
        return None
    digits = _NO_DIGIT.sub("", whole)
    if len(digits) > MOST_DIGITS or len({mark for mark in whole if not mark.isdigit()}) > 1:
        return None
    start = found.start("whole") if whole else found.start("decimals")
    end = found.end("dash") if found["dash"] else found.end("decimals") if decimals else found.end("whole")
    before, after = _sign_before(text, start), _sign_after(text, end)
    if before and not decimals and text[start - 1].isascii() and text[start - 1].isalpha() and whole.isdecimal():
        return None  # FT10060 is a number of something
    codes = before or after
    if (len(decimals) == 2 and not codes) or _is_part_of_word(text, start, end, codes):
        return None
    is_negative = bool(found["after"]) or (bool(found["sign"]) and found["sign"][0] != "(")
    value = Decimal(f"{digits or 0}.{decimals[1:] or 0}").quantize(CENT)
    return Amount(
        -value if is_negative else value,
        start,
        end,
        codes,
        has_decimals=bool(decimals or found["dash"]),
        is_grouped=len(digits) < len(whole),
    )


def _is_part_of_word(text: str, start: int, end: int, codes: tuple[str, ...]) -> bool:
    """Whether letters touch a figure, as in ``A4`` or ``500MG``; a single one behind it is the class of a tax."""
    if codes:
        return False
    if start and text[start - 1].isalnum():
        return True
    behind = _LETTERS.match(text, end)
    return behind is not None and len(behind[0]) > 1


@cache
def _sign() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Returns what finds a sign for money at the end of a text, and at its beginning."""
    signs = "|".join(re.escape(sign) for sign in sorted(currencies(), key=len, reverse=True))
    return (
        re.compile(rf"(?<![^\W\d_])(?P<sign>{signs})[\s:*(]{{0,3}}-?$", re.I),
        re.compile(rf"\s?(?P<sign>{signs})(?![^\W\d_])", re.I),
    )


def _sign_before(text: str, start: int) -> tuple[str, ...]:
    found = _sign()[0].search(text, max(0, start - 12), start)
    return currencies()[found["sign"].casefold()] if found else ()


def _sign_after(text: str, end: int) -> tuple[str, ...]:
    found = _sign()[1].match(text, end)
    return currencies()[found["sign"].casefold()] if found else ()


def signs_in(text: str) -> list[tuple[str, ...]]:
    """Returns the signs and words for money in a text, wherever they stand, each as what it may stand for."""
    return [currencies()[found[0].casefold()] for found in _any_sign().finditer(text)]


@cache
def _any_sign() -> re.Pattern[str]:
    signs = "|".join(re.escape(sign) for sign in sorted(currencies(), key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:{signs})(?![^\W\d_]|\d{{5}})", re.I)  # FT10060 is a number of something


def as_amount(text: str) -> Decimal | None:
    """Returns the amount that a person wrote; None if it is none."""
    found = amounts_in(text.strip())
    if not found and text.strip()[-1:].isdecimal():
        found = amounts_in(f"{text.strip()}0")  # as in 12.5
    return found[0].value if len(found) == 1 else None
