"""Texts that are read from right to left in the panel."""

import pytest
from fakes import cell, line
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPixmap

from ocrdesk.engine.document import Line, Word
from ocrdesk.engine.geometry import slices_of
from ocrdesk.engine.layout.page_text import PageText, Paragraph, Table
from ocrdesk.ui.panel.line_crop import LineCrop, Picture
from ocrdesk.ui.panel.line_field import LineField
from ocrdesk.ui.panel.page_text_view import PageTextView
from ocrdesk.ui.panel.shown_text import ShownText
from ocrdesk.ui.panel.text_shapes import outline, widest_row

LEFT, RIGHT = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight

LONG = "הואיל והכרה בכבוד הטבעי אשר לכל בני משפחת האדם " * 3
TABLE = Table(
    (
        (cell(line("פריט")), cell(line("מחיר"))),
        (cell(line("מסב כדורי")), cell(line("384.50"))),
        (cell(line("Office")), cell(line("9"))),
    ),
    runs_left=True,
)
TEXT = PageText(
    (
        Paragraph(((line("שלום עולם יפה"),), (line(LONG.strip()),)), True, runs_left=True),
        TABLE,
        Paragraph(((line("An English abstract"),),), True),
        Paragraph(((line("17"),),), False),
    )
)


@pytest.fixture
def view(qtbot):
    view = PageTextView()
    qtbot.addWidget(view)
    view.resize(600, 500)
    with qtbot.waitActive(view):
        view.show()
    return view


def shown(view, *, as_printed):
    view.show_text(ShownText(TEXT, as_printed=as_printed))
    return view


def edges_of(view, words):
    """The left and the right end of words on the screen."""
    found = view.document().find(words)
    ends = []
    for place in (found.selectionStart(), found.selectionEnd()):
        found.setPosition(place)
        ends.append(view.cursorRect(found).center().x())
    return min(ends), max(ends)


def right_edge(view):
    return view.viewport().width() - view.document().documentMargin()


@pytest.mark.parametrize("as_printed", [True, False])
def test_rows_begin_at_the_right_edge_and_those_of_english_at_the_left(view, as_printed):
    shown(view, as_printed=as_printed)
    for words in ("שלום", "פריט", "מסב", "17"):
        assert edges_of(view, words)[1] == pytest.approx(right_edge(view), abs=4), words
    view.horizontalScrollBar().setValue(0)
    assert edges_of(view, "An English")[0] == pytest.approx(view.document().documentMargin(), abs=4)


def test_cells_stand_under_each_other_from_the_right(view):
    shown(view, as_printed=False)
    heads, figures = edges_of(view, "מחיר"), edges_of(view, "384.50")
    assert heads[1] == pytest.approx(figures[1], abs=2) == edges_of(view, "9")[1]
    assert figures[1] < edges_of(view, "מסב כדורי")[0]


def test_a_row_that_is_wider_than_its_room_is_seen_from_its_beginning(view):
    shown(view, as_printed=True)
    assert view.horizontalScrollBar().maximum() > 0
    assert view.horizontalScrollBar().value() == view.horizontalScrollBar().maximum()
    view.resize(500, 500)
    assert view.horizontalScrollBar().value() == view.horizontalScrollBar().maximum()


def test_a_list_is_no_wider_than_its_room(view):
    text = PageText((Paragraph(((line(LONG.strip()),),), False, runs_left=True), TABLE))
    view.show_text(ShownText(text, as_printed=False))
    assert view.horizontalScrollBar().maximum() == 0
    assert edges_of(view, "הואיל")[1] == pytest.approx(right_edge(view), abs=4)


def test_the_row_of_a_line_that_is_edited_keeps_the_direction_of_the_others():
    text = ShownText(TEXT, as_printed=True)
    assert [text.is_leftwards(row, words) for row, words in enumerate(text.text.split("\n"))] == [
        True, True, False, True, True, True, False, False, False, False,
    ]  # fmt: skip
    for number in range(len(text.lines)):
        opened = text.opened(number)
        rows = opened.text.split("\n")
        found = [words for row, words in enumerate(rows) if words.strip() and opened.is_leftwards(row, words)]
        assert found == [words for words in rows if "\t" in words or any("א" <= letter <= "ת" for letter in words)]


