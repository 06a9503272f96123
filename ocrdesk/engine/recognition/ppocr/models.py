"""The model files of each recognizer. The packages they come in are never imported."""

import importlib.util
from pathlib import Path

from ocrdesk.engine.errors import RecognizerBroken
from ocrdesk.engine.recognition.onnx_files import metadata_of
from ocrdesk.engine.recognition.ppocr.sessions import ModelFiles
from ocrdesk.engine.words import _
from ocrdesk.resources import models_folder

PPOCR_V6 = "PP-OCRv6"
PPOCR_V4 = "PP-OCRv4"

_PACKAGES = {PPOCR_V6: "rapidocr", PPOCR_V4: "rapidocr_onnxruntime"}
_FILES = {
    PPOCR_V6: ("PP-OCRv6_det_small.onnx", "ch_ppocr_mobile_v2.0_cls_mobile.onnx", "PP-OCRv6_rec_small.onnx"),
    PPOCR_V4: ("ch_PP-OCRv4_det_infer.onnx", "ch_ppocr_mobile_v2.0_cls_infer.onnx", "ch_PP-OCRv4_rec_infer.onnx"),
}


def is_installed(name: str) -> bool:
    """Whether the package with the models of a recognizer is installed."""
    return importlib.util.find_spec(_PACKAGES[name]) is not None


def model_files(name: str) -> ModelFiles:
    """Returns the model files of a recognizer.

    Raises:
        RecognizerBroken: Its package is not installed.
    """
    spec = importlib.util.find_spec(_PACKAGES[name])
    if spec is None or not spec.submodule_search_locations:
        raise RecognizerBroken(_("The models of “{name}” are missing. Install ocrdesk again.").format(name=name))
    folder = Path(spec.submodule_search_locations[0]) / "models"
    detector, classifier, reader = (folder / file for file in _FILES[name])
    return ModelFiles(detector, classifier, reader, _in_int8(detector), _in_int8(reader), characters_of(reader))


def _in_int8(model: Path) -> Path | None:
    small = models_folder() / f"{model.stem}.int8.xml"
    return small if small.exists() else None


def characters_of(reader: Path) -> tuple[str, ...]:
    """Returns the characters of a reader's classes: the blank, the characters its file lists, and the space."""
    listed = metadata_of(reader.read_bytes(), "character")
    if listed is None:
        raise RecognizerBroken(_("A model file is damaged. Install ocrdesk again."))
    return "", *listed.splitlines(), " "
