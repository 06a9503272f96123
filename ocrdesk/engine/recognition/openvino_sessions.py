"""The models on OpenVINO.

The reader's last layer tells 18,710 classes apart and would take a third of the time. Two things shorten it: steps
that are surely blank do not reach it, and of what it gives only the best of each ten classes leaves the model; which
of the ten it was is computed again for the few steps that matter.
"""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ocrdesk.engine.recognition.bf16 import PRECISION, as_floats, given_in_bf16
from ocrdesk.engine.recognition.detectors import Detectors
from ocrdesk.engine.recognition.quiet_openvino import openvino, ops
from ocrdesk.engine.recognition.sessions import Floats, ModelFiles, Sessions, Steps

BUCKET = 10
"""So many classes give one number out of the model."""

SURELY_BLANK = 25.0
"""Score of the blank above which it wins: 1 of 2,000 such steps would have been another class, by a hair."""


def open_on_openvino(files: ModelFiles, streams: int, kept: Path | None = None) -> Callable[[], Sessions]:
    """Loads the models for so many workers at once, each with a thread of its own; ``kept`` as of ``open_models``."""
    core = openvino.Core()
    has_bf16 = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    precision = os.environ.get(PRECISION) or ("bf16" if has_bf16 else "f32")
    is_small = precision == "f32"
    settings = {
        "NUM_STREAMS": streams,
        "INFERENCE_NUM_THREADS": streams,
        "ENABLE_CPU_PINNING": False,
        PRECISION: precision,
    }
    trunk, head = _cut(core.read_model(files.reader))
    if is_small and files.small_reader is not None:
        trunk = core.read_model(files.small_reader)
    small_detector = files.small_detector if is_small else None
    detectors = Detectors(core, small_detector or files.detector, settings, kept)
    classifier = core.compile_model(core.read_model(files.classifier), "CPU", settings)
    reader = core.compile_model(head.put_on(trunk, precision == "bf16"), "CPU", settings)
    return lambda: _OpenVinoSessions(detectors, classifier.create_infer_request(), reader.create_infer_request(), head)


class _OpenVinoSessions:
    def __init__(
        self,
        detectors: Detectors,
        classifier: openvino.InferRequest,
        reader: openvino.InferRequest,
        head: "_Head",
    ) -> None:
        self._detectors, self._classifier, self._reader, self._head = detectors, classifier, reader, head

    def detect(self, picture: Floats) -> Floats:
        return self._detectors.detect(picture)

    def classify(self, lines: Floats) -> Floats:
        return _run(self._classifier, lines)[0]

    def read(self, lines: Floats) -> Steps:
        where, features, best = _run(self._reader, lines)
        shape = lines.shape[0], -1
        steps = lines.shape[0] * (lines.shape[3] // 8)
        classes = np.zeros(steps, np.int64)
        confidences = np.ones(steps, np.float32)
        if len(where):
            classes[where], confidences[where] = self._head.choose(as_floats(features), as_floats(best))
        return Steps(classes.reshape(shape), confidences.reshape(shape))


def _run(request: openvino.InferRequest, batch: Floats) -> list[Floats]:
    """What it gives is the request's own memory, overwritten by its next run."""
    return list(request.infer({0: batch}, share_inputs=True, share_outputs=True).values())


class _Head:
    """The reader's last layer.

    Attributes:
        weights: features × classes, the classes filled up to a multiple of ``BUCKET``.
        bias: classes.
    """

    def __init__(self, weights: Floats, bias: Floats) -> None:
        missing = -len(bias) % BUCKET
        self.weights = np.pad(weights.astype(np.float32), ((0, 0), (0, missing)))
        self.bias = np.pad(bias.astype(np.float32), (0, missing), constant_values=-1e9)
        # Classes that share a bucket stand one stride apart, so that the best of them is found by whole vectors.
        self._stride = len(self.bias) // BUCKET
        by_bucket = self.weights.T.reshape(BUCKET, self._stride, -1).transpose(1, 0, 2)
        self._weights_of = np.ascontiguousarray(by_bucket)
        self._bias_of = np.ascontiguousarray(self.bias.reshape(BUCKET, self._stride).T)

    def put_on(self, trunk: openvino.Model, is_bf16: bool) -> openvino.Model:
        """A model that gives which steps may be letters, their features, and the best score of each bucket."""
        features = ops.reshape(_source(trunk.output(0)), _ints(-1, self.weights.shape[0]), False)
        blank = ops.add(ops.matmul(features, self.weights[:, 0], False, False), self.bias[:1])
        where = ops.squeeze(ops.non_zero(ops.less(blank, np.float32(SURELY_BLANK))), _ints(0))
        letters = ops.gather(features, where, np.int64(0))
        scores = ops.add(ops.matmul(letters, self.weights, False, False), self.bias)
        buckets = ops.reshape(scores, _ints(-1, BUCKET, self._stride), False)
        best = ops.reduce_max(buckets, _ints(1), False)
        scored = [letters.output(0), best.output(0)]
        return openvino.Model(
            [where.output(0), *(given_in_bf16(scored) if is_bf16 else scored)], trunk.get_parameters()
        )

    def choose(self, features: Floats, best: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
        """The class of each step and how likely it is, its rivals being the best of the other buckets."""
        bucket = best.argmax(axis=1)
        top = best.max(axis=1, keepdims=True)
        scores = np.einsum("sf,scf->sc", features, self._weights_of[bucket]) + self._bias_of[bucket]
        return scores.argmax(axis=1) * self._stride + bucket, 1 / np.exp(best - top).sum(axis=1)


def _cut(reader: openvino.Model) -> tuple[openvino.Model, _Head]:
    """Cuts the last layer off: product, bias, softmax."""
    softmax = reader.output(0).get_node().input_value(0).get_node()
    add = _source(softmax.input_value(0)).get_node()
    first, second = (_source(add.input_value(number)) for number in (0, 1))
    product, bias = (first, second) if first.get_node().get_type_name() == "MatMul" else (second, first)
    features, weights = (product.get_node().input_value(number) for number in (0, 1))
    head = _Head(_constant(weights), _constant(bias).reshape(-1))
    return openvino.Model([features], reader.get_parameters()), head


def _source(output: openvino.Output) -> openvino.Output:
    """What a value is computed from, past nodes that do nothing and results."""
    while output.get_node().get_type_name() in ("Identity", "Result"):
        output = output.get_node().input_value(0)
    return output


def _constant(output: openvino.Output) -> Floats:
    node = output.get_node()
    while node.get_type_name() != "Constant":
        node = node.input_value(0).get_node()
    values: Floats = node.data
    return values


def _ints(*values: int) -> openvino.Node:
    return ops.constant(np.array(values, np.int64))
