"""The languages that can be read beside those of the default reader: a model in a file for each."""

import importlib.util
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ocrdesk.engine.language_names import language_name
from ocrdesk.engine.recognition.pack_files import ONNX, TESSERACT, trouble_of
from ocrdesk.resources import tessdata_folder

LATIN = "Latin"
ENGLISH = "eng"

_KNOWN: dict[str, tuple[str, str]] = {
    "rus": ("Cyrillic", "ru"),
    "ukr": ("Cyrillic", "uk"),
    "bel": ("Cyrillic", "be"),
    "bul": ("Cyrillic", "bg"),
    "srp": ("Cyrillic", "sr"),
    "mkd": ("Cyrillic", "mk"),
    "kaz": ("Cyrillic", "kk"),
    "kir": ("Cyrillic", "ky"),
    "mon": ("Cyrillic", "mn"),
    "tgk": ("Cyrillic", "tg"),
    "tat": ("Cyrillic", "tt"),
    "ell": ("Greek", "el"),
    "grc": ("Greek", "grc"),
    "kor": ("Korean", "ko"),
    "ara": ("Arabic", "ar"),
    "fas": ("Arabic", "fa"),
    "urd": ("Arabic", "ur"),
    "pus": ("Arabic", "ps"),
    "heb": ("Hebrew", "he"),
    "yid": ("Hebrew", "yi"),
    "hin": ("Devanagari", "hi"),
    "mar": ("Devanagari", "mr"),
    "nep": ("Devanagari", "ne"),
    "san": ("Devanagari", "sa"),
    "ben": ("Bengali", "bn"),
    "asm": ("Bengali", "as"),
    "guj": ("Gujarati", "gu"),
    "pan": ("Gurmukhi", "pa"),
    "tam": ("Tamil", "ta"),
    "tel": ("Telugu", "te"),
    "kan": ("Kannada", "kn"),
    "mal": ("Malayalam", "ml"),
    "ori": ("Odia", "or"),
    "sin": ("Sinhala", "si"),
    "tha": ("Thai", "th"),
    "lao": ("Lao", "lo"),
    "khm": ("Khmer", "km"),
    "mya": ("Burmese", "my"),
    "bod": ("Tibetan", "bo"),
    "kat": ("Georgian", "ka"),
    "hye": ("Armenian", "hy"),
    "amh": ("Ethiopic", "am"),
    "tir": ("Ethiopic", "ti"),
    "eng": (LATIN, "en"),
    "vie": (LATIN, "vi"),
    "pol": (LATIN, "pl"),
    "ces": (LATIN, "cs"),
    "slk": (LATIN, "sk"),
    "hun": (LATIN, "hu"),
    "ron": (LATIN, "ro"),
    "tur": (LATIN, "tr"),
    "aze": (LATIN, "az"),
    "lav": (LATIN, "lv"),
    "lit": (LATIN, "lt"),
    "est": (LATIN, "et"),
    "isl": (LATIN, "is"),
    "mlt": (LATIN, "mt"),
    "cym": (LATIN, "cy"),
    "hrv": (LATIN, "hr"),
    "slv": (LATIN, "sl"),
    "deu": (LATIN, "de"),
    "fra": (LATIN, "fr"),
    "spa": (LATIN, "es"),
    "por": (LATIN, "pt"),
    "ita": (LATIN, "it"),
    "nld": (LATIN, "nl"),
    "swe": (LATIN, "sv"),
    "dan": (LATIN, "da"),
    "nor": (LATIN, "no"),
    "fin": (LATIN, "fi"),
    "cat": (LATIN, "ca"),
}
"""The names of models, with the script of the language and its code in ISO 639-1, or longer if it has none there. The
first of a script in this order stands for it when the script of a page is looked for."""


def key_of(code: str | None) -> str | None:
    """Returns the key of a language, given its code, such as ``ru``; None if it is not known."""
    return next((key for key, (_script, own) in _KNOWN.items() if own == code), None)


_LEFT_OUT = frozenset({"osd", "equ", "snum"})
"""Models of Tesseract that read no language, and Chinese and Japanese, which the default reader reads better."""

_SYSTEM = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)


class Origin(StrEnum):
    """Where a language comes from, the most wanted first."""

    OWN = "own"
    """The user's folder of language packs."""

    SHIPPED = "shipped"
    """The program."""

    SYSTEM = "system"
    """The models of the Tesseract that is installed on this computer."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language that can be read.

    Attributes:
        key: Its name on the command line and in the library: that of its file, such as ``rus``.
        path: The file with its model.
        origin: Where that comes from.
        trouble: Why it cannot be used, as a sentence to be shown; empty if it can.
    """

    key: str
    path: Path
    origin: Origin
    trouble: str = ""

    @property
    def name(self) -> str:
        """Its name, to be shown."""
        return language_name(self.code) if self.code is not None else self.key

    @property
    def script(self) -> str:
        """Its script; a model that is not known has one of its own."""
        return _KNOWN[self.key][0] if self.key in _KNOWN else self.key

    @property
    def code(self) -> str | None:
        """Its code, such as ``ru``; None if the language is not known."""
        return _KNOWN[self.key][1] if self.key in _KNOWN else None


def has_tesseract() -> bool:
    """Whether Tesseract is there, which the extra ``ocrdesk[languages]`` brings."""
    return importlib.util.find_spec("tesserocr") is not None


def available_languages(own: Path | None) -> dict[str, Language]:
    """Returns the languages that can be read, and those whose file is damaged, by their keys.

    Args:
        own: The user's folder of language packs, or None.
    """
    found: dict[str, Language] = {}
    for origin, folder in _folders(own):
        for path in _models(folder):
            if path.stem not in found and not path.stem.startswith(("chi_", "jpn")) and path.stem not in _LEFT_OUT:
                found[path.stem] = Language(path.stem, path, origin, trouble_of(path))
    places = {key: place for place, key in enumerate(_KNOWN)}
    return {key: found[key] for key in sorted(found, key=lambda key: (places.get(key, len(places)), key))}


def _folders(own: Path | None) -> Iterator[tuple[Origin, Path]]:
    if own is not None:
        yield Origin.OWN, own
    if has_tesseract():
        yield Origin.SHIPPED, tessdata_folder()
        named = os.environ.get("TESSDATA_PREFIX")
        programs = [Path(os.environ.get("PROGRAMFILES", "C:/Program Files"), "Tesseract-OCR", "tessdata")]
        for folder in [named] if named else programs if sys.platform == "win32" else _SYSTEM:
            yield Origin.SYSTEM, Path(folder)


def _models(folder: Path) -> Sequence[Path]:
    kinds = (TESSERACT, ONNX) if has_tesseract() else (ONNX,)
    try:
        return sorted(path for path in folder.iterdir() if path.suffix in kinds and path.is_file())
    except OSError:
        return []
