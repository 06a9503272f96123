"""Finds the total of a receipt, its tax and its currency: by labels, by place, and by what adds up."""

from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, auto

from ocrdesk.engine.fields.amounts import CENT, Amount, signs_in
from ocrdesk.engine.fields.found import Doubt, Found, certainty
from ocrdesk.engine.fields.sheet import Piece, Sheet

WHOLE = frozenset({"JPY", "KRW", "IDR", "HUF", "CLP", "VND"})
"""Currencies that are written without decimals."""

DUE, TOTAL, ADDS_UP, PAID, LARGE, SIGN, LAST = 4.0, 3.0, 3.0, 2.0, 1.0, 0.5, 0.5
"""How much speaks for an amount to be the total: its label, what it adds up with, how it is printed, where it is."""

ENOUGH, AHEAD = 3.0, 1.5
"""A total with less, or with less more than any other, is to be checked."""

LARGER = 1.2
"""A figure this many times as high as the lines of its page is printed large."""

MOST_TAX = Decimal("0.3")
"""The greatest part of a total that is a tax."""

UNDER = 6
"""How many rows below its heading a column is looked at."""


@dataclass(slots=True)
class Candidate:
    """An amount on the page, and what its labels say that it is."""

    piece: Piece
    amount: Amount
    kind: str = ""
    points: float = 0.0

    @property
    def value(self) -> Decimal:
        """How much it is."""
        return self.amount.value


@dataclass(slots=True)
class Case:
    """What speaks for a value being the total."""

    points: float = 0.0
    adds_up: bool = False
    is_labelled: bool = False
    where: list[Candidate] = field(default_factory=list)


class _Role(Enum):
    """What a row is to the amounts below it."""

    SUM = auto()
    TAXES = auto()
    """The heading of a table of taxes."""
    OTHER = auto()


