import re
from dataclasses import replace

import pytest
from desks import clear_desk, lay_desk
from fakes import batch_of, broken_image, draw_pages, keep, line, quadrants
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPixmap, QTextCharFormat
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsPolygonItem,
    QLabel,
    QMainWindow,
    QPushButton,
    QSplitter,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ocrdesk.engine.document import OWN_TEXT, Mode, Reading, ReadingOrder, Source, mixed_name
from ocrdesk.engine.facts import Fact
from ocrdesk.engine.layout.regions import Region
from ocrdesk.ui.kit.theme import apply_appearance, token
from ocrdesk.ui.pages.thumbnails import Thumbnails
from ocrdesk.ui.panel.page_panel import PagePanel
from ocrdesk.ui.panel.page_view import SIDE_BY_SIDE, PageView

TWO_COLUMNS = Reading(
    tuple(
        line(
            f"{side} {row}",
            left=left,
            top=20.0 * row,
            width=150,
            confidence=0.5 if (side, row) == ("right", 1) else 0.95,
        )
        for row in range(4)
        for side, left in (("left", 10), ("right", 220))
    ),
    width=400,
    height=200,
)
IN_ORDER = [f"{side} {row}" for side in ("left", "right") for row in range(4)]


@pytest.fixture
def laid(qtbot, library, decoder, tmp_path):
    window = QMainWindow()
    qtbot.addWidget(window)
    desk = lay_desk(window, library, decoder, tmp_path)
    yield desk
    clear_desk(desk)


@pytest.fixture
def actions(laid):
    return laid.actions


@pytest.fixture
def view(qtbot, library, laid):
    """The page in its panel, the text as it is printed."""
    library.doubtful_below = 0.9
    laid.choices.set("text/printed", True)
    view = PageView(laid, Thumbnails(laid.thumbnails, laid.decoder, laid.tasks))
    panel = PagePanel(laid, view)
    qtbot.addWidget(panel)
    panel.resize(400, 600)
    with qtbot.waitActive(panel):
        panel.show()
    return view


@pytest.fixture
def page_id(library, scans):
    path = scans / "page.png"
    quadrants(400, 200).save(path)
    _, pages = batch_of(library, [Source(path, "letters/page.png")], scans)
    keep(library, pages[0], TWO_COLUMNS, seconds=1.26)
    return pages[0]


def show(qtbot, view, page_id):
    with qtbot.waitSignal(view.picture.loaded):
        view.show_page(page_id)


def text_view(view) -> QTextEdit:
    return view.window().findChild(QTextEdit, "textView")


def words(view, name: str) -> str:
    return view.window().findChild(QLabel, name).text()


def facts(view) -> list[str]:
    return re.sub(r"<[^>]*>", "", words(view, "pageFacts")).split(" · ")


def button_of(view, action) -> QToolButton:
    return next(button for button in view.window().findChildren(QToolButton) if button.defaultAction() is action)


def lines_on(view) -> list[QGraphicsPolygonItem]:
    return [item for item in view.picture.scene().items() if isinstance(item, QGraphicsPolygonItem)]


def framed(view) -> list[int]:
    """The numbers of the lines that are framed as chosen on the picture."""
    return sorted(item.data(0) for item in lines_on(view) if item.pen().widthF() == 2)


def marked_text(view) -> list[str]:
    """The lines of the text that have a ground of their own."""
    return [
        mark.cursor.block().text()
        for mark in text_view(view).extraSelections()
        if mark.format.background().style() != Qt.BrushStyle.NoBrush
    ]


def underlined(view) -> list[str]:
    marks = text_view(view).extraSelections()
    return [
        mark.cursor.selectedText()
        for mark in marks
        if mark.format.underlineStyle() is QTextCharFormat.UnderlineStyle.WaveUnderline
    ]


def test_the_text_stands_in_reading_order_and_doubtful_lines_are_underlined(qtbot, view, page_id):
    show(qtbot, view, page_id)
    assert text_view(view).toPlainText().split("\n") == IN_ORDER
    assert text_view(view).isVisible()
    assert underlined(view) == ["right 1"]
    assert words(view, "pageName") == "letters/page.png"
    assert facts(view) == ["1 word to check", "8 lines", "read in Accurate"]
    assert token("amber").name() in words(view, "pageFacts")
    assert view.window().findChild(QLabel, "pageFacts").toolTip() == "88 % confidence · read in 1.3 s"


