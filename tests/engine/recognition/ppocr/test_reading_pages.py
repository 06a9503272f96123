"""The real models, on pages drawn with the font that Pillow brings. A few seconds."""

import importlib.util
import json
import os
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from difflib import SequenceMatcher
from threading import Barrier

import numpy as np
import pytest
from fakes import PATIENCE, draw_text, load_page
from PIL import Image, ImageDraw, ImageFont

from ocrdesk.engine.decode import turn_pixels
from ocrdesk.engine.layout.arrangement import arrange
from ocrdesk.engine.recognition.catalogue import available_recognizers
from ocrdesk.engine.recognition.making import recognizer_maker
from ocrdesk.engine.recognition.ppocr import loading
from ocrdesk.engine.recognition.ppocr.devices import ONNX_RUNTIME, OPENVINO
from ocrdesk.engine.recognition.ppocr.line_finder import LARGEST, OVERLAP
from ocrdesk.engine.recognition.ppocr.models import PPOCR_V4, PPOCR_V6
from ocrdesk.resources import samples_folder

pytestmark = pytest.mark.model

TEXTS = ("Invoice 2024-117", "Twelve boxes of apples", "Total 148.50 EUR", "Payable within 30 days")

HAS_V4 = importlib.util.find_spec("rapidocr_onnxruntime") is not None
only_v4 = [pytest.mark.ppocrv4, pytest.mark.skipif(not HAS_V4, reason="needs the extra ocrdesk[ppocrv4]")]
BOTH = [PPOCR_V6, pytest.param(PPOCR_V4, marks=only_v4)]
needs_openvino = pytest.mark.skipif(importlib.util.find_spec("openvino") is None, reason="no wheel here")


@pytest.fixture(scope="module")
def maker():
    """Gives makers, each loaded once."""
    makers = {}

    def get(name=PPOCR_V6, **its):
        key = name, *sorted(its.items())
        if key not in makers:
            makers[key] = recognizer_maker(name, **its)
        return makers[key]

    return get


@pytest.fixture(scope="module")
def apart():
    """Reads in a thread that is not the tests' own, because ONNX Runtime's sessions change how that one computes."""
    with ThreadPoolExecutor(1) as thread:
        yield lambda function, *its: thread.submit(function, *its).result()


@pytest.fixture(scope="module")
def page():
    return draw_text(*TEXTS)


def read_texts(reading) -> list[str]:
    return [line.text for line in arrange(reading.lines).lines]


@pytest.mark.parametrize("name", BOTH)
def test_a_drawn_page_is_read_exactly(maker, page, name):
    recognizer = maker(name)()
    reading = recognizer.read(np.asarray(page))
    assert read_texts(reading) == list(TEXTS)
    assert (reading.turn, reading.width, reading.height) == (0, *page.size)
    assert all(0.6 < line.confidence <= 1 for line in reading.lines)
    assert recognizer.name.partition("/")[0] == name
    for number, line in enumerate(arrange(reading.lines).lines):
        assert line.polygon[0] == pytest.approx((40, 45 + 80 * number), abs=15)
        assert line.polygon[1][0] > line.polygon[0][0] + 200


def test_words_stand_where_they_were_drawn(maker):
    drawn = draw_text("Twelve boxes of apples")
    (line,) = maker()().read(np.asarray(drawn)).lines
    font = ImageFont.load_default(40)
    draw = ImageDraw.Draw(drawn)
    assert [word.text for word in line.words] == line.text.split()
    for number, word in enumerate(line.words):
        before = " ".join(line.text.split()[:number]) + (" " if number else "")
        left = 40 + draw.textlength(before, font)
        right = left + draw.textlength(word.text, font)
        assert (word.polygon[0][0], word.polygon[1][0]) == pytest.approx((left, right), abs=14)
        assert 0.6 < word.confidence <= 1


@pytest.mark.parametrize("turned_by", [90, 180, 270])
@pytest.mark.parametrize("name", BOTH)
def test_a_page_that_does_not_stand_upright_is_turned_and_read(maker, page, name, turned_by):
    reading = maker(name)().read(np.asarray(page.rotate(-turned_by, expand=True)))
    assert read_texts(reading) == list(TEXTS)
    assert reading.turn == 360 - turned_by
    assert (reading.width, reading.height) == page.size


def test_a_wanted_turn_is_taken_whatever_the_lines_say(maker, page):
    stored = np.asarray(page.rotate(-90, expand=True))
    assert read_texts(maker()().read(stored, 270)) == list(TEXTS)
    reading = maker()().read(np.asarray(page), 180)
    assert (reading.turn, reading.width, reading.height) == (180, *page.size)
    assert not set(read_texts(reading)) & set(TEXTS)


