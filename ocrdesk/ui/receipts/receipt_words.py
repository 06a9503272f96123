"""What fields are called in the window, how their values look, and why one is to be checked."""

from decimal import Decimal

from PySide6.QtCore import QLocale

from ocrdesk.engine.fields.found import Doubt, FieldName
from ocrdesk.engine.fields.table import AMOUNTS, Receipt, amount_in
from ocrdesk.engine.words import N_, _

TITLES = {
    FieldName.DATE: N_("Date"),
    FieldName.TOTAL: N_("Total"),
    FieldName.CURRENCY: N_("Currency"),
    FieldName.TAX: N_("Tax"),
    FieldName.SHOP: N_("Shop"),
    FieldName.NUMBER: N_("Number"),
}

_WHY = {
    Doubt.NO_LABEL: N_("Nothing printed says what this is."),
    Doubt.SEVERAL: N_("Another value on the page is nearly as likely."),
    Doubt.MISREAD: N_("A word of it may have been misread."),
    Doubt.DAY_OR_MONTH: N_("Day and month may be the other way round."),
    Doubt.NOT_ADDING_UP: N_("It does not agree with other amounts on the page."),
    Doubt.GUESSED: N_("It is not printed as such and was guessed."),
}


def shown(name: str, value: str) -> str:
    """A value as it is shown: amounts as they are written here, days as they are kept, which nobody can misread."""
    amount = amount_in(value) if name in AMOUNTS else None
    return value if amount is None else money(amount)


def money(amount: Decimal) -> str:
    """An amount as it is written here."""
    return QLocale().toString(float(amount), "f", 2 if amount.as_tuple().exponent else 0)


def why(receipt: Receipt, name: str) -> str:
    """Why a value is to be checked, as sentences; empty if it is not."""
    if not receipt.is_to_check(name):
        return ""
    found = receipt.found.get(name)
    if found is None:
        return _("Nothing was found on the page. Type what is printed there, or press Return if there is nothing.")
    return " ".join(_(_WHY[doubt]) for doubt in found.doubts)
