from dataclasses import replace

import pytest
from fakes import batch_of, keep, line

from ocrdesk.engine.corrections.changes import corrected
from ocrdesk.engine.corrections.replacing import Sought, places_in
from ocrdesk.engine.document import Reading, Source, Word
from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.geometry import slices_of
from ocrdesk.engine.layout.regions import Region
from ocrdesk.engine.library import replacing


@pytest.fixture
def pages(library, scans):
    _, pages = batch_of(library, [Source(scans / f"{n}.png", f"{n}.png") for n in range(3)], scans)
    for number, page_id in enumerate(pages):
        lines = (line(f"17 Mill Lame, No. {number}", top=10), line("Lamented and lame", top=50))
        keep(library, page_id, Reading(lines, 400, 200))
    return pages


def texts(library, page_id):
    return [it.text for it in library.texts.of(page_id).lines]


def found(library, *how, **scope):
    return [(place.page_id, place.after) for place in library.replacing.find(Sought(*how), **scope)]


def keys_of(places):
    keys = {}
    for place in places:
        keys.setdefault(place.page_id, set()).add(place.key)
    return keys


def test_whole_words_in_their_case_are_found_on_every_page(library, pages):
    assert found(library, "Lame", "Lane", True, True) == [
        (page_id, f"17 Mill Lane, No. {number}") for number, page_id in enumerate(pages)
    ]


def test_a_part_of_words_in_any_case_is_found(library, pages):
    assert found(library, "lame", "x", batch_id=library.page(pages[1]).batch_id, page_id=pages[1]) == [
        (pages[1], "17 Mill x, No. 1"),
        (pages[1], "xnted and x"),
    ]


@pytest.mark.parametrize("sought", ["%", "_", "\\", "Q", "  "])
def test_signs_of_patterns_are_letters_like_others(library, pages, sought):
    assert not sought.strip() or found(library, sought, "x") == []


def test_letters_of_every_language_are_found_in_any_case(library, pages):
    library.corrections.keep(pages[0], corrected(library.texts.of(pages[0]).lines[1], "ÜBER 50 %  Straße"))
    assert found(library, "über 50 % STRAßE", "x") == [(pages[0], "x")]


def test_all_places_are_replaced_and_put_back(library, pages):
    sought = Sought("Lame", "Lane", match_case=True, whole_words=True)
    former = library.replacing.keep(sought, keys_of(library.replacing.find(sought)))
    assert [texts(library, page_id)[0] for page_id in pages] == [f"17 Mill Lane, No. {number}" for number in range(3)]
    assert not list(library.replacing.find(sought))
    again = library.replacing.put_back(former)
    assert not any(library.corrections.of(page_id) for page_id in pages)
    library.replacing.put_back(again)
    assert texts(library, pages[2])[0] == "17 Mill Lane, No. 2"


def test_a_page_that_was_removed_meanwhile_is_left_out(library, pages):
    sought = Sought("Lame", "Lane", match_case=True, whole_words=True)
    keys = keys_of(library.replacing.find(sought))
    batch_id = library.page(pages[0]).batch_id
    library.removing.finish(library.removing.take_out(batch_id, [pages[0]]))
    library.replacing.keep(sought, keys)
    assert texts(library, pages[1])[0] == "17 Mill Lane, No. 1"


def test_words_that_were_not_replaced_are_not_checked(library, pages):
    place = next(library.replacing.find(Sought("Lame", "Long Lane", match_case=True)))
    (correction,) = place.change.corrections
    assert [correction.after[start:end] for start, end in correction.checked] == ["Long", "Lane,"]


def test_what_was_checked_before_stays_checked(library, pages):
    whole = line("17 Mill Lame, No. 0", top=10)
    spans = [(0, 2), (3, 7), (8, 13), (14, 17), (18, 19)]
    parts = slices_of(whole.polygon, [(begin / 19, end / 19) for begin, end in spans])
    words = [Word(whole.text[slice(*span)], 0.9, part) for span, part in zip(spans, parts, strict=True)]
    keep(library, pages[0], Reading((replace(whole, words=tuple(words)),), 400, 200))
    (one,) = library.texts.of(pages[0]).lines
    library.corrections.keep(pages[0], corrected(one, one.text, [(0, 2), (18, 19)]))
    (place,) = library.replacing.find(Sought("Mill", "Mi", match_case=True), library.page(pages[0]).batch_id, pages[0])
    (correction,) = place.change.corrections
    assert [correction.after[start:end] for start, end in correction.checked] == ["17", "Mi", "0"]