class Money:
    """The amounts of a page."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._roles = [_role(row) for row in sheet.rows]
        self.candidates = list(self._labelled())
        self._tell_taxes_from_totals()
        self._total: Candidate | None = None

    # Labels

    def _labelled(self) -> Iterator[Candidate]:
        all_money = any(piece.money for piece in self._sheet.pieces)
        for row in self._sheet.rows:
            amounts = [(piece, it) for piece in row for it in piece.amounts if it.is_money or not all_money]
            for number, (piece, amount) in enumerate(amounts):
                kind = self._kind(row, piece, amount, is_last=number == len(amounts) - 1)
                if kind == "rounding" and abs(amount.value) >= 1:
                    kind = "total"  # what was rounded, not by how much
                if amount.is_money or kind in ("due", "total"):
                    yield Candidate(piece, amount, kind)

    def _tell_taxes_from_totals(self) -> None:
        """Beside a tax it may be printed that the total includes it."""
        greatest = max((it.value for it in self.candidates if it.kind in ("due", "total")), default=Decimal(0))
        for it in self.candidates:
            if it.kind in ("due", "total") and it.value < MOST_TAX * greatest and "tax" in it.piece.kinds:
                it.kind = "tax"

    def _kind(self, row: list[Piece], piece: Piece, amount: Amount, *, is_last: bool) -> str:
        before = max((other.end for other in piece.amounts if other.end <= amount.start), default=0)
        if kind := kind_of(piece.kinds_in(before, amount.start)):
            return kind
        if kind := self._heading(piece):
            return kind
        if is_last:
            left = [other for other in row if other.box.left < piece.box.left]
            kinds = piece.kinds_in(0, amount.start).union(*(other.kinds for other in left))
            if kind := kind_of(kinds) or (kind_of(piece.kinds_in(amount.end)) if len(piece.amounts) == 1 else ""):
                return kind
            if not left and piece.row and len(above := self._sheet.rows[piece.row - 1]) == 1 and not above[0].amounts:
                return kind_of(above[0].kinds)  # the amount stands under its label
        return ""

    def _heading(self, piece: Piece) -> str:
        """What the column is called in which a piece stands, where that is one of a table of taxes."""
        for number in range(piece.row - 1, max(-1, piece.row - UNDER), -1):
            match self._roles[number]:
                case _Role.SUM:
                    return ""  # that table is over
                case _Role.TAXES:
                    _, kind = min((_apart(piece, other), kind_of(other.kinds)) for other in self._sheet.rows[number])
                    money = [it.value for other in self._sheet.rows[piece.row] for it in other.money]
                    is_least = piece.money and piece.money[-1].value == min(money) and len(money) > 1
                    return kind if kind == "subtotal" or (kind == "tax" and is_least) else ""
        return ""

    # The total

    def total(self) -> Found | None:
        """Returns the total; None where no amount may be one."""
        cases = self._cases()
        if not cases:
            return None
        ranked = sorted(cases.items(), key=lambda case: (case[1].points, case[0]), reverse=True)
        value, best = ranked[0]
        where = max(best.where, key=lambda it: (it.points, it.piece.row))
        self._total = where
        doubts = []
        if not best.is_labelled and not best.adds_up:
            doubts.append(Doubt.NO_LABEL)
        elif best.points < ENOUGH or (len(ranked) > 1 and best.points - ranked[1][1].points < AHEAD):
            doubts.append(Doubt.SEVERAL)
        if not doubts and self._is_something_greater_below(where):
            doubts.append(Doubt.SEVERAL)
        if best.is_labelled and not best.adds_up and self._contradicts(value):
            doubts.append(Doubt.NOT_ADDING_UP)
        is_sure = best.adds_up or sum(it.amount.has_decimals for it in best.where) > 1
        return where.piece.found(written(value, where.amount), where.amount.start, where.amount.end, doubts,
                                 is_sure=is_sure)  # fmt: skip

    def _cases(self) -> dict[Decimal, Case]:
        cases: dict[Decimal, Case] = {}
        largest = max((it.value for it in self.candidates), default=Decimal(0))
        last = max((it.piece.row for it in self.candidates if it.kind in ("due", "total")), default=-1)
        for it in self.candidates:
            if it.value <= 0 or it.kind in ("change", "rounding", "other"):
                continue
            it.points = {"due": DUE, "total": TOTAL}.get(it.kind, 0.0)
            it.points += LARGE * (it.piece.box.height >= LARGER * self._sheet.height and bool(it.kind))
            it.points += LAST * (it.piece.row == last)
            it.points += SIGN * bool(it.amount.currencies)
            if it.kind in ("subtotal", "tax"):
                it.points = -1.0
            case = cases.setdefault(it.value, Case())
            case.where.append(it)
            case.points = max(case.points, it.points + 0.1 * (it.value == largest))
            case.is_labelled |= it.kind in ("due", "total")
        self._add_up(cases)
        return {value: case for value, case in cases.items() if case.points > 0}

    def _add_up(self, cases: dict[Decimal, Case]) -> None:
        values = {
            kind: self._values(kind) for kind in ("due", "total", "subtotal", "tax", "paid", "change", "rounding")
        }
        handed = {paid - change for paid in values["paid"] for change in values["change"]}
        paid = values["paid"] if not any(values["change"]) else set()
        with_tax = {net + tax for net in values["subtotal"] for tax in values["tax"] if tax}
        small = {it for it in values["rounding"] if 0 < abs(it) < 1}
        sums = values["due"] | values["total"]
        joint = {one + other for one in sums for other in sums if one < other} & sums
        parts = {one for one in sums for other in sums if one != other and one + other in joint}
        rounded = {sum_ + it for sum_ in values["due"] | values["total"] | with_tax for it in small}
        for value, case in cases.items():
            signs = (ADDS_UP * (value in handed), ADDS_UP * (value in with_tax), PAID * (value in paid),
                     ADDS_UP * (value in rounded), ADDS_UP * (value in joint))  # fmt: skip
            case.points += sum(signs) - ADDS_UP * (value in parts)
            case.adds_up = any(signs)
            confirmed = rounded & cases.keys() & (handed | paid | values["due"] | values["total"])
            if any(value + it in confirmed for it in small):
                case.points -= ADDS_UP  # it was rounded after that

    def _values(self, kind: str) -> set[Decimal]:
        return {it.value for it in self.candidates if it.kind == kind}

    def _is_something_greater_below(self, total: Candidate) -> bool:
        """Whether an amount under the total may be the total, of which the label was misread.

        What was handed over is more as well, but the change says how much.
        """
        column = total.piece.box
        handed = {total.value + change for change in self._values("change")}
        return any(
            not it.kind and it.value > total.value and it.piece.row > total.piece.row and it.value not in handed
            and it.piece.box.left < column.right and it.piece.box.right > column.left
            for it in self.candidates
        )  # fmt: skip

    def _contradicts(self, total: Decimal) -> bool:
        """Whether what was handed over and given back says another total."""
        paid, change = self._values("paid"), self._values("change")
        return bool(paid and any(change)) and all(abs(a - b - total) >= 1 for a in paid for b in change)

    # The tax

    def tax(self) -> Found | None:
        """Returns the tax in the total; None where none is said."""
        total = self._total.value if self._total else None
        labelled = [
            it for it in self.candidates if it.kind == "tax" and (total is None or 0 <= it.value < MOST_TAX * total)
        ]
        if not labelled:
            return None
        nets = {it.value for it in self.candidates}
        fitting = [it for it in labelled if it.value and total is not None and total - it.value in nets]
        nonzero = [it for it in labelled if it.value]
        values = {it.value for it in fitting or nonzero}
        chosen = (fitting or nonzero or labelled)[0]
        doubts = [Doubt.SEVERAL] if len(values) > 1 else []
        is_sure = bool(fitting) or sum(it.value == chosen.value for it in labelled) > 1
        return chosen.piece.found(written(chosen.value, chosen.amount), chosen.amount.start, chosen.amount.end, doubts,
                                  is_sure=is_sure)  # fmt: skip

    # The currency

    def currency(self) -> Found | None:
        """Returns the code of the currency; None where nothing says one."""
        if not self.candidates:
            return None
        weights: dict[tuple[str, ...], float] = {}
        for piece in self._sheet.pieces:
            for codes in signs_in(piece.text):
                weights[codes] = weights.get(codes, 0) + 1
        for it in self.candidates:
            if codes := it.amount.currencies:
                weights[codes] = weights.get(codes, 0) + (3 if it is self._total else 1)
        countries = self._countries()
        if not weights:
            return (
                Found(countries[0], confidence=certainty([Doubt.GUESSED]), doubts=(Doubt.GUESSED,))
                if countries
                else None
            )
        ranked = sorted(weights, key=lambda codes: (len(codes) == 1, weights[codes]), reverse=True)
        sign = ranked[0]
        code = next((it for it in countries if it in sign), (countries or sign)[0] if len(sign) > 1 else sign[0])
        doubts = []
        if len(sign) > 1 and code not in countries:
            doubts.append(Doubt.GUESSED)
        elif len(ranked) > 1 and len(ranked[1]) == 1 and weights[sign] == weights[ranked[1]]:
            doubts.append(Doubt.SEVERAL)
        printed = [it for it in (self._total, *self.candidates) if it and it.amount.currencies == sign]
        if not printed:
            return Found(code, confidence=certainty(doubts), doubts=tuple(doubts))
        it = printed[0]
        return it.piece.found(code, it.amount.start, it.amount.end, doubts, is_sure=True)

    def _countries(self) -> list[str]:
        """Returns the currencies of the countries that the page speaks of, the likeliest first."""
        found: dict[str, int] = {}
        for piece in self._sheet.pieces:
            for label in piece.labels:
                for code in label.languages if label.kind == "country" else ():
                    found[code] = found.get(code, 0) + 1
        return sorted(found, key=lambda code: found[code], reverse=True)


def _role(row: list[Piece]) -> "_Role":
    if any(piece.money for piece in row):
        return _Role.SUM if any(kind_of(piece.kinds) in ("total", "due") for piece in row) else _Role.OTHER
    is_heading = len(row) > 1 and any("tax" in it.kinds and not it.kinds & {"total", "due"} for it in row)
    return _Role.TAXES if is_heading else _Role.OTHER


def _apart(piece: Piece, heading: Piece) -> float:
    """How far a piece stands from the place below a heading: their left, middle or right ends may be in line."""
    own, its = piece.box, heading.box
    return min(
        abs(own.left - its.left), abs(own.right - its.right), abs(own.left + own.right - its.left - its.right) / 2
    )


def kind_of(kinds: Set[str]) -> str:
    """Returns what an amount is beside which labels of these kinds stand; empty if they say nothing of it."""
    if kinds & {"subtotal", "change", "rounding"}:
        return next(kind for kind in ("change", "rounding", "subtotal") if kind in kinds)
    if kinds & {"due", "total"}:
        if "other" in kinds:
            return "other"
        if "tax" in kinds and "with" not in kinds:
            return "subtotal" if "without" in kinds else "tax" if "due" not in kinds else "due"
        return "subtotal" if "without" in kinds and "with" not in kinds else "due" if "due" in kinds else "total"
    return next((kind for kind in ("tax", "paid", "other") if kind in kinds), "")


def written(value: Decimal, amount: Amount) -> str:
    """Returns an amount as it is kept: without decimals where it was printed so and has none."""
    return str(value.quantize(CENT)) if amount.has_decimals or value % 1 else str(value.quantize(Decimal(1)))