@pytest.mark.parametrize("name", BOTH)
def test_a_blank_page_has_no_lines(maker, name):
    page = np.full((300, 400, 3), 255, np.uint8)
    page[40, 50] = 200
    assert maker(name)().read(page).lines == ()


def test_the_fast_way_reads_the_same_of_clear_print(maker, page):
    fast = maker(fast=True)()
    assert read_texts(fast.read(np.asarray(page))) == list(TEXTS)
    assert fast.name != maker()().name


@needs_openvino
def test_both_libraries_read_the_same(maker, apart, page):
    given = [
        apart(maker(device=device)().read, np.asarray(its))
        for its in (page, page.rotate(180))
        for device in (OPENVINO, ONNX_RUNTIME)
    ]
    for one, other in (given[:2], given[2:]):
        assert read_texts(one) == read_texts(other) == list(TEXTS)
        assert one.turn == other.turn
        for a, b in zip(arrange(one.lines).lines, arrange(other.lines).lines, strict=True):
            assert np.array(a.polygon) == pytest.approx(np.array(b.polygon), abs=5)
            assert a.confidence == pytest.approx(b.confidence, abs=0.15)


def test_two_workers_share_the_models_and_read_at_once(maker, monkeypatch):
    opened = []
    open_models = loading.open_models
    monkeypatch.setattr(loading, "open_models", lambda *its: opened.append(1) or open_models(*its))
    make = recognizer_maker(PPOCR_V6)
    pages = [np.asarray(draw_text(*TEXTS[:2])), np.asarray(draw_text(*TEXTS[2:], width=700))]
    expected = [maker()().read(its) for its in pages]
    together = Barrier(2, timeout=PATIENCE)

    def work(order):
        recognizer = make()
        together.wait()
        return [recognizer.read(pages[number]) for number in order]

    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(work, [(0, 1, 0, 1), (1, 0, 1, 0)])
    assert opened == [1]
    assert first == expected * 2
    assert second == expected[::-1] * 2