def test_a_line_of_which_nothing_is_left_is_removed():
    (place,) = places_in(1, [[line("Lame")]], Sought("Lame", ""))
    assert place.change.corrections[0].after is None


def test_search_ends_when_it_is_over(library, pages):
    assert not list(library.replacing.find(Sought("Lame", "x"), is_over=lambda: True))


def test_lines_that_are_other_meanwhile_are_left_out(library, pages):
    sought = Sought("Lame", "Lane", match_case=True, whole_words=True)
    keys = keys_of(library.replacing.find(sought))
    library.corrections.keep(pages[0], corrected(library.texts.of(pages[0]).lines[0], "18 Mill Lame"))
    library.replacing.keep(sought, keys)
    assert [texts(library, page_id)[0] for page_id in pages[:2]] == ["18 Mill Lame", "17 Mill Lane, No. 1"]


def test_only_what_counts_is_found_and_replaced(library, pages):
    library.texts.set_regions(library.page(pages[0]).batch_id, [Region(0, 0, 1, 0.2)])
    assert found(library, "Lame", "x", False, True) == [(page_id, "Lamented and x") for page_id in pages]


def test_many_pages_are_replaced_in_few_transactions(library, pages, monkeypatch):
    monkeypatch.setattr(replacing, "CHUNK", 2)
    sought = Sought("Lame", "Lane", match_case=True, whole_words=True)
    keys = keys_of(library.replacing.find(sought))
    before = library._connection.writes
    library.replacing.keep(sought, keys)
    assert library._connection.writes == before + 2


def test_nothing_is_replaced_where_the_disk_is_full(library, pages, monkeypatch):
    monkeypatch.setattr(replacing, "CHUNK", 1)
    sought = Sought("Lame", "Lane", match_case=True, whole_words=True)
    keep_changes, kept = replacing.keep_changes, []

    def keep_two(*values):
        if len(kept) == 2:
            raise LibraryError("The disk is full.")
        kept.append(values)
        return keep_changes(*values)

    monkeypatch.setattr(replacing, "keep_changes", keep_two)
    with pytest.raises(LibraryError):
        library.replacing.keep(sought, keys_of(library.replacing.find(sought)))
    assert not any(library.corrections.of(page_id) for page_id in pages)


@pytest.fixture
def broken(library, pages):
    """The first page has a phrase and a word that run over two lines."""
    texts = (
        "We left from the station at Mill Lane",
        "End and went on by way of the city of Lan-",
        "caster until noon came",
    )
    lines = [line(text, top=10 + 14 * number, width=10 * len(text)) for number, text in enumerate(texts)]
    keep(library, pages[0], Reading(tuple(lines), 500, 200))
    return pages[0]


@pytest.mark.parametrize(
    ("sought", "after"),
    [
        (
            ("Lane End", "Lane Head"),
            ["We left from the station at Mill Lane", "Head and went on by way of the city of Lan-"],
        ),
        (("lancaster", "Doncaster"), ["End and went on by way of the city of Don-", "caster until noon came"]),
    ],
)
def test_what_runs_over_two_lines_is_found_replaced_and_put_back(library, broken, sought, after):
    before = texts(library, broken)
    (place,) = library.replacing.find(Sought(*sought, whole_words=True))
    assert [part.after for part in place.lines] == after
    former = library.replacing.keep(Sought(*sought, whole_words=True), keys_of([place]))
    assert set(after) < set(texts(library, broken))
    library.replacing.put_back(former)
    assert texts(library, broken) == before


def test_what_a_person_wrote_may_run_over_lines_as_well(library, broken):
    first = library.texts.of(broken).lines[0]
    library.corrections.keep(broken, corrected(first, "We left from the station in the Summer"))
    (place,) = library.replacing.find(Sought("summer end", "winter end"))
    assert place.after.endswith("the winter") and place.goes_on.after.startswith("end and went")


def test_nothing_is_replaced_if_something_fails(library, pages, monkeypatch):
    sought = Sought("Lame", "Lane", match_case=True, whole_words=True)
    keys, real = keys_of(library.replacing.find(sought)), replacing.keep_changes

    def fail_at_last(db, page_id, changes):
        if page_id == pages[-1]:
            raise LibraryError("full")
        return real(db, page_id, changes)

    monkeypatch.setattr(replacing, "CHUNK", 1)
    monkeypatch.setattr(replacing, "keep_changes", fail_at_last)
    with pytest.raises(LibraryError, match="full"):
        library.replacing.keep(sought, keys)
    assert not any(library.corrections.of(page_id) for page_id in pages)
