"""How many values of receipts are found, how many of them are wrong, and how many are marked to be checked.

    python benchmarks/receipts.py TRUTH LIBRARY [--aside] [--wrong]

TRUTH is a JSON file: for each name of a picture the values printed on it, such as ``{"a.jpg": {"date": "2024-03-12",
"total": "12.50", "currency": "EUR", "tax": "2.00", "shop": "…", "number": "…"}}``. What is null is not printed; what is
missing is not judged. LIBRARY is the folder of a library in which these pictures were read (``ocrdesk run --library``).
A value is *right* if it is that; *wrong* if it is another one and nothing says that it is to be checked; *marked* if it
is to be checked, or is not there although it is printed. ``--aside`` judges every third picture by itself.
"""

import argparse
import json
import time
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

from ocrdesk.engine.fields.found import FieldName, Found
from ocrdesk.engine.fields.receipt import values_of
from ocrdesk.engine.library import Library

Judged = tuple[str, FieldName, str | None, Found | None]


def main() -> None:
    """Does what the command line says."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("truth", type=Path)
    asked.add_argument("library", type=Path)
    asked.add_argument("--aside", action="store_true", help="judge every third picture by itself")
    asked.add_argument("--wrong", action="store_true", help="list what is wrong or marked, of those not aside")
    wanted = asked.parse_args()
    truth: dict[str, dict[str, str | None]] = json.loads(wanted.truth.read_text())
    judged, seconds = list[Judged](), 0.0
    library = Library(wanted.library, writable=False)
    names = {Path(page.name).name: page for batch in library.batches() for page in
             library.pages(library.page_ids(batch.id)).values()}  # fmt: skip
    for picture, values in sorted(truth.items()):
        begun = time.process_time()
        found = values_of(library.texts.counting(names[picture].id), date.today())
        seconds += time.process_time() - begun
        judged += [(picture, FieldName(name), value, found.get(FieldName(name))) for name, value in values.items()]
    aside = set(sorted(truth)[2::3]) if wanted.aside else set()
    for title, some in (("", set(truth) - aside), ("every third, kept aside", aside)):
        if some:
            print(f"\n{title}" if title else "", f"{len(some)} pictures")
            _table([it for it in judged if it[0] in some])
    if wanted.wrong:
        for picture, name, value, one in judged:
            if picture not in aside and (not is_right(name, value, one) or is_marked(value, one)):
                said = f"{one.value!r} {', '.join(one.doubts)}" if one else "nothing"
                print(f"{picture:28} {name:9} {value!r} found: {said}")
    print(f"{1000 * seconds / len(truth):.1f} ms of the processor a page, with reading it from the library")


def _table(judged: Iterable[Judged]) -> None:
    print(f"{'':10}{'judged':>8}{'right':>8}{'wrong':>8}{'marked':>8}")
    for name in FieldName:
        of_it = [(value, found) for _, known, value, found in judged if known is name]
        if not of_it:
            continue
        right = sum(is_right(name, *it) for it in of_it)
        wrong = sum(not is_right(name, *it) and not is_marked(*it) for it in of_it)
        marked = sum(is_marked(*it) for it in of_it)
        print(
            f"{name:10}{len(of_it):8}"
            + "".join(f"{100 * count / len(of_it):7.1f}%" for count in (right, wrong, marked))
        )


def is_right(name: FieldName, value: str | None, found: Found | None) -> bool:
    """Whether what was found is what is printed."""
    if value is None or found is None:
        return value is None and found is None
    if name in (FieldName.TOTAL, FieldName.TAX):
        return Decimal(value) == Decimal(found.value)
    return _plain(value) == _plain(found.value)


def is_marked(value: str | None, found: Found | None) -> bool:
    """Whether a person is told to look at it."""
    return found.is_to_check if found else value is not None


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


if __name__ == "__main__":
    main()
