"""Amounts on a page, and which of them is the total."""

from decimal import Decimal

import pytest

from ocrdesk.engine.fields.amounts import amounts_in
from ocrdesk.engine.fields.found import Doubt
from ocrdesk.engine.fields.sheet import Sheet
from ocrdesk.engine.fields.totals import Money, kind_of, written
from tests.engine.fields.receipt_lines import lines_of


def money(*rows: str) -> Money:
    return Money(Sheet(lines_of(*rows)))


@pytest.mark.parametrize(
    ("kinds", "kind"),
    [
        (set(), ""),
        ({"country"}, ""),
        ({"total"}, "total"),
        ({"total", "due"}, "due"),
        ({"total", "tax"}, "tax"),
        ({"total", "tax", "with"}, "total"),
        ({"total", "without"}, "subtotal"),
        ({"total", "tax", "without"}, "subtotal"),
        ({"due", "tax"}, "due"),
        ({"total", "other"}, "other"),
        ({"total", "subtotal"}, "subtotal"),
        ({"paid", "change"}, "change"),
        ({"tax", "paid"}, "tax"),
    ],
)
def test_labels_together_say_what_an_amount_is(kinds, kind):
    assert kind_of(kinds) == kind


@pytest.mark.parametrize(
    ("value", "printed", "kept"),
    [("14.1", "14,10", "14.10"), ("1200", "1200", "1200"), ("1200", "1200.00", "1200.00"), ("3.5", "3", "3.50")],
)
def test_an_amount_is_kept_with_decimals_where_it_was_printed_so_or_has_some(value, printed, kept):
    (amount,) = amounts_in(printed, [])
    assert written(Decimal(value), amount) == kept


def test_an_amount_is_what_the_label_in_its_row_says():
    found = money("Total|14.09", "Cash|20.00", "Change|5.91")
    assert [(str(it.value), it.kind) for it in found.candidates] == [
        ("14.09", "total"), ("20.00", "paid"), ("5.91", "change"),
    ]  # fmt: skip


def test_what_adds_up_is_the_total_even_without_a_label():
    found = money("Bread|4.09", "Cheese|10.00", "14.09", "Cash|20.00", "Change|5.91").total()
    assert (found.value, found.doubts) == ("14.09", ())


def test_a_total_that_contradicts_what_was_paid_is_to_be_checked():
    found = money("Total|14.09", "Cash|20.00", "Change|1.00").total()
    assert (found.value, found.doubts) == ("14.09", (Doubt.NOT_ADDING_UP,))


def test_where_no_label_says_so_the_greatest_amount_is_only_a_guess():
    found = money("Bread|4.09", "Cheese|10.00").total()
    assert (found.value, found.doubts) == ("10.00", (Doubt.NO_LABEL,))


def test_without_amounts_there_is_nothing():
    found = money("Thank you", "Come again")
    assert (found.total(), found.tax(), found.currency()) == (None, None, None)


def test_the_tax_is_the_one_with_which_the_rest_adds_up():
    found = money("Net|11.84", "Tax 19%|2.25", "Tax 7%|0.30", "Total|14.09")
    assert found.total().value == "14.09"
    assert (found.tax().value, found.tax().doubts) == ("2.25", ())


def test_a_currency_is_said_by_a_sign_or_guessed():
    found = money("Total|€14.09")
    found.total()
    assert (found.currency().value, found.currency().doubts) == ("EUR", ())
    found = money("Total|$14.09")
    found.total()
    assert found.currency().doubts == (Doubt.GUESSED,), "several countries have that sign"


@pytest.mark.parametrize(("change", "doubts"), [("5.91", ()), ("4.91", (Doubt.SEVERAL,))])
def test_what_was_handed_over_is_no_greater_total_although_its_label_was_misread(change, doubts):
    found = money("Total|14.09", "Fay|20.00", f"Change|{change}").total()
    assert (found.value, found.doubts[:1]) == ("14.09", doubts)
