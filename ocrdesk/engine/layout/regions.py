"""Parts of all pages of a batch that are not read, or alone are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ocrdesk.engine.document import Line


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle, in fractions of the width and height of a page, so that it fits pages of any size.

    Attributes:
        left: 0 to 1.
        top: 0 to 1.
        right: 0 to 1.
        bottom: 0 to 1.
        is_only: Whether nothing but what lies in such regions counts; else what lies in it does not.
    """

    left: float
    top: float
    right: float
    bottom: float
    is_only: bool = False

    def holds(self, x: float, y: float) -> bool:
        """Whether a point, in fractions of the page, lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def lines_that_count(lines: Iterable[Line], regions: Sequence[Region], width: int, height: int) -> list[Line]:
    """The lines of a page whose middle lies in no region to ignore and, where there are such, in an “only here” one.

    Args:
        lines: Of the page.
        regions: Of its batch.
        width: Of the upright page, in pixels.
        height: Of the upright page, in pixels.
    """
    if not regions:
        return list(lines)

    def counts(line: Line) -> bool:
        x = sum(x for x, _ in line.polygon) / 4 / max(1, width)
        y = sum(y for _, y in line.polygon) / 4 / max(1, height)
        if any(region.holds(x, y) for region in regions if not region.is_only):
            return False
        only = [region for region in regions if region.is_only]
        return not only or any(region.holds(x, y) for region in only)

    return [line for line in lines if counts(line)]
