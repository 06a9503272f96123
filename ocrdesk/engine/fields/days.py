"""Finds the day of a receipt: by its label, by the time beside it, and by how its country writes days."""

from dataclasses import dataclass
from datetime import date, timedelta

from ocrdesk.engine.fields.dates import DayOrder, Written
from ocrdesk.engine.fields.found import Doubt, Found
from ocrdesk.engine.fields.sheet import Piece, Sheet

LABEL, TIME, OTHER, AGAIN = 3.0, 2.0, -4.0, 0.5
"""How much speaks for a day: its label, a time beside it; and against it: the label of another day."""

AHEAD = 1.0
"""A day with less more than any other is to be checked."""

MONTH_FIRST_IN = frozenset({"USD"})
DAY_FIRST_IN = frozenset({"MYR", "EUR", "GBP", "SGD", "AUD", "NZD", "CHF", "PLN", "CZK", "INR", "BRL", "HKD", "RUB",
                          "UAH", "THB", "IDR", "NOK", "DKK"})  # fmt: skip
YEAR_FIRST_IN = frozenset({"JPY", "CNY", "KRW", "TWD", "HUF", "SEK"})
"""How days are written where these are paid."""

DAY_FIRST_LANGUAGES = frozenset({"de", "fr", "es", "it", "pt", "nl", "pl", "cs", "ms"})
YEAR_FIRST_LANGUAGES = frozenset({"zh", "ja"})


@dataclass(slots=True)
class _Candidate:
    piece: Piece
    written: Written
    points: float


def day_of(sheet: Sheet, currency: Found | None, today: date) -> Found | None:
    """Returns the day of a receipt; None where none is written.

    Args:
        sheet: The page.
        currency: Its currency, as it was found.
        today: Later days cannot be right.
    """
    candidates = [
        _Candidate(piece, possible, _points(sheet, piece, possible))
        for piece in sheet.pieces
        for written in piece.dates
        if (possible := _possible(written, today)) is not None
    ]
    if not candidates:
        return None
    order = _order(sheet, [it.written for it in candidates], currency)
    points: dict[date, float] = {}
    for it in candidates:
        day = _day(it.written, order)
        points[day] = max(points.get(day, it.points), it.points) + (AGAIN if day in points else 0)
    best = max(candidates, key=lambda it: (points[_day(it.written, order)], it.points, -it.piece.row))
    day = _day(best.written, order)
    others = [value for other, value in points.items() if other != day]
    doubts = []
    if order is None and not best.written.is_certain and not _is_confirmed(day, candidates):
        doubts.append(Doubt.DAY_OR_MONTH)
    if others and points[day] - max(others) < AHEAD:
        doubts.append(Doubt.SEVERAL)
    elif points[day] < 0:
        doubts.append(Doubt.NO_LABEL)
    is_sure = sum(_day(it.written, order) == day for it in candidates) > 1
    return best.piece.found(day.isoformat(), best.written.start, best.written.end, doubts, is_sure=is_sure)


def _possible(written: Written, today: date) -> Written | None:
    """Returns a day without the readings of it that lie in the future; None if none is left."""
    days = {order: day for order, day in written.days.items() if day <= today + timedelta(days=1)}
    return Written(written.start, written.end, days) if days else None


def _points(sheet: Sheet, piece: Piece, written: Written) -> float:
    row = sheet.rows[piece.row]
    kinds = piece.kinds_in(max((it.end for it in piece.dates if it.end <= written.start), default=0), written.start)
    if not kinds & {"date", "not_date"}:
        left = [other for other in row if other.box.right <= piece.box.left + sheet.height]
        kinds = left[-1].kinds if left and not left[-1].dates else frozenset()
    if not kinds & {"date", "not_date"} and (above := sheet.above(piece)) and not above.dates:
        kinds = above.kinds
    has_time = any(other.times for other in row)
    return LABEL * ("date" in kinds and "not_date" not in kinds) + OTHER * ("not_date" in kinds) + TIME * has_time


def _order(sheet: Sheet, written: list[Written], currency: Found | None) -> DayOrder | None:
    """Returns in which order days are written on the page; None if nothing says it."""
    said = {next(iter(it.days)) for it in written if len(it.days) == 1}
    numeric = said - ({DayOrder.DAY_FIRST} if DayOrder.MONTH_FIRST in said else set())
    code = currency.value if currency and not currency.doubts else ""
    if len(numeric) == 1 and (order := numeric.pop()) is not DayOrder.YEAR_FIRST:
        return order
    languages = sheet.languages
    day_first = sum(languages.get(it, 0) for it in DAY_FIRST_LANGUAGES)
    if code in MONTH_FIRST_IN:
        return DayOrder.MONTH_FIRST
    if code in DAY_FIRST_IN or day_first > languages.get("en", 0):
        return DayOrder.DAY_FIRST
    if code in YEAR_FIRST_IN or any(it in languages for it in YEAR_FIRST_LANGUAGES):
        return DayOrder.YEAR_FIRST
    return None


def _day(written: Written, order: DayOrder | None) -> date:
    if order in written.days:
        return written.days[order]
    return next(iter(written.days.values()))


def _is_confirmed(day: date, candidates: list[_Candidate]) -> bool:
    """Whether the page writes the same day in a way that leaves no doubt."""
    return any(it.written.is_certain and day in it.written.days.values() for it in candidates)
