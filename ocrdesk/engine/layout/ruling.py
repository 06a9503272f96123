"""The rules of a page as they stand on the page laid straight."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.document import Rule
from ocrdesk.engine.layout.boxes import Frame

_Place = TypeVar("_Place", float, npt.NDArray[np.float64])


@dataclass(frozen=True, slots=True)
class StraightRule:
    """A rule in the direction of reading: one that lies runs from left to right, one that stands from top to bottom.

    Attributes:
        begin: How far from the left it begins if it lies, and how far down if it stands.
        end: Where it ends, likewise.
        at_begin: How far down it begins if it lies, and how far from the left if it stands.
        at_end: The same of its end; photos are not straight.
    """

    begin: float
    end: float
    at_begin: float
    at_end: float

    @property
    def length(self) -> float:
        """In pixels."""
        return self.end - self.begin

    @property
    def middle(self) -> float:
        """How far down it is in its middle if it lies, and how far from the left if it stands."""
        return (self.at_begin + self.at_end) / 2

    def at(self, along: _Place) -> _Place:
        """The same at some place along it, or at several."""
        return self.at_begin + (self.at_end - self.at_begin) * (along - self.begin) / max(1.0, self.length)


@dataclass(frozen=True, slots=True)
class Ruling:
    """All rules of a page.

    Attributes:
        standing: Those between what is left and right of them.
        lying: Those between what is above and below them.
    """

    standing: Sequence[StraightRule] = ()
    lying: Sequence[StraightRule] = ()


def ruling_of(rules: Iterable[Rule], frame: Frame) -> Ruling:
    """The rules of a page, laid straight as its lines are."""
    standing: list[StraightRule] = []
    lying: list[StraightRule] = []
    for rule in rules:
        (x0, y0), (x1, y1) = frame.point(rule.begin), frame.point(rule.end)
        stands = abs(y1 - y0) > abs(x1 - x0)
        (begin, at_begin), (end, at_end) = sorted(((y0, x0), (y1, x1)) if stands else ((x0, y0), (x1, y1)))
        (standing if stands else lying).append(StraightRule(begin, end, at_begin, at_end))
    return Ruling(standing, lying)
