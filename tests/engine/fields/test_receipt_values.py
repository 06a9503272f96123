from datetime import date

import pytest

from ocrdesk.engine.fields.found import Doubt, FieldName
from ocrdesk.engine.fields.receipt import values_of
from tests.engine.fields.receipt_lines import lines_of

TODAY = date(2025, 6, 1)
DATE, TOTAL, CURRENCY, TAX, SHOP, NUMBER = FieldName

GERMAN = (
    "^Muster GmbH", "Hauptstr. 1, 70173 Stuttgart", "Vollmilch|1,19 A", "Käse|12,90 A", "^SUMME EUR|14,09",
    "Bar|20,00", "Rückgeld|5,91", "Steuer|Netto|MwSt", "A 19%|11,84|2,25", "Datum 03.04.2024|Uhrzeit 10:15",
    "Bon-Nr.: 4711",
)  # fmt: skip


def found(*rows: str) -> dict[str, str]:
    return {name.value: it.value for name, it in values_of(lines_of(*rows), TODAY).items()}


def doubts(name: FieldName, *rows: str) -> tuple[Doubt, ...]:
    return values_of(lines_of(*rows), TODAY)[name].doubts


def test_all_values_of_a_receipt_are_found_and_none_is_to_check():
    values = values_of(lines_of(*GERMAN), TODAY)
    assert {name.value: it.value for name, it in values.items()} == {
        "date": "2024-04-03", "total": "14.09", "currency": "EUR", "tax": "2.25", "shop": "Muster GmbH",
        "number": "4711",
    }  # fmt: skip
    assert not [name for name, it in values.items() if it.is_to_check]


def test_a_value_says_where_it_stands():
    total = values_of(lines_of(*GERMAN), TODAY)[TOTAL]
    assert total.line is not None and total.line.text == "14,09"
    assert total.polygon is not None and total.polygon[0] == (350, 160)


def test_nothing_is_found_on_an_empty_page():
    assert values_of([], TODAY) == {}


def test_a_page_of_prose_has_no_total():
    assert TOTAL not in values_of(lines_of("It was a dark night", "and nobody was about"), TODAY)


@pytest.mark.parametrize(
    ("rows", "total"),
    [
        (("Subtotal|10.00", "Tax|0.80", "Total|$10.80", "Cash|20.00", "Change|9.20"), "10.80"),
        (("Total|12.02", "Rounding|-0.02", "Nett total|12.00", "Cash|12.00"), "12.00"),
        (("Total qty|3", "Total excl. GST|28.11", "GST 6%|1.69", "29.80", "Cash|50.00", "Change|20.20"), "29.80"),
        (("合計|¥3,070", "お預り|¥3,500", "お釣り|¥430"), "3070"),
        (("Total HT|1 021,12 €", "TVA 20 %|204,22 €", "Total TTC|1 225,34 €"), "1225.34"),
        (("TOTAL", "45.20"), "45.20"),
        (("Ttal Payable:|39.87", "Cash|40.00", "Change|0.13"), "39.87"),
    ],
)
def test_the_total_is_told_from_other_sums(rows: tuple[str, ...], total: str):
    assert found(*rows)["total"] == total


def test_a_total_without_a_label_is_to_check():
    assert doubts(TOTAL, "Ticket", "£5.30") == (Doubt.NO_LABEL,)


def test_a_total_with_an_unsure_word_is_to_check_unless_it_adds_up():
    assert Doubt.MISREAD in doubts(TOTAL, "Bread|3.10", "Total|~12.10~")
    assert not doubts(TOTAL, "Total|~12.10~", "Cash|20.00", "Change|7.90")


def test_a_total_that_does_not_fit_the_change_is_to_check():
    assert Doubt.NOT_ADDING_UP in doubts(TOTAL, "Total|12.10", "Cash|50.00", "Change|7.90")


@pytest.mark.parametrize(
    ("rows", "day"),
    [
        (("Date: 12/31/2024", "Total|$5.00"), "2024-12-31"),
        (("Sdn Bhd", "Date: 05/01/2018", "Total|RM 5.00"), "2018-01-05"),
        (("Sales tax|0.10", "01/05/2018 10:30", "Total|USD 5.00"), "2018-01-05"),
        (("Issued 3 April 2024", "Due date: 3 May 2024", "Total|£5.00"), "2024-04-03"),
        (("発行日 令和6年4月3日", "合計|¥500"), "2024-04-03"),
        (("Date:02/02/1719:46", "Total|RM 7.50"), "2017-02-02"),
    ],
)
def test_the_day_is_read_as_its_country_writes_it(rows: tuple[str, ...], day: str):
    assert found(*rows)["date"] == day


def test_a_day_that_may_be_a_month_is_to_check_unless_another_one_tells():
    assert Doubt.DAY_OR_MONTH in doubts(DATE, "Date: 03/04/2024", "Total|$5.00")
    assert not doubts(DATE, "Date: 03/04/2024", "Printed 3 April 2024", "Total|$5.00")


def test_a_day_in_the_future_is_none():
    assert "date" not in found("Date: 03.04.2031", "Total|5,00 €")


def test_the_number_is_not_that_of_the_shop():
    assert found("GST Reg No: 000181747712", "Invoice No: 18203/102", "Total|5.00")["number"] == "18203/102"


def test_the_shop_is_no_heading_and_loses_its_register_number():
    assert found("TAX INVOICE", "99 SPEED MART SDN BHD (519537-X)", "Jalan 12", "Total|5.00")["shop"] == (
        "99 SPEED MART SDN BHD"
    )


def test_a_shared_sign_is_decided_by_the_country():
    assert found("Bar Wang Sdn Bhd", "Total|$8.20")["currency"] == "MYR"
    assert Doubt.GUESSED in doubts(CURRENCY, "Bar Wang", "Total|$8.20")


def test_a_rate_of_tax_is_not_the_tax():
    assert found("Total incl. GST|106.00", "GST @ 6%|6.00", "Cash|106.00")["tax"] == "6.00"


def test_a_total_is_to_check_where_a_greater_amount_without_a_label_stands_below_it():
    assert Doubt.SEVERAL in doubts(TOTAL, "Bread|3.10", "Total|24.16", "Tta Pyble|54.19")


def test_the_tax_is_no_greater_part_of_the_total_than_taxes_are():
    assert "tax" not in found("Inc. GST|32.10", "Total|59.54")


def test_the_shop_is_not_who_sits_at_the_till():
    assert found("Cashier: Anna", "Greenway", "Total|5.00")["shop"] == "Greenway"
