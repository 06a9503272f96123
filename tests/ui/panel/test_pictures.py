import threading

import pytest
from fakes import PATIENCE, draw_pages
from PIL import Image

from ocrdesk.engine.document import Page, PageStatus
from ocrdesk.ui.panel import pictures as module
from ocrdesk.ui.panel.pictures import Pictures


@pytest.fixture
def pictures(decoder, lanes):
    return Pictures(decoder, lanes)


@pytest.fixture
def pages(scans):
    return [
        Page(number, 1, path, 0, path.name, PageStatus.DONE)
        for number, path in enumerate(draw_pages(scans, 6), start=1)
    ]


@pytest.fixture
def loads(decoder, monkeypatch) -> list[str]:
    """The names of the files that are loaded."""
    names: list[str] = []
    load_small = decoder.load_small

    def load(path, *values):
        names.append(path.name)
        return load_small(path, *values)

    monkeypatch.setattr(decoder, "load_small", load)
    return names


def kept(pictures) -> set[int]:
    return {key[0] for key in pictures._kept}


def look_at(qtbot, pictures, page):
    with qtbot.waitSignal(pictures.arrived) as arrived:
        pictures.look_at(page)
    return arrived.args[0]


def test_what_was_expected_is_there_at_once_and_loaded_once(qtbot, pictures, pages, loads):
    look_at(qtbot, pictures, pages[1])
    pictures.expect([pages[2], pages[0]])
    qtbot.waitUntil(lambda: kept(pictures) == {1, 2, 3})
    arrived = []
    pictures.arrived.connect(arrived.append)
    pictures.look_at(pages[2])
    assert len(arrived) == 1
    assert sorted(loads) == ["1.png", "2.png", "3.png"]


def test_a_few_are_kept_and_those_looked_at_last_stay(qtbot, pictures, pages):
    for page in pages:
        look_at(qtbot, pictures, page)
    assert kept(pictures) == {4, 5, 6}


def test_all_of_them_together_take_no_more_than_so_much_memory(qtbot, pictures, pages, monkeypatch):
    first = look_at(qtbot, pictures, pages[0])
    monkeypatch.setattr(module, "MOST_BYTES", first.bytes * 3 // 2)
    look_at(qtbot, pictures, pages[1])
    assert kept(pictures) == {2}


def test_a_page_that_is_being_loaded_ahead_is_not_loaded_again_when_it_is_looked_at(
    qtbot, pictures, pages, decoder, monkeypatch
):
    let_go, begun = threading.Event(), []
    load_small = decoder.load_small

    def load(path, *values):
        begun.append(path.name)
        assert let_go.wait(PATIENCE)
        return load_small(path, *values)

    monkeypatch.setattr(decoder, "load_small", load)
    pictures.look_at(pages[0])
    pictures.expect([pages[1]])
    qtbot.waitUntil(lambda: len(begun) == 2)
    pictures.look_at(pages[1])
    with qtbot.waitSignal(pictures.arrived) as arrived:
        let_go.set()
    assert arrived.args[0] is not None
    assert sorted(begun) == ["1.png", "2.png"]


def test_a_file_that_was_read_anew_is_loaded_anew(qtbot, pictures, pages, loads):
    page = pages[0]
    look_at(qtbot, pictures, page)
    Image.new("RGB", (300, 100), "white").save(page.path)
    read = Page(page.id, 1, page.path, 0, page.name, PageStatus.DONE, content=b"other")
    assert look_at(qtbot, pictures, read).sizes[0].width() == 300
    assert loads == ["1.png", "1.png"]


def test_each_size_is_half_of_the_one_before(qtbot, pictures, scans):
    path = scans / "large.png"
    Image.new("RGB", (2000, 1700), "white").save(path)
    sizes = look_at(qtbot, pictures, Page(1, 1, path, 0, path.name, PageStatus.DONE)).sizes
    assert [(image.width(), image.height()) for image in sizes] == [(2000, 1700), (1000, 850), (500, 425), (250, 213)]
