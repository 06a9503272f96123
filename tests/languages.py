"""Languages of tests: one that is German in part, and one in which every text is long and accented."""

import gettext
import io
import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

LONGER = 0.4
"""How much longer the texts of the made-up language are: as those of the wordiest translation of short texts."""

_ACCENTED = str.maketrans("aeiouncAEIOUNC", "áéíóúñçÁÉÍÓÚÑÇ")
_FILLING = "ẋẏẍ ëñð " * 40


class LongWords(gettext.NullTranslations):
    """The language ``xx``: every text with accents, and longer than in the source."""

    def gettext(self, message: str) -> str:
        return message if message == "1,234.5" else longer(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return longer(msgid1 if n == 1 else msgid2)


def longer(text: str) -> str:
    """Lengthens a text, but not its placeholders."""
    parts = re.split(r"(\{[^}]*\}|%\([a-z_]+\)[rs]|%s)", text)
    said = "".join(part if number % 2 else part.translate(_ACCENTED) for number, part in enumerate(parts))
    more = _FILLING[: max(1, round(LONGER * len(text)))].strip()
    return f"{said}{' ' * (' ' in text)}{more}"


def write_catalogue(folder: Path, language: str, texts: dict[str, str]) -> None:
    """Writes a compiled catalogue where the program looks for it in a folder."""
    catalogue = Catalog(locale=language)
    for text, said in texts.items():
        catalogue.add(text, said)
    file = io.BytesIO()
    write_mo(file, catalogue)
    path = folder / language / "LC_MESSAGES" / "ocrdesk.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(file.getvalue())
