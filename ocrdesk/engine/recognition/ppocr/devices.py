"""Loads the models once for any number of workers. The only module that chooses between inference libraries.

On CPUs, OpenVINO is two to three times as fast as ONNX Runtime, so it is used wherever it is installed.
"""

import importlib.util
import logging
from collections.abc import Callable
from pathlib import Path

from ocrdesk.engine.recognition.ppocr.sessions import ModelFiles, Sessions
from ocrdesk.engine.words import _

log = logging.getLogger(__name__)

OPENVINO = "openvino"
ONNX_RUNTIME = "onnxruntime"
PROVIDERS = {
    "cuda": "CUDAExecutionProvider",
    "directml": "DmlExecutionProvider",
    "coreml": "CoreMLExecutionProvider",
}
"""Graphics processors that a build of ONNX Runtime may support, with its names for them."""

_FILES = {"cuda": "*onnxruntime_providers_cuda.*", "directml": "DirectML.dll", "coreml": "libonnxruntime.*dylib"}
"""The file that shows that ONNX Runtime supports a graphics processor; asking it would mean loading all of it."""

AUTO = "auto"


def available_devices() -> list[str]:
    """Returns what the models can run on here; the first, ``auto``, lets the program choose."""
    openvino, onnx_runtime = (importlib.util.find_spec(name) for name in (OPENVINO, ONNX_RUNTIME))
    folders = [Path(folder, "capi") for folder in (onnx_runtime and onnx_runtime.submodule_search_locations) or ()]
    graphics = [name for name, file in _FILES.items() if any(any(folder.glob(file)) for folder in folders)]
    return [AUTO, *([OPENVINO] if openvino else []), ONNX_RUNTIME, *graphics]


def open_models(
    files: ModelFiles, device: str, say: Callable[[str], None], kept: Path | None = None
) -> Callable[[], Sessions]:
    """Loads the models once and returns a factory that makes the sessions of one worker at each call.

    Args:
        files: The models.
        device: One of ``available_devices()``; for anything else the program chooses.
        say: Called with a sentence when ``device`` cannot be used.
        kept: Folder in which models that took time to prepare are cached for the next start, or None.
    """
    if device in PROVIDERS:
        from ocrdesk.engine.recognition.ppocr.onnx_sessions import NoProvider, open_on_onnx_runtime

        try:
            return open_on_onnx_runtime(files, PROVIDERS[device])
        except NoProvider as error:
            log.warning("The models cannot run on %s", device, exc_info=error)
            say(
                _(
                    "The graphics processor cannot be used ({error}); the pages are read by the main processor instead."
                ).format(error=error)
            )
    if device != ONNX_RUNTIME and importlib.util.find_spec("openvino"):
        try:
            from ocrdesk.engine.recognition.ppocr.openvino_sessions import open_on_openvino

            return open_on_openvino(files, kept)
        except Exception as error:  # a wheel that does not suit this computer fails in many ways; ONNX Runtime remains
            log.warning("OpenVINO cannot be used", exc_info=error)
            say(_("OpenVINO cannot be used on this computer, so reading takes longer. The log tells why."))
    elif device == OPENVINO:
        say(_("OpenVINO is not installed; the pages are read by ONNX Runtime, which takes longer."))
    from ocrdesk.engine.recognition.ppocr.onnx_sessions import open_on_onnx_runtime

    return open_on_onnx_runtime(files, "CPUExecutionProvider")
