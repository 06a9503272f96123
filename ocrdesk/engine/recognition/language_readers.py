"""Chooses the language of the lines that the default reader cannot read, and has them read in it."""

import logging
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

import numpy as np

from ocrdesk.engine.decode import Pixels
from ocrdesk.engine.recognition.languages import ENGLISH, LATIN, Language
from ocrdesk.engine.recognition.read_line import ReadLine
from ocrdesk.engine.written import is_full_width

log = logging.getLogger(__name__)

LINES = 4
"""How many lines decide on the language and on which way up the page is."""

LONGEST = 20
"""A line that is read for that is cut off at this many times its height."""

BEHIND, BEHIND_SAME_SCRIPT = 0.15, 0.3
"""A language that is this far behind the best one after some lines is not asked about further ones. Scripts are told by
how clear the lines are. Languages of one script are nearly as clear as each other; they are told by how much of the
lines is in their dictionaries, too: of a Cyrillic page, its own language knows the words that make 74 to 100 of 100
letters, and its neighbours 63 at most."""

TELLING, OFTEN, WORTH = {"fas": "پچژگ", "vie": "ươƯƠ"}, 0.01, 0.25
"""Letters that a language has and others of its script do not, which share of its letters they are at least, and how
much that counts where the dictionaries do not tell: four lines of Persian have 2 to 4 in 100, of Arabic none."""

ENOUGH = 400
"""A page with this many letters, too few of which tell a language, is not in that language, though it was chosen for
its batch: of Vietnamese, the default reader reads 2 to 4 in 100 letters that tell it."""

CLEAR = 0.75
"""A language is chosen if the lines are at least this clear in it; those that are not are read once more, together with
English."""

CLEARER = 0.15
"""By how much a line must be clearer when it is read together with English."""

UNREAD, SOME = 0.5, 0.25
"""A line of which this fraction was not read counts as unread. On a page for which a person chose languages, at least
this share of the lines must be unread: one alone is a logo, and short words look alike in several scripts."""


class Reader(Protocol):
    """Reads lines in one language."""

    def read(self, crops: Sequence[Pixels]) -> list[ReadLine]:
        """Reads RGB pictures of one upright line each."""
        ...

    def close(self) -> None:
        """Frees its model."""
        ...


Open = Callable[[Language, bool], Reader | None]
"""Opens a reader for a language; the flag adds English. Returns None where that cannot be had."""


ByDefault = Callable[[Sequence[int]], list[ReadLine]]
"""Has some lines of a page read by the default reader, given their numbers."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The language of a page.

    Attributes:
        language: The language.
        is_upside_down: Whether its lines are.
    """

    language: Language
    is_upside_down: bool


class LanguageReaders:
    """The readers of one worker for languages beside those of the default reader. Used by one thread at a time.

    Models are opened when they are needed, which takes hundredths of a second, and only those of the last language stay
    open.

    Args:
        available: Returns the languages that can be read, at each page anew.
        open_reader: Opens the reader of one.
    """

    def __init__(self, available: Callable[[], Iterable[Language]], open_reader: Open) -> None:
        self._available = available
        self._open_reader = open_reader
        self._opened: dict[tuple[str, bool], Reader | None] = {}

    @property
    def has_any(self) -> bool:
        """Whether there is a language to read in."""
        return any(True for _ in self._available())

    def choose(
        self, crops: Sequence[Pixels], read: Sequence[ReadLine], wanted: Sequence[str], *, both_ways: bool
    ) -> Chosen | None:
        """Chooses the language of a page.

        Args:
            crops: RGB pictures of its lines.
            read: What the default reader read of them, and how much it did not.
            wanted: The keys of the languages that the page may be in; empty: all but those in Latin letters, which the
                default reader has, unless some of their letters tell that they lack others.
            both_ways: Whether the lines may be upside down.

        Returns:
            None if the lines are clear in no language.
        """
        unread = [crop for crop, line in zip(crops, read, strict=True) if line.unread > UNREAD]
        if wanted and len(unread) < SOME * len(crops):
            unread = []
        languages = [it for it in self._available() if not it.trouble]
        others = [it for it in languages if it.script != LATIN and (not wanted or it.key in wanted)]
        chosen = self._clearest(_longest(unread), others, both_ways) if unread else None
        if chosen is None:
            some = wanted or told(read)
            latin = [it for it in languages if it.script == LATIN and it.key in some and _may_be(it.key, read)]
            chosen = self._clearest(_longest(crops), latin, both_ways)
        self._close_all_but(chosen.language.key if chosen is not None else None)
        return chosen

    def may_choose(self, read: Sequence[ReadLine], wanted: Sequence[str], *, is_unread: bool) -> bool:
        """Whether a page may be in one of the languages.

        Args:
            read: What the default reader read of its lines.
            wanted: The keys of the languages that the page may be in; empty: all.
            is_unread: Whether it could not read much of the page.
        """
        return is_unread or bool(wanted) or bool(told(read))

    def read(self, language: Language, crops: Sequence[Pixels], by_default: ByDefault) -> list[ReadLine]:
        """Reads the lines of a page in its language, and keeps what the default reader reads better.

        Args:
            language: The language.
            crops: RGB pictures of its lines.
            by_default: Has lines read by the default reader, given their numbers.
        """
        reader = self._reader(language, False)
        if reader is None:
            return by_default(range(len(crops)))
        best = reader.read(crops)
        # Some letters of other scripts look like Latin ones; in doubt a line is in the language of its page.
        others = [it for it, line in enumerate(best) if line.clearness < CLEAR or not any(map(is_lacking, line.text))]
        for number, line in zip(others, by_default(others), strict=True):
            if line.clearness * (1 - line.unread) >= best[number].clearness:
                best[number] = line
        unclear = [number for number, line in enumerate(best) if line.clearness < CLEAR]
        together = self._reader(language, True) if unclear else None
        if together is not None:
            for number, line in zip(unclear, together.read([crops[number] for number in unclear]), strict=True):
                if line.clearness >= best[number].clearness + CLEARER:
                    best[number] = line
        return best

    def close(self) -> None:
        """Frees all models."""
        self._close_all_but(None)

    def _clearest(self, crops: Sequence[Pixels], languages: Sequence[Language], both_ways: bool) -> Chosen | None:
        """Finds the script, and which way up it is, by one language of each; then the language among those of it."""
        if not crops:
            return None
        first_of_script = {language.script: language for language in reversed(languages)}
        ways = (False, True) if both_ways else (False,)
        first = self._race(
            [Chosen(it, way) for it in first_of_script.values() for way in ways], crops, _clearness, BEHIND
        )
        if first is None:
            return None
        same = [Chosen(it, first.is_upside_down) for it in languages if it.script == first.language.script]
        if len(same) == 1:
            return first
        return self._race(same, crops, _likeness, BEHIND_SAME_SCRIPT)

    def _race(
        self,
        running: list[Chosen],
        crops: Sequence[Pixels],
        weigh: Callable[[Language, Sequence[ReadLine]], float],
        behind: float,
    ) -> Chosen | None:
        """Returns what makes the most of the lines; each line is asked of those that are not yet far behind."""
        lines: dict[Chosen, list[ReadLine]] = {each: [] for each in running}
        for crop in crops:
            for each in running:
                reader = self._reader(each.language, False)
                turned = np.ascontiguousarray(crop[::-1, ::-1]) if each.is_upside_down else crop
                lines[each] += reader.read([turned]) if reader is not None else [ReadLine("", 0.0)]
            weights = {each: weigh(each.language, lines[each]) for each in running}
            running = [each for each in running if weights[each] >= max(weights.values()) - behind]
        best = max(running, key=lambda each: weights[each], default=None)
        return best if best is not None and _clearness(best.language, lines[best]) >= CLEAR else None

    def _reader(self, language: Language, with_english: bool) -> Reader | None:
        key = language.key, with_english
        if key not in self._opened:
            self._opened[key] = self._open_reader(language, with_english)
        return self._opened[key]

    def _close_all_but(self, kept: str | None) -> None:
        for key in [key for key in self._opened if key[0] != kept]:
            reader = self._opened.pop(key)
            if reader is not None:
                reader.close()


