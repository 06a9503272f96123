"""``ocrdesk run``: reads pages without a window, with the same runner and library."""

import json
import logging
import os
import sys
import time
from collections import deque
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal, Slot

from ocrdesk.cli.export import export_pages
from ocrdesk.cli.languages import languages_of
from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Line, Page, PageStatus, ReadingOrder, Word
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.export.choices import ExportChoices, check_choices
from ocrdesk.engine.intake.drops import Drop, absolute, drops_of, find_pages
from ocrdesk.engine.intake.walk import why_not_to_open
from ocrdesk.engine.layout.page_text import PageText
from ocrdesk.engine.library import Library
from ocrdesk.engine.recognition.making import recognizer_maker
from ocrdesk.engine.steering import harmless_json
from ocrdesk.engine.words import _, plural
from ocrdesk.engine.written_names import written_path
from ocrdesk.interrupts import INTERRUPTED, LAST_SECONDS, Interrupts
from ocrdesk.places import Places
from ocrdesk.runner import BatchRunner
from ocrdesk.settings import FAST, QUIET, load_settings
from ocrdesk.terminal import open_when_free, say
from ocrdesk.uncaught import Uncaught

log = logging.getLogger(__name__)

ALL_READ, SOME_FAILED = 0, 1


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
    reading_order: ReadingOrder | None = None,
    language: str | None = None,
    export: ExportChoices | None = None,
    interrupts: Interrupts | None = None,
) -> int:
    """Reads files and folders; pages read by an earlier run are taken from the library.

    Args:
        places: The folders of the program.
        paths: Files and folders as given.
        workers: How many pages are read at once; 0 means as in the settings, or one per core.
        jsonl: A file for one line of JSON per page, ``-`` for stdout, or None.
        retry_failed: Whether pages that failed before are read again.
        recognizer: Name of the recognizer; None means as in the settings.
        mode: One of ``MODES``; None means as in the settings.
        device: One of ``available_devices()``; None means as in the settings.
        reading_order: The reading order of the pages; None means that of their batch.
        language: The keys of the languages of the pages, with commas between them, or ``auto``; None means those of
            their batch.
        export: How the pages are exported at the end, or None.
        interrupts: Ends the run after the pages being read.

    Returns:
        The exit status.

    Raises:
        OcrdeskError: The command was used wrongly, or the library cannot be opened, read or written.
        Interrupted: The program was interrupted before anything was read.
    """
    interrupts = interrupts or Interrupts()
    for path in paths:
        if not os.path.lexists(path):
            raise OcrdeskError(_("“{path}” does not exist. Check the name.").format(path=path))
        if (why := why_not_to_open(path, str(path))) is not None:
            raise OcrdeskError(_("{why} Name files and folders.").format(why=why))
    if export is not None:
        check_choices(export)  # before anything is read
    languages = languages_of(language, places)
    kept = load_settings(places.settings)
    settings = replace(
        kept,
        recognizer=recognizer or kept.recognizer,
        mode=mode or kept.mode,
        device=device or kept.device,
        workers=workers or kept.workers_here,
    )
    with ExitStack() as open_things:
        library = open_when_free(partial(Library, places.library), interrupts)
        open_things.callback(library.close)
        decoder = Decoder()
        open_things.callback(decoder.close)
        out = _output(jsonl, open_things)
        app = QCoreApplication.instance() or QCoreApplication([])
        make = recognizer_maker(
            settings.recognizer,
            fast=settings.mode == FAST,
            device=settings.device,
            say=say,
            kept=places.models,
            packs=places.languages,
        )
        interrupts.check()
        runner = BatchRunner(library, decoder, make, settings.workers, quiet=settings.mode == QUIET)
        run = _TerminalRun(library, decoder, runner, out, paths, reading_order, languages, interrupts)
        with Uncaught(run.fail), interrupts.told(run.interrupted.emit, runner.give_up):
            run.begin(retry_failed)
            app.exec()
            if not runner.close(LAST_SECONDS):
                log.error("A page was still being read %.0f s after the end of the run", LAST_SECONDS)
                interrupts.leave(run.exit_status)
        if run.error is not None:
            raise run.error
        if export is not None and run.exit_status != INTERRUPTED:
            exported = export_pages(library, decoder, export, run.page_ids, interrupts)
            run.exit_status = max(run.exit_status, exported)
    return run.exit_status


