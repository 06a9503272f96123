"""Words that are hardly misread ones, because a language has them."""

from functools import lru_cache

from ocrdesk.engine.doubt.word_lists import languages_in, word_list
from ocrdesk.engine.search.folding import folded
from ocrdesk.resources import words_folder


@lru_cache(maxsize=10_000)
def is_real(word: str) -> bool:
    """Whether a folded word is one of a language, or a number; the first call loads the lists in tenths of a second."""
    if word.isdigit():
        return True
    folder = words_folder()
    lists = (word_list(folder, language) for language in languages_in(folder))
    return any(words is not None and words.has_folded(word, folded) for words in lists)
