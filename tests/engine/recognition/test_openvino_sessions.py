import gc
import threading
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import numpy as np
import pytest

openvino = pytest.importorskip("openvino")

from openvino import opset13 as ops  # noqa: E402

from ocrdesk.engine.recognition import openvino_sessions  # noqa: E402
from ocrdesk.engine.recognition.bf16 import PRECISION  # noqa: E402
from ocrdesk.engine.recognition.detectors import MOST  # noqa: E402
from ocrdesk.engine.recognition.kept_models import KeptModels  # noqa: E402
from ocrdesk.engine.recognition.openvino_sessions import (  # noqa: E402
    BUCKET,
    SURELY_BLANK,
    _Head,
    open_on_openvino,
)
from ocrdesk.engine.recognition.sessions import ModelFiles  # noqa: E402

FEATURES = 6
COUNTS = [BUCKET, BUCKET + 1, 3 * BUCKET - 1, 5 * BUCKET + 3]
"""Of classes: whole buckets, and what is left over."""


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


@pytest.fixture
def make_files(tmp_path):
    def make(count=3 * BUCKET - 1, weights=None, bias=None, **small):
        own_weights, own_bias = weights_for(count)
        reader = save_reader(
            tmp_path / "reader.xml", own_weights if weights is None else weights, own_bias if bias is None else bias
        )
        return ModelFiles(save_map(tmp_path / "detector.xml", 1), save_vote(tmp_path / "vote.xml"), reader, **small)

    return make


@pytest.fixture(autouse=True)
def exact(monkeypatch):
    """Without bf16, whatever this processor can do."""
    monkeypatch.setenv(PRECISION, "f32")


def lines(count=3, steps=12, seed=5):
    return np.random.default_rng(seed).uniform(-1, 1, (count, 3, 48, 8 * steps)).astype(np.float32)


def plainly(files, batch):
    """What the reader gives as it is: lines × steps × classes."""
    model = openvino.Core().compile_model(files.reader, "CPU", {PRECISION: "f32"})
    return model(batch)[0]


# The head


@pytest.mark.parametrize("count", COUNTS)
def test_it_reads_the_likeliest_class_as_a_plain_softmax_does(make_files, count):
    files = make_files(count)
    steps = open_on_openvino(files, 1)().read(lines())
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
    steps = open_on_openvino(files, 1)().read(lines())
    likely = plainly(files, lines())
    assert np.array_equal(steps.classes, likely.argmax(axis=2))
    assert steps.confidences == pytest.approx(likely.max(axis=2), abs=1e-5)


@pytest.mark.parametrize("count", COUNTS)
def test_every_class_can_be_chosen(count):
    head = _Head(np.eye(count, dtype=np.float32), np.zeros(count, np.float32))
    features = 5 * np.eye(count, dtype=np.float32)
    scores = features @ head.weights + head.bias
    assert scores.shape[1] % BUCKET == 0
    best = scores.reshape(count, BUCKET, -1).max(axis=1)
    classes, confidences = head.choose(features, best)
    assert classes.tolist() == list(range(count))
    rivals = scores.shape[1] // BUCKET - 1
    empty = (scores.reshape(count, BUCKET, -1).max(axis=1) < -1e8).sum(axis=1)
    assert confidences == pytest.approx(1 / (1 + (rivals - empty) * np.exp(-5)), abs=1e-5)


def test_the_bias_decides_too():
    head = _Head(np.zeros((FEATURES, 23), np.float32), np.arange(23, dtype=np.float32))
    best = head.bias.reshape(BUCKET, -1).max(axis=0)[None]
    assert head.choose(np.zeros((1, FEATURES), np.float32), best)[0].tolist() == [22]


def blank_scores(files, weights, bias, batch):
    """The score of the blank at each step, from what the model as it is makes likely."""
    picture = ops.parameter([-1, 3, 48, -1], np.float32)
    model = openvino.Model([small_trunk(picture)], [picture])
    return openvino.Core().compile_model(model, "CPU", {PRECISION: "f32"})(batch)[0] @ weights[:, 0] + bias[0]