@pytest.mark.parametrize(
    ("turn", "wanted", "said"),
    [
        (0, None, []),
        (90, None, ["turned 90° right"]),
        (180, None, ["turned by 180°"]),
        (270, None, ["turned 90° left"]),
        (90, 90, ["turned 90° right by you"]),
        (180, 180, ["turned by 180° by you"]),
        (270, 270, ["turned 90° left by you"]),
        (90, 180, ["turned 90° right"]),  # it is still seen as its lines said
        (0, 0, []),
    ],
)
def test_it_says_how_a_page_is_turned_and_by_whom(library, view, page_id, turn, wanted, said):
    if wanted is not None:
        library.runs.turn_pages([page_id], wanted)
    keep(library, page_id, replace(TWO_COLUMNS, turn=turn))
    view.show_page(page_id)
    assert facts(view)[3:] == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (OWN_TEXT, ["text from the PDF"]),
        (mixed_name("fake"), ["partly text from the PDF", "read in Accurate"]),
        (mixed_name("fake fast"), ["partly text from the PDF", "read in Fast"]),
        ("fake", ["read in Accurate"]),
        ("fake fast", ["read in Fast"]),
    ],
)
def test_it_says_which_text_a_pdf_had_itself_and_how_the_rest_was_read(library, view, page_id, name, said):
    library.checkpoint(page_id, TWO_COLUMNS, seconds=1.0, rotation=0, recognizer=name)
    view.show_page(page_id)
    assert facts(view)[2:] == said


def test_it_says_in_which_mode_a_page_waits_to_be_read(library, view, page_id):
    library.runs.read_in_mode([page_id], Mode.FAST)
    view.show_page(page_id)
    assert "to be read in Fast" in facts(view)
    assert "read in Accurate" not in facts(view), "that is no longer what counts"


def test_the_buttons_above_the_picture_turn_the_page(qtbot, view, page_id, actions):
    show(qtbot, view, page_id)
    for action in (actions["turn_left"], actions["turn_right"]):
        (button,) = (button for button in view.window().findChildren(QToolButton) if button.defaultAction() is action)
        assert button.accessibleName() == action.text()
        with qtbot.waitSignal(action.triggered):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        action.setEnabled(False)
        assert not button.isEnabled()


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


def test_a_failed_page_says_why_and_offers_a_retry(qtbot, library, view, actions, scans):
    path = broken_image(scans / "page.png")
    _, pages = batch_of(library, [Source(path, path.name)], scans)
    library.checkpoint_failure(pages[0], "The picture is damaged. Scan it again, then retry.")
    show(qtbot, view, pages[0])
    assert words(view, "pageMessage") == "The picture is damaged"
    assert words(view, "pageAdvice") == "Scan it again, then retry."
    assert not text_view(view).isVisible()
    assert view.picture.isVisible(), "what is there of its picture is seen"
    button = view.window().findChild(QPushButton, "panelRetry")
    with qtbot.waitSignal(actions["retry"].triggered):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    button_of(view, actions["zoom_in"]).setFocus()
    view.focus_text()
    assert button.hasFocus()


def test_why_a_page_failed_stays_a_heading_when_the_view_comes_to_another_parent(qtbot, library, view, scans):
    apply_appearance(QApplication.instance(), "light")
    _, pages = batch_of(library, [Source(broken_image(scans / "page.png"), "page.png")], scans)
    library.checkpoint_failure(pages[0], "The picture is damaged. Scan it again, then retry.")
    show(qtbot, view, pages[0])
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    QVBoxLayout(other).addWidget(view)
    QApplication.processEvents()
    heading = other.findChild(QLabel, "pageMessage")
    assert heading.isVisible()
    assert heading.font().weight() == QFont.Weight.DemiBold


def test_a_failed_page_without_any_picture_has_the_room_to_itself(qtbot, library, view, scans):
    path = scans / "page.png"
    path.write_bytes(b"")
    _, pages = batch_of(library, [Source(path, path.name)], scans)
    library.checkpoint_failure(pages[0], "The file is empty (0 bytes). Copy or scan it again, then retry.")
    show(qtbot, view, pages[0])
    assert words(view, "pageMessage") == "The file is empty (0 bytes)"
    assert not view.picture.isVisible()
    names = ("panelRetry", "panelShowFile", "panelRemove", "panelUnlock")
    buttons = {name: view.findChild(QPushButton, name) for name in names}
    assert [button.text() for button in buttons.values() if button.isVisible()] == ["Read again", "Show file", "Remove"]


def test_pages_without_text_say_what_is_the_case(library, view, scans):
    paths = draw_pages(scans, 3)
    batch_id, pages = batch_of(library, [Source(path, path.name) for path in paths], scans)
    keep(library, pages[0], Reading((), width=20, height=10))
    library.runs.queue(batch_id)
    assert library.runs.claim_next(batch_id).id == pages[1]
    said = {}
    for page_id in (None, *pages):
        view.show_page(page_id)
        said[page_id] = words(view, "pageMessage")
        assert not view.window().findChild(QPushButton, "panelRetry").isVisible()
        assert not text_view(view).isVisible()
    assert list(said.values()) == [
        "Select a page to see its picture and its text.",
        "No text was found on this page.",
        "This page is being read…",
        "This page has not been read yet.",
    ]


