"""Where words stand in a text that is being written."""

from collections.abc import Sequence

Span = tuple[int, int]


def moved_spans(spans: Sequence[Span], before: str, after: str) -> list[Span]:
    """Where words are after their text was changed in one place.

    Args:
        spans: Where they begin and end in the text before.
        before: The text as it was.
        after: The text as it is.
    """
    most = min(len(before), len(after))
    same = next((place for place in range(most) if before[place] != after[place]), most)
    rest = next((n for n in range(most - same) if before[-1 - n] != after[-1 - n]), most - same)
    more, changed = len(after) - len(before), len(before) - rest

    def moved(place: int, *, is_end: bool) -> int:
        if place >= changed and (place > same or is_end):
            return place + more
        return min(place, same) if place < changed else place

    found = ((moved(begin, is_end=False), moved(end, is_end=True)) for begin, end in spans)
    return [(begin, max(begin, end)) for begin, end in found]


def qt_place(text: str, place: int) -> int:
    """A place in a text as Qt counts, for which rare characters are two."""
    return len(text[:place].encode("utf-16-le", "surrogatepass")) // 2


def python_place(text: str, place: int) -> int:
    """A place in a text that Qt counted."""
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * place].decode("utf-16-le", "replace"))


def word_at(text: str, place: int) -> Span:
    """Where the word begins and ends that stands at a place; where there is none, that place alone."""
    begin = end = place
    while begin > 0 and not text[begin - 1].isspace():
        begin -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return begin, end
