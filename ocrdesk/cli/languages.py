"""The languages that are named on the command line."""

from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.reading_names import AUTO
from ocrdesk.engine.recognition.languages import available_languages
from ocrdesk.engine.words import _
from ocrdesk.places import Places


def languages_of(given: str | None, places: Places) -> tuple[str, ...] | None:
    """Returns the keys of the languages that were given; none for ``auto``, None if nothing was given.

    Raises:
        OcrdeskError: One is not installed, or its file is damaged.
    """
    if given is None or given == AUTO:
        return () if given else None
    known = available_languages(places.languages)
    if not known:
        raise OcrdeskError(_('No other languages are installed. Install them: pip install "ocrdesk[languages]".'))
    keys = tuple(key.strip() for key in given.split(","))
    for key in keys:
        if key not in known:
            raise OcrdeskError(
                _(
                    "The language “{key}” is not installed. Choose among {known}, or put its model into “{folder}”."
                ).format(key=key, known=", ".join(known), folder=places.languages)
            )
        if known[key].trouble:
            raise OcrdeskError(known[key].trouble)
    return keys
