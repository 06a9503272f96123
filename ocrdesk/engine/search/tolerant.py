"""A query that also finds what may have been meant: words that were misread, parted or joined."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, combinations, islice, product

from ocrdesk.engine.search.query import Query, Term, Where
from ocrdesk.engine.search.real_words import is_real
from ocrdesk.engine.search.similar import Vocabulary, can_be_misread, similar_words
from ocrdesk.engine.search.spellings import Words

MOST_WAYS = 60
"""In how many ways a term is looked for at most."""

_SHORTEST_PART = 2
"""How many letters each part of a word has at least that was parted in two."""


def with_similar_words(query: Query, vocabulary: Vocabulary) -> tuple[Query, Mapping[str, tuple[str, ...]]]:
    """Returns a query that also finds words similar to its own, and which these are, by the word that was typed.

    Args:
        query: What was typed.
        vocabulary: The words among which similar ones are looked for.
    """
    others: dict[str, tuple[str, ...]] = {}
    wanted = tuple(tuple(_tolerant(term, vocabulary, others) for term in group) for group in query.wanted)
    return replace(query, wanted=wanted), others


def _tolerant(term: Term, vocabulary: Vocabulary, others: dict[str, tuple[str, ...]]) -> Term:
    if term.where is not Where.TEXT:
        return term
    typed = term.ways[0]
    ways_of_words: list[list[Words]] = []
    for place, word in enumerate(typed):
        goes_on = term.is_prefix and place == len(typed) - 1
        similar = [*_ways_of_word(word, vocabulary, goes_on)]
        if similar:
            others[word] = tuple(" ".join(way) for way in similar)
        ways_of_words.append([(word,), *similar])
    ways = chain(term.ways, _joined(typed, vocabulary), _combined(ways_of_words))
    return replace(term, ways=tuple(dict.fromkeys(islice(ways, MOST_WAYS))))


def _ways_of_word(word: str, vocabulary: Vocabulary, goes_on: bool) -> Iterator[Words]:
    """Yields what may have become of a word."""
    is_mistyped = not is_real(word) and not vocabulary.known([word], as_beginnings=goes_on)
    is_other_word: Callable[[str], bool] = str.isdigit if is_mistyped else is_real
    for similar in similar_words(word, vocabulary, is_other_word, is_beginning=goes_on):
        yield (similar,)
    if not goes_on and can_be_misread(word):
        parted = [(word[:place], word[place:]) for place in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)]
        known = vocabulary.known({part for parts in parted for part in parts}, as_beginnings=False)
        yield from (parts for parts in parted if known.issuperset(parts))


def _joined(words: Words, vocabulary: Vocabulary) -> Iterator[Words]:
    """Yields a phrase with two of its words written as one."""
    pairs = [words[place] + words[place + 1] for place in range(len(words) - 1)]
    known = vocabulary.known(pairs, as_beginnings=False) if pairs else set()
    for place, pair in enumerate(pairs):
        if pair in known:
            yield (*words[:place], pair, *words[place + 2 :])


def _combined(ways_of_words: Sequence[Sequence[Words]]) -> Iterator[Words]:
    """Yields a phrase with similar words: first with one, the most similar ones first, then with two, and so on.

    Args:
        ways_of_words: Each word as it was typed, and the similar ones behind it.
    """
    others = [place for place, ways in enumerate(ways_of_words) if len(ways) > 1]
    for count in range(1, len(others) + 1):
        chosen = (
            (numbers, places)
            for places in combinations(others, count)
            for numbers in product(*(range(1, len(ways_of_words[place])) for place in places))
        )
        for numbers, places in sorted(chosen) if count == 1 else chosen:
            of_places = dict(zip(places, numbers, strict=True))
            yield sum((ways[of_places.get(place, 0)] for place, ways in enumerate(ways_of_words)), ())
