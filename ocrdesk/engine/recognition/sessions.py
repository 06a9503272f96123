"""What the models run on: loaded once however many workers read. Alone decides between libraries.

OpenVINO is two to three times as quick as ONNX Runtime on processors, so it is taken where it is installed.
"""

import importlib.util
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

log = logging.getLogger(__name__)

Floats = npt.NDArray[np.float32]

OPENVINO = "openvino"
ONNX_RUNTIME = "onnxruntime"
PROVIDERS = {
    "cuda": "CUDAExecutionProvider",
    "directml": "DmlExecutionProvider",
    "coreml": "CoreMLExecutionProvider",
}
"""Graphics processors that a build of ONNX Runtime may know, and its names for them."""

_FILES = {"cuda": "*onnxruntime_providers_cuda.*", "directml": "DirectML.dll", "coreml": "libonnxruntime.*dylib"}
"""Which file of ONNX Runtime tells that it knows a graphics processor: asking it would mean to load all of it."""

AUTO = "auto"


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


def available_devices() -> list[str]:
    """What the models can run on here, the choice of the program itself first."""
    openvino, onnx_runtime = (importlib.util.find_spec(name) for name in (OPENVINO, ONNX_RUNTIME))
    folders = [Path(folder, "capi") for folder in (onnx_runtime and onnx_runtime.submodule_search_locations) or ()]
    graphics = [name for name, file in _FILES.items() if any(any(folder.glob(file)) for folder in folders)]
    return [AUTO, *([OPENVINO] if openvino else []), ONNX_RUNTIME, *graphics]


def open_models(
    files: ModelFiles, device: str, say: Callable[[str], None], kept: Path | None = None
) -> Callable[[], Sessions]:
    """Loads the models once; what it gives makes the sessions of one worker after the other.

    Args:
        files: The models.
        device: One of ``available_devices()``; another one is replaced by the program's own choice.
        say: Told in a sentence when ``device`` cannot be had.
        kept: Folder where models that took time to prepare are kept for the next start, or None.
    """
    if device in PROVIDERS:
        from ocrdesk.engine.recognition.onnx_sessions import NoProvider, open_on_onnx_runtime

        try:
            return open_on_onnx_runtime(files, PROVIDERS[device])
        except NoProvider as error:
            log.warning("The models cannot run on %s", device, exc_info=error)
            say(f"The graphics processor cannot be used ({error}); the pages are read by the main processor instead.")
    if device != ONNX_RUNTIME and importlib.util.find_spec("openvino"):
        try:
            from ocrdesk.engine.recognition.openvino_sessions import open_on_openvino

            return open_on_openvino(files, kept)
        except Exception as error:  # a wheel that does not fit this computer fails in many ways; there is another one
            log.warning("OpenVINO cannot be used", exc_info=error)
            say("OpenVINO cannot be used on this computer, so reading takes longer. The log tells why.")
    elif device == OPENVINO:
        say("OpenVINO is not installed; the pages are read by ONNX Runtime, which takes longer.")
    from ocrdesk.engine.recognition.onnx_sessions import open_on_onnx_runtime

    return open_on_onnx_runtime(files, "CPUExecutionProvider")


def cores() -> int:
    """How many processors this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
