"""Translates the texts that users read, when they are shown, and writes numbers as their language does.

The source is in English, which is used if there is no catalogue for the user's language. Each text is in the source as
a whole, with names for the values in it: ``_("{done:,} of {all:,} pages").format(done=3, all=5)``. How texts are
collected and how a catalogue is made is described in ``docs/translating.md``.
"""

import gettext
import os
import string
from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import Any

from ocrdesk.resources import locale_folder

DOMAIN = "ocrdesk"
ENGLISH = "en"

LANGUAGE = "LANGUAGE"
"""The variable of the environment that names the languages which a user reads, the best first."""

_VARIABLES = (LANGUAGE, "LC_ALL", "LC_MESSAGES", "LANG")

_AS_WRITTEN = "1,234.5"
"""How English separates thousands and decimals; each catalogue says how its language does."""


def N_(text: str) -> str:  # noqa: N802 - as it is called wherever gettext is used
    """Marks a text that is translated later, and returns it unchanged."""
    return text


class _Format(string.Formatter):
    """Formats as ``str.format`` does, but numbers with the separators of a language."""

    def __init__(self, thousands: str, decimals: str) -> None:
        self._separators = {ord(","): thousands, ord("."): decimals}

    def format_field(self, value: Any, format_spec: str) -> str:
        """Formats one value."""
        written = format(value, format_spec)
        is_number = isinstance(value, int | float) and format_spec[-1:] in (",", "f", "%")
        return written.translate(self._separators) if is_number else written


class _Text(str):
    """A text in which numbers are written as in its language."""

    __slots__ = ()

    def format(self, *args: object, **kwargs: object) -> str:
        """Returns the text with values in the places of its names."""
        return _language.numbers.vformat(self, args, kwargs)


class _Language:
    """A language that texts are shown in.

    Attributes:
        catalogue: Its texts.
        text: Makes a text that can be formatted of one in the catalogue.
        numbers: How it writes numbers.
    """

    def __init__(self, catalogue: gettext.NullTranslations) -> None:
        self.catalogue = catalogue
        written = catalogue.gettext(N_("1,234.5"))
        self.text = str if written == _AS_WRITTEN else _Text
        self.numbers = _Format(written[1:-5], written[-2])


def languages_wanted(environment: Mapping[str, str]) -> list[str]:
    """Returns the languages that an environment asks for, the best first.

    English and what comes after it is left out: who reads English is not shown any other language.
    """
    said = next(filter(None, map(environment.get, _VARIABLES)), "C")
    return list(takewhile(_is_foreign, said.split(":")))


def _is_foreign(name: str) -> bool:
    return name.split(".")[0] not in ("C", "POSIX") and not name.startswith(ENGLISH)


def _catalogue() -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, locale_folder(), languages_wanted(os.environ), fallback=True)


_language = _Language(_catalogue())


def follow_environment() -> None:
    """Shows texts from now on in the language that the environment asks for by now."""
    global _language
    _language = _Language(_catalogue())


def language_in_force() -> str:
    """Returns the language that texts are shown in, as its catalogue says."""
    return _language.catalogue.info().get("language", ENGLISH)


def translated_languages() -> list[str]:
    """Returns the languages that there are catalogues for, such as ``de`` and ``zh_CN``, and English."""
    found = locale_folder().glob(f"*/LC_MESSAGES/{DOMAIN}.mo")
    return sorted([ENGLISH, *(path.parent.parent.name for path in found)])


def in_all_languages(text: str) -> dict[str, str]:
    """Returns a text in each language that there is a catalogue for, but English; for files that name all of them."""
    foreign = [name for name in translated_languages() if name != ENGLISH]
    return {name: gettext.translation(DOMAIN, locale_folder(), [name]).gettext(text) for name in foreign}


def _(text: str) -> str:
    """Returns a text in the user's language; must not be called while a module is imported."""
    return _language.text(_language.catalogue.gettext(text))


def plural(one: str, several: str, count: int, **values: object) -> str:
    """Returns a text about a number of things: ``plural("{count} page", "{count:,} pages", 3)``.

    Args:
        one: The text for one of them, with placeholders for values.
        several: The text for any other number, likewise.
        count: The number, which replaces the placeholder ``count``.
        **values: The other values.
    """
    return _language.text(_language.catalogue.ngettext(one, several, count)).format(count=count, **values)


def listed(things: Iterable[str]) -> str:
    """Returns things one after the other, as the user's language separates them."""
    return _(", ").join(things)


def quoted(words: str) -> str:
    """Returns words in the quotation marks of the user's language."""
    return _("“{words}”").format(words=words)


def written_number(value: float, decimals: int = 0) -> str:
    """Returns a number as the user's language writes it."""
    return _language.numbers.format_field(value, f",.{decimals}f")
