"""Which language is chosen for the lines that the default reader cannot read, and which reading of a line counts."""

from pathlib import Path

import numpy as np
import pytest

from ocrdesk.engine.recognition.language_readers import LanguageReaders, is_lacking, lacks_many
from ocrdesk.engine.recognition.languages import Language, Origin
from ocrdesk.engine.recognition.read_line import ReadLine

UNREAD = ReadLine(",", 0.1, clearness=0.9, middles=(0.5,), unread=1.0)


def crop(mark=1, width=300):
    """A line whose upper left corner tells which it is, and so whether it is upside down."""
    picture = np.full((20, width, 3), 255, np.uint8)
    picture[0, 0] = mark
    return picture


def read(text, clearness=0.95, known=0.0, unread=0.0):
    middles = tuple(np.linspace(0, 1, len(text)))
    return ReadLine(text, 0.9, clearness=clearness, middles=middles, unread=unread, known=known, has_places=True)


class Models:
    """Models that read every upright line as one text, each as clear as told."""

    def __init__(self, **lines: ReadLine) -> None:
        self.lines = lines
        self.opened: list[str] = []
        self.open: set[str] = set()
        self.count = 0

    def readers(self, *keys, trouble=""):
        found = [Language(key, Path(f"{key}.traineddata"), Origin.SHIPPED, trouble) for key in keys]
        return LanguageReaders(lambda: found, self.open_reader)

    def open_reader(self, language, with_english):
        key = language.key + "_eng" * with_english
        if key not in self.lines:
            return None
        self.opened.append(key)
        self.open.add(key)
        return _Reader(self, key)


class _Reader:
    def __init__(self, models, key):
        self._models, self._key = models, key

    def read(self, crops):
        self._models.count += len(crops)
        blurred = read("~~~", 0.4)
        return [self._models.lines[self._key] if crop[0, 0, 0] == 1 else blurred for crop in crops]

    def close(self):
        self._models.open.discard(self._key)


def chosen(models, *keys, crops=None, lines=None, wanted=(), both_ways=True):
    crops = crops or [crop()] * 5
    found = models.readers(*keys).choose(crops, lines or [UNREAD] * len(crops), wanted, both_ways=both_ways)
    return (found.language.key, found.is_upside_down) if found else None


CYRILLIC = {"rus": read("слово", 0.98, 0.4), "ukr": read("слово", 0.97, 0.9), "ell": read("λοβο", 0.6)}


def test_the_script_is_told_by_clearness_and_the_language_by_its_dictionary():
    assert chosen(Models(**CYRILLIC), "rus", "ukr", "ell") == ("ukr", False)


def test_lines_that_are_upside_down_are_seen_to_be_so_unless_the_turn_is_given():
    flipped = [crop()[::-1, ::-1]] * 4
    assert chosen(Models(**CYRILLIC), "rus", "ukr", "ell", crops=flipped) == ("ukr", True)
    assert chosen(Models(**CYRILLIC), "rus", "ukr", "ell", crops=flipped, both_ways=False) is None


def test_no_language_is_chosen_if_none_is_clear_or_all_lines_were_read():
    assert chosen(Models(rus=read("слово", 0.7)), "rus") is None
    models = Models(**CYRILLIC)
    assert chosen(models, "rus", "ukr", lines=[read("word")] * 5) is None
    assert not models.opened, "nothing is opened for a page that was read"


def test_only_what_is_wanted_is_asked_and_latin_letters_only_if_they_are_wanted():
    models = Models(**CYRILLIC, vie=read("chữ", 0.99, 1.0))
    assert chosen(models, "rus", "ukr", "ell", "vie") == ("ukr", False)
    assert "vie" not in models.opened
    assert chosen(models, "rus", "ukr", "ell", "vie", wanted=["rus"]) == ("rus", False)
    assert chosen(models, "rus", "vie", lines=[read("chu")] * 5, wanted=["vie", "eng"]) == ("vie", False)


def test_one_unread_line_among_many_is_no_page_in_another_language_whatever_is_wanted():
    lines = [read("word")] * 7
    assert chosen(Models(**CYRILLIC), "rus", crops=[crop()] * 8, lines=[*lines, UNREAD], wanted=["rus"]) is None
    assert chosen(Models(**CYRILLIC), "rus", crops=[crop()] * 3, lines=[*lines[:2], UNREAD], wanted=["rus"]) is not None


def test_what_is_far_behind_is_not_asked_again():
    models = Models(rus=read("слово", 0.98), ell=read("λοβο", 0.6), heb=read("שלום", 0.5), kor=read("말", 0.4))
    assert chosen(models, "rus", "ell", "heb", "kor") == ("rus", False)
    assert models.count == 4 * 2 + 3, "all scripts both ways on one line, the clearest on three more"


