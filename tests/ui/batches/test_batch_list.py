import pytest
from fakes import PATIENCE, FakeRecognizer, Maker, batch_of, keep, reading
from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ocrdesk.runner import BatchRunner
from ocrdesk.ui.batches.batch_list import BatchList
from ocrdesk.ui.desk.batch_model import BatchModel
from ocrdesk.ui.kit.theme import apply_appearance, token


@pytest.fixture
def batches(library, tmp_path):
    """Three that wait; their rows are 1, 2 and 3, under the heading of their section."""
    return [batch_of(library, 1, tmp_path / name)[0] for name in "abc"]


@pytest.fixture
def list_(qtbot, library, decoder, batches):
    apply_appearance(QApplication.instance(), "light")
    runner = BatchRunner(library, decoder, Maker(FakeRecognizer), workers=1)
    view = BatchList(BatchModel(library, runner), lambda batch: None)
    qtbot.addWidget(view)
    view.resize(240, 400)
    with qtbot.waitExposed(view):
        view.show()
    yield view
    assert runner.close(PATIENCE)


def centre(view, row) -> QPoint:
    return view.visualRect(view.model().index(row, 0)).center()


def click(qtbot, view, row, keys=Qt.KeyboardModifier.NoModifier):
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, keys, centre(view, row))


def names(view) -> list[str]:
    return [view.model().index(row, 0).data() for row in range(view.model().rowCount())]


def finish(library, view, batch_id) -> None:
    for page_id in library.page_ids(batch_id):
        keep(library, page_id, reading("text"))
    view.model().follow(batch_id)


def colours_of(view, row) -> set[str]:
    """What is seen of a row."""
    image = view.viewport().grab(view.visualRect(view.model().index(row, 0))).toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_several_batches_are_chosen_and_the_last_one_is_shown(qtbot, list_, batches):
    click(qtbot, list_, 1)
    assert list_.chosen() == [batches[0]]
    click(qtbot, list_, 3, Qt.KeyboardModifier.ControlModifier)
    assert list_.chosen() == [batches[0], batches[2]]
    assert list_.currentIndex().row() == 3
    click(qtbot, list_, 2)
    assert list_.chosen() == [batches[1]]
    list_.selectionModel().clearSelection()
    assert list_.chosen() == []


def test_a_range_of_batches_is_chosen_without_the_headings_in_it(qtbot, library, list_, batches):
    finish(library, list_, batches[2])
    assert names(list_) == ["Waiting", "a", "b", "Done", "c"]
    click(qtbot, list_, 1)
    click(qtbot, list_, 4, Qt.KeyboardModifier.ShiftModifier)
    assert list_.chosen() == batches


def test_beside_the_batches_nothing_is_chosen_instead(qtbot, list_, batches):
    click(qtbot, list_, 2)
    click(qtbot, list_, 0)
    qtbot.mouseClick(list_.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, list_.viewport().height() - 5))
    assert list_.chosen() == [batches[1]]


def test_a_batch_that_is_chosen_by_the_program_is_chosen_alone(list_, batches):
    for row in (1, 2):
        list_.selectionModel().select(list_.model().index(row, 0), QItemSelectionModel.SelectionFlag.Select)
    list_.setCurrentIndex(list_.model().index(3, 0))
    assert list_.chosen() == [batches[2]]


def test_keys_go_from_batch_to_batch(qtbot, library, list_, batches):
    finish(library, list_, batches[2])
    click(qtbot, list_, 1)
    for row in (2, 4, 4):
        qtbot.keyClick(list_, Qt.Key.Key_Down)
        assert list_.currentIndex().row() == row
    qtbot.keyClick(list_, Qt.Key.Key_Home)
    assert list_.currentIndex().row() == 1


def test_rows_stay_while_the_pointer_is_on_one_of_them(qtbot, library, list_, batches):
    qtbot.mouseMove(list_.viewport(), centre(list_, 2))
    finish(library, list_, batches[0])
    assert names(list_) == ["Waiting", "a", "b", "c"]
    qtbot.mouseMove(list_.viewport(), QPoint(100, list_.viewport().height() - 5))
    assert names(list_) == ["Waiting", "b", "c", "Done", "a"]
    qtbot.mouseMove(list_.viewport(), centre(list_, 1))
    finish(library, list_, batches[1])
    assert names(list_) == ["Waiting", "b", "c", "Done", "a"]
    QApplication.sendEvent(list_, QEvent(QEvent.Type.Leave))
    assert names(list_) == ["Waiting", "c", "Done", "b", "a"]


def test_a_row_is_as_high_as_it_shall_be_and_no_higher(list_):
    heights = [list_.visualRect(list_.model().index(row, 0)).height() for row in range(2)]
    assert heights == [36, 58]


def test_a_row_shows_its_first_page_and_the_number_that_matters(library, list_, batches):
    def seen() -> set[str]:
        return colours_of(list_, 1) & {"#008000", token("redfill").name(), token("amberfill").name()}

    assert seen() == set()
    cover = QImage(64, 80, QImage.Format.Format_RGB32)
    cover.fill(Qt.GlobalColor.darkGreen)
    list_._row._cover_of = lambda batch: cover if batch.id == batches[0] else None
    assert seen() == {"#008000"}
    (page,) = library.page_ids(batches[0])
    keep(library, page, reading("text", confidence=0.1))
    list_.model().hold(True)
    list_.model().follow(batches[0])
    assert seen() == {"#008000", token("amberfill").name()}
    other, pages = batch_of(library, 1, library.folder / "d")
    library.checkpoints.keep_failure(pages[0], "The file is empty.")
    list_.model().hold(False)
    list_.model().follow(other)
    assert names(list_) == ["Waiting", "b", "c", "Done", "d", "a"]
    assert token("redfill").name() in colours_of(list_, 4)


def test_the_keyboard_is_seen_only_by_those_who_use_it(qtbot, list_):
    ring = token("accent").name()
    click(qtbot, list_, 1)
    assert ring not in colours_of(list_, 1)
    qtbot.keyClick(list_, Qt.Key.Key_Down)
    assert ring in colours_of(list_, 2)
    click(qtbot, list_, 3)
    assert ring not in colours_of(list_, 3)


def test_in_a_rail_a_dot_stands_for_the_number_that_matters(library, list_, batches):
    list_.set_rail(True)
    list_.resize(56, 400)
    list_.doItemsLayout()
    assert token("wave").name() not in colours_of(list_, 1)
    (page,) = library.page_ids(batches[0])
    keep(library, page, reading("text", confidence=0.1))
    list_.model().hold(True)
    list_.model().follow(batches[0])
    assert token("wave").name() in colours_of(list_, 1)
    assert list_.visualRect(list_.model().index(0, 0)).height() == 8
    list_.set_rail(False)
    list_.doItemsLayout()
    assert list_.visualRect(list_.model().index(0, 0)).height() == 36


def test_rows_go_where_they_belong_after_a_menu_with_which_the_pointer_left(qtbot, library, list_, batches):
    qtbot.mouseMove(list_.viewport(), centre(list_, 2))
    finish(library, list_, batches[0])
    list_.let_go()
    assert names(list_) == ["Waiting", "b", "c", "Done", "a"]
