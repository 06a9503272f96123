"""What is said while something is dragged over the window, and what comes of letting go."""

import pytest
from fakes import batch_of, draw_pages, keep, reading
from PySide6.QtCore import QMimeData, QPoint, QRect, Qt
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QWidget

from ocrdesk.ui.batches import batch_list
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.kit.dragged import BATCHES, PAGES, packed
from ocrdesk.ui.kit.theme import token
from ocrdesk.ui.pages.drags import DraggedPages
from ocrdesk.ui.window.drops import DropVeil, Offer


@pytest.fixture
def add(desk, tmp_path):
    """Adds a batch of pages that were read."""

    def add_one(name: str, pages: int = 2) -> int:
        batch_id, page_ids = batch_of(desk.library, pages, tmp_path / name)
        for page_id in page_ids:
            keep(desk.library, page_id, reading(f"a page of {name}"))
        desk.window.desk.chosen.tell(Change(batch_id))
        return batch_id

    return add_one


def let_go(desk, kind: str, numbers: list[int], at: QPoint) -> bool:
    """Drags pages or batches within the window to a place of the list of batches."""
    data = QMimeData()
    data.setData(kind, packed(numbers))
    return desk.let_go(data, desk.child("batchList").viewport(), at, desk.child("pageGrid"))


def row(desk, name: str) -> QRect:
    return desk.child("batchList").visualRect(desk.index_of(name))


def free_space(desk) -> QPoint:
    return QPoint(20, desk.child("batchList").viewport().height() - 5)


# Files


def test_what_becomes_of_files_is_said_where_they_are(desk, add, tmp_path):
    add("letters")
    desk.show_batch("letters")
    one, two = draw_pages(tmp_path / "scans", 2)
    batches, grid = desk.child("batchList").viewport(), desk.child("pageGrid")
    monkey = []
    desk.window.adding.add = lambda paths, batch_id=None: monkey.append(batch_id)
    for files, on, at, words in (
        ([one], batches, row(desk, "letters").center(), "Add 1 file to “letters”"),
        ([one, two], batches, row(desk, "letters").center(), "Add 2 files to “letters”"),
        ([tmp_path / "scans"], batches, row(desk, "letters").center(), "Add to “letters”"),
        ([one, two], grid, None, "Add 2 files to “letters”"),
        ([tmp_path / "scans"], grid, None, "Read in a new batch"),
        ([one], batches, free_space(desk), "Read in a new batch"),
        ([one], batches, QPoint(20, 5), "Read in a new batch"),
        ([one], desk.child("textView"), None, "Read in a new batch"),
    ):
        assert desk.drop(*files, on=on, at=at)
        assert desk.said == words
    letters = desk.batch("letters").id
    assert monkey == [letters, letters, letters, letters, None, None, None, None]
    assert not desk.child("dropVeil").isVisible()


def test_no_row_moves_under_what_is_dragged(desk, add, tmp_path):
    add("letters")
    held = []
    desk.window.desk.batches.hold = held.append
    desk.window.adding.add = lambda *_: None
    desk.drop(
        *draw_pages(tmp_path / "scans", 1), on=desk.child("batchList").viewport(), at=row(desk, "letters").center()
    )
    assert held == [True, False]


# Pages


def test_pages_go_to_the_batch_on_which_they_are_let_go(desk, add):
    letters, bills = add("letters"), add("bills")
    desk.show_batch("letters")
    pages = desk.library.page_ids(letters)
    assert let_go(desk, PAGES, pages[:1], row(desk, "bills").center())
    assert desk.said == "Move 1 page to “bills”"
    desk.until(lambda: desk.library.page_ids(bills)[-1] == pages[0])
    assert desk.library.page_ids(letters) == pages[1:]


def test_pages_stay_where_they_are_let_go_elsewhere(desk, add):
    letters, _bills = add("letters"), add("bills")
    desk.show_batch("letters")
    pages = desk.library.page_ids(letters)
    assert not let_go(desk, PAGES, pages, row(desk, "letters").center())
    assert desk.said == "The pages are in “letters” already"
    assert not let_go(desk, PAGES, pages, free_space(desk))
    assert desk.said == ""
    assert desk.library.page_ids(letters) == pages


