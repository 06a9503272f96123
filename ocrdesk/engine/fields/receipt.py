"""From the lines of a page to the values of the receipt on it; milliseconds."""

from collections.abc import Sequence
from datetime import date

from ocrdesk.engine.document import Line
from ocrdesk.engine.fields.days import day_of
from ocrdesk.engine.fields.found import FieldName, Found
from ocrdesk.engine.fields.names import number_of, shop_of
from ocrdesk.engine.fields.sheet import Sheet
from ocrdesk.engine.fields.totals import Money


def values_of(lines: Sequence[Line], today: date) -> dict[FieldName, Found]:
    """Returns what is found on a page by rules.

    Args:
        lines: Its lines with what was corrected, in any order.
        today: No receipt is from a later day.
    """
    return values_on(Sheet(lines), today)


def values_on(sheet: Sheet, today: date) -> dict[FieldName, Found]:
    """Does the same with a page whose rows were put together already."""
    money = Money(sheet)
    found: dict[FieldName, Found | None] = {
        FieldName.TOTAL: money.total(),
        FieldName.TAX: money.tax(),
        FieldName.CURRENCY: money.currency(),
    }
    found[FieldName.DATE] = day_of(sheet, found[FieldName.CURRENCY], today)
    found |= {FieldName.SHOP: shop_of(sheet), FieldName.NUMBER: number_of(sheet)}
    return {name: value for name in FieldName if (value := found[name]) is not None}
