"""PP-OCRv4 with the ``rapidocr-onnxruntime`` package, the extra ``ocrdesk[ppocrv4]``. Alone imports that package."""

import logging
import os
from collections.abc import Sequence

import numpy as np

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.document import Reading
from ocrdesk.engine.recognition.opencv import qt_variables_kept
from ocrdesk.engine.recognition.page_reader import Boxes, read_picture
from ocrdesk.engine.recognition.recognizer import PPOCR_V4

with qt_variables_kept():
    from rapidocr_onnxruntime import RapidOCR


class PpOcrV4:
    """The generation before: Chinese and English. Used by one thread at a time."""

    name = PPOCR_V4

    def __init__(self, threads: int) -> None:
        _quiet_logs()
        # The package hands both numbers to all three sessions, and silently ignores one above the count of cores.
        threads = min(threads, os.cpu_count() or 1)
        self._models = RapidOCR(intra_op_num_threads=threads, inter_op_num_threads=1)

    def read(self, picture: Pixels) -> Reading:
        """Reads all text of an RGB picture."""
        return read_picture(self, picture)

    def detect(self, picture: Pixels) -> Boxes:
        """Finds the lines of a BGR picture: n × 4 × 2."""
        found, _ = self._models.auto_text_det(picture)
        return np.zeros((0, 4, 2), np.float32) if found is None else np.asarray(found, np.float32)

    def upside_down(self, crops: Sequence[Pixels]) -> list[bool]:
        """Tells for each BGR line whether it stands on its head."""
        return [label == "180" for label, _ in self._models.text_cls(list(crops))[1]] if crops else []

    def recognize(self, crops: Sequence[Pixels]) -> list[tuple[str, float]]:
        """Reads BGR lines: text and confidence."""
        if not crops:
            return []
        found, _ = self._models.text_rec(list(crops), False)
        return [(line[0], float(line[1])) for line in found]


def _quiet_logs() -> None:
    """Lets the package's messages go where the program's own go.

    Importing it hangs a handler for the terminal on two loggers; one of them is also that of the ``rapidocr`` package.
    """
    for name in ("RapidOCR", "OrtInferSession"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
        logger.setLevel(logging.WARNING)
