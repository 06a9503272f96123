"""Converts pages to lines of JSON and back. Each value that is read is checked, because it may come from anybody.

A page has ``file``; ``was``, the path of its file, if that was not ``file`` in the folder of the batch; the columns of
the library's table ``page`` by their names, of which ``content`` (the fingerprint of its file) is in hexadecimal
digits, ``fields`` (the values of a receipt that a person wrote) an object of texts by the names of the fields,
``rules`` has the ends of each, ``[x, y, x, y]`` in pixels of the upright page, and ``scan`` what ``Measures`` has, by
its names; and ``lines``, as they were found, each with ``text``, ``confidence``, ``polygon`` (eight numbers: x and y of
four points, likewise) and ``words``, each ``[start, end, left, right, confidence]``: the first two are indices into the
line's text, the next two are positions along the line from 0 to 1. A line may have ``white``, how much of its height is
above and below each word's ink, in 255ths: ``[above, below]``. A line may have ``rivals``, the letters that the reader
nearly read, each ``[place, length, letter, ratio]``: ``length`` letters (0 or 1) at an index into the line's text may
be ``letter`` instead (empty if there may be none), which is ``ratio`` times as likely as what was read. Each of
``corrections``, if there are any, has the attributes of ``Correction``, but for its numbers in the library; ``polygon``
and ``follows`` are as above, and ``follows`` is empty for the first line of a page. What the user is told about a page,
``message`` and ``remark``, is there as text, and again as facts, ``message_facts`` and ``remark_facts``: each is
``[name, {values}]``, or a finished sentence.
"""

import json
import os
import re
from collections.abc import Callable, Collection
from dataclasses import asdict, fields
from typing import Any

from ocrdesk.engine.document import Correction, Mode, PageStatus, ReadingOrder
from ocrdesk.engine.facts import pack_told, recalled, told_of, told_of_record
from ocrdesk.engine.facts import record_of as facts_of
from ocrdesk.engine.fingerprint import BYTES
from ocrdesk.engine.library.rows import POLYGON, RULE, numbers_of, polygon_of
from ocrdesk.engine.library.saved import LineRow, SavedPage
from ocrdesk.engine.library.words import FARTHEST, pack_rival, pack_word, unpack_rivals, unpack_words
from ocrdesk.engine.scan_quality.measures import Measures

FLAGS = ("as_picture", "locked")
TOLD = ("message", "remark")
LONGEST_PATH = 4096
_SHORT, _LONG, _MUCH = 10, 10_000, 1_000_000
_FARTHEST = 10_000_000
"""Greatest distance from the corner of a page, in pixels."""

MEASURED = {field.name for field in fields(Measures)}
_MOST_RULES = 1_000
_MOST_FIELDS, _SHORT_NAME = 100, 200
_MOST_CORRECTIONS = 10_000
_MADE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")
_LATEST = 2**32 - 1
"""The latest time, in the year 2106: every system can say which date that is."""

_Check = Callable[[object], bool]


def line_of_json(record: dict[str, object]) -> bytes:
    """Returns a record as a line; bytes of file names that are not valid Unicode survive."""
    return json.dumps(record, allow_nan=False, separators=(",", ":")).encode("ascii") + b"\n"


def record_of(file: str, was: str | None, page: SavedPage) -> dict[str, object]:
    """Returns a page as a record."""
    values = {**page.values, **{name: bool(page.values[name]) for name in FLAGS}}
    content = values["content"]
    values["content"] = content.hex() if isinstance(content, bytes) else None
    fields = values["fields"]
    values["fields"] = json.loads(fields) if isinstance(fields, str) else None
    rules = values["rules"]
    values["rules"] = list(map(list, RULE.iter_unpack(rules))) if isinstance(rules, bytes) else None
    scan = values["scan"]
    measures = Measures.unpacked(scan) if isinstance(scan, bytes) else None
    values["scan"] = {name: _short(value) for name, value in asdict(measures).items()} if measures else None
    for name in TOLD:
        kept = page.values[name]
        values |= fields_of_told(name, told_of(kept) if isinstance(kept, str) else None)
    where = {"file": file} if was is None else {"file": file, "was": was}
    corrections = {"corrections": [_correction_record(it) for it in page.corrections]} if page.corrections else {}
    return {**where, **values, "lines": [_line_record(line) for line in page.lines], **corrections}


