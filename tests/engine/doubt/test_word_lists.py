"""The lists of words that the program ships."""

import sys
from pathlib import Path

import pytest

from ocrdesk.engine.doubt.languages import language_of
from ocrdesk.engine.doubt.word_lists import WordList, word_list
from ocrdesk.resources import words_folder

sys.path.insert(0, str(Path(__file__).parents[3] / "resources"))

packed = pytest.importorskip("word_lists.automaton", reason="these scripts are not installed").packed
Dictionary = pytest.importorskip("word_lists.hunspell", reason="likewise").Dictionary

WORDS = ["a", "an", "and", "ant", "band", "bänd", "walk", "walked", "walking"]


def test_a_packed_list_has_just_its_words():
    words = WordList(*packed(WORDS))
    assert [word for word in WORDS if word not in words] == []
    others = ["", "b", "ban", "bands", "wal", "walke", "walks", "ä", "x", "andx", 7]
    assert [word for word in others if word in words] == []


def test_a_dictionary_is_expanded_by_its_affixes(tmp_path):
    (tmp_path / "x.aff").write_text(
        "SET UTF-8\nNEEDAFFIX !\nPFX U Y 1\nPFX U 0 un .\nSFX D Y 2\nSFX D y ied [^aeiou]y\nSFX D 0 ed [^y]\n", "utf-8"
    )
    (tmp_path / "x.dic").write_text("4\ntry/D\nlock/UD\nplain\nstem/!D\n", "utf-8")
    assert set(Dictionary(tmp_path / "x.dic").words()) == {
        "try", "tried", "lock", "locked", "unlock", "unlocked", "plain", "stemed",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("language", "there", "missing"),
    [("en", "houses", "hou"), ("de", "häuser", "häusre"), ("fr", "mangeait", "mangaeit"), ("es", "niños", "nilños"),
     ("cs", "jsem", "jsme2"), ("da", "huset", "husset"), ("nl", "huizen", "huizne")],
)  # fmt: skip
def test_the_lists_that_are_shipped_know_words_of_their_language(language, there, missing):
    words = word_list(words_folder(), language)
    assert there in words
    assert missing not in words


@pytest.mark.parametrize(("word", "is_there"), [("hauser", True), ("strasse", True), ("haus", True), ("hausre", False)])
def test_words_are_found_folded(word, is_there):
    def folded(letter):
        return {"ä": "a", "ß": "ss"}.get(letter, letter)

    assert word_list(words_folder(), "de").has_folded(word, folded) is is_there


def test_a_language_without_a_list_has_none():
    assert word_list(words_folder(), "xx") is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "it was the best of times and it was the worst of times"),
        ("de", "es war die beste und es war auch die schlechteste aller zeiten für uns"),
        ("fr", "le chat est sur la table et il ne veut pas descendre de là pour nous"),
        (
            "es",
            "los hombres que no son de aquí y las mujeres que se fueron con ellos",
        ),
        ("cs", "byl jsem tam a viděl jsem že se to nikdy nestalo jak mi to řekl"),
        (None, "total 12 eur cash change"),
        (None, "lorem ipsum dolor sit amet consectetur adipiscing elit sed eiusmod"),
    ],
)
def test_a_language_is_told_from_words_that_run_through_every_text(language, text):
    assert language_of(text.split(), words_folder()) == language
