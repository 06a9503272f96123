"""The page that is looked at: its picture and its text."""

from dataclasses import replace

import pytest
from fakes import batch_of, draw_pages, keep, line
from page_views import (
    IN_ORDER,
    TWO_COLUMNS,
    button_of,
    facts,
    framed,
    lines_on,
    marked_text,
    show,
    text_view,
    underlined,
    words,
)
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QSplitter

from ocrdesk.engine.document import PageStatus, Reading, ReadingOrder, Source, Word
from ocrdesk.engine.geometry import slices_of
from ocrdesk.engine.search.query import parse
from ocrdesk.ui.kit import motion
from ocrdesk.ui.panel.page_split import SIDE_BY_SIDE
from ocrdesk.ui.panel.picture_item import PictureItem


def test_the_text_stands_in_reading_order_and_doubtful_lines_are_underlined(qtbot, view, page_id):
    show(qtbot, view, page_id)
    assert text_view(view).toPlainText().split("\n") == IN_ORDER
    assert text_view(view).isVisible()
    assert underlined(view) == ["right 1"]
    assert words(view, "pageName") == "letters/page.png"
    assert facts(view) == ["1 to check", "8 lines"]
    assert view.facts[1] == "amber"
    assert (
        view.window()
        .findChild(QLabel, "pageFacts")
        .toolTip()
        .startswith("88 % confidence · read in Accurate · took 1.3 s · ")
    )