def page_of_record(record: Any) -> tuple[str, str | None, SavedPage]:
    """Returns the file, the former path and the content of a page.

    Raises:
        ValueError: Something in the record is invalid; the message says what.
    """
    _require(isinstance(record, dict), "a page")
    file, was, lines = record.get("file"), record.get("was"), record.get("lines")
    _require(is_path(file), "file")
    _require(_is_text(LONGEST_PATH, any_letters=True)(was) or was is None, "was")
    _require(isinstance(lines, list), "lines")
    values = {name: record.get(name) for name in _CHECKS}
    for name, is_good in _CHECKS.items():
        _require(is_good(values[name]), name)
    count = values["line_count"]
    _require(count == len(lines) if count is not None else not lines, "line_count")
    reading = ("line_count", "seconds", "width", "height")
    _require(values["status"] != PageStatus.DONE or None not in (values[name] for name in reading), "status")
    values["content"] = bytes.fromhex(record["content"]) if values["content"] is not None else None
    values["rules"] = b"".join(RULE.pack(*rule) for rule in record["rules"]) if values["rules"] is not None else None
    values["fields"] = json.dumps(record["fields"], ensure_ascii=False) if values["fields"] is not None else None
    values["scan"] = Measures(**record["scan"]).packed() if values["scan"] is not None else None
    values |= {name: pack_told(told_of_field(record, name)) for name in TOLD}
    corrections = record.get("corrections", [])
    _require(isinstance(corrections, list) and len(corrections) <= _MOST_CORRECTIONS, "corrections")
    rows = [_line_row(line) for line in lines]
    return file, was, SavedPage(values, rows, [_correction_of(it, len(lines)) for it in corrections])


def fields_of_told(name: str, told: str | None) -> dict[str, object]:
    """Returns the entries for sentences: as text, for earlier versions, and as facts, which are preferred."""
    return {name: told} if not told else {name: str(told), f"{name}_facts": facts_of(told)}


def told_of_field(record: dict[str, object], name: str) -> str | None:
    """Restores sentences of a record: from the facts if this version knows all of them, else from the text."""
    words = record[name]
    if not isinstance(words, str):
        return None
    return told_of_record(record.get(f"{name}_facts")) or recalled(words)


def is_path(value: object) -> bool:
    """Whether a value is a path that stays within its folder."""
    if not isinstance(value, str) or not _is_text(LONGEST_PATH, any_letters=True)(value):
        return False
    return "\0" not in value and not any(part in ("", ".", "..") for part in value.split("/"))


def is_name(value: object) -> bool:
    """Whether a value can be the name of a batch, or a sentence about a file."""
    return _is_text(_LONG)(value)


def is_region(value: object) -> bool:
    """Whether a value is a valid region."""
    fraction = _is_number(0, 1)
    return isinstance(value, list) and len(value) == 5 and all(map(fraction, value[:4])) and isinstance(value[4], bool)


def _line_record(line: LineRow) -> dict[str, object]:
    text, confidence, polygon, words, rivals = line
    kept = list(unpack_words(words))
    record: dict[str, object] = {
        "text": text,
        "confidence": confidence,
        "polygon": [_short(number) for number in POLYGON.unpack(polygon)],
        "words": [[start, end, *map(_short, along_and_sure)] for start, end, *along_and_sure, _ in kept],
    }
    if any(any(white) for *_, white in kept):
        record["white"] = [list(white) for *_, white in kept]
    return record | {"rivals": list(map(list, unpack_rivals(rivals)))} if rivals else record


