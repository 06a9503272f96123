import threading

import pytest
from fakes import batch_of, keep, line

from ocrdesk.engine.document import Reading, ReadingOrder
from ocrdesk.engine.layout.regions import Region
from ocrdesk.engine.library import stored_text
from ocrdesk.engine.library.texts import CHUNK, TEXT_START

FORM = Reading(
    (line("Anna", 200, 0, 60), line("Name", 0, 0, 40), line("1911", 200, 30, 60), line("Born", 0, 30, 40)), 400, 100
)
LEFT = Region(0, 0, 0.4, 1)


@pytest.fixture
def batch(library):
    batch_id, pages = batch_of(library, 3)
    for page_id in pages:
        keep(library, page_id, FORM)
    return batch_id, pages


def test_a_page_is_read_as_its_batch_and_a_batch_automatically(library, batch):
    batch_id, (page_id, *_) = batch
    assert library.texts.reading_order_of(batch_id) is library.batch(batch_id).reading_order is ReadingOrder.AUTO
    assert library.page(page_id).reading_order is None
    assert library.texts.of(page_id).text == "Name\tAnna\nBorn\t1911"


def test_a_batch_is_read_in_another_way_and_a_page_in_one_of_its_own(library, batch):
    batch_id, (first, second, _) = batch
    library.texts.set_reading_order_of_batch(batch_id, ReadingOrder.COLUMNS)
    library.texts.set_reading_order_of_pages([second], ReadingOrder.DETECTED)
    assert library.texts.reading_order_of(batch_id) is library.batch(batch_id).reading_order is ReadingOrder.COLUMNS
    assert library.page(second).reading_order is ReadingOrder.DETECTED
    assert library.texts.of(first).text.split() == ["Name", "Born", "Anna", "1911"]
    assert library.text(second).split() == ["Anna", "Name", "1911", "Born"]
    library.texts.set_reading_order_of_pages([second], None)
    assert library.texts.of(second) == library.texts.of(first)


@pytest.mark.parametrize("reading_order", ReadingOrder)
def test_wherever_a_line_is_put_it_is_known_which_stored_line_it_is(library, batch, reading_order):
    batch_id, (page_id, *_) = batch
    library.texts.set_reading_order_of_batch(batch_id, reading_order)
    stored = library.texts.lines(page_id)
    assert [line.numbers for line in stored] == [(0,), (1,), (2,), (3,)]
    shown = library.texts.of(page_id).lines
    assert sorted(number for line in shown for number in line.numbers) == [0, 1, 2, 3]
    for it in shown:
        assert it.text.split() == [stored[number].text for number in it.numbers]


def test_what_counts_keeps_its_number_where_other_lines_do_not(library, batch):
    batch_id, (page_id, *_) = batch
    library.texts.set_regions(batch_id, [LEFT])
    assert [line.numbers for line in library.texts.of(page_id).lines] == [(0,), (2,)]


def test_regions_hold_for_every_page_of_their_batch_alone(library, batch, tmp_path):
    batch_id, (page_id, *_) = batch
    other, (stranger,) = batch_of(library, 1, tmp_path / "other")
    keep(library, stranger, FORM)
    library.texts.set_regions(batch_id, [LEFT])
    assert library.texts.regions(batch_id) == (LEFT,)
    assert library.texts.regions(other) == ()
    assert library.texts.of(page_id).text == "Anna\n1911"
    assert library.texts.of(stranger).text == "Name\tAnna\nBorn\t1911"
    library.texts.set_regions(batch_id, [Region(0, 0, 0.4, 1, True)])
    assert library.texts.of(page_id).text == "Name\nBorn"
    assert len(library.texts.lines(page_id)) == 4, "nothing that was read is lost"


def test_the_beginnings_of_texts_follow_when_they_are_renewed(library, batch):
    batch_id, pages = batch
    assert library.page(pages[0]).text_start == "Name Anna Born 1911"
    library.texts.set_reading_order_of_batch(batch_id, ReadingOrder.COLUMNS)
    library.texts.renew(pages[:2])
    starts = [library.page(page_id).text_start for page_id in pages]
    assert starts == ["Name Born Anna 1911", "Name Born Anna 1911", "Name Anna Born 1911"]


def test_renewing_stops_when_it_is_told_to(library, batch):
    batch_id, pages = batch
    library.texts.set_regions(batch_id, [LEFT])
    library.texts.renew(pages, lambda: True)
    assert library.page(pages[0]).text_start == "Name Anna Born 1911"


