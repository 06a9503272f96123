"""Measures the group check with the truth in the place of a person who makes no mistake.

    python benchmarks/group_check.py LIBRARY MANIFEST [--kind KIND] [--screen 40]

The person marks a cell when the part of the word that it shows differs from the truth. So an error is *found* where it
is in that part, and *left* where it is in another part of a word that is accepted. Words whose line is not found in the
truth of the page do not count. MANIFEST is JSON: a list of pages, each with its ``file`` and ``gt_text``; LIBRARY has
read these.
"""

import argparse
import json
import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

from ocrdesk.engine.library import Library, PageFilter
from ocrdesk.engine.review.doubtful_words import PlacedWord, doubtful_words, words_of
from ocrdesk.engine.review.groups import Group, Kind, Member, groups_of

ALIKE = 0.6
"""From this likeness on, a line is that part of the truth."""

_SAME = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": ".", "、": ",", "。": "."}
)


class Truth:
    """What stands on a page."""

    def __init__(self, text: str, *, has_case: bool) -> None:
        self._has_case = has_case
        self._text = self._plain(text)
        self._matcher = SequenceMatcher(None, autojunk=False)
        self._matcher.set_seq2(self._text)
        self._lines: dict[str, list[int | None]] = {}

    def part(self, placed: PlacedWord, start: int, end: int) -> str | None:
        """Returns what stands where a part of a word was read; None if that is not known."""
        line = placed.line.text
        if line not in self._lines:
            self._lines[line] = self._along(line)
        places = self._lines[line]
        first, last = places[placed.start + start], places[placed.start + end]
        return self._text[first:last] if first is not None and last is not None else None

    def is_right(self, read: str, true: str) -> bool:
        """Whether a reading is right."""
        return self._plain(read) == true

    def _plain(self, text: str) -> str:
        plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(_SAME)
        return plain if self._has_case else plain.casefold()

    def _along(self, line: str) -> list[int | None]:
        """Where in the truth each place of a line is."""
        none: list[int | None] = [None] * (len(line) + 1)
        plain = "".join((self._plain(letter) or letter)[:1] for letter in line if not letter.isspace())
        self._matcher.set_seq1(plain)
        if len(plain) < 3:
            return none
        found = self._matcher.find_longest_match()
        if found.size < 2:
            return none
        begin = max(0, found.b - found.a - 4)
        window = self._text[begin : found.b - found.a + len(plain) + 4]
        matcher = SequenceMatcher(None, plain, window, autojunk=False)
        if matcher.ratio() < ALIKE:
            return none
        at: list[int | None] = [None] * (len(plain) + 1)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag == "insert":
                continue
            for step in range(b - a + 1):
                there = c + min(step, d - c) if step < b - a or tag == "equal" else d
                at[a + step] = begin + there if at[a + step] is None or step else at[a + step]
        if at[0] is not None and at[0] == begin and plain[:1] != self._text[begin : begin + 1]:
            at[0] = None  # what stands before the window is not known
        places, number = none, 0
        for place, letter in enumerate(line):
            places[place] = at[number]
            number += 0 if letter.isspace() else 1
        places[len(line)] = at[min(number, len(plain))]
        return places


def main() -> None:
    """Counts and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("--kind", help="only pages of this kind")
    parser.add_argument("--screen", type=int, default=40, help="cells on a screen")
    given = parser.parse_args()
    library = Library(given.library, writable=False)
    entries = {Path(page["file"]).name: page for page in json.loads(given.manifest.read_text())}
    page_ids = [page_id for batch in library.batches() for page_id in library.page_ids(batch.id, PageFilter.DONE)]
    truths: dict[int, Truth] = {}
    words: list[PlacedWord] = []
    counted = wrong = 0
    for page_id, page in library.pages(page_ids).items():
        entry = entries.get(Path(page.name).name)
        if entry is None or not entry.get("gt_text") or (given.kind and entry["kind"] != given.kind):
            continue
        truths[page_id] = truth = Truth(entry["gt_text"], has_case=entry.get("case_reliable", True) is not False)
        lines = library.texts.of(page_id).lines
        for placed in words_of(page_id, lines):
            true = truth.part(placed, 0, len(placed.word.text))
            if true is not None:
                counted, wrong = counted + 1, wrong + (not truth.is_right(placed.word.text, true))
        words += doubtful_words(page_id, lines)
    known = [placed for placed in words if truths[placed.page_id].part(placed, 0, len(placed.word.text)) is not None]
    print(
        f"{counted:,} words with a truth, {wrong:,} wrong; {len(words):,} to check, {len(known):,} of them with a truth"
    )
    found = groups_of(known)
    _print_rows(found, truths, given.screen)
    rest = {placed.key for placed in known} - {member.placed.key for group in found for member in group.members}
    errors = sum(_is_wrong(placed, truths) for placed in known if placed.key in rest)
    print(f"one by one: {len(rest):,} words, {errors} wrong")
    library.close()


def _print_rows(groups: list[Group], truths: dict[int, Truth], size: int) -> None:
    print(f"{'':12}{'groups':>8}{'words':>8}{'screens':>9}{'wrong':>7}{'found':>7}{'as rival':>10}{'left':>6}")
    total: Counter[str] = Counter()
    for kind in Kind:
        row: Counter[str] = Counter()
        for group in groups:
            if group.kind is kind:
                row["groups"] += 1
                row["screens"] += len(group.screens(size))
                for member in group.members:
                    row.update(_outcome(member, truths))
        total += row
        _print_row(kind.name.lower(), row)
    _print_row("all", total)


def _print_row(name: str, row: Counter[str]) -> None:
    print(
        f"{name:12}{row['groups']:8}{row['words']:8}{row['screens']:9}{row['wrong']:7}{row['found']:7}"
        f"{row['rival']:10}{row['left']:6}"
    )


def _outcome(member: Member, truths: dict[int, Truth]) -> Counter[str]:
    truth, placed = truths[member.placed.page_id], member.placed
    is_wrong = _is_wrong(placed, truths)
    part = truth.part(placed, member.start, member.end)
    is_seen = part is not None and not truth.is_right(member.reading, part)
    rivals = [it.letter for it in placed.word.rival_letters if it.place == member.start] if not member.is_whole else []
    return Counter(
        words=1,
        wrong=is_wrong,
        found=is_wrong and is_seen,
        rival=is_wrong and is_seen and any(truth.is_right(letter, part or "") for letter in rivals),
        left=is_wrong and not is_seen,
    )


def _is_wrong(placed: PlacedWord, truths: dict[int, Truth]) -> bool:
    truth = truths[placed.page_id]
    part = truth.part(placed, 0, len(placed.word.text))
    return part is not None and not truth.is_right(placed.word.text, part)


if __name__ == "__main__":
    main()
