"""A page with two columns, and what is seen of it in its panel."""

from fakes import line
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QGraphicsPolygonItem, QLabel, QTextEdit, QToolButton

from ocrdesk.engine.document import Reading

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


def show(qtbot, view, page_id):
    with qtbot.waitSignal(view.picture.loaded):
        view.show_page(page_id)


def text_view(view) -> QTextEdit:
    return view.window().findChild(QTextEdit, "textView")


def words(view, name: str) -> str:
    return view.window().findChild(QLabel, name).text()


def facts(view) -> list[str]:
    return words(view, "pageFacts").split(" · ")


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


# The text


def entry(actions, as_printed):
    return dict(actions.choices("text_layout"))[as_printed]
