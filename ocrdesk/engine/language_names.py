"""The names of the languages that are told of pages."""

from ocrdesk.engine.words import N_, _

_NAMES = {
    "cs": N_("Czech"),
    "da": N_("Danish"),
    "de": N_("German"),
    "en": N_("English"),
    "es": N_("Spanish"),
    "fr": N_("French"),
    "it": N_("Italian"),
    "nl": N_("Dutch"),
    "pl": N_("Polish"),
    "pt": N_("Portuguese"),
    "sv": N_("Swedish"),
    "zh": N_("Chinese"),
    "ja": N_("Japanese"),
}


def language_name(language: str | None) -> str:
    """Returns the name of a language, given its code; a code that has no name stands for itself."""
    if language is None:
        return _("Unknown")
    return _(_NAMES[language]) if language in _NAMES else language
