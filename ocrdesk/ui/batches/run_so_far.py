"""Whether the end of a run is news: not where somebody looked on while it did a few pages."""

FEW = 5
"""As many pages are seen at once, and each says itself that it was read."""

LONG = 10.0
"""Seconds after which a person may have turned to something else; as long as attention is held (Nielsen 1993)."""


class RunSoFar:
    """What a run has done until now. Times are seconds of any steady clock."""

    def __init__(self) -> None:
        self.page_ids: set[int] = set()
        self._begun: float | None = None

    def page_started(self, now: float) -> None:
        """Notes when its first page began."""
        if self._begun is None:
            self._begun = now

    def page_finished(self, page_id: int) -> None:
        """Counts a page."""
        self.page_ids.add(page_id)

    def is_small(self, now: float) -> bool:
        """Whether it had a few pages only, and took a moment, pauses included."""
        return len(self.page_ids) <= FEW and (self._begun is None or now - self._begun <= LONG)