def test_a_page_in_which_nothing_could_be_read_says_that_it_is_doubtful_and_why(qtbot, library, view, page_id):
    keep(library, page_id, Reading((), width=400, height=200, unread=1.0))
    show(qtbot, view, page_id)
    assert facts(view) == ["To check", "read in Accurate"]
    assert words(view, "pageRemark") == Fact.MUCH_UNREAD()
    assert view.window().findChild(QLabel, "pageRemark").isVisible()


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


def test_a_setting_that_changes_what_is_doubtful_is_followed(qtbot, library, view, page_id):
    show(qtbot, view, page_id)
    marked = view.picture.grab().toImage()
    library.doubtful_below = 0.4
    view.refresh()
    assert view.picture.grab().toImage() != marked, "the picture is marked as the text is"
    assert facts(view) == ["8 lines", "read in Accurate"]
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
    assert "rows (receipts, tables)" in words(view, "pageFacts")
    library.texts.set_reading_order_of_pages([page_id], None)
    view.refresh()
    assert text_view(view).toPlainText().split("\n") == IN_ORDER


def test_what_lies_in_an_ignored_region_is_left_out_and_counted(qtbot, library, view, page_id):
    show(qtbot, view, page_id)
    page = library.page(page_id)
    library.texts.set_regions(page.batch_id, [Region(0.5, 0, 1, 1)])
    view.refresh()
    assert text_view(view).toPlainText().split("\n") == [text for text in IN_ORDER if text.startswith("left")]
    assert "4 ignored" in words(view, "pageFacts")
    assert view.picture.regions.regions == (Region(0.5, 0, 1, 1),)
    assert view.window().findChild(QLabel, "regionCount").text() == "4 of 8 lines of this page are ignored."


def test_the_lines_can_be_numbered(qtbot, view, page_id, actions):
    show(qtbot, view, page_id)
    before = view.picture.grab().toImage()
    actions["number_lines"].setChecked(True)
    assert view.picture.grab().toImage() != before
    actions["number_lines"].setChecked(False)
    assert view.picture.grab().toImage() == before


def test_a_page_that_regions_leave_nothing_of_says_so(library, view, page_id):
    library.texts.set_regions(library.page(page_id).batch_id, [Region(0, 0, 1, 1)])
    view.show_page(page_id)
    assert words(view, "pageMessage") == "All text of this page is ignored by regions of its batch."


# The text


def entry(actions, as_printed):
    return dict(actions.choices("text_layout"))[as_printed]


def test_the_text_is_shown_in_paragraphs_or_as_it_is_printed_and_that_is_kept(qtbot, view, page_id, actions, laid):
    show(qtbot, view, page_id)
    entry(actions, False).trigger()
    assert text_view(view).toPlainText() == " ".join(IN_ORDER)
    assert underlined(view) == ["right 1"]
    assert laid.choices.get("text/printed") is False
    assert button_of(view, actions["text_layout"]).text() == "As paragraphs"
    entry(actions, True).trigger()
    assert text_view(view).toPlainText().split("\n") == IN_ORDER
    assert button_of(view, actions["text_layout"]).text() == "As printed"
    assert laid.choices.get("text/printed") is True


def test_the_text_has_a_size_of_its_own_which_is_kept(qtbot, view, page_id, actions, laid):
    show(qtbot, view, page_id)
    sizes = []
    for action in ("text_smaller", "text_smaller", "text_smaller", *["text_larger"] * 5):
        actions[action].trigger()
        sizes.append(text_view(view).document().defaultFont().pixelSize())
    assert sizes == [14, 13, 13, 14, 15, 17, 20, 20]
    assert laid.choices.get("text/size") == 20
    assert [button_of(view, actions[name]).text() for name in ("text_smaller", "text_larger")] == ["A−", "A+"]


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


def test_where_there_is_little_room_words_go_and_symbols_stay(qtbot, view, actions):
    button = button_of(view, actions["regions"])
    styles = []
    for width in (360, 800, 360):
        view.window().resize(width, 600)
        styles.append(button.toolButtonStyle())
    words, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
    assert styles == [alone, words, alone]
    assert button.text() == "Regions"


def test_how_large_the_picture_is_shown_is_told_and_a_click_on_it_fits_it(qtbot, view, page_id, actions):
    show(qtbot, view, page_id)
    percent = view.window().findChild(QToolButton, "zoomPercent")
    fitting = percent.text()
    assert fitting == f"{round(100 * view.picture.transform().m11())} %"
    actions["zoom_in"].trigger()
    assert percent.text() == f"{round(100 * view.picture.transform().m11())} %" != fitting
    qtbot.mouseClick(percent, Qt.MouseButton.LeftButton)
    assert percent.text() == fitting


def test_a_small_picture_stands_in_until_the_large_one_is_there(qtbot, view, page_id, laid, monkeypatch):
    small = QPixmap(40, 20)
    monkeypatch.setattr(view._thumbnails, "get", lambda page: small)
    view.show_page(page_id)
    assert view.picture.has_anything
    assert not view.picture.has_picture
    qtbot.waitUntil(lambda: view.picture.has_picture)
