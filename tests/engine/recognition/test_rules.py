"""Rules found on drawn pages."""

import math
import random

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from ocrdesk.engine.document import Rule
from ocrdesk.engine.geometry import Polygon
from ocrdesk.engine.recognition.ink import ink_of
from ocrdesk.engine.recognition.rules import MOST, find_rules, rules_of_drawing

WIDTH, HEIGHT = 1240, 1754
"""A sheet of A4 at 150 dpi."""

WORDS = ("little", "millibar", "Illinois", "harbour", "HILL", "and", "—", "the", "1111", "felt", "|")


def sheet(ground: int = 255) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", (WIDTH, HEIGHT), (ground,) * 3)
    return picture, ImageDraw.Draw(picture)


def found(picture: Image.Image, text: list[Polygon] | None = None) -> tuple[Rule, ...]:
    ink = ink_of(np.asarray(picture))
    return find_rules(ink.grey, ink.scale, text or [])


def box(left: float, top: float, right: float, bottom: float) -> Polygon:
    return (left, top), (right, top), (right, bottom), (left, bottom)


def write(draw: ImageDraw.ImageDraw, size: int, left: int = 80, right: int = WIDTH - 80) -> list[Polygon]:
    """Fills a sheet with text, words as high and wide as there are, and tells where its lines are."""
    font, choice = ImageFont.load_default(size), random.Random(size)
    lines = []
    for top in range(100, HEIGHT - 100, round(1.4 * size)):
        place = float(left)
        while place + (wide := draw.textlength(word := choice.choice(WORDS), font)) < right:
            draw.text((place, top), word, fill=(20, 20, 20), font=font)
            place += wide + size / 3
        lines.append(box(left, top, place, top + 1.3 * size))
    return lines


def is_near(rule: Rule, begin: tuple[float, float], end: tuple[float, float], by: float = 8) -> bool:
    """Whether a rule runs from one point to another."""
    return any(
        math.dist(one, begin) <= by and math.dist(other, end) <= by
        for one, other in ((rule.begin, rule.end), (rule.end, rule.begin))
    )


# Rules


@pytest.mark.parametrize("wide", [1, 2, 5])
@pytest.mark.parametrize("grey", [0, 120, 190])
@pytest.mark.parametrize("ends", [((620, 200), (620, 1500)), ((100, 700), (1140, 700))])
def test_a_rule_is_found_thin_or_thick_black_or_light(wide, grey, ends):
    picture, draw = sheet()
    draw.line(ends, fill=(grey,) * 3, width=wide)
    (rule,) = found(picture)
    assert is_near(rule, *ends)
    assert rule.is_standing == (ends[0][0] == ends[1][0])


@pytest.mark.parametrize("degrees", [0.3, 1, -1, 2, -2])
def test_a_rule_of_a_page_askew_is_one(degrees):
    tangent = math.tan(math.radians(degrees))
    upright = ((620 - 600 * tangent, 200), (620 + 600 * tangent, 1400))
    level = ((120, 100 - 400 * tangent), (1020, 100 + 400 * tangent))
    picture, draw = sheet()
    for ends in (upright, level):
        draw.line(ends, fill=(60,) * 3, width=2)
    rules = found(picture.filter(ImageFilter.GaussianBlur(0.7)))
    assert sorted(rule.is_standing for rule in rules) == [False, True]
    assert all(is_near(rule, *(upright if rule.is_standing else level)) for rule in rules)


def test_a_broken_or_finely_dotted_rule_is_one():
    picture, draw = sheet()
    for top in range(200, 1400, 160):
        draw.line(((300, top), (300, top + 154)), fill=0, width=2)
    for top in range(200, 1400, 2):
        draw.rectangle((800, top, 801, top), fill=0)
    assert sorted(round(rule.begin[0] / 10) for rule in found(picture)) == [30, 80]


def test_a_double_rule_is_found_once_or_twice_and_nowhere_else():
    picture, draw = sheet()
    for x in (600, 606):
        draw.line(((x, 200), (x, 1400)), fill=0, width=2)
    rules = found(picture)
    assert 1 <= len(rules) <= 2
    assert all(is_near(rule, (603, 200), (603, 1400)) for rule in rules)


