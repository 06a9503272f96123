"""Drawing regions in the window: what is kept, what follows, what is taken back."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from fakes import batch_of
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGraphicsView, QPushButton

from ocrdesk.engine.errors import LibraryError
from ocrdesk.engine.layout.regions import Region
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
        raise LibraryError("The disk is full. Make room on it.")


class Drawing:
    """A window with a view, its layer, the bar, and the commands."""

    def __init__(self, qtbot, library, laid, folder) -> None:
        batch_of(library, 1, folder / "first")
        batch_of(library, 1, folder / "second")
        laid.batches.follow(None)
        self.window = laid.window
        self.desk = laid
        self.actions, self.chosen = self.desk.actions, self.desk.chosen
        self.library = RegionShelf()
        self.view = QGraphicsView()
        self.layer = RegionLayer(self.view, lambda: QRectF(0, 0, 100, 100))
        self.bar = RegionBar()
        column = self.window.centralWidget().layout()
        column.addWidget(self.bar)
        column.addWidget(self.view)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        shelf = SimpleNamespace(texts=self.library)
        self.commands = RegionCommands(replace(self.desk, library=shelf), self.layer, self.bar)
        self.chosen.choose_batch(1)

    def begin(self):
        self.actions["regions"].setChecked(True)
        return self


@pytest.fixture
def drawing(qtbot, library, laid, tmp_path):
    return Drawing(qtbot, library, laid, tmp_path)


def button(drawing, name: str) -> QPushButton:
    return drawing.bar.findChild(QPushButton, name)


def test_its_action_begins_and_ends_the_drawing(qtbot, drawing):
    assert not drawing.bar.isVisible()
    drawing.actions["regions"].trigger()
    assert drawing.actions["page_panel"].isChecked(), "a page is to be seen"
    assert drawing.bar.isVisible()
    assert drawing.layer.is_active
    drawing.actions["regions"].trigger()
    assert not drawing.bar.isVisible()
    assert not drawing.layer.is_active


@pytest.mark.parametrize("how", ["Esc", "Done"])
def test_esc_and_done_end_it(qtbot, drawing, how):
    drawing.begin()
    if how == "Esc":
        qtbot.keyClick(drawing.window, Qt.Key.Key_Escape)
    else:
        qtbot.mouseClick(button(drawing, "regionDone"), Qt.MouseButton.LeftButton)
    assert not drawing.actions["regions"].isChecked()
    assert not drawing.layer.is_active


def test_a_change_is_kept_before_it_is_shown_and_told(qtbot, drawing):
    drawing.begin()
    kept = []
    drawing.chosen.changed.connect(lambda it: kept.append((it.batch_id, drawing.library.regions(it.batch_id))))
    drawing.layer.wanted.emit((STAMP,))
    assert kept == [(1, (STAMP,))]
    assert drawing.layer.regions == (STAMP,)


def test_what_could_not_be_kept_is_not_shown(qtbot, drawing):
    drawing.library.__class__ = FullShelf
    drawing.begin()
    drawing.layer.wanted.emit((STAMP,))
    assert drawing.desk.notices.text == "The disk is full. Make room on it."
    assert drawing.layer.regions == ()
    qtbot.waitUntil(lambda: not drawing.desk.history.undo_words)
    assert not button(drawing, "regionUndo").isEnabled()


def test_changes_are_taken_back_one_after_the_other(qtbot, drawing):
    drawing.library.set_regions(1, (FOOT,))
    drawing.begin()
    assert not button(drawing, "regionUndo").isEnabled()
    drawing.layer.wanted.emit((FOOT, STAMP))
    drawing.layer.wanted.emit(())
    drawing.desk.history.undo()
    assert drawing.library.regions(1) == drawing.layer.regions == (FOOT, STAMP)
    qtbot.mouseClick(button(drawing, "regionUndo"), Qt.MouseButton.LeftButton)
    assert drawing.library.regions(1) == drawing.layer.regions == (FOOT,)
    assert not button(drawing, "regionUndo").isEnabled()
    with qtbot.assertNotEmitted(drawing.chosen.changed):
        drawing.desk.history.undo()
    assert drawing.library.regions(1) == (FOOT,)
    drawing.desk.history.redo()
    assert drawing.library.regions(1) == drawing.layer.regions == (FOOT, STAMP)
    assert button(drawing, "regionUndo").isEnabled()


def test_a_change_can_be_undone_after_the_drawing_has_ended_and_its_batch_is_shown(drawing):
    drawing.begin()
    drawing.layer.wanted.emit((STAMP,))
    drawing.chosen.choose_batch(2)
    drawing.begin()
    assert not button(drawing, "regionUndo").isEnabled(), "it is of another batch"
    drawing.desk.history.undo()
    assert drawing.library.regions(1) == ()
    assert drawing.chosen.batch_id == 1


def test_outside_of_the_drawing_its_key_is_free(qtbot, drawing):
    """For Esc leaves other things."""
    free = []
    QShortcut(QKeySequence(Qt.Key.Key_Escape), drawing.window).activated.connect(lambda: free.append(True))

    def press() -> int:
        free.clear()
        qtbot.keyClick(drawing.window, Qt.Key.Key_Escape)
        return len(free)

    assert press() == 1
    drawing.begin().commands.leave()
    assert press() == 1


def test_what_is_taken_back_is_no_longer_chosen(qtbot, drawing):
    drawing.begin()
    drawing.layer.wanted.emit((STAMP,))
    drawing.layer.choose(STAMP)
    drawing.desk.history.undo()
    assert drawing.layer.chosen is None
    assert not drawing.bar.accessibleName().startswith("Region")


def test_another_batch_ends_it(drawing):
    drawing.begin()
    drawing.commands.update()
    assert drawing.layer.is_active, "the batch is the same"
    drawing.chosen.choose_batch(2)
    assert not drawing.layer.is_active
    drawing.chosen.choose_batch(None)
    assert not drawing.actions["regions"].isEnabled()


def test_the_bar_tells_the_chosen_region_and_chooses_what_is_drawn_next(qtbot, drawing):
    drawing.begin()
    drawing.layer.wanted.emit((STAMP,))
    drawing.layer.choose(STAMP)
    assert drawing.bar.accessibleName().startswith("Region 1 of 1, ignored.")
    qtbot.mouseClick(button(drawing, "regionOnly"), Qt.MouseButton.LeftButton)
    assert drawing.layer.chosen is None
    drawing.layer.insert()
    assert drawing.library.regions(1)[1].is_only
