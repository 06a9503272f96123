"""Finds the name of the shop and the number of a receipt."""

import re

from ocrdesk.engine.fields.found import Doubt, Found
from ocrdesk.engine.fields.sheet import Piece, Sheet

HIGHEST_ROWS = 12
"""How many rows from the top the name of the shop is looked for in."""

FIRM, LARGE, EARLY, TITLE, FIGURES = 3.0, 2.0, 2.0, -6.0, -2.0
"""What speaks for a row being the name: a kind of firm in it, large print, nothing above it; and what against it."""

SURE = 2.0
"""A name with less is to be checked."""

_REGISTERED = re.compile(r"\s*[(\[][^()\[\]]*\d{4,}[^()\[\]]*[)\]]?\s*$|\s+\d{5,}-[A-Z]\b.*$")
_NUMBER = re.compile(r"[\s:：.#№°º=)-]*(?P<number>(?:[A-Za-z]{1,4}[\s-]{1,2}(?=[\w/-]*\d))?[\w/\-]*\d[\w/\-]*)")
_ADDRESS = re.compile(
    r"^\W*\d|\b(?:no|lot|jalan|jln|street|road|avenue|ave|st|rd|rue|via|calle|c/|ul|str|stra(?:ss|ß)e|straat|n[aá]dra|"
    r"taman|floor|suite|www|http|@|tel|fax|phone)\b|\d{4,}|[省市区县路街号丁目]\d|東京都|大阪",
    re.I,
)


def shop_of(sheet: Sheet) -> Found | None:
    """Returns the name of the shop: near the top, large, or with the kind of its firm; None if nothing may be one."""
    best: tuple[float, Piece] | None = None
    rows_with_letters = 0
    for row in sheet.rows[:HIGHEST_ROWS]:
        for piece in row:
            if sum(map(str.isalpha, piece.text)) < 2:
                continue
            points = _points(sheet, piece, rows_with_letters)
            rows_with_letters += 1
            if best is None or points > best[0]:
                best = points, piece
        if any(piece.money for piece in row):
            break
    if best is None or best[0] <= -1:
        return None
    points, piece = best
    name = _REGISTERED.sub("", piece.text).strip(" -*=.:,") or piece.text
    start = piece.text.find(name)
    return piece.found(name, start, start + len(name), [Doubt.NO_LABEL] if points < SURE else [])


def _points(sheet: Sheet, piece: Piece, rows_above: int) -> float:
    kinds, text = piece.kinds, piece.text
    plain = _REGISTERED.sub("", text)
    points = EARLY - min(rows_above, 6) * 0.6
    points += FIRM * ("firm" in kinds) + LARGE * (piece.box.height >= 1.15 * sheet.height)
    titled = sum(label.end - label.start for label in piece.labels if label.kind == "title")
    points += TITLE * (titled >= 0.6 * len(text.strip()))
    points += TITLE * bool(kinds & {"not_number", "date", "number"}) * ("firm" not in kinds)
    points += FIGURES * bool(_ADDRESS.search(plain)) + FIGURES * bool(piece.dates)
    return points


def number_of(sheet: Sheet) -> Found | None:
    """Returns the number of a receipt or an invoice: what stands beside or under its label; None if there is none."""
    for kind, digits in (("number", 2), ("number_else", 5)):
        for piece in sheet.pieces:
            if found := _beside_label(sheet, piece, kind, digits):
                return found
    return None


def _beside_label(sheet: Sheet, piece: Piece, kind: str, digits: int) -> Found | None:
    others = [it for it in piece.labels if it.kind == "not_number"]
    for label in (it for it in piece.labels if it.kind == kind):
        if any(it.start <= label.start and it.end >= label.end for it in others):
            continue
        if kind == "number_else" and others:
            continue
        for other, start in _after(sheet, piece, label.end):
            found = _NUMBER.match(other.text, start)
            if found and _is_number(other, found, digits):
                return other.found(found["number"].strip("-/"), found.start("number"), found.end("number"))
    return None


def _after(sheet: Sheet, piece: Piece, end: int) -> list[tuple[Piece, int]]:
    """What may hold the value of a label: the rest of its piece, the piece at its right, and the one below."""
    rest = piece.text[end:].strip(" :：.#=-")
    if rest:
        return [(piece, end)]
    row = sheet.rows[piece.row]
    right = [other for other in row if other.box.left > piece.box.left][:1]
    below = sheet.rows[piece.row + 1] if piece.row + 1 < len(sheet.rows) else []
    under = [it for it in below if it.box.left < piece.box.right and it.box.right > piece.box.left][:1]
    return [(it, 0) for it in (*right, *under)]


def _is_number(piece: Piece, found: re.Match[str], digits: int) -> bool:
    start, end = found.span("number")
    is_other = any(day.start < end and day.end > start for day in piece.dates)
    is_money = any(amount.start < end and amount.end > start and amount.is_money for amount in piece.amounts)
    return not is_other and not is_money and sum(map(str.isdecimal, found["number"])) >= digits
