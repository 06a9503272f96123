"""The real models, on pages drawn with the font that Pillow brings. A few seconds."""

import logging
import socket

import numpy as np
import pytest
from fakes import draw_text

from ocrdesk.engine.layout.reading_order import in_reading_order
from ocrdesk.engine.recognition.recognizer import PPOCR_V6, make_recognizer

pytestmark = pytest.mark.model

TEXTS = ("Invoice 2024-117", "Twelve boxes of apples", "Total 148.50 EUR", "Payable within 30 days")


@pytest.fixture(scope="module")
def recognizer():
    return make_recognizer(PPOCR_V6, threads=2)


@pytest.fixture(scope="module")
def page():
    return draw_text(*TEXTS)


def read_texts(reading) -> list[str]:
    return [line.text for line in in_reading_order(reading.lines)]


def test_a_drawn_page_is_read_exactly(recognizer, page):
    reading = recognizer.read(np.asarray(page))
    assert read_texts(reading) == list(TEXTS)
    assert (reading.turn, reading.width, reading.height) == (0, *page.size)
    assert all(0.8 < line.confidence <= 1 for line in reading.lines)
    first = in_reading_order(reading.lines)[0].polygon
    assert first[0] == pytest.approx((40, 45), abs=15)
    assert first[1][0] > first[0][0] + 200
    assert recognizer.name == PPOCR_V6


@pytest.mark.parametrize("turned_by", [90, 180])
def test_a_page_that_does_not_stand_upright_is_turned_and_read(recognizer, page, turned_by):
    reading = recognizer.read(np.asarray(page.rotate(-turned_by, expand=True)))
    assert read_texts(reading) == list(TEXTS)
    assert reading.turn == 360 - turned_by
    assert (reading.width, reading.height) == page.size


def test_a_blank_page_has_no_lines(recognizer):
    assert recognizer.read(np.full((300, 400, 3), 255, np.uint8)).lines == ()


def test_loading_and_reading_open_no_connection_and_write_nothing_to_the_terminal(page, monkeypatch, capfd):
    def refuse(*_, **__):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    fresh = make_recognizer(PPOCR_V6, threads=1)
    assert read_texts(fresh.read(np.asarray(page))) == list(TEXTS)
    assert logging.getLogger("RapidOCR").handlers == []
    assert capfd.readouterr() == ("", "")
