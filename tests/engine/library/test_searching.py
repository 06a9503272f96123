"""Which pages are found, in which order, and among which."""

from contextlib import closing

import pytest
from fakes import batch_of, keep, reading

from ocrdesk.engine.corrections.changes import corrected
from ocrdesk.engine.document import PageStatus
from ocrdesk.engine.library import Library, searching
from ocrdesk.engine.search.found import EVERYWHERE, Narrowing
from ocrdesk.engine.search.query import parse

ALL = parse("tide ")


@pytest.fixture(params=["few", "many"])
def batches(library, tmp_path, request, monkeypatch):
    """Two batches of three pages each, all with one word; they are found in both ways."""
    if request.param == "many":
        monkeypatch.setattr(searching, "FEW", 1)
    made = [batch_of(library, 3, tmp_path / name) for name in ("first", "second")]
    for _, pages in made:
        for page_id in pages:
            keep(library, page_id, reading(f"high tide {page_id}"))
    return made


def numbers(library, query=ALL, narrowing=EVERYWHERE, **rest) -> list[int]:
    return [page.page_id for page in library.search.pages(query, narrowing, **rest)]


def set_all(library, page_id: int, **values) -> None:
    with library._connection.write() as db:
        for column, value in values.items():
            db.execute(f"UPDATE page SET {column} = ? WHERE id = ?", (value, page_id))


def test_pages_are_found_batch_by_batch_the_newest_first_in_their_order(library, batches):
    (first, of_first), (second, of_second) = batches
    assert numbers(library) == [*of_second, *of_first]
    library.files.put_in_order(first, of_first[::-1])
    assert numbers(library) == [*of_second, *of_first[::-1]]
    assert [page.batch_id for page in library.search.pages(ALL)] == [second] * 3 + [first] * 3
    assert numbers(library, limit=4) == [*of_second, of_first[-1]]


def test_words_may_stand_in_any_order_and_the_last_one_may_go_on(library, batches):
    (_, (page_id, *_)), _ = batches
    assert numbers(library, parse(f"{page_id} tide high ")) == [page_id]
    assert numbers(library, parse("low tide ")) == []
    assert len(numbers(library, parse("hi"))) == 6
    assert numbers(library, parse("hi ")) == []


def test_a_thai_word_is_found_within_a_phrase_which_has_no_spaces(library, batches):
    (_, (page_id, *_)), _ = batches
    keep(library, page_id, reading("high tide", "ยินดีต้อนรับสู่ประเทศไทย"))
    for word in ("ยินดี", "ต้อนรับ", "ประเทศ", "ไทย"):
        assert numbers(library, parse(f"{word} ")) == [page_id]
    assert numbers(library, parse("ไทยประเทศ ")) == []


def test_search_is_narrowed(library, batches):
    (first, (a, b, c)), (_, (d, e, f)) = batches
    set_all(library, a, read_at=100, confidence=0.5, to_check=2, language="de")
    set_all(library, b, read_at=200, confidence=0.9, to_check=0, language="en")
    for page_id in (c, d, e, f):
        set_all(library, page_id, read_at=300, confidence=0.95, to_check=0, language="fr")
    library.corrections.keep(c, corrected(library.texts.of(c).lines[0], "low tide"))
    set_all(library, d, status="pending")
    for narrowing, expected in (
        (Narrowing(batch_ids=[first]), [a, b, c]),
        (Narrowing(status=PageStatus.PENDING), [d]),
        (Narrowing(read_since=200), [d, e, f, b, c]),
        (Narrowing(read_since=200, read_until=300), [b]),
        (Narrowing(to_check=True), [a]),
        (Narrowing(to_check=False, batch_ids=[first]), [b, c]),
        (Narrowing(confidence_below=0.8), [a]),
        (Narrowing(languages=["de", "en"]), [a, b]),
        (Narrowing(corrected=True), [c]),
        (Narrowing(corrected=False, batch_ids=[first]), [a, b]),
    ):
        assert numbers(library, ALL, narrowing) == expected, narrowing
        assert numbers(library, parse(""), narrowing) == expected, "all have the word"


def test_a_library_that_can_only_be_read_is_searched_again_and_again(library, batches):
    (_, of_first), (_, of_second) = batches
    library.close()
    with closing(Library(library._connection.path.parent, writable=False)) as only_read:
        assert numbers(only_read, is_over=lambda: False) == [*of_second, *of_first]
        assert numbers(only_read, parse(f"{of_first[0]} ")) == [of_first[0]]
        assert only_read.page(of_first[0]) is not None


def test_a_search_that_is_no_longer_wanted_ends(library, batches, monkeypatch):
    monkeypatch.setattr("ocrdesk.engine.library.connection.STEPS_BETWEEN_LOOKS", 1)
    assert numbers(library, is_over=lambda: True) == []
