"""What is found on a receipt: values by name, each with its place and with what speaks against it."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from ocrdesk.engine.document import Line
from ocrdesk.engine.geometry import Polygon


class FieldName(StrEnum):
    """The values that are found by rules."""

    DATE = "date"
    TOTAL = "total"
    CURRENCY = "currency"
    TAX = "tax"
    SHOP = "shop"
    NUMBER = "number"


class Doubt(StrEnum):
    """Why a value is to be checked."""

    NO_LABEL = "no_label"
    """No label says what it is."""

    SEVERAL = "several"
    """Another value is nearly as likely."""

    MISREAD = "misread"
    """A word of it may have been misread."""

    DAY_OR_MONTH = "day_or_month"
    """Nothing says which number is the day and which the month."""

    NOT_ADDING_UP = "not_adding_up"
    """It does not agree with other amounts on the page."""

    GUESSED = "guessed"
    """It is not printed as such, but follows from something else."""


@dataclass(frozen=True, slots=True)
class Found:
    """A value that was found.

    Attributes:
        value: As it is kept: ``2024-03-12``, ``1234.50``, ``EUR``, or a text.
        line: The line it stands in; None where it is not printed as such.
        polygon: Where it stands, in pixels of the upright page.
        confidence: How likely it is right, 0 to 1: a rule of thumb, not a measured likelihood.
        doubts: Why it is to be checked; none where it is not.
    """

    value: str
    line: Line | None = None
    polygon: Polygon | None = None
    confidence: float = 1.0
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_to_check(self) -> bool:
        """Whether a person should look at it."""
        return bool(self.doubts)


def certainty(doubts: Collection[Doubt]) -> float:
    """Returns how likely a rule is right about something that so much speaks against."""
    return 0.98 if not doubts else 0.7 if len(doubts) == 1 else 0.4
