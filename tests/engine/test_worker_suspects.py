"""Suspects: pages that were being read when a process died. Whose fault that was shows when they are read alone."""

import threading
from itertools import count

import pytest
from fakes import FIRST_WIDTH, HelperAtHand, Maker, draw_pages, statuses
from pdfs import text_pdf

from ocrdesk.engine.decode import Picture
from ocrdesk.engine.document import PageStatus
from ocrdesk.engine.errors import NoProcess, PageUnreadable, ReadingInterrupted, RecognizerBroken, RecognizerCrashed
from ocrdesk.engine.fingerprint import Fingerprints
from ocrdesk.engine.intake.drops import Drop, find_pages
from ocrdesk.engine.recognition.pool import RecognizerPool
from ocrdesk.engine.worker import Suspects, Worker

CRASH = RecognizerCrashed("It died of SIGSEGV.")
KILLED = ReadingInterrupted("It was killed.")


class TroubledHelper(HelperAtHand):
    """Pages of some widths end it, each with its error."""

    def __init__(self, trouble: dict[int, list[Exception]], lines_trouble: list[Exception]) -> None:
        super().__init__()
        self._trouble = trouble
        self._lines_trouble = lines_trouble

    def read(self, picture, turn=None):
        assert self.is_alive, "a helper that is gone was used"
        reading = super().read(picture, turn)
        if trouble := self._trouble.get(picture.shape[1]):
            raise trouble.pop(0)
        return reading

    def read_lines(self, crops):
        if self._lines_trouble:
            raise self._lines_trouble.pop(0)
        return super().read_lines(crops)


class Pool(RecognizerPool):
    """Starts stand-ins for helpers and remembers them."""

    def __init__(self) -> None:
        self.maker = Maker()
        super().__init__(self.maker)
        self.trouble: dict[int, list[Exception]] = {}
        self.lines_trouble: list[Exception] = []
        self.helpers: list[TroubledHelper] = []

    def start_helper(self) -> TroubledHelper:
        assert not any(helper.is_alive for helper in self.helpers), "two helpers at a time"
        self.helpers.append(TroubledHelper(self.trouble, self.lines_trouble))
        return self.helpers[-1]


class Bench:
    """A batch of four pages, some of which are suspects, and workers for it."""

    def __init__(self, library, decoder, scans, suspects=(0, 1)):
        draw_pages(scans, 4)
        self.library, self.decoder, self.pool = library, decoder, Pool()
        self.cancel = threading.Event()
        self.suspects = Suspects()
        self.finished: list[int] = []
        self.on_started = lambda page_id: None
        drop = Drop([scans])
        find_pages(library, drop, decoder.count_pages, queued=True)
        self.batch_id, self.pages = drop.batch_id, drop.page_ids
        for number in suspects:
            assert library.runs.claim(self.pages[number])
            library.runs.suspect(self.pages[number])

    def worker(self, suspects=None) -> Worker:
        return Worker(
            self.library, self.decoder, Fingerprints(), self.pool, self.batch_id, self.cancel,
            suspects or self.suspects, lambda page_id: self.on_started(page_id), self.finished.append,
        )  # fmt: skip

    def run(self) -> None:
        self.worker().run()

    def statuses(self) -> list[str]:
        return statuses(self.library, self.batch_id)

    def page(self, number: int):
        return self.library.page(self.pages[number])


@pytest.fixture
def bench(library, decoder, scans):
    return Bench(library, decoder, scans)


def test_suspects_are_read_last_and_by_a_helper_and_then_are_none(bench):
    bench.run()
    assert bench.statuses() == ["done"] * 4
    assert bench.finished == [*bench.pages[2:], *bench.pages[:2]]
    assert bench.pool.maker.widths_read == [FIRST_WIDTH + 2, FIRST_WIDTH + 3]
    (helper,) = bench.pool.helpers
    assert (helper.widths_read, helper.is_alive) == ([FIRST_WIDTH, FIRST_WIDTH + 1], False)
    assert [bench.page(number).suspect for number in range(4)] == [False] * 4
    assert bench.page(0).recognizer == "fake"


