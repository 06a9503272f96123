"""PP-OCRv4, which is installed as an optional extra."""

from functools import partial

from ocrdesk.engine.recognition.ppocr.loading import load
from ocrdesk.engine.recognition.ppocr.models import PPOCR_V4, is_installed
from ocrdesk.engine.recognition.recognizer import KnownRecognizer
from ocrdesk.engine.words import N_

RECOGNIZER = KnownRecognizer(
    PPOCR_V4,
    N_("English and Chinese, the generation before"),
    partial(is_installed, PPOCR_V4),
    partial(load, PPOCR_V4),
)
