"""Words in texts and names, upper and lower case alike; and what the counts are answered from."""

from pathlib import Path

import pytest
from fakes import batch_of, keep, reading

from ocrdesk.engine.document import Source
from ocrdesk.engine.library import Library, PageFilter, connection
from ocrdesk.engine.library.connection import folded
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


@pytest.mark.parametrize(("sought", "text"), PAIRS)
def test_upper_and_lower_case_are_alike_in_texts_and_in_names(library, sought, text):
    named = Source(Path("/scans/2.png"), f"{text}.png", 0, 1, 1)
    batch_id, (read, by_name, _) = batch_of(library, [Source(Path("/scans/1.png"), "1.png"), named, *other()])
    keep(library, read, reading("nothing here", f"so {text} then"))
    assert library.page_ids(batch_id, containing=sought) == [read, by_name]
    assert library.page_ids(batch_id, containing=f" {sought} ") == [read, by_name]


def other() -> list[Source]:
    return [Source(Path("/scans/3.png"), "schön.png")]


@pytest.mark.parametrize("sought", ["strase", "ecole", "%", "_", "a%b", "ss e"])
def test_what_is_not_there_is_not_found(library, sought):
    batch_id, (page_id,) = batch_of(library, 1)
    keep(library, page_id, reading("Straße", "école", "axb"))
    assert library.page_ids(batch_id, containing=sought) == []


def test_a_filter_holds_beside_the_words(library):
    batch_id, (sure, doubtful) = batch_of(library, 2)
    keep(library, sure, reading("Größe"))
    keep(library, doubtful, reading("GRÖSSE", confidence=0.1))
    assert library.page_ids(batch_id, PageFilter.DOUBTFUL, containing="größe") == [doubtful]


def test_a_search_that_is_over_ends_and_gives_nothing(library, monkeypatch):
    monkeypatch.setattr(connection, "STEPS_BETWEEN_LOOKS", 100)
    batch_id, pages = batch_of(library, 60)
    for page_id in pages:
        keep(library, page_id, reading("schön", "schön", "schön"))
    asked = []
    assert library.page_ids(batch_id, containing="nirgends", is_over=lambda: asked.append(1) or len(asked) > 1) == []
    assert len(asked) == 2, "it went on all the same"
    assert len(library.page_ids(batch_id, containing="SCHÖN")) == 60


def test_a_search_keeps_nobody_waiting(library, monkeypatch):
    """While it goes on, pages are read, and kept."""
    monkeypatch.setattr(connection, "STEPS_BETWEEN_LOOKS", 100)
    batch_id, pages = batch_of(library, 60)
    for page_id in pages:
        keep(library, page_id, reading("schön"))
    seen = []

    def is_over() -> bool:
        if not seen:
            keep(library, pages[0], reading("kept meanwhile"))
            seen.append(library.text(pages[0]))
        return False

    library.page_ids(batch_id, containing="nirgends", is_over=is_over)
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
