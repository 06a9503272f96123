"""Large pictures are decoded one at a time: each process asks for room before it takes much memory."""

import threading

import children
import numpy as np
import pytest
from decoding import Room
from fakes import PATIENCE
from PIL import Image

from ocrdesk.engine.decode import decoder as decoder_module
from ocrdesk.engine.errors import PageUnreadable


def test_a_large_picture_waits_for_room_and_leaves_it_when_it_arrived(make, scans):
    decoder = make(children.serve_and_take_little_for_heavy)
    decoder._room = room = Room()
    values = np.random.default_rng(1).integers(0, 255, (1000, 1500, 3), dtype=np.uint8)
    Image.fromarray(values).save(scans / "page.ppm")
    arrived, held = [], []

    def load() -> None:
        arrived.append(decoder.load_page(scans / "page.ppm"))
        held.append(room.inside)

    thread = threading.Thread(target=load)
    thread.start()
    assert room.asked.acquire(timeout=PATIENCE)
    assert arrived == []
    room.door.set()
    thread.join(PATIENCE)
    assert np.array_equal(arrived[0].pixels, values)
    assert (room.came, held) == (1, [0])


def test_a_small_picture_needs_no_room(make, page):
    decoder = make()
    decoder._room = room = Room()
    decoder.load_page(page)
    assert room.came == 0


def test_two_large_pictures_are_decoded_one_after_the_other(make, page):
    decoder = make(children.count_after_asking_for_room, processes=2)
    counts = []
    with decoder._room:
        threads = [threading.Thread(target=lambda: counts.append(decoder.count_pages(page))) for _ in range(2)]
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert counts == [children.COUNT] * 2
    assert not decoder._room.locked()


@pytest.mark.parametrize(
    "way",
    [
        children.refuse_after_asking_for_room,
        children.crash_after_asking_for_room,
        children.hang_after_asking_for_room,
    ],
)
def test_room_is_left_whatever_becomes_of_the_picture(make, page, monkeypatch, way):
    if way is children.hang_after_asking_for_room:
        monkeypatch.setattr(decoder_module, "SECONDS", 0.5)
    decoder = make(way)
    decoder._room = room = Room()
    room.door.set()
    with pytest.raises(PageUnreadable):
        decoder.count_pages(page)
    assert room.came
    assert room.inside == 0
