"""The languages that can be read beside those of the default reader: a model in a file for each."""

import importlib.util
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ocrdesk.engine.recognition.pack_files import ONNX, TESSERACT, trouble_of
from ocrdesk.engine.words import N_, _
from ocrdesk.resources import tessdata_folder

LATIN = "Latin"
ENGLISH = "eng"

_KNOWN: dict[str, tuple[str, str, str]] = {
    "rus": (N_("Russian"), "Cyrillic", "ru"),
    "ukr": (N_("Ukrainian"), "Cyrillic", "uk"),
    "bel": (N_("Belarusian"), "Cyrillic", "be"),
    "bul": (N_("Bulgarian"), "Cyrillic", "bg"),
    "srp": (N_("Serbian"), "Cyrillic", "sr"),
    "mkd": (N_("Macedonian"), "Cyrillic", "mk"),
    "kaz": (N_("Kazakh"), "Cyrillic", "kk"),
    "kir": (N_("Kyrgyz"), "Cyrillic", "ky"),
    "mon": (N_("Mongolian"), "Cyrillic", "mn"),
    "tgk": (N_("Tajik"), "Cyrillic", "tg"),
    "tat": (N_("Tatar"), "Cyrillic", "tt"),
    "ell": (N_("Greek"), "Greek", "el"),
    "grc": (N_("Ancient Greek"), "Greek", "grc"),
    "kor": (N_("Korean"), "Korean", "ko"),
    "ara": (N_("Arabic"), "Arabic", "ar"),
    "fas": (N_("Persian"), "Arabic", "fa"),
    "urd": (N_("Urdu"), "Arabic", "ur"),
    "pus": (N_("Pashto"), "Arabic", "ps"),
    "heb": (N_("Hebrew"), "Hebrew", "he"),
    "yid": (N_("Yiddish"), "Hebrew", "yi"),
    "hin": (N_("Hindi"), "Devanagari", "hi"),
    "mar": (N_("Marathi"), "Devanagari", "mr"),
    "nep": (N_("Nepali"), "Devanagari", "ne"),
    "san": (N_("Sanskrit"), "Devanagari", "sa"),
    "ben": (N_("Bengali"), "Bengali", "bn"),
    "asm": (N_("Assamese"), "Bengali", "as"),
    "guj": (N_("Gujarati"), "Gujarati", "gu"),
    "pan": (N_("Punjabi"), "Gurmukhi", "pa"),
    "tam": (N_("Tamil"), "Tamil", "ta"),
    "tel": (N_("Telugu"), "Telugu", "te"),
    "kan": (N_("Kannada"), "Kannada", "kn"),
    "mal": (N_("Malayalam"), "Malayalam", "ml"),
    "ori": (N_("Odia"), "Odia", "or"),
    "sin": (N_("Sinhala"), "Sinhala", "si"),
    "tha": (N_("Thai"), "Thai", "th"),
    "lao": (N_("Lao"), "Lao", "lo"),
    "khm": (N_("Khmer"), "Khmer", "km"),
    "mya": (N_("Burmese"), "Burmese", "my"),
    "bod": (N_("Tibetan"), "Tibetan", "bo"),
    "kat": (N_("Georgian"), "Georgian", "ka"),
    "hye": (N_("Armenian"), "Armenian", "hy"),
    "amh": (N_("Amharic"), "Ethiopic", "am"),
    "tir": (N_("Tigrinya"), "Ethiopic", "ti"),
    "eng": (N_("English"), LATIN, "en"),
    "vie": (N_("Vietnamese"), LATIN, "vi"),
    "pol": (N_("Polish"), LATIN, "pl"),
    "ces": (N_("Czech"), LATIN, "cs"),
    "slk": (N_("Slovak"), LATIN, "sk"),
    "hun": (N_("Hungarian"), LATIN, "hu"),
    "ron": (N_("Romanian"), LATIN, "ro"),
    "tur": (N_("Turkish"), LATIN, "tr"),
    "aze": (N_("Azerbaijani"), LATIN, "az"),
    "lav": (N_("Latvian"), LATIN, "lv"),
    "lit": (N_("Lithuanian"), LATIN, "lt"),
    "est": (N_("Estonian"), LATIN, "et"),
    "isl": (N_("Icelandic"), LATIN, "is"),
    "mlt": (N_("Maltese"), LATIN, "mt"),
    "cym": (N_("Welsh"), LATIN, "cy"),
    "hrv": (N_("Croatian"), LATIN, "hr"),
    "slv": (N_("Slovenian"), LATIN, "sl"),
    "deu": (N_("German"), LATIN, "de"),
    "fra": (N_("French"), LATIN, "fr"),
    "spa": (N_("Spanish"), LATIN, "es"),
    "por": (N_("Portuguese"), LATIN, "pt"),
    "ita": (N_("Italian"), LATIN, "it"),
    "nld": (N_("Dutch"), LATIN, "nl"),
    "swe": (N_("Swedish"), LATIN, "sv"),
    "dan": (N_("Danish"), LATIN, "da"),
    "nor": (N_("Norwegian"), LATIN, "no"),
    "fin": (N_("Finnish"), LATIN, "fi"),
    "cat": (N_("Catalan"), LATIN, "ca"),
}
"""The names of models, with the name of the language, its script, and its code in ISO 639-1 if it has one. The first of
a script in this order stands for it when the script of a page is looked for."""


def key_of(code: str | None) -> str | None:
    """Returns the key of a language, given its code, such as ``ru``; None if it is not known."""
    return next((key for key, (_name, _script, own) in _KNOWN.items() if own == code), None)


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
        return _(_KNOWN[self.key][0]) if self.key in _KNOWN else self.key

    @property
    def script(self) -> str:
        """Its script; a model that is not known has one of its own."""
        return _KNOWN[self.key][1] if self.key in _KNOWN else self.key

    @property
    def code(self) -> str | None:
        """Its code, such as ``ru``; None if the language is not known."""
        return _KNOWN[self.key][2] if self.key in _KNOWN else None


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