def test_steps_that_are_surely_blank_are_blank_and_the_others_stay_in_their_places(make_files):
    weights, bias = weights_for(23, size=2.0)
    bias[0] = SURELY_BLANK
    files = make_files(weights=weights, bias=bias)
    is_sure = blank_scores(files, weights, bias, lines()) >= SURELY_BLANK
    assert 0.2 < is_sure.mean() < 0.8
    steps = open_on_openvino(files, 1)().read(lines())
    likely = plainly(files, lines())
    assert (steps.classes[is_sure] == 0).all()
    assert (steps.confidences[is_sure] == 1).all()
    assert np.array_equal(steps.classes[~is_sure], likely.argmax(axis=2)[~is_sure])
    assert np.unique(steps.classes[~is_sure]).size > 1


def test_a_line_of_blanks_alone_is_read(make_files):
    weights, bias = weights_for(23, size=0.01)
    bias[0] = 2 * SURELY_BLANK
    steps = open_on_openvino(make_files(weights=weights, bias=bias), 1)().read(lines(2, 9))
    assert steps.classes.tolist() == [[0] * 9] * 2
    assert steps.confidences.tolist() == [[1.0] * 9] * 2


def test_what_was_read_stays_when_the_next_lines_are_read(make_files):
    session = open_on_openvino(make_files(), 1)()
    first = session.read(lines(seed=1))
    before = first.classes.copy(), first.confidences.copy()
    session.read(lines(seed=2))
    assert np.array_equal(first.classes, before[0])
    assert np.array_equal(first.confidences, before[1])


# Detector and classifier


def test_the_detectors_answer_is_one_map(make_files):
    session = open_on_openvino(make_files(), 1)()
    for size in ((32, 64), (64, 64), (32, 64)):
        picture = np.random.default_rng(1).random((1, 3, *size), np.float32)
        assert session.detect(picture) == pytest.approx(picture[0, 0], abs=1e-6)


def test_a_map_outlives_what_found_it(make_files):
    session = open_on_openvino(make_files(), 1)()
    pictures = [np.full((1, 3, 256, 256), number, np.float32) for number in range(8)]
    maps = []
    for picture in pictures:
        maps.append(session.detect(picture))
        gc.collect()
    del session
    gc.collect()
    assert [np.unique(its).tolist() for its in maps] == [[number] for number in range(8)]


def test_the_classifiers_answer_is_one_pair_a_line(make_files):
    batch = lines(4)
    expected = batch.mean(axis=(2, 3))[:, [0, 2]]
    assert open_on_openvino(make_files(), 1)().classify(batch) == pytest.approx(expected, abs=1e-5)


@pytest.fixture
def compiled(monkeypatch):
    """The shapes of all models that are made ready, and the settings they get."""
    its = []
    compile_model = openvino.Core.compile_model

    def note(core, model, device, settings):
        its.append((str(model.inputs[0].partial_shape), settings))
        return compile_model(core, model, device, settings)

    monkeypatch.setattr(openvino.Core, "compile_model", note)
    return its


def detect(session, *sizes):
    for height, width in sizes:
        session.detect(np.zeros((1, 3, height, width), np.float32))


def test_models_are_loaded_once_for_all_workers_and_the_detector_once_for_each_size(make_files, compiled):
    make = open_on_openvino(make_files(), 2)
    assert len(compiled) == 2
    detect(make(), (32, 32), (32, 64), (32, 32))
    detect(make(), (32, 32), (32, 64))
    assert [shape for shape, _ in compiled[2:]] == ["[1,3,32,32]", "[1,3,32,64]"]


def test_only_the_sizes_last_seen_are_kept(make_files, compiled):
    session = open_on_openvino(make_files(), 1)()
    sizes = [(32, 32 * number) for number in range(1, MOST + 2)]
    detect(session, *sizes[:-1])
    detect(session, sizes[0], sizes[-1])  # the second one goes, since the first was seen again
    del compiled[:]
    detect(session, sizes[0], *sizes[2:])
    assert compiled == []
    detect(session, sizes[1])
    assert len(compiled) == 1


