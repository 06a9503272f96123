"""What other programs get when pages are dragged to them."""

import os
import sys
from pathlib import Path

import pytest
from fakes import batch_of, draw_pages, keep, many_frames, reading
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QColor, QDrag, QGuiApplication, QPalette, QPixmap
from PySide6.QtWidgets import QListView

from ocrdesk.engine.document import Reading, Source
from ocrdesk.ui.kit.dragged import PAGES, numbers_of
from ocrdesk.ui.pages import drags
from ocrdesk.ui.pages.drags import DraggedPages, drag_rows

COPY = Qt.DropAction.CopyAction


def test_the_text_is_that_of_the_pages_in_their_order(library):
    _, pages = batch_of(library, 4)
    keep(library, pages[0], reading("alpha", "beta"))
    keep(library, pages[1], Reading((), width=20, height=10))
    keep(library, pages[2], reading("gamma"))
    data = DraggedPages(library, [pages[2], *pages])
    assert data.hasText()
    assert data.text() == f"gamma\n\n{library.texts.of(pages[0]).flowing}\n\ngamma"
    assert bytes(data.data("text/plain")).decode() == data.text()


def test_files_are_given_once_and_only_where_they_are_there(library, scans):
    png, gone = draw_pages(scans, 2)
    gone.unlink()
    odd = draw_pages(scans, 1)[0].rename(scans / "Übung #1 %20.png")
    tif = many_frames(scans / "fax.tif", 20, 21)
    draw_pages(scans, 1)
    sources = [Source(path, path.name, frame) for path, frame in ((tif, 1), (png, 0), (gone, 0), (odd, 0), (tif, 0))]
    _, pages = batch_of(library, sources, scans)
    data = DraggedPages(library, pages)
    assert data.hasUrls()
    assert [url.toLocalFile() for url in data.urls()] == [str(path) for path in (tif, png, odd)]
    assert bytes(data.data("text/uri-list")).decode().split() == [path.as_uri() for path in (tif, png, odd)]
    library.remove_pages(pages[:1])
    assert len(DraggedPages(library, pages[:2]).urls()) == 1, "a page removed meanwhile is left out"


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode elsewhere")
def test_a_file_whose_name_is_no_unicode_is_given_by_its_bytes(library, scans):
    path = Path(os.fsdecode(os.fsencode(scans) + b"/\xff.png"))
    path.write_bytes(b"")
    _, pages = batch_of(library, [Source(path, "?.png")], scans)
    assert bytes(DraggedPages(library, pages).data("text/uri-list")).strip().endswith(b"/%FF.png")


def test_of_a_page_that_came_in_a_batch_file_only_a_picture_is_given(library, scans):
    good, text = draw_pages(scans, 2)
    program = draw_pages(scans, 1, first=3)[0].rename(scans / "3.desktop")
    text.write_text("[Desktop Entry]")
    _, pages = batch_of(library, [Source(path, path.name) for path in (good, text, program)], scans)
    assert len(DraggedPages(library, pages).urls()) == 3
    with library._connection.write() as db:
        db.execute("UPDATE page SET brought = 1")
    assert [url.toLocalFile() for url in DraggedPages(library, pages).urls()] == [str(good)]


def test_nothing_is_looked_up_before_a_program_asks_and_nothing_twice(library, monkeypatch):
    _, pages = batch_of(library, 2)
    keep(library, pages[0], reading("alpha"))
    asked = []
    of, read = library.texts.of, library.pages
    monkeypatch.setattr(library.texts, "of", lambda page_id: asked.append("text") or of(page_id))
    monkeypatch.setattr(library, "pages", lambda page_ids: asked.append("files") or read(page_ids))
    data = DraggedPages(library, pages[:1])
    assert data.formats() == ["text/plain", "text/uri-list", PAGES]
    assert numbers_of(data, PAGES) == pages[:1]
    assert not data.hasFormat("text/html")
    assert asked == []
    for _ in range(2):
        data.text()
        data.urls()
    assert sorted(asked) == ["files", "text"]
    assert data.html() == ""


@pytest.mark.parametrize(("more", "said"), [(0, ""), (1, "of 1 more page is"), (1900, "of 1,900 more pages is")])
def test_of_very_many_pages_the_first_are_given_and_what_is_missing_is_said(library, monkeypatch, more, said):
    asked = []
    monkeypatch.setattr(library.texts, "flowing", lambda page_ids: asked.extend(page_ids) or "alpha")
    text = DraggedPages(library, range(drags.MOST_AS_TEXT + more)).text()
    assert asked == list(range(drags.MOST_AS_TEXT))
    assert text == (f"alpha\n\n[The text {said} not given here. Export gives the text of all.]" if said else "alpha")


# The picture under the pointer


class Pages(QStringListModel):
    """Rows with a red thumbnail each, but for the last."""

    def __init__(self) -> None:
        super().__init__(["one", "two", "three", "none"])
        self.thumbnail = QPixmap(200, 300)
        self.thumbnail.fill("red")

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        if role == Qt.ItemDataRole.DecorationRole:
            return self.thumbnail if index.row() < 3 else None
        return super().data(index, role)


@pytest.fixture
def drag(qtbot, dragged):
    """Drags rows of a view; gives the drag."""
    view = QListView()
    qtbot.addWidget(view)
    model = Pages()
    model.setParent(view)
    view.setModel(model)

    def drag_some(*rows: int) -> QDrag:
        drag_rows(view, rows, COPY)
        return dragged.pop()

    return drag_some


def colours(drag: QDrag) -> set[str]:
    image = drag.pixmap().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_the_thumbnail_is_dragged_where_it_is_held(drag):
    one = drag(0)
    assert one.actions == COPY
    assert one.pixmap().rect().contains(one.hotSpot())
    assert one.pixmap().toImage().pixelColor(one.hotSpot()) == QColor("red")
    assert max(one.pixmap().width(), one.pixmap().height()) < 150


def test_a_pile_is_seen_of_several_and_how_many(drag):
    one, two, three = drag(0), drag(0, 1), drag(0, 1, 2)
    assert one.pixmap().width() < two.pixmap().width() < three.pixmap().width()
    blue = QGuiApplication.palette().color(QPalette.ColorRole.Highlight).name()
    assert blue in colours(three)
    assert blue not in colours(one)


def test_a_page_without_a_thumbnail_is_a_blank_sheet(drag):
    sheet = drag(3)
    blank = QGuiApplication.palette().color(QPalette.ColorRole.Base)
    assert sheet.pixmap().toImage().pixelColor(sheet.hotSpot()) == blank
