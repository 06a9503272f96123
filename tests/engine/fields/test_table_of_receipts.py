from decimal import Decimal
from pathlib import Path

import pytest

from ocrdesk.engine.document import Page, PageStatus
from ocrdesk.engine.fields.found import Doubt, Found
from ocrdesk.engine.fields.table import Receipt, Sum, as_kept, sums_by_month, sums_by_shop


def receipt(kept: dict[str, str] | None = None, **found: str) -> Receipt:
    page = Page(1, 1, Path("/scans/a.png"), 0, "a.png", PageStatus.DONE, line_count=3)
    return Receipt(page, {name: Found(value) for name, value in found.items()}, kept or {})


def test_what_a_person_wrote_counts_and_is_not_to_check():
    unsure = Receipt(receipt().page, {"total": Found("5.00", doubts=(Doubt.SEVERAL,))}, {})
    assert unsure.is_to_check("total") and unsure.value("total") == "5.00"
    checked = Receipt(unsure.page, unsure.found, {"total": "6.00"})
    assert not checked.is_to_check("total") and checked.value("total") == "6.00"
    assert Receipt(unsure.page, unsure.found, {"total": ""}).value("total") == ""


def test_a_date_or_total_that_was_not_found_is_to_check_and_other_values_are_not():
    empty = receipt()
    assert empty.is_to_check("date") and empty.is_to_check("total")
    assert not empty.is_to_check("tax") and not empty.is_to_check("number")


@pytest.mark.parametrize(
    ("name", "written", "kept"),
    [
        ("date", " 3.4.2024 ", "2024-04-03"), ("total", "1.234,5", "1234.50"), ("total", "12", "12"),
        ("tax", "none", "none"), ("currency", "eur", "EUR"), ("shop", " A & B ", "A & B"), ("total", "", ""),
    ],
)  # fmt: skip
def test_what_a_person_writes_is_kept_in_one_form(name: str, written: str, kept: str):
    assert as_kept(name, written) == kept


def test_sums_are_made_for_each_month_shop_and_currency():
    some = [
        receipt(date="2024-03-12", total="10.00", currency="EUR", shop="Aldi"),
        receipt(date="2024-03-20", total="2.50", currency="EUR", shop="ALDI"),
        receipt(date="2024-04-01", total="7.00", currency="USD", shop="Aldi"),
        receipt({"total": "unreadable"}, date="2024-04-01", total="99.00"),
        receipt(total="1.00", currency="EUR"),
    ]
    assert sums_by_month(some) == [
        Sum("2024-04", "USD", 1, Decimal("7.00")),
        Sum("2024-03", "EUR", 2, Decimal("12.50")),
        Sum("", "EUR", 1, Decimal("1.00")),
    ]
    assert sums_by_shop(some)[0] == Sum("Aldi", "EUR", 2, Decimal("12.50"))


def test_a_day_that_is_none_is_in_no_month():
    (only,) = sums_by_month([receipt({"date": "last week"}, total="1.00")])
    assert only.name == ""