def test_many_pages_are_renewed_in_chunks(library):
    batch_id, pages = batch_of(library, CHUNK + 2)
    for page_id in (pages[0], pages[-1]):
        keep(library, page_id, FORM)
    library.texts.set_regions(batch_id, [LEFT])
    asked = []
    library.texts.renew(pages, lambda: bool(asked.append(1)))
    assert len(asked) == 2
    assert library.page(pages[-1]).text_start == library.page(pages[0]).text_start == "Anna 1911"
    assert library.page(pages[1]).text_start == ""


def test_what_is_read_later_follows_what_was_chosen(library, batch):
    batch_id, (page_id, *_) = batch
    library.texts.set_regions(batch_id, [LEFT])
    library.texts.set_reading_order_of_pages([page_id], ReadingOrder.COLUMNS)
    wide = Reading((line("kept", 0, 0, 60), line("x" * 400, 500, 0, 100)), 1000, 100)
    keep(library, page_id, wide)
    assert library.page(page_id).text_start == "x" * TEXT_START, "regions are fractions of the new size"


def test_a_page_that_is_gone_has_no_text(library, batch):
    batch_id, (page_id, *_) = batch
    library.remove_pages([page_id])
    assert library.texts.of(page_id).text == ""
    library.remove_batch(batch_id)
    assert library.texts.reading_order_of(batch_id) is ReadingOrder.AUTO
    assert library.texts.regions(batch_id) == ()


def test_a_checkpoint_beside_renewing_is_not_undone(library, batch, monkeypatch):
    """A new reading comes while the old lines are being put in order."""
    batch_id, (page_id, *_) = batch
    arrange = stored_text.arrange
    worker = threading.Thread(target=keep, args=(library, page_id, Reading((line("new"),), 400, 100)))

    def arrange_and_be_overtaken(*arguments):
        if not worker.ident:
            worker.start()
            worker.join(0.2)  # it waits for the transaction, or has ended
        return arrange(*arguments)

    library.texts.set_reading_order_of_batch(batch_id, ReadingOrder.COLUMNS)
    monkeypatch.setattr(stored_text, "arrange", arrange_and_be_overtaken)
    library.texts.renew([page_id])
    worker.join()
    assert library.page(page_id).text_start == library.text(page_id) == "new"


def test_a_way_chosen_beside_a_checkpoint_is_not_forgotten(library, batch, monkeypatch):
    """Another reading order is chosen, and its texts renewed, while a new reading is being put in order."""
    batch_id, (page_id, *_) = batch
    arrange = stored_text.arrange

    def choose() -> None:
        library.texts.set_reading_order_of_batch(batch_id, ReadingOrder.COLUMNS)
        library.texts.renew([page_id])

    person = threading.Thread(target=choose)

    def arrange_and_be_overtaken(*arguments):
        if not person.ident:
            person.start()
            person.join(0.2)
        return arrange(*arguments)

    monkeypatch.setattr(stored_text, "arrange", arrange_and_be_overtaken)
    keep(library, page_id, FORM)
    person.join()
    assert library.page(page_id).text_start == "Name Born Anna 1911"


def test_a_twin_is_read_as_its_own_batch(library, batch, tmp_path):
    _, (page_id, *_) = batch
    other, (twin,) = batch_of(library, 1, tmp_path / "other")
    library.texts.set_reading_order_of_batch(other, ReadingOrder.COLUMNS)
    assert library.checkpoints.keep_twin(twin, library.page(page_id), b"content")
    assert library.page(twin).text_start == "Name Born Anna 1911"


def test_the_ways_of_pages_are_told_without_reading_them(library, batch):
    _, pages = batch
    assert library.texts.reading_orders_of(pages) == {None}
    library.texts.set_reading_order_of_pages(pages[:1], ReadingOrder.ROWS)
    assert library.texts.reading_orders_of(pages) == {None, ReadingOrder.ROWS}
    assert library.texts.reading_orders_of(pages[:1]) == {ReadingOrder.ROWS}
    assert library.texts.reading_orders_of([]) == set()


def test_the_text_of_several_pages_has_an_empty_line_between_two_and_none_for_blank_ones(library, batch):
    _, pages = batch
    keep(library, pages[1], Reading((), width=400, height=100))
    text = library.texts.of(pages[0]).flowing
    assert library.texts.flowing(pages) == f"{text}\n\n{text}"
    assert library.texts.flowing(pages[1:2]) == ""


def test_the_tables_of_pages_come_one_after_the_other(library, batch):
    _, (first, second, _) = batch
    cells = [line(f"{name}{row}", left, 20 * row, 40) for row in range(3) for name, left in (("a", 0), ("b", 90))]
    keep(library, second, Reading(tuple(cells), 200, 300))
    (table,) = library.texts.tables([first, second])
    assert table.texts("") == [["a0", "b0"], ["a1", "b1"], ["a2", "b2"]]
    assert library.texts.tables([second], lambda: True) == []