def test_all_rules_of_a_grid_are_found_though_letters_touch_them():
    picture, draw = sheet()
    columns, rows = (100, 300, 700, 900, 1100), range(200, 1001, 40)
    for x in columns:
        draw.line(((x, 200), (x, 1000)), fill=0, width=2)
    for y in rows:
        draw.line(((100, y), (1100, y)), fill=0, width=2)
        for x in columns[:-1]:
            draw.text((x + 12, y + 8), "gHyp", fill=0, font=ImageFont.load_default(28))
    rules = found(picture)
    assert len([rule for rule in rules if rule.is_standing]) == len(columns)
    assert len([rule for rule in rules if not rule.is_standing]) == len(rows)


def test_a_rule_between_columns_of_text_is_found_and_nothing_else():
    picture, draw = sheet(235)
    write(draw, 22, right=600)
    write(draw, 22, left=640)
    draw.line(((620, 90), (620, 1650)), fill=(90,) * 3, width=2)
    (rule,) = found(picture)
    assert is_near(rule, (620, 90), (620, 1650))


def test_the_rules_of_a_page_that_was_drawn_small_lie_where_they_are_on_the_page():
    picture, draw = sheet()
    draw.line(((200, 200), (1040, 200)), fill=0, width=1)
    (rule,) = rules_of_drawing(np.asarray(picture.convert("L")), 0.5, [])
    assert is_near(rule, (400, 400), (2080, 400), by=12)


# What is none


@pytest.mark.parametrize("size", [14, 20, 28, 40])
def test_there_are_no_rules_in_prose(size):
    picture, draw = sheet()
    write(draw, size)
    assert found(picture) == ()


@pytest.mark.parametrize(("size", "blur"), [(90, 0), (20, 1.2), (14, 1.2)])
def test_strokes_of_headlines_and_letters_run_together_are_none_where_their_line_was_found(size, blur):
    picture, draw = sheet()
    lines = write(draw, size)
    assert found(picture.filter(ImageFilter.GaussianBlur(blur)), lines) == ()


def test_noise_and_shades_of_a_photo_are_none():
    noise = np.random.default_rng(3).normal(128, 60, (HEIGHT // 4, WIDTH // 4, 3)).clip(0, 255).astype(np.uint8)
    assert found(Image.fromarray(noise).resize((WIDTH, HEIGHT))) == ()
    x, y = np.meshgrid(np.linspace(0, 9, WIDTH), np.linspace(0, 7, HEIGHT))
    waves = (128 + 100 * np.sin(x) * np.cos(y)).astype(np.uint8)
    assert found(Image.fromarray(np.dstack([waves] * 3))) == ()


def test_edges_of_pictures_and_dark_margins_are_none():
    picture, draw = sheet()
    draw.rectangle((0, 0, 60, HEIGHT), fill=(25,) * 3)
    draw.rectangle((0, HEIGHT - 50, WIDTH, HEIGHT), fill=(0,) * 3)
    draw.rectangle((300, 300, 900, 800), fill=(110, 90, 60))
    assert found(picture) == ()


def test_the_shadow_in_a_book_is_none():
    shade = 230 - 200 * np.exp(-(((np.arange(WIDTH) - 620) / 45) ** 2))
    page = np.repeat(np.repeat(shade[None, :, None], HEIGHT, 0), 3, 2).astype(np.uint8)
    assert found(Image.fromarray(page)) == ()


def test_strokes_of_letters_and_leaders_in_a_line_are_none_but_what_is_under_it_is_one():
    picture, draw = sheet()
    draw.line(((200, 320), (900, 320)), fill=0, width=2)  # within the line
    draw.line(((200, 520), (900, 520)), fill=0, width=2)  # under it
    rules = found(picture, [box(190, 300, 910, 340), box(190, 490, 910, 521)])
    assert [round(rule.begin[1], -1) for rule in rules] == [520]


def test_short_strokes_are_none():
    picture, draw = sheet()
    draw.line(((300, 300), (350, 300)), fill=0, width=2)
    draw.line(((300, 400), (300, 450)), fill=0, width=2)
    assert found(picture) == ()


def test_of_thousands_the_longest_are_kept():
    picture, draw = sheet()
    for x in range(10, WIDTH, 12):
        for top in range(10, HEIGHT - 120, 160):
            draw.line(((x, top), (x, top + 100)), fill=0, width=2)
    assert 0 < len(found(picture)) <= 2 * MOST
