"""What is chosen and seen stays so while pages come and go."""

from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from fakes import batch_of
from PySide6.QtCore import QItemSelectionModel

from ocrdesk.engine.document import Source
from ocrdesk.ui.kit.selections import RowSelection
from ocrdesk.ui.pages.kept_place import KeptPlace
from ocrdesk.ui.pages.page_grid import PageGrid


@pytest.mark.parametrize("current", [4, 11, 23])
def test_the_page_that_is_looked_at_stays_in_sight_when_pages_before_it_go(qtbot, library, model, tmp_path, current):
    names = [f"{folder}/{number}.png" for folder, count in (("april", 4), ("may", 20)) for number in range(count)]
    folder = tmp_path / "letters"
    batch_id, pages = batch_of(library, [Source(folder / name, name) for name in names], folder)
    model.set_batch(batch_id)
    grid = PageGrid()
    qtbot.addWidget(grid)
    grid.setModel(model)
    grid.resize(600, 300)
    with qtbot.waitExposed(grid):
        grid.show()
    selection = RowSelection(model)
    grid.setSelectionModel(selection)
    place = KeptPlace(model, SimpleNamespace(moving_once=nullcontext), selection, [grid])
    qtbot.waitUntil(lambda: model.rowCount() == 24)
    selection.setCurrentIndex(model.index(current, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    grid.scrollTo(model.index(current, 0))
    library.removing.take_out(batch_id, pages[2:4], lambda: False)
    model.refresh()
    qtbot.waitUntil(lambda: model.rowCount() == 22)
    assert model.ids_at([selection.currentIndex().row()]) == [pages[current]]
    assert grid.viewport().rect().contains(grid.visualRect(selection.currentIndex()))
    place.deleteLater()
