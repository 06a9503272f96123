"""PP-OCRv6 on ONNX Runtime, with the models that the ``rapidocr`` package brings. Alone imports that package."""

import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.document import Reading
from ocrdesk.engine.recognition.opencv import qt_variables_kept
from ocrdesk.engine.recognition.page_reader import Boxes, read_picture
from ocrdesk.engine.recognition.recognizer import PPOCR_V6

with qt_variables_kept():
    import rapidocr
    from rapidocr.ch_ppocr_cls import TextClassifier
    from rapidocr.ch_ppocr_det import TextDetector
    from rapidocr.ch_ppocr_rec import TextRecInput, TextRecognizer
    from rapidocr.utils.parse_parameters import ParseParams

_PACKAGE = Path(rapidocr.__file__).parent
_MODELS = {
    "Det": "PP-OCRv6_det_small.onnx",
    "Cls": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
    "Rec": "PP-OCRv6_rec_small.onnx",
}


class PpOcrV6:
    """The default recognizer: Chinese, Japanese, Greek and all Latin scripts. Used by one thread at a time."""

    name = PPOCR_V6

    def __init__(self, threads: int) -> None:
        _quiet_log()
        parameters: dict[str, object] = {
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
        # With the path given nothing is ever downloaded, not even when the file is missing.
        parameters |= {f"{part}.model_path": str(_PACKAGE / "models" / file) for part, file in _MODELS.items()}
        config = ParseParams.update_batch(ParseParams.load(_PACKAGE / "config.yaml"), parameters)
        for part in (config.Det, config.Cls, config.Rec):
            part.engine_cfg = config.EngineConfig.onnxruntime
            part.model_root_dir = str(_PACKAGE / "models")
        config.Rec.font_path = None
        self._detector = TextDetector(config.Det)
        self._classifier = TextClassifier(config.Cls)
        self._recognizer = TextRecognizer(config.Rec)

    def read(self, picture: Pixels) -> Reading:
        """Reads all text of an RGB picture."""
        return read_picture(self, picture)

    def detect(self, picture: Pixels) -> Boxes:
        """Finds the lines of a BGR picture: n × 4 × 2."""
        found = self._detector(picture).boxes
        return np.zeros((0, 4, 2), np.float32) if found is None else np.asarray(found, np.float32)

    def upside_down(self, crops: Sequence[Pixels]) -> list[bool]:
        """Tells for each BGR line whether it stands on its head."""
        return [label == "180" for label, _ in self._classifier(list(crops)).cls_res] if crops else []

    def recognize(self, crops: Sequence[Pixels]) -> list[tuple[str, float]]:
        """Reads BGR lines: text and confidence."""
        if not crops:
            return []
        found = self._recognizer(TextRecInput(img=list(crops), return_word_box=False))
        return list(zip(found.txts, found.scores, strict=True))


def _quiet_log() -> None:
    """Lets the package's messages go where the program's own go, not to the terminal in colours."""
    logger = logging.getLogger("RapidOCR")
    logger.handlers.clear()
    logger.propagate = True
    logger.setLevel(logging.WARNING)
