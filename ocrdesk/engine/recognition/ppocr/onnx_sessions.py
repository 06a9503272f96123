"""The models on ONNX Runtime; no other module imports it."""

import ctypes
import platform
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime

from ocrdesk.engine.recognition.ppocr.sessions import NEAR, Floats, ModelFiles, Sessions, Steps

if sys.platform == "win32":
    onnxruntime.disable_telemetry_events()  # its older telemetry, on Windows only, ignores the variable

_MXCSR = 7
"""Index of the vector unit's control register (MXCSR) among the 32-bit words of ``fenv_t`` (x86-64, glibc)."""

_FLUSH = 0x8040
"""The bits that make denormal results zero (FTZ) and treat denormal operands as zero (DAZ)."""


class NoProvider(Exception):
    """An execution provider cannot be used; the message says why."""


def open_on_onnx_runtime(files: ModelFiles, provider: str) -> Callable[[], Sessions]:
    """Loads the models for an execution provider; all workers share the sessions, whose ``run`` is thread-safe.

    Raises:
        NoProvider: ONNX Runtime fell back to another provider or failed.
    """
    loaded = [_load(path, provider) for path in (files.detector, files.classifier, files.reader)]
    return lambda: _OnnxSessions(*loaded)


def _load(path: Path, provider: str) -> onnxruntime.InferenceSession:
    if provider not in onnxruntime.get_available_providers():
        raise NoProvider(f"{provider} is not part of this ONNX Runtime")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # pages differ in size, and the arena never shrinks again
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(path, options, providers=[provider])
    except Exception as error:  # ONNX Runtime's own errors derive from nothing narrower
        raise NoProvider(str(error).splitlines()[0]) from error
    if provider not in session.get_providers():
        raise NoProvider(f"{provider} is not available")
    return session


class _OnnxSessions:
    def __init__(self, *sessions: onnxruntime.InferenceSession) -> None:
        self._detector, self._classifier, self._reader = sessions

    def detect(self, picture: Floats) -> Floats:
        found: Floats = _run(self._detector, picture)[0, 0]
        return found

    def classify(self, lines: Floats) -> Floats:
        return _run(self._classifier, lines)

    def read(self, lines: Floats) -> Steps:
        return steps_of(_run(self._reader, lines))


def open_reader(path: Path) -> Callable[[Floats], Floats]:
    """Loads a model that reads lines, for the processor.

    Returns:
        What gives the probability of each class at each step: lines × steps × classes.
    """
    session = _load(path, "CPUExecutionProvider")
    return lambda lines: _run(session, lines)


def steps_of(likely: Floats) -> Steps:
    """Returns the likeliest class of each step, and its rival."""
    classes = likely.argmax(axis=2)
    confidences = np.take_along_axis(likely, classes[..., None], axis=2)[..., 0]
    rivals, ratios = np.zeros_like(classes), np.zeros_like(confidences)
    unsure = np.nonzero(confidences < 1 / (1 + NEAR))
    others, numbers = likely[unsure], np.arange(len(unsure[0]))
    others[numbers, classes[unsure]] = 0
    rivals[unsure] = second = others.argmax(axis=1)
    ratio = others[numbers, second] / np.maximum(confidences[unsure], np.finfo(np.float32).tiny)
    ratios[unsure] = np.where(ratio >= NEAR, ratio, 0)
    return Steps(classes, confidences, rivals, ratios)


def _run(session: onnxruntime.InferenceSession, batch: Floats) -> Floats:
    flush_denormals()
    result: Floats = session.run(None, {session.get_inputs()[0].name: batch})[0]
    return result


def flush_denormals() -> None:
    """Makes this thread treat denormal floats as zero.

    The detector's GELU produces them by the million, and each multiplication of one takes a hundred times as long as
    usual: on an Intel processor, finding the lines of a page takes a third of the time without them. ONNX Runtime's own
    setting only affects its own threads, but the models run in the worker's.
    """
    if (library := _floating_point_library()) is not None:
        state = (ctypes.c_uint32 * 8)()
        library.fegetenv(state)
        state[_MXCSR] |= _FLUSH
        library.fesetenv(state)


@cache
def _floating_point_library() -> ctypes.CDLL | None:
    if platform.machine() not in ("x86_64", "AMD64"):
        return None
    if sys.platform.startswith("linux") and platform.libc_ver()[0] == "glibc":
        return ctypes.CDLL("libm.so.6")
    return None
