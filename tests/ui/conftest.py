"""Windows, pictures of pages and lists to try them with, in which nothing moves."""

import gc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

import pytest
from desks import clear_desk, lay_desk
from driver import Desk
from fakes import PATIENCE, Gate, Maker, SlowRecognizer, batch_of, end, keep, open_library, quadrants, reading
from PySide6.QtCore import Qt
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QMainWindow
from region_drawing import Person

from ocrdesk.engine.document import Page, PageStatus, Reading
from ocrdesk.engine.thumbnail_files import ThumbnailFiles
from ocrdesk.garbage import collect_due
from ocrdesk.places import find_places
from ocrdesk.ui.kit import motion, tasks
from ocrdesk.ui.kit.tasks import Tasks
from ocrdesk.ui.kit.theme import apply_appearance
from ocrdesk.ui.pages import batch_header, drags
from ocrdesk.ui.pages.page_model import PageModel
from ocrdesk.ui.pages.thumbnails import Thumbnails
from ocrdesk.ui.panel.picture_view import PictureView
from ocrdesk.ui.review import group_view, word_field


@pytest.fixture(autouse=True)
def garbage():
    """Closed dialogs are freed in this thread alone, as in the program, and not in one that reads or loads."""
    gc.disable()
    yield
    collect_due()


@pytest.fixture(autouse=True, scope="module")
def no_garbage():
    """Nothing of the window is left to be freed in a thread of other tests."""
    yield
    gc.collect()
    gc.freeze()  # what tests leave for good, such as reports, need not be looked through at every collection
    gc.enable()


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """The window waits for what is done in a moment, however busy the machine is that runs the tests."""
    monkeypatch.setattr(tasks, "MOMENT", PATIENCE)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Whoever presses keys here has seen the words by then."""
    for module in (word_field, group_view):
        monkeypatch.setattr(module, "SEEN", 0)


@pytest.fixture(autouse=True)
def still(monkeypatch):
    """Nothing moves, as where the desktop asks for less motion."""
    monkeypatch.setattr(motion, "is_wanted", lambda: False)


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def maker() -> Maker:
    """Makes recognizers that read at once; tells which pages were read."""
    return Maker()


@pytest.fixture
def slow(gate) -> Maker:
    """Makes recognizers that stay in each page until the gate lets them go."""
    return Maker(SlowRecognizer, gate)


@pytest.fixture
def open_desk(qtbot, tmp_path, decoder, gate, maker, monkeypatch, empty_library):
    """Opens windows on one and the same library, one after another."""
    monkeypatch.setattr("ocrdesk.ui.window.closing.LOOKS_SECONDS", PATIENCE)  # a window that is deleted must have ended
    opened: list[Desk] = []
    apply_appearance(QApplication.instance(), "light")

    def open_one(maker: Callable[[], object] = maker, paths: Sequence[Path] = (), home: str = "home") -> Desk:
        places = find_places(tmp_path / home)
        opened.append(Desk(qtbot, places, open_library(places.library, empty_library), decoder, maker))
        return opened[-1].show(paths)

    yield open_one
    gate.open()
    for desk in opened:
        desk.quit()


@pytest.fixture
def desk(open_desk) -> Desk:
    return open_desk()


@pytest.fixture
def slow_desk(open_desk, slow) -> Desk:
    return open_desk(slow)


@pytest.fixture
def laid(qtbot, library, decoder, tmp_path):
    """A desk in a window that has its messages and nothing else: for a pane, a room or a family of commands."""
    window = QMainWindow()
    qtbot.addWidget(window)
    desk = lay_desk(window, library, decoder, tmp_path / "desk")
    yield desk
    clear_desk(desk)


# Dragging


class ShortDrag(QDrag):
    """Is let go of at once."""

    done: ClassVar[list["ShortDrag"]] = []

    def exec(self, actions):
        self.actions = actions
        self.done.append(self)
        return Qt.DropAction.IgnoreAction


@pytest.fixture
def dragged(monkeypatch) -> list[ShortDrag]:
    """What was dragged out of views, and let go of at once."""
    monkeypatch.setattr(drags, "QDrag", ShortDrag)
    ShortDrag.done.clear()
    return ShortDrag.done


# Regions


@pytest.fixture
def lanes(qapp):
    """What is done in other threads, ended with the test."""
    lanes = Tasks()
    yield lanes
    end(lanes)


@pytest.fixture
def view(qtbot, decoder, lanes):
    """A picture view of its own, which has the keyboard."""
    view = PictureView(decoder, lanes)
    qtbot.addWidget(view)
    view.resize(420, 640)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.setFocus()
    return view


@pytest.fixture
def show(qtbot, view, scans):
    """Shows a page of some size."""

    def show_one(width=400, height=600, page_id=1):
        path = scans / f"{page_id}.png"
        quadrants(width, height).save(path)
        page = Page(page_id, 1, path, 0, path.name, PageStatus.DONE, width=width, height=height)
        with qtbot.waitSignal(view.loaded):
            view.show_page(page, [])

    return show_one


@pytest.fixture
def person(qtbot, view, show):
    """Somebody who draws on a page."""
    show()
    person = Person(qtbot, view)
    person.layer.set_active(True)
    return person


@pytest.fixture
def thumbnails(qapp, tmp_path, decoder, lanes):
    return Thumbnails(ThumbnailFiles(tmp_path / "thumbnails"), decoder, lanes)


@pytest.fixture
def model(library, thumbnails, lanes) -> PageModel:
    """The pages of a library, without a window."""
    return PageModel(library, thumbnails, lanes)


@pytest.fixture
def read_batch(library):
    """Five pages: done, doubtful, without text, failed, waiting."""
    batch_id, pages = batch_of(library, 5)
    keep(library, pages[0], reading("alpha", "beta", confidence=0.96), seconds=1.25)
    keep(library, pages[1], reading("gamma delta", confidence=0.5), seconds=0.5)
    keep(library, pages[2], Reading((), width=20, height=10), seconds=0.25)
    library.checkpoints.keep_failure(pages[3], "The file is empty. Scan it again.")
    return batch_id, pages


@pytest.fixture(autouse=True)
def quick_hands(monkeypatch):
    """Tests press a button as soon as it is there, which a person cannot."""
    monkeypatch.setattr(batch_header, "TOO_SOON", 0)
