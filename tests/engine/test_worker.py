import threading

import pytest
from fakes import (
    FIRST_WIDTH,
    BlindRecognizer,
    BrokenOnceRecognizer,
    BrokenRecognizer,
    FakeRecognizer,
    Gate,
    Maker,
    SlowRecognizer,
    broken_image,
    draw_pages,
    full_disk,
    many_frames,
    reading,
    statuses,
)

from ocrdesk.engine.document import PageStatus, Reading
from ocrdesk.engine.errors import LibraryError, NoProcess, RecognizerBroken
from ocrdesk.engine.fingerprint import Fingerprints
from ocrdesk.engine.intake.drops import Drop, find_pages
from ocrdesk.engine.recognition.pool import RecognizerPool
from ocrdesk.engine.worker import Suspects, Worker


class Bench:
    """A batch whose pages are all wanted, and a worker for it that runs in the test's own thread."""

    def __init__(self, library, decoder, scans, make):
        self.library = library
        self.decoder = decoder
        self.fingerprints = Fingerprints()
        self.maker = make
        self.pool = RecognizerPool(self.maker)
        self.cancel = threading.Event()
        self.started: list[int] = []
        self.finished: list[int] = []
        drop = Drop([scans])
        find_pages(library, drop, decoder.count_pages)
        self.batch_id, self.pages = drop.batch_id, drop.page_ids
        library.runs.queue(self.batch_id)

    def on_finished(self, page_id: int) -> None:
        self.finished.append(page_id)

    def worker(self) -> Worker:
        def finished(page_id: int) -> None:
            self.on_finished(page_id)

        return Worker(
            self.library, self.decoder, self.fingerprints, self.pool, self.batch_id, self.cancel, Suspects(),
            self.started.append, finished,
        )  # fmt: skip

    def run(self) -> None:
        self.worker().run()

    def statuses(self) -> list[str]:
        return statuses(self.library, self.batch_id)

    def message(self, number: int) -> str | None:
        return self.library.page(self.pages[number]).message


@pytest.fixture
def make_bench(library, decoder, scans):
    """Makes the batch of what was drawn in ``scans`` until then."""

    def make(maker=None) -> Bench:
        return Bench(library, decoder, scans, maker or Maker())

    return make


def test_every_page_is_read_kept_and_told_of(library, scans, make_bench):
    draw_pages(scans, 3)
    bench = make_bench()
    bench.run()
    assert bench.statuses() == ["done"] * 3
    assert bench.started == bench.finished == bench.pages
    assert [library.text(page_id) for page_id in bench.pages] == ["width 20", "width 21", "width 22"]
    assert [library.page(page_id).recognizer for page_id in bench.pages] == ["fake"] * 3
    assert all(library.page(page_id).seconds > 0 for page_id in bench.pages)


def test_the_frame_of_the_page_is_read(library, scans, make_bench):
    many_frames(scans / "x.tif", 30, 31)
    bench = make_bench()
    bench.run()
    assert [library.text(page_id) for page_id in bench.pages] == ["width 30", "width 31"]


def test_a_page_without_text_is_done_and_not_failed(library, scans, make_bench):
    draw_pages(scans, 1)
    bench = make_bench(Maker(BlindRecognizer))
    bench.run()
    assert library.page(bench.pages[0]).is_blank


def test_the_rotation_is_that_of_the_file_and_of_the_reading_together(library, scans, make_bench, monkeypatch):
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 8  # 270 degrees
    Image.new("L", (20, 10)).save(scans / "1.jpg", exif=exif)

    class Turning(FakeRecognizer):
        def read(self, picture, turn=None):
            return Reading((), width=picture.shape[0], height=picture.shape[1], turn=180)

    bench = make_bench(Maker(Turning))
    bench.run()
    page = library.page(bench.pages[0])
    assert (page.turn, page.rotation) == (180, 90)


# Pages that fail


