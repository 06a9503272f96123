import pytest
from fakes import batch_of, draw_pages, keep, reading
from PIL import Image
from PySide6.QtGui import QColor, QImage

from ocrdesk.engine.document import Batch, Source
from ocrdesk.ui.batches.covers import Covers
from ocrdesk.ui.desk.chosen import Change


@pytest.fixture
def covers(desk):
    return Covers(desk.window.desk)


@pytest.fixture
def batch(desk, scans) -> Batch:
    """One that was read, of the files in the folder for scans; nothing of it changes by itself."""
    files = sorted(scans.iterdir()) or draw_pages(scans, 1)
    batch_id, pages = batch_of(desk.library, [Source(file, file.name, 0, 1, 1) for file in files], scans)
    keep(desk.library, pages[0], reading("text"))
    desk.window.desk.chosen.tell(Change(batch_id))
    return desk.library.batch(batch_id)


def is_of(image: QImage, colour: str, x: int = 5, y: int = 5) -> bool:
    """Whether a place has about a colour: pictures are kept as JPEG."""
    seen, wanted = QColor(image.pixel(x, y)), QColor(colour)
    return all(abs(a - b) < 40 for a, b in zip(seen.getRgb(), wanted.getRgb(), strict=True))


def cover_of(desk, covers: Covers, batch: Batch) -> QImage | None:
    covers.get(batch)
    desk.until(lambda: batch.first_page in covers._known)
    return covers.get(batch)


@pytest.fixture
def tall_page(scans) -> None:
    page = Image.new("RGB", (100, 400), "white")
    page.paste("red", (0, 0, 100, 100))
    page.save(scans / "1.png")


def test_the_upper_part_of_the_first_page(desk, tall_page, covers, batch):
    assert covers.get(batch) is None, "it is made elsewhere"
    cover = cover_of(desk, covers, batch)
    assert (cover.width(), cover.height()) == (64, 80)
    assert is_of(cover, "red", 32, 5)
    assert is_of(cover, "white", 32, 75)


@pytest.fixture
def damaged_page(scans) -> None:
    (scans / "1.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")


def test_a_page_that_cannot_be_shown_has_none_and_is_asked_for_once(desk, damaged_page, covers, batch, monkeypatch):
    asked, make = [], covers._make
    monkeypatch.setattr(covers, "_make", lambda page_id: asked.append(page_id) or make(page_id))
    assert cover_of(desk, covers, batch) is None
    assert covers.get(batch) is None
    assert asked == [batch.first_page]


def test_a_page_that_changed_is_shown_as_it_was_until_it_is_seen_anew(desk, covers, batch, scans):
    before = cover_of(desk, covers, batch)
    Image.new("RGB", (30, 40), "blue").save(scans / "1.png")
    desk.window.desk.chosen.tell(Change(batch.id, frozenset([batch.first_page])))
    assert covers.get(batch) is before
    desk.until(lambda: is_of(covers.get(batch), "blue"))


def test_only_what_changed_is_made_anew(desk, covers, batch):
    cover_of(desk, covers, batch)
    tell = desk.window.desk.chosen.tell
    for change in (Change(batch.id + 1), Change(batch.id, frozenset([batch.first_page + 1]))):
        tell(change)
        assert covers._asked == {batch.first_page}
    for change in (Change(batch.id), Change(None), Change(batch.id, files_of=frozenset([batch.first_page]))):
        covers.get(batch)
        assert covers._asked
        tell(change)
        assert not covers._asked


def test_an_empty_batch_has_no_cover(desk, covers, tmp_path):
    batch_id, _ = batch_of(desk.library, 0, tmp_path / "empty")
    assert covers.get(desk.library.batch(batch_id)) is None
    assert not covers._asked
