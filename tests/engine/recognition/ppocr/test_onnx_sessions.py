import ctypes
import platform
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import onnxruntime
import pytest
from fake_models import tiny_onnx

from ocrdesk.engine.recognition.ppocr import onnx_sessions
from ocrdesk.engine.recognition.ppocr.devices import PROVIDERS
from ocrdesk.engine.recognition.ppocr.onnx_sessions import NoProvider, flush_denormals, open_on_onnx_runtime
from ocrdesk.engine.recognition.ppocr.sessions import NEAR, ModelFiles

PROCESSOR = "CPUExecutionProvider"

on_glibc = pytest.mark.skipif(
    platform.machine() not in ("x86_64", "AMD64") or platform.libc_ver()[0] != "glibc",
    reason="the C library of x86-64 Linux",
)


def apart(function, *arguments):
    """Calls in a thread of its own, so that the tests' own thread goes on computing as before."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(function, *arguments).result()


@pytest.fixture
def files(tmp_path):
    """Models that give what they are given."""
    path = tmp_path / "tiny.onnx"
    path.write_bytes(tiny_onnx())
    return ModelFiles(path, path, path)


def test_the_detectors_answer_is_one_map(files):
    picture = np.random.default_rng(1).random((1, 3, 4, 5), np.float32)
    assert np.array_equal(apart(open_on_onnx_runtime(files, PROCESSOR)().detect, picture), picture[0, 0])


def test_the_classifiers_answer_is_passed_on(files):
    lines = np.array([[0.9, 0.1], [0.2, 0.8]], np.float32)
    assert np.array_equal(apart(open_on_onnx_runtime(files, PROCESSOR)().classify, lines), lines)


def test_of_each_step_the_likeliest_class_is_read(files):
    likely = np.random.default_rng(2).random((3, 7, 11), np.float32)
    steps = apart(open_on_onnx_runtime(files, PROCESSOR)().read, likely)
    assert np.array_equal(steps.classes, likely.argmax(axis=2))
    assert np.array_equal(steps.confidences, likely.max(axis=2))


def test_the_second_likeliest_class_of_a_step_is_its_rival_if_it_is_near(files):
    likely = np.random.default_rng(2).random((3, 70, 11), np.float32) ** 20
    likely /= likely.sum(axis=2, keepdims=True)
    steps = apart(open_on_onnx_runtime(files, PROCESSOR)().read, likely)
    second = np.sort(likely, axis=2)[..., -2] / likely.max(axis=2)
    assert 0.05 < (second < NEAR).mean() < 0.9
    assert steps.ratios == pytest.approx(np.where(second >= NEAR, second, 0))
    assert np.array_equal(steps.rivals[second >= NEAR], np.argsort(likely, axis=2)[..., -2][second >= NEAR])


def test_all_workers_share_the_models(files, monkeypatch):
    loaded = []
    session = onnxruntime.InferenceSession

    def load(path, options, **its):
        loaded.append((path, options.intra_op_num_threads, options.inter_op_num_threads))
        return session(path, options, **its)

    monkeypatch.setattr(onnxruntime, "InferenceSession", load)
    make = open_on_onnx_runtime(files, PROCESSOR)
    assert make() is not make()
    assert loaded == [(files.detector, 1, 1)] * 3


MISSING = sorted(set(PROVIDERS.values()) - set(onnxruntime.get_available_providers()))


@pytest.mark.filterwarnings("ignore:Specified provider")
@pytest.mark.parametrize("provider", MISSING)
def test_a_provider_that_is_not_there_is_said(files, provider):
    with pytest.raises(NoProvider, match=provider):
        open_on_onnx_runtime(files, provider)


@pytest.mark.parametrize("provider", MISSING)
def test_nothing_of_it_is_printed(files, capfd, provider):
    with warnings.catch_warnings(record=True) as printed:
        warnings.simplefilter("always")
        with pytest.raises(NoProvider):
            open_on_onnx_runtime(files, provider)
    assert [str(its.message) for its in printed] == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("content", [None, b"", b"no model"], ids=["missing", "empty", "damaged"])
def test_a_model_that_cannot_be_loaded_is_said_in_one_line(tmp_path, content):
    path = tmp_path / "broken.onnx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(NoProvider) as caught:
        open_on_onnx_runtime(ModelFiles(path, path, path), PROCESSOR)
    assert str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.__cause__ is not None


def test_of_a_long_error_the_first_line_is_said(files, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("No room.\nat session.cc:12\nat main")

    monkeypatch.setattr(onnxruntime, "InferenceSession", fail)
    with pytest.raises(NoProvider, match=r"^No room\.$"):
        open_on_onnx_runtime(files, PROCESSOR)


# Denormals


def product():
    """Too small for a float's usual form; told by its bits, since looking at it as a number may make it zero too."""
    return int((np.full(8, 1e-30, np.float32) * np.full(8, 1e-10, np.float32)).view(np.uint32)[3])


USUAL = 71_362
"""1e-40 in steps of the smallest number there is."""


def one_by_one(*steps):
    """What they give in a new thread that computes as usual: a thread inherits the state of the one that starts it."""

    def run():
        ctypes.CDLL("libm.so.6").fesetenv(ctypes.c_void_p(-1))  # FE_DFL_ENV
        return [step() for step in steps]

    return apart(run)


@on_glibc
def test_denormals_become_zero_in_the_thread_that_asks_for_it_and_in_no_other():
    usual = pytest.approx(USUAL, abs=1)
    assert one_by_one(product, flush_denormals, product) == [usual, None, 0]
    assert one_by_one(lambda: apart(flush_denormals), product) == [None, usual]


@on_glibc
def test_denormals_that_are_there_already_count_as_zero():
    tiny = np.full(8, 1e-40, np.float32)

    def enlarged():
        return float((tiny * np.float32(1e20))[0])

    assert one_by_one(enlarged, flush_denormals, enlarged) == [pytest.approx(1e-20, rel=0.01), None, 0.0]


@on_glibc
@pytest.mark.parametrize("what", ["detect", "classify", "read"])
def test_a_thread_that_reads_flushes_them(files, what):
    worker = open_on_onnx_runtime(files, PROCESSOR)()
    batch = np.zeros((1, 3, 4) if what == "read" else (1, 3, 4, 5), np.float32)
    before, _, after = one_by_one(product, lambda: getattr(worker, what)(batch), product)
    assert before > 0
    assert after == 0


@on_glibc
def test_the_rest_of_floating_point_stays_as_it_is():
    def sums():
        with np.errstate(all="ignore"):
            return str([1 / np.float64(3), np.float32(1) / np.float32(0), np.rint(2.5), np.longdouble(1) / 3])

    before, _, after = one_by_one(sums, flush_denormals, sums)
    assert before == after


@pytest.mark.parametrize(("machine", "system", "library"), [
    ("arm64", "darwin", ""), ("aarch64", "linux", "glibc"), ("AMD64", "win32", ""), ("x86_64", "linux", "musl"),
])  # fmt: skip
def test_elsewhere_nothing_is_touched(monkeypatch, machine, system, library):
    monkeypatch.setattr(platform, "machine", lambda: machine)
    monkeypatch.setattr(platform, "libc_ver", lambda: (library, ""))
    monkeypatch.setattr(sys, "platform", system)
    assert onnx_sessions._floating_point_library.__wrapped__() is None
    monkeypatch.setattr(onnx_sessions, "_floating_point_library", lambda: None)
    flush_denormals()
