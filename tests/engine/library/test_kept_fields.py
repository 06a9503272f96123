import pytest
from fakes import batch_of

from ocrdesk.engine.document import Line, Reading, Source
from ocrdesk.engine.errors import Gone
from ocrdesk.engine.library import Library
from ocrdesk.engine.library.fields import OwnField, Side

READING = Reading((Line("Total 5.00", 0.9, ((0, 0), (90, 0), (90, 9), (0, 9))),), 100, 100)


@pytest.fixture
def page_id(library, tmp_path) -> int:
    return batch_of(library, [Source(tmp_path / "a.png", "a.png")], tmp_path)[1][0]


def test_values_survive_a_restart_and_another_reading(library, page_id):
    library.fields.keep(page_id, {"total": "5.00", "date": ""})
    library.checkpoints.keep(page_id, READING, seconds=1, rotation=0, recognizer="test")
    folder = library.folder
    library.close()
    opened = Library(folder)
    assert opened.fields.kept([page_id]) == {page_id: {"total": "5.00", "date": ""}}
    opened.close()


def test_keeping_tells_what_was_there_so_that_it_can_be_undone(library, page_id):
    first = library.fields.keep(page_id, {"total": "5.00"})
    second = library.fields.keep(page_id, {"total": "6.00", "shop": "A"})
    assert (first, second) == ({"total": None}, {"total": "5.00", "shop": None})
    library.fields.keep(page_id, second)
    assert library.fields.kept([page_id]) == {page_id: {"total": "5.00"}}
    library.fields.keep(page_id, first)
    assert library.fields.kept([page_id]) == {}


def test_values_come_back_with_a_removed_batch(library, page_id):
    library.fields.keep(page_id, {"total": "5.00"})
    batch_id = library.page(page_id).batch_id
    library.fields.set_own(batch_id, [OwnField("Driver", "Driver", Side.RIGHT)])
    library.removing.hide(batch_id)
    library.removing.show(batch_id)
    assert library.fields.kept([page_id]) == {page_id: {"total": "5.00"}}
    assert library.fields.own(batch_id) == (OwnField("Driver", "Driver", Side.RIGHT),)


def test_nothing_is_kept_for_a_page_that_was_removed(library, page_id):
    library.remove_pages([page_id])
    with pytest.raises(Gone):
        library.fields.keep(page_id, {"total": "5.00"})


def test_setting_own_fields_tells_which_there_were(library, page_id):
    batch_id = library.page(page_id).batch_id
    one, other = OwnField("Driver", "Driver"), OwnField("Car", "Car no", Side.BELOW, 1)
    assert library.fields.set_own(batch_id, [one]) == ()
    assert library.fields.set_own(batch_id, [one, other]) == (one,)
    assert library.fields.own(batch_id) == (one, other)
