"""The languages in which batches and pages are to be read."""

import pytest
from fakes import batch_of, claim, die_and_reopen, keep, reading

from ocrdesk.engine.document import PageStatus
from ocrdesk.engine.errors import Gone


def test_pages_are_read_in_the_languages_of_their_batch_unless_they_have_their_own(library):
    batch_id, (page_id, other) = batch_of(library, 2)
    languages = library.reading_languages
    assert (languages.of_batch(batch_id), languages.to_read(library.page(page_id))) == ((), ())
    languages.set_for_batch(batch_id, ["rus", "eng"])
    languages.read_in([page_id], ["ell"])
    library = die_and_reopen(library)
    languages = library.reading_languages
    assert library.batch(batch_id).languages == languages.of_batch(batch_id) == ("rus", "eng")
    assert languages.to_read(library.page(page_id)) == ("ell",)
    assert languages.to_read(library.page(other)) == ("rus", "eng")
    assert languages.of_pages([page_id, other]) == {("ell",), None}
    languages.read_in([page_id], [])
    assert languages.to_read(library.page(page_id)) == (), "of this page the recognizer chooses"
    languages.read_in([page_id], None)
    assert languages.to_read(library.page(page_id)) == ("rus", "eng")
    library.close()


def test_a_page_is_queued_when_it_gets_a_language_but_not_while_it_is_read(library):
    batch_id, (page_id, other) = batch_of(library, 2)
    keep(library, page_id, reading("old"))
    library.reading_languages.read_in([page_id], ["rus"])
    assert (library.page(page_id).status, library.runs.wanted(batch_id)) == (PageStatus.PENDING, [page_id])
    assert library.text(page_id) == "old", "the old reading stays until a new one wins"
    running = claim(library, batch_id)
    library.reading_languages.read_in([running.id], ["ell"])
    assert library.page(running.id).languages_wanted == running.languages_wanted == ("rus",)
    assert library.page(other).languages_wanted is None


def test_a_batch_that_was_removed_gets_no_languages(library):
    with pytest.raises(Gone):
        library.reading_languages.set_for_batch(99, ["rus"])
