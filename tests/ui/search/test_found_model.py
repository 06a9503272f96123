import pytest
from found import found_in, hit_on, page_of

from ocrdesk.ui.search.found_model import FoundBatch, FoundModel, More, Place


@pytest.fixture
def model(qtmodeltester):
    model = FoundModel()
    yield model
    qtmodeltester.check(model)


def rows(model: FoundModel) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]


def test_batches_are_there_at_once_and_their_places_follow(model):
    letters, bills = found_in(1, "Letters", [1, 2]), found_in(2, "Bills", [7])
    model.show([letters, bills])
    assert rows(model) == ["Letters, 2 pages", "Bills, 1 page"]
    model.show_places(bills, [Place(page_of(7), hit_on(7, "the sum"))], 1, 3)
    model.show_places(letters, [Place(page_of(1), hit_on(1, "Dear sir")), Place(page_of(2), None)], 2, 3)
    assert rows(model) == [
        "Letters, 2 places on 2 pages", "Dear sir", "page 2.png", "Bills, 1 place on 1 page", "the sum",
    ]  # fmt: skip
    assert [place.page.id for place in model.places] == [1, 2, 7]
    assert model.is_known


def test_what_is_not_shown_yet_waits_behind_a_row(model):
    batch = found_in(1, "Letters", [1, 2, 3])
    model.show([batch])
    places = [Place(page_of(1), hit_on(1, f"line {number}")) for number in range(5)]
    model.show_places(batch, places, 1, 3)
    assert rows(model) == ["Letters, 3 pages", "line 0", "line 1", "line 2", "Show more places"]
    model.show_places(batch, [], 3, 1)
    assert rows(model)[1:] == ["line 0", "line 1", "line 2", "line 3", "Show 1 more place"]
    model.show_places(batch, [], 3, 30)
    assert rows(model) == ["Letters, 5 places on 3 pages", *(f"line {number}" for number in range(5))]


def test_the_next_place_is_not_a_heading(model):
    first, second = found_in(1, "Letters", [1]), found_in(2, "Bills", [2, 3])
    model.show([first, second])
    model.show_places(first, [Place(page_of(1), hit_on(1, "one"))], 1, 3)
    model.show_places(second, [Place(page_of(2), hit_on(2, "two"))], 1, 3)
    assert model.next_place(-1) == 1
    assert model.next_place(1) == 3
    assert model.next_place(3, -1) == 1
    assert isinstance(model.row_at(model.next_place(3)), More)
    assert model.next_place(4) is None
    assert model.next_place(1, -1) is None
    assert [model.number_of(row) for row in (1, 3)] == [1, 2]


def test_places_of_what_was_looked_for_before_are_not_shown(model):
    before, now = found_in(1, "Letters", [1]), found_in(1, "Letters", [2])
    model.show([before])
    model.show([now])
    model.show_places(before, [Place(page_of(1), hit_on(1, "old"))], 1, 3)
    assert rows(model) == ["Letters, 1 page"]


def test_there_is_nothing_beyond_the_rows(model):
    model.show([])
    assert model.row_at(0) is model.row_at(-1) is None
    assert not isinstance(model.row_at(0), FoundBatch)
    assert not model.places


def test_what_was_found_grows_below_what_is_shown(model):
    letters = found_in(1, "Letters", [1, 2])
    letters.has_more = True
    model.show([letters])
    model.show_places(letters, [Place(page_of(1), hit_on(1, "Dear sir"))], 1, 3)
    assert rows(model) == ["Letters", "Dear sir", "Show more places"]
    assert model.grow([found_in(1, "Letters", [1, 2, 3]), found_in(2, "Bills", [7])])
    assert rows(model) == ["Letters, 3 pages", "Dear sir", "Show more places", "Bills, 1 page"]
    assert letters.page_ids == [1, 2, 3]


@pytest.mark.parametrize("batches", [[], [(1, [2, 1])], [(2, [1, 2])], [(1, [1])]])
def test_what_is_no_longer_found_does_not_grow(model, batches):
    model.show([found_in(1, "Letters", [1, 2])])
    assert not model.grow([found_in(batch_id, "Letters", page_ids) for batch_id, page_ids in batches])
    assert rows(model) == ["Letters, 2 pages"]
