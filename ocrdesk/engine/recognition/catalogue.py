"""All recognizers of the program, by name."""

from ocrdesk.engine.recognition.ppocr import v4, v6
from ocrdesk.engine.recognition.recognizer import KnownRecognizer

RECOGNIZERS: dict[str, KnownRecognizer] = {module.RECOGNIZER.name: module.RECOGNIZER for module in (v6, v4)}
"""In the order in which they are offered; the first is the default."""

DEFAULT = next(iter(RECOGNIZERS))


def available_recognizers() -> list[str]:
    """Names of the recognizers installed, the default first."""
    return [name for name, known in RECOGNIZERS.items() if known.is_installed()]
