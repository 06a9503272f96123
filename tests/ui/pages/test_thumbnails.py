import os
import threading

import pytest
from fakes import PATIENCE, batch_of, draw_pages, quadrants
from PIL import Image

from ocrdesk.engine.decode import Decoder, Picture
from ocrdesk.engine.document import Page, PageStatus, Source
from ocrdesk.engine.errors import NoProcess
from ocrdesk.engine.thumbnail_files import EDGE, ThumbnailFiles
from ocrdesk.ui.pages import thumbnails as thumbnails_module
from ocrdesk.ui.pages.thumbnails import Thumbnails


class Loads:
    """Stands before the decoder: tells what was loaded in which thread, and holds it back if asked to."""

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder
        self.names: list[str] = []
        self.threads: set[int] = set()
        self.held: dict[str, threading.Event] = {}

    def hold(self, name: str) -> threading.Event:
        self.held[name] = threading.Event()
        return self.held[name]

    def load_small(self, path, *values) -> Picture:
        self.names.append(path.name)
        self.threads.add(threading.get_ident())
        if path.name in self.held:
            assert self.held[path.name].wait(PATIENCE), "nobody let the picture go"
        return self._decoder.load_small(path, *values)


class NoDecoder:
    """Can start no process."""

    def load_small(self, *values) -> Picture:
        raise NoProcess("The computer cannot start another process.")


@pytest.fixture
def loads(decoder):
    return Loads(decoder)


@pytest.fixture
def make_thumbnails(qapp, tmp_path, loads, lanes):
    def make() -> Thumbnails:
        return Thumbnails(ThumbnailFiles(tmp_path / "thumbnails"), loads, lanes)

    return make


@pytest.fixture
def pages(library, scans) -> list[Page]:
    paths = draw_pages(scans, 12)
    _, page_ids = batch_of(library, [Source(path, path.name) for path in paths], scans)
    found = library.pages(page_ids)
    return [found[page_id] for page_id in page_ids]


def page_of(path, turn=0, page_id=1) -> Page:
    return Page(page_id, 1, path, 0, path.name, PageStatus.PENDING, turn=turn)


def get(qtbot, thumbnails, page):
    """The thumbnail once it is loaded, None if there is none."""
    if (picture := thumbnails.get(page)) is None and not thumbnails.has_none(page):
        with qtbot.waitSignal(thumbnails.ready, check_params_cb=lambda page_id: page_id == page.id):
            pass
        picture = thumbnails.get(page)
    return picture


