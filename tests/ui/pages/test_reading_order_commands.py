import pytest
from fakes import batch_of, keep, line

from ocrdesk.engine.document import Reading, ReadingOrder
from ocrdesk.engine.layout.regions import Region
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.kit.actions import menu_of
from ocrdesk.ui.kit.selections import RowSelection
from ocrdesk.ui.kit.words import AS_BATCH, READING_ORDERS
from ocrdesk.ui.pages.page_model import PageModel
from ocrdesk.ui.pages.reading_order_commands import ReadingOrderCommands
from ocrdesk.ui.pages.thumbnails import Thumbnails

FORM = Reading(
    (line("Anna", 200, 0, 60), line("Name", 0, 0, 40), line("1911", 200, 30, 60), line("Born", 0, 30, 40)), 400, 100
)


class Desk:
    def __init__(self, library, laid) -> None:
        self.library = library
        self.batch_id, self.pages = batch_of(library, 3)
        for page_id in self.pages:
            keep(library, page_id, FORM)
        laid.batches.follow(None)
        self.desk = laid
        self.actions, self.chosen = self.desk.actions, self.desk.chosen
        self.commands = ReadingOrderCommands(self.desk)
        model = PageModel(
            library,
            Thumbnails(self.desk.thumbnails, self.desk.decoder, self.desk.tasks),
            self.desk.tasks,
            self.commands,
        )
        self.selection = RowSelection(model)
        self.chosen.follow_pages(model, self.selection)
        self.chosen.choose_batch(self.batch_id)
        model.set_batch(self.batch_id)
        self.selection.choose_rows(model.rows_of(self.pages[:2]))
        self.seen: list[list[str]] = []
        self.chosen.changed.connect(lambda: self.seen.append(self.starts()))

    def starts(self) -> list[str]:
        pages = self.library.pages(self.pages)
        return [pages[page_id].text_start for page_id in self.pages]

    def choose(self, qtbot, action, words: str) -> None:
        """Chooses an entry of a menu, and waits until the lists can show what came of it."""
        (entry,) = [entry for entry in menu_of(action).actions() if entry.text() == words]
        with qtbot.waitSignals([self.chosen.changed] * 2):
            entry.trigger()

    def checked(self, action) -> list[str]:
        menu_of(action).aboutToShow.emit()
        return [entry.text() for entry in menu_of(action).actions() if entry.isChecked()]


@pytest.fixture
def desk(library, laid):
    return Desk(library, laid)


BY_ROW, BY_COLUMN = "Name Anna Born 1911", "Name Born Anna 1911"


def test_the_chosen_pages_are_read_in_another_way(qtbot, desk):
    desk.choose(qtbot, desk.actions["page_reading_order"], READING_ORDERS[ReadingOrder.COLUMNS])
    assert desk.starts() == [BY_COLUMN, BY_COLUMN, BY_ROW]
    assert desk.checked(desk.actions["page_reading_order"]) == [READING_ORDERS[ReadingOrder.COLUMNS]]
    assert desk.checked(desk.actions["batch_reading_order"]) == [READING_ORDERS[ReadingOrder.AUTO]]


def test_a_batch_is_read_in_another_way_but_for_pages_with_one_of_their_own(qtbot, desk):
    desk.choose(qtbot, desk.actions["page_reading_order"], READING_ORDERS[ReadingOrder.ROWS])
    desk.choose(qtbot, desk.actions["batch_reading_order"], READING_ORDERS[ReadingOrder.COLUMNS])
    assert desk.starts() == [BY_ROW, BY_ROW, BY_COLUMN]
    desk.choose(qtbot, desk.actions["page_reading_order"], AS_BATCH)
    assert desk.starts() == [BY_COLUMN] * 3
    assert desk.checked(desk.actions["page_reading_order"]) == [AS_BATCH]
    assert desk.checked(desk.actions["batch_reading_order"]) == [READING_ORDERS[ReadingOrder.COLUMNS]]


@pytest.mark.parametrize("reading_order", ReadingOrder)
def test_every_reading_order_can_be_chosen(qtbot, desk, reading_order):
    desk.choose(qtbot, desk.actions["batch_reading_order"], READING_ORDERS[reading_order])
    assert desk.library.texts.reading_order_of(desk.batch_id) is reading_order


def test_what_is_told_first_is_kept_already(qtbot, desk):
    reading_orders = []
    desk.chosen.changed.connect(lambda: reading_orders.append(desk.library.texts.reading_order_of(desk.batch_id)))
    desk.choose(qtbot, desk.actions["batch_reading_order"], READING_ORDERS[ReadingOrder.COLUMNS])
    assert reading_orders == [ReadingOrder.COLUMNS] * 2
    assert desk.seen[-1] == [BY_COLUMN] * 3


def test_the_lists_follow_changed_regions(qtbot, desk):
    desk.library.texts.set_regions(desk.batch_id, [Region(0, 0, 0.4, 1)])
    with qtbot.waitSignals([desk.chosen.changed] * 2):
        desk.chosen.tell(Change(desk.batch_id, has_other_texts=True))
    assert desk.starts() == ["Anna 1911"] * 3


def test_pages_of_different_ways_have_none_checked(qtbot, desk):
    desk.library.texts.set_reading_order_of_pages(desk.pages[:1], ReadingOrder.ROWS)
    assert desk.checked(desk.actions["page_reading_order"]) == []


def test_no_page_is_read_whole_to_check_its_way(desk, monkeypatch):
    """With tens of thousands chosen the menu would be long in coming."""
    monkeypatch.setattr(desk.library, "pages", None)
    assert desk.checked(desk.actions["page_reading_order"]) == [AS_BATCH]


def test_without_pages_or_a_batch_there_is_nothing_to_choose(desk):
    desk.selection.clear()
    desk.chosen.choose_batch(None)
    for action in (desk.actions["page_reading_order"], desk.actions["batch_reading_order"]):
        assert desk.checked(action) == []
        assert not any(entry.isEnabled() for entry in menu_of(action).actions())
    desk.commands.batch_reading_order(ReadingOrder.ROWS)
    assert desk.seen == []
