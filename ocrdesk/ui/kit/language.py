"""The language of the window: its texts, those of Qt, dates and numbers, and the direction it is laid out in."""

import os
from collections.abc import Sequence

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from ocrdesk.engine.words import ENGLISH, LANGUAGE, follow_environment, language_in_force, translated_languages
from ocrdesk.environment import GIVEN

AS_DESKTOP = ""
"""The language that the desktop is in."""

_COUNTRIES = {"ar": "ar_AE", "en": "en_GB", "pt": "pt_BR"}
"""Countries that stand for a language where the desktop is in another one. Arabic texts are written with the digits
0 to 9 here, as in the Emirates, because readers of scans and tables meet those everywhere."""


def speak(app: QApplication, language: str) -> None:
    """Shows what is made from now on in a language.

    The environment is changed as well, so that the program's other processes speak the same.

    Args:
        app: The program.
        language: One of ``translated_languages()``, or ``AS_DESKTOP``.
    """
    of_desktop = GIVEN.get(LANGUAGE) or ":".join(_of_desktop(QLocale.system().uiLanguages()))
    os.environ[LANGUAGE] = language or of_desktop or ENGLISH
    follow_environment()
    spoken = language_in_force()
    system = QLocale.system()
    is_same = _code(system.name()) == _code(spoken)
    locale = system if is_same and spoken != "ar" else QLocale(_COUNTRIES.get(spoken, spoken))
    QLocale.setDefault(locale)
    app.setLayoutDirection(locale.textDirection())
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    translator = QTranslator(app)
    if translator.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def choices() -> dict[str, str]:
    """Returns the languages that can be chosen, each with its name in that language."""
    names = {code: QLocale(code).nativeLanguageName() for code in translated_languages()}
    names[ENGLISH] = "English"  # Qt knows only the English of countries
    return {code: name[:1].upper() + name[1:] for code, name in sorted(names.items(), key=lambda it: it[1].casefold())}


def _code(name: str) -> str:
    return name.partition("_")[0]


def _of_desktop(languages: Sequence[str]) -> list[str]:
    """Returns languages as they are named in the environment, of ones named as ``zh-Hans-CN`` is.

    Chinese in simplified letters is read in more places than one.
    """
    return ["zh_CN" if name in ("zh-SG", "zh-MY") or "Hans" in name else name.replace("-", "_") for name in languages]