@pytest.fixture
def slow_compiler(monkeypatch):
    """Models are made ready only when ``go`` is set; ``begun`` tells that one is being made."""
    its = SimpleNamespace(go=threading.Event(), begun=threading.Event(), count=0)
    compile_model = openvino.Core.compile_model

    def slowly(core, *arguments):
        its.count += 1
        its.begun.set()
        assert its.go.wait(20)
        return compile_model(core, *arguments)

    def begin():
        monkeypatch.setattr(openvino.Core, "compile_model", slowly)
        return its

    return begin


def test_two_workers_that_need_one_size_at_once_get_a_model_each(make_files, slow_compiler, compiled):
    make = open_on_openvino(make_files(), 2)
    first, second = make(), make()
    compiler = slow_compiler()
    with ThreadPoolExecutor(2) as threads:
        found = [threads.submit(detect, its, (32, 32)) for its in (first, second)]
        while compiler.count < 2:
            assert not compiler.go.wait(0.001)
        compiler.go.set()
    assert [its.exception() for its in found] == [None, None]
    detect(first, (32, 32))
    assert compiler.count == 2


def test_a_detector_that_breaks_is_not_kept_and_takes_no_room(make_files, compiled, monkeypatch):
    session = open_on_openvino(make_files(), 1)()
    detect(session, (32, 32))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(openvino.CompiledModel, "create_infer_request", None)
        for _ in range(MOST):
            with pytest.raises(TypeError):
                detect(session, (32, 32))
    del compiled[:]
    sizes = [(32, 32 * number) for number in range(1, MOST + 1)]
    detect(session, *sizes, *sizes)
    assert len(compiled) == MOST


# Kept for the next start


def test_a_prepared_detector_is_taken_from_disk_at_the_next_start(make_files, compiled, tmp_path):
    files, kept = make_files(), tmp_path / "models"
    picture = np.random.default_rng(1).uniform(-1, 1, (1, 3, 32, 64)).astype(np.float32)
    first = open_on_openvino(files, 1, kept)().detect(picture)
    assert len(compiled) == 3
    second = open_on_openvino(files, 1, kept)().detect(picture)
    assert [shape for shape, _ in compiled].count("[1,3,32,64]") == 1
    assert np.array_equal(first, second)
    assert np.array_equal(first, picture[0, 0])


@pytest.mark.parametrize("damage", [lambda model: model[:-100], lambda model: model[:-9] + bytes(9), lambda model: b""])
def test_a_damaged_one_is_prepared_anew(make_files, compiled, tmp_path, damage):
    files, kept = make_files(), tmp_path / "models"
    detect(open_on_openvino(files, 1, kept)(), (32, 64))
    (file,) = kept.iterdir()
    file.write_bytes(damage(file.read_bytes()))
    del compiled[:]
    detect(open_on_openvino(files, 1, kept)(), (32, 64))
    assert [shape for shape, _ in compiled].count("[1,3,32,64]") == 1


def test_one_that_this_openvino_cannot_read_is_prepared_anew(make_files, compiled, tmp_path, monkeypatch):
    monkeypatch.setattr(KeptModels, "get", lambda self, name: b"of another time")
    assert open_on_openvino(make_files(), 1, tmp_path)().detect(np.zeros((1, 3, 32, 64), np.float32)).shape == (32, 64)
    assert len(compiled) == 3


def test_another_model_does_not_take_what_was_kept_of_the_first(make_files, tmp_path, compiled):
    files, kept = make_files(), tmp_path / "models"
    detect(open_on_openvino(files, 1, kept)(), (32, 64))
    save_map(files.detector, 7)
    found = open_on_openvino(files, 1, kept)().detect(np.ones((1, 3, 32, 64), np.float32))
    assert np.unique(found).tolist() == [7]
    assert len(list(kept.iterdir())) == 1


def test_a_worker_goes_on_while_another_has_a_new_size_made(make_files, slow_compiler):
    make = open_on_openvino(make_files(), 2)
    first, second = make(), make()
    detect(first, (32, 32))
    compiler = slow_compiler()
    with ThreadPoolExecutor(1) as threads:
        found = threads.submit(detect, second, (32, 64))
        assert compiler.begun.wait(20)
        detect(first, (32, 32))
        assert not found.done()
        compiler.go.set()
    assert found.exception() is None


