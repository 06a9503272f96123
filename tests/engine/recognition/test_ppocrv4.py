"""The extra: PP-OCRv4 beside PP-OCRv6 in one process, quiet, offline and without harm to Qt."""

import importlib.util
import logging
import os
import socket
import subprocess
import sys
import textwrap

import numpy as np
import pytest
from fakes import load_page
from PIL import Image, ImageDraw, ImageFont

from ocrdesk.engine.recognition.recognizer import PPOCR_V4, PPOCR_V6, available_recognizers, make_recognizer
from ocrdesk.resources import samples_folder

# Not importorskip: importing the package itself would point Qt at OpenCV's plug-ins for all tests that follow.
if importlib.util.find_spec("rapidocr_onnxruntime") is None:
    pytest.skip("needs the extra ocrdesk[ppocrv4], which Python 3.13 and later cannot have", allow_module_level=True)

pytestmark = [pytest.mark.model, pytest.mark.ppocrv4]

LINES = ("Dear Anna, the parcel came on Monday", "Total 42,50 for 3 boxes", "Kind regards from the harbour")


@pytest.fixture(scope="module", autouse=True)
def no_network():
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("reading needs no network")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        yield


@pytest.fixture(scope="module")
def older():
    return make_recognizer(PPOCR_V4, threads=2)


@pytest.fixture(scope="module")
def newer():
    return make_recognizer(PPOCR_V6, threads=2)


@pytest.fixture(scope="module")
def page():
    """A letter of three lines in the font that Pillow brings."""
    drawn = Image.new("RGB", (1000, 460), "white")
    for number, text in enumerate(LINES):
        place = (60, 60 + 120 * number)
        ImageDraw.Draw(drawn).text(place, text, fill="black", font=ImageFont.load_default(40))
    return np.asarray(drawn)


def texts(reading):
    return [line.text for line in sorted(reading.lines, key=lambda line: line.polygon[0][1])]


def test_it_is_offered_after_the_default():
    assert available_recognizers() == [PPOCR_V6, PPOCR_V4]


def test_reads_a_drawn_page(older, page):
    reading = older.read(page)
    assert texts(reading) == list(LINES)
    assert (reading.width, reading.height, reading.turn) == (1000, 460, 0)
    for number, line in enumerate(sorted(reading.lines, key=lambda line: line.polygon[0][1])):
        assert 0.8 < line.confidence <= 1
        left, top = line.polygon[0]
        assert abs(left - 60) < 20
        assert abs(top - (60 + 120 * number)) < 25


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turns_a_page_upright(older, page, turn):
    stored = np.ascontiguousarray(np.rot90(page, turn // 90))  # rot90 turns anticlockwise
    reading = older.read(stored)
    assert reading.turn == turn
    assert texts(reading) == list(LINES)


def test_finds_nothing_on_an_empty_page(older):
    assert older.read(np.full((300, 400, 3), 255, np.uint8)).lines == ()


def test_both_recognizers_read_in_one_process(older, newer, page):
    assert texts(older.read(page)) == texts(newer.read(page)) == texts(older.read(page)) == list(LINES)


def test_only_the_default_knows_all_latin_letters(older, newer):
    page = load_page(samples_folder() / "accents.png").pixels
    letters = {recognizer.name: set("".join(texts(recognizer.read(page)))) for recognizer in (older, newer)}
    wanted = set("ößñçåøšž€£")
    assert letters[PPOCR_V6] >= wanted
    assert not letters[PPOCR_V4] & wanted


@pytest.mark.parametrize(("asked", "given"), [(1, 1), (2, 2), (100_000, os.cpu_count())])
def test_all_three_models_get_the_threads_they_may_use(asked, given):
    models = make_recognizer(PPOCR_V4, asked)._models
    for session in (models.text_det.infer, models.text_cls.infer, models.text_rec.session):
        options = session.session.get_session_options()
        assert options.intra_op_num_threads == min(given, os.cpu_count())
        assert options.inter_op_num_threads == 1


def test_prints_nothing_and_leaves_no_handler_for_the_terminal(older, newer, page, capfd):
    make_recognizer(PPOCR_V6, 1).read(page)
    make_recognizer(PPOCR_V4, 1).read(page)
    assert capfd.readouterr() == ("", "")
    for name in ("RapidOCR", "OrtInferSession"):
        assert logging.getLogger(name).handlers == []


WINDOW = textwrap.dedent("""\
    import os
    import sys

    def refuse(event, values):
        if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
            raise RuntimeError(f"no network: {event} {values}")

    sys.addaudithook(refuse)

    import numpy as np
    from PySide6.QtWidgets import QApplication, QLabel

    from ocrdesk.engine.recognition.recognizer import make_recognizer

    variables = {name: value for name, value in os.environ.items() if name.startswith("QT_")}
    empty = np.full((64, 64, 3), 255, np.uint8)

    def load():
        for name in sys.argv[2:]:
            make_recognizer(name, 1).read(empty)

    def open_window():
        app = QApplication([])
        label = QLabel("text")
        label.resize(200, 80)
        label.show()
        app.processEvents()
        shown = label.grab().toImage()
        assert shown.width() >= 200 and len({shown.pixel(x, y) for x in range(200) for y in range(80)}) > 1
        return app, label

    if sys.argv[1] == "models first":
        load()
        app, label = open_window()
    else:
        app, label = open_window()
        load()
        app.processEvents()
    assert variables == {name: value for name, value in os.environ.items() if name.startswith("QT_")}
    print(app.platformName())
""")


@pytest.mark.parametrize("names", [(PPOCR_V4, PPOCR_V6), (PPOCR_V6, PPOCR_V4)], ids=["4 then 6", "6 then 4"])
@pytest.mark.parametrize("first", ["models first", "window first"])
def test_a_window_opens_beside_both(first, names, tmp_path):
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_QPA_FONTDIR": str(tmp_path)}
    environment.pop("QT_QPA_PLATFORM_PLUGIN_PATH", None)
    done = subprocess.run(
        [sys.executable, "-c", WINDOW, first, *names], env=environment, capture_output=True, text=True, timeout=100
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "offscreen\n", "")
