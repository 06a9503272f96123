"""What the tests of the runner share."""

from pathlib import Path

from fakes import (
    FIRST_WIDTH,
    count_pages,
    draw_pages,
)

from ocrdesk.engine.intake.drops import Drop, find_pages
from ocrdesk.engine.library import Library


def add(library: Library, folder: Path, count: int, first: int = 1) -> tuple[int, list[int]]:
    """Draws pages and adds them to the batch of their folder."""
    draw_pages(folder, count, first=first)
    drop = Drop([folder])
    find_pages(library, drop, count_pages)
    return drop.batch_id, drop.page_ids


def widths(count: int, first: int = 1) -> list[int]:
    return [FIRST_WIDTH + number - 1 for number in range(first, first + count)]


def heard(signal) -> list:
    """What a signal says from now on."""
    said: list = []
    signal.connect(said.append)
    return said
