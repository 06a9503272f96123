"""Translates the texts that users read, when they are shown.

The source is in English, which is used if there is no catalogue for the user's language. Each text is in the source as
a whole, with names for the values in it: ``_("{done} of {all} pages").format(done=3, all=5)``. How texts are collected
and how a catalogue is made is described in ``resources/collect_texts.py``.
"""

import gettext

from ocrdesk.resources import locale_folder

_catalogue: gettext.NullTranslations = gettext.translation("ocrdesk", locale_folder(), fallback=True)
"""The catalogue for the language that the environment asks for, as in ``LANGUAGE`` or ``LANG``."""


def _(text: str) -> str:
    """Returns a text in the user's language; must not be called while a module is imported."""
    return _catalogue.gettext(text)


def N_(text: str) -> str:  # noqa: N802 - as it is called wherever gettext is used
    """Marks a text that is translated later, and returns it unchanged."""
    return text


def plural(one: str, several: str, count: int, **values: object) -> str:
    """Returns a text about a number of things: ``plural("{count} page", "{count:,} pages", 3)``.

    Args:
        one: The text for one of them, with placeholders for values.
        several: The text for any other number, likewise.
        count: The number, which replaces the placeholder ``count``.
        **values: The other values.
    """
    return _catalogue.ngettext(one, several, count).format(count=count, **values)
