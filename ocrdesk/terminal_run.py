"""``ocrdesk run``: reads without a window, with the same runner and library."""

import json
import os
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QCoreApplication, QObject, Slot

from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Line, Page, PageStatus, Word
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.export.choices import ExportChoices, check_choices
from ocrdesk.engine.intake import Drop, absolute, drops_of, take_in
from ocrdesk.engine.layout.page_text import PageText
from ocrdesk.engine.layout.ways import Way
from ocrdesk.engine.library import Library
from ocrdesk.engine.recognition.recognizer import recognizer_maker
from ocrdesk.interrupts import Interrupts
from ocrdesk.places import Places
from ocrdesk.runner import BatchRunner
from ocrdesk.settings import FAST, QUIET, load_settings
from ocrdesk.terminal import say
from ocrdesk.terminal_export import export_pages

ALL_READ, SOME_FAILED, BAD_USE, INTERRUPTED = 0, 1, 2, 130


def run_in_terminal(
    places: Places,
    paths: Sequence[Path],
    *,
    workers: int = 0,
    jsonl: str | None = None,
    retry_failed: bool = False,
    recognizer: str | None = None,
    mode: str | None = None,
    device: str | None = None,
    way: Way | None = None,
    export: ExportChoices | None = None,
) -> int:
    """Reads files and folders; pages finished by an earlier run are given from the library.

    Args:
        places: Where the library is.
        paths: Files and folders as given.
        workers: How many pages are read at once; 0 means as set, or one per core.
        jsonl: File for a JSON line a page, ``-`` for stdout, or None.
        retry_failed: Whether pages that failed before are read once more.
        recognizer: Name of the recognizer; None means as set.
        mode: One of ``MODES``; None means as set.
        device: One of ``available_devices()``; None means as set.
        way: How the pages are put in order; None means as set for their batch.
        export: What becomes of the pages at the end, or None.

    Returns:
        The exit status.

    Raises:
        OcrdeskError: Bad use, or the library cannot be opened.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise OcrdeskError(f"“{path}” does not exist. Check the name.")
    if export is not None:
        check_choices(export)  # before anything is read
    kept = load_settings(places.settings)
    settings = replace(
        kept,
        recognizer=recognizer or kept.recognizer,
        mode=mode or kept.mode,
        device=device or kept.device,
        workers=workers or kept.workers,
    )
    with ExitStack() as open_things:
        library = Library(places.library)
        open_things.callback(library.close)
        decoder = Decoder()
        open_things.callback(decoder.close)
        out = _output(jsonl, open_things)
        app = QCoreApplication.instance() or QCoreApplication([])
        make = recognizer_maker(
            settings.recognizer, fast=settings.mode == FAST, device=settings.device, say=say, kept=places.models
        )
        runner = BatchRunner(library, decoder, make, settings.workers, quiet=settings.mode == QUIET)
        run = _TerminalRun(library, decoder, runner, out, paths, way)
        with Interrupts(run.interrupt):
            run.begin(retry_failed)
            if not run.is_over:
                app.exec()
            runner.close(seconds=3600)
        if export is not None and run.exit_status != INTERRUPTED:
            run.exit_status = max(run.exit_status, export_pages(library, decoder, export, run.page_ids))
    return run.exit_status


def _output(jsonl: str | None, open_things: ExitStack) -> TextIO | None:
    if jsonl is None:
        return None
    if jsonl == "-":
        return sys.stdout
    try:
        return open_things.enter_context(open(jsonl, "w", encoding="utf-8", newline="\n"))  # noqa: PTH123
    except OSError as error:
        raise OcrdeskError(f"“{jsonl}” cannot be written ({error.strerror}). Name another file.") from error


class _TerminalRun(QObject):
    """One ``ocrdesk run``: several batches, their pages as given, and what is printed of them."""

    def __init__(
        self,
        library: Library,
        decoder: Decoder,
        runner: BatchRunner,
        out: TextIO | None,
        paths: Sequence[Path],
        way: Way | None = None,
    ) -> None:
        super().__init__()
        self.exit_status = ALL_READ
        self.is_over = False
        self._library = library
        self._decoder = decoder
        self._runner = runner
        self._out = out
        self._way = way
        self._as_given = {absolute(path): path for path in paths}
        self._interrupted = False
        self.page_ids: list[int] = []
        self._wanted: set[int] = set()
        self._total = 0
        self._read = 0
        self._failed = 0
        self._batches: set[int] = set()
        self._begun = time.monotonic()
        runner.page_finished.connect(self._on_page_finished)
        runner.run_finished.connect(self._on_run_finished)
        runner.stopped.connect(self._on_stopped)

    def begin(self, retry_failed: bool) -> None:
        """Takes in the paths, prints what is known already and starts reading the rest."""
        for drop in drops_of(list(self._as_given)):
            take_in(self._library, drop, self._decoder.count_pages, self._say_found, lambda: self._interrupted)
            _say_left_out(drop)
            self.page_ids.extend(drop.page_ids)
            if drop.batch_id is not None and not self._interrupted:
                self._begin_batch(drop.batch_id, drop.page_ids, retry_failed)
        if self._interrupted:
            self._finish(INTERRUPTED)
        elif not self._batches:
            self._finish(self.exit_status)

    def _begin_batch(self, batch_id: int, page_ids: list[int], retry_failed: bool) -> None:
        if self._way is not None and self._way is not self._library.texts.way_of(batch_id):
            self._library.texts.read_batch(batch_id, self._way)
            self._library.texts.renew(self._library.page_ids(batch_id))
        pages = self._library.pages(page_ids)
        self._total += len(page_ids)
        again = [page.id for page in pages.values() if page.status is PageStatus.FAILED and retry_failed]
        rest = []
        for page_id in page_ids:
            page = pages[page_id]
            if page.status is PageStatus.PENDING:
                rest.append(page_id)
            elif page_id not in again:
                self._count_and_print(page)
        self._library.unqueue(batch_id)
        self._wanted.update(rest, again)
        if rest or again:
            self._batches.add(batch_id)
            self._runner.start(batch_id, rest)
            self._runner.retry(batch_id, again)

    @Slot(int)
    def _on_page_finished(self, page_id: int) -> None:
        page = self._library.page(page_id)
        if page is not None and page_id in self._wanted:
            self._wanted.discard(page_id)
            self._count_and_print(page)
            self._say_progress(page)

    def _count_and_print(self, page: Page) -> None:
        if page.status is PageStatus.FAILED:
            self._failed += 1
            self.exit_status = SOME_FAILED
        else:
            self._read += 1
        if self._out is None:
            return
        try:
            print(json.dumps(self._json(page), ensure_ascii=False), file=self._out, flush=True)
        except OSError as error:
            say(f"The results cannot be written ({error.strerror}). Run the same again to get them; no page is lost.")
            if self._out is not sys.stdout:
                with suppress(OSError):  # what is left in the buffer cannot be written either
                    self._out.close()
            self._out = None
            self.interrupt()

    def _json(self, page: Page) -> dict[str, object]:
        text = self._library.texts.of(page.id) if page.status is PageStatus.DONE else PageText(())
        return {
            "file": self._given_name(page),
            "page": page.frame,
            "status": page.status.value,
            "text": text.text,
            "paragraphs": text.flowing.split("\n\n") if text.paragraphs else [],
            "lines": [
                _placed(line) | ({"words": [_placed(word) for word in line.words]} if line.words else {})
                for line in text.lines
            ],
            "rotation": page.rotation,
            "size": [page.width, page.height] if page.width is not None else None,
            "seconds": round(page.seconds, 3) if page.seconds is not None else None,
            "error": page.message,
        }

    def _given_name(self, page: Page) -> str:
        for path in (page.path, *page.path.parents):
            if path in self._as_given:
                given = self._as_given[path] / page.path.relative_to(path)
                return os.fspath(given).encode("utf-8", "replace").decode("utf-8")
        return os.fspath(page.path).encode("utf-8", "replace").decode("utf-8")

    @Slot(int)
    def _on_run_finished(self, batch_id: int) -> None:
        self._batches.discard(batch_id)
        if self._interrupted:
            self._finish(INTERRUPTED)
        elif not self._batches:
            self._finish(self.exit_status)

    @Slot(str)
    def _on_stopped(self, error: str) -> None:
        say(error)
        self._batches.clear()
        self._finish(SOME_FAILED)

    def interrupt(self) -> None:
        """Ends the run after the pages in flight; the second time at once."""
        if self._interrupted:
            # An end that was wished for is no death of the pages in flight. In a thread and not for long: the signal
            # may have come while this thread itself was writing.
            putting_back = threading.Thread(target=self._put_back, daemon=True)
            putting_back.start()
            putting_back.join(timeout=2)
            os._exit(INTERRUPTED)
        self._interrupted = True
        flying = self._runner.pages_in_flight
        if flying:
            say(f"Finishing {flying} page{'s' if flying > 1 else ''}… (interrupt again to stop at once)")
        for batch_id in [*self._runner.waiting, *([self._runner.batch_id] if self._runner.batch_id else [])]:
            self._runner.cancel(batch_id)

    def _put_back(self) -> None:
        if self._runner.batch_id is not None:
            self._library.take_up(self._runner.batch_id)

    def _finish(self, status: int) -> None:
        if self.is_over:
            return
        self.is_over = True
        self.exit_status = status
        minutes, seconds = divmod(int(time.monotonic() - self._begun), 60)
        rest = self._total - self._read - self._failed
        say(
            f"{self._read} of {self._total} pages read, {self._failed} failed"
            + (f", {rest} left: run the same again to go on" if rest else "")
            + f" ({minutes}:{seconds:02} min)."
        )
        QCoreApplication.exit()

    def _say_found(self, drop: Drop) -> None:
        if len(drop.page_ids) > 500:
            say(f"{len(drop.page_ids):,} pages found…")

    def _say_progress(self, page: Page) -> None:
        done = self._read + self._failed
        left = self._runner.pace.seconds_left(self._total - done)
        pace = f", about {_minutes(left)} left" if left else ""
        lines = "1 line" if page.line_count == 1 else f"{page.line_count} lines"
        what = f"failed: {page.message}" if page.status is PageStatus.FAILED else lines
        say(f"{done}/{self._total}{pace}  {page.name}  {what}")


def _placed(text: Line | Word) -> dict[str, object]:
    return {
        "text": text.text,
        "confidence": round(text.confidence, 4),
        "polygon": [[round(x, 1), round(y, 1)] for x, y in text.polygon],
    }


def _say_left_out(drop: Drop) -> None:
    if drop.batch_id is None:
        say(f"No pictures in “{drop.paths[0]}”: {str(drop.left_out) or 'it is empty'}.")
    elif drop.left_out.count:
        say(f"Left out: {drop.left_out}.")


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{max(1, seconds):.0f} s"
