import pytest

from ocrdesk.engine.document import Line
from ocrdesk.engine.fields.found import Doubt
from ocrdesk.engine.fields.own import field_by_example, own_value
from ocrdesk.engine.fields.sheet import Sheet
from ocrdesk.engine.library.fields import OwnField, Side
from tests.engine.fields.receipt_lines import lines_of


def marked(lines: list[Line], text: str) -> OwnField | None:
    words = [word for line in lines for word in line.words if word.text == text]
    return field_by_example(lines, words[0].polygon)


def test_a_value_behind_its_label_is_found_on_other_pages():
    field = marked(lines_of("Customer No: 4711 since 2019", "Total|5.00"), "4711")
    assert field == OwnField("Customer No", "Customer No", Side.BEHIND, 1)
    value = own_value(Sheet(lines_of("Hello", "CUSTOMER NO : 12/34 since 2020")), field)
    assert value is not None and (value.value, value.is_to_check) == ("12/34", False)


@pytest.mark.parametrize(
    ("rows", "side"),
    [(("Driver|4711", "Total|5.00"), Side.RIGHT), (("Invoice|Driver", "A-1|4711"), Side.BELOW)],
)
def test_a_value_beside_or_under_its_label_is_found_on_other_pages(rows: tuple[str, ...], side: Side):
    field = marked(lines_of(*rows), "4711")
    assert field == OwnField("Driver", "Driver", side)
    value = own_value(Sheet(lines_of(*(row.replace("4711", "Miller J.") for row in rows))), field)
    assert value is not None and value.value == "Miller J."


def test_without_its_label_there_is_no_value():
    assert own_value(Sheet(lines_of("Total|5.00")), OwnField("Driver", "Driver", Side.RIGHT)) is None


def test_a_value_without_a_label_makes_no_field():
    assert marked(lines_of("4711"), "4711") is None


def test_two_values_of_one_label_are_to_check():
    value = own_value(Sheet(lines_of("Ref: 12", "Ref: 34")), OwnField("Ref", "Ref"))
    assert value is not None and (value.value, value.doubts) == ("12", (Doubt.SEVERAL,))


def test_a_label_may_touch_its_value():
    field = marked(lines_of("Cashier:FT100 12:30", "Total|5.00"), "Cashier:FT100")
    assert field == OwnField("Cashier", "Cashier", Side.BEHIND, 1)
    value = own_value(Sheet(lines_of("Cashier: 007 at 9:15")), field)
    assert value is not None and value.value == "007"
