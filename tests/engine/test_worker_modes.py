"""A worker on pages that are wanted in another mode than that of the run."""

import shutil
import threading

import pytest
from fakes import BrokenOnceRecognizer, FakeRecognizer, HelperAtHand, broken_image, draw_pages
from PIL import Image
from reading_desk import Desk, own

from ocrdesk.engine.document import Mode
from ocrdesk.engine.fingerprint import Fingerprints
from ocrdesk.engine.reading_names import OWN_TEXT
from ocrdesk.engine.recognition.pool import RecognizerPool
from ocrdesk.engine.worker import Suspects, Worker


@pytest.fixture
def desk(library, decoder):
    return Desk(library, decoder)


def read_by(library, page_ids) -> list[str | None]:
    pages = library.pages(page_ids)
    return [pages[page_id].recognizer for page_id in page_ids]


def test_just_the_pages_that_are_wanted_so_are_read_in_another_mode(library, desk, scans):
    draw_pages(scans, 3)
    pages = desk.read(scans)
    library.runs.read_in_mode([pages[1]], Mode.FAST)
    library.runs.drop_checkpoints([pages[2]])
    desk.run(library.page(pages[0]).batch_id)
    assert read_by(library, pages) == ["fake", "fake/fast", "fake"]
    assert len(desk.maker.made) == 2, "one recognizer a run, whatever the modes"
    desk.read_again(pages[1])
    assert read_by(library, pages)[1] == "fake/fast", "the wish stays"
    library.runs.read_in_mode([pages[1]], None)
    desk.run(library.page(pages[0]).batch_id)
    assert read_by(library, pages) == ["fake"] * 3


def test_a_recognizer_that_takes_the_place_of_a_broken_one_reads_in_that_mode_too(library, desk, scans):
    draw_pages(scans, 1)
    batch_id, pages = desk.take_in(scans)
    library.runs.read_in_mode(pages, Mode.FAST)
    recognizers = [BrokenOnceRecognizer(), FakeRecognizer()]
    desk.maker = lambda: recognizers.pop(0)
    desk.run(batch_id)
    assert read_by(library, pages) == ["fake/fast"]


def test_what_was_read_of_the_same_file_in_another_mode_is_not_taken(library, desk, scans, tmp_path):
    """For a page that failed, and so has no reading of its own."""
    draw_pages(scans, 1)
    desk.read(scans)
    shutil.copytree(scans, tmp_path / "copies")
    copy = broken_image(tmp_path / "copies" / "1.png")
    (page_id,) = desk.read(tmp_path / "copies")
    shutil.copyfile(scans / "1.png", copy)
    library.runs.read_in_mode([page_id], Mode.FAST)
    desk.run(library.page(page_id).batch_id)
    page = library.page(page_id)
    assert (page.recognizer, page.remark, page.status.value) == ("fake/fast", None, "done")


@pytest.mark.parametrize(("wanted", "is_taken"), [(None, False), (Mode.FAST, True)])
def test_what_was_read_in_a_mode_is_taken_where_that_mode_reads(library, desk, scans, tmp_path, wanted, is_taken):
    draw_pages(scans, 1)
    batch_id, pages = desk.take_in(scans)
    library.runs.read_in_mode(pages, Mode.FAST)
    desk.run(batch_id)
    shutil.copytree(scans, tmp_path / "copies")
    copies, (page_id,) = desk.take_in(tmp_path / "copies")
    library.runs.read_in_mode([page_id], wanted)
    desk.run(copies)
    page = library.page(page_id)
    assert page.recognizer == ("fake/fast" if is_taken else "fake")
    assert (page.remark is not None) is is_taken


def test_a_suspect_is_read_in_its_mode_by_the_helper(library, desk, scans, monkeypatch):
    draw_pages(scans, 2)
    batch_id, pages = desk.take_in(scans)
    library.runs.read_in_mode([pages[0]], Mode.FAST)
    for page_id in pages:
        assert library.runs.claim(page_id)
        library.runs.suspect(page_id)
    helper = HelperAtHand()
    monkeypatch.setattr(RecognizerPool, "start_helper", lambda _: helper)
    desk.run(batch_id)
    assert read_by(library, pages) == ["fake/fast", "fake"]
    assert len(helper.widths_read) == 2
    assert desk.maker.made == []


def test_the_text_of_a_pdf_page_is_taken_whatever_the_mode(library, desk, scans):
    (scans / "1.pdf").write_bytes(own())
    batch_id, pages = desk.take_in(scans)
    library.runs.read_in_mode(pages, Mode.FAST)
    desk.run(batch_id)
    assert read_by(library, pages) == [OWN_TEXT]


def test_a_changed_file_is_read_in_the_mode_that_its_page_was_wanted_in(library, desk, scans):
    draw_pages(scans, 1)
    batch_id, pages = desk.take_in(scans)
    library.runs.read_in_mode(pages, Mode.FAST)
    desk.run(batch_id)
    Image.new("L", (90, 10), 255).save(scans / "1.png")
    desk.take_in(scans)
    desk.run(batch_id)
    assert (library.text(pages[0]), read_by(library, pages)) == ("width 90", ["fake/fast"])


def test_the_mode_is_that_of_the_run_where_nothing_else_is_wanted(library, decoder, scans):
    """A run in the fast mode, with one page that is wanted in the accurate one."""
    draw_pages(scans, 2)
    desk = Desk(library, decoder)
    batch_id, pages = desk.take_in(scans)
    library.runs.read_in_mode([pages[0]], Mode.ACCURATE)
    pool = RecognizerPool(lambda: _Fast())
    Worker(
        library, decoder, Fingerprints(), pool, batch_id, threading.Event(), Suspects(), lambda _: None, lambda _: None
    ).run()
    assert read_by(library, pages) == ["fake", "fake/fast"]


class _Fast(FakeRecognizer):
    """Was made for the fast mode."""

    name = "fake/fast"

    def as_wanted(self, mode, languages=()):
        return FakeRecognizer() if mode is Mode.ACCURATE else self
