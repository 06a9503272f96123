"""Pages that the reader itself cannot read, read in another language."""

from pathlib import Path

import numpy as np
import pytest
from fake_models import CHARACTERS, FakeModels, draw_bars, is_upright, number_of, stack

from ocrdesk.engine.document import Mode
from ocrdesk.engine.recognition.language_readers import LanguageReaders
from ocrdesk.engine.recognition.languages import Language, Origin
from ocrdesk.engine.recognition.ppocr import page_reader
from ocrdesk.engine.recognition.ppocr.page_reader import PROBED, PageReader
from ocrdesk.engine.recognition.read_line import ReadLine, ReadWord

FOREIGN = 0.2
"""The reader is so sure of lines in a script that it does not read."""


LONG = "bar" * 8
"""So many letters that no ink is left unread."""


class Russian:
    """Reads bars as ``слово 1``, clearly if they are upright."""

    def read(self, crops):
        return [self._read(crop) for crop in crops]

    def _read(self, crop):
        if not is_upright(crop):
            return ReadLine("~~~", 0.1, clearness=0.1, middles=(0.2, 0.5, 0.8), unread=1.0, has_places=True)
        number = str(number_of(crop))
        words = ReadWord("слово", 0.9, 0.0, 0.7), ReadWord(number, 0.8, 0.8, 1.0)
        middles = tuple(np.linspace(0.05, 0.95, 6))
        return ReadLine(f"слово {number}", 0.7, words, 0.95, middles, known=1.0, has_places=True)

    def close(self):
        pass


class Opening:
    """Opens Russian, and counts how often."""

    def __init__(self, *keys):
        self.count = 0
        found = [Language(key, Path(f"{key}.traineddata"), Origin.SHIPPED) for key in keys]
        self.readers = LanguageReaders(lambda: found, self._open)

    def _open(self, language, with_english):
        self.count += 1
        return Russian()


def page(count=10):
    return draw_bars(*stack(count), height=500)


def texts(reading):
    return [line.text for line in sorted(reading.lines, key=lambda line: line.polygon[0][1])]


@pytest.mark.parametrize("quarters", range(4))
def test_a_page_that_cannot_be_read_is_read_in_another_language_and_turned_as_that_says(quarters):
    turned = np.ascontiguousarray(np.rot90(page(), quarters))
    reading = PageReader("fake", FakeModels(sure=FOREIGN), CHARACTERS, languages=Opening("rus").readers).read(turned)
    assert texts(reading) == [f"слово {number}" for number in range(1, 11)]
    assert (reading.turn, reading.language, reading.unread) == (90 * quarters, "ru", 0)
    assert reading.lines[0].words[0].text == "слово"


def test_of_such_a_page_only_some_lines_are_read_by_the_reader_itself():
    models = FakeModels(sure=FOREIGN, votes=False)
    PageReader("fake", models, CHARACTERS, languages=Opening("rus").readers).read(page(), 0)
    assert len(models.lines) == PROBED


def test_a_page_that_can_be_read_is_read_as_without_languages_and_opens_none():
    opening, models, without = Opening("rus"), FakeModels(letters=LONG), FakeModels(letters=LONG)
    reading = PageReader("fake", models, CHARACTERS, languages=opening.readers).read(page())
    assert reading == PageReader("fake", without, CHARACTERS).read(page())
    assert (opening.count, len(models.lines)) == (0, len(without.lines))
    assert reading.language is None


def test_a_page_that_no_language_reads_keeps_what_the_reader_itself_read():
    models = FakeModels(sure=FOREIGN, votes=False)
    upside_down = np.ascontiguousarray(page()[::-1, ::-1])  # and the turn is given, so it stays so
    reading = PageReader("fake", models, CHARACTERS, languages=Opening("rus").readers).read(upside_down, 0)
    assert len(reading.lines) == 10
    assert (reading.language, reading.turn) == (None, 0)


def test_the_name_of_a_reading_tells_its_languages_and_its_mode():
    reader = PageReader("fake", FakeModels(), CHARACTERS, languages=Opening("rus", "eng").readers)
    assert reader.name == "fake/auto"
    assert reader.as_wanted(Mode.FAST).name == "fake/auto/fast"
    assert reader.as_wanted(None, ["rus", "eng"]).name == "fake/rus+eng"
    assert reader.as_wanted(Mode.FAST, ["rus"]).as_wanted(None).name == "fake/auto/fast"
    assert reader.as_wanted(None, ()) is reader
    assert PageReader("fake", FakeModels(), CHARACTERS, languages=Opening().readers).name == "fake"
    assert PageReader("fake", FakeModels(), CHARACTERS).as_wanted(None, ["rus"]).name == "fake"


def test_without_languages_the_likely_script_of_what_was_not_read_is_told(monkeypatch):
    looked_at = []

    def likely(crops):
        looked_at.append(len(crops))
        return ("Arabic",)

    monkeypatch.setattr(page_reader, "likely_scripts", likely)
    unread = PageReader("fake", FakeModels(sure=FOREIGN), CHARACTERS).read(page())
    assert (unread.likely_scripts, looked_at) == (("Arabic",), [10])
    assert PageReader("fake", FakeModels(letters=LONG), CHARACTERS).read(page()).likely_scripts == ()
    with_languages = PageReader("fake", FakeModels(sure=FOREIGN), CHARACTERS, languages=Opening("rus").readers)
    assert with_languages.read(page()).likely_scripts == ()
    assert looked_at == [10]


def test_without_languages_vietnamese_is_told_though_nothing_of_it_counts_as_unread(monkeypatch):
    monkeypatch.setattr(page_reader, "told", lambda lines: ["vie"])
    reading = PageReader("fake", FakeModels(letters=LONG), CHARACTERS).read(page())
    assert (reading.unread, reading.likely_scripts) == (0, ("Vietnamese",))
