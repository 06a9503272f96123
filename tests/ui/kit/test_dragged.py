from PySide6.QtCore import QMimeData

from ocrdesk.ui.kit.dragged import BATCHES, PAGES, numbers_of, packed


def test_numbers_are_dragged_in_their_order_and_nothing_else_is_taken_for_them():
    data = QMimeData()
    data.setData(PAGES, packed([3, 1, 20_000]))
    assert numbers_of(data, PAGES) == [3, 1, 20_000]
    assert numbers_of(data, BATCHES) == []
