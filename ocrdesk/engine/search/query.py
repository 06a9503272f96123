"""What somebody looks for, understood from what they type; anything can be typed, and nothing is an error."""

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, takewhile

from ocrdesk.engine.search.folding import is_apart, joined_abbreviations, words_of
from ocrdesk.engine.search.spellings import MOST_WORDS, Words, count_belonging, is_date, spellings_of


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
    r"""
    (?P<not> (?<!\S)[-−–] )?  # elsewhere it is a hyphen
    (?: (?P<where>name|folder): )?
    (?: "(?P<phrase>[^"]*)(?P<end>"|$) | (?P<word>[^\s"]+) )
    """,
    re.VERBOSE | re.IGNORECASE,
)

_QUOTES = dict.fromkeys(map(ord, "“”„‟«»＂「」『』"), '"')

SHORTEST_PREFIX = 2
"""From how many letters on a word that is being typed is the beginning of one: almost every page has one with “a”."""

MOST_TERMS = 64
"""Of how many words and phrases a query consists at most: SQLite understands no more than some hundreds."""


def parse(text: str) -> Query:
    """Understands what was typed.

    Words may stand anywhere on a page, in any order; those between quotes stand together. ``-word`` must not be there,
    of ``one OR other`` one must be, and ``name:`` and ``folder:`` look for the file. The last word may go on, as long
    as no space or quote follows it, and any word with a ``*`` at its end.
    """
    typed = joined_abbreviations(text.translate(_QUOTES))
    parts = deque(_PART.finditer(typed))
    groups: list[list[Term]] = []
    unwanted: list[Term] = []
    is_or = False
    while parts and len(groups) + len(unwanted) < MOST_TERMS:
        plain = [part["word"] for part in takewhile(_is_plain, islice(parts, MOST_WORDS))]
        count = count_belonging(plain) if plain else 1
        taken = [parts.popleft() for _ in range(count)]
        if plain[:1] == ["OR"]:
            is_or = bool(groups)
            continue
        term = _term(taken[0], " ".join(plain[:count]), is_last=taken[-1].end() == len(typed) and not taken[-1]["end"])
        if term is None:
            continue
        if taken[0]["not"]:
            unwanted.append(term)
        elif is_or:
            groups[-1].append(term)
        else:
            groups.append([term])
        is_or = False
    return Query(text, tuple(map(tuple, groups)), tuple(unwanted))


def in_names(text: str) -> str | None:
    """Returns what is to be typed to look for the same in the names of files; None if a text says where to look."""
    typed = text.translate(_QUOTES)
    parts = list(_PART.finditer(typed))
    if any(part["where"] for part in parts):
        return None
    names = (part[0] if part["not"] or part["word"] == "OR" else f"name:{part[0]}" for part in parts)
    return " ".join(names) + typed[len(typed.rstrip()) :]


def _is_plain(part: re.Match[str]) -> bool:
    return bool(part["word"]) and not part["not"] and not part["where"]


def _term(part: re.Match[str], plain: str, *, is_last: bool) -> Term | None:
    """Returns what a part of a query stands for; None if it has no letters."""
    typed = plain or part["phrase"] or part["word"] or ""
    as_typed = tuple(word for word, _, _ in words_of(typed))
    if not as_typed:
        return None
    where = Where(part["where"].lower()) if part["where"] else Where.TEXT
    other = spellings_of(typed) if where is Where.TEXT else ()
    can_go_on = len(as_typed[-1]) >= SHORTEST_PREFIX and not is_apart(as_typed[-1]) and not is_date(typed)
    goes_on = can_go_on and (is_last or typed.endswith("*"))
    return Term(tuple(dict.fromkeys((as_typed, *other))), goes_on, where)
