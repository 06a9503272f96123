"""The receipts of a batch as rows of a table, and what they add up to."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from ocrdesk.engine.document import Page
from ocrdesk.engine.fields.amounts import CENT, as_amount
from ocrdesk.engine.fields.dates import as_date
from ocrdesk.engine.fields.found import FieldName, Found
from ocrdesk.engine.fields.own import own_value
from ocrdesk.engine.fields.receipt import values_on
from ocrdesk.engine.fields.sheet import Sheet
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.fields import OwnField

EXPECTED = frozenset({FieldName.DATE.value, FieldName.TOTAL.value})
"""Where one of these is not found, a person is asked for it."""

AMOUNTS = frozenset({FieldName.TOTAL.value, FieldName.TAX.value})


@dataclass(frozen=True, slots=True)
class Receipt:
    """A page with its values.

    Attributes:
        page: The page.
        found: What was found on it, by the names of the fields.
        kept: What a person wrote, likewise; it counts instead.
    """

    page: Page
    found: Mapping[str, Found]
    kept: Mapping[str, str]

    def value(self, name: str) -> str:
        """Returns a value as it is kept; empty where there is none."""
        found = self.found.get(name)
        return self.kept.get(name, found.value if found else "")

    def is_to_check(self, name: str) -> bool:
        """Whether a person should look at a value, which they have not done yet."""
        found = self.found.get(name)
        return name not in self.kept and (found.is_to_check if found else name in EXPECTED)


@dataclass(frozen=True, slots=True)
class Sum:
    """What some receipts add up to.

    Attributes:
        name: What they have in common: a month such as ``2024-03``, or a shop; empty: they have no such value.
        currency: Their currency; empty where it is not known.
        count: How many there are.
        total: The sum of their totals.
    """

    name: str
    currency: str
    count: int
    total: Decimal


def column_of(field: OwnField) -> str:
    """Returns the name under which the values of an own field are kept."""
    return f"own {field.name}"


def receipts_of(library: Library, page_ids: Sequence[int], own: Sequence[OwnField], today: date) -> list[Receipt]:
    """Returns pages that were read with their values, in the order of the pages; some milliseconds each."""
    pages, kept = library.pages(page_ids), library.fields.kept(page_ids)
    return [
        Receipt(page, _found(library, page.id, own, today), kept.get(page.id, {}))
        for page_id in page_ids
        if (page := pages.get(page_id)) is not None and page.line_count is not None
    ]


def _found(library: Library, page_id: int, own: Sequence[OwnField], today: date) -> dict[str, Found]:
    sheet = Sheet(library.texts.counting(page_id))
    found: dict[str, Found] = {name.value: value for name, value in values_on(sheet, today).items()}
    for field in own:
        if (value := own_value(sheet, field)) is not None:
            found[column_of(field)] = value
    return found


def as_kept(name: str, written: str) -> str:
    """Returns a value as it is kept from what a person wrote: days and amounts in one form, if they are some."""
    text = written.strip()
    if name == FieldName.DATE and (day := as_date(text)) is not None:
        return day.isoformat()
    if name in AMOUNTS and (amount := as_amount(text)) is not None:
        return str(amount.quantize(CENT)) if amount % 1 or "." in text or "," in text else str(int(amount))
    return text.upper() if name == FieldName.CURRENCY else text


def amount_in(value: str) -> Decimal | None:
    """Returns a kept amount; None if a person wrote something else there."""
    with suppress(InvalidOperation):
        return Decimal(value)
    return None


def day_in(value: str) -> date | None:
    """Returns a kept day; None if a person wrote something else there."""
    with suppress(ValueError):
        return date.fromisoformat(value)
    return None


def sums_by_month(receipts: Iterable[Receipt]) -> list[Sum]:
    """Returns what receipts add up to by month and currency, the latest first."""
    return sorted(_sums((it, it.value(FieldName.DATE)[:7] if day_in(it.value(FieldName.DATE)) else "")
                        for it in receipts), key=lambda it: (it.name, it.currency), reverse=True)  # fmt: skip


def sums_by_shop(receipts: Iterable[Receipt]) -> list[Sum]:
    """Returns what receipts add up to by shop and currency, the greatest first."""
    return sorted(_sums((it, it.value(FieldName.SHOP)) for it in receipts), key=lambda it: it.total, reverse=True)


def sums_by_currency(receipts: Iterable[Receipt]) -> list[Sum]:
    """Returns what receipts add up to by currency, the greatest first."""
    return sorted(_sums((it, "") for it in receipts), key=lambda it: it.total, reverse=True)


def _sums(named: Iterable[tuple[Receipt, str]]) -> list[Sum]:
    sums: dict[tuple[str, str], Sum] = {}
    for receipt, name in named:
        total = amount_in(receipt.value(FieldName.TOTAL))
        if total is not None:
            currency = receipt.value(FieldName.CURRENCY)
            key = name.casefold(), currency
            before = sums.get(key, Sum(name, currency, 0, Decimal(0)))
            sums[key] = Sum(before.name, currency, before.count + 1, before.total + total)
    return list(sums.values())
