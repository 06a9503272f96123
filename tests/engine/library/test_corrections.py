import pytest
from fakes import batch_of, keep, line

from ocrdesk.engine.corrections.changes import accepted, corrected, merged, moved, new_line, split, withdrawn
from ocrdesk.engine.document import Reading
from ocrdesk.engine.errors import Gone
from ocrdesk.engine.library import PageFilter

LETTER = Reading(
    (line("Dear Mr Smlth,", 0, 0, 300), line("the goods havo come", 0, 40, 400), line("Yours", 0, 80, 100)), 500, 200
)


@pytest.fixture
def page(library):
    _, (page_id,) = batch_of(library, 1)
    keep(library, page_id, LETTER)
    return page_id


def lines_of(library, page_id):
    return library.texts.of(page_id).lines


def test_a_correction_is_laid_over_its_line_and_the_stored_one_stays(library, page):
    shown = lines_of(library, page)[0]
    library.corrections.keep(page, corrected(shown, "Dear Mr Smith,"))
    now = lines_of(library, page)[0]
    assert now.text == "Dear Mr Smith," and now.is_corrected and now.confidence == 1
    assert now.polygon == shown.polygon and now.numbers == (0,)
    assert library._connection.read("SELECT text FROM line WHERE page_id = ?", page)[0]["text"] == "Dear Mr Smlth,"
    (kept,) = library.corrections.of(page)
    assert (kept.before, kept.after, kept.page_id) == ("Dear Mr Smlth,", "Dear Mr Smith,", page)
    assert library.page(page).text_start.startswith("Dear Mr Smith,")
    assert library.page(page).corrected == 1


def test_a_second_correction_takes_the_place_of_the_first_and_undo_brings_that_back(library, page):
    library.corrections.keep(page, corrected(lines_of(library, page)[0], "Dear Mr Smit,"))
    former = library.corrections.keep(page, corrected(lines_of(library, page)[0], "Dear Mr Smith,"))
    (kept,) = library.corrections.of(page)
    assert (kept.before, kept.after) == ("Dear Mr Smlth,", "Dear Mr Smith,")
    library.corrections.put_back(former)
    assert library.corrections.of(page) == former.corrections
    assert lines_of(library, page)[0].text == "Dear Mr Smit,"


def test_all_goes_back_to_what_was_read(library, page):
    before, text = library.page(page), library.texts.of(page)
    for change in (
        lambda: corrected(lines_of(library, page)[0], None),
        lambda: accepted(lines_of(library, page)[0], [(0, 4)]),
        lambda: merged(lines_of(library, page)[:2]),
        lambda: split(lines_of(library, page)[1], 9),
        lambda: new_line(((0, 120), (80, 120), (80, 150), (0, 150)), "Miller"),
        lambda: moved(lines_of(library, page)[0], lines_of(library, page)[2]),
    ):
        library.corrections.put_back(library.corrections.keep(page, change()))
        assert library.page(page) == before and library.texts.of(page) == text
        library.corrections.keep(page, change())
        assert library.corrections.of(page)
        library.corrections.keep(page, withdrawn(*library.corrections.of(page)))
        assert library.page(page) == before and library.texts.of(page) == text


def test_a_page_with_corrections_is_counted_and_found(library, page):
    batch_id = library.page(page).batch_id
    assert library.batch(batch_id).counts.corrected == 0
    library.corrections.keep(page, corrected(lines_of(library, page)[2], "Yours,"))
    assert library.batch(batch_id).counts.corrected == 1
    assert library.page_ids(batch_id, PageFilter.CORRECTED) == [page]


def test_a_page_that_was_removed_takes_no_corrections(library, page):
    change = corrected(lines_of(library, page)[2], "Yours,")
    library.remove_pages([page])
    with pytest.raises(Gone):
        library.corrections.keep(page, change)
