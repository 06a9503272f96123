"""Puts the words of a corrected text in their places, by comparing it with what was read there."""

from collections.abc import Sequence

from ocrdesk.engine.corrections.pieces import differences, letters_of, pieces_of, spans_of
from ocrdesk.engine.document import Line, Polygon, Word, slices_of

Spans = tuple[tuple[int, int], ...]


def placed_words(
    text: str, checked: Spans | None, polygon: Polygon, own: Sequence[Line]
) -> tuple[tuple[Word, ...], float]:
    """Returns the words of a corrected line with their places, and how certain the line is.

    A word that is as it was read stays in its place. Others lie between those, as wide as their letters are many.

    Args:
        text: The text of the line.
        checked: The parts of it that a person checked; None: all of it.
        polygon: The place of the line.
        own: The lines that were read there.

    Returns:
        The words, none if no places were measured; and a confidence, 0 to 1: 1 if all of it was checked.
    """
    read = sorted(
        (piece for line in own for piece in pieces_of(line, polygon)), key=lambda piece: piece.left + piece.right
    )
    spans = spans_of(text)
    is_checked = [_is_checked(span, checked) for span in spans]
    if all(is_checked) and not any(line.words for line in own):
        return (), 1.0
    was: list[str] = []
    edges: list[tuple[float, float]] = []  # of each letter that was read
    whole: dict[tuple[int, int], Word] = {}
    for piece in read:
        letters = letters_of(piece.word.text)[0]
        width = (piece.right - piece.left) / max(1, len(letters))
        whole[len(edges), len(edges) + len(letters)] = piece.word
        edges += [(piece.left + i * width, piece.left + (i + 1) * width) for i in range(len(letters))]
        was.append(letters)
    letters, places = letters_of(text)
    placed, same = _places(letters, "".join(was), edges)
    number_of = {place: number for number, place in enumerate(places)}
    words: list[Word] = []
    for (start, end), is_sure in zip(spans, is_checked, strict=True):
        first, last = number_of[start], number_of[end - 1]
        word = whole.get((same[first], same[last] + 1)) if -1 not in same[first : last + 1] else None
        if word is None or word.text != text[start:end]:
            begin, stop = placed[first][0], placed[last][1]
            (part,) = slices_of(polygon, [(max(0.0, begin), min(1.0, stop))])
            word = Word(text[start:end], 1.0, part)
        words.append(Word(word.text, 1.0, word.polygon) if is_sure else word)
    unsure = [word.confidence for word, is_sure in zip(words, is_checked, strict=True) if not is_sure]
    confidence = max(min((line.confidence for line in own), default=1.0), min(unsure)) if unsure else 1.0
    return (tuple(words) if any(line.words for line in own) else ()), confidence


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
    for _, i1, i2, j1, j2 in differences(old_words, new_words):
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


def _is_checked(span: tuple[int, int], checked: Spans | None) -> bool:
    return checked is None or any(start <= span[0] and span[1] <= end for start, end in checked)


def _places(
    letters: str, was: str, edges: Sequence[tuple[float, float]]
) -> tuple[list[tuple[float, float]], list[int]]:
    """Returns where each letter of a text is along its line, and which of the letters that were read it is, or -1."""
    placed: list[tuple[float, float]] = []
    same: list[int] = []
    for is_same, i1, i2, j1, j2 in differences(was, letters):
        if is_same:
            placed += edges[i1:i2]
            same += range(i1, i2)
            continue
        count = j2 - j1
        left = edges[i1][0] if i1 < i2 else edges[i1 - 1][1] if i1 else 0.0
        right = edges[i2 - 1][1] if i1 < i2 else edges[i2][0] if i2 < len(edges) else 1.0
        width = (right - left) / max(1, count)
        placed += [(left + i * width, left + (i + 1) * width) for i in range(count)]
        same += [-1] * count
    return placed, same
