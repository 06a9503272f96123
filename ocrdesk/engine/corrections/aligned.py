"""Puts the words of a corrected text in their places, by comparing it with what was read there."""

from collections.abc import Iterable, Iterator, Sequence

from ocrdesk.engine.corrections.pieces import Piece, ReadThere, differences, in_mirror, spans_of
from ocrdesk.engine.direction import runs_left
from ocrdesk.engine.document import Word
from ocrdesk.engine.geometry import ALL_ACROSS, Across, slices_of
from ocrdesk.engine.later_words import LaterWords

Spans = tuple[tuple[int, int], ...]


def placed_words(text: str, checked: Spans | None, there: ReadThere) -> tuple[Sequence[Word], float]:
    """Returns the words of a corrected line with their places, and how certain the line is.

    A word that is as it was read stays in its place. Others lie between those, as wide as their letters are many.

    Args:
        text: The text of the line.
        checked: The parts of it that a person checked; None: all of it.
        there: What was read in its place.

    Returns:
        The words, none if no places were measured; and a confidence, 0 to 1: 1 if all of it was checked.
    """
    spans = spans_of(text)
    is_checked = [_is_checked(span, checked) for span in spans]
    are_measured = any(line.words for line in there.lines)
    if all(is_checked):
        return CheckedWords(text, there) if are_measured else (), 1.0
    sure = min((line.confidence for line in there.lines), default=1.0)
    if not are_measured:
        return (), sure
    words = [
        _as_checked(word) if is_sure else word
        for word, is_sure in zip(_placed(text, spans, there), is_checked, strict=True)
    ]
    unsure = [word.confidence for word, is_sure in zip(words, is_checked, strict=True) if not is_sure]
    return tuple(words), max(sure, min(unsure))


class CheckedWords(LaterWords):
    """The words of a line of which a person checked all."""

    def __init__(self, text: str, there: ReadThere) -> None:
        super().__init__()
        self._text, self._there = text, there

    def __len__(self) -> int:
        return len(spans_of(self._text))

    def _made(self) -> tuple[Word, ...]:
        return tuple(map(_as_checked, _placed(self._text, spans_of(self._text), self._there)))


def _as_checked(word: Word) -> Word:
    return Word(word.text, 1.0, word.polygon, across=word.across)


def _placed(text: str, spans: Sequence[tuple[int, int]], there: ReadThere) -> list[Word]:
    """Returns the words that stand at some places of a text, with their places on the page.

    Those that were written instead of others are as high as these, or as all that was read there.
    """
    read = [piece for pieces in there.pieces for piece in pieces]
    if is_leftwards := runs_left(text):
        read = in_mirror(read)
    words: list[Word] = []
    left = 0.0
    for is_same, i1, i2, j1, j2 in differences([piece.word.text for piece in read], [text[a:b] for a, b in spans]):
        if is_same:
            words += (piece.word for piece in read[i1:i2])
        else:
            right = read[i2].left if i2 < len(read) else 1.0
            ends = _ends([text[a:b] for a, b in spans[j1:j2]], read[i1:i2], left, right)
            within = [(max(0.0, begin), min(1.0, end)) for begin, end in ends]
            parts = slices_of(
                there.polygon, [(1 - end, 1 - begin) for begin, end in within] if is_leftwards else within
            )
            across = _across(read[i1:i2] or read)
            words += (
                Word(text[a:b], 1.0, part, across=across) for (a, b), part in zip(spans[j1:j2], parts, strict=True)
            )
        left = read[i2 - 1].right if i2 else 0.0
    return words


def _across(read: Sequence[Piece]) -> Across:
    """Returns from where to where the ink of words reaches across their line."""
    if not read:
        return ALL_ACROSS
    return min(piece.word.across[0] for piece in read), max(piece.word.across[1] for piece in read)


def with_checked(text: str, checked: Spans, before: str, now: str) -> tuple[str, Spans]:
    """Returns what is read now in the place of a line, with the words that a person checked in an earlier reading.

    Args:
        text: The line as it was when it was checked.
        checked: The parts of it that were.
        before: What was read then.
        now: What is read now.
    """
    if now == before:
        return text, checked
    was, new = spans_of(text), spans_of(now)
    old_words, new_words = [text[a:b] for a, b in was], [now[a:b] for a, b in new]
    result, kept, last = "", [], None
    for i1, i2, j1, j2 in _word_by_word(differences(old_words, new_words)):
        is_old = any(_is_checked(span, checked) for span in was[i1:i2])
        source, spans = (text, was[i1:i2]) if is_old else (now, new[j1:j2])
        for start, end in spans:
            apart = last is not None and (source[:start] != source[:start].rstrip() or last is not source)
            result += " " if apart else ""
            if is_old and _is_checked((start, end), checked):
                kept.append((len(result), len(result) + end - start))
            result += source[start:end]
            last = source
    return result, tuple(kept)


def _word_by_word(parts: Iterable[tuple[bool, int, int, int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Yields which words stand for which: one for one where they are equally many."""
    for _, i1, i2, j1, j2 in parts:
        if i2 - i1 == j2 - j1:
            yield from ((i1 + n, i1 + n + 1, j1 + n, j1 + n + 1) for n in range(i2 - i1))
        else:
            yield i1, i2, j1, j2


def _is_checked(span: tuple[int, int], checked: Spans | None) -> bool:
    return checked is None or any(start <= span[0] and span[1] <= end for start, end in checked)


def _ends(texts: Sequence[str], read: Sequence[Piece], left: float, right: float) -> list[tuple[float, float]]:
    """Returns where words begin and end along their line, by the letters that were read in their place.

    Args:
        texts: The words.
        read: The words that were read instead of them.
        left: Where the word before them ends.
        right: Where the word behind them begins.
    """
    edges = [
        (piece.left + number * width, piece.left + (number + 1) * width)
        for piece in read
        for width in ((piece.right - piece.left) / max(1, len(piece.word.text)),)
        for number in range(len(piece.word.text))
    ]
    places: list[tuple[float, float]] = []
    was, now = "".join(piece.word.text for piece in read), "".join(texts)
    for is_same, i1, i2, j1, j2 in differences(was, now):
        if is_same:
            places += edges[i1:i2]
            continue
        begin = edges[i1][0] if i1 < i2 else edges[i1 - 1][1] if i1 else left
        end = edges[i2 - 1][1] if i1 < i2 else edges[i2][0] if i2 < len(edges) else right
        width = (end - begin) / max(1, j2 - j1)
        places += [(begin + number * width, begin + (number + 1) * width) for number in range(j2 - j1)]
    ends, first = [], 0
    for text in texts:
        ends.append((places[first][0], places[first + len(text) - 1][1]))
        first += len(text)
    return ends
