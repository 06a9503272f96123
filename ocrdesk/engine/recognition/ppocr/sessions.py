"""The inputs and outputs of the models, whatever they run on."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Classes = npt.NDArray[np.int64]

NEAR = 0.02
"""A class is a rival of the likeliest one if it is at least this many times as likely. Of words that were misread, a
third have the right one among their alternatives; with 0.1 it is a quarter, and with 0.01 hardly more,
while the lines of a library, which grow by 4 in 100 with this, would grow by 5."""


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
        rivals: The second likeliest class where it is near, else any: lines × steps.
        ratios: How likely that one is compared with the likeliest, ``NEAR`` to 1; 0 where none is near: lines × steps.
    """

    classes: Classes
    confidences: Floats
    rivals: Classes
    ratios: Floats

    def of_line(self, number: int) -> "Steps":
        """Returns the steps of one line."""
        return Steps(self.classes[number], self.confidences[number], self.rivals[number], self.ratios[number])

    def by_line(self, lines: int) -> "Steps":
        """Returns steps that are one after the other as lines × steps."""
        shape = lines, -1
        classes, rivals = self.classes.reshape(shape), self.rivals.reshape(shape)
        return Steps(classes, self.confidences.reshape(shape), rivals, self.ratios.reshape(shape))

    def put(self, places: Classes, others: "Steps") -> None:
        """Puts other steps in the place of some."""
        self.classes[places], self.confidences[places] = others.classes, others.confidences
        self.rivals[places], self.ratios[places] = others.rivals, others.ratios


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