def _clearness(language: Language, lines: Sequence[ReadLine]) -> float:
    """Returns how clear lines are in a language."""
    return _mean(lines, [line.clearness for line in lines])


def _likeness(language: Language, lines: Sequence[ReadLine]) -> float:
    """Returns how much lines are like those of a language, compared with others in its script."""
    letters = [letter for line in lines for letter in line.text if letter.isalpha()]
    worth = WORTH if _tells(language.key, letters) else 0.0
    return _clearness(language, lines) + _mean(lines, [line.known for line in lines]) + worth


def told(lines: Sequence[ReadLine]) -> list[str]:
    """Returns the keys of the languages that are told by letters of theirs, as the default reader reads them."""
    letters = [letter for line in lines for letter in line.text if letter.isalpha()]
    return [key for key in TELLING if _tells(key, letters)]


def _may_be(key: str, lines: Sequence[ReadLine]) -> bool:
    """Whether a page may be in a language in Latin letters, beside English, which the default reader reads better."""
    letters = [letter for line in lines for letter in line.text if letter.isalpha()]
    return key != ENGLISH and (key not in TELLING or len(letters) < ENOUGH or _tells(key, letters))


def _tells(key: str, letters: Sequence[str]) -> bool:
    own = TELLING.get(key, "")
    return sum(letter in own for letter in letters) >= max(2, OFTEN * len(letters))


def _mean(lines: Sequence[ReadLine], values: Sequence[float]) -> float:
    """Returns the mean of a value of lines, over their letters."""
    letters = [len(line.middles) for line in lines]
    return sum(value * count for value, count in zip(values, letters, strict=True)) / max(1, sum(letters))


def _longest(crops: Sequence[Pixels]) -> list[Pixels]:
    longest = sorted(crops, key=lambda crop: -crop.shape[1] / crop.shape[0])[:LINES]
    return [crop[:, : LONGEST * crop.shape[0]] for crop in longest]


_LACKING_LATIN = frozenset(
    chain(
        map(chr, range(0x1EA0, 0x1EFA)),
        "ƠƯťľďŕĺŮĎŤŇŵŷŹŃĄĘĆŻĖĮŪŲįģķĢĶĻŅȚĂȘıĞƏŐŰűÆþĦĊẞŒŸ",
    )
) - set("Ạồ")


def lacks_many(lines: Sequence[ReadLine]) -> bool:
    """Whether lines of a page have letters that the default reader cannot read, so that it is in another language."""
    return sum(any(map(is_lacking, line.text)) for line in lines) >= SOME * len(lines)


def is_lacking(letter: str) -> bool:
    """Whether the default reader cannot read a character, or hardly ever does, though it may be among its own."""
    if letter.isascii() or is_full_width(letter):
        return False
    return letter in _LACKING_LATIN or (letter.isalpha() and not unicodedata.name(letter, "").startswith(LATIN.upper()))
