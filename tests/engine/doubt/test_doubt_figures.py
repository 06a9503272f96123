"""Figures that cannot be as they are written."""

import pytest

from ocrdesk.engine.doubt.figures import is_odd_figure


@pytest.mark.parametrize(
    "word",
    ["l2.50", "12.5O", "1O0", "I944", "31.13.2024", "00/12/24", "2012-13-23", "12:75", "12.34.50,1", "1,23.456,7"],
)
def test_what_cannot_be_is_found(word):
    assert is_odd_figure(word)


@pytest.mark.parametrize(
    "word",
    ["12.50", "1,234.50", "1.234,50", "(1’234.50)", "31.12.2024", "12/31/2024", "2012-10-23", "23:59", "24:00:00",
     "1944",
     "B4",
     "15/4B,", "12B", "1.2.3", "192.168.0.1", "A/44/605", "word", "Ill", "", "—", "2x", "1st", "50%", "$5.00"],
)  # fmt: skip
def test_what_can_be_is_not(word):
    assert not is_odd_figure(word)
