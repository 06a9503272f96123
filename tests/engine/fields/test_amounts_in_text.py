from decimal import Decimal

import pytest

from ocrdesk.engine.fields.amounts import amounts_in, as_amount


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1 225,34 €", "1225.34"),
        ("1'234.50", "1234.50"),
        ("RM3.65 s", "3.65"),
        ("¥1,280", "1280"),
        ("53.0元", "53"),
        (".02", "0.02"),
        ("-0.02", "-0.02"),
        ("5,00-", "-5"),
        ("12,99 A", "12.99"),
        ("65. 70", "65.70"),
        ("CHF 12.-", "12"),
    ],
)
def test_amounts_are_read_as_countries_write_them(text: str, value: str):
    assert [it.value for it in amounts_in(text) if it.is_money] == [Decimal(value)]


@pytest.mark.parametrize("text", ["19,00 %", "@6%", "FT10060", "500MG", "2.9000", "03-6258 7191", "7.3.2018", "12:30"])
def test_other_figures_are_no_money(text: str):
    assert not [it for it in amounts_in(text) if it.is_money]


def test_what_a_person_writes_is_an_amount():
    assert as_amount("1.234,5") == Decimal("1234.50")
    assert as_amount("12") == Decimal(12)
    assert as_amount("twelve") is None
