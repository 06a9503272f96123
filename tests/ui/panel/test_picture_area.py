"""The text of an area drawn on the picture is copied."""

import pytest
from fakes import batch_of, keep, line, quadrants
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QRubberBand

from ocrdesk.engine.document import Reading, Source
from ocrdesk.ui.pages.thumbnails import Thumbnails
from ocrdesk.ui.panel.page_view import PageView

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
ROWS = Reading(
    tuple(line(f"row {row} of words", left=20, top=20 + 40 * row, width=300, height=20) for row in range(4)),
    width=400,
    height=200,
)


@pytest.fixture
def panel(qtbot, library, laid, scans):
    QGuiApplication.clipboard().setText("as it was")
    path = scans / "page.png"
    quadrants(400, 200).save(path)
    _, pages = batch_of(library, [Source(path, "page.png")], scans)
    keep(library, pages[0], ROWS)
    panel = PageView(laid, Thumbnails(laid.thumbnails, laid.decoder, laid.tasks))
    qtbot.addWidget(panel)
    panel.resize(500, 700)
    with qtbot.waitActive(panel):
        panel.show()
    with qtbot.waitSignal(panel.picture.loaded):
        panel.show_page(pages[0])
    return panel


def place(panel, x: float, y: float) -> QPoint:
    return panel.picture.mapFromScene(x, y)


def draw(qtbot, panel, start, end, keys=CTRL) -> None:
    """Draws from one place of the page to another."""
    viewport = panel.picture.viewport()
    qtbot.mousePress(viewport, LEFT, keys, place(panel, *start))
    qtbot.mouseMove(viewport, place(panel, *end))
    qtbot.mouseRelease(viewport, LEFT, keys, place(panel, *end))


def band(panel) -> QRubberBand:
    return panel.picture.viewport().findChild(QRubberBand)


def copied() -> str:
    return QGuiApplication.clipboard().text()


def test_with_ctrl_held_the_text_of_an_area_is_copied(qtbot, panel, laid):
    draw(qtbot, panel, (5, 50), (395, 130))
    assert copied() == "row 1 of words\nrow 2 of words"
    assert laid.notices.text == "Copied 2 lines. “row 1 of words row 2 of words”"
    assert not band(panel).isVisible()


def test_it_can_be_drawn_from_any_corner_and_holds_single_words(qtbot, panel, laid):
    draw(qtbot, panel, (395, 80), (200, 45))
    assert copied() == "words"
    assert laid.notices.text == "Copied 1 line. “words”"


def test_a_long_text_is_told_by_its_first_words(qtbot, panel, laid):
    draw(qtbot, panel, (1, 1), (399, 199))
    assert copied().count("\n") == 3
    assert laid.notices.text == "Copied 4 lines. “row 0 of words row 1 of words row 2 of…”"


def test_where_nothing_is_inside_the_clipboard_stays(qtbot, panel, laid):
    draw(qtbot, panel, (340, 5), (395, 195))
    assert copied() == "as it was"
    assert laid.notices.text == "There is no text in this area."


def test_without_ctrl_nothing_is_drawn_and_a_click_is_no_area(qtbot, panel, laid):
    draw(qtbot, panel, (5, 5), (395, 195), NONE)
    draw(qtbot, panel, (50, 50), (50, 50))
    assert copied() == "as it was"
    assert laid.notices.text == ""


def test_the_tool_draws_without_ctrl_until_esc(qtbot, panel, laid):
    action = laid.actions["select_area"]
    action.setChecked(True)
    assert panel.picture.viewport().cursor().shape() == Qt.CursorShape.CrossCursor
    draw(qtbot, panel, (5, 50), (395, 90), NONE)
    assert copied() == "row 1 of words"
    assert action.isChecked()
    qtbot.keyClick(panel.picture, Qt.Key.Key_Escape)
    assert not action.isChecked()
    assert panel.picture.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor
    draw(qtbot, panel, (5, 90), (395, 130), NONE)
    assert copied() == "row 1 of words"


def test_the_pointer_shows_when_an_area_would_be_drawn(qtbot, panel):
    viewport = panel.picture.viewport()

    def cursor(keys) -> Qt.CursorShape:
        place = QPointF(50, 50)
        QApplication.sendEvent(
            viewport,
            QMouseEvent(QEvent.Type.MouseMove, place, place, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, keys),
        )
        return viewport.cursor().shape()

    assert cursor(CTRL) == Qt.CursorShape.CrossCursor
    assert cursor(NONE) == Qt.CursorShape.ArrowCursor


def test_an_area_larger_than_what_is_seen_is_drawn_by_going_on_beyond_the_edge(qtbot, panel):
    for _ in range(6):
        panel.picture.zoom_in()
    panel.picture.horizontalScrollBar().setValue(0)
    panel.picture.verticalScrollBar().setValue(0)
    viewport = panel.picture.viewport()
    qtbot.mousePress(viewport, LEFT, CTRL, place(panel, 5, 5))
    for _ in range(60):
        qtbot.mouseMove(viewport, QPoint(viewport.width() + 60, viewport.height() + 60))
        qtbot.mouseMove(viewport, QPoint(viewport.width() + 61, viewport.height() + 61))
    qtbot.mouseRelease(viewport, LEFT, CTRL, QPoint(viewport.width() - 1, viewport.height() - 1))
    assert copied().count("\n") == 3
    assert copied().endswith("row 3 of words")


def test_esc_in_the_middle_gives_up_the_area_and_keeps_the_tool(qtbot, panel, laid):
    laid.actions["select_area"].setChecked(True)
    viewport = panel.picture.viewport()
    qtbot.mousePress(viewport, LEFT, NONE, place(panel, 5, 5))
    qtbot.mouseMove(viewport, place(panel, 395, 195))
    assert band(panel).isVisible()
    qtbot.keyClick(panel.picture, Qt.Key.Key_Escape)
    assert not band(panel).isVisible()
    qtbot.mouseRelease(viewport, LEFT, NONE, place(panel, 395, 195))
    assert copied() == "as it was"
    assert laid.actions["select_area"].isChecked()


def test_areas_and_regions_are_not_drawn_at_the_same_time(panel, laid):
    area, regions = laid.actions["select_area"], laid.actions["regions"]
    area.setChecked(True)
    regions.setChecked(True)
    assert (area.isChecked(), regions.isChecked()) == (False, True)
    area.setChecked(True)
    assert (area.isChecked(), regions.isChecked()) == (True, False)


def test_a_click_with_ctrl_held_still_chooses_lines(qtbot, panel):
    for row in (0, 2):
        qtbot.mouseClick(panel.picture.viewport(), LEFT, CTRL, place(panel, 100, 30 + 40 * row))
    assert panel.lines.chosen == [0, 2]
    assert QGuiApplication.clipboard().text() == "as it was"