def test_a_page_on_which_two_helpers_died_by_a_fault_of_their_own_fails_and_no_other(bench):
    bench.pool.trouble = {FIRST_WIDTH: [CRASH, CRASH]}
    bench.run()
    assert bench.statuses() == ["failed", "done", "done", "done"]
    assert bench.page(0).message == (
        "Reading this picture makes the text recognition crash: it did so twice while it read nothing else. "
        "Save it in another format or size, then retry."
    )
    assert [FIRST_WIDTH in helper.widths_read for helper in bench.pool.helpers] == [True, True, False]


def test_a_page_on_which_one_helper_died_is_read_by_the_next(bench):
    bench.pool.trouble = {FIRST_WIDTH: [CRASH], FIRST_WIDTH + 1: [CRASH]}
    bench.run()
    assert bench.statuses() == ["done"] * 4
    assert not bench.suspects.set_aside


@pytest.mark.parametrize("trouble", [[KILLED], [CRASH, KILLED]])
def test_a_page_whose_helper_was_ended_from_outside_waits_for_the_next_run_and_the_others_are_read(bench, trouble):
    bench.pool.trouble = {FIRST_WIDTH: trouble}
    bench.run()
    assert bench.statuses() == ["pending", "done", "done", "done"]
    assert bench.page(0).suspect
    assert bench.suspects.set_aside == {bench.pages[0]}
    assert bench.library.runs.wanted(bench.batch_id) == bench.pages[:1], "the next run is to read it"
    started = len(bench.pool.helpers)
    bench.run()
    assert len(bench.pool.helpers) == started, "it was read again in the same run"
    bench.worker(Suspects()).run()
    assert bench.statuses() == ["done"] * 4


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (RecognizerBroken("It raised."), "The text recognition failed on this picture twice."),
        (MemoryError(), "needs more memory than there is"),
    ],
)
def test_a_page_on_which_two_recognizers_raise_fails_also_in_helpers(bench, error, sentence):
    bench.pool.trouble = {FIRST_WIDTH: [error, error]}
    bench.run()
    assert bench.statuses() == ["failed", "done", "done", "done"]
    assert sentence in bench.page(0).message


def test_a_suspect_with_an_earlier_reading_keeps_it_when_it_fails(bench):
    bench.run()
    bench.library.runs.drop_checkpoints(bench.pages[:1])
    assert bench.library.runs.claim(bench.pages[0])
    bench.library.runs.suspect(bench.pages[0])
    bench.pool.trouble = {FIRST_WIDTH: [CRASH, CRASH]}
    bench.run()
    page = bench.page(0)
    assert (page.status, bench.library.text(page.id)) == (PageStatus.DONE, "width 20")
    assert page.message.startswith("Reading it again failed; the earlier text was kept. Reading this picture makes")


def test_a_page_that_failed_so_is_read_alone_also_when_a_person_wants_it_read_again(bench):
    """Else Retry would take the whole program down."""
    bench.pool.trouble = {FIRST_WIDTH: [CRASH, CRASH, CRASH, CRASH]}
    bench.run()
    bench.library.runs.drop_checkpoints(bench.pages[:1])
    bench.run()
    assert bench.statuses() == ["failed", "done", "done", "done"]
    assert FIRST_WIDTH not in bench.pool.maker.widths_read
    assert bench.pool.trouble == {FIRST_WIDTH: []}, "two deaths were needed again"


def test_a_helper_is_ready_before_its_page_is_running(bench):
    """So whatever ends it while the page is RUNNING ends it while it reads that page."""
    ready = []
    bench.on_started = lambda page_id: ready.append([helper.is_alive for helper in bench.pool.helpers])
    bench.pool.trouble = {FIRST_WIDTH: [CRASH]}
    bench.run()
    assert ready == [[], [], [True], [False, True], [False, True]]


def test_while_one_worker_reads_suspects_another_ends(bench):
    other = bench.worker()
    seen = []

    def start(page_id):
        if not bench.page(2).status == bench.page(3).status == PageStatus.DONE or seen:
            return
        seen.append(page_id)
        other.run()

    bench.on_started = start
    bench.run()
    assert seen == bench.pages[:1]
    assert bench.statuses() == ["done"] * 4
    assert len(bench.pool.helpers) == 1


