"""Makes the lists of words that the program ships, from packages of Debian; see ``words/LICENSES.md``.

``python resources/make_word_lists.py FOLDER [LANGUAGE…]``, where FOLDER has these packages, unpacked each into a folder
of its name (``apt-get download NAME; dpkg-deb -x NAME_*.deb NAME``).
"""

import json
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from word_lists.automaton import packed
from word_lists.hunspell import Dictionary

OUT = Path(__file__).parent / "words"

DICTIONARIES = {
    "da": ("hunspell-da", "da_DK"),
    "es": ("hunspell-es", "es_ES"),
    "fr": ("hunspell-fr-classical", "fr"),
    "nl": ("hunspell-nl", "nl"),
    "pt": ("hunspell-pt-pt", "pt_PT"),
    "sv": ("hunspell-sv", "sv_SE"),
}
LISTS = {
    "en": (
        "wamerican-large/usr/share/dict/american-english-large",
        "wbritish-large/usr/share/dict/british-english-large",
    )
}
THESAURUS = "mythes-de/usr/share/mythes/th_de_DE_v2.dat"
HELP = ("cs", "da", "de", "en-us", "es", "fr", "it", "nl", "pl", "pt", "sv")

_ENGLISH = {"the", "of", "and", "to", "this", "that", "with", "for"}
"""Paragraphs with two of these have not been translated."""

_WORD = re.compile(r"[^\W\d_]+")


def main(folder: Path, *languages: str) -> None:
    """Writes lists, of all languages if none are given; ``common.json`` is written by hand."""
    common = json.loads((OUT / "common.json").read_text(encoding="utf-8"))
    for name in HELP:
        language = name[:2]
        if languages and language not in languages:
            continue
        told = Counter(words_in_help(folder / f"libreoffice-help-{name}"))
        found = {word for word, times in told.items() if times > 2} | words_of([common[language]])
        if language in DICTIONARIES:
            package, file = DICTIONARIES[language]
            found |= words_of(Dictionary(folder / package / "usr/share/hunspell" / f"{file}.dic").words())
        for path in LISTS.get(language, ()):
            found |= words_of((folder / path).read_text(encoding="utf-8").split())
        if language == "de":
            found |= words_of(german((folder / THESAURUS).read_text(encoding="utf-8")))
        letters, edges = packed(sorted(found))
        if sys.byteorder == "big":
            edges.byteswap()
        data = letters.encode() + b"\n" + edges.tobytes()
        path = OUT / f"{language}.xz"
        path.write_bytes(lzma.compress(data, preset=9 | lzma.PRESET_EXTREME))
        print(f"{language}: {len(found):,} words, {len(edges):,} edges, {path.stat().st_size:,} bytes", flush=True)


def words_of(texts: Iterable[str]) -> set[str]:
    """Returns the words of texts in lower case; what an apostrophe or a hyphen joins is several words."""
    return {word for text in texts for word in _WORD.findall(text.casefold()) if len(word) < 40}


def words_in_help(package: Path) -> Iterator[str]:
    """Gives every word of the running text of LibreOffice's help, in lower case."""
    is_english = package.name.endswith("en-us")
    for page in package.rglob("*.html"):
        text = page.read_text(encoding="utf-8", errors="replace")
        text = re.sub(r"(?s)<(script|style|code|head)\b.*?</\1>", " ", text)
        for paragraph in re.findall(r"(?s)<p\b[^>]*>(.*?)</p>", text):
            plain = unescape(re.sub(r"<[^>]*>", "", paragraph))
            words = _WORD.findall(plain.casefold())
            if len(words) > 5 and "xhp" not in words and (is_english or len(_ENGLISH.intersection(words)) < 2):
                yield from words


_NOUN = ("", "s", "es", "e", "en", "n", "er", "ern", "ens")
_VERB = (
    "e", "st", "est", "t", "et", "en", "te", "ete", "test", "ten", "eten", "tet", "end", "ende", "enden", "ender",
    "endes",
)  # fmt: skip
_ADJECTIVE = tuple(degree + end for degree in ("", "er", "st", "est") for end in ("", "e", "en", "er", "es", "em"))


def german(thesaurus: str) -> Iterator[str]:
    """Gives the words of a thesaurus, which has their ground forms, with the usual endings."""
    for word in set(re.findall(r"[^\W\d_]{2,}", thesaurus)):
        yield word
        if word[0].isupper():
            yield from (word + end for end in _NOUN)
        elif word.endswith(("en", "ern", "eln")):
            stem = word.removesuffix("en") if word.endswith("en") else word.removesuffix("n")
            yield from (stem + end for end in _VERB)
            yield from (f"ge{stem}{end}" for end in ("t", "et", "en", "te", "ten", "ter", "tes", "ene", "enen"))
        else:
            yield from (word + end for end in _ADJECTIVE)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
