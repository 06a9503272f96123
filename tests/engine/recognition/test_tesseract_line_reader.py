"""Single lines, read with Tesseract and the English model; the default font of Pillow has no other letters."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ocrdesk.resources import tessdata_folder

pytest.importorskip("tesserocr")
from ocrdesk.engine.recognition.tesseract import line_reader
from ocrdesk.engine.recognition.tesseract.line_reader import MOST_SURE, TesseractLineReader

FONT = ImageFont.load_default(30)


def drawn(text, *, height=44):
    picture = Image.new("RGB", (int(FONT.getlength(text)) + 12, height), "white")
    ImageDraw.Draw(picture).text((6, 4), text, fill="black", font=FONT)
    return np.asarray(picture)


@pytest.fixture(scope="module")
def reader():
    opened = TesseractLineReader(tessdata_folder(), ["eng"])
    yield opened
    opened.close()


def test_words_are_read_with_their_places(reader):
    text = "Much ado about nothing"
    (line,) = reader.read([drawn(text)])
    assert line.text == text
    assert [word.text for word in line.words] == text.split()
    whole = FONT.getlength(text) + 12
    for word in line.words:
        begin = 6 + FONT.getlength(text[: text.index(word.text)])
        assert word.left * whole == pytest.approx(begin, abs=5)
        assert word.right * whole == pytest.approx(begin + FONT.getlength(word.text), abs=5)
        assert 0.1 < word.across[0] < word.across[1] <= 1
    assert len(line.middles) == len(text.replace(" ", "")) and list(line.middles) == sorted(line.middles)
    assert line.has_places and line.unread == 0


def test_clear_words_are_sure_known_and_clear_and_what_stands_on_its_head_is_not(reader):
    upright, flipped = reader.read([drawn("Much ado about nothing"), drawn("Much ado about nothing")[::-1, ::-1]])
    assert 0.9 < min(word.confidence for word in upright.words) <= MOST_SURE
    assert upright.confidence <= min(word.confidence for word in upright.words)
    assert (upright.clearness, upright.known) == (1.0, 1.0)
    assert flipped.clearness < 0.75 and flipped.known < 0.5
    assert flipped.confidence < upright.confidence / 2


def test_an_empty_line_has_no_text(reader):
    (line,) = reader.read([np.full((40, 200, 3), 255, np.uint8)])
    assert (line.text, line.confidence, line.words) == ("", 0.0, ())


@pytest.mark.parametrize("shape", [(1, 1), (2, 60), (60, 2), (3, 3), (5, 4000)])
def test_lines_too_small_to_be_read_do_no_harm(reader, shape):
    noise = np.random.default_rng(1).integers(0, 256, (*shape, 3)).astype(np.uint8)
    (line,) = reader.read([noise])
    assert all(0 <= word.left < word.right <= 1 for word in line.words)


def test_letters_that_were_nearly_read_are_rivals(reader):
    blurred = np.asarray(Image.fromarray(drawn("ill Illinois rnm1l modern")).resize((190, 20)))
    (line,) = reader.read([blurred])
    rivals = [(word.text, rival) for word in line.words for rival in word.rival_letters]
    assert rivals
    for text, rival in rivals:
        assert rival.letter != text[rival.place : rival.place + rival.length]
        assert line_reader.NEAR <= rival.ratio <= 1


def test_words_that_tesseract_parts_or_reverses_are_those_of_the_text():
    """So it gives Hebrew: its words from the right, the letters of each from the left."""

    def letter(text, left):
        return line_reader._Letter(text, 0.98, (left, 10, left + 9, 30), False, None)

    parted = [[letter("ב", 70), letter("א", 80)], [letter("ד", 40)], [letter("ג", 30)]]
    line = line_reader._line("אב דג", parted, (100, 44), 4)
    assert [(word.text, round(word.left * 92 + 4), round(word.right * 92 + 4)) for word in line.words] == [
        ("אב", 70, 89),
        ("דג", 30, 49),
    ]


@pytest.mark.parametrize(
    ("read", "rival", "expected"),
    [
        ("a", "o", [(1, 1, "o")]),
        ("की", "कि", [(2, 1, "ि")]),
        ("की", "क", [(2, 1, "")]),
        ("क", "की", [(2, 0, "ी")]),
        ("की", "जि", []),
        ("a", "", [(1, 1, "")]),
        ("กี", "ก็่า", []),
    ],
)
def test_of_letters_of_several_characters_what_differs_is_a_rival_if_it_is_one_character(read, rival, expected):
    """The library and the review know rivals of one character."""
    first = line_reader._Letter("x", 0.98, (10, 10, 19, 30), False, None)
    second = line_reader._Letter(read, 0.6, (20, 10, 29, 30), False, (rival, 0.5))
    (word,) = line_reader._line(f"x{read}", [[first, second]], (100, 44), 4).words
    assert [(it.place, it.length, it.letter) for it in word.rival_letters] == expected
