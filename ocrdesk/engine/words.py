"""The words that people read, in their language: looked up when they are shown.

English is the language of the source, and what is said where there is no catalogue. A text stands in the source whole,
with names for the values in it: ``_("{done} of {all} pages").format(done=3, all=5)``. What collects them, and how a
catalogue is made, stands in ``resources/collect_texts.py``.
"""

import gettext

from ocrdesk.resources import locale_folder

_catalogue: gettext.NullTranslations = gettext.translation("ocrdesk", locale_folder(), fallback=True)
"""In the language that the environment asks for, as in ``LANGUAGE`` or ``LANG``."""


def _(text: str) -> str:
    """A text in the language of the person; not to be asked for when a module is imported."""
    return _catalogue.gettext(text)


def N_(text: str) -> str:  # noqa: N802 - as it is called wherever gettext is used
    """Marks a text that is looked up later, and gives it as it is."""
    return text


def plural(one: str, several: str, count: int, **values: object) -> str:
    """A text about a number of things: ``plural("{count} page", "{count:,} pages", 3)``.

    Args:
        one: About one of them, with places for values.
        several: About another number of them, likewise.
        count: How many, which the place ``count`` is for.
        **values: The other values.
    """
    return _catalogue.ngettext(one, several, count).format(count=count, **values)
