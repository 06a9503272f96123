"""What a person does with large batches, to be measured; for ``window_holds.py``."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from large_library import FOUND
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from ocrdesk.app import desk_of
from ocrdesk.engine.decode import Decoder
from ocrdesk.engine.document import Reading, ReadingOrder
from ocrdesk.engine.export.export import ExportChoices
from ocrdesk.engine.library import Library
from ocrdesk.places import find_places
from ocrdesk.runner import BatchRunner
from ocrdesk.settings import Settings
from ocrdesk.ui.files.export_dialog import ExportDialog
from ocrdesk.ui.files.page_sets import page_sets
from ocrdesk.ui.window.main_window import MainWindow
from ocrdesk.ui.window.menus import PAGE_MENU, menu_on


class Blank:
    """Finds nothing, so that the window is measured and not the recognition."""

    name = "blank"

    def as_wanted(self, mode: object, languages: object = ()) -> "Blank":
        return self

    def read(self, picture: object, turn: int | None = None) -> Reading:
        return Reading((), 64, 88)


class Desk:
    """The window on a copy of the library, and what a person does with it."""

    def __init__(self, home: Path, cache: Path) -> None:
        self.home, self.cache = home, cache
        places = find_places(home)
        self.library = Library(places.library)
        self.decoder = Decoder()
        self.runner = BatchRunner(self.library, self.decoder, Blank, workers=1)
        self.window = MainWindow(desk_of(self.library, self.decoder, self.runner, places), Settings(), lambda _: Blank)
        self.model = self.window.pages_pane.model
        self.pane = self.window.pages_pane
        self.actions = self.window.desk.actions
        self.settings = Settings()
        self.field = self.window.search_commands.field

    def open(self, name: str) -> None:
        batch = next(batch for batch in self.window.desk.batches.batches() if batch.name == name)
        self.window.desk.chosen.choose_batch(batch.id)
        self.until(lambda: self.model.batch_id == batch.id and self.model.rowCount() == batch.counts.total)
        self.rest(0.5)

    def until(self, done: Callable[[], object], seconds: float = 120) -> None:
        end = time.monotonic() + seconds
        while not done():
            QApplication.processEvents()
            time.sleep(0.0005)
            if time.monotonic() > end:
                raise TimeoutError

    def rest(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > end)

    def chip(self, name: str) -> None:
        chip = self.pane.chips.findChild(QPushButton, f"chip{name}")
        assert chip is not None
        chip.click()

    def shows(self, count: int) -> None:
        self.until(lambda: self.model.rowCount() == count)

    def select_all(self) -> None:
        view = self.pane.grid if self.actions["view_grid"].isChecked() else self.pane.table
        view.setFocus()
        QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)

    def count(self, name: str) -> int:
        return next((batch.counts.total for batch in self.window.desk.batches.batches() if batch.name == name), 0)


Act = Callable[[Desk], Iterator[None]]

# The acts. Each is a generator: what stands before its first ``yield`` is made ready, the rest is measured.


def doubtful(desk: Desk) -> Iterator[None]:
    yield
    desk.chip("Doubtful")
    desk.shows(10_000)


def all_again(desk: Desk) -> Iterator[None]:
    yield
    desk.chip("All")
    desk.shows(20_000)


def doubtful_chosen(desk: Desk) -> Iterator[None]:
    """With all pages chosen, which stay chosen."""
    desk.select_all()
    yield
    desk.chip("Doubtful")
    desk.shows(10_000)


def all_chosen(desk: Desk) -> Iterator[None]:
    """Back again: 10,000 pieces, each of one page, stay chosen."""
    yield
    desk.chip("All")
    desk.shows(20_000)


def search(desk: Desk) -> Iterator[None]:
    """In every batch, a word that most pages have."""
    desk.pane.selection.clear()
    desk.until(lambda: not desk.library.search.not_indexed(), seconds=900)
    yield
    desk.field.setText(FOUND)
    desk.until(lambda: desk.window.search.list.place is not None)
    desk.rest(2)


def search_again(desk: Desk) -> Iterator[None]:
    yield
    desk.field.setText("strasse num")
    desk.rest(2)


def search_walk(desk: Desk) -> Iterator[None]:
    """From place to place, into other batches."""
    yield
    for _ in range(8):
        desk.actions["next_place"].trigger()
        desk.rest(0.4)


def search_no_more(desk: Desk) -> Iterator[None]:
    yield
    desk.field.setText("")
    desk.rest(1)
    desk.open("Letters")


def select_all(desk: Desk) -> Iterator[None]:
    yield
    desk.select_all()


def context_menu(desk: Desk) -> Iterator[None]:
    desk.select_all()
    yield
    menu = menu_on(desk.window, PAGE_MENU, desk.actions)
    menu.popup(desk.window.rect().center())
    desk.rest(0.2)
    menu = desk.actions["page_reading_order"].menu()
    assert menu is not None
    menu.popup(desk.window.rect().center())
    desk.rest(0.2)
    menu.close()
    menu.close()


def table(desk: Desk) -> Iterator[None]:
    yield
    desk.actions["view_table"].trigger()


def sort(desk: Desk) -> Iterator[None]:
    desk.pane.selection.clear()
    yield
    for column in (4, 2, 3):
        desk.pane.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
        desk.rest(0.7)


def sort_chosen(desk: Desk) -> Iterator[None]:
    """With every second page chosen."""
    desk.chip("Doubtful")
    desk.shows(10_000)
    desk.select_all()
    desk.chip("All")
    desk.shows(20_000)
    desk.rest(0.3)
    yield
    desk.pane.table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    desk.rest(1.5)


def grid(desk: Desk) -> Iterator[None]:
    desk.pane.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    desk.rest(1)
    yield
    desk.actions["view_grid"].trigger()


def other_batch(desk: Desk) -> Iterator[None]:
    yield
    desk.open("Volume 1")
    desk.open("Letters")


def reading_order(desk: Desk) -> Iterator[None]:
    desk.select_all()
    yield
    desk.window.reading_order_commands.page_reading_order(ReadingOrder.ROWS)
    desk.rest(2)


def counts(desk: Desk) -> Iterator[None]:
    """Not a hold of its own: what each look at a batch's counts takes."""
    batch_id = desk.window.desk.chosen.batch_id
    assert batch_id is not None
    begun = time.perf_counter()
    for _ in range(10):
        desk.library.batch(batch_id)
    print(f"    counts of 20,000 pages: {(time.perf_counter() - begun) * 100:.1f} ms", flush=True)
    yield
    desk.window.desk.batches.follow(batch_id)


