"""A worker on pages that a person turned."""

import shutil
import threading

import pytest
from fakes import BrokenOnceRecognizer, FakeRecognizer, Maker, draw_pages, statuses
from pdfs import text_pdf

from ocrdesk.engine.fingerprint import Fingerprints
from ocrdesk.engine.intake.drops import Drop, find_pages
from ocrdesk.engine.reading_names import OWN_TEXT
from ocrdesk.engine.recognition.pool import RecognizerPool
from ocrdesk.engine.worker import Suspects, Worker


class Bench:
    """A batch, read by a worker in the test's own thread."""

    def __init__(self, library, decoder, folder):
        self.library = library
        self.decoder = decoder
        self.maker = Maker()
        drop = Drop([folder])
        find_pages(library, drop, decoder.count_pages, queued=True)
        self.batch_id, self.pages = drop.batch_id, drop.page_ids

    def run(self) -> None:
        Worker(
            self.library, self.decoder, Fingerprints(), RecognizerPool(self.maker), self.batch_id, threading.Event(),
            Suspects(), lambda _: None, lambda _: None,
        ).run()  # fmt: skip

    @property
    def turns(self) -> list[int | None]:
        """The turn that was asked for, of each picture read."""
        return [turn for recognizer in self.maker.made for turn in recognizer.turns]


@pytest.fixture
def make_bench(library, decoder, scans):
    """Makes the batch of what was drawn in a folder until then."""

    def make(folder=scans) -> Bench:
        return Bench(library, decoder, folder)

    return make


def test_a_page_is_read_as_it_is_wanted_and_others_as_their_lines_say(library, scans, make_bench):
    draw_pages(scans, 2)
    bench = make_bench()
    bench.run()
    assert bench.turns == [None, None]
    library.runs.turn_pages(bench.pages[:1], -90)
    bench.run()
    assert bench.turns == [None, None, 270]
    page = library.page(bench.pages[0])
    assert (page.turn, page.rotation, page.turn_wanted) == (270, 270, 270)
    library.runs.turn_pages(bench.pages[:1], 90)
    bench.run()
    assert bench.turns == [None, None, 270, 0], "upright by a person's wish is not the same as by its lines"


def test_a_recognizer_that_takes_the_place_of_a_broken_one_turns_the_page_too(library, scans, make_bench):
    draw_pages(scans, 1)
    bench = make_bench()
    library.runs.turn_pages(bench.pages, 90)
    broken = BrokenOnceRecognizer()
    recognizers = [broken, FakeRecognizer()]
    bench.maker = lambda: recognizers.pop(0)
    bench.run()
    assert broken.turns == [90]
    assert library.page(bench.pages[0]).turn == 90


def test_the_same_file_elsewhere_is_neither_turned_nor_taken_for_it(library, scans, tmp_path, make_bench):
    draw_pages(scans, 1)
    shutil.copytree(scans, tmp_path / "copies")
    bench = make_bench()
    library.runs.turn_pages(bench.pages, 90)
    bench.run()
    copies = make_bench(tmp_path / "copies")
    copies.run()
    assert copies.turns == [None]
    assert library.page(copies.pages[0]).remark is None
    library.runs.turn_pages(bench.pages, 90)
    bench.run()
    assert bench.turns == [90, 180]
    assert library.page(copies.pages[0]).turn == 0


@pytest.mark.parametrize("is_read_first", [True, False])
def test_a_page_with_text_of_its_own_is_read_as_a_picture_to_be_turned(library, scans, make_bench, is_read_first):
    text = text_pdf("Text that the page has itself", size=10, mediabox=(0, 0, 360, 180))
    (scans / "1.pdf").write_bytes(text)
    bench = make_bench()
    (page_id,) = bench.pages
    if is_read_first:
        bench.run()
        assert library.page(page_id).recognizer == OWN_TEXT
    library.runs.turn_pages([page_id], 90)
    bench.run()
    page = library.page(page_id)
    assert (page.recognizer, page.turn, page.as_picture) == ("fake", 90, True)
    assert bench.turns == [90]

    library.files.read_as_picture([page_id], False)
    library.runs.drop_checkpoints([page_id])
    bench.run()
    page = library.page(page_id)
    assert (page.recognizer, page.turn, page.turn_wanted) == (OWN_TEXT, 0, None)


def test_a_turned_page_whose_file_has_no_text_of_its_own_is_no_pdf_page(library, scans, make_bench):
    draw_pages(scans, 1)
    bench = make_bench()
    library.runs.turn_pages(bench.pages, 90)
    bench.run()
    assert statuses(library, bench.batch_id) == ["done"]
    assert not library.page(bench.pages[0]).as_picture
