"""The words that a person accepted."""

from dataclasses import replace

from fakes import batch_of, die_and_reopen, keep, line

from ocrdesk.engine.document import Reading, Word

PLACE = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))


def test_a_word_is_known_once_it_was_accepted_twice(library):
    assert not library.user_words.accept("Gulden")
    assert library.user_words.known() == set()
    assert library.user_words.accept("„gulden“,"), "known from now on"
    assert not library.user_words.accept("gulden"), "it was before"
    assert library.user_words.known() == {"gulden"}
    library = die_and_reopen(library)
    assert library.user_words.known() == {"gulden"}
    library.close()


def test_words_are_added_at_once_and_forgotten(library):
    library.user_words.add("D’Abord")
    library.user_words.add("D'abord")
    assert library.user_words.known() == {"d'abord"}
    library.user_words.remove("d’abord.")
    assert library.user_words.known() == set()
    assert not library.user_words.accept("d'abord"), "it counts from the beginning again"


def test_what_has_no_letters_is_no_word(library):
    assert not library.user_words.accept("—")
    library.user_words.add("…")
    assert library.user_words.known() == set()


def test_pages_are_counted_anew_with_the_words_that_are_known(library):
    _, (page_id,) = batch_of(library, 1)
    read = Word("Gulden", 0.5, PLACE), Word("unsure", 0.5, PLACE)
    keep(library, page_id, Reading((replace(line("Gulden unsure"), words=read),), width=100, height=100))
    assert library.page(page_id).to_check == 2
    library.user_words.add("gulden")
    library.texts.renew([page_id])
    assert library.page(page_id).to_check == 1
