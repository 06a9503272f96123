"""A window on a library of its own, driven with the mouse, keys and drops of a person."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import shiboken6
from fakes import FIRST_WIDTH, PATIENCE, Gate, batch_of, broken_image, draw_pages, keep, reading
from PySide6.QtCore import QCoreApplication, QItemSelectionModel, QMimeData, QModelIndex, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QPushButton, QToolButton, QWidget

from ocrdesk.app import desk_of
from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Batch, Page, Source
from ocrdesk.engine.facts import Fact
from ocrdesk.engine.library import Library, PageFilter
from ocrdesk.places import Places
from ocrdesk.runner import BatchRunner, RunState
from ocrdesk.settings import load_settings
from ocrdesk.ui.desk.batch_model import BATCH_ROLE, STATE_ROLE
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.kit.file_names import url_of
from ocrdesk.ui.pages.page_model import PAGE_ROLE
from ocrdesk.ui.window.main_window import MainWindow


class Enter(QDragEnterEvent):
    """Comes from a widget of this program, or from another program."""

    origin: QWidget | None

    def source(self):
        return self.origin


class Desk:
    """The program as ``app.py`` builds it, with a recognizer of the test's choice."""

    def __init__(self, qtbot, places: Places, library: Library, decoder: Decoder, maker: Callable[[], object]) -> None:
        self.qtbot = qtbot
        self.places, self.library = places, library
        settings = load_settings(places.settings)
        self.runner = BatchRunner(self.library, decoder, maker, workers=1)
        desk = desk_of(self.library, decoder, self.runner, self.places)
        self.window = MainWindow(desk, replace(settings, workers=1), lambda settings: maker)
        self.actions = desk.actions
        self.model = self.window.pages_pane.grid.model()
        self.said = ""
        self._is_open = True

    def show(self, paths: Sequence[Path] = ()) -> "Desk":
        with self.qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.window.begin(paths)
        return self

    def quit(self) -> None:
        """Closes the window and ends the program as ``app.py`` does."""
        if not self._is_open:
            return
        self._is_open = False
        if not self.window.closing.has_begun:
            self.window.close()
        self.until(lambda: self.window.closing.is_over)
        ended = self.runner.close(PATIENCE)
        QCoreApplication.processEvents()
        shiboken6.delete(self.window)
        shiboken6.delete(self.runner)
        self.library.close()
        assert ended, "a page is still being read"

    # What a person sees

    def child(self, name: str, kind: type = QWidget) -> QWidget:
        found = self.window.findChild(kind, name)
        assert found is not None, f"there is no {kind.__name__} “{name}”"
        return found

    def action(self, name: str) -> QAction:
        return self.child(name, QAction)

    @property
    def notice(self) -> str:
        """The message in the window, empty when there is none."""
        return self.window.desk.notices.text if self.window.desk.notices.isVisible() else ""

    @property
    def state(self) -> str:
        """The words under the batch's name."""
        return self.child("batchState", QLabel).text()

    @property
    def shown(self) -> list[str]:
        """The names of the pages in grid and table, in order."""
        return [self.model.index(row, 0).data() for row in range(self.model.rowCount())]

    @property
    def chosen(self) -> list[str]:
        """The names of the chosen pages."""
        selection = self.window.pages_pane.selection
        return sorted(index.data() for index in selection.selectedRows())

    @property
    def batches(self) -> list[str]:
        """The names of the batches in the list, from the top."""
        rows = self.child("batchList").model()
        return [
            rows.index(row).data() for row in range(rows.rowCount()) if rows.index(row).data(BATCH_ROLE) is not None
        ]

    # What the library holds

    def batch(self, name: str = "scans") -> Batch | None:
        return next((batch for batch in self.library.batches() if batch.name == name), None)

    def statuses(self, name: str = "scans") -> list[str]:
        batch = self.batch(name)
        page_ids = self.library.page_ids(batch.id) if batch else []
        pages = self.library.pages(page_ids)
        return [pages[page_id].status.value for page_id in page_ids if page_id in pages]

    def page(self, page_name: str, name: str = "scans") -> Page:
        pages = self.library.pages(self.library.page_ids(self.batch(name).id))
        return next(page for page in pages.values() if page.name == page_name)

    # What a person does

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        QApplication.processEvents()  # as between two keys of a person

    def type(self, words: str) -> None:
        self.qtbot.keyClicks(QApplication.focusWidget(), words)

    def answer(self, words: str) -> None:
        """Clicks a button of the notice."""
        buttons = [button for button in self.window.desk.notices.findChildren(QPushButton) if button.text() == words]
        assert buttons, f"the notice “{self.notice}” has no button “{words}”"
        self.qtbot.mouseClick(buttons[-1], Qt.MouseButton.LeftButton)

    def index_of(self, name: str) -> QModelIndex:
        """The row of a batch in the list."""
        batches = self.window.desk.batches
        self.until(lambda: batches.row_of(self.batch(name).id) is not None)
        return batches.index(batches.row_of(self.batch(name).id))

    def show_batch(self, name: str) -> None:
        """Chooses a batch in the list."""
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect  # Qt's own way adds it if it takes Ctrl for held
        self.child("batchList").selectionModel().setCurrentIndex(self.index_of(name), only)

    def choose(self, *names: str) -> None:
        """Clicks pages of the grid, the second and later ones with Ctrl held."""
        grid = self.window.pages_pane.grid
        self.until(lambda: set(names) <= set(self.shown))
        for number, name in enumerate(names):
            index = self.model.index(self.shown.index(name), 0)
            grid.scrollTo(index)
            held = Qt.KeyboardModifier.ControlModifier if number else Qt.KeyboardModifier.NoModifier
            place = grid.visualRect(index).center()
            self.qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, held, place)

    def click(self, action: str) -> None:
        """Clicks the button of an action, or chooses it in the menu of the button that has it."""
        wanted = self.action(action)
        seen = [button for button in self.window.findChildren(QToolButton) if button.isVisible()]
        buttons = [button for button in seen if button.defaultAction() is wanted]
        if buttons:
            self.qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
            return
        menu = next((its.menu() for its in seen if its.menu() and wanted in its.menu().actions()), None)
        assert menu is not None, f"there is no button for {action}"
        menu.popup(self.window.rect().center())
        self.qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(wanted).center())

    def right_click(self, view: QAbstractItemView, row: int, choose: str) -> None:
        """Opens the context menu on a row and chooses an entry."""
        place = view.visualRect(view.model().index(row, 0)).center()

        def choose_entry():
            menu = QApplication.activePopupWidget()
            entry = next(action for action in menu.actions() if action.text() == choose)
            self.qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())

        self.qtbot.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=place)
        QTimer.singleShot(0, choose_entry)
        globally = view.viewport().mapToGlobal(place)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, globally)
        QApplication.sendEvent(view.viewport(), event)

    def drop(
        self, *paths: Path, on: QWidget | None = None, at: QPoint | None = None, source: QWidget | None = None
    ) -> bool:
        """Drags files over a widget (the middle of the window) and lets go; gives whether they were taken.

        They come from another program, or from ``source``.
        """
        data = QMimeData()
        data.setUrls([url_of(path) for path in paths])
        return self.let_go(data, on, at, source)

    def let_go(
        self, data: QMimeData, on: QWidget | None = None, at: QPoint | None = None, source: QWidget | None = None
    ) -> bool:
        """Drags anything over a widget and lets go; gives whether it was taken. ``said`` is what was said meanwhile."""
        on = on or self.window
        place = (
            self.window.rect().center()
            if at is None and on is self.window
            else on.mapTo(self.window, at if at is not None else on.rect().center())
        )
        target = self.window.childAt(place) or self.window
        at_target = QPointF(target.mapFrom(self.window, place))
        rest = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
        enter = Enter(at_target.toPoint(), actions, *rest)
        enter.origin = source
        enter.ignore()
        self.said = ""
        QApplication.sendEvent(target, enter)
        if not enter.isAccepted():
            return False
        move = QDragMoveEvent(at_target.toPoint(), actions, *rest)
        QApplication.sendEvent(target, move)
        offer = self.child("dropVeil").offer
        self.said = offer.words if offer is not None else ""
        if not move.isAccepted():
            QApplication.sendEvent(target, QDragLeaveEvent())
            return False
        QApplication.sendEvent(target, QDropEvent(at_target, actions, *rest))
        return True

    def show_read(self, folder: Path, count: int, *, failed: int = 0) -> list[int]:
        """Shows a batch of drawn pages, read as ``FakeRecognizer`` reads them, and gives their numbers.

        They were read in an earlier session, as it were: for tests in which it is no matter how pages come to be read.
        Some more pages failed, because they are cut off.
        """
        paths = draw_pages(folder, count)
        paths += [broken_image(folder / f"{count + number}.png") for number in range(1, failed + 1)]
        sources = [Source(path, path.name, 0, path.stat().st_size, path.stat().st_mtime_ns) for path in paths]
        batch_id, page_ids = batch_of(self.library, sources, folder)
        for width, page_id in enumerate(page_ids[:count], FIRST_WIDTH):
            keep(self.library, page_id, reading(f"width {width}", width=width, height=10))
        for page_id in page_ids[count:]:
            self.library.checkpoints.keep_failure(page_id, Fact.PICTURE_MISSING())
        self.window.desk.chosen.tell(Change(None))
        self.window.desk.chosen.choose_batch(batch_id)
        self.until(lambda: len(self.shown) == len(paths))
        return page_ids

    # Waiting

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()))

    def until_reading(self, gate: Gate) -> None:
        """Until a recognizer holds a page."""
        self.until(lambda: gate.inside == 1)

    def until_read(self, name: str = "scans", pages: int | None = None) -> None:
        """Until every page of a batch has ended and the window says so, in the list and wherever else it shows it."""

        def is_read() -> bool:
            batch = self.batch(name)
            if batch is None or pages not in (None, batch.counts.total) or self.runner.state is not RunState.IDLE:
                return False
            batches = self.child("batchList").model()
            rows = [batches.index(row) for row in range(batches.rowCount())]
            in_list = [row.data(BATCH_ROLE) for row in rows if row.data(STATE_ROLE) in ("Done", "Done with problems")]
            return batch in in_list and (self.window.desk.chosen.batch_id != batch.id or self._is_shown(batch))

        self.until(is_read)

    def _is_shown(self, batch: Batch) -> bool:
        shown = [self.model.index(row, 0).data(PAGE_ROLE) for row in range(self.model.rowCount())]
        kept = self.library.pages(page.id for page in shown)
        is_whole = (
            self.model.show is not PageFilter.ALL or self.model.among is not None or len(shown) == batch.counts.total
        )
        words = " · ".join(self.window.desk.batches.headline_of(batch))
        return is_whole and [kept.get(page.id) for page in shown] == shown and self.state == words
