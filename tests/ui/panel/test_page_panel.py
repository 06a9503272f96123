from dataclasses import replace

import pytest
from desks import clear_desk, lay_desk
from fakes import batch_of, broken_image, draw_pages, keep, line, quadrants
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsPolygonItem,
    QGraphicsSceneHoverEvent,
    QLabel,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
)

from ocrdesk.engine.document import OWN_TEXT, Reading, ReadingOrder, Source, mixed_name
from ocrdesk.engine.facts import Fact
from ocrdesk.engine.layout.regions import Region
from ocrdesk.ui.panel.page_panel import PagePanel

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
def panel(qtbot, library, laid):
    library.doubtful_below = 0.9
    panel = PagePanel(laid)
    qtbot.addWidget(panel)
    panel.resize(400, 600)
    with qtbot.waitActive(panel):
        panel.show()
    return panel


@pytest.fixture
def page_id(library, scans):
    path = scans / "page.png"
    quadrants(400, 200).save(path)
    _, pages = batch_of(library, [Source(path, "letters/page.png")], scans)
    keep(library, pages[0], TWO_COLUMNS, seconds=1.26)
    return pages[0]


def show(qtbot, panel, page_id):
    with qtbot.waitSignal(panel.picture.loaded):
        panel.show_page(page_id)


def text_view(panel) -> QPlainTextEdit:
    return panel.findChild(QPlainTextEdit, "textView")


def words(panel, name: str) -> str:
    return panel.findChild(QLabel, name).text()


def tool(panel, words: str) -> QToolButton:
    return next(button for button in panel.findChildren(QToolButton) if button.toolTip() == words)


def marked_line(panel) -> int | None:
    """The number of the line that stands out in the picture."""
    items = [item for item in panel.picture.scene().items() if isinstance(item, QGraphicsPolygonItem)]
    strong = max(item.brush().color().alpha() for item in items)
    marked = [item.data(0) for item in items if item.brush().color().alpha() == strong]
    return marked[0] if len(marked) == 1 else None


def marked_text(panel) -> list[str]:
    """The lines of the text that have a ground of their own."""
    return [
        mark.cursor.block().text()
        for mark in text_view(panel).extraSelections()
        if mark.format.background().style() != Qt.BrushStyle.NoBrush
    ]


def underlined(panel) -> list[str]:
    marks = text_view(panel).extraSelections()
    return [
        mark.cursor.selectedText()
        for mark in marks
        if mark.format.underlineStyle() is QTextCharFormat.UnderlineStyle.WaveUnderline
    ]


def test_the_text_stands_in_reading_order_and_doubtful_lines_are_underlined(qtbot, panel, page_id):
    show(qtbot, panel, page_id)
    assert text_view(panel).toPlainText().split("\n") == IN_ORDER
    assert text_view(panel).isVisible()
    assert underlined(panel) == ["right 1"]
    assert words(panel, "pageName") == "letters/page.png"
    facts = words(panel, "pageFacts").split(" · ")
    assert facts == ["Doubtful", "8 lines", "88 % confidence", "1.3 s"]


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
def test_it_says_how_a_page_is_turned_and_by_whom(library, panel, page_id, turn, wanted, said):
    if wanted is not None:
        library.runs.turn_pages([page_id], wanted)
    keep(library, page_id, replace(TWO_COLUMNS, turn=turn))
    panel.show_page(page_id)
    assert words(panel, "pageFacts").split(" · ")[4:] == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (OWN_TEXT, ["text from the PDF", "1.0 s"]),
        (mixed_name("fake"), ["partly text from the PDF", "88 % confidence"]),
        ("fake", ["88 % confidence", "1.0 s"]),
    ],
)
def test_it_says_which_text_a_pdf_had_itself(library, panel, page_id, name, said):
    library.checkpoint(page_id, TWO_COLUMNS, seconds=1.0, rotation=0, recognizer=name)
    panel.show_page(page_id)
    assert words(panel, "pageFacts").split(" · ")[2:4] == said


def test_the_buttons_above_the_picture_turn_the_page(qtbot, panel, page_id, actions):
    show(qtbot, panel, page_id)
    for action in (actions["turn_left"], actions["turn_right"]):
        (button,) = (button for button in panel.findChildren(QToolButton) if button.defaultAction() is action)
        assert button.accessibleName() == action.text()
        with qtbot.waitSignal(action.triggered):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        action.setEnabled(False)
        assert not button.isEnabled()


