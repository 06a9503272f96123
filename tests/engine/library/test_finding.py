"""Words in texts and names, upper and lower case alike; and what the counts are answered from."""

from collections.abc import Callable

import pytest
from fakes import batch_of, keep, reading

from ocrdesk.engine.library import Library, PageFilter, connection
from ocrdesk.engine.library.connection import folded
from ocrdesk.engine.library.finding import as_sought, contains
from ocrdesk.engine.library.rows import BATCH_COLUMNS

PAIRS = [
    ("STRASSE", "an der Straße"),
    ("straße", "IN DER STRASSE"),
    ("ÉCOLE", "l'école"),
    ("école", "L'ÉCOLE"),
    ("αβγ", "ΑΒΓ"),
    ("ΟΔΌΣ", "οδός"),
    ("İSTANBUL", "i̇stanbul"),
    ("i̇stanbul", "İstanbul"),
    ("file", "ﬁle of ﬁve"),
    ("kelvin", "\N{KELVIN SIGN}elvin"),
    ("école", "e\N{COMBINING ACUTE ACCENT}cole"),
    ("e\N{COMBINING ACUTE ACCENT}cole", "ÉCOLE"),
    ("ПРИВЕТ", "привет"),
    ("plain", "PLAIN ascii"),
    ("50 %", "50 % off"),
    ("a_b", "A_B"),
    ("c:\\x", "C:\\X"),
]


def found(library: Library, sought: str, is_over: Callable[[], bool] = lambda: False) -> list[int]:
    """The pages with these words in a line."""
    sql = f"SELECT DISTINCT page_id FROM line WHERE {contains('text')}"
    return [row[0] for row in library._connection.search(sql, is_over, **as_sought(sought))]


@pytest.mark.parametrize(("sought", "text"), PAIRS)
def test_upper_and_lower_case_are_alike(library, sought, text):
    _, (read, _) = batch_of(library, 2)
    keep(library, read, reading("nothing here", f"so {text} then"))
    assert found(library, sought) == found(library, f" {sought} ") == [read]


@pytest.mark.parametrize("sought", ["strase", "ecole", "%", "_", "a%b", "ss e"])
def test_what_is_not_there_is_not_found(library, sought):
    _, (page_id,) = batch_of(library, 1)
    keep(library, page_id, reading("Straße", "école", "axb"))
    assert found(library, sought) == []


def test_some_pages_are_asked_for_beside_a_filter(library):
    batch_id, (sure, doubtful, other) = batch_of(library, 3)
    keep(library, sure, reading("Größe"))
    for page_id in (doubtful, other):
        keep(library, page_id, reading("GRÖSSE", confidence=0.1))
    assert library.page_ids(batch_id, PageFilter.DOUBTFUL, among=[sure, doubtful]) == [doubtful]


def test_a_search_that_is_over_ends_and_gives_nothing(library, monkeypatch):
    monkeypatch.setattr(connection, "STEPS_BETWEEN_LOOKS", 100)
    _, pages = batch_of(library, 60)
    for page_id in pages:
        keep(library, page_id, reading("schön", "schön", "schön"))
    asked = []
    assert found(library, "nirgends", is_over=lambda: asked.append(1) or len(asked) > 1) == []
    assert len(asked) == 2, "it went on all the same"
    assert len(found(library, "SCHÖN")) == 60


def test_a_search_keeps_nobody_waiting(library, monkeypatch):
    """While it goes on, pages are read, and kept."""
    monkeypatch.setattr(connection, "STEPS_BETWEEN_LOOKS", 100)
    _, pages = batch_of(library, 60)
    for page_id in pages:
        keep(library, page_id, reading("schön"))
    seen = []

    def is_over() -> bool:
        if not seen:
            keep(library, pages[0], reading("kept meanwhile"))
            seen.append(library.text(pages[0]))
        return False

    found(library, "nirgends", is_over=is_over)
    assert seen == ["kept meanwhile"]


def test_texts_are_compared_as_one_letter_or_two():
    assert folded("Straße É") == folded("STRASSE E\N{COMBINING ACUTE ACCENT}")


def test_counts_are_answered_from_indexes_alone(library: Library):
    plan = library._connection.read(f"EXPLAIN QUERY PLAN SELECT {BATCH_COLUMNS} FROM batch WHERE hidden = 0 AND id = 1")
    of_pages = [row["detail"] for row in plan if " page " in row["detail"]]
    assert len(of_pages) == 13
    assert [detail for detail in of_pages if "COVERING INDEX" not in detail] == []
    assert [
        detail for detail in of_pages if "batch_id=? AND status=?" not in detail and "page_running" not in detail
    ] == [
        "SEARCH page USING COVERING INDEX page_corrected (batch_id=? AND corrected>?)",
        "SEARCH page USING COVERING INDEX page_by_position (batch_id=?)",  # the first page of the batch
        "SEARCH page USING COVERING INDEX page_read_at (batch_id=? AND read_at>?)",  # the last that was read
    ]
