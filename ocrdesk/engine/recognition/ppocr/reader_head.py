"""The reader's last layer on OpenVINO.

It distinguishes 18,710 classes and would take a third of the reading time. Two things make it faster. In European text,
nine steps in ten certainly belong to one of 900 common classes, which are tried first, so the other classes need not be
computed for them. And of the rest, the model only returns the highest score of every ten classes; which of the ten it
was is computed again.
"""

from collections.abc import Sequence

import numpy as np

from ocrdesk.engine.recognition.ppocr.bf16 import given_in_bf16
from ocrdesk.engine.recognition.ppocr.quiet_openvino import openvino, ops
from ocrdesk.engine.recognition.ppocr.sessions import NEAR, Classes, Floats, Steps

BUCKET = 10
"""How many classes share one score in the model's output."""

COMMON = (("", "\u206f"), ("\u3000", "\u303f"), ("\uff00", "\uffef"))
"""The common classes, which are tried first, are the blank and the characters in these ranges: Latin, Greek, Cyrillic,
punctuation, full-width forms."""

SURE, SURE_BLANK = 17.0, 24.0
"""Logits from which the best common class is certain, and from which the blank is: of 209,866 such steps, none would
have been another class."""


class ReaderHead:
    """The reader's last layer.

    Attributes:
        weights: features × classes, the number of classes padded to a multiple of ``BUCKET``.
        bias: One for each class.
        common: The numbers of the common classes.
    """

    def __init__(self, weights: Floats, bias: Floats, characters: Sequence[str] = ()) -> None:
        others = (number for number, its in enumerate(characters) if number and any(a <= its <= z for a, z in COMMON))
        self.common = np.array([0, *others], np.int64)
        missing = -len(bias) % BUCKET
        self.weights = np.pad(weights.astype(np.float32), ((0, 0), (0, missing)))
        self.bias = np.pad(bias.astype(np.float32), (0, missing), constant_values=-1e9)
        # The classes of a bucket are one stride apart, so that the best of each is found with whole vectors at once.
        self._stride = len(self.bias) // BUCKET
        by_bucket = self.weights.T.reshape(BUCKET, self._stride, -1).transpose(1, 0, 2)
        self._weights_of = np.ascontiguousarray(by_bucket)
        self._bias_of = np.ascontiguousarray(self.bias.reshape(BUCKET, self._stride).T)

    def put_on(self, trunk: openvino.Model, is_bf16: bool) -> openvino.Model:
        """Returns the model with this head.

        Its outputs are the input of ``choose_common``, the numbers of the steps which that does not decide, and the
        two inputs of ``choose`` for these steps.
        """
        features = ops.reshape(_source(trunk.output(0)), _ints(-1, self.weights.shape[0]), False)
        common = ops.add(ops.matmul(features, self.weights[:, self.common], False, False), self.bias[self.common])
        enough = np.where(self.common == 0, SURE_BLANK, SURE).astype(np.float32)
        is_unsure = ops.less(ops.reduce_max(ops.subtract(common, enough), _ints(1), False), np.float32(0))
        unsure = ops.squeeze(ops.non_zero(is_unsure), _ints(0))
        left = ops.gather(features, unsure, np.int64(0))
        scores = ops.add(ops.matmul(left, self.weights, False, False), self.bias)
        buckets = ops.reshape(scores, _ints(-1, BUCKET, self._stride), False)
        best = ops.reduce_max(buckets, _ints(1), False)
        common, left, best = (node.output(0) for node in (common, left, best))
        if is_bf16:
            common, left, best = given_in_bf16([common, left, best])
        return openvino.Model([common, unsure.output(0), left, best], trunk.get_parameters())

    def choose_common(self, common: Floats) -> Steps:
        """Chooses among the common classes, for each step."""
        likely = 1 / np.exp(common - common.max(axis=1, keepdims=True)).sum(axis=1)
        first = common.argmax(axis=1)
        rivals, ratios = np.zeros_like(first), np.zeros_like(likely)
        unsure = np.flatnonzero(likely < 1 / (1 + NEAR))
        second, ratios[unsure] = _second(common[unsure], first[unsure])
        rivals[unsure] = self.common[second]
        return Steps(self.common[first], likely, rivals, _near(ratios))

    def choose(self, features: Floats, best: Floats) -> Steps:
        """Chooses among all classes, for each step; its probability is that among the best classes of all buckets."""
        bucket = best.argmax(axis=1)
        top = best.max(axis=1, keepdims=True)
        likely = 1 / np.exp(best - top).sum(axis=1)
        scores = self._scores(features, bucket)
        first = scores.argmax(axis=1)
        # The rival is the second best class of the same bucket, or the best one of the second best bucket.
        second, ratios = _second(scores, first)
        rivals = second * self._stride + bucket
        unsure = np.flatnonzero(likely < 1 / (1 + NEAR))
        other, ratio = _second(best[unsure], bucket[unsure])
        is_nearer = ratio > np.maximum(ratios[unsure], NEAR)
        unsure, other = unsure[is_nearer], other[is_nearer]
        ratios[unsure] = ratio[is_nearer]
        rivals[unsure] = self._scores(features[unsure], other).argmax(axis=1) * self._stride + other
        return Steps(first * self._stride + bucket, likely, rivals, _near(ratios))

    def _scores(self, features: Floats, bucket: Classes) -> Floats:
        """Returns the scores of the classes of one bucket for each step: steps × ``BUCKET``."""
        scores: Floats = np.einsum("sf,scf->sc", features, self._weights_of[bucket]) + self._bias_of[bucket]
        return scores


def _second(scores: Floats, first: Classes) -> tuple[Classes, Floats]:
    """Returns the number of the second best score of each step and how likely it is compared with the best."""
    steps = np.arange(len(scores))
    others = scores.copy()
    others[steps, first] = -np.inf
    second = others.argmax(axis=1)
    return second, np.exp(others[steps, second] - scores[steps, first])


def _near(ratios: Floats) -> Floats:
    return np.where(ratios >= NEAR, ratios, np.float32(0))


def cut_head(reader: openvino.Model, characters: Sequence[str] = ()) -> tuple[openvino.Model, ReaderHead]:
    """Cuts the last layer (product, bias, softmax) off the reader; returns the rest and that layer."""
    softmax = reader.output(0).get_node().input_value(0).get_node()
    add = _source(softmax.input_value(0)).get_node()
    first, second = (_source(add.input_value(number)) for number in (0, 1))
    product, bias = (first, second) if first.get_node().get_type_name() == "MatMul" else (second, first)
    features, weights = (product.get_node().input_value(number) for number in (0, 1))
    head = ReaderHead(_constant(weights), _constant(bias).reshape(-1), characters)
    return openvino.Model([features], reader.get_parameters()), head


def _source(output: openvino.Output) -> openvino.Output:
    """Follows a value back to the node that computes it, past result nodes and nodes that do nothing."""
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
