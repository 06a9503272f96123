"""The models on OpenVINO."""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np

from ocrdesk.engine.recognition.ppocr.bf16 import PRECISION, as_floats
from ocrdesk.engine.recognition.ppocr.detectors import Detectors
from ocrdesk.engine.recognition.ppocr.quiet_openvino import openvino
from ocrdesk.engine.recognition.ppocr.reader_head import ReaderHead, cut_head
from ocrdesk.engine.recognition.ppocr.sessions import Floats, ModelFiles, Sessions, Steps


def open_on_openvino(files: ModelFiles, kept: Path | None = None) -> Callable[[], Sessions]:
    """Loads the models for any number of workers, each with a thread of its own; ``kept`` as in ``open_models``.

    A worker's thread does its own computing: a model compiled for several threads would pass each line to a thread of
    its own, which costs a tenth of the time. So the reader is compiled for each worker, which takes 11 MB; the
    classifier, which only sees a dozen lines of a page, is shared.
    """
    core = openvino.Core()
    has_bf16 = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    precision = os.environ.get(PRECISION) or ("bf16" if has_bf16 else "f32")
    is_small = precision == "f32"
    settings = {
        "NUM_STREAMS": 1,
        "INFERENCE_NUM_THREADS": 1,
        "ENABLE_CPU_PINNING": False,
        PRECISION: precision,
    }
    trunk, head = cut_head(core.read_model(files.reader), files.characters)
    if is_small and files.small_reader is not None:
        trunk = core.read_model(files.small_reader)
    reader = head.put_on(trunk, precision == "bf16")
    small_detector = files.small_detector if is_small else None
    detectors = Detectors(core, small_detector or files.detector, settings, kept)
    classifier = core.compile_model(core.read_model(files.classifier), "CPU", settings)
    prepared = iter([core.compile_model(reader, "CPU", settings)])  # now, to see whether all this works here

    def open_sessions() -> Sessions:
        own = next(prepared, None) or core.compile_model(reader, "CPU", settings)
        return _OpenVinoSessions(detectors, classifier.create_infer_request(), own.create_infer_request(), head)

    return open_sessions


class _OpenVinoSessions:
    def __init__(
        self,
        detectors: Detectors,
        classifier: openvino.InferRequest,
        reader: openvino.InferRequest,
        head: ReaderHead,
    ) -> None:
        self._detectors, self._classifier, self._reader, self._head = detectors, classifier, reader, head

    def detect(self, picture: Floats) -> Floats:
        return self._detectors.detect(picture)

    def classify(self, lines: Floats) -> Floats:
        return _run(self._classifier, lines)[0]

    def read(self, lines: Floats) -> Steps:
        common, unsure, features, best = _run(self._reader, lines)
        steps = self._head.choose_common(as_floats(common))
        if len(unsure):
            steps.put(unsure.astype(np.int64), self._head.choose(as_floats(features), as_floats(best)))
        return steps.by_line(lines.shape[0])


def _run(request: openvino.InferRequest, batch: Floats) -> list[Floats]:
    """Returns the outputs of a model. They are the request's own memory, which its next run overwrites."""
    return list(request.infer({0: batch}, share_inputs=True, share_outputs=True).values())