def test_copy_copies_the_whole_text_in_reading_order(qtbot, view, page_id, actions):
    show(qtbot, view, page_id)
    QApplication.clipboard().setText("before")
    qtbot.mouseClick(button_of(view, actions["copy_page"]), Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == " ".join(IN_ORDER), "as one paragraph"


def test_a_click_on_a_line_of_the_picture_marks_it_on_both_sides(qtbot, view, page_id):
    show(qtbot, view, page_id)
    number = IN_ORDER.index("right 2")
    place = view.picture.mapFromScene(300, 45)
    qtbot.mouseClick(view.picture.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert framed(view) == [number]
    assert marked_text(view) == ["right 2"]
    assert text_view(view).textCursor().block().text() == "right 2"
    assert underlined(view) == ["right 1"], "the doubtful line stays underlined"


def test_the_cursor_in_the_text_marks_the_line_on_the_picture(qtbot, view, page_id):
    show(qtbot, view, page_id)
    view.focus_text()
    qtbot.keyClick(text_view(view), Qt.Key.Key_Down)
    qtbot.keyClick(text_view(view), Qt.Key.Key_Down)
    assert framed(view) == [2]
    assert marked_text(view) == ["left 2"]


def test_all_lines_can_be_framed_on_the_picture(qtbot, view, page_id, actions):
    show(qtbot, view, page_id)
    assert {item.pen().style() for item in lines_on(view)} == {Qt.PenStyle.NoPen}
    qtbot.mouseClick(button_of(view, actions["show_lines"]), Qt.MouseButton.LeftButton)
    assert len(lines_on(view)) == 8
    assert {item.pen().style() for item in lines_on(view)} == {Qt.PenStyle.SolidLine}


def test_a_page_that_is_read_while_it_is_shown_gets_its_text(qtbot, library, view, scans):
    paths = draw_pages(scans, 1)
    _, pages = batch_of(library, [Source(path, path.name) for path in paths], scans)
    show(qtbot, view, pages[0])
    keep(library, pages[0], TWO_COLUMNS)
    view.refresh()
    assert text_view(view).isVisible()
    assert text_view(view).toPlainText().startswith("left 0")
    library.remove_pages(pages)
    view.refresh()
    assert view.page_id is None
    assert not text_view(view).isVisible()


def test_a_word_that_is_accepted_is_no_longer_marked(qtbot, library, view, page_id):
    read = line("sure doubtful", width=120)
    first, second = slices_of(read.polygon, [(0, 0.4), (0.5, 1)])
    read = replace(read, words=(Word("sure", 0.95, first), Word("doubtful", 0.5, second)))
    keep(library, page_id, Reading((read,), width=400, height=200))
    show(qtbot, view, page_id)
    marked = view.picture.grab().toImage()
    assert underlined(view) == ["doubtful"]
    library.user_words.add("Doubtful,")
    library.texts.renew([page_id])
    view.refresh()
    assert view.picture.grab().toImage() != marked, "the picture is marked as the text is"
    assert facts(view) == ["1 line"]
    assert underlined(view) == []


def test_reading_on_does_not_take_the_cursor_away(qtbot, view, page_id):
    show(qtbot, view, page_id)
    view.focus_text()
    qtbot.keyClick(text_view(view), Qt.Key.Key_Down)
    view.refresh()
    assert text_view(view).textCursor().blockNumber() == 1


# Order, paragraphs and regions


def test_paragraphs_are_parted_by_an_empty_line_and_lines_are_found_all_the_same(qtbot, library, view, page_id):
    lower = [line("lower 0", 0, 300, 200, 12), line("lower 1", 0, 330, 200, 12)]
    keep(library, page_id, Reading((line("upper", 0, 0, 200, 12), *lower), width=400, height=400))
    show(qtbot, view, page_id)
    assert text_view(view).toPlainText() == "upper\n\nlower 0\nlower 1"
    view.focus_text()
    for _ in range(3):
        qtbot.keyClick(text_view(view), Qt.Key.Key_Down)
    assert framed(view) == [2]
    view.picture.line_pressed.emit(1, Qt.KeyboardModifier.NoModifier)
    assert text_view(view).textCursor().block().text() == "lower 0"
    assert [mark.cursor.selectedText() for mark in text_view(view).extraSelections()] == ["lower 0"]


def test_another_way_of_reading_is_seen_at_once(qtbot, library, view, page_id):
    show(qtbot, view, page_id)
    library.texts.set_reading_order_of_pages([page_id], ReadingOrder.ROWS)
    view.refresh()
    assert text_view(view).toPlainText().split("\n")[0] == "left 0\tright 0"
    assert "Rows (receipts, tables)" in words(view, "pageFacts")
    library.texts.set_reading_order_of_pages([page_id], None)
    view.refresh()
    assert text_view(view).toPlainText().split("\n") == IN_ORDER


def test_the_lines_can_be_numbered(qtbot, view, page_id, actions):
    show(qtbot, view, page_id)
    before = view.picture.grab().toImage()
    actions["number_lines"].setChecked(True)
    assert view.picture.grab().toImage() != before
    actions["number_lines"].setChecked(False)
    assert view.picture.grab().toImage() == before


# Its place


def test_picture_and_text_stand_side_by_side_from_a_width_on(qtbot, view, page_id):
    show(qtbot, view, page_id)
    split = view.findChild(QSplitter, "pageSplitter")
    assert split.orientation() is Qt.Orientation.Vertical
    view.window().resize(SIDE_BY_SIDE, 600)
    assert split.orientation() is Qt.Orientation.Horizontal
    view.window().resize(SIDE_BY_SIDE - 1, 600)
    assert split.orientation() is Qt.Orientation.Vertical


def test_how_they_share_the_room_is_kept_for_each_way_of_standing(qtbot, view, page_id, laid):
    show(qtbot, view, page_id)
    split = view.findChild(QSplitter, "pageSplitter")

    def share():
        picture, text = split.sizes()
        return 100 * picture / (picture + text)

    assert share() == pytest.approx(58, abs=2)
    split.moveSplitter(round(split.height() * 0.4), 1)
    view.window().resize(SIDE_BY_SIDE, 600)
    assert share() == pytest.approx(56, abs=2)
    view.window().resize(400, 600)
    assert share() == pytest.approx(40, abs=2)
    assert laid.choices.get("picture/above") == pytest.approx(40, abs=2)


def test_the_panel_is_neither_too_narrow_nor_too_wide(view):
    panel = view.window()
    assert (panel.minimumWidth(), panel.maximumWidth()) == (360, 960)


def test_a_picture_that_is_there_is_seen_before_the_text_is_laid_out(qtbot, library, view, page_id, scans, monkeypatch):
    (scans / "other.png").write_bytes((scans / "page.png").read_bytes())
    _, (other,) = batch_of(library, [Source(scans / "other.png", "letters/other.png")], scans / "second")
    keep(library, other, TWO_COLUMNS)
    for number in (other, page_id):
        show(qtbot, view, number)
    happened, faded = [], []
    monkeypatch.setattr(motion, "fade_away", lambda widget, over: faded.append(widget))
    paint, show_text = PictureItem.paint, view.text.show_text
    monkeypatch.setattr(PictureItem, "paint", lambda *given: happened.append("picture") or paint(*given))
    monkeypatch.setattr(view.text, "show_text", lambda *text, **how: happened.append("text") or show_text(*text, **how))
    view.show_page(other)
    assert happened[:2] == ["picture", "text"]
    assert faded == [], "nothing lies over it that has to go first"
    happened.clear()
    library.texts.set_reading_order_of_pages([other], ReadingOrder.ROWS)
    view.refresh()
    assert happened[:1] == ["text"], "the same page is painted when Qt sees fit"
    view.show_page(None)
    assert len(faded) == 1


def test_a_small_picture_stands_in_until_the_large_one_is_there(qtbot, view, page_id, laid, monkeypatch):
    small = QPixmap(40, 20)
    monkeypatch.setattr(view._thumbnails, "get", lambda page: small)
    view.show_page(page_id)
    assert view.picture.has_anything
    assert not view.picture.has_picture
    qtbot.waitUntil(lambda: view.picture.has_picture)


def test_what_was_found_is_brought_into_view_on_both_sides_also_on_the_next_page(qtbot, library, view, page_id, scans):
    seen = []
    view.text.see_word = lambda word: seen.append(("text", word.line))
    view.picture.see_word = lambda word: seen.append(("picture", word.line))
    show(qtbot, view, page_id)
    assert seen == []
    view.show_found(parse("right"))
    number = IN_ORDER.index("right 0")
    assert seen == [("text", number), ("picture", number)]
    view.show_page(None)
    seen.clear()
    show(qtbot, view, page_id)
    assert seen == [("text", number), ("picture", number)]


def test_of_a_failed_page_there_is_no_empty_place_for_a_picture(qtbot, library, view, page_id, scans, monkeypatch):
    show(qtbot, view, page_id)
    assert view.picture.isVisible()
    (scans / "empty.png").touch()
    _, (broken,) = batch_of(library, [Source(scans / "empty.png", "empty.png")], scans)
    failed = replace(library.page(broken), status=PageStatus.FAILED)
    monkeypatch.setattr(library, "page", lambda _: failed)
    with qtbot.waitSignal(view.picture.loaded):
        view.show_page(broken)
        assert not view.picture.isVisible()
    failed = replace(failed, seconds=1.0)
    view.refresh()
    assert not view.picture.isVisible()
