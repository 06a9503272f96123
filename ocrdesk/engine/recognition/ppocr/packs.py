"""Reads lines with a PP-OCR model that the user put into the folder of language packs."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.errors import RecognizerBroken
from ocrdesk.engine.recognition.pack_files import wrong_count
from ocrdesk.engine.recognition.ppocr.line_reader import HEIGHT, WIDTHS, LineReader
from ocrdesk.engine.recognition.ppocr.models import characters_of
from ocrdesk.engine.recognition.ppocr.onnx_sessions import open_reader, steps_of
from ocrdesk.engine.recognition.ppocr.unread import unread_part
from ocrdesk.engine.recognition.read_line import ReadLine

WIDTH = 0.8
"""How wide lines are made, compared with their own width, as for accurate reading with the default reader."""


class Pack:
    """Reads lines with one model. Used by one thread at a time."""

    def __init__(self, path: Path) -> None:
        """Loads the model.

        Raises:
            RecognizerBroken: It has another number of classes than characters.
        """
        likely_of = open_reader(path)
        characters = characters_of(path)
        classes = likely_of(np.zeros((1, 3, HEIGHT, WIDTHS[0]), np.float32)).shape[2]
        if classes != len(characters):
            raise RecognizerBroken(wrong_count(path.name, len(characters), classes))
        # All classes are computed: which ones are common is only known of the default reader.
        self._reader = LineReader(lambda lines: steps_of(likely_of(lines)), characters, WIDTH)

    def read(self, crops: Sequence[Pixels]) -> list[ReadLine]:
        """Reads RGB pictures of one line each; what it skips of a line makes that less clear."""
        lines = zip(crops, self._reader.read(crops), strict=True)
        return [replace(line, clearness=line.clearness * (1 - unread_part(crop, line))) for crop, line in lines]

    def close(self) -> None:
        """Does nothing: the model goes with this object."""