def export_names(desk: Desk) -> Iterator[None]:
    out = desk.cache / "out"
    out.mkdir(exist_ok=True)
    page_ids = desk.library.page_ids(desk.window.desk.chosen.batch_id or 0)
    first = next(iter(desk.library.pages(page_ids[:1]).values()))
    (out / f"{first.path.stem}.txt").touch()
    choices, sets = ExportChoices("txt", out, "{stem}"), page_sets(desk.window.desk)()
    yield
    dialog = ExportDialog(desk.window.desk, choices, sets, desk.window.desk.tasks.lane())
    dialog.open()
    desk.rest(0.5)
    template = dialog.findChild(QLineEdit, "exportTemplate")
    assert template is not None
    for letter in "-{page}":
        template.setText(template.text() + letter if letter != "{" else template.text())
        desk.rest(0.1)
    template.setText("{stem}")
    desk.rest(3)
    dialog.reject()


def open_saved(desk: Desk) -> Iterator[None]:
    yield
    before = desk.window.desk.chosen.batch_id
    desk.window.save_commands.open_batch([desk.cache / "saved.ocrdesk"])
    desk.until(lambda: desk.window.desk.chosen.batch_id != before)
    desk.rest(1)


def run(desk: Desk) -> Iterator[None]:
    """Retries all 20,000 that failed, and watches them being read for a while."""
    desk.open("Failed")
    yield
    desk.actions["retry_failed"].trigger()
    desk.until(lambda: desk.runner.batch_id is not None)
    desk.rest(8)


def run_filtered(desk: Desk) -> Iterator[None]:
    yield
    desk.chip("Done")
    desk.rest(4)
    desk.chip("All")
    desk.rest(1)


def cancel(desk: Desk) -> Iterator[None]:
    yield
    desk.actions["cancel"].trigger()
    desk.until(lambda: desk.runner.batch_id is None)
    desk.rest(1)


def turn(desk: Desk) -> Iterator[None]:
    desk.open("Letters")
    desk.select_all()
    yield
    desk.actions["turn_right"].trigger()
    desk.rest(3)
    desk.actions["cancel"].trigger()
    desk.until(lambda: desk.runner.batch_id is None)
    desk.rest(1)


def remove_pages(desk: Desk) -> Iterator[None]:
    desk.open("Letters")
    desk.select_all()
    yield
    desk.actions["remove_pages"].trigger()
    desk.until(lambda: not desk.count("Letters"))
    desk.rest(0.5)


def put_pages_back(desk: Desk) -> Iterator[None]:
    yield
    desk.actions["undo"].trigger()
    desk.until(lambda: desk.count("Letters") == 20_000)
    desk.rest(0.5)


def remove_batch(desk: Desk) -> Iterator[None]:
    desk.open("Invoices")
    yield
    desk.actions["remove_batch"].trigger()
    desk.until(lambda: not desk.count("Invoices"))
    desk.rest(0.5)


def remove_for_good(desk: Desk) -> Iterator[None]:
    yield
    desk.actions["remove_for_good"].trigger()
    desk.until(lambda: not desk.library.removing.hidden())
    desk.rest(0.5)


ACTS = (
    doubtful, all_again, doubtful_chosen, all_chosen, search, search_again, search_walk, search_no_more, select_all,
    context_menu, table, sort, sort_chosen, grid, other_batch, counts, export_names, reading_order,
    open_saved, run, run_filtered, cancel, turn, remove_pages, put_pages_back,
    remove_batch, remove_for_good,
)  # fmt: skip
