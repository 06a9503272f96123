from pathlib import Path

import pytest
from fakes import batch_of, keep, reading

from ocrdesk.engine.corrections.changes import corrected
from ocrdesk.engine.search.found import Narrowing
from ocrdesk.engine.search_everything import Search


@pytest.fixture
def filled(library):
    """Two batches with two pages each."""
    first, (a, b) = batch_of(library, 2, Path("/scans/first"))
    second, (c, d) = batch_of(library, 2, Path("/scans/second"))
    keep(library, a, reading("the qvarzel of Łódź", "stands here"))
    keep(library, b, reading("a qvarzei"))
    keep(library, c, reading("another qvarzel"))
    keep(library, d, reading("nothing"))
    library.pages_by_name = {"a": a, "b": b, "c": c, "d": d, "first": first, "second": second}
    return library


def names(library, found):
    by_id = {page_id: name for name, page_id in library.pages_by_name.items() if len(name) == 1}
    return [by_id[page.page_id] for page in found.pages]


def test_pages_are_found_in_all_batches(filled):
    found = Search(filled).find("qvarzel ")
    assert names(filled, found) == ["c", "a"]
    assert not found.is_tolerant
    assert not found.has_more


@pytest.mark.parametrize(("words", "pages"), [("qvarzel ", ["c", "a"]), ("qvarze1 ", ["c", "a", "b"])])
def test_the_first_are_there_before_all(filled, words, pages):
    search = Search(filled)
    found = search.find(words, most=1)
    assert names(filled, found) == ["c"]
    assert found.has_more
    everything = search.all_of(found)
    assert names(filled, everything) == pages
    assert not everything.has_more
    assert everything.is_tolerant == found.is_tolerant
    narrowing = Narrowing(batch_ids=[filled.pages_by_name["first"]])
    assert names(filled, search.all_of(found, narrowing)) == pages[1:]


def test_a_search_can_be_narrowed(filled):
    found = Search(filled).find("qvarzel", Narrowing(batch_ids=[filled.pages_by_name["first"]]))
    assert names(filled, found) == ["a"]


def test_similar_words_are_found_where_nothing_else_is(filled):
    found = Search(filled).find("qvarze1 ")
    assert names(filled, found) == ["c", "a", "b"]
    assert found.is_tolerant
    assert found.other_words == {"qvarze1": ("qvarzei", "qvarzel")}


@pytest.mark.parametrize(("tolerant", "pages"), [(True, ["c", "a", "b"]), (False, ["c", "a"]), (None, ["c", "a"])])
def test_a_person_can_ask_for_similar_words_or_none(filled, tolerant, pages):
    found = Search(filled).find("qvarzel ", tolerant=tolerant)
    assert names(filled, found) == pages
    assert found.is_tolerant is bool(tolerant)
    assert names(filled, Search(filled).find("qvarze1 ", tolerant=False)) == []


def test_nothing_similar_is_no_tolerant_search(filled):
    found = Search(filled).find("xylophone ")
    assert (found.pages, found.is_tolerant) == ([], False)


def test_hits_say_where_it_stands_also_what_is_similar(filled):
    search = Search(filled)
    found = search.find("qvarze1 ")
    hits = [hit for page in found.pages for hit in search.hits_on(page.page_id, found.query)]
    assert [hit.text[start:end] for hit in hits for start, end in hit.spans] == ["qvarzel", "qvarzel", "qvarzei"]


def test_corrections_are_found_and_what_they_replaced_is_not(filled):
    page_id = filled.pages_by_name["a"]
    line = filled.texts.of(page_id).lines[0]
    filled.corrections.keep(page_id, corrected(line, "the big barrel of Łódź"))
    search = Search(filled)
    assert names(filled, search.find('"lodz stands" barrel')) == ["a"]
    assert names(filled, search.find("qvarzel ", tolerant=False)) == ["c"]
    (first, second) = search.hits_on(page_id, search.find('"lodz stands"').query)
    assert (first.line, first.spans, second.line) == (0, ((18, 22),), 1)


def test_nothing_typed_finds_all_and_signs_find_nothing(filled):
    assert names(filled, Search(filled).find(" ")) == ["c", "d", "a", "b"]
    assert names(filled, Search(filled).find('-qvarzel "')) == []


def test_a_search_that_is_over_ends(filled):
    assert not Search(filled).find("qvarze1 ", is_over=lambda: True).is_tolerant
