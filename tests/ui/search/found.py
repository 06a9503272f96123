"""What was found, for tests of what shows it."""

from collections.abc import Sequence
from pathlib import Path

from ocrdesk.engine.document import Page, PageStatus
from ocrdesk.engine.search.found import Hit
from ocrdesk.ui.search.found_model import FoundBatch


def page_of(page_id: int, path: Path = Path("/scans")) -> Page:
    name = f"page {page_id}.png"
    return Page(
        id=page_id, batch_id=1, path=path / name, frame=0, name=name, status=PageStatus.DONE, width=1000, height=1400
    )


def hit_on(page_id: int, text: str, top: float = 100) -> Hit:
    """A line in which the first word was found, 40 pixels high and 20 for each letter wide."""
    end = len(text.split(maxsplit=1)[0])

    def place(letters: int) -> tuple[tuple[float, float], ...]:
        right = 100.0 + 20 * letters
        return ((100.0, top), (right, top), (right, top + 40), (100.0, top + 40))

    return Hit(page_id, 0, text, ((0, end),), (place(end),), place(len(text)))


def found_in(batch_id: int, name: str, page_ids: Sequence[int]) -> FoundBatch:
    return FoundBatch(batch_id, name, page_ids)
