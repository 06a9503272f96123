"""What the models are asked, and what they answer, whatever they run on."""

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
        detector: ONNX file; finds lines.
        classifier: ONNX file; tells whether a line stands on its head.
        reader: ONNX file; reads lines.
        small_detector: The detector in int8 for processors without bf16, OpenVINO's format, or None.
        small_reader: The reader up to its features, likewise.
        characters: What the reader's classes mean; the first is the blank.
    """

    detector: Path
    classifier: Path
    reader: Path
    small_detector: Path | None = None
    small_reader: Path | None = None
    characters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Steps:
    """What the reader saw, a step every eight pixels; class 0 is the blank between letters.

    Attributes:
        classes: The likeliest class of each step: lines × steps.
        confidences: How likely it is, 0 to 1: lines × steps.
    """

    classes: npt.NDArray[np.int64]
    confidences: Floats


class Sessions(Protocol):
    """The three models, for one worker. Pictures are BGR, −1 to 1, number × 3 × height × width."""

    def detect(self, picture: Floats) -> Floats:
        """How likely each pixel of one picture belongs to a line: height × width; sides are multiples of 32."""
        ...

    def classify(self, lines: Floats) -> Floats:
        """How likely each line stands upright, or on its head: lines × 2."""
        ...

    def read(self, lines: Floats) -> Steps:
        """Reads lines 48 pixels high."""
        ...