def test_pictures_are_loaded_off_the_gui_thread_and_reduced(qtbot, make_thumbnails, scans, loads):
    path = scans / "large.png"
    quadrants(2 * EDGE, EDGE).save(path)
    thumbnails = make_thumbnails()
    assert thumbnails.get(page_of(path)) is None
    assert not thumbnails.has_none(page_of(path)), "not yet is not never"
    picture = get(qtbot, thumbnails, page_of(path))
    assert (picture.width(), picture.height()) == (EDGE, EDGE // 2)
    assert loads.threads.isdisjoint({threading.main_thread().ident})
    assert thumbnails.get(page_of(path)).cacheKey() == picture.cacheKey()
    assert loads.names == ["large.png"]


def test_a_turned_page_has_a_turned_thumbnail(qtbot, make_thumbnails, scans):
    path = scans / "page.png"
    quadrants(40, 24).save(path)
    thumbnails = make_thumbnails()
    upright = get(qtbot, thumbnails, page_of(path)).toImage()
    turned = get(qtbot, thumbnails, page_of(path, turn=90)).toImage()
    assert (turned.width(), turned.height()) == (24, 40)
    assert upright.pixelColor(5, 5).red() > 200
    assert turned.pixelColor(turned.width() - 5, 5).red() > 200


def test_what_was_asked_for_last_is_loaded_first(qtbot, make_thumbnails, pages, loads):
    thumbnails = make_thumbnails()
    first, second = loads.hold("1.png"), loads.hold("2.png")
    for page in pages[:2]:
        thumbnails.get(page)
    qtbot.waitUntil(lambda: sorted(loads.names) == ["1.png", "2.png"])
    for page in pages[2:]:
        thumbnails.get(page)
    thumbnails.get(pages[4])  # asked for once more
    with qtbot.waitSignal(thumbnails.ready, check_params_cb=lambda page_id: page_id == pages[2].id):
        first.set()
    second.set()
    assert loads.names[2:] == ["5.png", *(f"{number}.png" for number in (12, 11, 10, 9, 8, 7, 6, 4, 3))]


def test_wishes_too_old_are_dropped(qtbot, make_thumbnails, pages, loads, monkeypatch):
    monkeypatch.setattr(thumbnails_module, "MOST_WANTED", 3)
    thumbnails = make_thumbnails()
    held = [loads.hold("1.png"), loads.hold("2.png")]
    for page in pages[:2]:
        thumbnails.get(page)
    qtbot.waitUntil(lambda: len(loads.names) == 2)
    for page in pages[2:]:
        thumbnails.get(page)
    with qtbot.waitSignals([thumbnails.ready] * 5):
        for event in held:
            event.set()
    assert sorted(loads.names[2:]) == ["10.png", "11.png", "12.png"]
    assert get(qtbot, thumbnails, pages[2]) is not None, "a dropped wish can be wished again"


def test_thumbnails_are_kept_on_disk_for_as_long_as_the_file_is_the_same(qtbot, make_thumbnails, scans, loads):
    path = scans / "page.png"
    quadrants().save(path)
    before = path.stat()
    assert get(qtbot, make_thumbnails(), page_of(path)) is not None

    path.write_bytes(b"x" * before.st_size)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert get(qtbot, make_thumbnails(), page_of(path)).width() == 40
    assert loads.names == ["page.png"], "it was there already"

    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert get(qtbot, make_thumbnails(), page_of(path)) is None
    assert loads.names == ["page.png"] * 2


def test_nothing_is_lost_where_nothing_can_be_kept(qtbot, scans, tmp_path, make_thumbnails):
    (tmp_path / "thumbnails").write_text("a file where the folder should be")
    path = scans / "page.png"
    quadrants().save(path)
    assert get(qtbot, make_thumbnails(), page_of(path)).width() == 40


def test_a_broken_picture_has_none_until_it_is_forgotten(qtbot, make_thumbnails, scans, loads):
    (scans / "page.png").write_bytes(b"nothing that could be seen")
    page = page_of(scans / "page.png")
    thumbnails = make_thumbnails()
    assert get(qtbot, thumbnails, page) is None
    assert thumbnails.has_none(page)
    assert thumbnails.get(page) is None
    assert loads.names == ["page.png"], "it is not tried again and again"
    Image.new("RGB", (30, 30), "white").save(page.path)
    thumbnails.forget([page.id])
    assert not thumbnails.has_none(page)
    assert get(qtbot, thumbnails, page).width() == 30


def test_a_file_that_is_gone_has_none(qtbot, make_thumbnails, scans):
    page = page_of(scans / "gone.png")
    thumbnails = make_thumbnails()
    assert get(qtbot, thumbnails, page) is None
    assert thumbnails.has_none(page)


def test_a_page_whose_picture_fails_unexpectedly_has_none_and_the_next_is_loaded(
    qtbot, make_thumbnails, pages, loads, monkeypatch, caplog
):
    monkeypatch.setattr(loads, "load_small", NoDecoder().load_small)
    thumbnails = make_thumbnails()
    assert get(qtbot, thumbnails, pages[0]) is None
    assert thumbnails.has_none(pages[0])
    assert "cannot be had" in caplog.text
    monkeypatch.undo()
    assert get(qtbot, thumbnails, pages[1]) is not None


def test_only_so_many_are_kept_in_memory(qtbot, make_thumbnails, pages, monkeypatch):
    monkeypatch.setattr(thumbnails_module, "MOST_KEPT", 3)
    thumbnails = make_thumbnails()
    for page in pages[:3]:
        assert get(qtbot, thumbnails, page) is not None
    thumbnails.get(pages[0])  # looked at again: it stays
    assert get(qtbot, thumbnails, pages[3]) is not None
    assert thumbnails.get(pages[0]) is not None
    assert thumbnails.get(pages[2]) is not None
    assert thumbnails.get(pages[1]) is None


def test_close_ends_with_wishes_pending(qtbot, make_thumbnails, lanes, pages, loads):
    thumbnails = make_thumbnails()
    held = [loads.hold("1.png"), loads.hold("2.png")]
    for page in pages[:2]:
        thumbnails.get(page)
    qtbot.waitUntil(lambda: len(loads.names) == 2)
    for page in pages[2:]:
        thumbnails.get(page)
    lanes.close()
    assert not lanes.has_ended
    for event in held:
        event.set()
    qtbot.waitUntil(lambda: lanes.has_ended)
    assert sorted(loads.names) == ["1.png", "2.png"]
