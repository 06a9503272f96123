"""Measures how fast pages are read, and estimates how long the rest will take."""

from collections import deque

WINDOW = 40
"""How many of the last pages count: enough to average out long pages, few enough to follow a change."""


class Pace:
    """Counts finished pages of one run. Times are seconds of any steady clock."""

    def __init__(self, now: float) -> None:
        self._ends: deque[float] = deque([now], maxlen=WINDOW + 1)

    def page_finished(self, now: float) -> None:
        """Counts one page."""
        self._ends.append(now)

    @property
    def pages_per_minute(self) -> float | None:
        """The pace over the last pages; None until two are finished, because the first includes loading the models."""
        span = self._ends[-1] - self._ends[0]
        return 60.0 * (len(self._ends) - 1) / span if len(self._ends) > 2 and span > 0 else None

    def seconds_left(self, pages: int) -> float | None:
        """Returns how long this many more pages will take, or None while that is unknown."""
        rate = self.pages_per_minute
        return 60.0 * pages / rate if rate else None
