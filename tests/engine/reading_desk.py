"""Takes in folders and reads them with stand-ins for recognizers, for the tests of the worker and its files."""

import threading

from fakes import FakeRecognizer, Maker
from pdfs import text_pdf

from ocrdesk.engine.fingerprint import Fingerprints
from ocrdesk.engine.intake.drops import Drop, find_pages
from ocrdesk.engine.recognition.pool import RecognizerPool
from ocrdesk.engine.worker import Suspects, Worker

BOX = (0, 0, 360, 180)
"""A page of 1,500 × 750 pixels."""


class OtherRecognizer(FakeRecognizer):
    """Reads the same, by another name."""

    name = "other"


class Desk:
    """Takes in folders and reads them, each time as a run of its own does."""

    def __init__(self, library, decoder):
        self.library = library
        self.decoder = decoder
        self.maker = Maker()

    def take_in(self, folder) -> tuple[int, list[int]]:
        drop = Drop([folder])
        find_pages(self.library, drop, self.decoder.count_pages, queued=True)
        return drop.batch_id, drop.page_ids

    def run(self, batch_id: int) -> None:
        pool = RecognizerPool(self.maker)
        Worker(
            self.library, self.decoder, Fingerprints(), pool, batch_id, threading.Event(), Suspects(),
            lambda _: None, lambda _: None,
        ).run()  # fmt: skip

    def read(self, folder) -> list[int]:
        """Takes in a folder and reads it."""
        batch_id, page_ids = self.take_in(folder)
        self.run(batch_id)
        return page_ids

    def read_again(self, page_id: int) -> None:
        """What Retry does."""
        self.library.runs.drop_checkpoints([page_id])
        self.run(self.library.page(page_id).batch_id)

    @property
    def widths_read(self) -> list[int]:
        return self.maker.widths_read


def own(*lines: str, **values) -> bytes:
    return text_pdf(*(lines or ("Text that the page has itself",)), size=10, mediabox=BOX, **values)
