"""The inputs and outputs of the models, whatever they run on."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """Where the models of a recognizer are.

    Attributes:
        detector: ONNX file; finds text lines.
        classifier: ONNX file; says whether a line is upside down.
        reader: ONNX file; reads lines.
        small_detector: The detector in int8, in OpenVINO's format, for processors without bf16; or None.
        small_reader: The reader up to its last layer, likewise.
        characters: The character of each of the reader's classes; the first is the blank.
    """

    detector: Path
    classifier: Path
    reader: Path
    small_detector: Path | None = None
    small_reader: Path | None = None
    characters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Steps:
    """The reader's output, one step for every eight pixels; class 0 is the blank between letters.

    Attributes:
        classes: The likeliest class of each step: lines × steps.
        confidences: The probability of that class, 0 to 1: lines × steps.
    """

    classes: npt.NDArray[np.int64]
    confidences: Floats


class Sessions(Protocol):
    """The three models, for one worker. Pictures are BGR, −1 to 1, number × 3 × height × width."""

    def detect(self, picture: Floats) -> Floats:
        """Returns the probability that each pixel of one picture belongs to a text line: height × width.

        Both sides of the picture must be multiples of 32.
        """
        ...

    def classify(self, lines: Floats) -> Floats:
        """Returns the probabilities that each line is upright and that it is upside down: lines × 2."""
        ...

    def read(self, lines: Floats) -> Steps:
        """Reads lines 48 pixels high."""
        ...