def test_the_frame_of_a_line_reaches_from_its_left_end_to_its_right_one(view):
    shown(view, as_printed=False)
    begin, end = view.shown.span(0)
    frame = outline(view.document(), (begin, end)).boundingRect()
    left, right = edges_of(view, "שלום עולם יפה")
    assert frame.width() == pytest.approx(right - left, abs=10)
    assert frame.width() > right - left > 50, "it is a little wider, and not narrower"


def test_a_double_click_finds_the_letter_that_was_clicked(qtbot, view):
    shown(view, as_printed=False)
    left, right = edges_of(view, "עולם")
    with qtbot.waitSignal(view.edit_wanted) as wanted:
        found = view.document().find("עולם")
        y = view.cursorRect(found).center().y()
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint((left + right) // 2, y))
    number, place = wanted.args
    assert number == 0
    assert 5 <= place <= 8


def test_the_widest_row_is_as_wide_as_its_cells_and_what_is_between_them(qapp):
    metrics = QFontMetricsF(qapp.font())
    assert widest_row("one\nthree four", metrics) == metrics.horizontalAdvance("three four")
    gap = metrics.horizontalAdvance("00")
    assert widest_row("one\ttwo", metrics) == pytest.approx(
        metrics.horizontalAdvance("one") + gap + metrics.horizontalAdvance("two")
    )


# The line that is edited


@pytest.fixture
def field(qtbot):
    field = LineField()
    qtbot.addWidget(field)
    field.resize(200, 30)
    with qtbot.waitActive(field):
        field.show()
    return field


@pytest.mark.parametrize(
    ("text", "page_runs_left", "direction"),
    [
        ("שלום עולם", False, LEFT),
        ("שלום Office", True, LEFT),
        ("The word שלום", False, RIGHT),
        ("Office 365", True, RIGHT),
        ("", True, LEFT),
        ("", False, RIGHT),
    ],
)
def test_the_field_is_read_as_its_line_is(field, text, page_runs_left, direction):
    field.show_text(text, [], 15, page_runs_left=page_runs_left)
    assert field.layoutDirection() == direction


def test_a_new_line_turns_with_what_is_typed_in_it(field):
    field.show_text("", [], 15, page_runs_left=True)
    field.setText("Off")
    assert field.layoutDirection() == RIGHT
    field.setText("Off של")
    assert field.layoutDirection() == LEFT


def test_a_doubtful_word_is_selected_and_the_caret_before_it(field):
    field.show_text(LONG, [(6, 11)], 15, page_runs_left=True)
    field.choose((6, 11))
    assert field.selectedText() == LONG[6:11]
    assert field.place == 6
    assert field.cursorPosition() == 6
    assert field.word_here() == 0
    field.grab()  # Qt scrolls when it paints
    assert field.rect().contains(field.cursorRect().center())


# Its picture


def measured(text):
    polygon = ((10, 100), (360, 100), (360, 124), (10, 124))
    words, right = [], 1.0
    for part in text.split():
        (its,) = slices_of(polygon, [(right - len(part) / len(text), right)])
        words.append(Word(part, 0.9, its))
        right -= (len(part) + 1) / len(text)
    return Line(text, 0.9, polygon, tuple(words))


def test_the_picture_of_a_line_is_broken_from_the_right(qtbot):
    crop = LineCrop()
    qtbot.addWidget(crop)
    pixmap = QPixmap(400, 200)
    pixmap.fill(Qt.GlobalColor.white)
    painter = QPainter(pixmap)
    painter.fillRect(10, 100, 175, 24, QColor("black"))  # the second half of the line, which is at the left
    painter.end()
    crop.show_line(Picture(pixmap, (1.0, 1.0), 1.5), measured("שלום עולם יפה מאוד"), page_runs_left=True)
    first, second = crop._rows(440)
    assert first.polygon[0][0] > second.polygon[1][0] - 24
    assert first.rect.right() == pytest.approx(second.rect.right(), abs=1)
