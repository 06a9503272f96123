import gc
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest

openvino = pytest.importorskip("openvino")

from fake_openvino import lines, save, save_map, save_models, small_trunk  # noqa: E402
from openvino import opset13 as ops  # noqa: E402

from ocrdesk.engine.recognition.ppocr.bf16 import PRECISION  # noqa: E402
from ocrdesk.engine.recognition.ppocr.detectors import MOST  # noqa: E402
from ocrdesk.engine.recognition.ppocr.kept_models import KeptModels  # noqa: E402
from ocrdesk.engine.recognition.ppocr.openvino_sessions import open_on_openvino  # noqa: E402


@pytest.fixture
def make_files(tmp_path):
    return partial(save_models, tmp_path)


@pytest.fixture(autouse=True)
def exact(monkeypatch):
    """Without bf16, whatever this processor can do."""
    monkeypatch.setenv(PRECISION, "f32")


def test_what_was_read_stays_when_the_next_lines_are_read(make_files):
    session = open_on_openvino(make_files())()
    first = session.read(lines(seed=1))
    before = first.classes.copy(), first.confidences.copy()
    session.read(lines(seed=2))
    assert np.array_equal(first.classes, before[0])
    assert np.array_equal(first.confidences, before[1])


# Detector and classifier


def test_the_detectors_answer_is_one_map(make_files):
    session = open_on_openvino(make_files())()
    for size in ((32, 64), (64, 64), (32, 64)):
        picture = np.random.default_rng(1).random((1, 3, *size), np.float32)
        assert session.detect(picture) == pytest.approx(picture[0, 0], abs=1e-6)


def test_a_map_outlives_what_found_it(make_files):
    session = open_on_openvino(make_files())()
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
    assert open_on_openvino(make_files())().classify(batch) == pytest.approx(expected, abs=1e-5)


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


def test_each_worker_has_a_reader_and_all_share_the_others(make_files, compiled):
    make = open_on_openvino(make_files())
    for _ in range(3):
        make()
    assert [shape for shape, _ in compiled] == ["[?,3,?,?]", *["[?,3,48,?]"] * 3]


def test_workers_read_side_by_side_what_each_reads_alone(make_files):
    make = open_on_openvino(make_files())
    batches = [lines(seed=seed) for seed in range(40)]
    alone = [make().read(batch).classes for batch in batches]

    def read(its):
        session = make()
        return [session.read(batch).classes for batch in its]

    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(read, [batches[number::4] for number in range(4)]))
    for number, read_there in enumerate(together):
        assert all(map(np.array_equal, read_there, alone[number::4]))


def test_the_detector_is_prepared_once_for_each_size(make_files, compiled):
    make = open_on_openvino(make_files())
    first, second = make(), make()
    del compiled[:]
    detect(first, (32, 32), (32, 64), (32, 32))
    detect(second, (32, 32), (32, 64))
    assert [shape for shape, _ in compiled] == ["[1,3,32,32]", "[1,3,32,64]"]


def test_only_the_sizes_last_seen_are_kept(make_files, compiled):
    session = open_on_openvino(make_files())()
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
    make = open_on_openvino(make_files())
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
    session = open_on_openvino(make_files())()
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
    first = open_on_openvino(files, kept)().detect(picture)
    assert len(compiled) == 3
    second = open_on_openvino(files, kept)().detect(picture)
    assert [shape for shape, _ in compiled].count("[1,3,32,64]") == 1
    assert np.array_equal(first, second)
    assert np.array_equal(first, picture[0, 0])


@pytest.mark.parametrize("damage", [lambda model: model[:-100], lambda model: model[:-9] + bytes(9), lambda model: b""])
def test_a_damaged_one_is_prepared_anew(make_files, compiled, tmp_path, damage):
    files, kept = make_files(), tmp_path / "models"
    detect(open_on_openvino(files, kept)(), (32, 64))
    (file,) = kept.iterdir()
    file.write_bytes(damage(file.read_bytes()))
    del compiled[:]
    detect(open_on_openvino(files, kept)(), (32, 64))
    assert [shape for shape, _ in compiled].count("[1,3,32,64]") == 1


def test_one_that_this_openvino_cannot_read_is_prepared_anew(make_files, compiled, tmp_path, monkeypatch):
    monkeypatch.setattr(KeptModels, "get", lambda self, name: b"of another time")
    assert open_on_openvino(make_files(), tmp_path)().detect(np.zeros((1, 3, 32, 64), np.float32)).shape == (32, 64)
    assert len(compiled) == 3


def test_another_model_does_not_take_what_was_kept_of_the_first(make_files, tmp_path, compiled):
    files, kept = make_files(), tmp_path / "models"
    detect(open_on_openvino(files, kept)(), (32, 64))
    save_map(files.detector, 7)
    found = open_on_openvino(files, kept)().detect(np.ones((1, 3, 32, 64), np.float32))
    assert np.unique(found).tolist() == [7]
    assert len(list(kept.iterdir())) == 1


def test_a_worker_goes_on_while_another_has_a_new_size_made(make_files, slow_compiler):
    make = open_on_openvino(make_files())
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
    detect(open_on_openvino(make_files())(), (32, 32))
    assert [settings[PRECISION] for _, settings in compiled] == [precision] * 3


def test_the_precision_wanted_reaches_openvino(make_files):
    session = open_on_openvino(make_files())()
    model = session._reader.get_compiled_model()
    assert model.get_property(PRECISION) == openvino.Type.f32


def test_each_worker_has_one_thread(make_files, compiled):
    detect(open_on_openvino(make_files())(), (32, 32))
    assert {settings["NUM_STREAMS"] for _, settings in compiled} == {1}
    assert {settings["INFERENCE_NUM_THREADS"] for _, settings in compiled} == {1}


def test_the_reader_runs_in_the_thread_that_asks(make_files):
    session = open_on_openvino(make_files())()
    batch = lines(64)
    session.read(batch)
    begun, all_begun = time.thread_time(), time.process_time()
    for _ in range(20):
        session.read(batch)
    assert time.thread_time() - begun > 0.5 * (time.process_time() - all_begun)


@pytest.mark.parametrize(("precision", "is_small"), [("f32", True), ("bf16", False)])
def test_models_in_int8_are_used_where_there_is_no_bf16(make_files, tmp_path, monkeypatch, precision, is_small):
    monkeypatch.setenv(PRECISION, precision)
    picture = ops.parameter([-1, 3, 48, -1], np.float32)
    small_reader = save(tmp_path / "reader.int8.xml", small_trunk(picture, seed=2), picture)
    small_detector = save_map(tmp_path / "detector.int8.xml", 2)
    plain, small = make_files(), make_files(small_detector=small_detector, small_reader=small_reader)
    given = [open_on_openvino(files)() for files in (plain, small)]
    maps = [session.detect(np.full((1, 3, 32, 32), 0.25, np.float32))[0, 0] for session in given]
    assert maps == pytest.approx([0.25, 0.5 if is_small else 0.25])
    steps = [session.read(lines()).classes for session in given]
    assert np.array_equal(*steps) is not is_small
