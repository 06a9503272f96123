"""Small models for OpenVINO, whose answers can be told beforehand."""

import numpy as np
import openvino
from openvino import opset13 as ops

from ocrdesk.engine.recognition.ppocr.reader_head import BUCKET
from ocrdesk.engine.recognition.ppocr.sessions import ModelFiles

FEATURES = 6


def ints(*values):
    return ops.constant(np.array(values, np.int64))


def save(path, result, picture):
    openvino.save_model(openvino.Model([result], [picture]), path, compress_to_fp16=False)
    return path


def small_trunk(picture, seed=1):
    """Features of every eight columns: lines × steps × features."""
    filters = np.random.default_rng(seed).normal(0, 0.15, (FEATURES, 3, 48, 8)).astype(np.float32)
    seen = ops.convolution(picture, filters, [1, 8], [0, 0], [0, 0], [1, 1])
    return ops.transpose(ops.squeeze(seen, ints(2)), ints(0, 2, 1))


def save_reader(path, weights, bias):
    picture = ops.parameter([-1, 3, 48, -1], np.float32)
    scores = ops.add(ops.matmul(small_trunk(picture), weights, False, False), bias.reshape(1, 1, -1))
    return save(path, ops.softmax(scores, 2), picture)


def save_map(path, factor):
    """A detector that gives the first channel times a number."""
    picture = ops.parameter([-1, 3, -1, -1], np.float32)
    first = ops.gather(picture, ints(0), np.int64(1))
    return save(path, ops.multiply(first, np.float32(factor)), picture)


def save_vote(path):
    """A classifier that gives the means of two channels."""
    picture = ops.parameter([-1, 3, -1, -1], np.float32)
    return save(path, ops.gather(ops.reduce_mean(picture, ints(2, 3), False), ints(0, 2), np.int64(1)), picture)


def weights_for(count, seed=3, size=0.5):
    random = np.random.default_rng(seed)
    return random.normal(0, size, (FEATURES, count)).astype(np.float32), random.normal(0, 0.5, count).astype(np.float32)


def save_models(folder, count=3 * BUCKET - 1, weights=None, bias=None, **others):
    own_weights, own_bias = weights_for(count)
    reader = save_reader(
        folder / "reader.xml", own_weights if weights is None else weights, own_bias if bias is None else bias
    )
    return ModelFiles(save_map(folder / "detector.xml", 1), save_vote(folder / "vote.xml"), reader, **others)


def lines(count=3, steps=12, seed=5):
    return np.random.default_rng(seed).uniform(-1, 1, (count, 3, 48, 8 * steps)).astype(np.float32)
