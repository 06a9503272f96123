import gettext

import pytest

from ocrdesk.engine import words
from ocrdesk.engine.facts import Fact
from ocrdesk.engine.words import N_, _, plural, written_number


class Shouting(gettext.NullTranslations):
    """A language in which everything is said loudly."""

    def gettext(self, message: str) -> str:
        return message.upper()

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return "FEW {count}" if n < 5 else "MANY {count}"


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 pages of “{x}”"), (1, "1 page of “{x}”"), (2, "2 pages of “{x}”"), (20_000, "20,000 pages of “{x}”")],
)
def test_one_of_something_is_said_otherwise_than_several(count, said):
    assert plural("{count} page of “{name}”", "{count:,} pages of “{name}”", count, name="{x}") == said


def test_without_a_catalogue_texts_are_as_in_the_source():
    assert (_("Read again"), N_("Read again")) == ("Read again", "Read again")


def test_texts_are_looked_up_when_they_are_shown(monkeypatch):
    marked = N_("Read again")
    monkeypatch.setattr(words, "_language", words._Language(Shouting()))
    assert (marked, _(marked)) == ("Read again", "READ AGAIN")
    assert plural("{count} page", "{count} pages", 1) == "FEW 1"
    assert plural("{count} page", "{count} pages", 9) == "MANY 9"
    assert Fact.FILE_EMPTY().startswith("THE FILE IS EMPTY")


class German(gettext.NullTranslations):
    """Writes numbers as German does, and one sentence."""

    def gettext(self, message: str) -> str:
        return {
            "1,234.5": "1.234,5",
            "{done:,} of {all:,}, {seconds:.1f} s, {name}": "{done:,} von {all:,}, {name}",
        }.get(message, message)


def test_numbers_are_written_as_the_language_does(monkeypatch):
    assert written_number(1234567.26, 1) == "1,234,567.3"
    monkeypatch.setattr(words, "_language", words._Language(German()))
    assert (written_number(20_000), written_number(0.25, 2)) == ("20.000", "0,25")
    said = _("{done:,} of {all:,}, {seconds:.1f} s, {name}")
    assert said.format(done=2000, all=1, seconds=1.5, name="a,b.pdf") == "2.000 von 1, a,b.pdf"
    assert plural("{count} page", "{count:,} pages, {share:.1f}", 3000, share=0.5) == "3.000 pages, 0,5"


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, []),
        ({"LANG": "C.UTF-8"}, []),
        ({"LANG": "de_AT.UTF-8"}, ["de_AT.UTF-8"]),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, []),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "sv:de"}, ["sv", "de"]),
        ({"LANGUAGE": "en_GB:de", "LANG": "de_DE.UTF-8"}, []),
        ({"LANGUAGE": "sv:en:de"}, ["sv"]),
    ],
)
def test_the_languages_of_the_environment_are_followed_up_to_english(environment, wanted):
    assert words.languages_wanted(environment) == wanted
