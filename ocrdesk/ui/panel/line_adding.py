"""A line that was missed: a box drawn round it on the picture, which is read and can then be corrected."""

from functools import partial

from PySide6.QtCore import QObject, QRectF

from ocrdesk.engine.document import Line, Page
from ocrdesk.engine.errors import OcrdeskError
from ocrdesk.engine.geometry import Polygon
from ocrdesk.engine.layout.area import Area
from ocrdesk.engine.read_area import read_area
from ocrdesk.engine.words import _
from ocrdesk.ui.desk.desk import Desk
from ocrdesk.ui.kit.actions import Command
from ocrdesk.ui.panel.line_editing import LineEditing
from ocrdesk.ui.panel.picture_area import AreaHand
from ocrdesk.ui.panel.picture_view import PictureView

_OTHERS = ("select_area", "regions")
"""What else is drawn on the picture; one of them at a time."""


class LineAdding(QObject):
    """Reads what is in the box, and opens the editor on it; nothing is kept before a person has looked at it."""

    def __init__(self, desk: Desk, picture: PictureView, editing: LineEditing) -> None:
        super().__init__(picture)
        self._desk = desk
        self._picture = picture
        self._editing = editing
        self._lane = desk.tasks.lane()
        self._hand = AreaHand(picture, by_ctrl=False)
        self._hand.drawn.connect(self._read)
        own = desk.actions["add_line"]
        self._hand.left.connect(lambda: own.setChecked(False))
        for name in _OTHERS:
            other = desk.actions[name]
            other.toggled.connect(lambda is_on: own.setChecked(own.isChecked() and not is_on))
            own.toggled.connect(lambda is_on, other=other: other.setChecked(other.isChecked() and not is_on))
        desk.actions.join(self)

    @Command("Add a line", "Add a line that was missed: draw a box round it on the picture", icon="plus",
             is_checkable=True)  # fmt: skip
    def add_line(self, is_chosen: bool) -> None:
        """Lets a box be drawn."""
        self._hand.set_active(is_chosen)

    def _read(self, drawn: QRectF) -> None:
        self._desk.actions["add_line"].setChecked(False)
        page = self._editing.page
        box = drawn & self._picture.page_rect()
        if page is None or box.isEmpty():
            return
        area = Area(box.left(), box.top(), box.right(), box.bottom())
        self._picture.frame_new_line(_polygon(area))
        self._desk.under_way.say(self, _("Reading the line…"))
        work = partial(read_area, page, area, self._desk.decoder, self._desk.runner.recognizers)
        self._lane.run(work, partial(self._open, page), partial(self._open_empty, page, area))

    def _open(self, page: Page, line: Line) -> None:
        self._desk.under_way.end(self)
        if self._editing.page is not None and self._editing.page.id == page.id:
            self._editing.open_new(line)

    def _open_empty(self, page: Page, area: Area, error: OcrdeskError) -> None:
        """What could not be read can still be typed."""
        self._desk.notices.warn(str(error))
        self._open(page, Line("", 1.0, _polygon(area)))


def _polygon(area: Area) -> Polygon:
    left, top, right, bottom = area.left, area.top, area.right, area.bottom
    return (left, top), (right, top), (right, bottom), (left, bottom)
