"""Drawing regions in the window: what is kept, what follows, what is taken back."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGraphicsView, QMainWindow, QPushButton, QVBoxLayout, QWidget

from ocrdesk.engine.layout.regions import Region
from ocrdesk.ui.kit.actions import make_actions
from ocrdesk.ui.regions.region_bar import RegionBar
from ocrdesk.ui.regions.region_commands import RegionCommands
from ocrdesk.ui.regions.region_layer import RegionLayer

CTRL = Qt.KeyboardModifier.ControlModifier
STAMP = Region(0.5, 0.1, 0.9, 0.3)
FOOT = Region(0.1, 0.6, 0.4, 0.7)


class RegionShelf:
    """Keeps the regions of batches, as the library does."""

    def __init__(self) -> None:
        self.kept: dict[int, tuple[Region, ...]] = {}

    def regions(self, batch_id):
        return self.kept.get(batch_id, ())

    def set_regions(self, batch_id, regions):
        self.kept[batch_id] = tuple(regions)


class FullShelf(RegionShelf):
    """Has no room left."""

    def set_regions(self, batch_id, regions):
        raise OSError("no space left")


class Drawing:
    """A window with a view, its layer, the bar, and the commands."""

    def __init__(self, qtbot) -> None:
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.actions = make_actions(self.window)
        self.library = RegionShelf()
        self.view = QGraphicsView()
        self.layer = RegionLayer(self.view, lambda: QRectF(0, 0, 100, 100))
        self.bar = RegionBar()
        self.batch_id: int | None = 1
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.addWidget(self.bar)
        column.addWidget(self.view)
        self.window.setCentralWidget(middle)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.commands = RegionCommands(
            self.window, self.actions, self.library, self.layer, self.bar, lambda: self.batch_id
        )

    def begin(self):
        self.actions.regions.setChecked(True)
        return self


@pytest.fixture
def drawing(qtbot):
    return Drawing(qtbot)


def button(drawing, name: str) -> QPushButton:
    return drawing.bar.findChild(QPushButton, name)


def test_its_action_begins_and_ends_the_drawing(qtbot, drawing):
    assert not drawing.bar.isVisible()
    with qtbot.waitSignal(drawing.commands.page_wanted):
        drawing.actions.regions.trigger()
    assert drawing.bar.isVisible()
    assert drawing.layer.is_active
    drawing.actions.regions.trigger()
    assert not drawing.bar.isVisible()
    assert not drawing.layer.is_active


@pytest.mark.parametrize("how", ["Esc", "Done"])
def test_esc_and_done_end_it(qtbot, drawing, how):
    drawing.begin()
    if how == "Esc":
        qtbot.keyClick(drawing.window, Qt.Key.Key_Escape)
    else:
        qtbot.mouseClick(button(drawing, "regionDone"), Qt.MouseButton.LeftButton)
    assert not drawing.actions.regions.isChecked()
    assert not drawing.layer.is_active


def test_a_change_is_kept_before_it_is_shown_and_told(qtbot, drawing):
    drawing.begin()
    kept = []
    drawing.commands.batch_changed.connect(lambda batch_id: kept.append((batch_id, drawing.library.regions(batch_id))))
    drawing.layer.wanted.emit((STAMP,))
    assert kept == [(1, (STAMP,))]
    assert drawing.layer.regions == (STAMP,)


def test_what_could_not_be_kept_is_not_shown(qtbot, drawing):
    drawing.library.__class__ = FullShelf
    drawing.begin()
    with qtbot.captureExceptions() as raised:
        drawing.layer.wanted.emit((STAMP,))
    assert [kind for kind, *_ in raised] == [OSError]
    assert drawing.layer.regions == ()
    assert not button(drawing, "regionUndo").isEnabled()


def test_changes_are_taken_back_one_after_the_other(qtbot, drawing):
    drawing.library.set_regions(1, (FOOT,))
    drawing.begin()
    assert not button(drawing, "regionUndo").isEnabled()
    drawing.layer.wanted.emit((FOOT, STAMP))
    drawing.layer.wanted.emit(())
    with qtbot.waitSignal(drawing.commands.batch_changed):
        qtbot.keyClick(drawing.window, Qt.Key.Key_Z, CTRL)
    assert drawing.library.regions(1) == drawing.layer.regions == (FOOT, STAMP)
    qtbot.mouseClick(button(drawing, "regionUndo"), Qt.MouseButton.LeftButton)
    assert drawing.library.regions(1) == drawing.layer.regions == (FOOT,)
    assert not button(drawing, "regionUndo").isEnabled()
    with qtbot.assertNotEmitted(drawing.commands.batch_changed):
        qtbot.keyClick(drawing.window, Qt.Key.Key_Z, CTRL)
    assert drawing.library.regions(1) == (FOOT,)


def test_nothing_is_taken_back_once_the_drawing_has_ended(qtbot, drawing):
    drawing.begin()
    drawing.layer.wanted.emit((STAMP,))
    drawing.commands.leave()
    qtbot.keyClick(drawing.window, Qt.Key.Key_Z, CTRL)
    assert drawing.library.regions(1) == (STAMP,)
    drawing.begin()
    qtbot.keyClick(drawing.window, Qt.Key.Key_Z, CTRL)
    assert drawing.library.regions(1) == (STAMP,), "the next drawing takes its own changes back"


def test_outside_of_the_drawing_its_keys_are_free(qtbot, drawing):
    """For Esc leaves other things, and a field takes its own changes back."""
    free = []
    for number, key in enumerate((QKeySequence(Qt.Key.Key_Escape), QKeySequence(QKeySequence.StandardKey.Undo))):
        QShortcut(key, drawing.window).activated.connect(lambda number=number: free.append(number))

    def press_both() -> list[int]:
        free.clear()
        qtbot.keyClick(drawing.window, Qt.Key.Key_Escape)
        qtbot.keyClick(drawing.window, Qt.Key.Key_Z, CTRL)
        return list(free)

    assert press_both() == [0, 1]
    drawing.begin().commands.leave()
    assert press_both() == [0, 1]


def test_what_is_taken_back_is_no_longer_chosen(qtbot, drawing):
    drawing.begin()
    drawing.layer.wanted.emit((STAMP,))
    drawing.layer.choose(STAMP)
    drawing.commands.undo()
    assert drawing.layer.chosen is None
    assert not drawing.bar.accessibleName().startswith("Region")


def test_another_batch_ends_it(drawing):
    drawing.begin()
    drawing.commands.update_actions()
    assert drawing.layer.is_active, "the batch is the same"
    drawing.batch_id = 2
    drawing.commands.update_actions()
    assert not drawing.layer.is_active
    drawing.batch_id = None
    drawing.commands.update_actions()
    assert not drawing.actions.regions.isEnabled()


def test_the_bar_tells_the_chosen_region_and_chooses_what_is_drawn_next(qtbot, drawing):
    drawing.begin()
    drawing.layer.wanted.emit((STAMP,))
    drawing.layer.choose(STAMP)
    assert drawing.bar.accessibleName().startswith("Region 1 of 1, ignored.")
    qtbot.mouseClick(button(drawing, "regionOnly"), Qt.MouseButton.LeftButton)
    assert drawing.layer.chosen is None
    drawing.layer.insert()
    assert drawing.library.regions(1)[1].is_only
