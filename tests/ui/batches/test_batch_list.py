import pytest
from fakes import PATIENCE, FakeRecognizer, Maker, batch_of
from PySide6.QtCore import QItemSelectionModel, Qt

from ocrdesk.runner import BatchRunner
from ocrdesk.ui.batches.batch_list import BatchList
from ocrdesk.ui.desk.batch_model import BatchModel


@pytest.fixture
def batches(library, tmp_path):
    return [batch_of(library, 1, tmp_path / name)[0] for name in "abc"]


@pytest.fixture
def list_(qtbot, library, decoder, batches):
    runner = BatchRunner(library, decoder, Maker(FakeRecognizer), workers=1)
    view = BatchList()
    qtbot.addWidget(view)
    view.setModel(BatchModel(library, runner, view))
    view.resize(240, 400)
    yield view
    assert runner.close(PATIENCE)


def click(qtbot, view, row, keys=Qt.KeyboardModifier.NoModifier):
    place = view.visualRect(view.model().index(row, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, keys, place)


def test_several_batches_are_chosen_and_the_last_one_is_shown(qtbot, list_, batches):
    with qtbot.waitExposed(list_):
        list_.show()
    click(qtbot, list_, 0)
    assert list_.chosen() == [batches[2]]
    click(qtbot, list_, 2, Qt.KeyboardModifier.ControlModifier)
    assert list_.chosen() == [batches[2], batches[0]]
    assert list_.currentIndex().row() == 2
    click(qtbot, list_, 1)
    assert list_.chosen() == [batches[1]]
    list_.selectionModel().clearSelection()
    assert list_.chosen() == []


def test_a_batch_that_is_chosen_by_the_program_is_chosen_alone(list_, batches):
    for row in (0, 1):
        list_.selectionModel().select(list_.model().index(row, 0), QItemSelectionModel.SelectionFlag.Select)
    list_.setCurrentIndex(list_.model().index(2, 0))
    assert list_.chosen() == [batches[0]]