# Settings


@pytest.fixture
def capabilities(monkeypatch):
    """Sets what the processor can do, as OpenVINO tells."""
    get_property = openvino.Core.get_property

    def set_capabilities(*names):
        def get(core, device, name=None, *its):
            return list(names) if name == "OPTIMIZATION_CAPABILITIES" else get_property(core, device, name, *its)

        monkeypatch.setattr(openvino.Core, "get_property", get)

    return set_capabilities


@pytest.mark.parametrize(
    ("capability", "variable", "precision"),
    [
        ("BF16", None, "bf16"),
        ("FP32", None, "f32"),
        ("BF16", "", "bf16"),
        ("BF16", "f32", "f32"),
        ("FP32", "bf16", "bf16"),
    ],
)
def test_bf16_is_used_where_there_is_any_unless_the_environment_says_otherwise(
    make_files, compiled, capabilities, monkeypatch, capability, variable, precision
):
    capabilities("FP32", capability)
    monkeypatch.delenv(PRECISION)
    if variable is not None:
        monkeypatch.setenv(PRECISION, variable)
    detect(open_on_openvino(make_files(), 1)(), (32, 32))
    assert [settings[PRECISION] for _, settings in compiled] == [precision] * 3


def test_the_precision_wanted_reaches_openvino(make_files):
    session = open_on_openvino(make_files(), 1)()
    model = session._reader.get_compiled_model()
    assert model.get_property(PRECISION) == openvino.Type.f32


def test_each_worker_has_one_thread(make_files, compiled):
    open_on_openvino(make_files(), 3)
    assert {settings["NUM_STREAMS"] for _, settings in compiled} == {3}
    assert {settings["INFERENCE_NUM_THREADS"] for _, settings in compiled} == {3}


@pytest.mark.parametrize(("precision", "is_small"), [("f32", True), ("bf16", False)])
def test_models_in_int8_are_used_where_there_is_no_bf16(make_files, tmp_path, monkeypatch, precision, is_small):
    monkeypatch.setenv(PRECISION, precision)
    picture = ops.parameter([-1, 3, 48, -1], np.float32)
    small_reader = save(tmp_path / "reader.int8.xml", small_trunk(picture, seed=2), picture)
    small_detector = save_map(tmp_path / "detector.int8.xml", 2)
    plain, small = make_files(), make_files(small_detector=small_detector, small_reader=small_reader)
    given = [open_on_openvino(files, 1)() for files in (plain, small)]
    maps = [session.detect(np.full((1, 3, 32, 32), 0.25, np.float32))[0, 0] for session in given]
    assert maps == pytest.approx([0.25, 0.5 if is_small else 0.25])
    steps = [session.read(lines()).classes for session in given]
    assert np.array_equal(*steps) is not is_small


def test_a_reader_whose_last_layer_is_wrapped_is_cut_all_the_same(make_files, tmp_path):
    """As in real files: the bias first, weights in half the width, nodes that do nothing."""
    weights, bias = weights_for(23)
    picture = ops.parameter([-1, 3, 48, -1], np.float32)
    half = ops.convert(ops.constant(weights.astype(np.float16)), np.float32)
    scores = ops.add(ops.constant(bias.reshape(1, 1, -1)), ops.matmul(small_trunk(picture), half, False, False))
    path = save(tmp_path / "wrapped.xml", ops.softmax(scores, 2), picture)
    plain = make_files(weights=weights.astype(np.float16).astype(np.float32), bias=bias)
    wrapped = ModelFiles(plain.detector, plain.classifier, path)
    read = [open_on_openvino(files, 1)().read(lines()) for files in (plain, wrapped)]
    assert np.array_equal(read[0].classes, read[1].classes)
    assert read[0].confidences == pytest.approx(read[1].confidences, abs=1e-4)


def test_it_looks_past_nodes_that_do_nothing():
    value = ops.parameter([1], np.float32)
    assert openvino_sessions._source(ops.result(value).output(0)).get_node().get_type_name() == "Parameter"