def test_the_grid_drags_which_pages_they_are(desk, add):
    letters, bills = add("letters"), add("bills")
    desk.show_batch("letters")
    desk.until(lambda: desk.model.rowCount() == 2)
    data = desk.model.mimeData([desk.model.index(1, 0)])
    assert isinstance(data, DraggedPages)
    assert desk.let_go(data, desk.child("batchList").viewport(), row(desk, "bills").center(), desk.child("pageGrid"))
    assert desk.said == "Move 1 page to “bills”"
    desk.until(lambda: len(desk.library.page_ids(bills)) == 3)
    assert len(desk.library.page_ids(letters)) == 1


# Batches


def test_batches_are_put_in_order_within_their_section_and_stay_so(open_desk, tmp_path):
    desk = open_desk()
    ids = {}
    for name in ("letters", "bills", "notes"):
        ids[name], pages = batch_of(desk.library, 1, tmp_path / name)
        keep(desk.library, pages[0], reading("text"))
    waiting, _ = batch_of(desk.library, 1, tmp_path / "waiting")
    desk.window.desk.chosen.tell(Change(None))
    assert desk.batches == ["waiting", "notes", "bills", "letters"]
    assert let_go(desk, BATCHES, [ids["letters"]], row(desk, "notes").topLeft() + QPoint(20, 3))
    assert desk.batches == ["waiting", "letters", "notes", "bills"]
    assert let_go(desk, BATCHES, [ids["letters"]], row(desk, "bills").bottomLeft() + QPoint(20, -3))
    assert desk.batches == ["waiting", "notes", "bills", "letters"]
    assert let_go(desk, BATCHES, [ids["letters"], ids["bills"]], row(desk, "notes").topLeft() + QPoint(20, 3))
    assert desk.batches == ["waiting", "bills", "letters", "notes"]
    assert not let_go(desk, BATCHES, [waiting], row(desk, "notes").center())
    assert desk.said == "Batches can be put in order within their section"
    assert not let_go(desk, BATCHES, [waiting], free_space(desk))
    desk.quit()
    assert open_desk().batches == ["waiting", "bills", "letters", "notes"]


def test_a_row_is_dragged_as_its_batch(desk, add, monkeypatch):
    letters = add("letters")
    dragged = []

    class ShortDrag(QDrag):
        def exec(self, actions):
            dragged.append((bytes(self.mimeData().data(BATCHES).data()), actions))
            assert not self.pixmap().isNull()

    monkeypatch.setattr(batch_list, "QDrag", ShortDrag)
    desk.show_batch("letters")
    desk.child("batchList").startDrag(Qt.DropAction.CopyAction)
    assert dragged == [(f"[{letters}]".encode(), Qt.DropAction.CopyAction)]


# What is seen


@pytest.fixture
def veil(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    veil = DropVeil(window)
    with qtbot.waitExposed(window):
        window.show()
    yield veil


def colour_at(veil: DropVeil, x: int, y: int) -> str:
    return veil.grab().toImage().pixelColor(x, y).name()


def test_the_veil_lies_over_the_window_and_lets_the_mouse_through(veil):
    assert not veil.isVisible()
    veil.show_offer(Offer("Read in a new batch", QRect(0, 0, 400, 300), lambda: None))
    assert veil.isVisible()
    assert veil.geometry() == veil.parentWidget().rect()
    assert veil.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    veil.show_offer(None)
    assert not veil.isVisible()


def test_what_takes_it_is_framed_and_named(veil):
    veil.show_offer(Offer("Read in a new batch", QRect(0, 0, 400, 300), lambda: None))
    assert colour_at(veil, 1, 150) == token("accent").name()
    in_the_middle = {colour_at(veil, x, 150) for x in range(100, 300, 10)}
    assert token("toast").name() in in_the_middle
    veil.show_offer(Offer("Not here", QRect(0, 0, 400, 300)))
    assert colour_at(veil, 1, 150) == token("border").name()


def test_the_label_of_a_row_is_beside_it_and_always_in_the_window(veil):
    veil.show_offer(Offer("Move", QRect(10, 100, 200, 56), lambda: None))
    assert colour_at(veil, 224, 128) == token("toast").name()
    veil.show_offer(Offer("Move 1,200 pages to “A very long name of a batch, too long for any window”",
                          QRect(10, 100, 200, 56), lambda: None))  # fmt: skip
    assert colour_at(veil, 388, 128) == token("toast").name()
    assert colour_at(veil, 395, 128) != token("toast").name()


def test_a_gap_between_rows_is_a_line(veil):
    veil.show_offer(Offer("", QRect(10, 100, 200, 2), lambda: None))
    assert colour_at(veil, 100, 100) == token("accent").name()
    assert colour_at(veil, 100, 106) != token("accent").name()
