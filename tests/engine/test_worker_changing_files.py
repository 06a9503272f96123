"""Files that are changed or replaced while they are read: no text may pass for that of other bytes."""

import threading
from pathlib import Path

import pytest
from fakes import FIRST_WIDTH, Maker, broken_image, draw_pages, statuses

from ocrdesk.engine.fingerprint import Fingerprints
from ocrdesk.engine.intake.drops import Drop, find_pages
from ocrdesk.engine.read_page import OPENINGS
from ocrdesk.engine.recognition.pool import RecognizerPool
from ocrdesk.engine.worker import Suspects, Worker


class MeddlingDecoder:
    """Opens files as they are, and lets something be done before or after each time."""

    def __init__(self, decoder) -> None:
        self._decoder = decoder
        self.opened = 0
        self.before = self.after = lambda path: None

    def load_page(self, path, frame=0, **values):
        self.opened += 1
        self.before(path)
        try:
            return self._decoder.load_page(path, frame, **values)
        finally:
            self.after(path)


class Desk:
    """Reads a folder while its files are changed."""

    def __init__(self, library, decoder):
        self.library = library
        self.decoder = MeddlingDecoder(decoder)
        self.maker = Maker()

    def read(self, folder) -> list[int]:
        drop = Drop([folder])
        find_pages(self.library, drop, self.decoder._decoder.count_pages, queued=True)
        Worker(
            self.library, self.decoder, Fingerprints(), RecognizerPool(self.maker), drop.batch_id, threading.Event(),
            Suspects(), lambda _: None, lambda _: None,
        ).run()  # fmt: skip
        return drop.page_ids


@pytest.fixture
def desk(library, decoder):
    return Desk(library, decoder)


@pytest.fixture
def others(tmp_path) -> list[Path]:
    """Other files, wider than those in ``scans``, to put in their place."""
    return draw_pages(tmp_path / "others", 9, first=10)


def once(act):
    """Does it the first time only."""
    done = []

    def do(path):
        if not done:
            done.append(path)
            act(path)

    return do


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_file_replaced_while_it_is_opened_is_read_as_it_is_then_with_its_own_fingerprint(
    library, scans, desk, others, moment
):
    draw_pages(scans, 1)
    setattr(desk.decoder, moment, once(lambda path: others[0].replace(path)))
    (page_id,) = desk.read(scans)
    page = library.page(page_id)
    assert (page.status.value, library.text(page_id)) == ("done", f"width {FIRST_WIDTH + 9}")
    assert page.content == Fingerprints().of(page.path)
    assert desk.decoder.opened == 2


def test_the_old_bytes_in_another_file_are_not_given_the_text_of_what_took_their_place(library, scans, desk, others):
    """What the fingerprint taken before, kept with the text read after, would have done."""
    (path,) = draw_pages(scans, 1)
    old = path.read_bytes()
    desk.decoder.before = once(lambda path: others[0].replace(path))
    desk.read(scans)
    (scans / "2.png").write_bytes(old)
    first, second = desk.read(scans)
    assert [library.text(page_id) for page_id in (first, second)] == ["width 29", "width 20"]


def test_a_file_that_changes_each_time_is_read_in_the_end_and_has_no_fingerprint(library, scans, desk, others):
    draw_pages(scans, 1)
    desk.decoder.after = lambda path: others.pop(0).replace(path)
    (page_id,) = desk.read(scans)
    page = library.page(page_id)
    assert (page.status.value, page.content) == ("done", None)
    assert desk.decoder.opened == OPENINGS
    assert library.text(page_id) == f"width {FIRST_WIDTH + 9 + OPENINGS - 2}", "what was opened last"


def test_a_file_found_damaged_while_it_was_still_being_written_is_opened_again(library, scans, desk, others):
    broken_image(scans / "1.png")
    desk.decoder.after = once(lambda path: others[0].replace(path))
    (page_id,) = desk.read(scans)
    assert statuses(library, library.page(page_id).batch_id) == ["done"]
    assert library.page(page_id).content is not None


def test_a_damaged_file_that_stays_as_it_is_is_opened_once(library, scans, desk):
    broken_image(scans / "1.png")
    (page_id,) = desk.read(scans)
    assert library.page(page_id).status.value == "failed"
    assert desk.decoder.opened == 1


def test_a_reading_is_taken_from_a_twin_only_while_the_file_is_its_twin(library, scans, desk, others):
    first, second = draw_pages(scans, 2)
    second.write_bytes(first.read_bytes())
    desk.decoder.after = once(lambda path: others[0].replace(second))  # while the first one is read
    pages = desk.read(scans)
    assert [library.text(page_id) for page_id in pages] == ["width 20", "width 29"]
    assert library.page(pages[1]).remark is None