def test_a_page_that_fails_does_not_stop_its_neighbours(library, scans, make_bench):
    draw_pages(scans, 3)
    broken_image(scans / "2.png")
    bench = make_bench()
    bench.run()
    assert bench.statuses() == ["done", "failed", "done"]
    assert bench.message(1).startswith("The picture is cut off: only the upper ")
    assert bench.finished == bench.pages


def test_a_file_that_went_away_fails_with_a_sentence(library, scans, make_bench):
    first, _ = draw_pages(scans, 2)
    bench = make_bench()
    first.unlink()
    bench.run()
    assert bench.statuses() == ["failed", "done"]
    assert "no longer there" in bench.message(0)


def test_a_broken_recognizer_is_replaced_once_and_the_page_tried_again(library, scans, make_bench):
    draw_pages(scans, 3)
    recognizers = [BrokenOnceRecognizer(), FakeRecognizer()]
    left = recognizers.copy()
    bench = make_bench(lambda: left.pop(0))
    bench.run()
    assert bench.statuses() == ["done"] * 3
    broken, fresh = recognizers
    assert broken.widths_read == [FIRST_WIDTH]
    assert fresh.widths_read == [FIRST_WIDTH, FIRST_WIDTH + 1, FIRST_WIDTH + 2]
    assert bench.pool.lend() is fresh, "the fresh one stays warm, the broken one is gone"


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (RecognizerBroken("gone"), "The text recognition failed on this picture twice."),
        (IndexError("from inside"), "The text recognition failed on this picture twice."),
        (MemoryError(), "needs more memory than there is"),
    ],
)
def test_a_page_that_breaks_two_recognizers_fails_and_the_next_page_is_read(
    library, scans, make_bench, error, sentence
):
    draw_pages(scans, 2)
    recognizers = [BrokenRecognizer(error), BrokenRecognizer(error), FakeRecognizer()]
    left = recognizers.copy()
    bench = make_bench(lambda: left.pop(0))
    bench.run()
    assert bench.statuses() == ["failed", "done"]
    assert sentence in bench.message(0)
    assert [len(recognizer.widths_read) for recognizer in recognizers] == [1, 1, 1]


def test_a_recognizer_that_cannot_be_loaded_ends_the_run_and_releases_the_page(library, scans, make_bench):
    draw_pages(scans, 2)

    def fail():
        raise RecognizerBroken("The text recognition cannot be loaded.")

    bench = make_bench(fail)
    with pytest.raises(RecognizerBroken):
        bench.run()
    assert bench.statuses() == ["pending", "pending"]
    assert bench.finished == []
    assert library.batch(bench.batch_id).counts.queued == 2


# The library fails


class Talkative(FakeRecognizer):
    """Reads more than a full disk can hold."""

    def read(self, picture, turn=None):
        super().read(picture, turn)
        return reading(*["words " * 200] * 100)


def test_a_library_that_fails_releases_the_page_and_ends_the_run(library, scans, make_bench):
    draw_pages(scans, 2)
    bench = make_bench(Maker(Talkative))
    with full_disk(library):
        with pytest.raises(LibraryError, match="is full"):
            bench.run()
        assert bench.statuses() == ["pending", "pending"]
    assert bench.finished == [], "nothing is shown before it is on disk"
    bench.run()
    assert bench.statuses() == ["done", "done"]
    assert len(bench.maker.made) == 1, "the recognizer was given back although the run failed"


def test_a_page_that_cannot_even_be_released_leaves_the_first_error_standing(library, scans, make_bench, monkeypatch):
    draw_pages(scans, 1)
    bench = make_bench(Maker(Talkative))

    def fail(_):
        raise LibraryError("The second error.")

    with monkeypatch.context() as patched, full_disk(library), pytest.raises(LibraryError, match="is full"):
        patched.setattr(library.runs, "release", fail)
        bench.run()
    assert bench.statuses() == ["running"]
    library.runs.requeue_running(bench.batch_id)
    bench.run()
    assert bench.statuses() == ["done"]


# Cancelling