def _short(number: float) -> float:
    """Rounds a number to the digits that 32 bits have."""
    return float(f"{number:.9g}")


def _line_row(record: Any) -> LineRow:
    _require(isinstance(record, dict), "a line")
    text, confidence = record.get("text"), record.get("confidence")
    polygon, words = record.get("polygon"), record.get("words")
    _require(_is_text(_MUCH)(text), "text")
    _require(_is_number(0, 1)(confidence), "confidence")
    _require(_is_polygon(polygon), "polygon")
    _require(isinstance(words, list) and all(_is_word(word, len(text)) for word in words), "words")
    rivals = record.get("rivals", [])  # earlier versions kept none
    _require(isinstance(rivals, list) and all(_is_rival(rival, len(text)) for rival in rivals), "rivals")
    white = record.get("white", [[0, 0]] * len(words))  # likewise
    _require(isinstance(white, list) and len(white) == len(words) and all(map(_is_white, white)), "white")
    packed_words = b"".join(
        pack_word(start, end, left, right, sure, (above, below))
        for (start, end, left, right, sure), (above, below) in zip(words, white, strict=True)
    )
    return text, confidence, POLYGON.pack(*polygon), packed_words, b"".join(pack_rival(*rival) for rival in rivals)


def _correction_record(correction: Correction) -> dict[str, object]:
    record = asdict(correction) | {"polygon": numbers_of(correction.polygon)}
    del record["id"], record["page_id"]
    return record if correction.follows is None else record | {"follows": numbers_of(*correction.follows)}


def _correction_of(record: Any, lines: int) -> Correction:
    _require(isinstance(record, dict), "a correction")
    polygon, follows, numbers = record.get("polygon"), record.get("follows"), record.get("numbers")
    before, after, checked, made = (record.get(name) for name in ("before", "after", "checked", "made"))
    _require(_is_polygon(polygon), "polygon of a correction")
    _require(follows is None or follows == [] or _is_polygon(follows), "follows")
    _require(isinstance(numbers, list) and len(numbers) <= lines, "numbers")
    _require(all(map(_is_whole(0, lines - 1), numbers)) and len(set(numbers)) == len(numbers), "numbers")
    _require(_is_text(_MUCH)(before), "before")
    _require(after is None or _is_text(_MUCH)(after), "after")
    _require(checked is None or (isinstance(checked, list) and len(checked) <= _MUCH), "checked")
    _require(all(_is_span(span, len(after or "")) for span in checked or ()), "checked")
    _require(isinstance(made, str) and _MADE.fullmatch(made) is not None, "made")
    return Correction(
        polygon_of(polygon),
        after,
        tuple(numbers),
        before,
        None if checked is None else tuple((start, end) for start, end in checked),
        None if follows is None else (polygon_of(follows),) if follows else (),
        made,
    )


def _is_span(span: object, letters: int) -> bool:
    return isinstance(span, list) and len(span) == 2 and all(map(_is_whole(0, letters), span)) and span[0] < span[1]


def _is_word(word: object, letters: int) -> bool:
    if not isinstance(word, list) or len(word) != 5:
        return False
    start, end, *rest = word
    is_place = _is_whole(0, letters)
    return is_place(start) and is_place(end) and start < end and all(map(_is_number(0, 1), rest))


def _is_white(white: object) -> bool:
    return isinstance(white, list) and len(white) == 2 and all(map(_is_whole(0, 255), white)) and sum(white) <= 255


def _is_rival(rival: object, letters: int) -> bool:
    if not isinstance(rival, list) or len(rival) != 4:
        return False
    place, length, letter, ratio = rival
    is_there = _is_whole(0, min(letters, FARTHEST - 1))(place) and _is_whole(0, 1)(length)
    return is_there and _is_text(1)(letter) and _is_number(0, 1)(ratio)


