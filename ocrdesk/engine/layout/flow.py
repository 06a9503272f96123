"""Lines of a paragraph put together as one text."""

import re
from collections.abc import Sequence

from ocrdesk.engine.written import HYPHENS

_BROKEN = re.compile(rf"(\w+)[{HYPHENS}]$")
"""A word that goes on in the next line."""

_REST = re.compile(r"\w+")

_LETTER = r"[^\W\d_\u2e80-\uffef]"  # but no Chinese or Japanese, which is written without spaces

_CLOSE = re.compile(
    rf"(?<={_LETTER})[,;،؛](?={_LETTER})"  # 1,000 is a number
    rf"|(?<={_LETTER}[a-zß-öø-ÿ])\.(?=[A-ZÀ-ÖØ-Þ]{_LETTER})"  # not in e.g. or report.pdf
)
"""A mark after which print left no white, or so little that none was read."""

_NO_WORDS = re.compile(r"://|www\.|@")
"""What has these is an address."""


def flowing_text(rows: Sequence[str], known: str) -> str:
    """Joins rows to one text.

    A word broken by a hyphen is put together again, unless it is written with that hyphen elsewhere and nowhere
    without; Chinese and Japanese are joined without a space.

    A space is set after a comma, a semicolon or the end of a sentence where print left none.

    Args:
        rows: The text of each line.
        known: All text of the page.
    """
    words = known.casefold()
    text = ""
    for row in rows:
        # Looked for in the last word alone: the text grows with each row.
        broken = _BROKEN.search(text, text.rfind(" ") + 1) if text.endswith(tuple(HYPHENS)) else None
        rest = _REST.match(row)
        if not text or not row:
            text += row
        elif broken and rest and rest[0][0].islower() and not broken[1][-1].isdigit():
            whole = (broken[1] + rest[0]).casefold()
            hyphened = f"{broken[1]}-{rest[0]}".casefold()
            keeps = not _has(words, whole) and _has(words, hyphened)
            text = (text[: broken.end(1)] + "-" if keeps else text[: broken.end(1)]) + row
        elif broken and rest:
            text += row  # North-South, 1914-1918
        elif _is_written_without_spaces(text[-1]) and _is_written_without_spaces(row[0]):
            text += row
        else:
            text += f" {row}"
    return " ".join(word if _NO_WORDS.search(word) else _CLOSE.sub(_with_space, word) for word in text.split(" "))


def _with_space(mark: re.Match[str]) -> str:
    """Puts a space after a mark; a function, because Python would parse a pattern of it anew for every word."""
    return f"{mark[0]} "


def _has(words: str, word: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", words) is not None


def _is_written_without_spaces(letter: str) -> bool:
    """Whether it is a letter or a mark of Chinese or Japanese."""
    return (
        "\u2e80" <= letter <= "\u9fff"
        or "\uf900" <= letter <= "\ufaff"
        or "\uff00" <= letter <= "\uffef"
        or ("\U00020000" <= letter <= "\U0003ffff")
    )
