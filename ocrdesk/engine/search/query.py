"""What somebody looks for, understood from what they type; anything can be typed, and nothing is an error."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ocrdesk.engine.search.folding import is_apart, words_of
from ocrdesk.engine.search.spellings import DATES, spellings_of

Words = tuple[str, ...]
"""Folded words that stand one after the other."""


class Where(StrEnum):
    """Where a term is looked for: the names of the columns of the index."""

    TEXT = "text"
    NAME = "name"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase that is looked for.

    Attributes:
        ways: In which ways it is written, each as words that stand one after the other.
        is_prefix: Whether its last word may go on.
        where: Where it is looked for.
    """

    ways: tuple[Words, ...]
    is_prefix: bool = False
    where: Where = Where.TEXT

    @property
    def match(self) -> str:
        """The same for FTS5."""
        ways = " OR ".join(f'"{" ".join(way)}"{" *" if self.is_prefix else ""}' for way in self.ways)
        return f"{self.where} : ({ways})"


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    Attributes:
        text: As it was typed.
        wanted: Of each of these groups, a page has at least one term.
        unwanted: Of these, a page has none.
    """

    text: str = ""
    wanted: tuple[tuple[Term, ...], ...] = ()
    unwanted: tuple[Term, ...] = ()

    @property
    def match(self) -> str | None:
        """The same for FTS5; None if nothing is looked for: there is no looking for what is not there alone."""
        if not self.wanted:
            return None
        wanted = " AND ".join(_any_of(group) for group in self.wanted)
        return f"({wanted}) NOT {_any_of(self.unwanted)}" if self.unwanted else wanted

    @property
    def in_text(self) -> tuple[Term, ...]:
        """The terms that are marked on a page that was found."""
        return tuple(term for group in self.wanted for term in group if term.where is Where.TEXT)


def _any_of(terms: Iterable[Term]) -> str:
    return f"({' OR '.join(term.match for term in terms)})"


_PART = re.compile(
    rf"""
    (?P<not>(?:(?<=\s)|^)[-−–])?
    (?:(?P<where>name|folder):)?
    (?: "(?P<phrase>[^"]*)(?P<end>"|$) | (?P<date>{DATES})(?![^\s"()]) | (?P<word>[^\s"()]+) )
    """,
    re.VERBOSE | re.IGNORECASE,
)

_QUOTES = str.maketrans("“”„‟«»＂", '"' * 7)

SHORTEST_PREFIX = 2
"""From how many letters on a word that is being typed is the beginning of one: almost every page has one with “a”."""


def parse(text: str) -> Query:
    """Understands what was typed.

    Words may stand anywhere on a page, in any order; those between quotes stand together. ``-word`` must not be there,
    of ``one OR other`` one must be, and ``name:`` and ``folder:`` look for the file. The last word may go on, as long
    as no space or quote follows it.
    """
    groups: list[list[Term]] = []
    unwanted: list[Term] = []
    is_or = False
    typed = text.translate(_QUOTES)
    for part in _PART.finditer(typed):
        if part["word"] == "OR" and not part["not"] and not part["where"]:
            is_or = bool(groups)
            continue
        is_last = part.end() == len(typed) and not (part["phrase"] is not None and part["end"])
        term = _term(part, is_last)
        if term is None:
            continue
        if part["not"]:
            unwanted.append(term)
        elif is_or:
            groups[-1].append(term)
        else:
            groups.append([term])
        is_or = False
    return Query(text, tuple(map(tuple, groups)), tuple(unwanted))


def _term(part: re.Match[str], is_last: bool) -> Term | None:
    """Returns what one part of a query stands for; None if it has no letters."""
    typed = part["phrase"] or part["date"] or part["word"] or ""
    as_typed = tuple(word for word, _, _ in words_of(typed))
    if not as_typed:
        return None
    where = Where(part["where"].lower()) if part["where"] else Where.TEXT
    other = spellings_of(typed) if where is Where.TEXT else ()
    goes_on = is_last and len(as_typed[-1]) >= SHORTEST_PREFIX and not is_apart(as_typed[-1])
    return Term(tuple(dict.fromkeys((as_typed, *other))), goes_on, where)
