import importlib.util
import sys
from importlib.machinery import PathFinder

import onnxruntime
import pytest

from ocrdesk.engine.recognition.ppocr import onnx_sessions
from ocrdesk.engine.recognition.ppocr.devices import (
    AUTO,
    ONNX_RUNTIME,
    OPENVINO,
    PROVIDERS,
    available_devices,
    open_models,
)
from ocrdesk.engine.recognition.ppocr.onnx_sessions import NoProvider

OPENVINO_MODULE = "ocrdesk.engine.recognition.ppocr.openvino_sessions"
PROCESSOR = "CPUExecutionProvider"
KEPT = object()
FILES = object()


class Openers:
    """Stand where the libraries are opened, and remember what was asked of them."""

    def __init__(self, monkeypatch):
        self._monkeypatch = monkeypatch
        self.asked = []
        self.said = []
        self.missing = set()
        self.openvino_error = None
        monkeypatch.setattr(onnx_sessions, "open_on_onnx_runtime", self.onnx_runtime)
        monkeypatch.setitem(sys.modules, OPENVINO_MODULE, self)
        self.install(openvino=True)

    def install(self, *, openvino):
        self._monkeypatch.setattr(importlib.util, "find_spec", lambda name: object() if openvino else None)

    def onnx_runtime(self, files, provider):
        assert files is FILES
        self.asked.append(provider)
        if provider in self.missing:
            raise NoProvider(f"{provider} is out of order")
        return provider

    def open_on_openvino(self, files, kept):
        assert files is FILES
        assert kept == KEPT
        self.asked.append(OPENVINO)
        if self.openvino_error:
            raise self.openvino_error
        return OPENVINO

    def open(self, device):
        return open_models(FILES, device, self.said.append, KEPT)


@pytest.fixture
def openers(monkeypatch):
    return Openers(monkeypatch)


def is_sentence(text):
    return text[0].isupper() and text.endswith(".")


# Devices


@pytest.mark.parametrize("has_openvino", [True, False])
@pytest.mark.parametrize(
    ("files", "graphics"),
    [
        (["libonnxruntime.so.1.32.0", "libonnxruntime_providers_shared.so"], []),
        (["onnxruntime.dll", "onnxruntime_providers_shared.dll"], []),
        (["libonnxruntime_providers_cuda.so", "libonnxruntime_providers_tensorrt.so"], ["cuda"]),
        (["onnxruntime_providers_cuda.dll"], ["cuda"]),
        (["onnxruntime.dll", "DirectML.dll"], ["directml"]),
        (["libonnxruntime.1.32.0.dylib"], ["coreml"]),
    ],
)
def test_devices_begin_with_the_programs_own_choice_and_are_those_that_are_there(
    monkeypatch, tmp_path, has_openvino, files, graphics
):
    (tmp_path / "onnxruntime" / "capi").mkdir(parents=True)
    for name in files:  # as they lie in the wheels onnxruntime, onnxruntime-gpu and onnxruntime-directml
        (tmp_path / "onnxruntime" / "capi" / name).touch()
    there = PathFinder.find_spec("onnxruntime", [str(tmp_path)])
    (tmp_path / "onnxruntime" / "__init__.py").touch()
    openvino = object() if has_openvino else None
    monkeypatch.setattr(importlib.util, "find_spec", {"onnxruntime": there, "openvino": openvino}.__getitem__)
    assert available_devices() == [AUTO, *([OPENVINO] if has_openvino else []), ONNX_RUNTIME, *graphics]


def test_the_devices_of_this_computer_are_those_that_its_libraries_know():
    known = onnxruntime.get_available_providers()
    there = [name for name, provider in PROVIDERS.items() if provider in known]
    assert available_devices()[0] == "auto"
    assert [name for name in available_devices() if name in PROVIDERS] == there


@pytest.mark.parametrize("device", [AUTO, OPENVINO, "a device of another version"])
def test_openvino_is_taken_where_it_is(openers, device):
    assert openers.open(device) == OPENVINO
    assert (openers.asked, openers.said) == ([OPENVINO], [])


def test_onnx_runtime_is_taken_where_it_is_wanted(openers):
    assert openers.open(ONNX_RUNTIME) == PROCESSOR
    assert (openers.asked, openers.said) == ([PROCESSOR], [])


@pytest.mark.parametrize("device", list(PROVIDERS))
def test_a_graphics_processor_is_taken_where_it_is_wanted(openers, device):
    assert openers.open(device) == PROVIDERS[device]
    assert (openers.asked, openers.said) == ([PROVIDERS[device]], [])


@pytest.mark.parametrize("has_openvino", [True, False])
@pytest.mark.parametrize("device", list(PROVIDERS))
def test_a_graphics_processor_that_is_not_there_is_replaced_and_said(openers, device, has_openvino):
    openers.install(openvino=has_openvino)
    openers.missing = {PROVIDERS[device]}
    assert openers.open(device) == (OPENVINO if has_openvino else PROCESSOR)
    (said,) = openers.said
    assert is_sentence(said)
    assert f"({PROVIDERS[device]} is out of order)" in said


@pytest.mark.parametrize(("device", "sentences"), [(AUTO, 0), (OPENVINO, 1)])
def test_where_openvino_is_not_installed_onnx_runtime_reads(openers, device, sentences):
    openers.install(openvino=False)
    assert openers.open(device) == PROCESSOR
    assert len(openers.said) == sentences
    assert all("not installed" in said and is_sentence(said) for said in openers.said)


@pytest.mark.parametrize("device", [AUTO, OPENVINO])
@pytest.mark.parametrize("error", [RuntimeError("no AVX2"), OSError("libopenvino.so"), None], ids=repr)
def test_a_broken_openvino_is_replaced_said_and_logged(openers, monkeypatch, caplog, device, error):
    openers.openvino_error = error
    if error is None:
        monkeypatch.setitem(sys.modules, OPENVINO_MODULE, None)  # importing it fails
    assert openers.open(device) == PROCESSOR
    (said,) = openers.said
    assert is_sentence(said)
    assert caplog.records[-1].exc_info[1] is not None


def test_without_any_library_the_error_is_the_callers(openers):
    openers.install(openvino=False)
    openers.missing = {PROCESSOR}
    with pytest.raises(NoProvider):
        openers.open(AUTO)
