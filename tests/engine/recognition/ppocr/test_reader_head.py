from functools import partial

import numpy as np
import pytest

openvino = pytest.importorskip("openvino")

from fake_openvino import FEATURES, lines, save, save_models, small_trunk, weights_for  # noqa: E402
from openvino import opset13 as ops  # noqa: E402

from ocrdesk.engine.recognition.ppocr import reader_head  # noqa: E402
from ocrdesk.engine.recognition.ppocr.bf16 import PRECISION  # noqa: E402
from ocrdesk.engine.recognition.ppocr.openvino_sessions import open_on_openvino  # noqa: E402
from ocrdesk.engine.recognition.ppocr.reader_head import BUCKET, SURE, SURE_BLANK, ReaderHead  # noqa: E402
from ocrdesk.engine.recognition.ppocr.sessions import NEAR, ModelFiles  # noqa: E402

COUNTS = [BUCKET, BUCKET + 1, 3 * BUCKET - 1, 5 * BUCKET + 3]
"""Of classes: whole buckets, and what is left over."""


@pytest.fixture
def make_files(tmp_path):
    return partial(save_models, tmp_path)


@pytest.fixture(autouse=True)
def exact(monkeypatch):
    """Without bf16, whatever this processor can do."""
    monkeypatch.setenv(PRECISION, "f32")


def plainly(files, batch):
    """What the reader gives as it is: lines × steps × classes."""
    model = openvino.Core().compile_model(files.reader, "CPU", {PRECISION: "f32"})
    return model(batch)[0]


@pytest.mark.parametrize("count", COUNTS)
def test_it_reads_the_likeliest_class_as_a_plain_softmax_does(make_files, count):
    files = make_files(count)
    steps = open_on_openvino(files)().read(lines())
    likely = plainly(files, lines())
    assert steps.classes.shape == steps.confidences.shape == likely.shape[:2] == (3, 12)
    assert np.array_equal(steps.classes, likely.argmax(axis=2))
    assert len(np.unique(steps.classes)) > 3
    assert 0 < steps.confidences.min() <= steps.confidences.max() <= 1
    assert (steps.confidences >= likely.max(axis=2) - 1e-5).all(), "rivals of the same bucket are left out"


