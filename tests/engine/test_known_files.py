"""Files that were counted before, when a folder is walked again."""

import os
from pathlib import Path

from fakes import Count, many_frames

from ocrdesk.engine.decode import PageCount
from ocrdesk.engine.document import KnownFile
from ocrdesk.engine.errors import PasswordNeeded
from ocrdesk.engine.intake.walk import Walk


def names(path: Path, **options) -> list[str]:
    return [page.name for page in Walk(**options).find_pages(path)]


def test_known_files_are_not_counted_again_while_they_are_unchanged(scans):
    for name in ("1.tif", "2.tif", "3.tif"):
        os.utime(many_frames(scans / name, 20), ns=(0, 5))
    size = (scans / "1.tif").stat().st_size
    known = {
        scans / "1.tif": KnownFile(size, 5, frames=(0, 1, 2)),
        scans / "2.tif": KnownFile(size + 1, 5, frames=(0, 1, 2)),
        scans / "3.tif": KnownFile(size, 6, frames=(0, 1, 2)),
    }
    count = Count(PageCount(1))
    looked_again = names(scans, known=known, count_pages=count, stay_out=set())
    assert looked_again == ["1.tif · 1", "1.tif · 2", "1.tif · 3", "2.tif", "3.tif"]
    assert count.asked == ["2.tif", "3.tif"]
    count.asked.clear()
    assert names(scans, known=known, count_pages=count) == ["1.tif", "2.tif", "3.tif"]
    assert count.asked == ["1.tif", "2.tif", "3.tif"], "dropped by a person, pages that were taken out come back"


def test_a_known_file_that_cannot_be_counted_now_keeps_the_pages_it_has(scans):
    os.utime(many_frames(scans / "1.tif", 20), ns=(0, 5))
    known = {scans / "1.tif": KnownFile((scans / "1.tif").stat().st_size, 5, frames=(0, 1, 2))}
    count = Count(PasswordNeeded("It is protected."))
    assert names(scans, known=known, count_pages=count) == ["1.tif · 1", "1.tif · 2", "1.tif · 3"]
