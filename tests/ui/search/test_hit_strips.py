import pytest
from found import hit_on, page_of
from PIL import Image, ImageDraw
from PySide6.QtGui import QColor, QImage

from ocrdesk.ui.kit.theme import token
from ocrdesk.ui.search import hit_strips
from ocrdesk.ui.search.hit_strips import STRIP, HitStrips, first_seen, halvings, strip_of


@pytest.fixture
def picture(tmp_path):
    """A page of which the first word of ``hit_on`` is black."""
    image = Image.new("RGB", (1000, 1400), "white")
    ImageDraw.Draw(image).rectangle((100, 100, 180, 140), "black")
    image.save(tmp_path / "page 1.png")
    return tmp_path


@pytest.fixture
def strips(laid):
    return HitStrips(laid.decoder, laid.tasks)


def test_the_found_word_is_tinted_and_the_rest_is_paper(qapp):
    page = QImage(500, 700, QImage.Format.Format_RGB32)  # half as large as the page
    page.fill(QColor("white"))
    strip = strip_of(page, 1000, hit_on(1, "word and more of them"), 1.0)
    assert strip.height() == STRIP.height()
    zoom = 24 / 40
    tinted, plain = (QColor(strip.pixel(int(14 + zoom * x), STRIP.height() // 2)) for x in (40, 300))
    assert (tinted, plain) == (token("hit"), QColor("white"))


def test_of_a_long_line_the_part_with_the_found_word_is_seen(qapp):
    page = QImage(4000, 400, QImage.Format.Format_RGB32)
    page.fill(QColor("white"))
    hit = hit_on(1, "x" * 150)
    far = ((2500.0, 100.0), (2600.0, 100.0), (2600.0, 140.0), (2500.0, 140.0))
    hit = type(hit)(1, 0, hit.text, ((120, 125),), (far,), hit.line_polygon)
    strip = strip_of(page, 4000, hit, 2.0)
    assert strip.width() == 2 * STRIP.width()
    assert strip.devicePixelRatio() == 2
    yellow = [x for x in range(strip.width()) if QColor(strip.pixel(x, STRIP.height())) == token("hit")]
    assert 0.4 < yellow[len(yellow) // 2] / strip.width() < 0.6


def test_where_a_strip_has_no_room_the_found_word_is_seen():
    line = hit_on(1, "x" * 40)  # 800 pixels wide, 480 in its strip
    word = ((800.0, 100.0), (900.0, 100.0), (900.0, 140.0), (800.0, 140.0))
    hit = type(line)(1, 0, line.text, ((35, 40),), (word,), line.line_polygon)
    assert first_seen(hit, 518) == 0, "the whole line and some white fit"
    first = first_seen(hit, 200)
    left, right = (14 + 0.6 * (x - 100) - first for x in (800, 900))
    assert 0 < left < right < 200
    assert first_seen(line, 200) == 0, "of a word that is too long, the beginning"


def test_strips_are_loaded_when_they_are_wanted(qtbot, strips, picture):
    hit = hit_on(1, "word and more")
    assert strips.get(hit) is None
    with qtbot.waitSignal(strips.arrived):
        strips.want([(hit, page_of(1, picture))])
    assert strips.get(hit).height() == STRIP.height()


def test_a_picture_that_is_gone_has_no_strip(qtbot, strips, tmp_path):
    hit = hit_on(1, "word")
    with qtbot.waitSignal(strips.arrived):
        strips.want([(hit, page_of(1, tmp_path))])
    assert strips.has_none(hit)


def test_what_is_no_longer_wanted_is_not_loaded(qtbot, strips, picture, monkeypatch):
    loaded = []
    load = strips._decoder.load_small
    monkeypatch.setattr(strips._decoder, "load_small", lambda *given: loaded.append(given) or load(*given))
    monkeypatch.setattr(strips._lane, "run", lambda work, done, failed: waiting.append((work, done)))
    waiting = []
    first, second = hit_on(1, "word"), hit_on(1, "word and more")
    strips.want([(first, page_of(1, picture))])
    strips.want([(second, page_of(1, picture))])
    for work, done in waiting:
        done(work())
    assert len(loaded) == 1
    assert strips.get(first) is None
    assert strips.get(second) is not None


def test_no_more_strips_are_kept_than_fit(qtbot, strips, picture, monkeypatch):
    monkeypatch.setattr(hit_strips, "MOST_KEPT", 1)
    first, second = hit_on(1, "word"), hit_on(1, "word and more")
    for hit in (first, second):
        with qtbot.waitSignal(strips.arrived):
            strips.want([(hit, page_of(1, picture))])
    assert strips.get(first) is None
    assert strips.get(second) is not None


@pytest.mark.parametrize(("scale", "times"), [(2.0, 0), (1.0, 0), (0.7, 0), (0.6, 1), (0.5, 1), (0.32, 1), (0.3, 2)])
def test_pictures_are_halved_but_hardly_enlarged_again(scale, times):
    assert halvings(scale) == times
    assert 2**-times * 1.25 >= min(scale, 1.0)


def test_a_page_is_loaded_once_for_other_words_on_it(qtbot, strips, picture, monkeypatch):
    loaded = []
    load = strips._decoder.load_small
    monkeypatch.setattr(strips._decoder, "load_small", lambda *asked: loaded.append(asked) or load(*asked))
    for text in ("one two", "other words"):
        hit = hit_on(1, text)
        strips.want([(hit, page_of(1, picture))])
        qtbot.waitUntil(lambda hit=hit: strips.get(hit) is not None)
    assert len(loaded) == 1
