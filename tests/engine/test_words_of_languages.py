import gettext

import pytest

from ocrdesk.engine import words
from ocrdesk.engine.facts import Fact
from ocrdesk.engine.words import N_, _, plural


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
    monkeypatch.setattr(words, "_catalogue", Shouting())
    assert (marked, _(marked)) == ("Read again", "READ AGAIN")
    assert plural("{count} page", "{count} pages", 1) == "FEW 1"
    assert plural("{count} page", "{count} pages", 9) == "MANY 9"
    assert Fact.FILE_EMPTY().startswith("THE FILE IS EMPTY")