def _require(is_good: bool, what: str) -> None:
    if not is_good:
        raise ValueError(what)


def _is_text(most: int, *, any_letters: bool = False) -> _Check:
    def check(value: object) -> bool:
        if not isinstance(value, str) or len(value) > most:
            return False
        try:
            os.fsencode(value) if any_letters else value.encode()
        except UnicodeEncodeError:
            return False
        return True

    return check


def _is_whole(low: int, high: int) -> _Check:
    return lambda value: type(value) is int and low <= value <= high


def _is_number(low: float, high: float) -> _Check:
    """Returns a check for numbers in a range, which NaN fails, because it compares with nothing."""
    return lambda value: type(value) in (int, float) and low <= value <= high  # type: ignore[operator]


def _is_one_of(values: Collection[object]) -> _Check:
    return lambda value: type(value) in (int, str) and value in values


def _is_null_or(check: _Check) -> _Check:
    return lambda value: value is None or check(value)


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_fingerprint(value: object) -> bool:
    return isinstance(value, str) and len(value) == 2 * BYTES and set(value) <= set("0123456789abcdef")


def _is_polygon(value: object) -> bool:
    return isinstance(value, list) and len(value) == 8 and all(map(_is_place, value))


def _are_rules(value: object) -> bool:
    return isinstance(value, list) and len(value) <= _MOST_RULES and all(map(_is_rule, value))


def _are_measures(value: object) -> bool:
    return isinstance(value, dict) and set(value) == MEASURED and all(map(_is_number(0, _MUCH), value.values()))


def _is_rule(value: object) -> bool:
    return isinstance(value, list) and len(value) == 4 and all(map(_is_whole(-_FARTHEST, _FARTHEST), value))


def _are_fields(value: object) -> bool:
    if not isinstance(value, dict) or len(value) > _MOST_FIELDS:
        return False
    return all(_is_text(_SHORT_NAME)(name) and _is_text(_LONG)(text) for name, text in value.items())


_is_place = _is_number(-_FARTHEST, _FARTHEST)
_IS_TURN = _is_one_of((0, 90, 180, 270))
_CHECKS: dict[str, _Check] = {
    "frame": _is_whole(0, _MUCH),
    "name": _is_text(_LONG),
    "size": _is_whole(0, 2**63 - 1),
    "modified": _is_whole(-(2**63), 2**63 - 1),
    "status": _is_one_of((PageStatus.PENDING, PageStatus.DONE, PageStatus.FAILED)),
    "message": _is_null_or(_is_text(_LONG)),
    "text_start": _is_text(_LONG),
    "line_count": _is_null_or(_is_whole(0, _MUCH)),
    "confidence": _is_null_or(_is_number(0, 1)),
    "seconds": _is_null_or(_is_number(0, 1e9)),
    "width": _is_null_or(_is_whole(0, _MUCH)),
    "height": _is_null_or(_is_whole(0, _MUCH)),
    "turn": _IS_TURN,
    "rotation": _IS_TURN,
    "recognizer": _is_null_or(_is_text(_LONG)),
    "rules": _is_null_or(_are_rules),
    "content": _is_null_or(_is_fingerprint),
    "as_picture": _is_flag,
    "locked": _is_flag,
    "remark": _is_null_or(_is_text(_LONG)),
    "turn_wanted": _is_null_or(_IS_TURN),
    "way": _is_null_or(_is_one_of(tuple(ReadingOrder))),
    "mode_wanted": _is_null_or(_is_one_of(tuple(Mode))),
    "read_at": _is_null_or(_is_whole(0, _LATEST)),
    "language": _is_null_or(_is_text(_SHORT)),
    "to_check": _is_null_or(_is_whole(0, _MUCH)),
    "fields": _is_null_or(_are_fields),
    "scan": _is_null_or(_are_measures),
    "languages_wanted": _is_null_or(_is_text(_LONG)),
}
