"""The room of the report: what it shows of a batch, and that each number leads to its pages."""

import pytest
from fakes import batch_of, draw_pages, keep, reading
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from saved_reports import BLURRED, kept_scan

from ocrdesk.engine.facts import Fact
from ocrdesk.engine.library.doubts import Scope
from ocrdesk.ui.desk.chosen import Change
from ocrdesk.ui.report import report_room
from ocrdesk.ui.report.bar_chart import BarChart
from ocrdesk.ui.report.report_page import ReportPage
from ocrdesk.ui.report.report_room import ReportRoom


@pytest.fixture
def batch(library, scans):
    """Four pages: one to check, one blurred, one failed, one blank."""
    draw_pages(scans, 4)
    batch_id, pages = batch_of(library, 4, scans)
    keep(library, pages[0], reading("two words", confidence=0.4))
    kept_scan(library, pages[1], reading("five words on a page"), BLURRED)
    library.checkpoints.keep_failure(pages[2], Fact.FILE_EMPTY())
    keep(library, pages[3], reading())
    return batch_id, pages


@pytest.fixture
def room(qtbot, laid, batch):
    room = ReportRoom(laid)
    laid.window.centralWidget().layout().addWidget(room, 1)
    with qtbot.waitExposed(laid.window):
        laid.window.resize(1100, 760)
        laid.window.show()
    room.open_room(batch[0], Scope(batch[0]), "Receipts", "Receipts")
    return room


def page_of(room):
    (page,) = room.findChildren(ReportPage)
    return page


def said(room):
    return [label.text() for label in room.findChildren(QLabel)]


def wanted(qtbot, room, act):
    """The pages that something leads to."""
    with qtbot.waitSignal(page_of(room).pages_wanted) as caught:
        act()
    return caught.args


def test_it_says_what_the_batch_is_worth(room):
    assert {"4", "pages", "7", "words", "1", "word to check", "page failed", "Blurred"} <= set(said(room))
    assert "Report on Receipts" in said(room)


@pytest.mark.parametrize(
    ("name", "places"), [("pages", [0, 1, 2, 3]), ("to_check", [0]), ("failed", [2]), ("without_text", [3])]
)
def test_each_number_leads_to_its_pages(qtbot, room, batch, name, places):
    figure = room.findChild(QPushButton, f"figure_{name}")
    page_ids, _ = wanted(qtbot, room, lambda: qtbot.mouseClick(figure, Qt.MouseButton.LeftButton))
    assert page_ids == tuple(batch[1][place] for place in places)


def test_a_number_of_none_leads_nowhere(room):
    assert not room.findChild(QPushButton, "figure_turned").isEnabled()


def test_a_bar_leads_to_the_pages_of_its_words(qtbot, room, batch):
    chart = room.findChildren(BarChart)[0]
    place = chart.place_of(0).center().toPoint()
    page_ids, what = wanted(qtbot, room, lambda: qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place))
    assert (page_ids, what) == ((batch[1][0],), "How sure the words are")


def test_a_bar_of_nothing_leads_nowhere(qtbot, room):
    chart = room.findChildren(BarChart)[0]
    with qtbot.assertNotEmitted(page_of(room).pages_wanted):
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.place_of(4).center().toPoint())


def test_pages_to_scan_again_are_shown_with_their_pictures(qtbot, room, batch):
    (card,) = page_of(room).cards
    qtbot.waitUntil(lambda: any(label.pixmap().width() > 1 for label in card.findChildren(QLabel)))
    page_ids, _ = wanted(qtbot, room, lambda: qtbot.mouseClick(card, Qt.MouseButton.LeftButton))
    assert page_ids == (batch[1][1],)


def test_going_to_pages_leaves_the_report_and_says_what_they_are(qtbot, room, laid, batch):
    with qtbot.waitSignal(laid.chosen.some_pages_wanted) as caught, qtbot.waitSignal(room.opened):
        qtbot.mouseClick(room.findChild(QPushButton, "scanAgain"), Qt.MouseButton.LeftButton)
    assert caught.args == [(batch[1][1],), "Scan these again", None]
    assert not room.is_open


def test_it_follows_what_changes_a_moment_later(qtbot, room, laid, batch, monkeypatch):
    monkeypatch.setattr(report_room, "REFRESH", 0)
    (card,) = page_of(room).cards
    qtbot.waitUntil(lambda: bool(room._images))
    keep(laid.library, batch[1][3], reading("now three words"))
    laid.chosen.tell(Change(batch[0], frozenset(batch[1][3:])))
    assert "7" in said(room), "it is made in another thread"
    qtbot.waitUntil(lambda: "10" in said(room))
    (again,) = page_of(room).cards
    assert again is not card
    assert any(label.pixmap().width() > 1 for label in again.findChildren(QLabel))


def test_what_changes_elsewhere_or_nothing_leaves_it_as_it_is(qtbot, room, laid, batch, monkeypatch):
    monkeypatch.setattr(report_room, "REFRESH", 0)
    page = page_of(room)
    laid.chosen.tell(Change(batch[0] + 1))
    assert not room._soon.isActive()
    laid.chosen.tell(Change(batch[0]))
    qtbot.waitUntil(lambda: not room._soon.isActive() and room._lane.has_ended)
    assert page_of(room) is page


def test_it_is_left_when_its_batch_goes(room, laid, batch):
    laid.library.removing.hide(batch[0])
    laid.chosen.tell(Change(None))
    assert not room.is_open


def test_escape_goes_back(qtbot, room):
    with qtbot.waitSignal(room.opened) as caught:
        qtbot.keyClick(room, Qt.Key.Key_Escape)
    assert caught.args == [False]


def test_it_is_copied_as_text(qtbot, room):
    qtbot.mouseClick(room.findChild(QPushButton, "reportCopy"), Qt.MouseButton.LeftButton)
    assert "1 word to check" in QGuiApplication.clipboard().text()


@pytest.mark.parametrize(("name", "there"), [("r.html", "r.html"), ("r", "r.html"), ("r.json", "r.json")])
def test_it_is_saved(qtbot, room, tmp_path, monkeypatch, name, there):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / name), ""))
    qtbot.mouseClick(room.findChild(QPushButton, "reportSave"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: (tmp_path / there).exists())
    assert b"Receipts" in (tmp_path / there).read_bytes()


def test_where_there_is_little_room_drawings_stand_below_each_other(qtbot, room, laid):
    first, second = room.findChildren(BarChart)

    def is_below() -> bool:
        return second.mapTo(room, QPoint()).y() > first.mapTo(room, QPoint()).y()

    assert not is_below()
    laid.window.resize(700, 760)
    qtbot.waitUntil(is_below)
    assert max(chart.mapTo(room, QPoint(chart.width(), 0)).x() for chart in (first, second)) <= room.width()


def test_names_with_markup_are_plain(qtbot, room, laid, batch):
    room.open_room(batch[0], Scope(batch[0]), "<b>bold</b>", "<b>bold</b> & more")
    assert "Report on <b>bold</b>" in said(room)
    assert room.findChild(QPushButton, "reportBack").text() == "<b>bold</b> && more"


def test_another_look_gives_it_other_colours_and_keeps_the_place(qtbot, room, laid):
    before = page_of(room)
    room.recolour()
    qtbot.waitUntil(lambda: room.findChildren(ReportPage)[-1] is not before)