def test_an_event_set_before_the_run_claims_nothing(library, scans, make_bench):
    draw_pages(scans, 2)
    bench = make_bench()
    bench.cancel.set()
    bench.run()
    assert bench.statuses() == ["pending", "pending"]
    assert bench.started == []
    assert bench.maker.made == []


def test_an_event_set_while_a_page_is_read_keeps_that_page_and_claims_no_other(library, scans, make_bench):
    draw_pages(scans, 3)
    gate = Gate()
    bench = make_bench(Maker(SlowRecognizer, gate))
    thread = threading.Thread(target=bench.run)
    thread.start()
    gate.wait_until_inside()
    assert bench.statuses() == ["running", "pending", "pending"]
    bench.cancel.set()
    gate.open()
    thread.join()
    assert bench.statuses() == ["done", "pending", "pending"]
    assert library.text(bench.pages[0]) == "width 20"
    assert bench.finished == bench.pages[:1]


def test_the_event_is_looked_at_after_the_checkpoint_of_every_page(library, scans, make_bench):
    draw_pages(scans, 3)
    bench = make_bench()
    kept = []

    def cancel_at_the_second(page_id):
        kept.append(library.page(page_id).status)
        if len(kept) == 2:
            bench.cancel.set()

    bench.on_finished = cancel_at_the_second
    bench.run()
    assert bench.statuses() == ["done", "done", "pending"]
    assert kept == [PageStatus.DONE, PageStatus.DONE], "a page was told of before it was on disk"
    bench.cancel.clear()
    bench.run()
    assert bench.maker.widths_read == [FIRST_WIDTH, FIRST_WIDTH + 1, FIRST_WIDTH + 2]


def test_a_worker_that_is_to_leave_finishes_its_page_and_the_others_go_on(library, scans, make_bench):
    draw_pages(scans, 3)
    bench = make_bench()
    leaving, staying = bench.worker(), bench.worker()
    bench.on_finished = lambda _: leaving.leave()
    leaving.run()
    assert bench.statuses() == ["done", "pending", "pending"]
    assert (leaving.is_leaving, staying.is_leaving) == (True, False)
    staying.run()
    assert bench.statuses() == ["done"] * 3


# Side by side


def test_two_workers_share_a_batch_and_read_no_page_twice(library, scans, make_bench):
    draw_pages(scans, 6)
    gate = Gate()
    bench = make_bench(Maker(SlowRecognizer, gate))
    threads = [threading.Thread(target=bench.worker().run) for _ in range(2)]
    for thread in threads:
        thread.start()
    gate.wait_until_inside(2)
    gate.open()
    for thread in threads:
        thread.join()
    assert bench.statuses() == ["done"] * 6
    assert bench.maker.widths_read == [FIRST_WIDTH + number for number in range(6)]
    assert len(bench.maker.made) == 2, "one recognizer was shared by two threads"


def test_the_recognizer_stays_warm_for_the_next_run(library, scans, make_bench):
    draw_pages(scans, 2)
    bench = make_bench()
    bench.run()
    library.runs.drop_checkpoints(bench.pages)
    bench.run()
    assert len(bench.maker.made) == 1


def test_a_page_removed_while_it_is_read_is_no_error(library, scans, make_bench):
    draw_pages(scans, 2)
    gate = Gate()
    bench = make_bench(Maker(SlowRecognizer, gate))
    thread = threading.Thread(target=bench.run)
    thread.start()
    gate.wait_until_inside()
    library.remove_pages(bench.pages[:1])
    gate.open()
    thread.join()
    assert bench.statuses() == ["done"]
    assert library.texts.lines(bench.pages[0]) == ()


def test_where_no_process_can_be_started_the_run_stops_and_the_pages_wait(make_bench, scans, monkeypatch):
    draw_pages(scans, 2)
    bench = make_bench()

    def fail(*_: object, **__: object):
        raise NoProcess("The computer cannot start another process. Close other programs.")

    monkeypatch.setattr(bench.decoder, "load_page", fail)
    with pytest.raises(NoProcess):
        bench.run()
    assert bench.statuses() == ["pending", "pending"]
