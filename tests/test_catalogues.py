"""The translations that come with the program."""

import gettext
import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from ocrdesk.engine.words import DOMAIN, ENGLISH, translated_languages
from ocrdesk.resources import locale_folder
from ocrdesk.ui.window.menus import MENU_BAR

LANGUAGES = [name for name in translated_languages() if name != ENGLISH]


@pytest.fixture(scope="module")
def template():
    """The texts of the program."""
    with (locale_folder() / "ocrdesk.pot").open("rb") as file:
        return [message for message in read_po(file) if message.id]


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(scope="module")
def catalogue(language):
    """Its texts as translators edit them."""
    with (folder_of(language) / "ocrdesk.po").open("rb") as file:
        return read_po(file, locale=language)


def folder_of(language: str) -> Path:
    return locale_folder() / language / "LC_MESSAGES"


def forms(words: str | tuple[str, ...]) -> tuple[str, ...]:
    return words if isinstance(words, tuple) else (words,)


def placeholders(words: str) -> Counter[str]:
    return Counter(re.findall(r"\{[a-z_]*[^}]*\}|%\([a-z_]+\)[rs]|%s", words))


def test_the_window_speaks_these_languages():
    assert {"ar", "de", "es", "fr", "it", "ja", "pl", "pt", "zh_CN"} <= set(LANGUAGES)


def test_every_text_is_translated_in_all_its_forms(catalogue, template):
    known = {message.id: message for message in catalogue}
    for text in template:
        assert text.id in known, "run resources/collect_texts.py"
        said = forms(known[text.id].string)
        assert len(said) == (catalogue.num_plurals if isinstance(text.id, tuple) else 1), text.id
        assert all(words.strip() for words in said), text.id


def test_no_value_is_lost_in_a_translation(catalogue):
    for message in catalogue:
        if not message.id:
            continue
        english = [placeholders(words) for words in forms(message.id)]
        for words in forms(message.string):
            said = placeholders(words)
            # A number may be said in words: “the file”, “two files”.
            in_words = [said + Counter([count]) for count in ("{count}", "{count:,}")] if len(english) == 2 else []
            assert any(its in english for its in [said, *in_words]), words


def test_what_is_compiled_is_what_was_translated(catalogue, language):
    with (folder_of(language) / f"{DOMAIN}.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in catalogue:
        if isinstance(message.id, tuple):
            for number, form in enumerate(message.string):
                assert compiled._catalog[message.id[0], number] == form, "run resources/collect_texts.py"
        elif message.id:
            assert compiled.gettext(message.id) == message.string, "run resources/collect_texts.py"


def test_each_menu_has_a_key_of_its_own(catalogue):
    known = {message.id: message.string for message in catalogue}
    keys = [known[name][known[name].index("&") + 1].casefold() for name in MENU_BAR]
    assert len(set(keys)) == len(keys), keys
