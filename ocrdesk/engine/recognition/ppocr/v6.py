"""PP-OCRv6, which comes with the program."""

from functools import partial

from ocrdesk.engine.recognition.ppocr.loading import load
from ocrdesk.engine.recognition.ppocr.models import PPOCR_V6
from ocrdesk.engine.recognition.recognizer import KnownRecognizer
from ocrdesk.engine.words import N_

RECOGNIZER = KnownRecognizer(
    PPOCR_V6,
    N_("Latin letters of Europe and Turkey, Chinese, Japanese"),
    lambda: True,  # if it is missing nevertheless, loading reports it
    partial(load, PPOCR_V6),
)
