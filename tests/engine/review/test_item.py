from dataclasses import replace

import pytest
from fakes import batch_of, keep, line, polygon, words_line

from ocrdesk.engine.document import Line, Reading, Word
from ocrdesk.engine.layout.regions import Region
from ocrdesk.engine.library.doubts import Doubt, Scope
from ocrdesk.engine.review.item import item_of
from ocrdesk.engine.rivals import RivalLetter

TEXT = Reading(
    (
        words_line(("the", 0.99), ("qvick", 0.3), ("fox", 0.99)),
        words_line(("jumps", 0.5), ("ovor", 0.1), top=30),
        line("unmeasured", top=60, confidence=0.2),
    ),
    width=200,
    height=100,
)


@pytest.fixture
def page(library) -> int:
    _, (page_id,) = batch_of(library, 1)
    keep(library, page_id, TEXT)
    return page_id


def items(library, page_id: int) -> list:
    lines, known = library.texts.of(page_id).lines, library.user_words.known()
    return [item_of(lines, doubt, known) for doubt in library.doubts.of(Scope(page_ids=(page_id,)))]


def texts(library, page_id: int) -> list[str]:
    return [item.text if item is not None else "" for item in items(library, page_id)]


def test_the_word_most_likely_wrong_comes_first(library, page):
    assert texts(library, page) == ["ovor", "unmeasured", "qvick", "jumps"]
    assert [item.number for item in items(library, page)] == [2, 3, 1, 2]
    assert library.page(page).to_check == library.batch(library.page(page).batch_id).counts.words == 4


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("quick", "the quick fox"),
        ("qu ick", "the qu ick fox"),
        ("  quick ", "the quick fox"),
        ("", "the fox"),
        ("qvick", "the qvick fox"),
    ],
)
def test_what_a_person_writes_stands_in_the_line_and_is_checked(library, page, said, text):
    library.corrections.keep(page, items(library, page)[2].changed_to(said))
    assert library.texts.of(page).lines[0].text == text
    assert texts(library, page) == ["ovor", "unmeasured", "jumps"]
    (correction,) = library.corrections.of(page)
    said = " ".join(said.split())
    assert [text[start:end] for start, end in correction.checked] == ([said] if said else [])


def test_two_words_of_a_line_are_checked_one_after_the_other(library, page):
    for said in ("over", "unmeasured", "quick"):
        library.corrections.keep(page, items(library, page)[0].changed_to(said))
    assert texts(library, page) == ["jumps"], "the rest of the line was not checked"
    library.corrections.keep(page, items(library, page)[0].changed_to(""))
    assert library.text(page).split("\n")[1] == "over"
    assert library.page(page).to_check == 0


def test_the_only_text_of_a_line_that_is_none_takes_the_line_away(library, page):
    library.corrections.keep(page, items(library, page)[1].changed_to(""))
    assert [it.text for it in library.texts.of(page).lines] == ["the qvick fox", "jumps ovor"]


def test_what_was_written_is_found_again_as_a_whole(library, page):
    item = items(library, page)[2]
    library.corrections.keep(page, item.changed_to("quick brown"))
    lines = library.texts.of(page).lines
    assert item_of(lines, item.doubt, ()) is None
    again = item_of(lines, item.doubt, (), "quick brown")
    assert again.text == "quick brown"
    library.corrections.keep(page, again.changed_to("quick"))
    assert library.texts.of(page).lines[0].text == "the quick fox"


def test_words_in_regions_that_do_not_count_are_not_asked(library, page):
    library.texts.set_regions(library.page(page).batch_id, [Region(0, 0.25, 1, 0.5)])
    library.texts.renew([page])
    assert texts(library, page) == ["unmeasured", "qvick"]


def test_words_that_are_known_are_not_asked_unless_their_letters_are_very_unsure(library, page):
    before = library.doubts.of(Scope(page_ids=(page,)))
    for word in ("qvick", "ovor"):
        library.user_words.add(word)
    lines, known = library.texts.of(page).lines, library.user_words.known()
    assert [item and item.text for item in (item_of(lines, doubt, known) for doubt in before)] == [
        "ovor", "unmeasured", None, "jumps",
    ]  # fmt: skip
    library.texts.renew([page])
    assert texts(library, page) == ["ovor", "unmeasured", "jumps"]


def test_a_word_of_a_page_that_was_read_again_is_gone(library, page):
    before = library.doubts.of(Scope(page_ids=(page,)))
    keep(library, page, Reading((words_line(("the", 0.99), ("quick", 0.99)),), 200, 100))
    lines = library.texts.of(page).lines
    assert [item_of(lines, doubt, ()) for doubt in before] == [None] * 4
    assert library.doubts.of(Scope(page_ids=(page,))) == []


def test_accepting_with_its_correction_is_counted_and_taken_back(library, page):
    library.user_words.accept("Qvick")
    former = library.corrections.keep(page, items(library, page)[2].changed_to("qvick"), accepted="qvick,")
    assert library.user_words.known() == {"qvick"}
    now = library.corrections.put_back(former)
    assert library.user_words.known() == set()
    assert texts(library, page) == ["ovor", "unmeasured", "qvick", "jumps"]
    library.corrections.put_back(now)
    assert library.user_words.known() == {"qvick"}


def test_numbers_that_were_accepted_are_asked_again(library):
    for word in ("12.50", "B12", "—"):
        assert not library.user_words.accept(word)
        assert not library.user_words.accept(word)
    assert library.user_words.known() == set()


def test_the_scope_is_pages_a_batch_or_all_without_what_was_removed(library):
    first, one = batch_of(library, 2)
    _, two = batch_of(library, 1, folder=library.folder / "other")
    for page_id in (*one, *two):
        keep(library, page_id, TEXT)
    counts = [len(library.doubts.of(scope)) for scope in (Scope(), Scope(first), Scope(page_ids=(one[0],)))]
    assert counts == [12, 8, 4]
    library.remove_pages([one[0]])
    library.removing.hide(library.page(two[0]).batch_id)
    assert {doubt.page_id for doubt in library.doubts.of(Scope())} == {one[1]}


def test_pages_of_an_earlier_version_are_looked_through_when_they_are_asked(library, page):
    with library._connection.write() as db:
        db.execute("UPDATE page SET doubts = NULL")
    assert texts(library, page) == ["ovor", "unmeasured", "qvick", "jumps"]


def test_letters_that_were_not_read_are_no_word(library):
    batch_id, (page_id,) = batch_of(library, 1)
    keep(library, page_id, replace(TEXT, unread=0.5))
    assert library.page(page_id).to_check == 5
    assert library.batch(batch_id).counts.words == 4


def test_the_word_nearest_to_the_place_is_meant():
    near = Line(
        "ab", 0.1, polygon(0, 0, 20, 10), (Word("a", 0.1, polygon(0, 0, 12, 10)), Word("b", 0.1, polygon(8, 0, 12, 10)))
    )
    assert item_of([near], Doubt(0.1, 1, 9, 5), ()).text == "a"
    assert item_of([near], Doubt(0.1, 1, 12, 5), ()).text == "b"
    assert item_of([near], Doubt(0.1, 1, 40, 5), ()) is None


def test_rivals_of_a_word_are_offered():
    word = Word("CHANGZ", 0.2, polygon(0, 0, 60, 10), (RivalLetter(5, 1, "E", 0.5),))
    item = item_of([Line("CHANGZ", 0.2, word.polygon, (word,))], Doubt(0.2, 1, 30, 5), ())
    assert item.word.rivals == ("CHANGE",)