@pytest.mark.parametrize("count", COUNTS[1:])
def test_it_is_as_sure_as_a_plain_softmax_where_each_bucket_has_one_likely_class(make_files, count):
    weights, bias = weights_for(count)
    stride = -(-count // BUCKET)
    bias[stride:] -= 40  # of each bucket, the first class is the only one that counts
    files = make_files(weights=weights, bias=bias)
    steps = open_on_openvino(files)().read(lines())
    likely = plainly(files, lines())
    assert np.array_equal(steps.classes, likely.argmax(axis=2))
    assert steps.confidences == pytest.approx(likely.max(axis=2), abs=1e-5)


@pytest.mark.parametrize("count", COUNTS)
def test_every_class_can_be_chosen(count):
    head = ReaderHead(np.eye(count, dtype=np.float32), np.zeros(count, np.float32))
    features = 5 * np.eye(count, dtype=np.float32)
    scores = features @ head.weights + head.bias
    assert scores.shape[1] % BUCKET == 0
    best = scores.reshape(count, BUCKET, -1).max(axis=1)
    steps = head.choose(features, best)
    assert steps.classes.tolist() == list(range(count))
    rivals = scores.shape[1] // BUCKET - 1
    empty = (scores.reshape(count, BUCKET, -1).max(axis=1) < -1e8).sum(axis=1)
    assert steps.confidences == pytest.approx(1 / (1 + (rivals - empty) * np.exp(-5)), abs=1e-5)


def assert_rivals(steps, likely):
    """The rivals are those of a plain softmax, but for what differs by a hair."""
    ordered = np.sort(likely, axis=2)
    ratios = ordered[..., -2] / ordered[..., -1]
    is_near = ratios >= NEAR
    assert 0.1 < is_near.mean() < 1
    assert steps.ratios == pytest.approx(np.where(is_near, ratios, 0), abs=1e-3)
    assert np.array_equal(steps.rivals[is_near], np.argsort(likely, axis=2)[..., -2][is_near])


@pytest.mark.parametrize("count", COUNTS)
def test_the_rival_is_the_second_likeliest_class_of_the_same_bucket_or_of_another(make_files, count):
    files = make_files(count)
    steps = open_on_openvino(files)().read(lines())
    likely = plainly(files, lines())
    assert_rivals(steps, likely)
    stride = -(-count // BUCKET)
    is_same_bucket = (steps.rivals % stride == steps.classes % stride)[steps.ratios > 0]
    assert is_same_bucket.any()
    assert (~is_same_bucket).any() == (stride > 1)


def test_the_bias_decides_too():
    head = ReaderHead(np.zeros((FEATURES, 23), np.float32), np.arange(23, dtype=np.float32))
    best = head.bias.reshape(BUCKET, -1).max(axis=0)[None]
    assert head.choose(np.zeros((1, FEATURES), np.float32), best).classes.tolist() == [22]


def blank_scores(files, weights, bias, batch):
    """The score of the blank at each step, from what the model as it is makes likely."""
    picture = ops.parameter([-1, 3, 48, -1], np.float32)
    model = openvino.Model([small_trunk(picture)], [picture])
    return openvino.Core().compile_model(model, "CPU", {PRECISION: "f32"})(batch)[0] @ weights[:, 0] + bias[0]


def test_steps_that_are_surely_blank_are_blank_and_the_others_stay_in_their_places(make_files):
    weights, bias = weights_for(23, size=2.0)
    bias[0] = SURE_BLANK
    files = make_files(weights=weights, bias=bias)
    is_sure = blank_scores(files, weights, bias, lines()) >= SURE_BLANK
    assert 0.2 < is_sure.mean() < 0.8
    steps = open_on_openvino(files)().read(lines())
    likely = plainly(files, lines())
    assert (steps.classes[is_sure] == 0).all()
    assert (steps.confidences[is_sure] == 1).all()
    assert np.array_equal(steps.classes[~is_sure], likely.argmax(axis=2)[~is_sure])
    assert np.unique(steps.classes[~is_sure]).size > 1


def test_a_line_of_blanks_alone_is_read(make_files):
    weights, bias = weights_for(23, size=0.01)
    bias[0] = 2 * SURE_BLANK
    steps = open_on_openvino(make_files(weights=weights, bias=bias))().read(lines(2, 9))
    assert steps.classes.tolist() == [[0] * 9] * 2
    assert steps.confidences.tolist() == [[1.0] * 9] * 2


# What is looked at first

CHARACTERS = ("", "a", "é", "Я", "’", "。", "，", "发", "あ", "한", " ")
HAS_MANY = (*CHARACTERS, *"bcdefg", *"发生的上重号")


def scores_of(files, batch):
    """The scores before the softmax: lines × steps × classes."""
    weights, bias = weights_for(len(HAS_MANY), size=2.0)
    picture = ops.parameter([-1, 3, 48, -1], np.float32)
    model = openvino.Model([small_trunk(picture)], [picture])
    return openvino.Core().compile_model(model, "CPU", {PRECISION: "f32"})(batch)[0] @ weights + bias


def test_letters_and_punctuation_are_looked_at_first_and_ideographs_are_not():
    head = ReaderHead(np.zeros((FEATURES, 11), np.float32), np.zeros(11, np.float32), CHARACTERS)
    assert [CHARACTERS[number] for number in head.common] == ["", "a", "é", "Я", "’", "。", "，", " "]


def test_a_common_class_that_is_sure_wins_and_all_classes_decide_the_other_steps(make_files, monkeypatch):
    weights, bias = weights_for(len(HAS_MANY), size=2.0)
    files = make_files(weights=weights, bias=bias, characters=HAS_MANY)
    scores = scores_of(files, lines())
    common = ReaderHead(weights, bias, HAS_MANY).common
    surest = scores[..., common[1:]].max(axis=2)
    monkeypatch.setattr(reader_head, "SURE", float(np.median(surest)) + 1e-3)
    monkeypatch.setattr(reader_head, "SURE_BLANK", 1e6)
    is_sure = surest >= reader_head.SURE
    best_common = common[scores[..., common].argmax(axis=2)]
    assert 0.1 < is_sure.mean() < 0.9
    assert (best_common != scores.argmax(axis=2))[is_sure].any(), "else it would not matter what is looked at first"
    steps = open_on_openvino(files)().read(lines())
    assert np.array_equal(steps.classes[is_sure], best_common[is_sure])
    assert np.array_equal(steps.classes[~is_sure], scores.argmax(axis=2)[~is_sure])
    likely = np.exp(scores[..., common] - scores[..., common].max(axis=2, keepdims=True))
    assert steps.confidences[is_sure] == pytest.approx(1 / likely.sum(axis=2)[is_sure], abs=1e-4)
    order = np.argsort(likely, axis=2)
    is_near = is_sure & (np.take_along_axis(likely, order[..., -2:-1], axis=2)[..., 0] >= NEAR)
    assert is_near.any()
    assert np.array_equal(steps.rivals[is_near], common[order[..., -2]][is_near])
    assert (steps.ratios[is_sure] > 0).sum() == is_near.sum()


def test_a_blank_must_be_surer_than_a_letter(make_files):
    """Between the letters of Chinese it is nearly as sure as they are."""
    bias = np.zeros(len(HAS_MANY), np.float32)
    bias[0], bias[HAS_MANY.index("发")] = (SURE + SURE_BLANK) / 2, SURE_BLANK - 1
    weights = np.zeros((FEATURES, len(bias)), np.float32)
    read = open_on_openvino(make_files(weights=weights, bias=bias, characters=HAS_MANY))().read(lines(1, 4))
    assert read.classes.tolist() == [[HAS_MANY.index("发")] * 4]


# Where it is cut off


def test_a_reader_whose_last_layer_is_wrapped_is_cut_all_the_same(make_files, tmp_path):
    """As in real files: the bias first, weights in half the width, nodes that do nothing."""
    weights, bias = weights_for(23)
    picture = ops.parameter([-1, 3, 48, -1], np.float32)
    half = ops.convert(ops.constant(weights.astype(np.float16)), np.float32)
    scores = ops.add(ops.constant(bias.reshape(1, 1, -1)), ops.matmul(small_trunk(picture), half, False, False))
    path = save(tmp_path / "wrapped.xml", ops.softmax(scores, 2), picture)
    plain = make_files(weights=weights.astype(np.float16).astype(np.float32), bias=bias)
    wrapped = ModelFiles(plain.detector, plain.classifier, path)
    read = [open_on_openvino(files)().read(lines()) for files in (plain, wrapped)]
    assert np.array_equal(read[0].classes, read[1].classes)
    assert read[0].confidences == pytest.approx(read[1].confidences, abs=1e-4)


def test_it_looks_past_nodes_that_do_nothing():
    value = ops.parameter([1], np.float32)
    assert reader_head._source(ops.result(value).output(0)).get_node().get_type_name() == "Parameter"