def test_copy_copies_the_whole_text_in_reading_order(qtbot, panel, page_id):
    show(qtbot, panel, page_id)
    QApplication.clipboard().setText("before")
    qtbot.mouseClick(tool(panel, "Copy the text of this page"), Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == " ".join(IN_ORDER), "as one paragraph"


def test_a_click_on_a_line_of_the_picture_marks_it_on_both_sides(qtbot, panel, page_id):
    show(qtbot, panel, page_id)
    number = IN_ORDER.index("right 2")
    place = panel.picture.mapFromScene(300, 45)
    qtbot.mouseClick(panel.picture.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert marked_line(panel) == number
    assert marked_text(panel) == ["right 2"]
    assert text_view(panel).textCursor().block().text() == "right 2"
    assert underlined(panel) == ["right 1"], "the doubtful line stays underlined"


def test_the_cursor_in_the_text_marks_the_line_on_the_picture(qtbot, panel, page_id):
    show(qtbot, panel, page_id)
    panel.focus_text()
    qtbot.keyClick(text_view(panel), Qt.Key.Key_Down)
    qtbot.keyClick(text_view(panel), Qt.Key.Key_Down)
    assert marked_line(panel) == 2
    assert marked_text(panel) == ["left 2"]


def test_the_lines_on_the_picture_can_be_switched_off(qtbot, panel, page_id):
    show(qtbot, panel, page_id)
    qtbot.mouseClick(tool(panel, "Show the lines on the picture"), Qt.MouseButton.LeftButton)
    items = [item for item in panel.picture.scene().items() if isinstance(item, QGraphicsPolygonItem)]
    assert len(items) == 8
    assert not any(item.isVisible() for item in items)


def test_a_failed_page_says_why_and_offers_a_retry(qtbot, library, panel, actions, scans):
    path = broken_image(scans / "page.png")
    _, pages = batch_of(library, [Source(path, path.name)], scans)
    library.checkpoint_failure(pages[0], "The picture is damaged. Scan it again, then retry.")
    show(qtbot, panel, pages[0])
    assert words(panel, "pageMessage") == "The picture is damaged. Scan it again, then retry."
    assert not text_view(panel).isVisible()
    assert not panel.picture.isVisible(), "there is no picture to be seen"
    button = panel.findChild(QPushButton, "panelRetry")
    with qtbot.waitSignal(actions["retry"].triggered):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    tool(panel, "Larger").setFocus()
    panel.focus_text()
    assert button.hasFocus()


def test_pages_without_text_say_what_is_the_case(library, panel, scans):
    paths = draw_pages(scans, 3)
    batch_id, pages = batch_of(library, [Source(path, path.name) for path in paths], scans)
    keep(library, pages[0], Reading((), width=20, height=10))
    library.runs.queue(batch_id)
    assert library.runs.claim_next(batch_id).id == pages[1]
    said = {}
    for page_id in (None, *pages):
        panel.show_page(page_id)
        said[page_id] = words(panel, "pageMessage")
        assert not panel.findChild(QPushButton, "panelRetry").isVisible()
        assert not text_view(panel).isVisible()
    assert list(said.values()) == [
        "Select a page to see its picture and its text.",
        "No text was found on this page.",
        "This page is being read…",
        "This page has not been read yet.",
    ]


def test_a_page_in_which_nothing_could_be_read_says_that_it_is_doubtful_and_why(qtbot, library, panel, page_id):
    keep(library, page_id, Reading((), width=400, height=200, unread=1.0))
    show(qtbot, panel, page_id)
    assert words(panel, "pageFacts").startswith("Doubtful")
    assert words(panel, "pageRemark") == Fact.MUCH_UNREAD()
    assert panel.findChild(QLabel, "pageRemark").isVisible()


def test_a_page_that_is_read_while_it_is_shown_gets_its_text(qtbot, library, panel, scans):
    paths = draw_pages(scans, 1)
    _, pages = batch_of(library, [Source(path, path.name) for path in paths], scans)
    show(qtbot, panel, pages[0])
    keep(library, pages[0], TWO_COLUMNS)
    panel.refresh()
    assert text_view(panel).isVisible()
    assert text_view(panel).toPlainText().startswith("left 0")
    library.remove_pages(pages)
    panel.refresh()
    assert panel.page_id is None
    assert not text_view(panel).isVisible()


def test_a_setting_that_changes_what_is_doubtful_is_followed(qtbot, library, panel, page_id):
    show(qtbot, panel, page_id)
    library.doubtful_below = 0.4
    panel.refresh()
    assert words(panel, "pageFacts").startswith("Done")
    assert underlined(panel) == []


def test_reading_on_does_not_take_the_cursor_away(qtbot, panel, page_id):
    show(qtbot, panel, page_id)
    panel.focus_text()
    qtbot.keyClick(text_view(panel), Qt.Key.Key_Down)
    panel.refresh()
    assert text_view(panel).textCursor().blockNumber() == 1


# Order, paragraphs and regions


def test_paragraphs_are_parted_by_an_empty_line_and_lines_are_found_all_the_same(qtbot, library, panel, page_id):
    lower = [line("lower 0", 0, 300, 200, 12), line("lower 1", 0, 330, 200, 12)]
    keep(library, page_id, Reading((line("upper", 0, 0, 200, 12), *lower), width=400, height=400))
    show(qtbot, panel, page_id)
    assert text_view(panel).toPlainText() == "upper\n\nlower 0\nlower 1"
    panel.focus_text()
    for _ in range(3):
        qtbot.keyClick(text_view(panel), Qt.Key.Key_Down)
    assert marked_line(panel) == 2
    panel.picture.line_chosen.emit(1)
    assert text_view(panel).textCursor().block().text() == "lower 0"
    assert [mark.cursor.selectedText() for mark in text_view(panel).extraSelections()] == ["lower 0"]


def test_another_way_of_reading_is_seen_at_once(qtbot, library, panel, page_id):
    show(qtbot, panel, page_id)
    library.texts.set_reading_order_of_pages([page_id], ReadingOrder.ROWS)
    panel.refresh()
    assert text_view(panel).toPlainText().split("\n")[0] == "left 0\tright 0"
    assert "rows (receipts, tables)" in words(panel, "pageFacts")
    library.texts.set_reading_order_of_pages([page_id], None)
    panel.refresh()
    assert text_view(panel).toPlainText().split("\n") == IN_ORDER


def test_what_lies_in_an_ignored_region_is_left_out_and_counted(qtbot, library, panel, page_id):
    show(qtbot, panel, page_id)
    page = library.page(page_id)
    library.texts.set_regions(page.batch_id, [Region(0.5, 0, 1, 1)])
    panel.refresh()
    assert text_view(panel).toPlainText().split("\n") == [text for text in IN_ORDER if text.startswith("left")]
    assert "4 ignored" in words(panel, "pageFacts")
    assert panel.picture.regions.regions == (Region(0.5, 0, 1, 1),)
    assert panel.findChild(QLabel, "regionCount").text() == "4 of 8 lines of this page are ignored."


def test_the_lines_can_be_numbered(qtbot, panel, page_id, actions):
    show(qtbot, panel, page_id)
    before = panel.picture.grab().toImage()
    actions["number_lines"].setChecked(True)
    assert panel.picture.grab().toImage() != before
    actions["number_lines"].setChecked(False)
    assert panel.picture.grab().toImage() == before


def test_a_line_under_the_pointer_stands_out_and_says_its_text(qtbot, panel, page_id):
    show(qtbot, panel, page_id)
    items = {item.data(0): item for item in panel.picture.scene().items() if isinstance(item, QGraphicsPolygonItem)}
    first = items[0]
    assert first.toolTip().startswith("left 0\n")
    before = first.brush().color().alpha()
    first.hoverEnterEvent(QGraphicsSceneHoverEvent())
    assert first.brush().color().alpha() > before
    first.hoverLeaveEvent(QGraphicsSceneHoverEvent())
    assert first.brush().color().alpha() == before


def test_a_page_that_regions_leave_nothing_of_says_so(library, panel, page_id):
    library.texts.set_regions(library.page(page_id).batch_id, [Region(0, 0, 1, 1)])
    panel.show_page(page_id)
    assert words(panel, "pageMessage") == "All text of this page is ignored by regions of its batch."