def test_persian_is_told_by_its_own_letters():
    arabic, persian = read("کتاب خوب", 0.97, 0.2), read("گچ پارچه است", 0.92, 0.15)
    assert chosen(Models(ara=arabic, fas=persian), "ara", "fas") == ("fas", False)
    assert chosen(Models(ara=arabic, fas=read("کتاب خوب", 0.8)), "ara", "fas") == ("ara", False)


def test_vietnamese_is_told_by_letters_of_its_own_although_the_default_reader_drops_others():
    models = Models(vie=read("nước", 0.99, 1.0))
    readers = models.readers("rus", "vie")
    lines = [read("nưc và tt c"), read("ngưi")]
    assert readers.may_choose(lines, (), is_unread=False)
    assert readers.choose([crop()] * 2, lines, (), both_ways=True).language.key == "vie"
    assert not readers.may_choose([read("Das ist ein Satz. ư")], (), is_unread=False)


def test_a_long_page_without_these_letters_is_not_in_vietnamese_although_that_was_ticked_for_its_batch():
    models = Models(vie=read("nước", 0.99, 1.0))
    readers = models.readers("vie")

    def is_chosen(*texts):
        lines = [read(text) for text in texts]
        return readers.choose([crop()] * len(lines), lines, ["vie"], both_ways=True) is not None

    german = "Jeder hat das Recht auf Leben und Freiheit " * 10
    assert not is_chosen(german, german)
    assert is_chosen("Jeder hat das Recht")
    assert is_chosen(german, "nưc ơi " * 10)


def test_a_damaged_pack_is_left_out_and_one_that_does_not_open_is_not_chosen():
    models = Models(**CYRILLIC)
    damaged = models.readers("rus", trouble="It is damaged.")
    assert damaged.choose([crop()], [UNREAD], (), both_ways=True) is None
    assert chosen(models, "kor", "rus") == ("rus", False)


def test_only_the_models_of_the_chosen_language_stay_open():
    models = Models(**CYRILLIC)
    readers = models.readers("rus", "ukr", "ell")
    readers.choose([crop()] * 4, [UNREAD] * 4, (), both_ways=True)
    assert models.open == {"ukr"}
    readers.close()
    assert models.open == set()


@pytest.mark.parametrize(
    ("in_language", "by_default", "kept"),
    [
        (read("ТОВ", 0.8), read("TOB", 0.98), "ТОВ"),  # only one of them can have read these letters
        (read("Ргісе", 0.6), read("Price", 0.98), "Price"),
        (read("4718", 0.9), read("4718.", 0.98), "4718."),
        (read("4718", 0.9), read("4", 0.98, unread=0.7), "4718"),
        (read("сл", 0.5), read(",", 0.98, unread=1.0), "сл"),
    ],
)
def test_of_each_line_the_better_reading_is_kept(in_language, by_default, kept):
    readers = Models(rus=in_language).readers("rus")
    language = Language("rus", Path("rus.traineddata"), Origin.SHIPPED)
    (line,) = readers.read(language, [crop()], lambda numbers: [by_default] * len(numbers))
    assert line.text == kept


@pytest.mark.parametrize(("together", "kept"), [(0.9, "Привет Bob"), (0.7, "Привет ВоЬ")])
def test_unclear_lines_are_read_together_with_english_too_and_the_clear_ones_are_not(together, kept):
    models = Models(rus=read("Привет ВоЬ", 0.6), rus_eng=read("Привет Bob", together))
    language = Language("rus", Path("rus.traineddata"), Origin.SHIPPED)
    (line,) = models.readers("rus").read(language, [crop()], lambda numbers: [UNREAD] * len(numbers))
    assert line.text == kept
    models = Models(rus=read("Привет", 0.9), rus_eng=read("x"))
    models.readers("rus").read(language, [crop()], lambda numbers: [UNREAD] * len(numbers))
    assert models.opened == ["rus"]


def test_the_default_reader_is_only_asked_about_lines_that_may_be_its_own():
    asked = []
    language = Language("rus", Path("rus.traineddata"), Origin.SHIPPED)
    for line in (read("слово"), read("12345"), read("Ргісе", 0.5)):
        models = Models(rus=line)
        models.readers("rus").read(
            language, [crop()], lambda numbers: asked.append(len(numbers)) or [UNREAD] * len(numbers)
        )
    assert asked == [0, 1, 1]


def test_a_page_with_hardly_any_letter_that_the_default_reader_lacks_is_in_no_other_language():
    assert lacks_many([read("слово"), read("a"), read("b"), read("c")])
    assert not lacks_many([read("слово"), *[read("a")] * 4])


def test_letters_that_the_default_reader_lacks():
    assert all(map(is_lacking, "яλ말שกěếŁ".replace("ě", "ť").replace("Ł", "Ę")))
    assert not any(map(is_lacking, "aé4,中。ồ"))