def test_a_large_page_of_small_print_is_read_line_by_line_once(maker):
    size = LARGEST * 2 - OVERLAP
    texts = [f"{number:02d} {'of small print that goes on' * (number % 2 + 1)} end" for number in range(10)]
    drawn = Image.new("RGB", (size, LARGEST // 2), "white")
    for number, text in enumerate(texts):
        place = (LARGEST - 700 if number % 2 else LARGEST - 200, 20 + 60 * number)
        ImageDraw.Draw(drawn).text(place, text, fill="black", font=ImageFont.load_default(22))
    read = sorted(maker()().read(np.asarray(drawn)).lines, key=lambda line: line.polygon[0][1])
    assert [line.text for line in read] == texts


def test_no_line_of_a_large_slanted_page_is_lost(maker):
    side = LARGEST * 2 - OVERLAP
    drawn = Image.new("RGB", (side, side), "white")
    for number in range(20):
        text = f"{number + 11} " + "lines of small print stand close to each other " * 3
        place = (side // 2 - 700, side // 2 - 340 + 34 * number)
        ImageDraw.Draw(drawn).text(place, text, fill="black", font=ImageFont.load_default(17))
    slanted = np.asarray(drawn.rotate(3, Image.Resampling.BICUBIC, fillcolor="white"))
    numbers = sorted(line.text[:2] for line in maker()().read(slanted, 0).lines)
    assert numbers == [f"{number + 11}" for number in range(20)]


# Looked at again


def sheet(*lines) -> Image.Image:
    """An A4 sheet at 300 dpi with lines: left, top, height in pixels, text."""
    drawn = Image.new("RGB", (2480, 3508), "white")
    for left, top, high, text in lines:
        ImageDraw.Draw(drawn).text((left, top), text, fill="black", font=ImageFont.load_default(high))
    return drawn


@pytest.mark.parametrize("text", ["See over", "This is a test.", "- 47 -"])
@pytest.mark.parametrize("high", [34, 42, 60])
def test_a_short_line_alone_on_a_sheet_is_read(maker, text, high):
    reading = maker()().read(np.asarray(sheet((1100, 3200, high, text))))
    assert read_texts(reading) == [text]


@pytest.mark.parametrize("lies", [90, 270])
def test_a_short_line_alone_on_a_sheet_that_lies_is_read(maker, lies):
    drawn = np.asarray(sheet((1100, 3200, 42, "See page 12")))
    reading = maker()().read(turn_pixels(drawn, lies))
    assert (read_texts(reading), reading.turn) == (["See page 12"], 360 - lies)


def test_every_line_of_a_poster_is_read_once(maker):
    small = [(160, 2900 + 32 * number, 25, f"{number + 10} of the small print at the foot") for number in range(10)]
    reading = maker()().read(np.asarray(sheet((150, 200, 800, "SALE"), (150, 1300, 90, "All on Saturday"), *small)))
    printed = sorted(["SALE", "All on Saturday", *(its[3] for its in small)])
    read = sorted(line.text for line in reading.lines)
    assert len(read) == len(printed)
    for line, right in zip(read, printed, strict=True):  # print as small as this may cost a letter on some processors
        assert SequenceMatcher(None, line, right).ratio() > 0.95


def test_lines_under_a_stamp_are_read(maker):
    texts = [f"Line number {number} of the register" for number in range(11, 19)]
    lines = [(100, 150 + 60 * number, 30, text) for number, text in enumerate(texts)]
    drawn = sheet(*lines).crop((0, 0, 1240, 1000))
    stamp, red = Image.new("RGBA", (660, 200), (0, 0, 0, 0)), (200, 30, 40, 220)
    ImageDraw.Draw(stamp).rectangle((8, 8, 652, 192), outline=red, width=10)
    ImageDraw.Draw(stamp).text((60, 50), "CANCELLED", red, ImageFont.load_default(90), stroke_width=4)
    turned = stamp.rotate(17, expand=True, resample=Image.Resampling.BICUBIC)
    drawn.paste(turned, (300, 200), turned)
    read = " ".join(read_texts(maker()().read(np.asarray(drawn), 0)))
    assert all(str(number) in read for number in range(11, 19))


@pytest.mark.parametrize("name", [pytest.param(PPOCR_V4, marks=only_v4)])
def test_only_the_default_knows_all_latin_letters(maker, name):
    page = load_page(samples_folder() / "accents.png").pixels
    letters = {its: set("".join(read_texts(maker(its)().read(page)))) for its in (PPOCR_V6, name)}
    wanted = set("ößñçåøšž€£")
    assert letters[PPOCR_V6] >= wanted
    assert not letters[name] & wanted


# In a process of its own

PROGRAM = textwrap.dedent("""\
    import json
    import os
    import sys

    import numpy as np
    from PySide6.QtWidgets import QApplication, QLabel

    from ocrdesk.engine.recognition.making import recognizer_maker

    variables = {name: value for name, value in os.environ.items() if name.startswith("QT_")}
    page = np.full((64, 200, 3), 255, np.uint8)
    page[20:40, 20:180:3] = 0

    makers = [recognizer_maker(**way) for way in json.loads(sys.argv[1])]

    def load():
        for make in makers:
            make().read(page)

    def open_window():
        app = QApplication([])
        label = QLabel("text")
        label.resize(200, 80)
        label.show()
        app.processEvents()
        shown = label.grab().toImage()
        assert shown.width() >= 200 and len({shown.pixel(x, y) for x in range(200) for y in range(80)}) > 1
        return app, label

    load()
    app, label = open_window()
    load()
    app.processEvents()
    assert variables == {name: value for name, value in os.environ.items() if name.startswith("QT_")}
    print(app.platformName(), *sorted(its for its in sys.argv[2:] if sys.modules.get(its)))
""")


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """A program that reads a page in each way and opens a window."""
    fonts = tmp_path_factory.mktemp("fonts")
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_QPA_FONTDIR": str(fonts)}
    environment.pop("QT_QPA_PLATFORM_PLUGIN_PATH", None)
    ways = [{"name": name} for name in available_recognizers()] + [{"name": PPOCR_V6, "device": ONNX_RUNTIME}]
    unwanted = "rapidocr", "rapidocr_onnxruntime", "openvino_telemetry"
    arguments = [sys.executable, "-c", PROGRAM, json.dumps(ways), *unwanted]
    return subprocess.run(arguments, env=environment, capture_output=True, text=True, timeout=100)


def test_reading_prints_nothing_and_does_no_harm_to_a_window(program):
    assert (program.returncode, program.stderr) == (0, "")
    assert program.stdout.split()[0] == "offscreen"
    assert len(program.stdout.splitlines()) == 1


def test_packages_that_only_bring_models_and_those_that_count_uses_are_not_imported(program):
    assert program.stdout.split()[1:] == []