def _output(jsonl: str | None, open_things: ExitStack) -> TextIO | None:
    if jsonl is None:
        return None
    if jsonl == "-":
        if sys.stdout is None:
            raise OcrdeskError(_("The results cannot be written because standard output is closed. Name a file."))
        return sys.stdout
    try:
        return open_things.enter_context(open(jsonl, "w", encoding="utf-8", newline="\n"))  # noqa: PTH123
    except OSError as error:
        raise OcrdeskError(
            _("“{jsonl}” cannot be written ({strerror}). Name another file.").format(
                jsonl=jsonl, strerror=error.strerror
            )
        ) from error


class _TerminalRun(QObject):
    """One ``ocrdesk run``: several batches, their given pages, and what is printed about them.

    Folders are added one at a time from the event loop, so that other events are handled between two of them.

    Attributes:
        interrupted: Emitted, from any thread, to end the run after the pages being read.
        exit_status: The exit status of the program.
        error: The error that ended the run, to be raised where it was started.
        page_ids: The pages that were given.
    """

    interrupted = Signal()

    def __init__(
        self,
        library: Library,
        decoder: Decoder,
        runner: BatchRunner,
        out: TextIO | None,
        paths: Sequence[Path],
        reading_order: ReadingOrder | None,
        languages: tuple[str, ...] | None,
        interrupts: Interrupts,
    ) -> None:
        super().__init__()
        self.exit_status = ALL_READ
        self.error: BaseException | None = None
        self._is_over = False
        self._library = library
        self._decoder = decoder
        self._runner = runner
        self._out = out
        self._reading_order = reading_order
        self._languages = languages
        self._as_given = {absolute(path): path for path in paths}
        self._drops = deque(drops_of(list(self._as_given)))
        self._retry_failed = False
        self._stop = interrupts.wanted
        self._is_stopping = False
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
        self.interrupted.connect(self._on_interrupted, Qt.ConnectionType.QueuedConnection)
        runner.left.connect(self._on_left)

    def begin(self, retry_failed: bool) -> None:
        """Adds the paths, prints pages that are already read and starts reading the rest, once the event loop runs."""
        self._retry_failed = retry_failed
        QTimer.singleShot(0, self._find_next)

    @Slot()
    def _find_next(self) -> None:
        if self._stop.is_set() or self._is_stopping or self._is_over:
            return
        if not self._drops:
            self._finish_if_read()
            return
        drop = self._drops.popleft()
        find_pages(self._library, drop, self._decoder.count_pages, self._say_found, self._stop.is_set)
        if self._stop.is_set():
            return
        _say_left_out(drop)
        self.page_ids.extend(drop.page_ids)
        if drop.batch_id is not None:
            self._begin_batch(drop.batch_id, drop.page_ids, self._retry_failed)
        QTimer.singleShot(0, self._find_next)

    def _begin_batch(self, batch_id: int, page_ids: list[int], retry_failed: bool) -> None:
        wanted, texts = self._reading_order, self._library.texts
        if wanted is not None and wanted is not texts.reading_order_of(batch_id):
            texts.set_reading_order_of_batch(batch_id, wanted)
            texts.renew(self._library.page_ids(batch_id))
        languages, kept = self._languages, self._library.reading_languages
        is_other = languages is not None and languages != kept.of_batch(batch_id)
        if languages is not None and is_other:
            kept.set_for_batch(batch_id, languages)
        pages = self._library.pages(page_ids)
        self._total += len(page_ids)
        again = [
            page.id
            for page in pages.values()
            if (page.status is PageStatus.FAILED and retry_failed) or (page.status is PageStatus.DONE and is_other)
        ]
        rest = []
        for page_id in page_ids:
            page = pages[page_id]
            if page.status is PageStatus.PENDING:
                rest.append(page_id)
            elif page_id not in again:
                self._count_and_print(page)
        self._library.runs.unqueue(batch_id)
        self._wanted.update(rest, again)
        if rest or again:
            self._batches.add(batch_id)
            self._runner.start(batch_id, rest)
            self._runner.retry(batch_id, again)

    @Slot(int)
    def _on_page_finished(self, page_id: int) -> None:
        page = self._library.page(page_id)
        if page is not None and page_id in self._wanted and page.status in (PageStatus.DONE, PageStatus.FAILED):
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
            print(harmless_json(json.dumps(self._json(page), ensure_ascii=False)), file=self._out, flush=True)
        except OSError as error:
            say(
                _(
                    "The results cannot be written ({strerror}). Run the same command again to get them; "
                    "no page is lost."
                ).format(strerror=error.strerror)
            )
            if self._out is not sys.stdout:
                with suppress(OSError):  # what remains in the buffer cannot be written, either
                    self._out.close()
            self._out = None
            self._end_after_pages_in_flight()

    def _json(self, page: Page) -> dict[str, object]:
        text = self._library.texts.of(page.id) if page.status is PageStatus.DONE else PageText(())
        return {
            **written_path("file", self._as_it_was_given(page.path)),
            "page": page.frame,
            "status": page.status.value,
            "text": text.text,
            "paragraphs": text.flowing.split("\n\n") if text.blocks else [],
            "lines": [
                _placed(line)
                | ({"corrected": True} if line.is_corrected else {})
                | ({"words": [_placed(word) for word in line.words]} if line.words else {})
                for line in text.lines
            ],
            "rotation": page.rotation,
            "size": [page.width, page.height] if page.width is not None else None,
            "seconds": round(page.seconds, 3) if page.seconds is not None else None,
            "error": page.message,
            "remark": page.remark,
        }

    def _as_it_was_given(self, file: Path) -> Path:
        for path in (file, *file.parents):
            if path in self._as_given:
                return self._as_given[path] / file.relative_to(path)
        return file

    @Slot(int)
    def _on_run_finished(self, batch_id: int) -> None:
        self._batches.discard(batch_id)
        self._finish_if_read()

    def _finish_if_read(self) -> None:
        if self._is_stopping or self._stop.is_set():
            if self._runner.batch_id is None:
                self._finish(INTERRUPTED)
        elif not self._batches and not self._drops:
            self._finish(self.exit_status)

    @Slot(str)
    def _on_stopped(self, error: str) -> None:
        say(error)
        self._finish(SOME_FAILED)

    @Slot(str)
    def _on_left(self, why: str) -> None:
        say(why)
        self.exit_status = SOME_FAILED

    def fail(self, error: BaseException) -> None:
        """Ends the run because of an uncaught error."""
        self.error = self.error or error
        self._leave_loop()

    @Slot()
    def _on_interrupted(self) -> None:
        flying = self._runner.pages_in_flight
        self._end_after_pages_in_flight()  # before printing, so that no page is started meanwhile
        if flying:
            say(
                plural(
                    "Finishing {count} page… (interrupt again to stop at once)",
                    "Finishing {count} pages… (interrupt again to stop at once)",
                    flying,
                )
            )

    def _end_after_pages_in_flight(self) -> None:
        self._is_stopping = True
        self._library.begin_close()
        for batch_id in [*self._runner.waiting, *([self._runner.batch_id] if self._runner.batch_id else [])]:
            self._runner.cancel(batch_id)
        self._finish_if_read()

    def _finish(self, status: int) -> None:
        if self._is_over:
            return
        self.exit_status = status
        minutes, seconds = divmod(int(time.monotonic() - self._begun), 60)
        rest = self._total - self._read - self._failed
        say(
            _("{read} of {total} pages read, {failed} failed").format(
                read=self._read, total=self._total, failed=self._failed
            )
            + (_(", {rest} left: run the same command again to go on").format(rest=rest) if rest else "")
            + _(" ({minutes}:{seconds:02} min).").format(minutes=minutes, seconds=seconds)
        )
        self._leave_loop()

    def _leave_loop(self) -> None:
        self._is_over = True
        QCoreApplication.exit()

    def _say_found(self, drop: Drop) -> None:
        if len(drop.page_ids) > 500:
            say(_("{count:,} pages found…").format(count=len(drop.page_ids)))

    def _say_progress(self, page: Page) -> None:
        done = self._read + self._failed
        left = self._runner.pace.seconds_left(self._total - done)
        pace = _(", about {minutes} left").format(minutes=_minutes(left)) if left else ""
        lines = plural("{count} line", "{count:,} lines", page.line_count or 0)
        read = f"{lines}  {page.remark}" if page.remark else lines
        what = _("failed: {message}").format(message=page.message) if page.status is PageStatus.FAILED else read
        say(f"{done}/{self._total}{pace}  {page.name}  {what}")


def _placed(text: Line | Word) -> dict[str, object]:
    return {
        "text": text.text,
        "confidence": round(text.confidence, 4),
        "polygon": [[round(x, 1), round(y, 1)] for x, y in text.polygon],
    }


def _say_left_out(drop: Drop) -> None:
    if drop.batch_id is None:
        say(
            _("No pictures in “{path}”: {left_out}.").format(
                path=drop.paths[0], left_out=str(drop.left_out) or _("it is empty")
            )
        )
    elif drop.left_out.count:
        say(_("Skipped: {left_out}.").format(left_out=drop.left_out))


def _minutes(seconds: float) -> str:
    return _("{seconds:.0f} min").format(seconds=seconds / 60) if seconds >= 90 else f"{max(1, seconds):.0f} s"