def test_when_the_worker_that_reads_suspects_leaves_another_can_go_on(bench):
    leaving = bench.worker()
    bench.on_started = lambda page_id: leaving.leave() if page_id == bench.pages[0] else None
    leaving.run()
    assert bench.statuses() == ["done", "pending", "done", "done"]
    bench.run()
    assert bench.statuses() == ["done"] * 4
    assert not any(helper.is_alive for helper in bench.pool.helpers)


def test_a_helper_that_was_ended_while_it_was_idle_is_replaced(bench):
    numbers = count()

    def end_after_the_first(page_id):
        bench.finished.append(page_id)
        if page_id == bench.pages[0]:
            next(numbers)
            bench.pool.helpers[0].is_alive = False

    worker = bench.worker()
    worker._page_finished = end_after_the_first
    worker.run()
    assert bench.statuses() == ["done"] * 4
    assert next(numbers) == 1
    assert len(bench.pool.helpers) == 2


def test_a_cancelled_run_claims_no_suspect_while_its_helper_starts(bench, monkeypatch):
    start = bench.pool.start_helper

    def start_and_cancel():
        bench.cancel.set()
        return start()

    monkeypatch.setattr(bench.pool, "start_helper", start_and_cancel)
    bench.run()
    assert bench.statuses() == ["pending", "pending", "done", "done"]
    assert not bench.pool.helpers[0].is_alive


def test_a_helper_that_cannot_be_started_ends_the_run_and_no_page_fails(bench, monkeypatch):
    def fail():
        raise NoProcess("The computer cannot start another process.")

    monkeypatch.setattr(bench.pool, "start_helper", fail)
    with pytest.raises(NoProcess):
        bench.run()
    assert bench.statuses() == ["pending", "pending", "done", "done"]
    assert bench.suspects.reading.acquire(blocking=False)


def test_a_suspect_whose_file_has_text_of_its_own_has_no_picture_read(library, decoder, scans):
    (scans / "0.pdf").write_bytes(text_pdf("Text that the page has itself", size=10, mediabox=(0, 0, 360, 180)))
    bench = Bench(library, decoder, scans, suspects=(0,))
    bench.run()
    assert bench.page(0).recognizer == "PDF text"
    assert bench.pool.helpers[0].widths_read == []


def test_the_lines_of_a_suspect_are_compared_by_its_helper_alone(library, decoder, scans):
    (scans / "0.pdf").write_bytes(text_pdf("Text that the page has itself", size=10, mediabox=(0, 0, 360, 180)))
    bench = Bench(library, decoder, scans, suspects=(0,))
    bench.pool.lines_trouble = [CRASH, CRASH]
    bench.run()
    bench.run()
    assert bench.page(0).status is PageStatus.FAILED
    assert len(bench.pool.helpers) == 2
    assert "twice while it read nothing else" in bench.page(0).message


# Decoding processes that were ended


class DyingDecoder:
    """Its processes are ended while they open the second page."""

    def __init__(self, decoder, error: Exception) -> None:
        self._decoder, self._error = decoder, error

    def load_page(self, path, frame=0, **values) -> Picture:
        if path.name == "2.png":
            raise self._error
        return self._decoder.load_page(path, frame, **values)


def test_a_page_whose_decoding_process_was_ended_from_outside_waits_as_a_suspect(library, decoder, scans):
    bench = Bench(library, decoder, scans, suspects=())
    bench.decoder = DyingDecoder(decoder, KILLED)
    bench.run()
    assert bench.statuses() == ["done", "pending", "done", "done"]
    assert (bench.page(1).suspect, bench.page(1).message) == (True, None)
    assert bench.suspects.set_aside == {bench.pages[1]}
    bench.decoder = DyingDecoder(decoder, PageUnreadable("This file makes its decoder crash."))
    bench.worker(Suspects()).run()
    assert bench.statuses() == ["done", "failed", "done", "done"]
