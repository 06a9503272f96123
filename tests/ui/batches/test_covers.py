import pytest
from fakes import draw_pages
from PIL import Image
from PySide6.QtGui import QColor

from ocrdesk.ui.batches.covers import Covers
from ocrdesk.ui.desk.chosen import Change


@pytest.fixture
def read_desk(desk, scans):
    draw_pages(scans, 1)
    desk.drop(scans)
    desk.until_read()
    return desk


def cover_of(desk, covers, name="scans"):
    batch = desk.batch(name)
    covers.get(batch)
    desk.until(lambda: batch.first_page in covers._known)
    return covers.get(batch)


def test_the_upper_part_of_the_first_page(desk, scans):
    page = Image.new("RGB", (100, 400), "white")
    page.paste("red", (0, 0, 100, 100))
    page.save(scans / "1.png")
    draw_pages(scans, 1, first=2)
    desk.drop(scans)
    desk.until_read()
    covers = Covers(desk.window.desk)
    assert covers.get(desk.batch()) is None, "it is made elsewhere"
    cover = cover_of(desk, covers)
    assert (cover.width(), cover.height()) == (64, 80)
    assert QColor(cover.pixel(32, 5)).red() > 200
    assert QColor(cover.pixel(32, 5)).blue() < 60
    assert QColor(cover.pixel(32, 75)).blue() > 200


def test_a_page_that_cannot_be_shown_has_none_and_is_asked_for_once(desk, scans, monkeypatch):
    (scans / "1.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    desk.drop(scans)
    desk.until_read()
    covers, asked = Covers(desk.window.desk), []
    make = covers._make
    monkeypatch.setattr(covers, "_make", lambda page_id: asked.append(page_id) or make(page_id))
    assert cover_of(desk, covers) is None
    assert covers.get(desk.batch()) is None
    assert len(asked) == 1


def test_a_page_that_changed_is_shown_as_it_was_until_it_is_seen_anew(read_desk, scans):
    desk = read_desk
    covers = Covers(desk.window.desk)
    before = cover_of(desk, covers)
    Image.new("RGB", (30, 40), "blue").save(scans / "1.png")
    desk.window.desk.chosen.tell(Change(desk.batch().id, frozenset([desk.batch().first_page])))
    assert covers.get(desk.batch()) is before
    desk.until(lambda: QColor(covers.get(desk.batch()).pixel(5, 5)).name() == "#0000ff")
    desk.window.desk.chosen.tell(Change(desk.batch().id + 1))
    assert covers._asked, "of another batch"
    desk.window.desk.chosen.tell(Change(None))
    assert not covers._asked
